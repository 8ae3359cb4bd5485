"""The whole built site, file by file: what linkchecker does not see, and what machines read."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from follow_links import check_links

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADS = {("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"), ("video", "src")}


class PageText(HTMLParser):
    """What a page has: ids, links, loads, scripts, visible words."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.words: list[str] = []
        self.data: list[str] = []
        self.roles: Counter[str] = Counter()
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._inside.append(f"script-{given.get('type', '')}" if tag == "script" else tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        rel = given.get("rel", "")
        if tag != "link" or "stylesheet" in rel or "icon" in rel:
            self.loads += [given[name] for one, name in LOADS if one == tag and name in given]
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.roles.update(given.get("role", "").split())

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop().split("-")[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = self._inside[-1] if self._inside else ""
        if inside == "script-application/ld+json":
            self.data.append(data)
        elif inside.startswith(("script", "style")):
            self.inline.append(data)
        elif not {"code", "pre", "title"} & set(self._inside):
            self.words.append(data)


def parse(path: Path) -> PageText:
    page = PageText()
    page.feed(path.read_text(encoding="utf-8"))
    return page


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, PageText]:
    return {path.relative_to(built).as_posix(): parse(path) for path in sorted(built.rglob("*.html"))}


def test_there_are_enough_pages(pages: dict[str, PageText]) -> None:
    articles = [name for name, page in pages.items() if page.roles["doc-bibliography"]]
    assert len(articles) >= 8
    for name in ("about", "methods", "corrections", "privacy", "contact"):
        assert f"{name}/index.html" in pages


def test_ids_are_unique_on_every_page(pages: dict[str, PageText]) -> None:
    for name, page in pages.items():
        assert [one for one, count in Counter(page.ids).items() if count > 1] == [], name


def test_every_internal_link_and_fragment_leads_somewhere(built: Path, pages: dict[str, PageText]) -> None:
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(urljoin(f"http://site/{name}", link))
            assert parts.scheme in {"http", "https", "tel", "mailto"}, (name, link)
            if parts.netloc != "site":
                continue
            target = unquote(parts.path).lstrip("/")
            target += "index.html" if not target or target.endswith("/") else ""
            assert (built / target).is_file(), (name, link)
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, (name, link)


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(built: Path, pages: dict[str, PageText]) -> None:
    for name, page in pages.items():
        assert page.inline == [], name
        for load in page.loads:
            parts = urlsplit(urljoin(f"http://site/{name}", load))
            assert parts.netloc == "site", (name, load)
            assert (built / parts.path.lstrip("/")).is_file(), (name, load)
    for sheet in built.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", sheet.read_text(encoding="utf-8")), sheet


def test_each_article_and_page_has_a_picture_of_its_own_for_links_from_elsewhere(built: Path) -> None:
    cards: dict[str, set[str]] = {}
    for path in built.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'name="robots" content="noindex"' in text:
            continue
        found = re.findall(r'property="og:image" content="http://localhost:8000/(cards/\w{16}\.png)"', text)
        assert len(found) == 1, path
        assert re.search(r'property="og:image:alt" content="[^"]{5,}"', text), path
        data = (built / found[0]).read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n", path
        assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)
        assert len(data) < 60_000, path
        kind = "own" if 'type="article"' in text or "datePublished" in text or "@type" in text else "site"
        cards.setdefault(kind, set()).add(found[0])
        cards.setdefault(f"{kind} pages", set()).add(path.as_posix())
    assert len(cards["own"]) == len(cards["own pages"]) > 15
    assert len(cards["site"]) == 1
    assert {path.name for path in (built / "cards").iterdir()} == {
        Path(one).name for kind in ("own", "site") for one in cards[kind]
    }


def test_headings_skip_no_level(built: Path) -> None:
    for path in built.rglob("*.html"):
        levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", path.read_text(encoding="utf-8"))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_the_emergency_card_never_stands_next_to_the_advertisement(built: Path) -> None:
    for path in built.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if 'class="advertisement"' in text and 'class="emergency-card"' in text:
            between = text[text.index('class="emergency-card"') : text.index('class="advertisement"')]
            assert between.count("<h2") > 2, path
        assert text.count('class="advertisement"') <= 1, path


@pytest.mark.parametrize("name", ["when-a-headache-is-an-emergency/index.html", "404.html", "methods/index.html"])
def test_some_pages_carry_no_advertisement(built: Path, name: str) -> None:
    text = (built / name).read_text(encoding="utf-8")
    assert "Advertisement" not in text
    assert 'rel="sponsored' not in text


def test_no_raw_citation_is_shown(pages: dict[str, PageText]) -> None:
    for name, page in pages.items():
        text = " ".join(page.words)
        assert not re.search(
            r"\[-?@|(?<![\w.])@[A-Za-z]+\d{4}|\{\.claim\}|<!--|[\ue000-\uf8ff\U000f0000-\U0010ffff]", text
        ), name


def test_deprecated_roles_are_not_used(pages: dict[str, PageText]) -> None:
    for name, page in pages.items():
        assert not page.roles["doc-endnote"] + page.roles["doc-biblioentry"], name


