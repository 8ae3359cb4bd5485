"""Script, markup and template syntax in everything an editor writes: readers see it as words, and nothing of it acts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from evidence.active import active
from evidence.markup import render
from evidence.model import Case, Library, Policy
from evidence.reading import read
from evidence.rules import active_markup
from little_sites import Site

MakeSite = Callable[..., Site]
MARK = "zqx"
HEAD = "---\ntitle: Other\nslug: other\ndate: 2026-11-24\n---\n"
SCRIPT = f"<script>{MARK}()</script><img src=x onerror={MARK}()>\"'> {{{{ 7*191 }}}} {{% raw %}}"
LATEX = f"<script>{MARK}()</script><img src=x onerror={MARK}()>\"'>" + " \\{\\{ 7*191 \\}\\}"
FIELDS = (
    *("journal", "booktitle", "publisher", "volume", "number", "edition", "note", "abstract", "keywords", "series"),
    *("address", "institution", "organization", "school", "howpublished", "subtitle", "language", "pages", "month"),
)
KEYS = ("a", "__proto__", "../x", "a&b", "Case", "case", "a'b")


def _entry(key: str, kind: str) -> str:
    value = LATEX.replace('"', "{\\textquotedbl}")
    fields = "".join(f"  {name} = {{{value}}},\n" for name in FIELDS)
    head = (
        f"@{kind}{{{key},\n  author = {{{value}, Ann and {{{value}}}}},\n  title = {{{value}}},\n  year = {{2020}},\n"
    )
    return head + fields + "  url = {javascript:zqx()},\n  doi = {10.1000/<b>},\n}\n"


NOTE = f"""\
design = "randomised trial"
population = '''{SCRIPT}'''
funding = '''{SCRIPT}'''
[[finding]]
id = "pain"
outcome = '''{SCRIPT}'''
effect = "no difference"
statement = '''It was the same {SCRIPT}'''
quote = '''{SCRIPT}'''
locator = '''{SCRIPT}'''
"""
ARTICLE = f"""\
---
title: T {SCRIPT}
slug: hostile
date: 2026-11-24
category: {SCRIPT}
tags: {SCRIPT}
author: {SCRIPT}
summary: {SCRIPT}
description: {SCRIPT}
---

## H {{{{ 7*191 }}}} &lt;b&gt;

See [@a] and {", ".join(f"[@{{{key}}}, p. 3]" for key in KEYS[1:])}; `{SCRIPT}` and [see *zqx* @a].

&lt;script&gt;zqx()&lt;/script&gt; &#60;script&#62;
"""
ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "applet", "frame", "svg", "math", "meta", "link"}


class Page(HTMLParser):
    """What could act in a page: elements, handlers and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"
        if tag == "script" and not self._in_data:
            self.found.append(f"<script {given}>")
        if tag in ACTIVE - {"script", "meta", "link"}:
            self.found.append(f"<{tag}>")
        if tag == "meta" and given.get("http-equiv", "Content-Security-Policy") != "Content-Security-Policy":
            self.found.append(f"<meta {given}>")
        if tag == "link" and given.get("rel") not in ("canonical", "alternate") and MARK in str(given):
            self.found.append(f"<link {given}>")
        for name, value in given.items():
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.found.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action") and re.match(r"(?:javascript|vbscript|data):", plain):
                self.found.append(f"{tag} {name}={value}")
            if name == "src" and value == "x":
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


def acting(html: str) -> list[str]:
    page = Page()
    page.feed(html)
    page.close()
    for data in page.data:
        json.loads(data)
    return page.found


@pytest.mark.parametrize(
    "html",
    [
        "<script>zqx()</script>",
        "<img src=x onerror=zqx()>",
        "<a href='java\nscript:zqx()'>a</a>",
        "<iframe src='/'></iframe>",
        "<p style='x'>",
    ],
)
def test_what_acts_is_seen(html: str) -> None:
    assert acting(html)


