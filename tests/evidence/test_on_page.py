"""What a page must give a source for though it asserts nothing by its form: advice, doses, answers and questions that state."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence.claims import detect_on_page, load_cues
from evidence.claims.answers import is_short_answer, stated, statement
from hypothesis import given
from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases/advice"


def lines(name: str) -> list[str]:
    told = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in told if line and not line.startswith("#")]


def needs_source(sentence: str) -> bool:
    return detect_on_page(sentence, load_cues()).claim


@pytest.mark.parametrize("sentence", [*lines("dangerous"), *lines("dangerous_held_back")])
def test_what_may_harm_needs_a_source(sentence: str) -> None:
    assert needs_source(sentence)


@pytest.mark.parametrize("sentence", lines("harmless"))
def test_what_harms_nobody_needs_none(sentence: str) -> None:
    assert not needs_source(sentence)


@pytest.mark.parametrize("case", lines("doses"))
def test_doses(case: str) -> None:
    kind, _, sentence = case.partition(" | ")
    assert needs_source(sentence) is (kind == "claim")


@pytest.mark.parametrize("case", lines("answers"))
def test_answers(case: str) -> None:
    kind, question, answer, expected = case.split(" | ")
    said = statement(question, answer) if is_short_answer(answer) else "-"
    assert said == expected
    assert needs_source(said) is (kind == "claim")


@pytest.mark.parametrize("case", lines("stated"))
def test_questions_that_state(case: str) -> None:
    question, _, expected = case.partition(" | ")
    assert (stated(question) or "-") == expected


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_words_are_read(question: str, answer: str) -> None:
    assert isinstance(statement(question, answer), str)
    assert isinstance(stated(f"{question}?"), str)
    assert detect_on_page(answer, load_cues()).claim in (True, False)
