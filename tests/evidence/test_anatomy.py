"""What pages are made of: the file that says it, and what articles choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from evidence.anatomy import card_left_out, chosen_offer, parts_of, read_anatomy, standard
from evidence.checking import check
from evidence.errors import UnreadableError
from evidence.model import Case, Document, Library, Policy
from evidence.reading import read
from evidence.rules import RULES
from little_sites import ROOT, Site


def article(front: str = "", body: str = "") -> Document:
    return read(f"---\ntitle: T\ndate: 2026-11-24\n{front}---\n\n{body}", "content/articles/a.md")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[secions]\n", 'a.toml:1:1: "secions" means nothing here; did you mean "sections"?'),
        ("[types.x]\nneeds = ['harm']\n", 'a.toml:2:10: "harm" is none of fact-box, sources'),
        ("[types.x]\noffer = 'no'\n", "a.toml:2:9: this must be true or false"),
        ("[title]\npromises = ['a+']\n", 'a.toml:2:13: "+" is not allowed here'),
        ("[sections]\nharms = 'harms'\n", "a.toml:2:9: this must be a list of words"),
        ("[offer]\ndisclaimer = 3\n", "a.toml:2:14: this must be a sentence"),
        ("[offer\n", "a.toml:1:7: "),
    ],
)
def test_a_wrong_file_ends_the_run_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as told:
        read_anatomy("a.toml", text)
    assert str(told.value).startswith(message), told.value


def test_headings_are_known_by_their_words() -> None:
    body = "## Key messages\n\n- x\n\n## Harms and who should not have it\n\n### Kidneys\n\ny\n\n## Charms\n\nz\n"
    parts = parts_of(article(body=body), standard())
    assert [(part.level, part.role, len(part.blocks)) for part in parts] == [
        (2, "key-messages", 1),
        (2, "harms", 2),
        (3, "", 1),
        (2, "", 1),
    ]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", None),
        ("yes", None),
        ("none", ""),
        ("none: it is the list", "it is the list"),
        ("none (the list itself)", "the list itself"),
    ],
)
def test_why_the_emergency_card_is_left_out(value: str, reason: str | None) -> None:
    assert card_left_out(article(f"red_flags: {value}\n")) == reason


def test_which_offer_an_article_shows() -> None:
    topics = {"prevention": "other"}
    assert chosen_offer(article(), topics, "usual") == "usual"
    assert chosen_offer(article("category: Prevention\n"), topics, "usual") == "other"
    assert chosen_offer(article("category: Prevention\ncta: none\n"), topics, "usual") == "none"
    assert chosen_offer(read("---\ntitle: T\n---\n\nx\n", "content/pages/a.md", "page"), topics, "usual") == "none"


def test_a_date_in_the_future_stops_the_public_site_only() -> None:
    documents = (article(),)
    for today, codes in (("", set()), ("2026-11-24", set()), ("2026-11-23", {"EV611"})):
        found = check(Case(documents, Library({}), Policy(today=today)), RULES).problems
        assert {one.code for one in found if one.code == "EV611"} == codes


def test_every_heading_of_our_own_articles_that_must_be_there_is() -> None:
    for path in sorted((ROOT / "content/articles").glob("*.md")):
        document = read(path.read_text(encoding="utf-8"), f"content/articles/{path.name}")
        roles = {part.role for part in parts_of(document, standard())}
        assert {"key-messages", "unknown", "questions"} <= roles, path.name


def test_an_article_without_its_parts_is_not_published(site: Callable[..., Site]) -> None:
    made = site()
    (made.root / "content/anatomy.toml").unlink()
    done = made.build()
    assert done.code == 0  # it names no type: it is warned
    assert "EV605 warning: the article has no part on harms" in done.text
    path = "content/articles/fluids.md"
    text = (made.root / path).read_text(encoding="utf-8")
    made.write({path: text.replace("slug:", "page_type: treatment\nslug:", 1)})
    done = made.build()
    assert done.code == 1
    assert (
        'EV605 the article has no part on harms (page type treatment); add a heading "## Harms" with its text'
        in done.text
    )
    assert "EV609" in done.text
    made.write({"content/anatomy.toml": "[types.x]\nneeds = ['y']\n"})
    done = made.build()
    assert (done.code, "content/anatomy.toml:2:10" in done.text) == (2, True)


@pytest.mark.parametrize("told", ["?utm_source=migraine", "/magnesium"])
def test_a_booking_address_that_tells_what_was_read_is_refused(site: Callable[..., Site], told: str) -> None:
    made = site({"content/vocabulary.toml": '[treatments.magnesium]\nlabel = "magnesium"\n'})
    settings = (made.root / "pelicanconf.py").read_text(encoding="utf-8")
    made.write({"pelicanconf.py": settings.replace("/consultation", f"/consultation{told}")})
    done = made.check()
    assert done.code == 1
    assert "EV614" in done.text
    assert "pelicanconf.py:" in done.text


def test_a_setting_that_readers_see_is_held_to_the_same_words(site: Callable[..., Site]) -> None:
    made = site()
    settings = (made.root / "pelicanconf.py").read_text(encoding="utf-8")
    made.write(
        {"pelicanconf.py": settings.replace("What is known, and what is not,", "A miracle, and what is known")}
    )
    done = made.check()
    assert done.code == 1
    assert 'EV501 "miracle" in the settings' in done.text