def test_nothing_that_an_editor_writes_acts_in_a_page(site: MakeSite) -> None:
    bibliography = "".join(_entry(key, "article" if n % 2 else "book") for n, key in enumerate(KEYS))
    made = site({"content/articles/x.md": ARTICLE, "content/sources/a.toml": NOTE})
    made.write({"references.bib": bibliography + (made.root / "references.bib").read_text()})
    conf = (made.root / "pelicanconf.py").read_text()
    off = ", ".join(f'"{code}": "off"' for code in _codes(made.check().text))
    made.write({"pelicanconf.py": conf.replace("EVIDENCE = {", f'EVIDENCE = {{"severities": {{{off}}},', 1)})
    before = {path for path in made.root.rglob("*") if "output" not in path.parts}
    done = made.build()
    assert done.code == 0, done.text[-3000:]
    output = made.output()
    assert {path for path in made.root.rglob("*") if "output" not in path.relative_to(made.root).parts} == before
    pages = {name: data.decode() for name, data in output.items() if name.endswith(".html")}
    assert "hostile/index.html" in pages
    assert sum(MARK in html for html in pages.values()) > 3
    for name, html in pages.items():
        found = [
            one for one in acting(html) if not re.match(r"<script \{'src': '(?:\.\./)*theme/js/[a-z-]+\.js'", one)
        ]
        assert found in ([], ["<form>"]) if name == "search/index.html" else found == [], name
        assert "1337" not in html, name  # what {{ 7*191 }} would become
    for name, data in output.items():
        if name.endswith(".xml"):
            for one in ElementTree.fromstring(data).iter():
                if one.get("type") == "html":
                    assert acting(one.text or "") == [], one.tag
        if name.endswith(".json"):
            json.loads(data)
        assert ".." not in name.split("/")


ACTS = (
    *("[a](javascript:zqx())", "[a](data:text/html,zqx)", "[a](JaVaScRiPt:zqx)", "[a](java&#115;cript:zqx())"),
    *(
        "[a](&#x6A;avascript:zqx())",
        "<javascript:zqx>",
        "![a](javascript:zqx())",
        "[a](vbscript:zqx)",
        "[a]( javascript:zqx)",
    ),
    *(
        "[a](java\tscript:zqx)",
        "[a][ref]\n\n[ref]: javascript:zqx()",
        "[a](<javascript:zqx>)",
        "a\n{: onclick=zqx() }",
    ),
    *(
        "[a](https://example.org/){: onclick=zqx }",
        "## H {#id onmouseover=zqx}",
        "*a*{:style=x}",
        "<img src=x onerror=zqx()>",
    ),
    *(
        "<script>zqx()</script>",
        "<SCRIPT src=x></SCRIPT>",
        "<iframe src=/></iframe>",
        "<svg/onload=zqx()>",
        "<form action=/>",
    ),
    *('<a href="javascript:zqx()">a</a>', "<a href=javascript:zqx()>a</a>", "<meta http-equiv=refresh content=0>"),
    *(
        '<div markdown="1">\n<script>zqx</script>\n</div>',
        "- a <object data=x></object>",
        "| a |\n|---|\n| <embed src=x> |",
        "```\n<script>zqx()</script>",
        "````\na\n```\n\n<script>zqx()</script>",
    ),
)
PASSES = (
    *("[a](https://example.org/)", "[a](mailto:a@example.org)", "<https://example.org/>", "`<script>`", "[a](/b/)"),
    *(
        "```\n<script>zqx()</script>\n```",
        "a < b and c > d: on = 3",
        "{.claim}",
        "On <b>what</b> style = is",
        "Note: x (see: y)",
    ),
    *("[a](tel:+1-555-0100)", "A &lt;script&gt; of a play", "[a]({filename}b.md)", "[a](#x)"),
)


@pytest.mark.parametrize("text", ACTS)
def test_what_would_act_is_a_problem_with_its_place(text: str) -> None:
    document = read(f"{HEAD}{text}\n\nMore.\n", "content/articles/x.md")
    hits = list(active_markup.check(Case((document,), Library({}), Policy())))
    assert hits
    assert 5 < hits[0].place.line < 6 + text.count("\n") + 1


@pytest.mark.parametrize("text", PASSES)
def test_what_does_not_act_is_left_alone(text: str) -> None:
    document = read(f"{HEAD}{text}\n", "content/articles/x.md")
    assert [*active_markup.check(Case((document,), Library({}), Policy()))] == []
    assert active(render(document, Library({})).html) == []


def test_what_the_rule_is_told_to_let_pass_stops_the_build(site: MakeSite) -> None:
    made = site({"output/index.html": "the last good site"})
    made.write({"content/articles/x.md": f"{HEAD}A word [a](javascript:zqx()).\n"})
    assert "content/articles/x.md:6:12 EV104" in made.check().text
    conf = (made.root / "pelicanconf.py").read_text()
    made.write({"pelicanconf.py": conf.replace("EVIDENCE = {", 'EVIDENCE = {"severities": {"EV104": "off"},', 1)})
    done = made.build()
    assert (done.code, "Traceback" in done.text) == (2, False)
    assert "would act in the reader's browser" in done.text
    assert made.output() == {"index.html": b"the last good site"}


def _codes(text: str) -> list[str]:
    """The rules that told something: here it is published all the same, to see what becomes of it."""
    return sorted(set(re.findall(r":\d+:\d+ (EV\d{3}) (?!warning|note)", text)))
