"""A correction begins with no day, so that it could not go into the feed of corrections.

On the page with the slug `corrections`, each third-level heading is one correction: `### 2026-11-30: what it is about`. Readers
who follow the feed learn of a correction by its day.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.corrections import SLUG, dated
from evidence.model import BlockKind, Case, Hit, Rule, Severity
from evidence.places import block_place

_HEAD = "---\ntitle: Corrections\nslug: corrections\ndate: 2026-11-24\n---\n\n## List\n\n### {}\n\nWe had left out a word.\n"
BAD = (_HEAD.format("A word"), _HEAD.format("30 November 2026: a word"))
GOOD = (
    _HEAD.format("2026-11-30: a word"),
    _HEAD.replace("slug: corrections", "slug: words-left-out").format("A word"),
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        if "slug" not in document.meta or document.meta["slug"].value != SLUG:
            continue
        for block in document.blocks:
            if block.kind is BlockKind.HEADING and "h3" in block.ancestors and not dated(block.text):
                place = block_place(document.path, block)
                what = f'the correction "{block.text.strip()}" begins with no day'
                yield Hit(place, what, "begin its heading with the day, such as 2026-11-30")


RULE = Rule("EV641", "undated-correction", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
