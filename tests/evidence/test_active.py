"""What would act in a browser is found, however quickly a page is read."""

from __future__ import annotations

import pytest
from evidence.active import _Reader, active, active_in
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import patience

PIECES = (
    *(
        "<p>",
        "</p>",
        "word on ",
        '<a href="https://a.b">',
        '<a href="javascript:x">',
        '<a href="&#106;avascript:x">',
        "</a>",
    ),
    *(
        '<a href="java&Tab;script:x">',
        "<a href='javascript:x'>",
        "<a href=javascript:x>",
        '<img src="x.png" alt="on a">',
    ),
    *(
        '<p onclick="x">',
        "<p onclick>",
        "<p on>",
        '<p ONCLICK="x">',
        '<p\nonclick="x">',
        '<p title="onclick=1">',
        " style=",
        "<style>",
    ),
    *(
        "</style>",
        "<script>",
        "</script>",
        "<SCRIPT>",
        '<p style="x">',
        '<p title="',
        '">',
        "<!-- onclick -->",
        "<!--",
        "-->",
        "<",
        ">",
    ),
    *(
        '<blockquote cite="data:x">',
        '<p xlink:href="vbscript:x">',
        "<input>",
        "<forms>",
        "<form>",
        '<a href="tel:1">',
        "<a href>",
        "&",
    ),
    *(
        '<object data="x">',
        '<p data-on="x">',
        '<p class="a" title=">" onclick="x">',
        '<a href="//x">',
        '<a href="./javascript:x">',
    ),
)


def slowly(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_same_is_found_quickly_and_slowly(html: str) -> None:
    assert active(html) == slowly(html)


@pytest.mark.parametrize("html", [piece for piece in PIECES if slowly(piece)])
def test_each_is_found_behind_plain_words(html: str) -> None:
    assert active(f'<p class="a">Words</p>\n{html}') == slowly(html)


@pytest.mark.parametrize("text", ["`" * 300_000, "```a\n" * 60_000, "`a" * 150_000, "~" * 300_000])
def test_code_is_found_in_time_by_the_length_of_the_text(text: str) -> None:
    with patience():
        assert list(active_in(f"{text}\n<script>"))
