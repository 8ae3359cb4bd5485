"""True sentences as people put them pass, and the false ones beside them are told: tables out of 100, corrections, and what messages say."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Anatomy, Case, Policy, Problem
from evidence.reading import read
from evidence.rules import RULES
from samples import HEAD

FOLDER = Path(__file__).parents[1] / "cases/support"
PLAIN = parse_library(
    {"references.bib": (FOLDER / "plain/references.bib").read_text(encoding="utf-8")},
    {
        f"content/sources/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((FOLDER / "plain/sources").glob("*.toml"))
    },
    {"content/vocabulary.toml": (FOLDER / "close/vocabulary.toml").read_text(encoding="utf-8")},
)
ARTICLE, CORRECTIONS = "content/articles/a.md", "content/pages/corrections.md"
RESCUE = "[@friedman2014valproate#rescue]"
FLUIDS = "[@balbin2016fluids#pain-60min]"


def told(text: str, path: str = ARTICLE, head: str = HEAD) -> list[Problem]:
    document = read(f"{head}{text}\n", path)
    return list(check(Case((document,), PLAIN, Policy()), RULES).problems)


def codes(text: str, path: str = ARTICLE) -> set[str]:
    return {one.code for one in told(text, path) if one.code.startswith(("EV4", "EV508"))} - {"EV406"}


@pytest.mark.parametrize(
    ("people", "cells", "told_as"),
    [
        ("100", "69 | 33", set()),
        ("1,000", "690 | 330", set()),
        ("10", "6.9 | 3.3", set()),
        ("100", "33 | 69", {"EV402"}),
        ("1,000", "69 | 33", {"EV401"}),
        ("330", "69 | 33", {"EV401"}),
        ("50", "69 | 33", {"EV401"}),
        ("100", "68 | 33", {"EV401"}),
        ("100", "2.8 | 3.9", {"EV401"}),
    ],
)
def test_the_first_head_says_of_how_many_people_the_cells_count(people: str, cells: str, told_as: set[str]) -> None:
    head = f"| Of every {people} people | Valproate | Metoclopramide |\n|---|---|---|\n"
    assert codes(f"{head}| Needed another medicine | {cells} {RESCUE} |\n") == told_as


@pytest.mark.parametrize(
    ("row", "told_as"),
    [
        ("(points of 10) | 4.5 | 5.1", set()),
        ("(points of 10) | 5.1 | 4.5", {"EV402"}),
        ("(points of 100) | 4.5 | 5.1", {"EV401"}),
        ("(points of 10) | 4.6 | 5.1", {"EV401"}),
    ],
)
def test_a_row_says_of_how_many_points_below_an_empty_corner(row: str, told_as: set[str]) -> None:
    assert codes(f"| | Fluids | No fluids |\n|---|---|---|\n| Fall in pain at 1 hour {row} {FLUIDS} |\n") == told_as


def test_less_pain_in_both_cells_is_no_effect() -> None:
    head = "| After | With fluids | Without |\n|---|---|---|\n"
    cite = "[@jones2019fluid#pain-60min]"
    assert codes(f"{head}| 1 hour | 4.5 points less pain | 4.9 points less pain {cite} |\n") == set()
    assert codes(f"{head}| 1 hour | 4.9 points less pain | 4.5 points less pain {cite} |\n")
    assert codes(f"{head}| 1 hour | less pain | more pain {cite} |\n")


TAKEN_BACK = (
    f"We wrote that pain fell 4.6 points with fluids; it fell 4.5 points {FLUIDS}.",
    f"This page said that pain had fallen 4.6 points with fluids, and it should have said 4.5 points {FLUIDS}.",
    f"Pain fell not 4.6 points but 4.5 points with fluids {FLUIDS}.",
    f"An earlier version gave 67% for valproate; it was 69% {RESCUE}.",
)
STILL_WRONG = (
    f"We wrote that pain fell 4.5 points with fluids; it fell 4.6 points {FLUIDS}.",
    f"We wrote that pain fell 4.6 points with fluids; it fell 5.1 points {FLUIDS}.",
    f"Pain fell 4.6 points with fluids, not 4.5 {FLUIDS}.",
    f"Pain fell 4.6 points with fluids {FLUIDS}.",
    f"An earlier version gave 67% for valproate; it was 33% {RESCUE}.",
)


@pytest.mark.parametrize("sentence", TAKEN_BACK)
def test_a_figure_that_a_correction_takes_back_is_no_claim(sentence: str) -> None:
    assert codes(sentence, CORRECTIONS) == set()
    assert codes(f"## Corrections\n\n{sentence}") == set()
    assert codes(sentence) >= {"EV401"}


@pytest.mark.parametrize("sentence", STILL_WRONG)
def test_the_corrected_figure_is_checked(sentence: str) -> None:
    assert codes(sentence, CORRECTIONS)


def test_two_shares_in_brackets_are_the_numbers_behind_twice() -> None:
    rest = f"as many needed another medicine with valproate{{}} as with metoclopramide{{}} {RESCUE}."
    assert codes("Twice " + rest.format(" (69%)", " (33%)")) == set()
    assert codes("Twice " + rest.format("", "")) == {"EV508"}
    assert codes("Three times " + rest.format(" (69%)", " (33%)")) == {"EV402"}


def test_a_source_without_a_comparison_is_said_to_have_none() -> None:
    messages = [one.message for one in told("Lidocaine relieved pain by discharge [@schwenk2022lidocaine#pain].")]
    assert any("schwenk2022lidocaine cannot tell, since it had no comparison" in one for one in messages)


def test_a_citation_two_sentences_on_is_named_by_the_words_of_its_sentence() -> None:
    text = "Fluids ease pain. Bags are clear. Valproate was given in one trial [@friedman2014valproate]."
    fixes = [one.fix or "" for one in told(text) if one.code == "EV101"]
    assert any('covers only "Valproate was given in one trial' in one for one in fixes)
    near = [one.fix or "" for one in told("Fluids ease pain. It was one trial [@friedman2014valproate].")]
    assert any("covers only the next sentence" in one for one in near)


def test_the_name_of_an_outcome_is_no_promise() -> None:
    row = "| Outcome | Valproate | Metoclopramide |\n|---|---|---|\n| {} | 4% | 11% [@friedman2014valproate#sustained-freedom] |\n"
    assert "EV529" not in {one.code for one in told(row.format("Lasting freedom from headache"))}
    assert "EV529" in {one.code for one in told(row.format("Lasting freedom from headache for you"))}
    assert "EV529" in {one.code for one in told("Lasting freedom from headache.")}
    for slug, promised in (
        ("lasting-freedom-from-headache", False),
        ("drips-for-lasting-freedom-from-headache", True),
    ):
        head = HEAD.replace("---\n", f"---\nslug: {slug}\n", 1)
        assert ("EV529" in {one.code for one in told("Bags are clear.", head=head)}) is promised


@pytest.mark.parametrize(
    ("label", "is_harm"), [("Restlessness", True), ("Flushing", True), ("Needed another medicine", False)]
)
def test_a_harm_by_its_own_name_is_a_row_on_harms(label: str, is_harm: bool) -> None:
    box = (
        "<!-- fact box -->\n\nAdults in one trial [@friedman2014valproate].\n\n"
        "| Of every 100 people | Valproate | Metoclopramide | How sure |\n|---|---|---|---|\n"
        f"| Lasting freedom from headache | 4 | 11 [@friedman2014valproate#sustained-freedom] | Not rated |\n| {label} | Not counted | Not counted | Not rated |\n"
    )
    anatomy = Anatomy(headings={"harms": ("harms", "side effects")})
    found = check(Case((read(HEAD + box, ARTICLE),), PLAIN, Policy(), anatomy=anatomy), RULES).problems
    assert any("tells of benefits only" in one.message for one in found) is not is_harm