def test_lists_of_articles_carry_no_citation_ids(pages: dict[str, PageText]) -> None:
    for name in ("index.html", "archives/index.html", "topics/prevention/index.html"):
        assert not [one for one in pages[name].ids if one.startswith(("m-", "s-"))], name


def test_structured_data_counts_what_the_page_shows(pages: dict[str, PageText]) -> None:
    for name, page in pages.items():
        for data in page.data:
            graph = {node["@type"]: node for node in json.loads(data)["@graph"]}
            sources = [one for one in page.ids if one.startswith("s-")]
            node = graph.get("MedicalWebPage") or graph["WebPage"]
            assert len(node.get("citation", [])) == len(sources), name
            crumbs = [step["name"] for step in graph["BreadcrumbList"]["itemListElement"]]
            assert crumbs[0] == "Home", name
            assert crumbs[-1] == node["name"], name
            assert "reviewedBy" not in data
            assert "lastReviewed" not in data
    assert pages["iv-fluids-for-migraine/index.html"].data


def test_the_feed_is_well_formed_and_dangles_nowhere(built: Path) -> None:
    text = (built / "feeds/all.atom.xml").read_text(encoding="utf-8")
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = ElementTree.fromstring(text).findall("a:entry", space)
    assert len(entries) >= 8
    for entry in entries:
        for name in ("content", "summary"):
            html = entry.findtext(f"a:{name}", "", space)
            assert not re.search(r'\bid="|href="#|role="doc-', html)
        assert entry.findtext("a:content", "", space).startswith(
            "<p>Heally publishes this site and sells IV therapy. Not yet reviewed by a clinician.</p>"
        )
        assert "<h2>Sources</h2><ol><li>" in entry.findtext("a:content", "", space)


def test_the_site_map_lists_the_articles_and_no_hidden_page(built: Path) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    locations = [
        found.text or "" for found in ElementTree.parse(built / "sitemap.xml").iterfind("s:url/s:loc", space)
    ]
    assert any(one.endswith("/iv-fluids-for-migraine/") for one in locations)
    assert not any("404" in one for one in locations)
    assert len(locations) == len(set(locations))


def test_linkchecker_finds_nothing(built: Path) -> None:
    assert check_links(built, external=False) == 0


def test_no_marker_repeats_a_number(built: Path) -> None:
    for path in built.rglob("*.html"):
        for marker in re.findall(r'<span class="cites">.*?\]</span>', path.read_text("utf-8"), re.DOTALL):
            plain = re.sub(r"<[^>]+>", "", marker)
            numbers = re.findall(r"\d+", plain) if re.fullmatch(r"\[(?:source \d+[,\s\u00a0]*)+\]", plain) else []
            assert len(numbers) == len(set(numbers)), (path, plain)


@pytest.mark.parametrize("path", ["index.html", "contact/index.html", "iv-fluids-for-migraine/index.html"])
def test_each_advertisement_leads_to_other_options_on_its_own_page(built: Path, path: str) -> None:
    html = (built / path).read_text(encoding="utf-8")
    offer = html[html.index('<aside class="advertisement"') :]
    found = re.search(r'<a href="#([^"]+)">Other options, on this page</a>', offer)
    assert found
    assert offer.index(found[0]) < offer.index("sponsored")
    assert html.count(f'id="{found[1]}"') == 1
    if path != "iv-fluids-for-migraine/index.html":
        part = html[html.index(f'id="{found[1]}"') : html.index("</main>")]
        listed = re.findall(r'<li><a href="([^"#]+)#([^"]+)"', part)
        assert len(listed) > 3
        for address, id in listed:
            target = ((built / path).parent / address / "index.html").read_text(encoding="utf-8")
            assert f'id="{id}"' in target, address


def test_what_is_said_to_be_the_same_as_a_source_is_its_identifier(built: Path) -> None:
    same = []
    for path in built.glob("*/index.html"):
        for data in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text(encoding="utf-8")
        ):
            for node in json.loads(data)["@graph"]:
                same += [one["sameAs"] for one in node.get("citation", ()) if "sameAs" in one]
    assert len(same) > 50
    assert {urlsplit(one).hostname for one in same} <= {
        "doi.org",
        "pubmed.ncbi.nlm.nih.gov",
        "pmc.ncbi.nlm.nih.gov",
        "arxiv.org",
    }


def test_the_sources_of_an_answer_are_told_with_their_kind_and_size(built: Path) -> None:
    home = (built / "index.html").read_text(encoding="utf-8")
    answers = re.findall(r'<p class="bases">(.*?)</p>', home)
    assert len(answers) > 5
    assert all(re.search(r"</a> \([A-Z][^()<>]+\)", one) for one in answers), answers
    assert any("(Randomized trial, 49 participants)" in one for one in answers)


def test_a_claim_in_another_language_is_marked_where_english_ones_are_listed(built: Path) -> None:
    page = (built / "evidence/no-treatment-named/index.html").read_text(encoding="utf-8")
    spanish = re.findall(
        r'<a href="[^"]*/es/[^"]*"( lang="es")?>.*?</a>\s*<p>In (<span lang="es">“[^”]+” \(Español\)</span>)?', page
    )
    assert spanish
    assert all(marked and told for marked, told in spanish)
    assert "(English)" not in page
