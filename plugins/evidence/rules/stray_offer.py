"""An article offers something by itself: a booking link, the clinic's telephone, or the clinic's name.

What the clinic sells stands in one place, labelled as advertising, after everything else. A link to the booking page within the
text, a telephone number, or the clinic's name in an article would be advertising that looks like information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.anatomy import leads_to
from evidence.model import BlockKind, Case, Document, Hit, Place, Rule, Severity
from evidence.passages import passage
from evidence.places import block_place

_PAGE = (
    "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n---\n\nPain fell by 4.5 points in one trial [@smith2020].{}\n"
)
BAD = (
    _PAGE.format(" [Ask us](https://clinic.org/book/today)."),
    _PAGE.format(" [Book an appointment](https://elsewhere.org/x)."),
    _PAGE.format(" Call 555 0100."),
    _PAGE.format(" Example Clinic mixes the bag."),
)
GOOD = (_PAGE.format(""), _PAGE.format(" See the [list of rooms](https://other.org/book)."))
_LINK = re.compile(r"\[(?P<words>[^\[\]]{0,200})\]\((?P<to><?(?:https?:|tel:|mailto:|//)[^\s)>]{1,500})")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>()\[\]\"']{1,500}|tel:[+\d() .-]{3,30}")
_BOOKS = re.compile(
    r"\b(?:book|schedule|reserve|request|make|get)\b.{0,20}\b(?:consultations?|appointments?|visits?|drips?|sessions?|infusions?|treatments?|now|online|today|here|slots?)\b|\bbook (?:with )?us\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        if document.kind != "loose":
            yield from _links(document, case)
            if document.kind == "article":
                yield from _words(document, case)


def _links(document: Document, case: Case) -> Iterator[Hit]:
    fix = "delete it; the call to action after the article offers a consultation"
    for number, line in enumerate(document.text.split("\n"), 1):
        for found in _ADDRESS.finditer(line):
            if _is_booking(found[0], case):
                place = Place(document.path, number, found.start() + 1, number, found.end() + 1)
                yield Hit(place, f'"{found[0][:60]}" leads to the booking page', fix)
        for found in _LINK.finditer(line):
            if _BOOKS.search(found["words"]) and not _is_booking(found["to"].lstrip("<"), case):
                place = Place(document.path, number, found.start() + 1, number, found.end() + 1)
                yield Hit(place, f'the link "{found["words"][:40]}" offers a booking', fix)


def _is_booking(address: str, case: Case) -> bool:
    """True for the booking page, what is below it, and the clinic's telephone."""
    if address.startswith("tel:"):
        phone = _digits(case.clinic["phone"].value) if "phone" in case.clinic else ""
        return bool(phone) and _digits(address).endswith(phone[-7:])
    return leads_to(address, case.clinic["booking_url"].value if "booking_url" in case.clinic else "")


def _words(document: Document, case: Case) -> Iterator[Hit]:
    name = case.clinic["name"].value if "name" in case.clinic else ""
    phone = _digits(case.clinic["phone"].value) if "phone" in case.clinic else ""
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) if name else None
    for block in document.blocks:
        if block.kind is BlockKind.RAW:
            continue
        words = passage(block)
        for found in named.finditer(words.words) if named else ():
            place = block_place(document.path, block, words.offset(found.start()), words.offset(found.end() - 1) + 1)
            yield Hit(
                place,
                f'the article names "{found[0]}"',
                "leave the clinic's name to the line on top and the advertisement",
            )
        for found in re.finditer(r"\d[\d ().-]{4,18}\d", words.words) if len(phone) > 5 else ():
            if _digits(found[0]).endswith(phone[-7:]):
                place = block_place(
                    document.path, block, words.offset(found.start()), words.offset(found.end() - 1) + 1
                )
                yield Hit(place, "the article gives the clinic's telephone number", "delete it")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


RULE = Rule("EV615", "stray-offer", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
