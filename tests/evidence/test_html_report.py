"""The report for people: everything is in it, nothing hostile gets through, the same input gives the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from evidence.checking import check
from evidence.judging import dismissed
from evidence.library import parse_library
from evidence.model import Case, Document, Place, Policy, Report, Severity
from evidence.reading import read
from evidence.reports.html import MOST_DISMISSED, render
from evidence.reports.html.owners import problems_of_claims
from evidence.rules import RULES
from patience import patience
from samples import BIB, HEAD, NOTE, VOCABULARY

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt;&#60;b&#62;",
    "<!--><svg onload=alert(1)>",
    "]]><iframe srcdoc='<b>'>",
)
ARTICLE = """\
---
title: "Saline by drip: what one trial found"
date: 2026-11-24
---

Pain at 60 minutes was no better with saline [@smith2020#pain-60min, p. 714].

Magnesium eases migraine. Drips prevent migraine for months. <!-- allow EV101: quoted from an advertisement -->

Saline cures migraine in every patient [@smith2020].

The clinic opens at nine. Where does it hurt?
"""


@dataclass
class Page(HTMLParser):
    """The tags of a page with their attributes, its ids, and its text without that of scripts and styles."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in ("script", "style"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


def report_on(*documents: Document, bib: str = BIB, note: str = NOTE, policy: Policy | None = None) -> Report:
    library = parse_library(
        {"references.bib": bib},
        {"content/sources/smith2020.toml": note},
        {"content/vocabulary.toml": VOCABULARY},
    )
    return check(Case(documents, library, policy or Policy(), frozenset({"consultation"})), RULES)


def sample(text: str = ARTICLE, path: str = "content/articles/a.md") -> Report:
    return report_on(read(text, path))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert render(sample()) == render(sample())


def test_every_claim_and_every_problem_is_in_the_page() -> None:
    report = sample()
    page = parsed(render(report))
    assert {claim.status for claim in report.claims} == {"cited", "uncited", "exempt"}
    for claim in report.claims:
        assert f"c-{claim.id}" in page.values("id")
        assert claim.sentence in page.text
    for problem in report.problems:
        assert f"{problem.place.path}:{problem.place.line}:{problem.place.column} {problem.message}" in page.text
        assert f"r-{problem.code}" in page.values("id")
        assert (problem.fix or "") in page.text


def test_every_source_is_in_the_page_with_the_number_of_its_claims() -> None:
    page = parsed(render(sample()))
    assert {"s-smith2020", "s-jones2019fluid"} <= set(page.values("id"))
    assert "smith2020 (2 claims)" in page.text
    assert "jones2019fluid (carries no claim here)" in page.text


def test_every_link_inside_the_page_leads_somewhere_and_no_id_stands_twice() -> None:
    twice = "Drips work.\n\nDrips work.\n"
    page = parsed(render(report_on(read(HEAD + twice, "a.md"), read(HEAD + twice, "b.md"))))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)
    assert sum(one.startswith("c-") for one in ids) == 4


def test_a_card_shows_what_its_claim_rests_on() -> None:
    html = render(sample())
    card = re.search(
        r"<article class=\"card cited\".*?</article>", html[html.index("no better with saline") - 900 :], re.DOTALL
    )
    assert card
    text = parsed(card[0]).text
    assert "Smith 2020" in text
    assert "cited at page 714" in text
    assert "randomised trial" in text
    assert "no difference pain at 60 minutes" in text
    assert "Pain fell 4.5 points with saline and 4.9 points without it." in text


def test_claims_with_problems_come_first() -> None:
    statuses = [
        bool(attributes["data-codes"])
        for _, attributes in parsed(render(sample())).tags
        if "data-codes" in attributes
    ]
    assert statuses == sorted(statuses, reverse=True)
    assert True in statuses
    assert False in statuses


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    quoted = words.replace("\\", "").replace('"', "'")
    in_bib = words.replace("{", "(").replace("}", ")").replace("%", "").replace("#", "").replace("&", "and")
    bib = BIB.replace("A trial of drips", in_bib).replace("Smith, Ann", f"Smith{in_bib.replace(',', '')}, Ann")
    bib = bib.replace("volume = {1}", "volume = {1}, url = {javascript:alert(1)}, doi = {10.1/'onclick=alert(1)}")
    note = NOTE.replace("Pain fell", f"{quoted} fell").replace("at 60 minutes", quoted)
    article = ARTICLE.replace("Magnesium eases", f"Magnesium {words} eases").replace("an advertisement", words)
    article = article.replace("what one trial found", quoted.replace("'", "")).replace(
        "@smith2020]", "@smith2020, {" + quoted + "}]"
    )
    html = render(report_on(read(article, f"content/articles/{words}.md"), bib=bib, note=note))
    page = parsed(html)
    names = [tag for tag, _ in page.tags]
    assert not {"img", "svg", "iframe", "object", "embed"} & set(names)
    assert (names.count("script"), names.count("style"), names.count("form")) == (1, 1, 1)
    assert not [
        name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "srcdoc"
    ]
    assert all(href.startswith(("#", "https://", "http://")) for href in page.values("href"))
    assert " ".join(words.split()) in page.text


def test_characters_that_no_page_may_hold_are_replaced() -> None:
    html = render(sample(path="content/articles/a\x00\x1b\x85\ufffe.md"))
    assert "content/articles/a\ufffd\ufffd\ufffd\ufffd.md" in html
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", html)


