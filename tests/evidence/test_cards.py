"""The picture beside links from elsewhere: the same words give the same bytes, other words another name."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from evidence.cards import card, card_name
from evidence.memory import Memory
from evidence.plugin import cards
from little_sites import ARTICLE, Site
from PIL import Image

WORDS = ("IV fluids: what is known", "Migraine and IV therapy", "Who sells what.")


def test_the_same_words_give_the_same_picture() -> None:
    assert card(*WORDS) == card(*WORDS)
    assert card(*WORDS) != card("Other", *WORDS[1:])
    assert card_name(*WORDS) != card_name("Other", *WORDS[1:])


def test_it_is_as_large_as_other_sites_want_it_and_light() -> None:
    data = card(*WORDS)
    assert data
    with Image.open(BytesIO(data)) as picture:
        assert picture.size == (1200, 630)
    assert len(data) < 60_000


def test_long_words_stay_within_the_picture() -> None:
    for title in ("word " * 200, "w" * 400, ""):
        data = card(title, "s" * 300, "l" * 300)
        assert data
        with Image.open(BytesIO(data)) as picture:
            edge = picture.convert("L").crop((1150, 0, 1200, 630)).getextrema()
        assert edge[0] == edge[1], title[:10]


def test_what_the_font_cannot_write_is_not_drawn_as_boxes() -> None:
    assert card("¿Qué? Ærøskøbing, “naïve” – 5 µg", *WORDS[1:])
    for title in ("日本語", "مرحبا", "\U0001f600"):
        assert card(title, *WORDS[1:]) is None


def test_a_card_is_drawn_once_and_a_page_that_cannot_have_one_goes_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: dict[str, bytes] = {}
    name = cards._card(drawn, Memory(tmp_path), *WORDS)
    assert drawn == {name: card(*WORDS)}
    assert cards._card(drawn, Memory(tmp_path), "日本語", *WORDS[1:]) == ""

    def draw(*words: str) -> bytes:
        raise AssertionError(words)

    monkeypatch.setattr(cards, "card", draw)
    again: dict[str, bytes] = {}
    assert cards._card(again, Memory(tmp_path), *WORDS) == name
    assert cards._card(again, Memory(tmp_path), "日本語", *WORDS[1:]) == ""
    assert again == drawn
    with pytest.raises(AssertionError):
        cards._card(again, Memory(tmp_path), "Other words", *WORDS[1:])


def test_a_title_that_cannot_be_drawn_leaves_its_page_the_card_of_the_site(site: Callable[..., Site]) -> None:
    made = site({"content/articles/fluids.md": ARTICLE.replace("title: Fluids", "title: 日本")})
    done = made.build()
    assert done.code == 0, done.text
    pages = made.output()
    home, page = (re.search(rb"cards/\w+\.png", pages[name]) for name in ("index.html", "fluids/index.html"))
    assert home
    assert page
    assert home[0] == page[0]
    assert home[0].decode() in pages
