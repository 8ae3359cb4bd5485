"""The built site in a real browser: nothing foreign, nothing broken, narrow screens, dark, print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import requests
from playwright.sync_api import Browser, Page

PAGES = {
    "home": "",
    "article": "iv-fluids-for-migraine/",
    "emergency": "when-a-headache-is-an-emergency/",
    "page": "about/",
    "methods": "methods/",
    "category": "topics/prevention/",
    "categories": "topics/",
    "tags": "tags/",
    "tag": "tags/magnesium/",
    "authors": "authors/",
    "author": "authors/heally/",
    "corrections": "corrections/",
    "archives": "archives/",
    "404": "404.html",
    "sources": "sources/",
    "source": "sources/jones2019fluid/",
    "evidence": "evidence/",
    "treatment": "evidence/iv-magnesium/",
    "visit": "what-happens-at-an-infusion-visit/",
    "counts": "eptinezumab-infusions/",
    "search": "search/",
    "glossary": "glossary/",
    "spanish": "es/when-a-headache-is-an-emergency/",
}


@pytest.fixture
def page(phone: Page, address: str) -> Iterator[Page]:
    with requests(phone) as asked:
        yield phone
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(page: Page, address: str, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address + PAGES[name])
    poor = page.evaluate(CONTRAST)
    assert poor == []


def test_every_table_fits_a_phone(page: Page, address: str, built: Path) -> None:
    for path in sorted(built.glob("*/index.html")):
        page.goto(f"{address}{path.parent.name}/")
        wide = page.evaluate("[...document.querySelectorAll('table')].map(e => e.scrollWidth - e.clientWidth)")
        assert not any(wide), (path.parent.name, wide)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_tapped_is_big_enough_for_a_finger(page: Page, address: str, name: str) -> None:
    """WCAG 2.2, 2.5.8: 24 px each way. Links within sentences are exempt; numbers of citations are held to it all the same."""
    page.goto(address + PAGES[name])
    small = page.evaluate(
        """[...document.querySelectorAll(
             '.site-header a, nav a, footer a, h2 a, h3 a, .advertisement .ways a, [role=doc-backlink], [role=doc-biblioref]')]
           .map(e => [e.textContent.trim(), ...[...e.getClientRects()].map(r => Math.min(r.width, r.height))])
           .filter(([words, ...sizes]) => Math.max(...sizes) < 23.5)"""
    )
    assert small == []


@pytest.mark.parametrize("name", PAGES)
def test_text_at_twice_the_size_needs_no_sideways_scrolling(page: Page, address: str, name: str) -> None:
    page.goto(address + PAGES[name])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("width", "beside"), [(360, False), (768, False), (1280, True)])
def test_key_messages_come_before_the_list_of_contents(page: Page, address: str, width: int, beside: bool) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + PAGES["article"])
    heads = page.evaluate("[...document.querySelectorAll('h2')].map(e => e.textContent.trim())")
    assert heads.index("Key messages") < heads.index("On this page") < heads.index("What it is")
    first, contents, rest = (
        page.locator(one).first.bounding_box() for one in (".prose.lead h2", ".contents", ".contents + .prose h2")
    )
    assert first
    assert contents
    assert rest
    if beside:
        assert contents["x"] + contents["width"] <= first["x"]
        assert abs(contents["y"] - first["y"]) < 20
    else:
        assert first["y"] < contents["y"] < rest["y"]


FACT_BOXES = (
    "emergency-department-medicines/",
    "eptinezumab-infusions/",
    "iv-fluids-for-migraine/",
    "iv-magnesium-for-migraine/",
)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_in_a_fact_box_nothing_overlaps_and_no_word_is_broken(
    page: Page, address: str, width: int, percent: int
) -> None:
    """WCAG 2.2, 1.4.4: letters of twice the size. What must be seen is measured word by word."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in FACT_BOXES:
        page.goto(address + path)
        page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
        assert page.evaluate(OVERLAPS) == [], path


