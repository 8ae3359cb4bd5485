"""What a page chooses in its front matter: its type, its offer, and whether it goes without the emergency card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from evidence.model import Anatomy, Case, Document, PageType, Severity

_LEFT_OUT = re.compile(r"none\b\s*[:;,(–—-]*\s*(?P<reason>.*?)\)?\s*", re.IGNORECASE | re.DOTALL)


def type_name(document: Document, anatomy: Anatomy) -> str:
    """The page type an article names, or the first; empty for what is no article."""
    if document.kind != "article":
        return ""
    return value(document, "page_type") or next(iter(anatomy.types), "")


def page_type(document: Document, anatomy: Anatomy) -> PageType:
    """What is asked of the document; nothing of a page that is no article."""
    return anatomy.types.get(type_name(document, anatomy), PageType())


def weight(code: str, document: Document, case: Case) -> Severity | None:
    """How bad a missing part is: as bad as its rule says where the article names its type or the site is published.

    An article that names none may be a note or a try, and is warned. None leaves the severity to the rule.
    """
    named = bool(value(document, "page_type")) or code in case.policy.severities
    return None if named else Severity.WARNING


def card_left_out(document: Document) -> str | None:
    """Why the emergency card is left out (`red_flags: none: reason`), perhaps without a reason; None if it is shown."""
    found = _LEFT_OUT.fullmatch(value(document, "red_flags"))
    return found["reason"].strip() if found else None


def chosen_offer(document: Document, topics: Mapping[str, str], standard: str) -> str:
    """The id of the page's call to action: its own choice, or that of its topic, or the standard one; none for pages."""
    usual = topics.get(value(document, "category").lower(), standard) if document.kind == "article" else "none"
    return value(document, "cta") or usual


def value(document: Document, name: str) -> str:
    """A field of the front matter, or the empty string."""
    found = document.meta.get(name)
    return found.value.strip() if found else ""


def leads_to(address: str, booking: str) -> bool:
    """True if an address is the booking page, or below it."""
    if "/" not in address or not booking:
        return False  # it names no host
    try:
        here, there = urlsplit(address), urlsplit(booking)
    except ValueError:
        return False
    hosts = [one.netloc.lower().removeprefix("www.") for one in (here, there)]
    return bool(hosts[1]) and hosts[0] == hosts[1] and here.path.rstrip("/").startswith(there.path.rstrip("/"))
