"""Figures: the same one in other words agrees, a changed one does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence.support.agreement import missing
from evidence.support.figures import figures
from evidence.support.numbers import ONES, TEENS, TENS, in_words
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases/support/figures.txt"


def cases() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("claim", "evidence", "expected"), cases())
def test_cases(claim: str, evidence: str, expected: str) -> None:
    told = [figure.words for figure in missing(claim, [evidence])]
    wanted = [] if expected == "-" else expected.split(", ")
    assert [any(word in words for words in told) for word in wanted] == [True] * len(wanted), told
    assert bool(told) == bool(wanted), told


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789 .,-–%$inofpertomghalf", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert missing(text, [text]) == ()
    figures(text)


@given(st.integers(2, 99), st.integers(2, 99))
def test_another_whole_number_never_passes(one: int, other: int) -> None:
    assert (missing(f"{one} people took part.", [f"{other} people"]) == ()) is (one == other)


def spelled(number: int) -> str:
    """A whole number below a million in English words."""
    if number < 20:
        return (ONES + TEENS)[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
    size, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    many, rest = divmod(number, size)
    link = " and " if rest < 100 else " "
    return f"{spelled(many)} {name}" + (f"{link}{spelled(rest)}" if rest else "")


@given(st.integers(2, 99_999))
def test_a_number_in_words_is_that_number(number: int) -> None:
    assert in_words(spelled(number))[0] == number
    assert missing(f"{number} people took part.", [f"{spelled(number)} people"]) == ()
    assert missing(f"{spelled(number)} people took part.", [f"{number} people"]) == ()
    assert missing(f"{spelled(number)} people took part.", [f"{number + 1} people"]) != ()


def test_between_makes_a_range_of_two_figures() -> None:
    assert [one.partner for one in figures("It lasts between 15 and 30 minutes.")] == [30, 15]
    assert [one.partner for one in figures("It lasts 15 and 30 minutes.")] == [None, None]
