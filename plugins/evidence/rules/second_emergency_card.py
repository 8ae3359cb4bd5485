"""The emergency card is given its words twice in one language, and only one of the two can be shown.

The card on every article has the words of the section "Emergency: call 911 if" in the article of the page type `emergency`. With
two such sections, in one article or in two of the same language, a change to one of them might reach no reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.anatomy import card_sections
from evidence.coverage import language_of
from evidence.model import Case, Hit, Place, Rule, Severity

_HEAD = "---\ntitle: Signs\ndate: 2026-11-24\ncta: none\npage_type: emergency\n---\n\n"
_CARD = "## {}\n\n- pain fell by 4.5 points in one trial [@smith2020].\n\n"
_FIRST = _HEAD + _CARD.format("Emergency: call 911 if")
BAD = (_FIRST + _CARD.format("Emergency: call 911 if"), _FIRST + _CARD.format("When you travel, call 112 if"))
GOOD = (_FIRST, _FIRST + _CARD.format("Call a doctor the same day if"))


def gather(case: Case) -> tuple[str, tuple[Place, ...]] | None:
    """The language of a document that gives the card its words, and the places of their headings."""
    (document,) = case.documents
    places = tuple(part.place for part in card_sections(document, case.anatomy))
    return (language_of(document, case.policy), places) if places else None


def check(case: Case) -> Iterator[Hit]:
    first: dict[str, Place] = {}
    for _, found in case.gathered.get("EV645", ()):
        for place in found[1] if found else ():
            if (other := first.setdefault(found[0], place)) != place:
                told = f"the emergency card has its words from {other.path}, line {other.line}, already"
                yield Hit(place, told, "give this heading other words, or the other one")


RULE = Rule(
    "EV645", "second-emergency-card", Severity.ERROR, "site", check, __doc__, BAD, GOOD, "page", gather=gather
)
