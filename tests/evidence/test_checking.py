"""Exemptions, severities and drafts."""

from __future__ import annotations

import pytest
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Case, Policy, Report, Severity
from evidence.reading import read
from evidence.rules import RULES
from samples import BIB, HEAD

CITED = "Two trials differ [@smith2020; @jones2019fluid].\n"


def run(body: str, policy: Policy | None = None, head: str = HEAD) -> Report:
    library = parse_library({"references.bib": BIB}, {})
    document = read(head + body + "\n" + CITED, "content/articles/a.md")
    return check(Case((document,), library, policy or Policy(), frozenset({"consultation"})), RULES)


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


ALLOW = "<!-- allow EV101: a sample -->"
TABLE = "| What | So |\n|---|---|\n| Drips | they ease pain {} |\n| Water | it eases pain {} |\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Drips work.\n", ["EV101"]),
        ("Drips work. <!-- allow EV101: a sample -->\n", []),
        ("<!-- allow EV101: a sample -->\n\nDrips work.\n", []),
        ("<!-- allow EV101: a sample -->\nDrips work.\n", []),
        ("Drips work.\n\n<!-- allow EV101: a sample -->\n", ["EV101", "EV901"]),
        ("Drips work. <!-- allow EV101 -->\n", ["EV101", "EV902"]),
        ("Drips work. <!-- allow EV101: -->\n", ["EV101", "EV902"]),
        ("Drips work. <!-- allow: a sample -->\n", ["EV101", "EV902"]),
        ("Drips work. <!-- allow EV102: a sample -->\n", ["EV101", "EV901"]),
        ("Drips work. <!-- allow EV999: a sample -->\n", ["EV101", "EV901"]),
        ("Drips work [@smith2020]. <!-- allow EV101: a sample -->\n", ["EV901"]),
        ("Drips work [@smihx]. <!-- allow EV201: a sample -->\n", ["EV201", "EV901"]),
        ("Drips work. Water eases pain. <!-- allow EV101: a sample -->\n", ["EV101"]),
        (f"{ALLOW}\n\nDrips work.\n\nWater eases pain.\n", ["EV101"]),
        (f"{ALLOW}\n\n- Drips work.\n- Water eases pain.\n\nSalt eases pain.\n", ["EV101"]),
        (TABLE.format("", ""), ["EV101", "EV101"]),
        (f"{ALLOW}\n\n{TABLE.format('', '')}", []),
        (f"{ALLOW}\n\n{TABLE.format('', '')}\nSalt eases pain.\n", ["EV101"]),
        (f"{ALLOW}\n\n{TABLE.format('', '')}\n{TABLE.format('', '')}", ["EV101", "EV101"]),
        (TABLE.format(ALLOW, ""), ["EV101"]),
        (TABLE.format("", ALLOW), ["EV101"]),
        ("Does it work? Who knows?\n", []),
        ("## Do drips ease migraine pain?\n\nYes.\n", ["EV101"]),  # once, though it is a headline's claim too
        ("Did you know that magnesium prevents migraine?\n", ["EV101"]),
        ("Does it work? It eases pain.\n", ["EV101"]),
        ("These help [@smith2020]:\n\n- water eases pain\n- salt\n", []),
        ("These help:\n\n- water eases pain\n- salt\n", ["EV101"]),
        ("<div>Drips work.</div> \n\n", ["EV102"]),
        ("> Drips work.\n", ["EV101"]),
        ("`[@nothing]` is code [@smith2020].\n", []),
        ("![A bag](https://example.org/bag.png)\n", []),
    ],
)
def test_which_problems_a_text_has(body: str, expected: list[str]) -> None:
    assert sorted(codes(run(body))) == sorted(expected)


def test_an_exemption_reaches_to_the_end_of_an_article() -> None:
    for body in ("- Drips work.\n- Water eases pain.\n", TABLE.format("", ""), "Drips work.\n"):
        document = read(f"{HEAD}Hello.\n\n{ALLOW}\n\n{body}", "content/articles/a.md")
        case = Case((document,), parse_library({"references.bib": ""}, {}), Policy())
        assert "EV101" not in codes(check(case, RULES))


def test_an_exemption_is_counted_and_shown() -> None:
    report = run("Drips work. <!-- allow EV101: a sample -->\n")
    assert [claim.status for claim in report.claims] == ["exempt", "cited"]


def test_pages_about_the_site_need_no_citations() -> None:
    document = read("---\ntitle: About\n---\n\nWe sell drips.\n", "content/pages/a.md", "page")
    case = Case((document,), parse_library({"references.bib": ""}, {}), Policy(), frozenset())
    assert check(case, RULES).problems == ()


def test_severities_can_be_changed_and_switched_off() -> None:
    policy = Policy(severities={"EV101": Severity.NOTE})
    assert not run("Drips work.\n", policy).failed
    assert codes(run("Drips work.\n", Policy(severities={"EV101": None}))) == []
    assert run("Drips work.\n", Policy(fail_on=Severity.WARNING, severities={"EV101": Severity.WARNING})).failed


def test_a_draft_is_told_and_stops_nothing() -> None:
    report = run("Drips work.\n", head=HEAD.replace("date:", "status: draft\ndate:"))
    assert [problem.severity for problem in report.problems] == [Severity.WARNING]
    assert not report.failed


def test_when_the_bibliography_is_empty_the_message_says_so() -> None:
    document = read(HEAD + CITED, "content/articles/a.md")
    report = check(Case((document,), parse_library({"references.bib": ""}, {}), Policy()), RULES)
    assert {problem.message for problem in report.problems} == {
        'no source "smith2020": references.bib has no entries at all',
        'no source "jones2019fluid": references.bib has no entries at all',
    }
