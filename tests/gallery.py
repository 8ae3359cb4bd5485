"""Every component of the theme with samples, as pages to look at: `make gallery` writes them, and tests open them.

Usage: gallery.py FOLDER. Writes light.html and dark.html.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from evidence.pictures import picture_of
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

THEME = Path(__file__).parents[1] / "theme"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(THEME / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)

_FINDINGS = tuple(
    Thing(id=f"f{one}", outcome=words, effect=effect, treatments=(), statement="It was the same in both groups.")
    for one, (words, effect) in enumerate(
        [("pain at one hour", "no difference"), ("nausea", "benefit"), ("side effects", "harm")]
    )
)
_NOTE = Thing(design="randomised trial", participants=49)
_SOURCE = Thing(note=_NOTE, value=lambda name: "A trial of nothing in particular")
_REFERENCES = [
    Thing(
        number=number, id=f"s-{key}", key=key, label=label, source=_SOURCE,
        segments=[Thing(text=f"{label}. A title. A journal. 2020;1:2-3. doi: ", href=None, lang=None),
                  Thing(text="10.1000/x", href="https://doi.org/10.1000/x", lang=None)],
        mentions=[Thing(id=f"m-{key}-{one}", ordinal=one) for one in range(1, mentions + 1)],
    )
    for number, (key, label, mentions) in enumerate([("one", "One 2020", 3), ("two", "Two 2021", 0)], 1)
]  # fmt: skip
_BASIS = Thing(key="one", label="One 2020", url="sources/one/", source=_SOURCE, told=_FINDINGS[:2])
_PAGE = Thing(title="A page", lang="en", url="page/")
_SENTENCES = [
    Thing(
        id="c1a2b3",
        before="What stands before it.",
        words="They rest on a source.",
        url="page/#m-one-1",
        page=_PAGE,
        bases=[_BASIS],
    )
]
_ARTICLES = [
    Thing(title="With an answer", url="one/", lang="en", description="A line.", answer=_SENTENCES[0]),
    Thing(title="Sin respuesta", url="dos/", lang="es", description="Una línea.", answer=None),
]
_OFFER = Thing(
    heading="Book a consultation",
    text="The clinic runs this site.",
    button="Book",
    url="https://b.example/",
    phone="+1 555 0100",
)
_ITEM = Thing(
    date=datetime(2026, 11, 24), modified=datetime(2026, 12, 1), locale_date="24 November 2026", locale_modified="1 December 2026",
    evidence_to="2026-08", review_line="Not yet reviewed by a clinician",
)  # fmt: skip
_PAGES = Thing(number=2, paginator=Thing(num_pages=3))
_LETTERS = [
    Thing(letter="A", entries=[Thing(kind="article", title="An article", url="a/", summary="A line.", lang="")]),
    Thing(letter="#", entries=[Thing(kind="term", title="1 g", url="b/", summary="", lang="")]),
]


def _macro(name: str, *given: Any) -> Markup:
    """The HTML of a macro from the file of the same name."""
    return Markup(getattr(ENVIRONMENT.get_template(f"macros/{name}.html").module, name)(*given))


def _prose(html: str) -> Markup:
    return Markup(f'<div class="prose">{html}</div>')


SAMPLES: Mapping[str, Callable[[], Markup]] = {
    "emergency-card": lambda: Markup(ENVIRONMENT.get_template("partials/emergency_card.html").render()),
    "status-line": lambda: Markup('<div class="opening"><p class="status-line">Who sells what. <strong>Not yet reviewed.</strong></p></div>'),
    "prose": lambda: _prose(
        "<h2>A section</h2><p>A sentence with its source "
        '<span class="cites">[<a id="m-one-1" role="doc-biblioref" href="#s-one" data-claim="c1a2b3" data-findings="f0"><span class="vh">source </span>1<span class="vh">, One 2020</span></a>, '
        '<a id="m-two-1" role="doc-biblioref" href="#s-two"><span class="vh">source </span>2<span class="vh">, Two 2021</span></a>]</span>, '
        'and a <a class="term" href="#x-glossary">term</a>.</p><ul><li>One.</li><li>Two.</li></ul><blockquote><p>Quoted.</p></blockquote>'
    ),
    "people-picture": lambda: _prose(
        f"<table><thead><tr><th>Group</th><th>Better</th></tr></thead><tbody><tr><td>One</td><td>33 of 100 {picture_of(33, 100)}</td></tr>"
        f"<tr><td>Other</td><td>4 of 100 {picture_of(4, 100)}</td></tr></tbody></table>"
    ),
    "fact-box": lambda: _prose(
        '<figure class="fact-box"><figcaption><p>Who was treated with what, and when.</p></figcaption><table><thead><tr><th scope="col">Of every 100</th>'
        '<th scope="col">Placebo</th><th scope="col">Drip</th><th scope="col">How sure</th></tr></thead><tbody><tr><th scope="row">Pain gone</th>'
        '<td data-head="Placebo">20</td><td data-head="Drip">24</td><td data-head="How sure" class="sure">Low</td></tr><tr><th scope="row">Side effects</th><td data-head="Placebo">Not counted</td><td data-head="Drip">Not counted</td>'
        '<td data-head="How sure" class="sure">Not rated</td></tr></tbody></table><p class="unrated">Not rated.</p></figure><div class="fact-box"><p class="none">No reliable numbers</p><p>Why.</p></div>'
    ),
    "evidence-label": lambda: _prose(
        '<p class="evidence-label"><span class="pair">What happens: <strong>not known</strong></span> <span class="pair">How sure: '
        '<strong>very low certainty</strong> <span class="pips" aria-hidden="true">●○○○</span></span> <span class="pair">Why: <span>one trial</span></span></p>'
    ),
    "contents": lambda: Markup('<nav class="contents" aria-labelledby="on-this-page"><h2 id="on-this-page">On this page</h2><ol><li><a href="#x">A section</a></li></ol></nav>'),
    "reference-list": lambda: _macro("reference_list", _REFERENCES, 2, {"one": "sources/one/"}, {"one": _FINDINGS}, ".."),
    "source-preview": lambda: _macro("source_preview", "mailto:a@b.example?subject=CLAIM"),
    "page-facts": lambda: _macro("page_facts", _ITEM, {"name": "Clinic", "interest": "It sells."}, "#methods", "#report"),
    "article-list": lambda: _macro("article_list", _ARTICLES, "..", 2),
    "breadcrumb": lambda: _macro("breadcrumb", [("Home", "#"), ("Topics", "#")]),
    "pagination": lambda: _macro("pagination", _PAGES, Thing(url="p1/"), Thing(url="p3/"), ".."),
    "a-to-z": lambda: _macro("a_to_z", _LETTERS, "..", 2),
    "glossary": lambda: Markup('<dl class="glossary"><div id="x-glossary"><dt><dfn>term</dfn> (<abbr>T</abbr>)</dt><dd>What it means.</dd></div></dl>'),
    "search": lambda: Markup('<form class="search" role="search" data-ready><label for="words">Look for</label><input type="search" id="words" name="q"><button type="button">Search</button><p role="status">2 results</p></form>'),
    "steps": lambda: Markup('<section class="steps" aria-labelledby="steps"><h2 id="steps">Steps</h2><ol><li><h3>One</h3><p>Words.</p></li><li><h3>Two</h3><p>Words.</p></li></ol></section>'),
    "in-force": lambda: Markup(
        '<section class="group in-force" aria-labelledby="in-force"><h2 id="in-force">Checks in force</h2><div><p>Words.</p><h3>Claims</h3><dl>'
        '<div id="EV101"><dt>A sentence names no source</dt><dd>Nothing is published <span class="code">EV101</span></dd></div></dl></div></section>'
    ),
    "sentence-list": lambda: Markup(ENVIRONMENT.get_template("macros/evidence.html").module.sentence_list(_SENTENCES, "..", "", "mailto:a@b.example")),  # type: ignore[attr-defined]
    "other-options": lambda: _macro("other_options", [("An article", "a/#other-options", "en")], ".."),
    "advertisement": lambda: _macro("advertisement", _OFFER, "#other"),
}  # fmt: skip
"""By the name of the component."""

_SHEET = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{scheme}"><title>Components, {scheme}</title>
<link rel="stylesheet" href="styles.css"><link rel="stylesheet" href="{scheme}.css"><script src="source-preview.js" defer></script></head>
<body><main><header class="opening"><h1>Components, {scheme}</h1></header>
{parts}
</main></body></html>
"""


def write(folder: Path) -> None:
    """Write the pages into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "styles.css").write_text(ENVIRONMENT.get_template("styles.html").render(), encoding="utf-8")
    shutil.copy(THEME / "static/js/source-preview.js", folder)
    parts = "\n".join(
        f'<section class="sample" aria-label="Sample: {name}">{sample()}</section>'
        for name, sample in SAMPLES.items()
    )
    for scheme in ("light", "dark"):
        (folder / f"{scheme}.css").write_text(f":root {{ color-scheme: {scheme}; }}\n", encoding="utf-8")
        (folder / f"{scheme}.html").write_text(_SHEET.format(scheme=scheme, parts=parts), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
    print(f"Open {sys.argv[1]}/light.html and {sys.argv[1]}/dark.html in a browser.")
