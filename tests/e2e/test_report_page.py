"""The report for people in a real browser, from a file: narrow and wide, light and dark, with five claims and with 2,000."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from browsing import requests
from evidence.baseline import applied, baseline_of
from evidence.changes import changes
from evidence.checking import check, with_claims
from evidence.library import parse_library
from evidence.model import Case, Changes, Ledger, Policy, Signature
from evidence.reading import read
from evidence.reports.html import render
from evidence.rules import RULES
from evidence.signoff import united
from evidence.signoff.ledger import parse_ledger
from evidence.signoff.records import ledger_path, ledger_text, signed
from evidence.support.basis import stated
from playwright.sync_api import Browser, Page, expect
from samples import BIB, HEAD, NOTE, PEOPLE, VOCABULARY
from test_pages import CONTRAST

FEW = {
    "content/articles/saline.md": """\
Pain at 60 minutes was no better with saline [@smith2020#pain-60min, p. 714].

Magnesium eases migraine. Drips prevent migraine for months. <!-- allow EV101: quoted from an advertisement -->

Saline eased pain in one trial [@smith2020].
""",
    "content/articles/magnesium.md": "Magnesium was given to 30 people with migraine [@jones2019fluid; @smith2020].\n\nWe open at nine.\n",
}
MANY = {
    f"content/articles/{name:02}.md": "\n\n".join(
        f"Saline {name}-{number} made no difference to pain at 60 minutes [@smith2020#pain-60min]."
        if number % 10
        else f"Saline {name}-{number} eases migraine pain."
        for number in range(100)
    )
    + "\n"
    for name in range(20)
}


def case_of(texts: dict[str, str], ledger: Ledger | None = None) -> Case:
    library = parse_library(
        {"references.bib": BIB},
        {"content/sources/smith2020.toml": NOTE},
        {"content/vocabulary.toml": VOCABULARY},
    )
    documents = tuple(read(HEAD + text, path) for path, text in texts.items())
    return Case(documents, library, Policy(), frozenset(), ledger=ledger)


def written(folder: Path, texts: dict[str, str], before: dict[str, str] | None = None) -> str:
    """The report's address. Where there is a text `before`, its claims were signed, every third rejected, and a baseline made."""
    report = check(case_of(texts, ledger_of(before) if before else None), RULES)
    if before:
        report = applied(report, baseline_of(check(case_of(before), RULES), "baseline.json"))
    path = folder / "report.html"
    path.write_text(render(report), encoding="utf-8")
    return path.as_uri()


def ledger_of(texts: dict[str, str]) -> Ledger:
    case = with_claims(case_of(texts))
    people = parse_ledger(PEOPLE, {}).people
    claims = united(stated(case.claims, case.documents, case.supported, case.library)).values()
    signatures: dict[str, list[Signature]] = {}
    for number, one in enumerate(claims):
        said = ("reject", "the trial was too small to say so") if number % 3 == 2 else ("accept", "")
        path = ledger_path("content/reviews", one.claim.place.path)
        signatures.setdefault(path, []).append(signed(one, people["ann-sample"], "2026-11-20", *said))
    return parse_ledger(PEOPLE, {path: ledger_text(listed) for path, listed in signatures.items()}, "2026-11-25")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("few"), FEW)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("many"), MANY)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Signed before three of the sentences were changed or taken out."""
    before = {
        path: f"{text.replace('30 people', '34 people')}\nSaline did not ease nausea [@smith2020].\n"
        for path, text in FEW.items()
    }
    before = {
        path: text.replace("[@smith2020#pain-60min, p. 714]", "[@smith2020#pain-60min]")
        for path, text in before.items()
    }
    return written(tmp_path_factory.mktemp("reviewed"), FEW, before)


@pytest.fixture(scope="module")
def since(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Compared with a text in which one claim had other words, one was not there yet, and one is gone."""
    saline, magnesium = FEW
    now = {**FEW, saline: f"{FEW[saline]}\nNausea was the same with saline as without it [@smith2020].\n"}
    before = {
        **FEW,
        magnesium: FEW[magnesium].replace("30 people", "34 people") + "\nFasting brings on migraine [@smith2020].\n",
    }
    report, old = check(case_of(now), RULES), check(case_of(before), RULES)
    first, second = (stated(one.claims, one.documents, one.supported, one.library) for one in (old, report))
    report = replace(report, changes=Changes("main", changes(first, second)))
    path = tmp_path_factory.mktemp("since") / "report.html"
    path.write_text(render(report), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(phone: Page) -> Iterator[Page]:
    with requests(phone) as asked:
        yield phone
    assert [url for url in asked if not url.startswith("file:")] == []


def shown(page: Page) -> int:
    return page.locator(".card:not([hidden])").count()


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", ["few", "reviewed"])
def test_it_fits_the_screen_and_has_enough_contrast(
    page: Page, request: pytest.FixtureRequest, which: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(request.getfixturevalue(which))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []


def test_all_of_it_is_there_without_javascript(browser: Browser, few: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(few)
    assert page.locator(".card").count() == 5
    for fold in page.locator(".fold > summary").all():
        fold.click()
    assert all(card.is_visible() for card in page.locator(".card").all())
    assert not page.locator("#filter").is_visible()
    context.close()


def test_it_is_filtered_and_searched_by_keyboard_alone(page: Page, few: str) -> None:
    page.goto(few)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-words"
    page.keyboard.type("given 30")
    expect(page.locator("#f-count")).to_have_text("1 of 5 claims shown")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-count")).to_have_text("5 of 5 claims shown")


def test_claims_are_filtered_by_article_status_and_rule(page: Page, few: str) -> None:
    page.goto(few)
    page.select_option("#f-path", "content/articles/magnesium.md")
    assert shown(page) == 1
    page.select_option("#f-path", "")
    page.select_option("#f-status", "exempt")
    assert shown(page) == 1
    page.select_option("#f-status", "")
    page.select_option("#f-code", "EV101")
    assert shown(page) == page.locator(".card.uncited").count() == 1
    counts = [one.inner_text() for one in page.locator("h3 .n, summary .n").all() if one.is_visible()]
    assert counts == ["1 of 2"] or counts == ["1"], counts


def test_what_is_folded_away_opens_with_a_filter_or_a_link_and_closes_again(page: Page, few: str) -> None:
    page.goto(few)
    fold = page.locator(".fold").first
    inside = fold.locator(".card").first
    assert not inside.is_visible()
    page.fill("#f-words", "given 30")
    expect(page.locator("#f-count")).to_have_text("1 of 5 claims shown")
    assert page.locator(".card:not([hidden])").first.is_visible()
    page.locator("#filter button").click()
    expect(page.locator("#f-count")).to_have_text("5 of 5 claims shown")
    assert not inside.is_visible()
    page.evaluate("id => { location.hash = id }", inside.get_attribute("id"))
    expect(inside).to_be_visible()


def test_since_a_revision_changes_come_first_and_are_linked_and_the_rest_is_folded(page: Page, since: str) -> None:
    page.goto(since)
    assert page.evaluate("[...document.querySelectorAll('main > section')].map(e => e.id)")[:2] == ["claims", "scope"]
    links = page.locator("header .jump a")
    assert links.all_inner_texts() == ["New claims", "Changed claims", "Claims that are gone"]
    for link in links.all():
        assert page.locator(link.get_attribute("href") or "").is_visible()
    folded = page.locator(".fold .card")
    assert folded.count() > 0
    assert not any(card.is_visible() for card in folded.all())
    first = [one.get_attribute("id") for one in page.locator("#claims > div").all()]
    assert first[:3] == ["change-added", "change-changed", "change-removed"]
    page.select_option("#f-path", "content/articles/saline.md")
    for part in page.locator("#claims .group:visible").all():
        cards = part.locator(".card").count()
        hidden = part.locator(".card[hidden]").count()
        said = part.locator("h3 .n").inner_text()
        assert said == (f"{cards - hidden} of {cards}" if hidden else str(cards))


def test_lapsed_sign_offs_are_shown_with_the_words_and_found_by_the_filter(page: Page, reviewed: str) -> None:
    page.goto(reviewed)
    lapsed = page.locator("#signoffs li.change")
    expect(page.locator("#signoffs")).to_contain_text(
        "Changed since: smith2020: cited at page 714 instead of no place"
    )
    expect(lapsed.filter(has=page.locator("del", has_text="34")).locator("ins")).to_have_text("30")
    expect(page.locator("#signoffs")).to_contain_text("Rejected by ann-sample on 2026-11-20: the trial was too small")
    page.select_option("#f-signed", "lapsed")
    assert shown(page) == page.locator(".card[data-signed=lapsed]").count() == 2
    expect(page.locator("#baseline li").first).to_contain_text("(in the baseline)")


def test_a_link_to_a_hidden_claim_shows_it(page: Page, few: str) -> None:
    page.goto(few)
    page.select_option("#f-status", "exempt")
    page.locator("#problems a[href^='#c-']").first.click()
    assert page.locator(".card:target").is_visible()


def test_the_print_holds_what_is_folded_away(page: Page, few: str) -> None:
    page.goto(few)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details:not([open])").count() == 0
    assert not page.locator("nav").is_visible()
    assert not page.locator("#filter").is_visible()


def test_two_thousand_claims_stay_usable(page: Page, many: str) -> None:
    started = monotonic()
    page.goto(many)
    assert shown(page) == 2000
    page.fill("#f-words", "19-99")
    expect(page.locator("#f-count")).to_have_text("1 of 2000 claims shown")
    page.fill("#f-words", "")
    expect(page.locator("#f-count")).to_have_text("2000 of 2000 claims shown")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert monotonic() - started < 20
