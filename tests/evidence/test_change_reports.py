"""How the formats show what happened to claims: new and changed ones first, readable without colour."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from evidence import since
from evidence.changes import changes
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Case, Changes, Policy, Report
from evidence.reading import read
from evidence.reports import FORMATS
from evidence.rules import RULES
from evidence.support.basis import stated
from markdown_it import MarkdownIt
from samples import BIB, HEAD

PATH = "content/articles/a.md"
BEFORE = """\
Pain fell by 4.5 points with fluids in one trial [@smith2020].

Nausea is common after a drip.

Vomiting was reported by 3 of 80 people [@jones2019fluid].
"""
AFTER = """\
Nausea is common after a drip.

Pain fell by **5.1** points with fluids in one trial [@smith2020].

Vomiting was reported by 3 of 80 people [@jones2019fluid, p. 3].

Magnesium causes flushing.
"""


def checked(body: str, bib: str = BIB) -> Report:
    case = Case((read(HEAD + body, PATH),), parse_library({"references.bib": bib}, {}), Policy())
    return check(case, RULES, {PATH: HEAD + body})


def compared(before: str = BEFORE, after: str = AFTER, revision: str = "main", bib: str = BIB) -> Report:
    old, new = checked(before, bib), checked(after, bib)
    first, second = (stated(one.claims, one.documents, one.supported, one.library) for one in (old, new))
    return replace(new, changes=Changes(revision, changes(first, second)))


def test_the_text_shows_what_went_and_what_came() -> None:
    told = FORMATS["text"](compared()).splitlines()
    first = told.index("claims since main: 1 added, 1 changed, 1 source changed")
    assert told[first + 1 : -1] == [
        f"{PATH}:12:1 added: Magnesium causes flushing.",
        f"{PATH}:8:1 changed: Pain fell by [-4.5-] {{+5.1+}} points with fluids in one trial.",
        "  = was in line 6",
        f"{PATH}:10:1 source changed: Vomiting was reported by 3 of 80 people.",
        "  = jones2019fluid: cited at page 3 instead of no place",
    ]


@pytest.mark.parametrize("name", ["markdown", "summary"])
def test_the_comment_begins_with_the_changes(name: str) -> None:
    text = FORMATS[name](compared())
    assert text.index("#### Claims since `main`: 1 added, 1 changed, 1 source changed") < text.index("#### 2 errors")
    html = MarkdownIt("commonmark").enable("strikethrough").render(text)
    assert "Pain fell by <s>4.5</s> <strong>5.1</strong> points" in html
    assert html.index("Magnesium causes flushing") < html.index("Pain fell by") < html.index("Vomiting was")


MANY = "".join(f"Pain fell by {number} points with fluids in one trial [@smith2020].\n\n" for number in range(3, 27))
OLD, NEW = f"## What was found\n\n{MANY}", f"## What the trials saw\n\n{MANY}"
HEADING = 'heading changed from "What was found" to "What the trials saw"'


def test_one_heading_is_told_once_for_its_claims_twenty_at_a_time() -> None:
    report = compared(OLD, NEW)
    for name in ("markdown", "summary"):
        text = FORMATS[name](report)
        assert text.count(HEADING.replace("/", "")) == 2
        assert f"- **context changed** of 20 claims in `{PATH}`: {HEADING}\n  - `8:1` Pain fell by 3 points" in text
        assert f"- **context changed** of 4 claims in `{PATH}`: {HEADING}\n  - `48:1` Pain fell by 23 points" in text
    text = FORMATS["text"](report)
    assert f"{PATH} context changed of 4 claims\n  = {HEADING}\n  - {PATH}:48:1 Pain fell by 23 points" in text


def test_a_comment_without_room_counts_the_claims_below_one_heading_that_it_leaves_out() -> None:
    many = "".join(
        f"Pain fell by {number} points with fluids in one trial [@smith2020].\n\n" for number in range(999)
    )
    text = FORMATS["markdown"](compared(f"## What was found\n\n{many}", f"## What the trials saw\n\n{many}"))
    shown = len(re.findall(r"^  - `\d+:1` Pain fell", text, re.MULTILINE))
    assert 0 < shown < 999
    assert f"… and {999 - shown} more changes: too many to show here" in text


def test_two_claims_that_say_something_else_are_told_apart() -> None:
    both = "## A\n\nPain fell by 4 points in one trial [@smith2020].\n\n## B\n\nNausea was reported by 3 of 80 [@smith2020].\n"
    text = FORMATS["markdown"](compared(both, both.replace("## A", "## C").replace("## B", "## D")))
    assert text.count("- **context changed** `") == 2


def test_where_a_source_can_be_read_is_told_once() -> None:
    bib = BIB.replace("year = {2020},", "year = {2020}, doi = {10.1000/a_b*c},")
    more = "Pain fell by 4 points in one trial [@smith2020].\n\nNausea was reported by 3 of 80 people [@smith2020].\n"
    text = FORMATS["markdown"](compared("Pain is bad.\n", more, bib=bib))
    assert text.count("10.1000") == 1
    assert "#### Where to read these sources\n\n- `smith2020` <https://doi.org/10.1000/a_b%2Ac>\n" in text
    html = MarkdownIt("commonmark").render(text)
    assert '<a href="https://doi.org/10.1000/a_b%2Ac">' in html


def test_an_address_that_could_be_markup_stands_in_code() -> None:
    bib = BIB.replace("year = {2020},", "year = {2020}, url = {https://example.org/@somebody},")
    text = FORMATS["markdown"](
        compared("Pain is bad.\n", "Pain fell by 4 points in one trial [@smith2020].\n", bib=bib)
    )
    assert "- `smith2020` `https://example.org/@somebody`\n" in text


def test_only_exemptions_that_are_new_are_told_again() -> None:
    allowed = "Magnesium eases pain. <!-- allow EV101: {} -->\n\nFluids ease pain. <!-- allow EV101: a sample -->\n"
    then = Case((read(HEAD + allowed.format("why"), PATH),), parse_library({"references.bib": BIB}, {}), Policy())
    report = since.compared(checked(allowed.format("another reason")), then, "main", {})
    text = FORMATS["markdown"](report)
    assert "#### 1 new exemption\n" in text
    assert "exempt from **EV101**: another reason (Magnesium eases pain.)" in text
    assert "a sample" not in text
    assert (
        "\n1 exemption stood before, for the same words and the same reason; the HTML report has them all.\n" in text
    )


def test_a_comment_with_thousands_of_changes_is_cut_and_says_so() -> None:
    many = "".join(f"Magnesium eased pain in {n} of 9000 people.\n\n" for n in range(1500))
    text = FORMATS["markdown"](compared("", many))
    assert len(text) < 60_000
    more = re.search(r"… and ([\d,]+) more changes", text)
    assert more
    assert int(more[1].replace(",", "")) + text.count("- **added**") == 1500
    assert "#### 1,500 errors" in text


def test_hostile_words_stay_words_in_a_comment() -> None:
    text = FORMATS["markdown"](
        compared(
            "Drips ease pain for 4 people @all.\n",
            "Drips ease pain for 5 ~~ ** people <b>@all</b> #12.\n",
            "a`b|*@all",
        )
    )
    html = MarkdownIt("commonmark").enable("strikethrough").render(text)
    assert "<b>" not in html
    assert not re.search(r"(?<![`\w])@all", re.sub(r"`[^`]*`", "", text.replace("``a`b|*@all``", "")))


def test_annotations_of_new_claims_come_first() -> None:
    lines = FORMATS["github"](compared()).splitlines()
    errors = [line for line in lines if line.startswith("::error")]
    assert [re.findall(r"line=(\d+)", line)[0] for line in errors] == ["12", "6"]
    alone = [line for line in FORMATS["github"](checked(AFTER)).splitlines() if line.startswith("::error")]
    assert alone == errors[::-1]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_comparison_gives_the_same_bytes(name: str) -> None:
    assert FORMATS[name](compared()) == FORMATS[name](compared())
    if name in ("json", "sarif", "junit", "rdjson", "gitlab", "csv"):
        assert FORMATS[name](compared()) == FORMATS[name](checked(AFTER))


def test_the_page_shows_new_and_changed_claims_first() -> None:
    html = FORMATS["html"](compared(BEFORE + "\nSleep helps many people with migraine.\n"))
    titles = re.findall(
        r"<h3>([^<]+?) <span class=\"soft\">", html[html.index('id="claims"') : html.index('id="problems"')]
    )
    assert titles == [
        "New claims",
        "Changed claims",
        "Claims whose sources changed",
        "Claims that are gone",
        "Other claims with problems",
    ]
    assert "Pain fell by <del>4.5</del> <ins>5.1</ins> points" in html
    assert "jones2019fluid: cited at page 3 instead of no place" in html
    assert "<del>Sleep helps many people with migraine.</del>" in html
    assert "<p>Claims since main: 1 added, 1 changed, 1 source changed, 1 removed</p>" in html
    assert "this report compares nothing" not in html
    for claim in compared().claims:
        assert html.count(f'<article class="card {claim.status}" id="c-{claim.id}"') == 1


def test_the_page_of_a_run_that_compares_nothing_says_so() -> None:
    html = FORMATS["html"](checked(AFTER))
    assert "this report compares nothing" in html
    assert "<ins>" not in html


def test_hostile_words_stay_words_in_the_page() -> None:
    html = FORMATS["html"](
        compared(
            "Drips ease pain for 4 people <b>x</b>.\n",
            "Drips ease pain for 5 people &lt;svg onload=a()&gt;.\n",
            "<i>main",
        )
    )
    assert "<svg" not in html
    assert "<i>" not in html
