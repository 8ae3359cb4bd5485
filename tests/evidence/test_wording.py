"""The lexicon: each entry finds what it must, lets alone what it must, and is never slow."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.checking import check
from evidence.errors import SettingsError
from evidence.model import Case, Document, Library, Meta, Place, Policy, Report, Said
from evidence.reading import read
from evidence.rules import RULES
from evidence.wording import Entry, found, lexicon, own_entries
from fault_cases import fault_cases
from little_sites import ARTICLE, Site

CASES = Path(__file__).parents[1] / "cases/wording"

EXAMPLES = [(entry, example) for entry in lexicon() for example in entry.must_match]
COUNTER_EXAMPLES = [(entry, example) for entry in lexicon() for example in entry.must_not_match]


def hits(entry: Entry, words: str) -> list[str]:
    said = Said(words.split(" [@")[0], "text", Place("a.md"), around=words, cited="[@" in words)
    return [found_words for _, found_words in found(entry, said)]


@pytest.mark.parametrize(("entry", "example"), EXAMPLES, ids=lambda one: getattr(one, "code", None))
def test_what_must_be_found_is(entry: Entry, example: str) -> None:
    assert hits(entry, example), f"{entry.code} must find something in: {example}"


@pytest.mark.parametrize(("entry", "example"), COUNTER_EXAMPLES, ids=lambda one: getattr(one, "code", None))
def test_what_must_be_left_alone_is(entry: Entry, example: str) -> None:
    assert not hits(entry, example), f"{entry.code} finds {hits(entry, example)} in: {example}"


@pytest.mark.parametrize("entry", lexicon(), ids=lambda one: one.code)
def test_no_pattern_is_slow_on_long_texts(entry: Entry) -> None:
    pieces = [
        *entry.must_match,
        "a ",
        "the very ",
        "relief ",
        "not " * 3,
        "1,",
        "%",
        "- ",
        "up to ",
        "no side ",
        "\u2014 ",
    ]
    for piece in pieces:
        text = (piece * (100_000 // len(piece) + 1))[:100_000]
        start = time.process_time()
        entry.pattern.search("x" + text[1:])
        for pattern in (entry.pattern, entry.allow, entry.near, entry.unless):
            if pattern:
                sum(1 for _ in pattern.finditer(text))
        assert time.process_time() - start < 3, (entry.code, piece)


def test_a_typical_page_of_a_drip_clinic_collects_dozens_of_hits() -> None:
    document = read((CASES / "drip_clinic.md").read_text(encoding="utf-8"), "content/articles/drip-clinic.md")
    problems = [one for one in report_on(document).problems if one.code.startswith("EV5")]
    assert len(problems) >= 60
    assert len({one.code for one in problems}) >= 28
    assert {one.code for one in problems if one.place.line == 2} >= {"EV512", "EV513"}  # the title
    for one in problems:
        words = one.message[1:].split('"')[0]
        line = document.text.split("\n")[one.place.line - 1]
        if one.place.line > 8:
            assert line[one.place.column - 1 : one.place.end_column - 1] == words, one


def report_on(*documents: Document, settings: tuple[Meta, ...] = (), offered: tuple[Meta, ...] = ()) -> Report:
    return check(Case(documents, Library({}), Policy(), offered=offered, settings=settings), RULES)


def test_every_place_that_reaches_a_reader_is_looked_at() -> None:
    text = """\
---
title: A miracle
description: A miracle
summary: A miracle
category: A miracle
tags: a miracle
slug: a-miracle
date: 2026-11-24
---

# A miracle

A miracle ![a miracle](x.png "a miracle") [x](y "a miracle") <abbr title="a miracle">x</abbr>

| a miracle |
|---|
| a miracle |

- a miracle

> a miracle

A
: miracle

Text[^1].

