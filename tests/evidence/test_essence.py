"""What the rule on advertisements may look past: a page whose essence is sound is sound as a whole."""

from __future__ import annotations

import pytest
from evidence.anatomy.essence import essence
from evidence.model import BuiltPage
from evidence.rules.built_advertisement import BAD, GOOD, _page
from evidence.tags import is_plain
from hypothesis import given, settings
from hypothesis import strategies as st

LINK = '<a href="https://clinic.org/book" rel="sponsored noopener" referrerpolicy="no-referrer">Book</a>'
AD = f'<aside class="advertisement"><p>Advertisement</p><h2>Advice</h2><p>Ask us &amp; them.</p><p>{LINK}</p></aside>'
CARD = '<section class="emergency-card"><h2>Call 911 if</h2></section>'
PAGE = f"<!doctype html><body><header>S</header><main><article><h1>Drips</h1>{CARD}<p>Text.</p></article>{AD}</main><footer>F</footer></body>"
OFFER = ("Advice", "Ask us & them.", "Book")
BOOKING = "https://clinic.org/book"
PIECES = (
    *(
        AD,
        CARD,
        LINK,
        "<p>Text.</p>",
        "<p>&nbsp;</p>",
        "<article>",
        "</article>",
        "<main>",
        "</main>",
        "<footer>",
        "</footer>",
    ),
    *(
        "<template>",
        "</template>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<textarea>",
    ),
    *(
        '<aside class="advertisement">',
        "</aside>",
        '<section class="emergency-card">',
        "</section>",
        "<br>",
        "<br/>",
        "<article/>",
    ),
    *(
        '<p class="advertise&#109;ent">',
        "<p class=advertisement>",
        "<P CLASS='advertisement'>",
        '<p title="advertisement">',
    ),
    *(
        '<a href="https://CLINIC.org/book">x</a>',
        '<a href="https://clinic&period;org/book">x</a>',
        "<!--",
        "-->",
        "<!-- x -->",
    ),
    *(
        '<a href="https://cli\nnic.org/book">x</a>',
        '<a href="https://www.clinic.org/book/x">x</a>',
        "words clinic.org",
        "advertisement",
    ),
    *(
        "<a href='https://clinic.org/book'>x</a>",
        '<p title=">">',
        '<p title="',
        '">',
        "<",
        ">",
        "\0",
        "</aside >",
        "</ aside>",
        "<a>",
    ),
    *(
        '<a href="https://\N{KELVIN SIGN}linic.org/book">x</a>',
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "</aside class=x>",
        "&",
        "</body>",
    ),
)


def is_sound(page: BuiltPage) -> bool:
    return not any(_page(page, BOOKING))


def is_sound_in_short(page: BuiltPage) -> bool:
    short = essence(page, BOOKING)
    return short is not None and is_sound(short)


@pytest.mark.parametrize("html", GOOD)
def test_ordinary_pages_are_judged_in_short(html: str) -> None:
    page = BuiltPage("a/index.html", html, ("Advice", "Ask us.", "Book"), True)
    assert is_sound_in_short(page)
    assert len(str(essence(page, BOOKING))) < 2 * len(html)


def test_what_it_leaves_out() -> None:
    page = BuiltPage("a/index.html", PAGE.replace("Text.", "Text. " * 9000), OFFER, True)
    short = essence(page, BOOKING)
    assert short is not None
    assert len(short.html) < 700
    assert is_sound(short)


def test_a_page_that_shows_nothing_of_the_kind_needs_no_look() -> None:
    assert essence(BuiltPage("a/index.html", "<p>Words <b", None), BOOKING) == BuiltPage("", "", None)


def test_words_that_nobody_sees_are_not_between() -> None:
    page = BuiltPage(
        "a/index.html", PAGE.replace(f"{CARD}<p>Text.</p>", f"<template>{CARD}<p>Text.</p></template>"), OFFER, True
    )
    assert not is_sound(page)
    assert not is_sound_in_short(page)


@pytest.mark.parametrize("html", BAD)
def test_pages_that_break_the_rule_are_read_whole(html: str) -> None:
    assert not is_sound_in_short(BuiltPage("a/index.html", html, ("Advice", "Ask us.", "Book"), True))


@settings(max_examples=1500, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(PAGE)), st.sampled_from(PIECES)), max_size=4),
    st.lists(st.sampled_from(PIECES), max_size=2),
    st.sampled_from([OFFER, None]),
    st.booleans(),
)
def test_what_is_sound_in_short_is_sound(
    put_in: list[tuple[int, str]], taken: list[str], offer: tuple[str, str, str] | None, card: bool
) -> None:
    html = PAGE if offer else PAGE.replace(AD, "")
    for place, piece in sorted(put_in, reverse=True):
        end = html.find(">", place) + 1 or place
        html = html[:end] + piece + html[end:]
    for piece in taken:
        html = html.replace(piece, "", 1)
    page = BuiltPage("a/index.html", html, offer, card)
    if is_sound_in_short(page):
        assert is_sound(page)


@pytest.mark.parametrize(
    "html",
    [
        '<p class="a" hidden>x &amp; y</p>\n<br/><br /><!-- a - b -->',
        '<!doctype html><title>a</title><svg viewBox="0 0 1 1"></svg>',
        "",
    ],
)
def test_plain(html: str) -> None:
    assert is_plain(html)


@pytest.mark.parametrize(
    "html",
    [
        "a < b",
        "<P>",
        "<p class='a'>",
        "<p class=a>",
        '<p title=">">',
        "<script>a<b></b></script>",
        "<![CDATA[x]]>",
        "<!-->",
        "<p",
        "\0",
    ],
)
def test_not_plain(html: str) -> None:
    assert not is_plain(html)
