"""The emergency card has the words of the article on emergencies, where each sign is cited and checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from evidence.anatomy import emergency_cards, standard
from evidence.model import Policy
from evidence.reading import read
from little_sites import Site

ROOT = Path(__file__).parents[2]
ARTICLES = {"en": "when-a-headache-is-an-emergency.md", "es": "when-a-headache-is-an-emergency.es.md"}
SIGNS = """\
---
title: Signs
slug: signs
date: 2026-11-24
category: Safety
page_type: emergency
cta: none
---

## Emergency: call 911 if

- pain & fear rose *at once* in one study [@smith2020]
- an eye waters [@smith2020].

See a doctor that day.

## About the list

The words are ours.
"""
SIGN = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def card_in(html: str) -> str:
    return unescape(html.split('class="emergency-card"')[1].split("</section>")[0])


@pytest.mark.parametrize("lang", ARTICLES)
def test_the_card_on_each_page_is_the_section_of_our_article(built: Path, lang: str) -> None:
    document = read((ROOT / "content/articles" / ARTICLES[lang]).read_text("utf-8"), ARTICLES[lang])
    ours = emergency_cards([document], standard(), Policy())[lang]
    assert "911" in ours.heading
    assert len(ours.signs) >= 6
    assert ours.after
    pages = [path for path in built.rglob("*.html") if 'class="emergency-card"' in path.read_text("utf-8")]
    shown = {path: card_in(path.read_text("utf-8")) for path in pages}
    own = [text for path, text in shown.items() if ours.heading in text]
    assert all(SIGN.findall(text) == list(ours.signs) for text in own)
    assert all(one in text for text in own for one in ours.after)
    assert all("<a " not in text and "@" not in text for text in own)
    assert len(own) > 5 or lang != "en"


def test_our_pages_on_emergencies_begin_with_the_signs_and_their_sources(built: Path) -> None:
    for path in ("when-a-headache-is-an-emergency/index.html", "es/when-a-headache-is-an-emergency/index.html"):
        text = (built / path).read_text("utf-8")
        first = text.index('<div class="alarm">')
        assert first < text.index("<h2"), path
        first = text.index("<h2")
        assert "doc-biblioref" in text[first : text.index("<h2", first + 1)], path


def test_a_card_says_what_the_article_says_and_nothing_else(site: Callable[..., Site]) -> None:
    little = site({"content/articles/signs.md": SIGNS})
    done = little.build()
    assert done.code == 0, done.text
    text = little.output()["fluids/index.html"].decode()
    card = card_in(text)
    assert SIGN.findall(card) == ["pain & fear rose at once in one study", "an eye waters."]
    assert "pain &amp; fear" in text
    assert "See a doctor that day." in card
    assert "smith" not in card.lower()
    assert "The words are ours" not in card


def test_a_changed_sign_changes_every_page_with_the_card(site: Callable[..., Site]) -> None:
    little = site({"content/articles/signs.md": SIGNS})
    assert little.build(env={"EVIDENCE_CACHE": "1"}).code == 0
    little.write({"content/articles/signs.md": SIGNS.replace("an eye waters", "an eye shuts")})
    assert little.build(env={"EVIDENCE_CACHE": "1"}).code == 0
    output = little.output()
    for page in ("fluids/index.html", "index.html"):
        assert b"an eye shuts" in output[page], page
        assert b"an eye waters" not in output[page], page


def test_a_draft_and_another_language_leave_the_words_of_the_theme(site: Callable[..., Site]) -> None:
    spanish = SIGNS.replace("cta: none", "cta: none\nlang: es").replace("that day.", "that day [@smith2020].")
    little = site(
        {
            "content/articles/signs.md": SIGNS.replace("cta: none", "cta: none\nstatus: draft"),
            "content/articles/senales.md": spanish.replace("The words are ours.", "The words are ours [@smith2020]."),
        }
    )
    done = little.build()
    assert done.code == 0, done.text
    assert "EV607" not in done.text
    assert "EV645" not in done.text
    card = card_in(little.output()["fluids/index.html"].decode())
    assert "an eye waters" not in card
    assert "worst you have ever had" in card


def test_the_words_of_the_theme_name_no_sign_that_our_article_does_not_name() -> None:
    theme = (ROOT / "theme/templates/partials/emergency_card.html").read_text("utf-8").lower()
    article = (ROOT / "content/articles" / ARTICLES["en"]).read_text("utf-8").lower()
    signs = (
        "911|sudden|worst|wak|weakness|numbness|confusion|seizure|speaking|seeing|walking|fever|stiff neck|blow|accident|fainting|eye"
        "|waters|pregnancy|weeks after birth|50|cancer|immune system"
    )
    for sign in signs.split("|"):
        assert sign in theme, sign
        assert sign in article, sign
