"""The search in a real browser, with and without a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

expect.set_options(timeout=15_000)  # the machine may be busy


@pytest.fixture
def page(phone: Page, address: str) -> Page:
    phone.goto(f"{address}search/")
    return phone


def test_articles_come_first_and_their_text_is_searched_too(page: Page) -> None:
    field = page.get_by_label("Look for")
    field.fill("magnesium")
    first = page.locator(".found li").first
    expect(first).to_contain_text("Article")
    expect(page.get_by_role("status")).to_contain_text("results")
    expect(page.locator(".a-to-z")).to_be_hidden()
    field.fill("papilledema")
    expect(page.locator(".found li > a")).to_have_text(["When is a headache an emergency?"])
    expect(page.get_by_role("status")).to_have_text("1 result")
    field.press("Tab")
    field.fill("zzzz")
    expect(page.get_by_role("status")).to_contain_text("Nothing found.")
    expect(page.locator(".a-to-z")).to_be_visible()
    field.fill("")
    expect(page.locator(".a-to-z")).to_be_visible()


def test_every_word_must_be_there_in_any_case_and_without_accents(page: Page) -> None:
    field = page.get_by_label("Look for")
    field.fill("FLUÍDS jones")
    expect(page.locator(".found li").first).to_be_visible()
    for item in page.locator(".found li").all():
        assert item.get_attribute("data-kind") in {"article", "page", "source"}
    field.fill("jones zzzz")
    expect(page.locator(".found li")).to_have_count(0)


@pytest.mark.parametrize("typed", ["price", "cost", "how much does a drip cost", "expensive", "does insurance pay"])
def test_who_looks_for_prices_is_told_that_none_are_known_and_whom_to_ask(page: Page, typed: str) -> None:
    page.get_by_label("Look for").fill(typed)
    way = page.locator(".found").get_by_role("link", name="What a drip costs")
    expect(way).to_be_visible()
    way.click()
    expect(page.get_by_text("This site gives no prices.")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "meant"), [("migrane", "migraine"), ("magnesuim drip", "magnesium drip"), ("eptinezumb", "eptinezumab")]
)
def test_a_slip_of_the_pen_gets_a_near_word_that_finds_something(page: Page, typed: str, meant: str) -> None:
    page.get_by_label("Look for").fill(typed)
    expect(page.get_by_role("status")).to_contain_text("Nothing found.")
    expect(page.locator(".a-to-z")).to_be_visible()
    offered = page.locator(".near button", has_text=meant).first
    expect(offered).to_be_visible()
    offered.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".found li").first).to_be_visible()
    expect(page.locator(".near")).to_be_hidden()
    assert page.get_by_label("Look for").input_value() == meant
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("is it an emergency", "When is a headache an emergency?"),
        ("does a drip help", "IV fluids for migraine"),
        ("what is migraine", "What is migraine"),
        ("is it safe", "Side effects of migraine drips"),
        ("kidney", "Side effects of migraine drips"),
        ("dialysis", "Side effects of migraine drips"),
        ("stroke", "When is a headache an emergency?"),
        ("teenager", "Who might be offered a drip"),
        ("12 year old", "Who might be offered a drip"),
    ],
)
def test_a_question_finds_the_page_that_answers_it(page: Page, asked: str, first: str) -> None:
    page.get_by_label("Look for").fill(asked)
    expect(page.locator(".found a").first).to_contain_text(first)
    expect(page.locator(".near")).to_be_hidden()


def test_a_result_leads_to_the_section_that_has_what_was_looked_for(page: Page, address: str) -> None:
    page.get_by_label("Look for").fill("teenager")
    way = page.locator(".found li").first.locator("p a")
    expect(way).to_have_text("Children")
    way.click()
    expect(page).to_have_url(f"{address}who-might-be-offered-a-drip/#section-children")
    expect(page.get_by_role("heading", name="Children")).to_be_in_viewport()


@pytest.mark.parametrize("word", ["tattoo", "airport"])
def test_what_no_page_answers_is_not_turned_into_another_subject(page: Page, word: str) -> None:
    page.get_by_label("Look for").fill(word)
    expect(page.get_by_role("status")).to_contain_text("Nothing found.")
    expect(page.locator(".near")).to_be_hidden()


def test_another_name_of_a_treatment_finds_its_evidence(page: Page) -> None:
    page.get_by_label("Look for").fill("MgSO4")
    expect(page.locator(".found a").first).to_have_text("Magnesium by drip: the evidence")
    page.get_by_label("Look for").fill("qqqqqqqq")
    expect(page.get_by_role("status")).to_contain_text("Nothing found.")
    expect(page.locator(".near")).to_be_hidden()


def test_enter_stays_on_the_page_and_sends_nothing(page: Page) -> None:
    asked: list[str] = []
    page.get_by_label("Look for").fill("jones")
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("Enter")
    expect(page.locator(".found li").first).to_be_visible()
    assert page.url.endswith("/search/")
    assert [url for url in asked if "jones" in url] == []


def test_without_javascript_everything_is_listed_and_no_dead_form_is_shown(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/")
    assert not page.locator("form").is_visible()
    assert page.locator(".a-to-z li").count() > 60
    page.locator(".a-to-z a", has_text="Jones 2019").click()
    assert page.url.endswith("/sources/jones2019fluid/")
    context.close()


def test_the_files_of_the_search_are_small(built: Path) -> None:
    assert (built / "theme/js/search.js").stat().st_size <= 8_000
    assert (built / "search.json").stat().st_size <= 100_000
