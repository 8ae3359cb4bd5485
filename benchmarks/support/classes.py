"""How many false sentences of each class pass unseen, and how many honest ones are stopped: python benchmarks/support/classes.py [FILE ...]

Each file of `classes/` has sentences by class, false and honest (see its head). Each stands as a paragraph of its own in an article, and is told if any error
is reported within it. `-v` lists the false ones that pass and the honest ones that are told. Deterministic.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from evidence.checking import check
from evidence.library import read_library
from evidence.model import Case, Problem, Severity
from evidence.project import load_settings, project_from
from evidence.reading import read
from evidence.rules import RULES

ROOT = Path(__file__).parents[2]
_FRONT = "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n---\n"
_SUPPORTED = ("EV1", "EV2", "EV4", "EV5")


class Sentence(NamedTuple):
    """One sentence of a file; `honest` is false of those that must be told."""

    group: str
    honest: bool
    words: str


def main(names: list[str]) -> int:
    """Print a table for each file."""
    project = project_from(load_settings(ROOT / "pelicanconf.py"), ROOT)
    case = Case((), read_library(project.root, project.policy), project.policy, frozenset({"consultation"}))
    for path in [Path(name) for name in names] or sorted((ROOT / "benchmarks/support/classes").glob("*.txt")):
        sentences = list(sentences_of(path.read_text(encoding="utf-8")))
        told = [_told(one, case) for one in sentences]
        print(f"\n{path.name:22} {'false told':>12} {'honest told':>12}")
        for group in dict.fromkeys(one.group for one in sentences):
            _row(group, [(one, bool(its)) for one, its in zip(sentences, told, strict=True) if one.group == group])
        _row("all", [(one, bool(its)) for one, its in zip(sentences, told, strict=True)])
        if "-v" in sys.argv:
            for one, its in zip(sentences, told, strict=True):
                if one.honest and its:
                    print(f"  told  {one.group}: {one.words}\n        {its[0].code} {its[0].message}")
                elif not one.honest and not its:
                    print(f"  passed  {one.group}: {one.words}")
    return 0


def sentences_of(text: str) -> Iterator[Sentence]:
    """The sentences of a file, each with its class."""
    group = ""
    for line in text.splitlines():
        if line.startswith("== "):
            group = line[3:]
        elif line.startswith(("- ", "+ ")):
            yield Sentence(group, line[0] == "+", line[2:])


def _told(one: Sentence, case: Case) -> list[Problem]:
    """The errors of an article that has this sentence, those that are not of it left out."""
    article = read(f"{_FRONT}\n{one.words}\n", "content/articles/one.md")
    rules = [rule for rule in RULES if rule.code.startswith(_SUPPORTED)]
    found = check(replace(case, documents=(article,)), rules).problems
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _row(name: str, told: list[tuple[Sentence, bool]]) -> None:
    false = [its for one, its in told if not one.honest]
    honest = [its for one, its in told if one.honest]
    print(f"{name:22} {_share(false):>12} {_share(honest):>12}")


def _share(told: list[bool]) -> str:
    return f"{sum(told)} of {len(told)}"


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[1:] if not name.startswith("-")]))
