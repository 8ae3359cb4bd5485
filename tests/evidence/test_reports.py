"""The report formats: each valid for its consumer, safe with any words, the same twice."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Case, Place, Policy, Problem, Report, Severity
from evidence.reading import read
from evidence.reports import FORMATS
from evidence.reports.markdown import MARK, prose
from evidence.reports.problems import claims_around
from evidence.rules import RULES
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samples import BIB, HEAD, NOTE

SCHEMAS = Path(__file__).parents[1] / "schemas"
CITED = "Two trials differ [@smith2020; @jones2019fluid].\n"
BODY = """\
Fluids ease an attack, say *all* | `most` <b>people</b>.

Größe: über 50 % sind schmerzfrei, pain fell [-@smiht2020].

=HYPERLINK("x") pain fell by 4 points [@smith2020].

Magnesium eases pain. <!-- allow EV101: a sample -->

Pain fell in a trial [@jones2019flui#pain].

"""


def report_on(body: str = BODY, path: str = "content/articles/a.md", **policy: Any) -> Report:
    """The report on one article in a little site, with its texts."""
    text = HEAD + body + CITED
    case = Case((read(text, path),), parse_library({"references.bib": BIB}, {}), Policy(**policy))
    return check(case, RULES, {path: text, "references.bib": BIB})


def problem(severity: Severity, message: str, number: int = 1, path: str = "content/a.md") -> Problem:
    return Problem("EV101", "uncited-claim", severity, message, Place(path, number, 1, number, 5))


def made_of(*problems: Problem, texts: dict[str, str] | None = None) -> Report:
    library = parse_library({"references.bib": BIB}, {})
    return Report((), library, (), problems, Severity.ERROR, texts or {})


HOSTILE = made_of(
    problem(
        Severity.ERROR, "100%: a, b\r\nc ::error::x \x00\x1b[31m \ufffe ]]> <script> @octocat #12 | `x` [a](//b)"
    ),
    problem(
        Severity.WARNING, "@team/all deadbeef01 https://example.org :+1: $x$ ~~y~~ __z__ &amp;", 2, "a,b:c %d é.md"
    ),
)
REPORTS = {"sample": report_on(), "hostile": HOSTILE, "nothing": made_of(), "clean": report_on("")}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", REPORTS)
def test_same_input_same_bytes(name: str, which: str) -> None:
    assert FORMATS[name](REPORTS[which]) == FORMATS[name](REPORTS[which])
    assert FORMATS[name](report_on()) == FORMATS[name](report_on())


# -------------------------------------------------------------------------------------- consumers' schemas


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("which", REPORTS)
def test_the_formats_are_valid_for_their_consumers(which: str) -> None:
    report = REPORTS[which]
    jsonschema.Draft4Validator(schema("sarif-2.1.0")).validate(json.loads(FORMATS["sarif"](report)))
    jsonschema.Draft202012Validator(schema("rdjson")).validate(json.loads(FORMATS["rdjson"](report)))
    jsonschema.Draft202012Validator(schema("gitlab")).validate(json.loads(FORMATS["gitlab"](report)))
    xmlschema.XMLSchema11(SCHEMAS / "junit.xsd").validate(FORMATS["junit"](report))


def test_the_schemas_refuse_what_is_wrong() -> None:
    sarif = json.loads(FORMATS["sarif"](REPORTS["sample"]))
    del sarif["runs"][0]["results"][0]["message"]
    assert not jsonschema.Draft4Validator(schema("sarif-2.1.0")).is_valid(sarif)
    junit = FORMATS["junit"](REPORTS["sample"]).replace('errors="0"', "", 1)
    assert not xmlschema.XMLSchema11(SCHEMAS / "junit.xsd").is_valid(junit)


# ------------------------------------------------------------------------------------------------- SARIF


def results(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FORMATS["sarif"](report))["runs"][0]["results"]
    return found


def prints(report: Report) -> list[str]:
    return [one["partialFingerprints"]["primaryLocationLineHash"] for one in results(report)]


def test_a_fingerprint_stays_when_lines_move_and_when_a_claim_moves_to_another_article() -> None:
    moved = report_on("A note to begin with?\n\n" + BODY)
    assert [one["locations"] for one in results(moved)] != [one["locations"] for one in results(report_on())]
    assert prints(moved) == prints(report_on())
    assert prints(report_on(path="content/articles/other.md")) == prints(report_on())


def test_fingerprints_are_unique_even_for_the_same_words_twice() -> None:
    twice = prints(report_on(BODY + BODY))
    assert len(twice) == len(set(twice)) == 2 * len(prints(report_on()))
    assert set(prints(report_on())) <= set(twice)


def test_a_problem_outside_claims_is_marked_by_its_words() -> None:
    one = made_of(problem(Severity.ERROR, "at line 7", 1), texts={"content/a.md": "word one"})
    two = made_of(problem(Severity.ERROR, "at line 8", 2), texts={"content/a.md": "\nword one"})
    other = made_of(problem(Severity.ERROR, "at line 7", 1), texts={"content/a.md": "else one"})
    assert prints(one) == prints(two) != prints(other)


def test_sarif_carries_the_page_of_every_rule_and_no_empty_words() -> None:
    driver = json.loads(FORMATS["sarif"](REPORTS["nothing"]))["runs"][0]["tool"]["driver"]
    assert [one["id"] for one in driver["rules"]] == [one.code for one in RULES]
    for one, rule in zip(driver["rules"], RULES, strict=True):
        assert rule.doc.strip() in one["help"]["text"]
        assert rule.bad[0].rstrip("\n") in one["help"]["markdown"]
        assert one["shortDescription"]["text"]
    for one in results(REPORTS["sample"]):
        assert driver["rules"][one["ruleIndex"]]["id"] == one["ruleId"]


def test_sarif_takes_no_words_of_an_author_for_a_link_of_its_own() -> None:
    said = results(made_of(problem(Severity.ERROR, "put [@key] before [a](//b)")))[0]["message"]["text"]
    assert said == "put [@key] before \\[a](//b)"


def test_sarif_addresses_are_uri_references() -> None:
    assert results(HOSTILE)[1]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "a%2Cb%3Ac%20%25d%20%C3%A9.md"
    }


# ------------------------------------------------------------------------------------------------- JUnit


def test_junit_has_one_case_per_claim_and_one_per_problem_elsewhere() -> None:
    report = report_on(BODY + "Write to me at [@ smith2020?\n\n")
    root = ET.fromstring(FORMATS["junit"](report))
    cases = list(root.iter("testcase"))
    named = [one for one in cases if re.search(r"\(\w{10}\)$", one.get("name", ""))]
    assert len(named) == len(report.claims)
    assert len({one.get("name") for one in cases}) == len(cases)
    assert sum(one.find("skipped") is not None for one in cases) == 1
    told = " ".join(one.text or "" for one in root.iter("failure"))
    assert Counter(re.findall(r"EV\d+", told)) == Counter(
        one.code for one in report.problems if one.severity is Severity.ERROR
    )
    assert root.get("failures") == str(sum(one.find("failure") is not None for one in cases))


def test_junit_tells_warnings_without_failing_unless_they_stop_publication() -> None:
    report = report_on("Drips work.\n\n", severities={"EV101": Severity.WARNING})
    root = ET.fromstring(FORMATS["junit"](report))
    assert root.get("failures") == "0"
    assert "EV101 warning:" in (root.findtext(".//system-out") or "")
    strict = report_on("Drips work.\n\n", severities={"EV101": Severity.WARNING}, fail_on=Severity.WARNING)
    assert ET.fromstring(FORMATS["junit"](strict)).get("failures") == "1"


def test_a_problem_belongs_to_the_narrowest_claim_around_it() -> None:
    claim = report_on("Drips work.\n\n").claims[0]
    wide = replace(claim, id="wide", place=Place("a.md", 1, 1, 9, 9))
    narrow = replace(claim, id="narrow", place=Place("a.md", 2, 1, 2, 9))
    gone = replace(claim, id="gone", place=Place("a.md", 3, 1, 3, 9))
    found = [
        problem(Severity.NOTE, "in narrow", 2, "a.md"),
        replace(problem(Severity.NOTE, "of wide", 2, "a.md"), claim="wide"),
        problem(Severity.NOTE, "after both short ones", 5, "a.md"),
        problem(Severity.NOTE, "after all", 10, "a.md"),
        problem(Severity.NOTE, "elsewhere", 2, "b.md"),
    ]
    around = claims_around(replace(made_of(*found), claims=(gone, wide, narrow)))
    assert [around[one].id if one in around else None for one in found] == ["narrow", "wide", "wide", None, None]


def test_the_same_claim_twice_is_two_cases() -> None:
    root = ET.fromstring(FORMATS["junit"](report_on("Drips work.\n\nDrips work.\n\n")))
    names = [one.get("name", "") for one in root.iter("testcase")]
    assert names[0] + " #2" == names[1]


# ------------------------------------------------------------------------------------------------ GitHub


def test_annotations_are_escaped_and_stay_on_their_line() -> None:
    first, second = FORMATS["github"](HOSTILE).splitlines()[:2]
    assert first.startswith(
        "::error file=content/a.md,line=1,endLine=1,col=1,endColumn=5,title=EV101 uncited-claim::"
    )
    assert "::100%25: a, b%0D%0Ac ::error::x " in first
    assert second.startswith("::warning file=a%2Cb%3Ac %25d é.md,")
    assert FORMATS["github"](HOSTILE).count("\n") == 2


def test_columns_are_given_for_one_line_only() -> None:
    across = Problem("EV101", "uncited-claim", Severity.NOTE, "x", Place("a.md", 1, 5, 2, 3))
    assert FORMATS["github"](made_of(across)).startswith("::notice file=a.md,line=1,endLine=2,title=")


@pytest.mark.parametrize(("number", "lines"), [(0, 0), (1, 1), (10, 10), (11, 10), (500, 10)])
def test_at_most_ten_annotations_of_a_level_worst_first(number: int, lines: int) -> None:
    notes = [problem(Severity.NOTE, f"n{i}", i + 1) for i in range(number)]
    errors = [problem(Severity.ERROR, f"e{i}", i + 1) for i in range(number)]
    told = FORMATS["github"](made_of(*notes, *errors)).splitlines()
    assert [line.split()[0] for line in told] == ["::error"] * lines + ["::notice"] * lines
    if number > 10:
        assert f"and {number - 9} more errors; the job summary" in told[9]


# ------------------------------------------------------------------------------------------------ rdjson


def test_suggestions_replace_exactly_the_flagged_bytes() -> None:
    """Taking every first suggestion gives the text as it was meant."""
    text = report_on().texts["content/articles/a.md"]
    for one in json.loads(FORMATS["rdjson"](report_on()))["diagnostics"]:
        for suggestion in one.get("suggestions", [])[:1]:
            text = accepted(text, suggestion)
    assert "Größe: über 50 % sind schmerzfrei, pain fell [-@smith2020]." in text
    assert "Pain fell in a trial [@jones2019fluid#pain]." in text


SUGGESTING = ("EV201", "EV204", "EV601", "EV602", "EV901")


@pytest.mark.parametrize("code", SUGGESTING)
def test_a_taken_suggestion_mends_what_the_rule_flags(code: str) -> None:
    """On the rules' own bad examples: every first suggestion, taken alone, leaves one problem of the kind less."""
    taken = 0
    for example in next(rule for rule in RULES if rule.code == code).bad:
        text = example if example.startswith("---") else HEAD + example
        before = little_site(text)
        for one in json.loads(FORMATS["rdjson"](before))["diagnostics"]:
            if one["code"]["value"] == code and "suggestions" in one:
                after = little_site(accepted(text, one["suggestions"][0]))
                assert number(after, code) == number(before, code) - 1
                taken += 1
    assert taken


def little_site(text: str) -> Report:
    path = "content/articles/a.md"
    library = parse_library({"references.bib": BIB}, {"content/sources/jones2019fluid.toml": NOTE})
    offers, templates = frozenset({"consultation"}), frozenset({"article", "page"})
    return check(Case((read(text, path),), library, Policy(), offers, templates=templates), RULES, {path: text})


def number(report: Report, code: str) -> int:
    return sum(one.code == code for one in report.problems)


def accepted(text: str, suggestion: Mapping[str, Any]) -> str:
    """The text with one suggestion taken, as a reviewer's click does it; places count bytes."""
    lines = text.encode().split(b"\n")
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    assert start["line"] == end["line"]
    line = lines[start["line"] - 1]
    words = suggestion["text"].encode()
    lines[start["line"] - 1] = line[: start["column"] - 1] + words + line[end["column"] - 1 :]
    return b"\n".join(lines).decode()


def test_what_is_no_replacement_is_no_suggestion() -> None:
    found = json.loads(FORMATS["rdjson"](report_on("Drips work.\n\n")))["diagnostics"]
    assert [("suggestions" in one, one["code"]["value"]) for one in found] == [(False, "EV101")]


# ------------------------------------------------------------------------------------------------ GitLab


def test_gitlab_findings_have_their_own_fingerprints() -> None:
    found = json.loads(FORMATS["gitlab"](report_on(BODY + BODY)))
    assert len({one["fingerprint"] for one in found}) == len(found)
    assert {one["severity"] for one in found} == {"blocker"}


# ---------------------------------------------------------------------------------------------- Markdown


def test_the_comment_begins_with_its_mark_and_the_whole_verdict() -> None:
    lines = FORMATS["markdown"](report_on()).splitlines()
    assert lines[:2] == [MARK, "### Evidence: blocked"]
    assert lines[3] == (
        "**BLOCKED – 3 errors, 0 warnings, 0 notes · 1 file · 6 claims: 4 cited, 1 uncited, 1 exempt · "
        "5 citations, 2 sources**"
    )
    assert "approved" not in FORMATS["markdown"](report_on()).lower()


@pytest.mark.parametrize("size", [10, 5_000])
def test_comment_and_summary_keep_their_limits_and_tell_what_they_leave_out(size: int) -> None:
    many = made_of(*(problem(Severity.ERROR, "ü" * size, i + 1, f"content/{i % 200}.md") for i in range(3_000)))
    comment, summary = FORMATS["markdown"](many), FORMATS["summary"](many)
    assert len(comment) < 60_000
    assert len(summary.encode()) < 1_000_000
    for text in (comment, summary):
        shown = text.count("\n- `")
        assert shown == 3_000 or f"… and {3_000 - shown:,} more errors" in text
        assert "**BLOCKED – 3,000 errors, " in text
        assert "| EV101 uncited-claim | error | 3,000 |" in text
    assert summary.count("\n- `") > comment.count("\n- `")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, 43.5% (twice); don't", "plain words, 43.5% (twice); don't"),
        ("put [@key] before", "put `[@key]` before"),
        ('no source "smith2020" in references.bib;', 'no source "smith2020" in `references.bib`;'),
        ("@octocat #12 GH-12 deadbeef", "`@octocat` `#12` `GH-12` `deadbeef`"),
        ("<b> a*b* _c_ `d` [e](f)", "`<b>` `a*b*` `_c_` `d` `[e](f`)"),
        ("run `a b_c` or (`x y`); `evidence new`", "run `a b_c` or (`x y`); `evidence new`"),
        ("https://example.org/x, www.example.org", "`https://example.org/x`, `www.example.org`"),
        (":+1: $x$ &amp; a|b !1 ~x", "`:+1`: `$x$` `&amp`; `a|b` `!1` `~x`"),
    ],
)
def test_nothing_in_a_message_becomes_markup_a_link_or_a_mention(text: str, expected: str) -> None:
    assert prose(text) == expected


