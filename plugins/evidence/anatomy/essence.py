"""A page as it was built, without what the rule on advertisements (EV617) looks past: nearly all of it.

The rule reads a page as a tree, which takes long. What it says hangs on few parts: the emergency card, the advertisement,
what follows it, and that nothing like these stands anywhere else. Where all this can be told without a tree, the rule gets a page
of these parts alone; if it finds anything there, or where it cannot be told, it reads the whole page.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from evidence.anatomy.tree import UNREAD
from evidence.model import BuiltPage
from evidence.tags import is_open, is_plain, name_of, tag_at, tags

AD, CARD = "advertisement", "emergency-card"


def essence(page: BuiltPage, booking: str) -> BuiltPage | None:
    """The page without what is of no matter; None where that cannot be told. `booking` is the address of the booking page."""
    try:
        host = urlsplit(booking).netloc.lower().removeprefix("www.")
    except ValueError:
        host = ""
    if not host.isascii():
        return None
    html, bare = page.html, _bare(page.html)
    if not page.offer and not page.card and not any(one and one.encode() in bare for one in (AD, CARD, host)):
        return BuiltPage("", "", None)
    if not is_plain(html):
        return None
    ads, cards = _marked(html, AD), _marked(html, CARD)
    if len(ads) != bool(page.offer) or len(cards) > 1 or len(cards) < page.card:
        return None
    ad, card = (_whole(html, found[0]) if found else (0, 0) for found in (ads, cards))
    if ad is None or card is None:
        return None
    first, shown = html[slice(*card)], html[slice(*ad)]
    if not _nowhere_else(bare, html, {AD: shown, CARD: first, host: shown}):
        return None
    if not ads:
        return BuiltPage("", first, None, page.card)
    if (cards and card[1] > ad[0]) or not _outside("article", html, ad[0]) or not _in_order(html, ad[1]):
        return None
    between = "<p>x</p>" if not cards or _words_between(html, card[1], ad[0]) else ""
    return BuiltPage("", first + between + shown + html[ad[1] :], page.offer, page.card)


def _bare(html: str) -> bytes:
    """HTML in which ASCII words can be found also if they are written with character references or in other letters (of all
    signs outside ASCII the one for kelvin alone is a letter of it), or broken up as addresses may be."""
    text = (unescape(html) if "&" in html else html).replace("\N{KELVIN SIGN}", "k")
    return text.encode("ascii", "ignore").translate(None, b"\n\r\t").lower()


def _marked(html: str, word: str) -> list[int]:
    """Where the tags start that hold a word."""
    found, place = [], html.find(word)
    while place >= 0:
        if (start := tag_at(html, place)) >= 0:
            found.append(start)
        place = html.find(word, place + 1)
    return found


def _nowhere_else(bare: bytes, html: str, places: dict[str, str]) -> bool:
    """Whether each word stands in the tags of its own part of the page only; in the text words are no matter."""
    for word, part in places.items():
        one = word.encode()
        if word and bare.count(one) != _bare(part).count(one):
            in_tags, inside = ("\n".join(tag[0] for tag in tags(text)) for text in (html, part))
            if _bare(in_tags).count(one) != _bare(inside).count(one):
                return False
    return True


def _whole(html: str, start: int) -> tuple[int, int] | None:
    """Where the element with this start tag starts and ends, if all in it is closed as it was opened."""
    open_: list[str] = []
    for found in tags(html, start):
        name = name_of(found[1])
        if name.startswith("/"):
            if not open_ or open_.pop() != name[1:]:
                return None
        elif name and is_open(found[1], name):
            open_.append(name)
        if not open_:
            return start, found.end()
    return None


def _in_order(html: str, start: int) -> bool:
    """Whether everything that is opened from here on is closed as it was opened."""
    open_: list[str] = []
    for found in tags(html, start):
        name = name_of(found[1])
        if name.startswith("/"):
            if open_ and open_.pop() != name[1:]:
                return False
        elif name and is_open(found[1], name):
            open_.append(name)
    return not open_


def _outside(name: str, html: str, end: int) -> bool:
    """Whether no element of this name is open at a place: an end tag never closes more than was opened."""
    count = 0
    for found in re.finditer(f"<(/?){name}(?=[ \n/>])[^>]*>", html[:end]):
        count += -1 if found[1] else 0 if found[0].endswith("/>") else 1
        if count < 0:
            return False
    return count == 0


def _words_between(html: str, start: int, end: int) -> bool:
    """Whether a reader surely sees words between two places outside all tags."""
    if not _outside("template", html, start):
        return False
    last = start
    for found in tags(html, start):
        if found.start() >= end or name_of(found[1]) in UNREAD:
            break
        text = html[last : found.start()]
        if "&" not in text and text.strip():
            return True
        last = found.end()
    return False