def test_the_page_asks_for_nothing_from_elsewhere_and_runs_no_foreign_script() -> None:
    page = parsed(render(sample()))
    assert page.values("src") == []
    assert [tag for tag, _ in page.tags if tag == "link"] == []
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("policy", "text", "verdict"),
    [
        (Policy(), "Drips work.\n", "Blocked"),
        (Policy(severities={"EV101": Severity.WARNING}), "Drips work.\n", "Review"),
        (Policy(severities={"EV101": None}), "Drips work.\n", "Cleared"),
    ],
)
def test_the_verdict_is_never_approval(policy: Policy, text: str, verdict: str) -> None:
    html = render(report_on(read(HEAD + text + "\nSee both [@smith2020; @jones2019fluid].\n", "a.md"), policy=policy))
    assert re.search(rf"<h1[^>]*>{verdict}</h1>", html)
    assert "approv" not in parsed(html).text.lower()


def test_what_was_not_checked_is_told() -> None:
    text = parsed(render(report_on(read(ARTICLE, "a.md"), policy=Policy(severities={"EV306": None})))).text
    assert "what a clinician thinks of the claims: nobody has signed anything here" in text
    assert "not run, because switched off or needing the whole site: EV306 (unused-source)" in text
    assert "1 source has no finding" in text
    assert "0 source" not in text
    assert "0 claims with" not in text
    assert "whether a heading claims something that needs a source" in text
    assert "raw HTML: that there is prose in it is told (EV102)" in text
    assert "headings for their order (EV612) and for the parts that a page needs (EV605)" in text
    assert re.search(r"for the language of advertising \(EV501 to EV5\d\d\)", text)


def test_what_is_said_of_headings_and_pictures_is_so() -> None:
    """The report's words on what is checked, tried on a text."""
    text = (
        HEAD
        + "#### Drips cure migraine\n\n![Fluids ease pain in most people.](x.png){width=1 height=1}\n\n<div>Fluids ease pain.</div>\n"
    )
    codes = {problem.code for problem in report_on(read(text, "a.md")).problems}
    assert {"EV101", "EV102", "EV612"} <= codes
    assert any(code.startswith("EV5") for code in codes)
    heading = report_on(read(HEAD + "## Fluids ease pain in most people\n\nWords.\n", "a.md"))
    assert heading.claims == ()


def test_exemptions_are_shown_with_their_words_their_reasons_and_their_faults() -> None:
    idle = HEAD + "See this [@smith2020]. <!-- allow EV101: nothing to exempt -->\n"
    text = parsed(render(report_on(read(ARTICLE, "a.md"), read(idle, "b.md")))).text
    assert "exempt from EV101, because: quoted from an advertisement Drips prevent migraine for months." in text
    assert "because: nothing to exempt" in text
    assert "nothing here breaks EV101" in text


def test_sentences_judged_no_claim_are_shown_the_least_certain_first_and_counted() -> None:
    report = sample()
    text = parsed(render(report)).text
    title = "Saline by drip: what one trial found"
    assert [one.sentence for one in dismissed(report.documents, report.claims, report.policy)] == [
        "The clinic opens at nine.",
        title,
        "Where does it hurt?",
    ]
    assert text.index("The clinic opens at nine.") < text.index("Where does it hurt?")


def test_of_many_sentences_judged_no_claim_the_first_are_shown_and_all_counted() -> None:
    doors = range(MOST_DISMISSED + 50)
    report = sample(HEAD + "\n\n".join(f"The clinic opens at door {number}." for number in doors) + "\n")
    html = render(report)
    in_all = len(dismissed(report.documents, report.claims, report.policy))
    assert in_all >= len(doors)
    assert f"The {MOST_DISMISSED} least certain of {in_all} sentences" in parsed(html).text
    assert sum(f"door {number}." in html for number in doors) <= MOST_DISMISSED


def test_the_balance_counts_findings_and_tells_the_card_and_the_offer() -> None:
    row = re.search(r"<tr><th scope=\"row\">.*?</tr>", render(sample()), re.DOTALL)
    assert row
    cells = [" ".join(parsed(cell).text.split()) for cell in re.findall(r"<td[^>]*>.*?</td>", row[0], re.DOTALL)]
    claims, *effects, others, emergency, offer = cells
    assert (claims, others, emergency, offer) == ("4", "0", "shown", "consultation (the site's usual one)")
    assert (
        dict(zip(["benefit", "no difference", "harm", "mixed", "unclear"], effects, strict=True))["no difference"]
        != "0"
    )


def test_a_page_about_the_site_has_no_balance() -> None:
    page = read("---\ntitle: About\n---\n\nWe sell drips.\n", "content/pages/a.md", "page")
    assert "No article was checked." in parsed(render(report_on(page))).text


def test_a_report_on_nothing_is_a_page_too() -> None:
    text = parsed(render(report_on(bib="", note=NOTE))).text
    assert "No sentence was found to claim anything." in text
    assert "The bibliography is empty." in text


def test_each_of_many_problems_finds_its_claim_in_time() -> None:
    one = sample()
    places = [Place("content/articles/x.md", number, 1, number, 9) for number in range(1, 30_001)]
    claims = tuple(replace(one.claims[0], id=str(place.line // 2), place=place) for place in places)
    problems = tuple(
        replace(one.problems[0], claim=str(place.line // 2) if place.line % 3 else None, place=place)
        for place in places
    )
    with patience():
        found = problems_of_claims(replace(one, claims=claims, problems=problems))
    assert {number: list(those) for number, those in found.items()} == {n: [one] for n, one in enumerate(problems)}