def test_in_a_fact_box_each_number_names_its_group_where_columns_have_no_room(page: Page, address: str) -> None:
    page.goto(address + PAGES["counts"])
    heads = page.locator(".fact-box thead th").all_text_contents()
    for row in page.locator(".fact-box tbody tr").all():
        cells = row.locator("td")
        assert [cell.get_attribute("data-head") for cell in cells.all()] == heads[1:]
        for cell in cells.all():
            assert cell.evaluate("e => getComputedStyle(e, '::before').content").strip('"') in heads
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".fact-box td").first.evaluate("e => getComputedStyle(e, '::before').content") == "none"


def test_the_whole_page_is_there_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGES["article"])
    assert page.locator("section[role=doc-bibliography] li").count() > 2
    assert page.get_by_text("Advertisement", exact=True).first.is_visible()
    context.close()


def test_print_shows_the_sources_with_their_addresses(page: Page, address: str) -> None:
    page.goto(address + PAGES["article"])
    page.emulate_media(media="print")
    assert page.locator("section[role=doc-bibliography]").is_visible()
    assert not page.locator("body > header nav, header nav").first.is_visible()


def test_the_offer_comes_last_and_leaks_nothing(page: Page, address: str) -> None:
    page.goto(address + PAGES["article"])
    assert page.locator("article a[rel~=sponsored]").count() == 0
    link = page.locator("aside a[rel~=sponsored]")
    assert link.count() == 1
    assert "noopener" in (link.get_attribute("rel") or "")
    assert link.get_attribute("referrerpolicy") == "no-referrer"
    assert "?" not in (link.get_attribute("href") or "")
    page.goto(address + PAGES["emergency"])
    assert page.locator("a[rel~=sponsored]").count() == 0


def test_keyboard_users_skip_to_the_text(page: Page, address: str) -> None:
    page.goto(address + PAGES["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    box = page.evaluate(
        "(() => { const r = document.activeElement.getBoundingClientRect(); return [r.width, r.height, r.top] })()"
    )
    assert box[0] > 24
    assert box[1] >= 24
    assert box[2] >= 0


# Contrast of text against the nearest painted background, after WCAG 2.2 (1.4.3): 4.5, or 3 for large text.
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3]];
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c;
    }
    return rgb(getComputedStyle(document.documentElement).colorScheme.includes('dark')
      && matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#fff');
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const style = getComputedStyle(element);
    if (!own || style.visibility === 'hidden' || !element.getClientRects().length) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    const [a, b] = [light(rgb(style.color)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.push(`${element.tagName} "${element.textContent.trim().slice(0, 30)}" ${ratio.toFixed(2)}`);
  }
  return poor;
}"""

# Cells whose words stand on those of another cell or outside of their box, and words that stand on two lines.
OVERLAPS = """() => {
  const wrong = [];
  for (const box of document.querySelectorAll('.fact-box')) {
    const frame = box.getBoundingClientRect();
    const spots = [];
    for (const cell of box.querySelectorAll('th, td, figcaption, p')) {
      if (getComputedStyle(cell.closest('thead') || cell).clipPath !== 'none') continue;
      const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node; (node = walk.nextNode());) {
        for (const found of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(node, found.index); range.setEnd(node, found.index + found[0].length);
          const lines = [...range.getClientRects()].filter(r => r.width > 1);
          if (node.parentElement.closest('.vh') || !lines.length) continue;
          if (new Set(lines.map(r => Math.round(r.top))).size > 1) wrong.push(`broken: ${found[0]}`);
          for (const r of lines) {
            if (r.left < frame.left || r.right > frame.right) wrong.push(`outside: ${found[0]}`);
            for (const [other, words, o] of spots) {
              if (other !== cell && r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 3 && o.top < r.bottom - 3 && !other.contains(cell) && !cell.contains(other))
                wrong.push(`${words} on ${found[0]}`);
            }
            spots.push([cell, found[0], r]);
          }
        }
      }
    }
    for (const one of box.querySelectorAll('svg')) {
      const r = one.getBoundingClientRect();
      for (const other of box.querySelectorAll('svg')) {
        const o = other.getBoundingClientRect();
        if (one !== other && r.left < o.right && o.left < r.right && r.top < o.bottom && o.top < r.bottom) wrong.push('picture on picture');
      }
    }
  }
  return wrong;
}"""
