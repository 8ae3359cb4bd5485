"""The controlled vocabulary: its file is checked, and its terms are found in sentences."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from evidence.library.vocabulary import read_vocabulary
from evidence.model import Fault, Vocabulary
from evidence.vocabulary import broader, compatible, mentions
from fault_cases import compare, fault_cases
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
FILE = ROOT / "content/vocabulary.toml"


def real() -> Vocabulary:
    faults: list[Fault] = []
    vocabulary = read_vocabulary("content/vocabulary.toml", FILE.read_text(encoding="utf-8"), faults)
    assert faults == []
    return vocabulary


REAL = real()


@pytest.mark.parametrize(("title", "text", "expected"), fault_cases("vocabulary/faults.txt"))
def test_faults(title: str, text: str, expected: list[str]) -> None:
    faults: list[Fault] = []
    read_vocabulary("content/vocabulary.toml", text, faults)
    compare(faults, expected)


def sentences() -> list[tuple[str, str, str]]:
    """(sentence, kind, expected) of the cases."""
    blocks = (ROOT / "tests/cases/vocabulary/mentions.txt").read_text(encoding="utf-8").strip().split("\n\n")
    found = []
    for block in blocks:
        sentence, *expected = [line for line in block.split("\n") if not line.startswith("#")] or [""]
        found += [(sentence, *line.split(": ", 1)) for line in expected]
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(("sentence", "kind", "expected"), sentences())
def test_mentions(sentence: str, kind: str, expected: str) -> None:
    found = mentions(sentence, REAL, kind)
    shown = ", ".join(f'{one.id} "{sentence[one.start : one.end]}"' for one in found)
    assert (shown or "nothing") == expected


@pytest.mark.parametrize("kind", sorted(REAL.terms))
def test_every_term_is_found_by_each_of_its_synonyms(kind: str) -> None:
    for term in REAL.terms[kind].values():
        for name in term.synonyms:
            found = mentions(f"The {name.upper()}, then.", REAL, kind)
            assert [one.id for one in found] == [term.id], (term.id, name)


def test_broader_and_compatible() -> None:
    assert broader("eptinezumab", REAL, "treatment") >= {"eptinezumab", "cgrp-drugs", "iv-therapy"}
    assert compatible("magnesium", "iv-magnesium", REAL, "treatment")
    assert compatible("iv-magnesium", "magnesium", REAL, "treatment")
    assert not compatible("oral-magnesium", "iv-magnesium", REAL, "treatment")
    assert not compatible("iv-fluids", "eptinezumab", REAL, "treatment")
    assert compatible("children", "adolescents", REAL, "population")
    assert not compatible("children", "adults", REAL, "population")


def test_a_vocabulary_that_runs_in_circles_still_answers() -> None:
    text = '[treatments.a]\nlabel = "a"\nbroader = ["b"]\n[treatments.b]\nlabel = "b"\nbroader = ["a"]\n'
    looped = read_vocabulary("v.toml", text, [])
    assert broader("a", looped, "treatment") == {"a", "b"}


@settings(deadline=None, max_examples=300)
@given(st.text("ivIV. magnesiu'’sdrp-*,\n", max_size=60))
def test_what_is_found_stands_in_order_without_overlap_at_word_ends(text: str) -> None:
    end = 0
    for one in mentions(text, REAL, "treatment"):
        assert end <= one.start < one.end <= len(text)
        assert not re.match(r"[^\W_]", text[one.end : one.end + 1])
        end = one.end


@pytest.mark.parametrize(
    "unit", ["iv magnesium sulfate ", "nerve block at the back of the ", "i.v. ", "x" * 20, "' "]
)
def test_the_time_grows_with_the_length_only(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        start = time.process_time()
        mentions(text, REAL, "treatment")
        return time.process_time() - start

    seconds(100)
    assert min(seconds(8000) for _ in range(3)) < 40 * max(min(seconds(1000) for _ in range(3)), 0.001)
