"""The words by which sentences are chosen for the lexicon: whatever a pattern finds, it is looked for there."""

from __future__ import annotations

import random
import re

import pytest
from evidence.model import Place, Said
from evidence.wording import Entry, Screen, found, lexicon
from evidence.wording.needs import FIGURE, keys, needs

SCREEN = Screen(lexicon())
EXAMPLES = [example for entry in lexicon() for example in (*entry.must_match, *entry.must_not_match)]


def said(words: str) -> Said:
    return Said(words, "text", Place("a.md"), around=words)


def hits(entry: Entry, number: int, one: Said) -> list[object]:
    """As the rules find them: only where the screen tells them to look."""
    return [hit for told, patterns in SCREEN.sifted((one,)).get(number, ()) for hit in found(entry, told, patterns)]


def assert_same(words: str) -> None:
    one = said(words)
    for number, entry in enumerate(lexicon()):
        assert hits(entry, number, one) == list(found(entry, one)), (entry.code, words)


def test_nothing_is_missed_in_the_examples_however_they_are_written() -> None:
    for example in EXAMPLES:
        assert_same(example)
        assert_same(example.upper())
        assert_same(example.replace(" ", "\u2011").replace("'", "’"))
        assert_same(example.replace("i", "\u0130").replace("s", "\u017f"))


def test_nothing_is_missed_in_words_in_any_order() -> None:
    chance = random.Random(7)
    words = [word for example in EXAMPLES for word in example.split()]
    for _ in range(400):
        assert_same(" ".join(chance.choices(words, k=25)))


def test_plain_prose_is_hardly_looked_through() -> None:
    sentences = tuple(
        said(f"In one trial of {number} adults the pain was no lower an hour after the drip than with placebo.")
        for number in range(100)
    )
    looked = sum(len(patterns) for tries in SCREEN.sifted(sentences).values() for _, patterns in tries)
    assert looked < 10 * len(sentences)


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("cures?", [[{"cure", "cures"}]]),
        ("# ?% off", [[{"off"}, {"%"}, {FIGURE}]]),
        ("(?:the |our )?best", [[{"best", "our", "the"}, {"best"}]]),
        ("(?:very )?best", [[{"best", "very"}, {"best"}]]),
        ("anti ?aging", [[{"anti", "antiaging"}]]),
        ("no (?!known )risks?", [[{"risk", "risks"}, {"no"}]]),
        ("fix {2}pain", [[{"pain"}, {"fix"}]]),
        ("guarantee[sd]?", [[{"guarantee"}]]),
        ("can't wait", [[{"wait"}, {"can"}, {"t"}]]),
        ("cure|no risk", [[{"cure"}], [{"risk"}, {"no"}]]),
        (r"\w\w\w", [[]]),
        ("[^a]b", [[]]),
        ("★★", [[{"★"}]]),
    ],
)
def test_what_a_pattern_needs(pattern: str, wanted: list[list[set[str]]]) -> None:
    told = [[set(one) for one in needed] for needed in needs(pattern)]
    assert [sorted(map(sorted, one)) for one in told] == [sorted(map(sorted, one)) for one in wanted]


def test_the_keys_of_a_text() -> None:
    assert keys("Don't fix 5% of Immediately") == {"don", "t", "fix", "5", "%", FIGURE, "of", "immediate"}


def test_letters_that_match_english_ones_without_case_are_taken_for_them() -> None:
    strange = [char for char in map(chr, range(0x80, 0x110000)) if re.match("[a-z0-9]", char, re.IGNORECASE)]
    assert strange
    for char in strange:
        english = next(one for one in "abcdefghijklmnopqrstuvwxyz0123456789" if re.match(one, char, re.IGNORECASE))
        assert english in keys(char)
