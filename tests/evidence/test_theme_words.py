"""The words of the theme's templates: found with their places, and held to the same wording as an editor's."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

import pytest
from evidence.theme_words import theme_words
from little_sites import ROOT, Site

TEMPLATE = """\
{% extends "base.html" %}
{# A miracle for editors only. #}
{% set title = "Feel well"
   ~ name %}
<h1 class="miracle">Our {{ name }}
<em>drips</em></h1><img src="x.png" alt="A miracle">
<script>miracle()</script>
"""


def found(text: str) -> list[tuple[int, int, str]]:
    return [(one.place.line, one.place.column, one.value) for one in theme_words({"t.html": text})]


def test_words_are_told_from_code_with_their_places() -> None:
    assert found(TEMPLATE) == [(3, 17, "Feel well"), (5, 21, "Our … drips"), (6, 42, "A miracle")]


def test_a_template_that_is_broken_says_nothing() -> None:
    assert found("{% if %} {{ 'x") == []


def test_the_themes_own_words_are_all_looked_at() -> None:
    paths = [*(ROOT / "theme/templates").rglob("*.html"), *(ROOT / "theme/words").glob("*.toml")]
    texts = {path.as_posix(): path.read_text("utf-8") for path in paths}
    words = {one.value for one in theme_words(texts)}
    for one in (
        "Advertisement",
        "Emergency: call 911 if",
        "Fuentes",
        "no clear difference",
        "N results",
        "What you type stays in your browser.",
    ):
        assert one in words, one


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">Advertisement<", ">A miracle cure<"),
        (">Other options, on this page<", ' title="A miracle cure">Other options, on this page<'),
        (">Advertisement<", '>{{ "A miracle cure" }}<'),
    ],
)
def test_a_word_of_advertising_in_the_theme_stops_the_site(site: Callable[..., Site], old: str, new: str) -> None:
    made = site()
    (made.root / "theme").unlink()
    shutil.copytree(ROOT / "theme", made.root / "theme")
    path = made.root / "theme/templates/macros/advertisement.html"
    assert "EV501" not in made.check().text
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    done = made.check()
    assert done.code == 1
    assert "theme/templates/macros/advertisement.html:" in done.text
    assert 'EV501 "miracle' in done.text
    assert "in the theme" in done.text


@pytest.mark.parametrize(
    "piece", ["<a ", "<a b='", "<a b=\"'", "<a/", "<!-- ", "<!-- --!>", "<![CDATA[ >", "<a b=c "]
)
def test_beginnings_that_never_end_are_words_and_take_time_by_their_number(piece: str) -> None:
    def took(number: int) -> float:
        began = time.process_time()
        theme_words({"a.html": piece * number})
        return time.process_time() - began

    assert took(32_000) < 2


def test_what_stands_behind_a_tag_that_never_ends_is_read() -> None:
    first, *_, last = theme_words({"a.html": "<p>One</p><a href='" + "x" * 6000 + " Two words"})
    assert first.value == "One"
    assert last.value.endswith("Two words")
    assert [one.value for one in theme_words({"a.html": "<!-- <b>One</b>"})] == ["<!-- One"]
