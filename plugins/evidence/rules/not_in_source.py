"""What is recorded of the cited source says nothing of what the sentence says.

The commonest slip in a reference list is a right sentence with a wrong key. A source is held to be another one if the sentence's
own words, rare ones counting more, and the terms of the vocabulary in it, hardly occur in the source's title, design, population
and findings. Cite the source that says it; or, if this one does, record that in `content/sources/<key>.toml`. Short sentences are
left alone, and so are libraries with fewer than four notes, where rare words cannot be told from common ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model import BlockKind, Case, Hit, Rule, Severity, Source, Supported
from evidence.support.subject import Subjects, content, missing, subjects
from evidence.support.telling import short

BAD = (
    "Every summer, volunteers counted butterflies along a mountain river [@smith2020].\n",
    "Gardens near the old harbor were drained and planted with willow [@jones2019fluid].\n",
)
GOOD = (
    "In one emergency department, adults got saline or prochlorperazine [@smith2020; @jones2019fluid].\n",
    "The gap may be chance [@jones2019fluid].\n",
)
FEWEST_RECORDS = 4
LEAST_WEIGHT, LEAST_SHARED, LEAST_POINTED = 8.0, 0.2, 0.12
"""Measured on swapped citations: this tells nine in ten of them apart (benchmarks/support)."""
_FUNDING = re.compile(
    r"\bauthors?\b.*\b(?:work|worked|employ\w*|staff|paid|compan\w+|maker|ties)\b|\b(?:paid for|paid|funded|financed|sponsored) by\b",
    re.IGNORECASE,
)
OF_SEVERAL = 0.8
"""The part of that which will do where a sentence cites several sources: each bears out a part of it."""


def check(case: Case) -> Iterator[Hit]:
    known = subjects(case.library)
    if len(known.words) < FEWEST_RECORDS:
        return
    for one in case.supported:
        words = content(one.words, case.library.vocabulary)
        if _inherited(one) or _on_funding(one) or sum(map(known.weight, words)) < LEAST_WEIGHT:
            continue
        for rest in one.rests:
            least = (LEAST_POINTED if rest.anchored else LEAST_SHARED) * (1 if len(one.rests) == 1 else OF_SEVERAL)
            if rest.source.key in known.words and known.shared(words, rest.source.key) < least:
                yield Hit(one.claim.place, *_told(one, rest.source, known), key=rest.source.key, claim=one.claim.id)


def _inherited(one: Supported) -> bool:
    """True if the citation stands in a sentence or caption that introduces this one, and is checked there."""
    kinds = {one.document.blocks[block].kind for block, _ in one.claim.clusters}
    if one.claim.where == "row":
        return kinds != {BlockKind.CELL}
    return any(block != one.claim.block for block, _ in one.claim.clusters)


def _on_funding(one: Supported) -> bool:
    """True if the sentence is on who paid or for whom the authors work, and the notes say so in other words."""
    return _FUNDING.search(one.words) is not None and all(
        rest.source.note and rest.source.note.funding for rest in one.rests
    )


def _told(one: Supported, source: Source, known: Subjects) -> tuple[str, str]:
    note = source.note
    about = note.findings[0].statement if note and note.findings else source.value("title")
    absent = ", ".join(f'"{word}"' for word in missing(one.words, known.words[source.key], known.weight)[:3])
    what = (
        f'nothing recorded of {source.key} is about "{short(one.shown)}" (no {absent}); it says: "{short(about, 90)}"'
    )
    return what, f"cite the source that says this, or record it in content/sources/{source.key}.toml"


RULE = Rule("EV407", "not-in-source", Severity.ERROR, "document", check, __doc__, BAD, GOOD, unless=("EV403",))
