"""The rules on sources: what they say of a bibliography, and the pages that citations give."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from bibliography_cases import bibliography_cases
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Case, Policy, Problem
from evidence.reading import read
from evidence.rules import RULES
from samples import HEAD

CASES = Path(__file__).parents[1] / "cases/bibliography"


def rule_cases() -> list[ParameterSet]:
    return bibliography_cases(CASES / "rules.txt")


def problems(bib: str, article: str = "") -> tuple[Problem, ...]:
    documents = (read(HEAD + article, "content/articles/a.md"),) if article else ()
    return check(Case(documents, parse_library({"r.bib": bib}, {}), Policy()), RULES).problems


@pytest.mark.parametrize(("bib", "expected"), rule_cases())
def test_cases(bib: str, expected: list[str]) -> None:
    told = [
        f"{one.code} {one.place.line}:{one.place.column} {one.message}"
        for one in problems(bib)
        if one.code not in ("EV306", "EV307")
    ]
    assert len(told) == len(expected), told
    for line, wanted in zip(told, expected, strict=True):
        assert line.startswith(wanted), told


def locator_cases() -> list[list[str]]:
    lines = (CASES / "locators.txt").read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if "|" in line and not line.startswith("#")]


@pytest.mark.parametrize(("pages", "locator", "outside"), locator_cases())
def test_pages_outside_the_source(pages: str, locator: str, outside: str) -> None:
    bib = f"@article{{a, author={{L, B}}, title={{T}}, journal={{J}}, year=2020, pages={{{pages}}}}}"
    cited = locator if locator.startswith("pp.") or locator == "abstract" else f"p. {locator}"
    told = [one.message for one in problems(bib, f"Pain fell [@a, {cited}].\n") if one.code == "EV203"]
    assert told == ([f'page {outside} is outside "a", which is on pages {_shown(pages)}'] if outside else [])


def _shown(pages: str) -> str:
    return pages.replace("--", "–")


def test_a_parent_of_cited_entries_is_used() -> None:
    bib = "@collection{p, title={P}}\n@incollection{a, title={A}, crossref={p}}\n@misc{b, title={B}}"
    assert [one.key for one in problems(bib, "Pain fell [@a].\n") if one.code == "EV306"] == ["b"]


def test_hundreds_of_works_of_one_title_stay_quick() -> None:
    entry = "@article{{k{0}, author={{L, B}}, title={{Editorial}}, journal={{J}}, year=2020, doi={{10.1000/{0}}}}}\n"
    bib = "".join(entry.format(number) for number in range(3_000))
    assert not [one for one in problems(bib) if one.code == "EV304"]
