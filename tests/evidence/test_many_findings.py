"""A sentence of many figures before many findings: held against all of them in time, or told to point at some."""

from __future__ import annotations

import pytest
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Case, Policy, Problem
from evidence.reading import read
from evidence.rules import RULES
from fuzz_targets import BIB, HEAD
from patience import patience

NOTE = 'design = "randomised trial"\nparticipants = 80\npopulation = "adults"\ntreatments = ["drip"]\n'
LONG = "Pain fell in 12 % of 80 people by 4.5 points of 10 after 3 days, " * 25
"""1,625 characters and 125 figures."""


def told(words: str, sources: int, findings: int) -> list[Problem]:
    """What EV401 says of a sentence that cites so many sources without pointing at one of their findings."""
    keys = [f"k{number}" for number in range(sources)]
    note = NOTE + "".join(
        f'[[finding]]\nid = "f{n}"\noutcome = "pain"\neffect = "benefit"\nstatement = "{LONG}{n}."\n'
        for n in range(findings)
    )
    bib = "".join(BIB.replace("{a,", f"{{{key},").replace("drips", f"drips {key}") for key in keys)
    library = parse_library({"references.bib": bib}, {f"content/sources/{key}.toml": note for key in keys})
    assert not library.faults
    cited = "; ".join(f"@{key}" for key in keys)
    document = read(f"{HEAD.decode()}{words} [{cited}].\n", "content/articles/x.md")
    with patience():
        report = check(Case((document,), library, Policy(), files=frozenset()), RULES)
    return [problem for problem in report.problems if problem.code == "EV401"]


FIGURES = "Pain fell by " + ", ".join(f"{number}.7 points" for number in range(20, 40))


def test_a_wrong_figure_is_found_among_a_few_long_findings() -> None:
    assert [one.message.split('"')[1] for one in told("Pain fell by 4.9 points with the drip", 2, 4)] == [
        "4.9 points"
    ]


@pytest.mark.parametrize(("sources", "findings"), [(2, 44), (3, 10)])
def test_too_many_findings_to_try_are_told_with_place_and_repair(sources: int, findings: int) -> None:
    (problem,) = told(FIGURES, sources, findings)
    assert (problem.place.line, problem.place.column, problem.key) == (6, 1, "k0")
    assert problem.message.startswith("there are too many findings of k0 and k1")
    assert problem.fix == "point at the findings that the sentence rests on: [@key#finding]"


def test_one_source_may_have_as_many_findings_as_it_likes() -> None:
    assert "20.7 points" in told(FIGURES, 1, 44)[0].message
