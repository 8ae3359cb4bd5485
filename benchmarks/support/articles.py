"""How many faults planted in whole articles are caught: python benchmarks/support/articles.py [-v] [FOLDER ...]

Each folder in `articles/` holds articles by one writer, who had read the notes of the sources and not this program, and
`faults.tsv`: article, type, the honest sentence, the same with one fault. A fault is planted in its article, alone, and is caught
if the article is told an error (EV1xx, EV2xx or EV4xx) of that sentence that the honest one is not told. What the honest
articles are told by the support rules are false alarms. `-v` prints what was missed; do not use it on a folder held back.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from evidence.checking import check
from evidence.library import read_library
from evidence.model import Case, Problem, Severity
from evidence.project import load_settings, project_from
from evidence.reading import read
from evidence.rules import RULES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def main(names: list[str]) -> int:
    """Print a table for each folder."""
    project = project_from(load_settings(ROOT / "pelicanconf.py"), ROOT)
    case = Case((), read_library(project.root, project.policy), project.policy, frozenset({"consultation"}))
    for folder in [Path(name) for name in names] or sorted((HERE / "articles").iterdir()):
        measure(folder, case)
    return 0


def measure(folder: Path, case: Case) -> None:
    """Print how many faults of each type are caught in the articles of a folder, and the false alarms."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    told = {name: errors(text, case) for name, text in texts.items()}
    every, caught = Counter[str](), Counter[str]()
    for line in (folder / "faults.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, kind, honest, faulty = line.split("\t")
        name = name.removesuffix(".md")
        text = texts[name]
        start = text.index(honest)
        row = text.count("\n", 0, start) + 1
        before = {(one.code, one.message) for one in told[name]}
        new = [
            one
            for one in errors(text[:start] + faulty + text[start + len(honest) :], case)
            if one.place.line == row and (one.code, one.message) not in before
        ]
        every[kind] += 1
        caught[kind] += bool(new)
        if not new and "-v" in sys.argv:
            print(f"missed {kind}: {name}: {faulty}\n    honest: {honest}")
    print(folder.name)
    for kind in sorted(every):
        print(f"  {kind:11} {caught[kind]:4} of {every[kind]:4} ({100 * caught[kind] / every[kind]:.0f} %)")
    print(f"  {'all':11} {caught.total():4} of {every.total():4} ({100 * caught.total() / every.total():.1f} %)")
    alarms = [(name, one) for name, several in told.items() for one in several if one.code.startswith("EV4")]
    print(f"  false alarms of the support rules: {len(alarms)} in {len(texts)} articles")
    for name, one in alarms if "-v" in sys.argv else ():
        print(f"    {name}:{one.place.line} {one.code} {one.message}")


def errors(text: str, case: Case) -> list[Problem]:
    """The errors about claims and their support that an article is told."""
    report = check(Case((read(text, "content/articles/a.md"),), case.library, case.policy, case.offers), RULES)
    return [
        one
        for one in report.problems
        if one.severity is Severity.ERROR and one.code.startswith(("EV1", "EV2", "EV4"))
    ]


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[1:] if not name.startswith("-")]))
