"""How many planted faults the support rules catch: python benchmarks/support/measure.py [ARTICLE ...]

Takes honest articles and (a) swaps each citation for other real keys, (b) changes each figure, (c) turns denials round, (d)
strengthens "may" and "probably" to a bare verb. A fault is caught if a support rule (EV4xx) or an uncited claim is told in the
sentence. What the unchanged article is told are false alarms. Deterministic: the same content gives the same table.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.checking import check
from evidence.library import read_library
from evidence.model import Case, Document, Problem
from evidence.project import load_settings, project_from
from evidence.reading import read
from evidence.rules import RULES
from evidence.support.figures import figures

ROOT = Path(__file__).parents[2]
SWAPS = 2
DENIALS = [
    (r"\bno (better|worse|more|fewer)\b", r"\1"),
    (r"\bdid not (?:clearly )?(ease|help|improve|relieve|change|differ)\b", r"did \1"),
    (r"\bno (?:clear )?(benefit|difference|effect)\b", r"a clear \1"),
    (r"\bhave not been shown to\b", "have been shown to"),
    (r"\bwere not linked to\b", "were linked to"),
    (r"\bno outcome differed\b", "every outcome differed"),
]
HEDGES = [
    (r"\bmay (ease|relieve|help|reduce|harm|cause|improve|prevent|lower|shorten)\b", r"\1s"),
    (r"\bprobably (eases?|relieves?|helps?|reduces?|harms?|causes?|improves?|prevents?|lowers?|works?)\b", r"\1"),
    (r"\b(?:might|could) (ease|relieve|help|reduce|harm|cause|improve|prevent|lower|shorten)\b", r"\1s"),
]


def main(names: list[str]) -> int:
    """Print the table; 0 if the aims are reached on the articles given."""
    project = project_from(load_settings(ROOT / "pelicanconf.py"), ROOT)
    library = read_library(project.root, project.policy)
    case = Case((), library, project.policy, frozenset({"consultation"}))
    paths = [Path(name) for name in names] or [
        path for path in sorted((ROOT / "content/articles").glob("*.md")) if path.suffixes == [".md"]
    ]
    rows: dict[str, list[bool]] = {
        "swapped citation": [],
        "changed figure": [],
        "denial turned": [],
        "hedge dropped": [],
    }
    alarms: list[Problem] = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        article = read(text, "content/articles/" + path.name)
        told = _support(article, case)
        alarms += told
        known = {(old.code, old.message) for old in told}
        for edits in _rounds(_mutations(text, article, case, random.Random(path.name)), text):
            changed, places = _applied(text, edits)
            found = _support(read(changed, article.path), case)
            new = [one for one in found if (one.code, one.message) not in known]
            for edit, place in zip(edits, places, strict=True):
                caught = any(_near(one, place) for one in new)
                rows[edit.kind].append(caught)
                if not caught and "-v" in sys.argv:
                    line = changed.split("\n")[place[0] - 1][max(0, place[1] - 100) : place[1] + 60]
                    print(f"missed {edit.kind}: {path.name}:{place[0]}:{place[1]} {line}")
    for kind, caught in rows.items():
        share = 100 * sum(caught) / len(caught) if caught else 100.0
        print(f"{kind:18} {sum(caught):4} of {len(caught):4} caught ({share:.1f} %)")
    print(f"{'false alarms':18} {len(alarms):4}")
    for one in alarms:
        print(f"  {one.place.path}:{one.place.line}:{one.place.column} {one.code} {one.message}")
    return 0


@dataclass(frozen=True)
class Edit:
    """One fault to plant: what stands from `start` to `end` of the file becomes `words`."""

    kind: str
    start: int
    end: int
    words: str


def _rounds(edits: Iterable[Edit], text: str) -> Iterator[list[Edit]]:
    """The edits in rounds of one to a paragraph, so that one run tries many and none is seen through another."""
    by_line: dict[int, list[Edit]] = {}
    for edit in edits:
        by_line.setdefault(text.count("\n", 0, edit.start), []).append(edit)
    for number in range(max(map(len, by_line.values()), default=0)):
        yield [mine[number] for mine in by_line.values() if number < len(mine)]


def _applied(text: str, edits: list[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """The text with the edits, and the line and column of each."""
    places = [_line_column(text, edit.start) for edit in edits]
    for edit in sorted(edits, key=lambda one: -one.start):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text, places


def _support(document: Document, case: Case) -> list[Problem]:
    rules = [rule for rule in RULES if rule.code.startswith(("EV4", "EV101", "EV2"))]
    return list(check(replace(case, documents=(document,)), rules).problems)


def _near(problem: Problem, place: tuple[int, int]) -> bool:
    at = problem.place
    return (at.line, at.column - 1) <= place <= (at.end_line, at.end_column + 200)


def _line_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _mutations(text: str, article: Document, case: Case, chance: random.Random) -> Iterator[Edit]:
    body = len(text) - len(article.body)
    keys = [key for key, source in case.library.sources.items() if source.note]
    for found in re.finditer(r"@([\w:]+)(#[\w-]+)?", text[body:]):
        others = [key for key in keys if key != found[1]]
        for key in chance.sample(others, min(SWAPS, len(others))):
            yield Edit("swapped citation", body + found.start(), body + found.end(), f"@{key}")
    for start, end, words in _figures(text, body):
        cited = re.findall(r"@([\w:]+)", text[end : end + 300].split("\n")[0])
        if words in {case.library.sources[key].value("year") for key in cited if key in case.library.sources}:
            continue  # the year in which it appeared is no fault
        yield Edit("changed figure", start, end, words)
    for kind, patterns in (("denial turned", DENIALS), ("hedge dropped", HEDGES)):
        for pattern, new in patterns:
            for found in re.finditer(pattern, text[body:]):
                sentence = text[body:][found.end() : found.end() + 250]
                if "@" in re.split(r"[.!?]\s", sentence)[0]:
                    yield Edit(kind, body + found.start(), body + found.end(), found.expand(new))


def _figures(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    """Digits in cited sentences, with other digits in their place."""
    for found in re.finditer(r"(?<![\w#@.,-])\d+(?:\.\d+)?(?![\w]|\.\d)", text[body:]):
        start, end = body + found.start(), body + found.end()
        line = text[text.rfind("\n", 0, start) + 1 : text.find("\n", end)]
        rest = re.split(r"[.!?]\s", text[end : end + 300])[0]
        if "@" not in rest or line.startswith("#") or not figures(line):
            continue
        value = float(found[0])
        changed = value + max(1.0, round(value * 0.3)) if value < 1900 else value + 1
        yield start, end, f"{changed:.{len(found[0].partition('.')[2])}f}"


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[1:] if not name.startswith("-")]))
