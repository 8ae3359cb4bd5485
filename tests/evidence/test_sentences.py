"""Where sentences end, for the prose of health."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from evidence.sentences import endless, sentences
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases/sentences.txt"


def cases() -> list[list[str]]:
    parts = re.split(r"\n\s*\n", CASES.read_text(encoding="utf-8").strip())
    return [part.splitlines() for part in parts if not part.startswith("#")]


@pytest.mark.parametrize("lines", cases(), ids=[lines[0] for lines in cases()])
def test_cases(lines: list[str]) -> None:
    text = "".join(line.removesuffix("⏎") if line.endswith("⏎") else f"{line} " for line in lines).rstrip()
    assert [text[start:end] for start, end in sentences(text)] == [line.removesuffix("⏎") for line in lines]


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet='aBc1.?! \n"“”()[]…vs5mg', max_size=120))
def test_every_word_is_in_one_sentence_and_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(start < end and not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("piece", [".", "a.", "“", "5. ", "A. ", ".” ", "[", " "])
def test_long_texts_come_apart(piece: str) -> None:
    assert len(sentences(piece * 100_000)) <= 100_000


def test_a_text_without_full_stops_is_cut_where_sentences_end() -> None:
    text = "Él sintió dolor. " * 3_000  # no English capital follows a stop, so only the segmenter tells
    assert {text[start:end] for start, end in sentences(text)} == {"Él sintió dolor."}
    assert endless(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a word, " * 240 + "and so on.", 0),
        ("a word, " * 260 + "and so on.", 1),
        ("a word, " * 2_000 + "and so on.", 2),  # cut once
        ("Short. " + "a word, " * 260 + "and so on. Short again.", 1),
        ("Fluids cure" + " " * 9_985 + "migraine", 1),
        (" " * 9_990 + "Fluids cure migraine", 1),
        ("Short. " * 10_000, 0),
    ],
)
def test_sentences_too_long_to_be_judged(text: str, number: int) -> None:
    assert len(endless(text)) == number
