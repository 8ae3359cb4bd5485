"""The advertisement: what the pages as built may look like, and that a theme that breaks it publishes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from evidence.checking import check
from evidence.model import BuiltPage, Case, Library, Meta, Place, Policy
from evidence.rules.built_advertisement import RULE
from little_sites import ROOT, Site

LINK = '<a href="https://clinic.org/book" rel="sponsored noopener" referrerpolicy="no-referrer">Book</a>'
AD = f'<aside class="advertisement"><p>Advertisement</p><h2>Advice</h2><p>Ask us &amp; them.</p><p>{LINK}</p></aside>'
CARD = '<section class="emergency-card"><h2>Call 911 if</h2></section>'
PAGE = f"<!doctype html><body><header>S</header><main><article><h1>Drips</h1>{CARD}<p>Text.</p></article>{AD}</main><footer>F</footer></body>"
OFFER = ("Advice", "Ask us & them.", "Book")
CLINIC = {"booking_url": Meta("booking_url", "https://clinic.org/book", Place("pelicanconf.py"))}


def told(html: str, offer: tuple[str, ...] | None = OFFER, *, card: bool = True) -> list[str]:
    case = Case((), Library({}), Policy(), clinic=CLINIC, built=(BuiltPage("a/index.html", html, offer, card),))
    return [one.message for one in check(case, [RULE]).problems]


def test_a_page_as_it_should_be() -> None:
    assert told(PAGE) == []
    assert told(PAGE.replace(AD, ""), None) == []
    more = AD.replace("<p><a", '<p><a href="#section-other-options">Other options, on this page</a></p><p><a')
    assert told(PAGE.replace(AD, more.replace("</p></aside>", ' <a href="tel:+15550100">Call</a></p></aside>'))) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (AD, AD + AD, "there is a second advertisement"),
        (AD, "", "the advertisement that the page chose is not there"),
        ("<p>Advertisement</p>", "<p>More for you</p>", "not labelled"),
        ("<p>Advertisement</p><h2>Advice</h2>", "<h2>Advice</h2><p>Advertisement</p>", "not labelled"),
        ("Ask us &amp; them.", "Ask us. Relief today!", "does not say what content/ctas.toml says"),
        (' rel="sponsored noopener"', ' rel="noopener"', 'no rel="sponsored noopener"'),
        (' referrerpolicy="no-referrer"', "", "no referrerpolicy"),
        ("clinic.org/book", "clinic.org/book?c=migraine", "not the booking address"),
        (">Book<", ' title="Relief">Book<', "the button does not say"),
        (">Book<", ">Book a magnesium drip<", "the button does not say"),
        (LINK, f"{LINK} {LINK}", "2 links that lead away"),
        ("</article>" + AD, AD + "</article>", "within the article"),
        (AD, AD + "<p>More</p>", "something stands between the advertisement and the footer"),
        ("<p>Text.</p>", f"<p>{LINK}</p>", "outside the advertisement leads to the booking page"),
        ("<p>Text.</p>", '<form action="https://www.clinic.org/book/x"></form>T', "outside the advertisement"),
        (CARD, "", "there are 0 emergency cards"),
        ("Call 911 if", '<a href="/x">Call 911 if</a>', "a link in the emergency card"),
        ("<p>Text.</p>", "", "directly behind the emergency card"),
        (f"<h1>Drips</h1>{CARD}", "<h1>Drips</h1>", "there are 0 emergency cards"),
    ],
)
def test_pages_that_break_it(old: str, new: str, message: str) -> None:
    assert old in PAGE
    assert any(message in one for one in told(PAGE.replace(old, new))), told(PAGE.replace(old, new))


def test_no_advertisement_where_none_was_chosen() -> None:
    assert told(PAGE, None) == ["there is an advertisement, and none may be here"]


def test_a_theme_that_breaks_it_publishes_nothing(site: Callable[..., Site]) -> None:
    made = site()
    (made.root / "theme").unlink()
    shutil.copytree(ROOT / "theme", made.root / "theme")
    assert made.build().code == 0
    before = made.output()
    macro = made.root / "theme/templates/macros/advertisement.html"
    macro.write_text(macro.read_text(encoding="utf-8").replace("sponsored noopener", "noopener"), encoding="utf-8")
    done = made.build()
    assert done.code == 1
    assert "fluids/index.html:" in done.text
    assert 'EV617 the booking link has no rel="sponsored noopener"' in done.text
    assert "Traceback" not in done.text
    assert made.output() == before


def test_the_offer_of_a_topic_stands_on_its_articles(site: Callable[..., Site]) -> None:
    other = """
[other]
heading = "Ask for a consultation"
text = "{clinic} runs this site and sells IV therapy. Ask for a consultation. A clinician decides whether any treatment is suitable; it may not be IV therapy."
button = "Ask for a consultation"
owner = "A clinic"
topics = ["Drips"]
"""
    made = site({"content/ctas.toml": (ROOT / "content/ctas.toml").read_text(encoding="utf-8") + other})
    done = made.build()
    assert done.code == 0, done.text
    assert b"Ask for a consultation" in made.output()["fluids/index.html"]
    assert b"Ask for a consultation" not in made.output()["index.html"]
