"""A paragraph of an article has no citation.

A reader who may act on a sentence must be able to see where it comes from. Put the key of the source, `[@key]`, into
the sentence that rests on it, before the full stop. If the paragraph claims nothing that a reader could act on, say so
directly after it: `<!-- allow EV101: reason -->`. Paragraphs that only ask questions need nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.claims import claims
from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "Magnesium relaxes blood vessels.\n",
    "Pain fell in one trial [@smith2020].\n\nMost people feel better within an hour.\n",
)
GOOD = (
    "Pain fell by 4.5 points in one trial [@smith2020].\n",
    "Who mixes the bag? What is in it?\n",
    "This article is about drips. <!-- allow EV101: says what the article covers -->\n",
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for claim in claims(document):
            if claim.status == "uncited":
                opening = (
                    claim.sentence if len(claim.sentence) <= 48 else claim.sentence[:47].rsplit(" ", 1)[0] + " …"
                )
                what = f'no citation in the paragraph "{opening}"'
                yield Hit(claim.place, what, "put [@key] into the sentence it supports", claim=claim.id)


RULE = Rule("EV101", "uncited-claim", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
