"""The theme's parts on their own: what they show, in which order, and that no text can become markup."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader, meta

THEME = Path(__file__).parents[2] / "theme"
TEMPLATES = THEME / "templates"
SHEETS = sorted((TEMPLATES / "css").rglob("*.css"))
SITE = "https://site.example"
HOSTILE = '<b onclick="x">&"'
ENVIRONMENT = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def shown(macro: str, *given: Any) -> str:
    """The HTML of a macro from the file of the same name."""
    return str(getattr(ENVIRONMENT.get_template(f"macros/{macro}.html").module, macro)(*given))


def page(template: str, **given: Any) -> str:
    standard = {"SITEURL": "..", "ABSOLUTE_SITEURL": SITE, "DEFAULT_LANG": "en", "SITENAME": "Site", "CLINIC": {}}
    return ENVIRONMENT.get_template(f"{template}.html").render({**standard, **given})


def article(**given: Any) -> Thing:
    topic = Thing(name="Drips", url="topics/drips/")
    standard = {
        "title": "Fluids", "description": "What is known.", "url": "fluids/", "slug": "fluids", "lang": "en",
        "content": "<p>Words.</p>", "category": topic, "date": datetime(2026, 11, 24), "modified": None,
        "translations": [], "references": [], "contents": [], "cta": None, "emergency": True, "status": "published",
        "review_line": "Not yet reviewed by a clinician", "evidence_to": "2026-08", "locale_date": "24 November 2026",
    }  # fmt: skip
    return Thing(**{**standard, **given})


def reference(mentions: int, *texts: tuple[str, str, str]) -> Thing:
    parts = [Thing(text=text, href=href, lang=lang) for text, href, lang in texts]
    back = [Thing(id=f"m-one-{number}", ordinal=number) for number in range(1, mentions + 1)]
    return Thing(number=1, id="s-one", label="One", segments=parts, mentions=back)


def offer(**given: str) -> Thing:
    standard = {"heading": "Book", "text": "Text.", "button": "Go", "url": "", "phone": "", "clinic": "Clinic"}
    return Thing(**{**standard, **given})


# ------------------------------------------------------------------------------------------------ sources


def test_every_mention_has_a_way_back_with_its_own_name() -> None:
    html = shown("reference_list", [reference(3, ("A trial.", "", ""))])
    assert re.findall(r'role="doc-backlink" href="#(m-one-\d)"', html) == ["m-one-1", "m-one-2", "m-one-3"]
    assert "Back to mention 2 of 3" in html


def test_a_source_that_is_only_listed_has_no_way_back() -> None:
    assert "doc-backlink" not in shown("reference_list", [reference(0, ("A trial.", "", ""))])


def test_parts_of_a_source_are_joined_without_spaces_and_cannot_become_markup() -> None:
    html = shown("reference_list", [reference(0, (HOSTILE, "", ""), ("Revue", "https://x.example/?a=1&b", "fr"))])
    assert "<b" not in html
    assert '&gt;&amp;&#34;<a href="https://x.example/?a=1&amp;b" class="worded" lang="fr">Revue</a></li>' in html


# ------------------------------------------------------------------------------------------ the advertisement


def test_the_label_comes_before_everything_in_the_advertisement() -> None:
    words = re.sub(r"<[^>]+>", " ", shown("advertisement", offer(url="https://b.example/"))).split()
    assert words == ["Advertisement", "Book", "Text.", "Go"]


def test_the_advertisement_leads_to_the_other_options_of_its_page() -> None:
    parts = [("found", "What was found"), ("other-options", "Other options")]
    html = page("article", article=article(cta=offer(url="https://b.example/"), contents=parts))
    assert html.index('href="#other-options"') < html.index("https://b.example/")
    assert "Other options" not in page("article", article=article(cta=offer(), contents=parts[:1]))


def test_an_offer_without_addresses_has_no_links() -> None:
    assert "<a " not in shown("advertisement", offer())
    assert 'href="tel:+15550100"' in shown("advertisement", offer(phone="+1 555 0100"))


def test_the_advertisement_stands_outside_the_article() -> None:
    html = page("article", article=article(cta=offer(url="https://b.example/")))
    assert html.index("</article>") < html.index("</main>") < html.index('<aside class="advertisement"')
    assert "advertisement" not in page("article", article=article()).split("</head>")[1]


# ------------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("text", "words"), [("2026-08", "August 2026"), ("2026-12", "December 2026"), ("2026-13", "2026-13"), ("x", "x")]
)
def test_months_are_written_out(text: str, words: str) -> None:
    assert shown("month", text) == words


def test_the_emergency_card_sends_nobody_to_another_page() -> None:
    card = ENVIRONMENT.get_template("partials/emergency_card.html").render()
    assert "call 911 if" in card
    assert "<a " not in card


def test_an_article_shows_its_parts_in_their_order() -> None:
    full = article(
        references=[reference(1, ("A trial.", "", ""))], contents=[(f"h{one}", f"Part {one}") for one in range(4)]
    )
    html = page("article", article=full, CLINIC={"interest": "We sell drips.", "report_url": "https://r.example/"})
    marks = [
        'href="#main"', "<header", "Breadcrumb", "<main", "<h1>", "We sell drips.", "Not yet reviewed", "August 2026",
        "call 911", "On this page", "Words.", "doc-bibliography", "About this page", "Report an error", "</article>",
    ]  # fmt: skip
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_short_article_needs_no_list_of_contents() -> None:
    assert "On this page" not in page("article", article=article(contents=[("a", "A"), ("b", "B"), ("c", "C")]))


def test_the_language_of_the_text_is_that_of_the_page() -> None:
    html = page("article", article=article(lang="es"))
    assert '<html lang="es">' in html
    assert '<p><span lang="en">General information' in html


def test_drafts_and_the_page_for_wrong_addresses_stay_out_of_search_engines() -> None:
    for html in (
        page("article", article=article(status="draft")),
        page("404", page=article(status="hidden"), categories=[]),
    ):
        assert '<meta name="robots" content="noindex">' in html
        assert "canonical" not in html


def test_no_page_tells_another_site_where_its_reader_was() -> None:
    assert '<meta name="referrer" content="no-referrer">' in page("article", article=article())


def test_the_browser_is_told_to_load_nothing_from_elsewhere() -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page("article", article=article()))
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert not re.search(r"unsafe|https?:|\*", policy[1])
    assert f"Content-Security-Policy: {policy[1]}; frame-ancestors 'none'\n" in page("headers")


def test_only_a_page_with_sources_runs_a_script() -> None:
    assert "<script src" not in page("article", article=article())
    assert "<script src" in page("article", article=article(references=[reference(1, ("A trial.", "", ""))]))


@pytest.mark.parametrize(
    ("address", "shown_address"),
    [
        ("https://r.example/?about={claim}", "https://r.example/?about=c1"),
        ("mailto:a@b.example", "mailto:a@b.example?subject=Error%20in%20sentence%20c1"),
        (
            "mailto:a@b.example?cc=c@b.example",
            "mailto:a@b.example?cc=c@b.example&amp;subject=Error%20in%20sentence%20c1",
        ),
        ("../contact/", "../contact/"),
    ],
)
def test_a_report_of_an_error_names_the_sentence(address: str, shown_address: str) -> None:
    assert shown("report_link", address, "c1") == shown_address
    assert "c1" not in shown("report_link", address)


@pytest.mark.parametrize(("title", "shown_title"), [("Fluids", "Fluids – Site"), ("F" * 64, "F" * 64)])
def test_a_long_title_stands_alone(title: str, shown_title: str) -> None:
    assert f"<title>{shown_title}</title>" in page("article", article=article(title=title))


def test_titles_and_descriptions_cannot_become_markup() -> None:
    assert "<b " not in page("article", article=article(title=HOSTILE, description=HOSTILE))


def test_the_site_map_is_xml_and_names_every_translation_once() -> None:
    spanish = article(lang="es", url="es/fluids/?a&b")
    english = article(translations=[spanish], modified=datetime(2026, 12, 1))
    spanish.translations = [english]
    text = page("sitemap", articles=[english], pages=[], categories=[])
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {one.findtext("s:loc", "", space): one for one in ElementTree.fromstring(text).findall("s:url", space)}
    assert list(found) == [f"{SITE}/{end}" for end in ("", "topics/", "archives/", "fluids/", "es/fluids/?a&b")]
    assert found[f"{SITE}/fluids/"].findtext("s:lastmod", "", space) == "2026-12-01"


# ---------------------------------------------------------------------------------------- how it is built


@pytest.mark.parametrize("path", sorted((TEMPLATES / "macros").glob("*.html")), ids=lambda path: path.stem)
def test_macros_know_only_what_they_are_given(path: Path) -> None:
    unknown = meta.find_undeclared_variables(ENVIRONMENT.parse(path.read_text(encoding="utf-8")))
    assert unknown == {"each": {"once"}, "say": {"tongues"}}.get(path.stem, set())


def test_only_the_checked_text_of_a_page_is_trusted() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    assert set(re.findall(r"\{\{[^}]*\|\s*safe[^}]*\}\}", texts)) == {
        '{{ ("<h2 " ~ sections[1])|safe }}',  # the text of the article in two or three parts
        '{{ ("<h2 " ~ sections[lead])|safe }}',
        '{{ ("<h2 " ~ sections[-1])|safe if cut else article.content|safe }}',
        "{{ page.content|safe }}",
    }
    scripts = re.findall(r"<script ([^>]*)>(.*?)</script>", texts)
    assert [inside for given, inside in scripts if not given.startswith("src=")] == ["{{ jsonld }}"]
    assert set(re.findall(r"\{% set jsonld = (.*?) %\}", texts)) == {"article.jsonld", "page.jsonld"}


def test_the_style_sheet_of_the_site_takes_in_every_part_once() -> None:
    named = re.findall(r'include "css/([\w/-]+\.css)"', (TEMPLATES / "styles.html").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(path.relative_to(TEMPLATES / "css").as_posix() for path in SHEETS)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_style_sheets_stay_in_their_layer_and_in_their_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "@layer" in text
    assert not re.search(r"!important|position:\s*(sticky|fixed)|@import|url\(|text-align:\s*justify", text)
    if path.name not in ("tokens.css", "print.css"):
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", text), "a colour outside tokens.css"
