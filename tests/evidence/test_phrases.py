"""Lists of phrases are looked for where their words begin, and found wherever the regular expression finds them."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import chain
from pathlib import Path

import pytest
from evidence.support import assertion, contrast, figures
from evidence.support.numbers import plain_letters
from evidence.support.phrases import Phrases, told
from hypothesis import given
from hypothesis import strategies as st

WORDING = assertion._wording()
OPPOSITES = contrast._opposites()
LISTS = [
    *(value for field in fields(WORDING) if isinstance(value := getattr(WORDING, field.name), Phrases)),
    *(phrases for _, phrases in WORDING.effects_in_order),
    *(OPPOSITES.doubts, OPPOSITES.hedges, OPPOSITES.hedged, OPPOSITES.hedged_clause),
    *chain.from_iterable((one, other) for one, other, _ in OPPOSITES.poles),
]
ROOT = Path(__file__).parents[2]
FILES = [
    *ROOT.glob("tests/cases/support/*.txt"),
    *ROOT.glob("content/articles/*.md"),
    *ROOT.glob("content/sources/*.toml"),
]
SENTENCES = [
    sentence for path in sorted(FILES) for sentence in re.split(r"\n|(?<=[.|]) ", path.read_text("utf-8")) if sentence
]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
NUMBERS = [
    "$5",
    "$ 20",
    ".5",
    "1,072",
    "4.5",
    "3.",
    "(2",
    "B-12",
    "PROMISE-2",
    "x5",
    "twenty-five",
    "one",
    "ſix",
    "of",
    "in",
    "10",
    "points",
]
JOINS = st.sampled_from([" ", "  ", "-", "’", ", ", ".", "", "\u00a0", "/", "("])


def texts(words: list[str]) -> st.SearchStrategy[str]:
    """Words in any order and case, joined in many ways."""
    cased = st.sampled_from(words).flatmap(lambda word: st.sampled_from([word, word.upper(), word.replace("s", "ſ")]))
    pairs = st.lists(st.tuples(cased, JOINS), max_size=12)
    return pairs.map(lambda several: "".join(chain.from_iterable(several)))


def spans(found: object) -> list[tuple[int, int]]:
    return [match.span() for match in found]  # type: ignore[attr-defined]


def test_a_list_finds_what_its_expression_finds_in_the_sentences_of_the_cases() -> None:
    assert len(SENTENCES) > 500
    for sentence in SENTENCES:
        for phrases in LISTS:
            assert spans(phrases.finditer(sentence)) == spans(phrases.pattern.finditer(sentence)), sentence


@given(texts(WORDS))
def test_a_list_finds_what_its_expression_finds_in_words_in_any_order(text: str) -> None:
    for phrases in LISTS:
        wanted = spans(phrases.pattern.finditer(text))
        assert spans(phrases.finditer(text)) == wanted
        assert spans(filter(None, [phrases.search(text)])) == wanted[:1]
        assert not wanted or phrases.may_be_among(told(text).lists)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("f[ae]ll", "it fell"),
        (r"(?<!at )least", "the least"),
        (r"(?:very )?rare(?:ly)?", "Rarely"),
        (r"(?:an? )*attacks", "a an attacks"),
        (r"\d+ of", "12 of"),
        (r"\w+ minutes", "ten minutes"),
        (r"[^ ]+ed", "healed"),
        ("so+n", "sooon"),
        ("", "x"),
    ],
)
def test_expressions_that_begin_in_any_way_are_found(phrase: str, text: str) -> None:
    assert Phrases(("zebra", phrase)).search(text)


def test_a_list_made_later_is_found_in_a_text_that_was_looked_at_before() -> None:
    assert not told("quokka").lists
    assert Phrases(("quokkas?",)).search("quokka")


@given(texts(NUMBERS) | st.text(alphabet="$ .,5-ten", max_size=12))
def test_numbers_are_found_wherever_their_expressions_find_them(text: str) -> None:
    for pattern in (figures._SCORE, figures._RATIO, figures._FIGURE):
        plain = plain_letters(text)
        assert spans(figures._each(pattern, plain, figures._starts(plain.lower()))) == spans(pattern.finditer(plain))
