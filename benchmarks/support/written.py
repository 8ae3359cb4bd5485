"""How many written faults the support rules catch: python benchmarks/support/written.py [-v]

People who had read the notes of the sources, and not this program, wrote honest sentences and false ones: a figure changed, the
groups exchanged, a hedge dropped, another treatment, outcome, time or group of people, a promise, another source. The rules were
made with `develop.tsv` and `written/` in view; `held-back.tsv` and `honest.tsv` were measured and not read, so they tell how the
rules do on sentences they have not seen. A fault is caught if its sentence is told an error (EV1xx, EV2xx or EV4xx).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evidence.checking import check
from evidence.library import read_library
from evidence.model import Case, Document, Problem, Severity
from evidence.project import load_settings, project_from
from evidence.reading import read
from evidence.rules import RULES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FAMILIES = ("EV1", "EV2", "EV4")


def main() -> int:
    """Print the tables of both sets."""
    project = project_from(load_settings(ROOT / "pelicanconf.py"), ROOT)
    case = Case((), read_library(project.root, project.policy), project.policy, frozenset({"consultation"}))
    for name in ("develop", "held-back"):
        faults = [line.split("\t") for line in _lines(HERE / f"{name}.tsv")]
        told = _told([faulty for _, _, faulty in faults], case)
        all_of, caught = Counter(kind for kind, _, _ in faults), Counter[str]()
        for (kind, _, faulty), problems in zip(faults, told, strict=True):
            caught[kind] += bool(problems)
            if not problems and "-v" in sys.argv and name == "develop":
                print(f"missed {kind}: {faulty}")
        print(f"{name}.tsv")
        for kind in sorted(all_of):
            print(f"  {kind:11} {caught[kind]:4} of {all_of[kind]:4} ({100 * caught[kind] / all_of[kind]:.0f} %)")
        print(
            f"  {'all':11} {caught.total():4} of {all_of.total():4} ({100 * caught.total() / all_of.total():.1f} %)"
        )
    honest = _lines(HERE / "honest.tsv")
    alarms = [(line, problems) for line, problems in zip(honest, _told(honest, case), strict=True) if problems]
    print(f"false alarms on honest.tsv: {len(alarms)} of {len(honest)} sentences")
    documents = [
        read(path.read_text(encoding="utf-8"), path.name) for path in sorted((HERE / "written").glob("*.md"))
    ]
    errors = [problem for document in documents for problem in _errors(document, case)]
    print(f"false alarms on written/ (support rules): {len(errors)}")
    for problem in errors if "-v" in sys.argv else ():
        print(f"  {problem.place.path}:{problem.place.line} {problem.code} {problem.message}")
    return 0


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:]


def _told(sentences: Sequence[str], case: Case) -> list[list[Problem]]:
    """The errors of each sentence, all checked in one document, each in a paragraph or a table of its own."""
    text, lines = "---\ntitle: T\ndate: 2026-11-24\n---\n\n", {}
    for number, sentence in enumerate(sentences):
        if sentence.startswith("|"):
            columns = sentence.count("|") - 1
            text += "|" + " x |" * columns + "\n|" + "---|" * columns + "\n"
        lines[text.count("\n") + 1] = number
        text += sentence + "\n\n"
    found: list[list[Problem]] = [[] for _ in sentences]
    for problem in _errors(read(text, "content/articles/faults.md"), case, FAMILIES):
        if problem.place.line in lines:
            found[lines[problem.place.line]].append(problem)
    return found


def _errors(document: Document, case: Case, families: tuple[str, ...] = ("EV4",)) -> list[Problem]:
    report = check(Case((document,), case.library, case.policy, case.offers), RULES)
    return [one for one in report.problems if one.severity is Severity.ERROR and one.code.startswith(families)]


if __name__ == "__main__":
    sys.exit(main())
