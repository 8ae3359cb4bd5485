"""The number of a citation opens its source where the reader is: by mouse and keyboard, and with the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

expect.set_options(timeout=15_000)  # the machine may be busy

ARTICLE = "iv-fluids-for-migraine/"


@pytest.fixture
def page(phone: Page, address: str) -> Page:
    phone.goto(address + ARTICLE)
    return phone


def test_a_click_shows_what_the_source_is_and_found_and_moves_nothing(page: Page) -> None:
    marker = page.locator("#m-jones2019fluid-2")
    marker.scroll_into_view_if_needed()
    before = page.evaluate("[scrollY, location.href]")
    at = marker.bounding_box()
    assert at
    page.mouse.click(
        at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    )  # as a hand does: `click()` may scroll first
    preview = page.get_by_role("dialog")
    expect(preview).to_contain_text("Jones 2019")
    expect(preview).to_contain_text("Randomized trial, 49 participants")
    expect(preview).to_contain_text("pain at 60 minutes (no clear difference): At 60 minutes", ignore_case=True)
    expect(preview).to_contain_text("4.5 points")
    assert page.evaluate("[scrollY, location.href]") == before
    box = preview.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.mouse.click(5, 5)
    expect(preview).to_be_hidden()


def test_the_keyboard_opens_it_walks_through_it_and_comes_back(page: Page) -> None:
    marker = page.locator("#m-jones2019fluid-2")
    marker.focus()
    page.keyboard.press("Enter")
    preview = page.get_by_role("dialog")
    expect(preview).to_be_focused()
    expect(marker).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(preview.get_by_role("link", name="What we know of it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(marker).to_be_focused()
    assert marker.get_attribute("aria-expanded") is None


def test_from_the_citation_to_the_source_and_back(page: Page, address: str) -> None:
    page.locator("#m-jones2019fluid-2").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}sources/jones2019fluid/")
    page.locator("[href*='iv-fluids-for-migraine/#m-jones2019fluid-2']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#m-jones2019fluid-2:target")).to_be_in_viewport()


def test_the_preview_leads_to_the_line_in_the_list_and_the_line_leads_back(page: Page) -> None:
    page.locator("#m-jones2019fluid-2").click()
    page.get_by_role("dialog").get_by_role("link", name="In the list of sources").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    line = page.locator("#s-jones2019fluid")
    expect(line).to_be_in_viewport()
    plain = page.locator("#s-balbin2016fluids")
    ground = "e => getComputedStyle(e).backgroundColor"
    assert line.evaluate(ground) != plain.evaluate(ground)
    back = line.get_by_role("link", name="Back to mention 2 of")
    back.click()
    expect(page.locator("#m-jones2019fluid-2")).to_be_in_viewport()


def test_each_source_of_one_marker_has_its_own_preview(page: Page) -> None:
    several = page.locator(".cites:has(a + a)").first.locator("a")
    for link in several.all():
        link.click()
        number = link.evaluate("e => e.childNodes[1].textContent")
        name = page.locator(link.get_attribute("href") or "").get_attribute("data-name")
        assert " ".join(link.inner_text().split()).replace(" ,", ",") == f"source {number}, {name}"
        expect(page.get_by_role("dialog")).to_contain_text(f"[{number}] ")
        assert page.get_by_role("dialog").count() == 1


def test_every_finding_of_a_sentence_is_shown_and_no_other(page: Page) -> None:
    markers = page.locator("a[data-findings]")
    assert markers.count() > 5
    for marker in markers.all():
        wanted = len(set((marker.get_attribute("data-findings") or "").split()))
        marker.click()
        assert page.locator("[data-part=found] li").count() == wanted
        page.keyboard.press("Escape")


def test_a_citation_of_a_whole_source_says_so_and_shows_no_finding(page: Page) -> None:
    said = page.get_by_text("This citation names the whole source, and no single finding of it.")
    page.locator("a[data-findings]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(said).to_be_hidden()
    page.keyboard.press("Escape")
    whole = page.locator("a[role=doc-biblioref]:not([data-findings])").first
    whole.click()
    expect(said).to_be_visible()
    assert page.locator("[data-part=found] li").count() == 0
    expect(page.get_by_role("dialog").get_by_role("link", name="What we know of it")).to_be_visible()


def test_it_closes_when_the_focus_leaves_it_and_its_marker(page: Page) -> None:
    marker = page.locator("#m-jones2019fluid-2")
    marker.focus()
    page.keyboard.press("Enter")
    preview = page.get_by_role("dialog")
    expect(preview).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(marker).to_be_focused()
    expect(preview).to_be_visible()
    last = preview.get_by_role("button")
    last.focus()
    page.keyboard.press("Tab")
    expect(preview).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('a') && document.activeElement.id !== 'm-jones2019fluid-2'")


def test_it_names_the_claim_for_a_report(page: Page) -> None:
    marker = page.locator("a[data-claim]").first
    marker.click()
    report = page.get_by_role("dialog").get_by_role("link", name="Report an error")
    assert report.inner_text().endswith(marker.get_attribute("data-claim") or "?")


def test_other_ways_to_open_a_link_stay_as_they_are(page: Page) -> None:
    marker = page.locator("#m-jones2019fluid-2")
    held = marker.evaluate(
        "e => { const c = new MouseEvent('click', {bubbles: true, cancelable: true, ctrlKey: true});"
        " addEventListener('click', last => { window.seen = last.defaultPrevented; last.preventDefault() }, {once: true});"
        " e.dispatchEvent(c); return window.seen }"
    )
    assert held is False
    assert not page.get_by_role("dialog").is_visible()


def test_without_javascript_the_number_leads_to_the_list(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ARTICLE)
    page.locator("#m-jones2019fluid-2").click()
    assert page.url.endswith("#s-jones2019fluid")
    context.close()


def test_the_script_is_small() -> None:
    script = Path(__file__).parents[2] / "theme/static/js/source-preview.js"
    assert script.stat().st_size <= 8_000
