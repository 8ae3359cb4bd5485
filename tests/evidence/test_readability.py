"""Scores of how easy a part is to read. They are told, and stop nobody."""

from __future__ import annotations

import math

import pytest
from evidence.model import Vocabulary
from evidence.readability import readings, syllables
from evidence.reading import read

SYLLABLES = {
    1: "the pain used vein times site called hours once there ease dose heart league have are were one done sites gave",
    2: "migraine people treated headache table study studies fluids improved science being little guideline adults children before because needed published sources minute minutes quiet patient patients trial trials every different breathing eases release causes doses changes question unique saline kidney fatigue believe",
    3: "medicine nausea evidence department reported placebo infusion idea area reaction serious medical usual allergic various dangerous vomiting vitamin average clinician physician",
    4: "magnesium emergency dehydration experience society analysis",
    5: "prochlorperazine",
}


@pytest.mark.parametrize(("count", "words"), SYLLABLES.items())
def test_syllables(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_scores_are_those_of_the_formulas() -> None:
    text = "---\ntitle: T\ndate: 2026-11-24\n---\n\n## One\n\nThe cat sat on the mat. Dehydration is a problem. It went on.\n\n## Two\n\nShort.\n"
    one, two = readings(read(text, "a.md"), Vocabulary())
    words, sentences, count, long = 13, 3, 6 + 4 + 1 + 1 + 2 + 3, 1
    assert (one.part, one.sentences, one.words, one.longest) == ("One", sentences, words, 6)
    assert one.grade == round(0.39 * words / sentences + 11.8 * count / words - 15.59, 1)
    assert one.smog == round(1.0430 * math.sqrt(long * 30 / sentences) + 3.1291, 1)
    assert (two.grade, two.smog) == (None, None)


def test_names_of_conditions_and_medicines_are_counted_as_short_words() -> None:
    text = "---\ntitle: T\ndate: 2026-11-24\n---\n\nMigraine came. Migraine went. Migraine came.\n"
    (one,) = readings(read(text, "a.md"), Vocabulary())
    assert one.grade is not None
    assert one.plain_grade is not None
    assert one.plain_grade < one.grade
