"""Citations that were pasted from elsewhere: what is seen in them, what is told, and that it is told once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.anatomy import standard
from evidence.checking import check
from evidence.copied import copied
from evidence.library import parse_library
from evidence.model import Case, Library, Policy, Problem
from evidence.reading import read
from evidence.rules import RULES
from little_sites import ARTICLE, Site
from samples import HEAD

CASES = Path(__file__).parents[1] / "cases/pasted.txt"
_ENTRY = "@article{{{key},\n author = {{{author}}},\n title = {{A trial}},\n journal = {{J}},\n year = {{{year}}},\n{more}}}\n"
BIB = "\n".join(
    _ENTRY.format(key=key, author=author, year=year, more=more)
    for key, author, year, more in (
        ("smith2020", "Smith, Ann and Poe, Bo", 2020, " doi = {10.1000/drips},\n pmid = {12345678},\n"),
        ("lee2021", "Lee, Cy and Kim, Di", 2021, ""),
        ("jones2019a", "Jones, Ed", 2019, ""),
        ("jones2019b", "Jones, Flo", 2019, ""),
    )
)
MakeSite = Callable[..., Site]


def library() -> Library:
    return parse_library({"references.bib": BIB}, {})


def cases() -> list[tuple[str, str]]:
    text = CASES.read_text(encoding="utf-8")
    parts = [part for part in text.split("\n\n") if "\n=> " in part]
    return [(words, told) for words, told in (part.strip().split("\n=> ") for part in parts)]


@pytest.mark.parametrize(("words", "told"), cases(), ids=[words for words, _ in cases()])
def test_what_was_pasted_is_seen_and_named(words: str, told: str) -> None:
    found = [
        " ".join(filter(None, (one.kind, f'"{one.typed}"', one.repair.split(" for ")[0][6:] if one.keys else "")))
        for one in copied(words, library())
    ]
    assert found == ([] if told == "nothing" else [told])


def problems(body: str, policy: Policy | None = None) -> list[Problem]:
    document = read(HEAD + body, "content/articles/drips.md")
    found = check(Case((document,), library(), policy or Policy(), anatomy=standard()), RULES).problems
    return [one for one in found if one.code in ("EV101", "EV202", "EV606")]


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("Magnesium eases migraine pain (Smith et al., 2020).\n", 'write [@smith2020] for "(Smith et al., 2020)"'),
        ("Magnesium eases migraine pain. [smith2020]\n", 'write [@smith2020] for "[smith2020]"'),
        ("| Drip | Found |\n|---|---|\n| Magnesium | It eases pain (Smith 2020) |\n", 'write [@smith2020] for "(Smith 2020)"'),
        (
            "Magnesium eases migraine pain (Brown 2018).\n",
            'if "(Brown 2018)" names the source, add that to references.bib, which lacks it, and write [@key]',
        ),
    ],
)  # fmt: skip
def test_an_uncited_claim_says_how_its_pasted_citation_is_written_and_nothing_is_told_twice(
    body: str, fix: str
) -> None:
    assert [(one.code, one.fix) for one in problems(body)] == [("EV101", fix)]


def test_a_pasted_citation_outside_of_claims_is_told_by_itself() -> None:
    told = problems("The bags are clear [1]. The bags were bought, as Lee and Kim (2021) write.\n")
    assert [(one.code, one.place.column, one.fix) for one in told] == [
        (
            "EV202",
            20,
            'write [@key] for "[1]", with the source\'s key in references.bib: a number names no source here, '
            "or `\\[1\\]` if these are mere words",
        ),
        ("EV202", 50, 'write @lee2021 for "Lee and Kim (2021)"'),
    ]
    assert problems("The bags are clear [@smith2020], says (Smith 2020).\n") == []
    assert problems("The bags are clear, see [1].\n\n[1]: https://example.org\n") == []


def test_a_site_tells_what_is_meant_as_soon_as_the_entry_is_there(site: MakeSite) -> None:
    made = site({"content/articles/fluids.md": f"{ARTICLE}\nMagnesium eases migraine pain (Brown 2018).\n"})
    assert "which lacks it" in made.build().text
    bib = (made.root / "references.bib").read_text(encoding="utf-8")
    more = _ENTRY.format(key="brown2018", author="Brown, Al", year=2018, more=" volume = {1},\n pages = {1--2},\n")
    made.write({"references.bib": f"{bib}\n{more}"})
    assert 'write [@brown2018] for "(Brown 2018)"' in made.build().text


KEY_MESSAGES = "## Key messages\n\n- Magnesium eases migraine pain.\n- Bags are clear.\n"


def test_a_key_message_that_is_an_uncited_claim_is_told_once() -> None:
    assert [(one.code, one.place.line) for one in problems(KEY_MESSAGES)] == [("EV101", 8), ("EV606", 9)]


def test_a_key_message_is_told_where_the_rule_on_claims_is_off_or_exempted() -> None:
    off = problems(KEY_MESSAGES, Policy(severities={"EV101": None}))
    assert [(one.code, one.place.line) for one in off] == [("EV606", 8), ("EV606", 9)]
    exempted = problems(KEY_MESSAGES.replace("pain.", "pain. <!-- allow EV101: said in an advertisement -->"))
    assert [(one.code, one.place.line) for one in exempted] == [("EV606", 8), ("EV606", 9)]


def test_an_item_says_that_a_source_for_the_sentence_before_its_list_is_enough() -> None:
    told = problems(
        "Magnesium can cause these harms:\n\n- magnesium can cause seizures\n- magnesium can stop breathing\n"
    )
    assert [one.place.line for one in told] == [6, 8, 9]
    fix = 'a source for "Magnesium can cause these harms:" is for its whole list; else put [@key] into each item'
    assert [one.fix for one in told[1:]] == [fix, fix]
    assert problems("Magnesium can cause these harms [@smith2020]:\n\n- magnesium can cause seizures\n") == []


@pytest.mark.parametrize(
    "text",
    ["[1" * 20_000, "(Aa " * 20_000, "A" * 80_000, "\\cite{" * 15_000, "`" * 80_000, "(Aa et al., " * 8_000, "10.1000/" * 9_000,
     "[a;" * 20_000, "Aa, " * 20_000, "<!--" * 20_000, "^1" * 30_000, "van der " * 10_000],
)  # fmt: skip
def test_long_nonsense_is_read_in_time(text: str) -> None:
    began = time.process_time()
    list(copied(f"{text} 2020", library()))
    assert time.process_time() - began < 3
