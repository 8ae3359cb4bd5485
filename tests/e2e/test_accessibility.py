"""axe-core on every kind of page and on every component, the weight of a page in the browser, print and forced colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import gallery
import pytest
from follow_links import served
from playwright.sync_api import Browser, Page
from test_pages import PAGES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that axe may be put into, which the site's own rules would refuse."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[Any]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, address: str, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="light")
    page.goto(address + PAGES[name])
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_preview_or_in_search_results(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address + PAGES["article"])
    page.locator("a[role=doc-biblioref]").first.click()
    assert page.get_by_role("dialog").is_visible()
    assert violations(page) == []
    page.goto(f"{address}search/?q=magnesium")
    page.locator(".found li").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_gallery(page: Page, tmp_path: Path, scheme: str) -> None:
    gallery.write(tmp_path)
    with served(tmp_path) as there:
        page.goto(f"{there}{scheme}.html")
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (ground == "rgb(238, 241, 236)") == (scheme == "light")
        page.locator("a[role=doc-biblioref]").first.click()
        assert violations(page) == []


def asked_by(page: Page) -> list[str]:
    """The addresses that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_a_page_needs_few_requests_and_nothing_moves(browser: Browser, address: str) -> None:
    """Each page as if it were the first that somebody sees of the site."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    asked = asked_by(page)
    for name, path in PAGES.items():
        asked.clear()
        page.goto(address + path, wait_until="networkidle")
        assert len(asked) <= 6, (name, asked)
        assert not [url for url in asked if url.endswith((".woff2", ".woff", ".ttf", ".otf"))], name
        assert page.evaluate("window.moved") == 0, name
    page.close()


def test_on_paper_everything_is_there_but_the_ways_around_the_site(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + PAGES["article"])
    page.emulate_media(media="print")
    for there in (
        ".emergency-card",
        ".prose.lead",
        ".fact-box",
        ".reference-list",
        ".page-facts",
        ".advertisement .label",
    ):
        assert page.locator(there).is_visible(), there
    for away in (".contents", ".back-links", ".site-header nav", ".breadcrumb"):
        assert not page.locator(away).first.is_visible(), away
    address_shown = page.evaluate(
        "getComputedStyle(document.querySelector('.reference-list a.worded'), '::after').content"
    )
    assert "http" in address_shown
    page.close()


def test_with_forced_colours_edges_and_focus_are_seen(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address + PAGES["article"])
    edge = page.evaluate("getComputedStyle(document.querySelector('.emergency-card')).borderTopWidth")
    assert float(edge.removesuffix("px")) >= 1
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator("a[role=doc-biblioref]").first.click()
    box = page.evaluate("getComputedStyle(document.querySelector('.source-preview')).borderTopWidth")
    assert float(box.removesuffix("px")) >= 1
    context.close()


def test_with_reduced_motion_nothing_moves_or_fades(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + PAGES["article"])
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        " return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none' }).length"
    )
    assert moving == 0
    context.close()