WORDS = st.text(st.characters(codec="utf-8") | st.sampled_from(list("@#[]()<>`*_~|\\&!:/.$ \n\r")), max_size=60)


@given(WORDS)
def test_any_words_are_harmless_in_markdown(text: str) -> None:
    """As GitHub would show it: text and code only; outside code nothing that it links, mentions or draws."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render("- " + prose(text))
    shown = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert set(re.findall(r"</?(\w+)", shown)) <= {"ul", "li"}
    assert not re.search(r"[@#$~|\[\]*_`]|://|www\.|&(?!quot;)", shown)


@settings(deadline=None)  # a busy machine is no fault of the words
@given(WORDS)
def test_any_words_keep_to_their_place(text: str) -> None:
    report = made_of(problem(Severity.ERROR, text, path=f"{text}.md"), problem(Severity.NOTE, text))
    assert [line.split(" ")[0] for line in re.split("[\r\n]", FORMATS["github"](report)) if line] == [
        "::error",
        "::notice",
    ]
    ET.fromstring(FORMATS["junit"](report))
    assert len(json.loads(FORMATS["sarif"](report))["runs"][0]["results"]) == 2


# -------------------------------------------------------------------------------------------------- text


@pytest.mark.parametrize(
    "words", ["a ##[stop-commands]b", "##vso[task.complete]", "\x1b[2J", "4\u202e5", "a\n::error::b"]
)
def test_no_words_act_in_a_terminal_or_in_the_log_of_a_build(words: str) -> None:
    """GitHub's runner obeys `##[…]` anywhere in a line and `::…::` at its start, Azure's `##vso[…]` anywhere."""
    path = f"content/articles/{words}.md".replace("\n", "")
    report = made_of(problem(Severity.ERROR, words, path=path), problem(Severity.NOTE, words))
    text = FORMATS["text"](replace(report, texts={path: words}))
    assert not re.search(r"##\w*\[|^\s*::|[^\x0a\x20-\x7e\u00a1-\ufffd]|[\u2028-\u202e]", text, re.MULTILINE)


# --------------------------------------------------------------------------------------------------- CSV


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FORMATS["csv"](report))))


def test_the_table_has_a_row_for_each_claim() -> None:
    report = report_on()
    assert [row["id"] for row in rows(report)] == [claim.id for claim in report.claims]
    assert [(row["status"], row["cited"], row["problems"]) for row in rows(report)] == [
        ("uncited", "", "EV101"),
        ("cited", "smiht2020", "EV201"),
        ("cited", "smith2020", ""),
        ("exempt", "", ""),
        ("cited", "jones2019flui#pain", "EV201"),
        ("cited", "smith2020 jones2019fluid", ""),
    ]


@pytest.mark.parametrize("sign", [*"=+-@", "＝", "＠", " =", "\ufeff="])
def test_no_cell_is_a_formula(sign: str) -> None:
    claim = replace(report_on().claims[0], sentence=f"{sign}cmd()")
    report = Report((), parse_library({}, {}), (claim,), (), Severity.ERROR)
    assert rows(report)[0]["sentence"] == f"'{sign}cmd()"


def test_the_reason_of_an_exemption_stands_in_the_comment_and_in_the_test_view() -> None:
    body = (
        "Magnesium eases pain. <!-- allow EV101: a sample -->\n\n"
        "Pain fell by 9 points in one trial [@smith2020]. <!-- allow EV401: read off a figure -->\n\n"
        "What is in it? <!-- allow EV550: of no claim -->\n\n"
    )
    report = report_on(body)
    for name in ("markdown", "summary"):
        text = FORMATS[name](report)
        assert "#### 3 exemptions\n" in text
        assert "exempt from **EV101**: a sample (Magnesium eases pain.)" in text
    root = ET.fromstring(FORMATS["junit"](report))
    assert [one.get("message") for one in root.iter("skipped")] == [
        "exempt from EV101: a sample",
        "exempt from EV550: of no claim",
    ]
    assert any("exempt from EV401: read off a figure" in (one.text or "") for one in root.iter("system-out"))
    many = FORMATS["markdown"](report_on("Magnesium eases pain. <!-- allow EV101: a sample -->\n\n" * 900))
    assert len(many) < 60_000
    assert re.search(r"… and \d+ more exemptions: too many to show here", many)
