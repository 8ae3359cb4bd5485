"""The booking address carries something besides where to book.

Whoever follows the link must not tell the clinic, or a tracker, what they have been reading. So `CLINIC["booking_url"]` has no
query (`?utm_source=…`, `?c=migraine`), no fragment, and names no condition and no treatment in its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from evidence.model import Case, Hit, Rule, Severity
from evidence.vocabulary import mentions

BAD = (
    'CLINIC = {"name": "A clinic", "booking_url": "https://clinic.org/book?utm_source=articles"}\n',
    'CLINIC = {"name": "A clinic", "booking_url": "https://clinic.org/migraine/book"}\n',
)
GOOD = (
    'CLINIC = {"name": "A clinic", "booking_url": "https://clinic.org/book"}\n',
    'CLINIC = {"name": "A clinic", "booking_url": ""}\n',
)
_CONDITION = re.compile(
    r"migraines?|headaches?|hangovers?|pain|nausea|aura|attacks?|drips?|iv|infusions?|relief", re.IGNORECASE
)


def check(case: Case) -> Iterator[Hit]:
    meta = case.clinic.get("booking_url")
    if meta is None or not meta.value:
        return
    try:
        parts = urlsplit(meta.value)
    except ValueError:
        yield Hit(meta.place, f'"{meta.value[:60]}" is no web address', "correct it")
        return
    if parts.scheme not in ("http", "https"):
        yield Hit(meta.place, f'"{meta.value[:60]}" is no web address', "begin it with https://")
    elif parts.query or parts.fragment or parts.username:
        extra = next(one for one in (parts.query, parts.fragment, parts.username) if one)
        yield Hit(meta.place, f'the booking address carries "{extra[:40]}"', "give the plain address")
    words = [word for word in re.split(r"[^\w]+|_", unquote(parts.path)) if word]
    named = next((word for word in words if _CONDITION.fullmatch(word)), None)
    uses = mentions(" ".join(words), case.library.vocabulary, "treatment")
    if named or uses:
        told = named or " ".join(words)[uses[0].start : uses[0].end]
        yield Hit(
            meta.place, f'the booking address tells "{told}"', "give an address that names no condition or treatment"
        )


RULE = Rule("EV614", "booking-address", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "settings")
