"""The dated corrections on the page about them → entries for a feed.

Editors write them on an ordinary page, where each is checked like any other text: a third-level heading that begins with
a day, such as `### 2026-11-30: IV fluids, length of the trial`, and below it what was wrong and what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from evidence.errors import EvidenceError

SLUG = "corrections"
_ENTRY = re.compile(r"<h3\b(?:\s[^>]*?)?\bid=\"([^\"]*)\"[^>]*>(.*?)</h3>(.*?)(?=<h[123]\b|\Z)", re.DOTALL)
_DATED = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])):?\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: its day as in 2026-11-30, its title, the id of its heading, and its text as HTML."""

    day: str
    title: str
    id: str
    html: str


def dated(heading: str) -> tuple[str, str] | None:
    """The day and the title of a correction's heading; None if it does not begin with a day."""
    found = _DATED.fullmatch(" ".join(heading.split()))
    return (found[1], found[2]) if found else None


def corrections(html: str, path: str) -> tuple[Correction, ...]:
    """The corrections on a page, newest first. Raises EvidenceError for a heading among them that begins with no day."""
    return tuple(sorted(_entries(html, path), key=lambda one: (one.day, one.id), reverse=True))


def _entries(html: str, path: str) -> Iterator[Correction]:
    for id, heading, body in _ENTRY.findall(html):
        words = " ".join(unescape(re.sub(r"<[^>]+>", "", heading)).split())
        found = dated(words)
        if found is None:
            raise EvidenceError(f'{path}: the correction "{words}" begins with no day, such as 2026-11-30')
        yield Correction(*found, unescape(id), body.strip())
