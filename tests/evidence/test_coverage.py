"""Which sentences need a source, and what counts as theirs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evidence.carrying import Sayings, carries
from evidence.claims import Verdict, detect, load_cues
from evidence.coverage import Judge, claims_of
from evidence.model import Document
from evidence.reading import read
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HEAD

CASES = Path(__file__).parents[1] / "cases/coverage.txt"


def drips(sentence: str) -> Verdict:
    return Verdict("drip" in sentence.lower(), "sample", "drip")


def cases() -> list[tuple[str, str, list[str]]]:
    found = []
    for part in re.split(r"^== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, rest = part.split("\n", 1)
        text, expected = rest.split("\n--\n")
        found.append((title, text, expected.strip().splitlines()))
    return found


@pytest.mark.parametrize(("title", "text", "expected"), cases(), ids=[case[0] for case in cases()])
def test_cases(title: str, text: str, expected: list[str]) -> None:
    claims = claims_of(read(HEAD + text, "a.md"), drips)
    told = [f"{claim.status}: {claim.sentence}" for claim in claims]
    assert len(told) == len(expected), told
    for found, wanted in zip(told, expected, strict=True):
        assert found.startswith(wanted), told


def test_a_claim_tells_its_kind_and_what_made_it_one() -> None:
    claims = claims_of(read(f"{HEAD}A drip costs money. [Tea is hot.]{{.claim}} Tea [@a].\n", "a.md"), drips)
    assert [(one.kind, one.cue) for one in claims] == [
        ("sample", "drip"),
        ("marked", "{.claim}"),
        ("cited", "its citation"),
    ]


def words_at(document: Document, line: int, column: int, end_line: int, end_column: int) -> str:
    lines = document.text.split("\n")[line - 1 : end_line]
    lines[-1] = lines[-1][: end_column - 1]
    lines[0] = lines[0][column - 1 :]
    return " ".join("\n".join(lines).split())


PIECES = st.sampled_from(
    ["A drip here.", "Tea is *hot*.", "**Drip** [one](http://x.org).", "A “drip” &amp; tea [@a].", "drip!\n", "- a drip\n",
     "\n\n", "`drip` it.", "[A drip]{.claim} is.", "![a drip](x.png)", "\n    - drip\n", "<b>Drip</b> it?", "> a drip\n"]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=9))
def test_places_point_at_the_claims_own_words(pieces: list[str]) -> None:
    document = read(HEAD + " ".join(pieces) + "\n", "a.md")
    for claim in claims_of(document, drips):
        place = claim.place
        there = words_at(document, place.line, place.column, place.end_line, place.end_column)
        first, last = claim.sentence.split()[0].strip("“”"), claim.sentence.split()[-1].strip(".!?“”")
        assert first in there, (claim.sentence, there)
        assert last in there, (claim.sentence, there)


@pytest.mark.parametrize(
    ("cited", "claim", "expected"),
    [
        ("Fluids did not ease pain in one trial of 49 people.", "Fluids did not ease pain", True),
        ("Fluids did not ease pain in one trial of 49 people.", "Fluids ease pain", False),
        ("Fluids eased pain.", "Fluids ease pain for 9 in 10 people", False),
        (
            "Pain fell by 4.5 points with fluids and 5.1 without.",
            "With fluids pain fell by 4.5 points, without by 5.1",
            True,
        ),
        ("Magnesium may cause flushing.", "Vitamin C cures colds", False),
    ],
)
def test_a_cited_sentence_carries_a_headline_that_says_the_same(cited: str, claim: str, expected: bool) -> None:
    assert carries(cited, claim) is expected
    assert Sayings(["Nothing else was looked at.", cited]).carry(claim) is expected


def test_title_and_description_stand_on_cited_sentences_of_the_body() -> None:
    head = (
        "---\ntitle: A drip costs money\ndescription: A drip is a bag. A drip costs money.\ndate: 2026-11-24\n---\n\n"
    )
    claims = claims_of(read(head + "A drip costs much money [@a]. A drip is a bag.\n", "a.md"), drips)
    assert [(claim.where, claim.status) for claim in claims] == [
        ("title", "cited"),
        ("description", "uncited"),
        ("description", "cited"),
        ("text", "cited"),
        ("text", "uncited"),
    ]


def weighed(sentence: str) -> Verdict:
    """A judge that finds no claim by words, is sure of orders, and less sure the longer a sentence is."""
    order = sentence.startswith(("Ask", "See"))
    return Verdict(False, "instruction" if order else None, None, -float(len(sentence)))


def told(text: str, judge: Judge = weighed) -> list[str]:
    return [claim.sentence for claim in claims_of(read(HEAD + text, "a.md"), judge) if claim.status == "uncited"]


ITEMS = "- Saline: 1 in 10 [@a].\n- Salt: 2 in 10 [@b].\n"
ROWS = "| What | How many |\n|---|---|\n| Saline | 1 in 10 [@a] |\n| Salt | 2 in 10 [@b] |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ITEMS + "- Dogs: 3 in 10.\n", ["Dogs: 3 in 10."]),
        (ITEMS + "- See the list.\n", []),
        (ITEMS + "- A much longer item, of which the judge is sure.\n", []),
        (ITEMS + "- One. \n- Two.\n", ["One.", "Two."]),
        (ITEMS + "- One. \n- Two.\n- Six.\n", []),
        ("- Saline: 1 in 10 [@a].\n- Dogs: 3 in 10.\n", []),
        ("One of two [@c]:\n\n" + ITEMS + "- Dogs: 3 in 10.\n", []),
        ("Pain fell [@a]. It is real. It fell more [@b].\n", ["It is real."]),
        ("Pain fell [@a]. Tom knows. It fell more [@b].\n", []),
        ("Pain fell [@a]. It is real.\n", ["It is real."]),
        ("Pain fell [@a]. Those who know him know that.\n", []),
        ("Pain fell [@a]. It is real. It lasts.\n", []),
        ("Pain fell [@a]. Ask Tom. It fell more [@b].\n", []),
        ("It is real.\n\nPain fell [@a].\n", []),
        (ROWS + "| Heat | 3 in 10 |\n", ["Heat: 3 in 10"]),
        (ROWS + "| Heat | Not counted in our source |\n| Noise | – |\n", []),
        (ROWS + "| Heat | See our page |\n", []),
        (ROWS + "| Heat | 3 in 10 |\n| Cold | 4 in 10 |\n| Wind | 5 in 10 |\n", []),
        (ROWS.replace(" [@b]", "") + "| Heat | 3 in 10 |\n", []),
        (ROWS + "| Heat | 3 in 10 |\n\nTable 1. Of 10 people [@c].\n", []),
    ],
)
def test_what_stands_among_cited_items_or_sentences_is_a_claim(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("@smith2020 found that fluids ease pain.\n", "@smith2020 found that fluids"),
        ("Fluids made no difference to pain, as on https://example.org/@lee.\n", "Fluids made no difference … pain"),
        ("The study found that fluids ease pain.\n", "The study found that fluids"),
    ],
)
def test_the_deciding_words_are_the_authors(text: str, cue: str) -> None:
    claims = claims_of(read(HEAD + text, "a.md"), lambda sentence: detect(sentence, load_cues()))
    assert [one.cue for one in claims] == [cue]
