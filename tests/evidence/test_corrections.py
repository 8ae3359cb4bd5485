"""Corrections on their page → a feed of their own; and the list of all claims for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from evidence.corrections import corrections
from evidence.errors import EvidenceError
from little_sites import ARTICLE, Site

SPACE = {"a": "http://www.w3.org/2005/Atom"}
PAGE = """\
---
title: Corrections
slug: corrections
---

## List

### 2026-11-30: Fluids & <b>drips</b>

Pain had fallen by 4.5 points, and not by 45 [@smith2020].

### 2026-12-02: Another one

We had left out a word.
"""


def feed(site: Site) -> ElementTree.Element:
    return ElementTree.fromstring(site.output()["feeds/corrections.atom.xml"])


def test_corrections_have_a_feed_of_their_own_newest_first(site: Callable[..., Site]) -> None:
    made = site({"content/pages/corrections.md": PAGE})
    done = made.build()
    assert done.code == 0, done.text
    root = feed(made)
    assert [one.findtext("a:updated", "", SPACE) for one in root.findall("a:entry", SPACE)] == [
        "2026-12-02T00:00:00Z",
        "2026-11-30T00:00:00Z",
    ]
    assert root.findtext("a:updated", "", SPACE) == "2026-12-02T00:00:00Z"
    older = root.findall("a:entry", SPACE)[1]
    assert older.findtext("a:title", "", SPACE).startswith("Fluids & ")
    assert "4.5 points, and not by 45" in older.findtext("a:content", "", SPACE)
    assert 'id="' not in older.findtext("a:content", "", SPACE)
    anchor = older.findtext("a:id", "", SPACE).split("#")[1]
    assert f'id="{anchor}"' in made.output()["corrections/index.html"].decode()
    assert "/feeds/corrections.atom.xml" in made.output()["fluids/index.html"].decode()


def test_without_corrections_the_feed_is_empty_and_the_same_at_every_build(site: Callable[..., Site]) -> None:
    made = site({"content/pages/corrections.md": PAGE.split("###")[0] + "None so far.\n"})
    assert made.build().code == 0
    first = made.output()["feeds/corrections.atom.xml"]
    assert made.build().code == 0
    assert made.output()["feeds/corrections.atom.xml"] == first
    assert feed(made).findall("a:entry", SPACE) == []
    assert feed(made).findtext("a:updated", "", SPACE) == "2026-11-24T00:00:00Z"


def test_a_claim_in_a_correction_needs_its_source(site: Callable[..., Site]) -> None:
    made = site({"content/pages/corrections.md": PAGE.replace(" [@smith2020]", "")})
    done = made.build()
    assert done.code == 1
    assert "EV101" in done.text


def test_a_correction_without_a_day_stops_the_build(site: Callable[..., Site]) -> None:
    made = site({"content/pages/corrections.md": PAGE.replace("2026-12-02: ", "")})
    done = made.build()
    assert done.code == 1
    assert 'content/pages/corrections.md:12:5 EV641 the correction "Another one" begins with no day' in done.text
    assert not (made.root / "output").exists()


@pytest.mark.parametrize("heading", ["2026-13-01: x", "26-11-30: x", "2026-11-30", "x 2026-11-30"])
def test_what_is_no_day_is_none(heading: str) -> None:
    with pytest.raises(EvidenceError):
        corrections(f'<h3 id="a">{heading}</h3><p>x</p>', "c.md")


def test_all_claims_are_listed_with_their_pages_and_sources(site: Callable[..., Site]) -> None:
    exempt = '"Fluids cure migraine", says an advertisement. <!-- allow EV101: quoted to show it -->\n'
    made = site({"content/articles/fluids.md": ARTICLE + "\n" + exempt})
    done = made.build()
    assert done.code == 0, done.text
    cited, other = json.loads(made.output()["claims.json"])["claims"]
    assert cited["page"] == "http://localhost:8000/fluids/#m-smith2020-1"
    assert (cited["status"], cited["sources"]) == ("cited", ["smith2020"])
    assert (other["status"], other["sources"]) == ("exempt", [])
    assert set(cited) == {"id", "sentence", "kind", "status", "page", "sources"}


def test_a_sentence_on_two_pages_is_listed_with_each_of_them(site: Callable[..., Site]) -> None:
    again = ARTICLE + "\n\n" + ARTICLE.rsplit("\n\n", 1)[1]
    other = again.replace("slug: fluids", "slug: other").replace("Fluids: what", "Salt water: what")
    made = site({"content/articles/other.md": other})
    done = made.build()
    assert done.code == 0, done.text
    claims = json.loads(made.output()["claims.json"])["claims"]
    assert len({one["id"] for one in claims}) == 1
    places = ["fluids/#m-smith2020-1", "other/#m-smith2020-1", "other/#m-smith2020-2"]
    assert [one["page"] for one in claims] == [f"http://localhost:8000/{place}" for place in places]
    rows = list(csv.DictReader(io.StringIO(made.output()["evidence.csv"].decode())))
    assert [row["page"] for row in rows] == [one["page"] for one in claims]
