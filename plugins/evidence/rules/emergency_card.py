"""The emergency card is left out without a reason, or the field that leaves it out says something else.

A headache can be an emergency, and the card that says when stands on every article. A page that is itself about emergencies may
leave it out: `red_flags: none: this page is the list itself`. The reason is needed, so that nobody leaves it out unthinking.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.anatomy import card_left_out
from evidence.model import Case, Hit, Rule, Severity

_PAGE = (
    "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n{}\n---\n\nPain fell by 4.5 points in one trial [@smith2020].\n"
)
BAD = (_PAGE.format("red_flags: none"), _PAGE.format("red_flags: no"))
GOOD = (_PAGE.format("red_flags: none: this page is the list itself"), _PAGE.format("red_flags:"))


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        field = document.meta.get("red_flags")
        if field and field.value.strip():
            reason = card_left_out(document)
            if reason is None:
                what = f'"red_flags: {field.value[:40]}" means nothing'
                yield Hit(field.place, what, "delete the line, or write none: and the reason")
            elif len(reason) < 4:
                yield Hit(
                    field.place, "the emergency card is left out without a reason", "write none: and the reason"
                )


RULE = Rule("EV607", "emergency-card", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
