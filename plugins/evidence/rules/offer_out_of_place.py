"""A call to action would stand where none may: on a page about emergencies, on sources, evidence, corrections, search, errors.

Somebody in danger, or who wants to check or correct us, must not be sold anything. Write `cta: none` into the front matter. Which
page types, slugs and templates these are is in `anatomy.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.anatomy import chosen_offer, page_type
from evidence.anatomy.choosing import value
from evidence.model import Case, Hit, Place, Rule, Severity

_PAGE = "---\ntitle: Drips\ndate: 2026-11-24\n{}---\n\n## Key messages\n\n- Pain fell by 4.5 points in one trial [@smith2020].\n"
_MORE = "\n## What we do not know\n\nWe do not know what the trial left out [@smith2020].\n\n## Questions to ask\n\n- What is in the bag?\n"
BAD = (_PAGE.format("page_type: emergency\n"), _PAGE.format("page_type: emergency\ncta: consultation\n"))
GOOD = (
    _PAGE.format("page_type: emergency\ncta: none\ndescription: What one trial found.\n") + _MORE,
    _PAGE.format("page_type: condition\ndescription: What one trial found.\nevidence_to: 2026-08\n") + _MORE,
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        chosen = chosen_offer(document, case.topics, case.policy.cta)
        if chosen == "none" or not case.offers:
            continue
        field = document.meta.get("cta") or document.meta.get("page_type") or document.meta.get("slug")
        place = field.place if field else Place(document.path)
        barred = [
            one for one in (value(document, "slug"), value(document, "template")) if one in case.anatomy.no_offer_on
        ]
        if not page_type(document, case.anatomy).offer:
            yield Hit(
                place,
                "a call to action would stand on a page about emergencies",
                'write "cta: none" into the front matter',
            )
        elif barred:
            yield Hit(
                place,
                f'a call to action would stand on the page "{barred[0]}"',
                'write "cta: none" into the front matter',
            )


RULE = Rule("EV616", "offer-out-of-place", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page")
