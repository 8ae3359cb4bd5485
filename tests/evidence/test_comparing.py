"""Is it the work the entry means? The same title in many spellings is one; another title is another."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from evidence.comparing import same_name, same_title, same_year, unmarked
from evidence.library import parse_library
from evidence.model import Name
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
TITLES = [
    source.value("title")
    for source in parse_library({"references.bib": (ROOT / "references.bib").read_text("utf-8")}, {}).sources.values()
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Intravenous fluids for migraine: a post hoc analysis", "INTRAVENOUS FLUIDS FOR MIGRAINE"),
        ("Intravenous fluids for migraine", "Intravenous Fluids for Migraine: A Post Hoc Analysis of Trial Data"),
        (
            "Magnesium sulphate vs. metoclopramide in acute attacks",
            "Magnesium sulfate vs metoclopramide in acute attacks.",
        ),
        ("Myers' cocktail", "Myers’ Cocktail"),
        ("Fluids & magnesium", "Fluids &amp;amp; Magnesium"),
        ("Uptake of H2O in vivo", "Uptake of H<sub>2</sub>O <i>in vivo</i>"),
        ("Uptake of α-tocopherol", "Uptake of alpha-tocopherol"),
        ("Uptake of α-tocopherol", r"Uptake of $\alpha$-tocopherol"),
        ("Céphalées et perfusions", "Cephalees et perfusions"),
        ("Drips for pain", "RETRACTED: Drips for pain"),
        ("Drips for pain", "RETRACTED ARTICLE: Drips for pain"),
        ("Drips for pain", "[Retracted] Drips for pain"),
        ("Drips for pain", "Retracted and republished: Drips for pain"),
        ("Drips for pain", "WITHDRAWN: Drips for pain."),
        ("Drips for pain", "Drips for pain [Retracted]"),
        ("Drips for pain", "[Drips for pain]."),
        ("Drips for pain", "Drips for pain (the DRIP-1 trial)"),
    ],
)
def test_one_title_in_two_spellings(one: str, other: str) -> None:
    assert same_title(one, other)
    assert same_title(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Intravenous fluids for migraine", "Intravenous magnesium for migraine"),
        ("Fluids for migraine in adults", "Fluids for migraine in children"),
        ("Fluids for migraine, part 1", "Fluids for migraine, part 2"),
        ("Fluids for migraine", "Fluids for migraine in pregnancy"),
        ("Gastric stasis in migraine: more than a paroxysm", "Gastric stasis in migraineurs: etiology and therapy"),
        ("Fluids for migraine", ""),
    ],
)
def test_two_titles(one: str, other: str) -> None:
    assert not same_title(one, other)
    assert not same_title(other, one)


def test_no_two_titles_of_the_bibliography_are_taken_for_one() -> None:
    assert len(TITLES) > 40
    assert [pair for pair in combinations(TITLES, 2) if same_title(*pair)] == []


@given(st.sampled_from(TITLES), st.sampled_from([str.upper, str.lower, lambda text: f"<b>{text}</b>.", unmarked]))
def test_every_title_is_itself_in_other_clothes(title: str, dress: object) -> None:
    assert callable(dress)
    assert same_title(title, dress(title))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_compares(one: str, other: str) -> None:
    assert same_title(one, one)
    assert same_title(one, other) == same_title(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Name("Zidverc-Trajković"), "Zidverc Trajkovic", True),
        (Name("Halker Singh"), "Singh", True),
        (Name("Linde", particle="van der"), "van der Linde", True),
        (Name("Linde", particle="van der"), "Vanderlinde", True),
        (Name("Bjørnsen"), "Bjornsen", True),
        (Name("Müller"), "Muller", True),
        (Name("Smith"), "Smithson", False),
        (Name("Balbin"), "Friedman", False),
        (Name("Linde", particle="van der"), "van der Berg", False),
    ],
)
def test_names(one: Name, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_years_may_differ_by_one() -> None:
    assert same_year("2016", ["2015", "2016"])
    assert same_year("2016", ["2015"])
    assert not same_year("2016", ["2014"])
    assert same_year("", ["2014"])
    assert same_year("2016", [])