[^1]: a miracle
"""
    meta = Meta("text", "A miracle", Place("content/ctas.toml", 3, 8))
    found_hits = [
        one
        for one in report_on(read(text, "a.md"), settings=(meta,), offered=(meta,)).problems
        if one.code == "EV501"
    ]
    front = {2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1}
    lines = [one.place.line for one in found_hits if one.place.path == "a.md"]
    assert {line: lines.count(line) for line in lines} == {
        **front,
        11: 1,
        13: 5,
        15: 1,
        17: 1,
        19: 1,
        21: 1,
        24: 1,
        28: 1,
    }
    assert {one.message.split(":")[0] for one in found_hits if one.place.path != "a.md"} == {
        '"miracle" in a call to action',
        '"miracle" in the settings',
    }


def test_words_beside_marks_and_on_new_lines_are_shown_at_their_place() -> None:
    text = "---\ntitle: T\ndate: 2026-11-24\n---\n\nWith *many* [links](x) and\n  entities &amp; a **miracle** here, no cure, and\na [cure]{.claim}.\n"
    places = [
        (one.place.line, one.place.column) for one in report_on(read(text, "a.md")).problems if one.code == "EV501"
    ]
    assert places == [(7, 22), (8, 4)]


def test_an_exemption_lets_one_sentence_pass() -> None:
    head = "---\ntitle: T\ndate: 2026-11-24\n---\n\n"
    text = f"{head}They call it a miracle. <!-- allow EV501: the name of a film --> A miracle.\n"
    codes = [(one.code, one.place.column) for one in report_on(read(text, "a.md")).problems if one.code[:3] != "EV1"]
    assert codes == [("EV501", 68)]


@pytest.mark.parametrize(
    "words",
    [
        "Pharmaceutical companies made it.",
        "A secure page.",
        "It is unproven.",
        "Nothing cures migraine.",
        "It isn't a cure.",
        "Is it a cure?",
        "Can a drip cure migraine?",
        "We don't know whether it is safe.",
        "Rather than a cure, care.",
        "“A miracle cure”, one advertisement says.",
    ],
)
def test_traps(words: str) -> None:
    assert not [
        one
        for one in report_on(read(f"---\ntitle: T\ndate: 2026-11-24\n---\n\n{words}\n", "a.md")).problems
        if one.code[:3] == "EV5"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Not just relief: a cure.",
        "No needles, guaranteed.",
        "Tired of migraines?",
        "Ready for instant relief?",
        '"It is a cure."',
        "No wonder it cures migraine.",
        "Drug‑free relief",
        "We don’t wait: book now.",
    ],
)
def test_evasions(words: str) -> None:
    assert [
        one
        for one in report_on(read(f"---\ntitle: T\ndate: 2026-11-24\n---\n\n{words}\n", "a.md")).problems
        if one.code[:3] == "EV5"
    ]


@pytest.mark.parametrize(("title", "text", "expected"), fault_cases("wording/faults.txt"))
def test_a_wrong_file_of_a_site_ends_the_run_with_its_place(title: str, text: str, expected: list[str]) -> None:
    taken = [(one.code, one.name) for one in RULES]
    if not expected:
        assert [entry.code for entry in own_entries({"words.toml": text}, taken)] == ["EV550"]
        return
    place, _, message = (
        expected[0].rpartition(" ") if ":" not in expected[0].split(" ")[0] else expected[0].partition(" ")
    )
    with pytest.raises(SettingsError) as told:
        own_entries({"words.toml": text}, taken)
    line = str(told.value)
    assert message in line
    assert line.startswith(f"words.toml:{place}: " if place[:1].isdigit() else "words.toml: "), line


OWN = """\
[[avoid]]
code = "EV550"
name = "old-slogan"
severity = "error"
flags = "The slogan that was taken back stands here"
reason = "It promised too much."
suggestion = "leave it out"
pattern = ["dream team"]
must_match = ["The dream team."]
must_not_match = ["A team."]
"""


def test_a_site_may_add_its_own_words(site: Callable[..., Site]) -> None:
    made = site({"words.toml": OWN, "content/articles/fluids.md": ARTICLE + "\nAsk the dream team.\n"})
    settings = (made.root / "pelicanconf.py").read_text(encoding="utf-8")
    made.write(
        {
            "pelicanconf.py": settings.replace(
                '"cta": ', '"wording": ["words.toml"], "severities": {"EV550": "warning"}, "cta": '
            )
        }
    )
    for form in ("text", "sarif", "html"):
        done = made.check("--format", form)
        assert (done.code, "EV550" in done.text) == (0, True), done.text
    assert "The slogan that was taken back" in made.run("evidence", "explain", "EV550").text
    made.write({"words.toml": OWN.replace("dream team", "(", 1)})
    done = made.check()
    assert (done.code, done.text.strip()) == (
        2,
        "evidence: words.toml:8:12: the pattern cannot be read: missing ), unterminated subpattern; correct it",
    )
    made.write({"pelicanconf.py": settings.replace('"cta": ', '"wording": ["wrods.toml"], "cta": ')})
    done = made.check()
    assert (done.code, "wrods.toml: cannot be read" in done.text) == (2, True)


def lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def codes(words: str) -> list[str]:
    document = read(f"---\ntitle: T\ndate: 2026-11-24\n---\n\n{words}\n", "a.md")
    return [one.code for one in report_on(document).problems if one.code.startswith("EV5")]


@pytest.mark.parametrize("words", lines("plain.txt"))
def test_plain_sentences_are_left_alone(words: str) -> None:
    assert codes(words) == []


@pytest.mark.parametrize("words", lines("selling.txt"))
def test_sentences_that_sell_are_found(words: str) -> None:
    assert codes(words)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Q: Is it safe?\n", []),
        ("**Is it safe?**\n", []),
        ("**Is it safe?** Nobody knows.\n", []),
        ("**Q:** Is it safe?  \n**A:** Nobody knows.\n", []),
        ("Q. Is it safe? A. Nobody knows.\n", []),
        ("### Q: Is it safe?\n", []),
        ("1. Is it safe?\n2. Who gives it?\n", []),
        ("Magnesium: is it safe?\n", []),
        ("**Is it safe?** Yes, it is safe.\n", [28]),
        ("It is safe. Is it?\n", [7]),
        ("Our safe drip: is it for you?\n", [5]),
        ("Why wait for a safe drip?\n", [16]),
    ],
)
def test_a_question_passes_in_bold_behind_a_q_and_before_its_answer(text: str, told: list[int]) -> None:
    document = read(f"---\ntitle: T\ndate: 2026-11-24\n---\n\n{text}", "a.md")
    assert [one.place.column for one in report_on(document).problems if one.code == "EV505"] == told
