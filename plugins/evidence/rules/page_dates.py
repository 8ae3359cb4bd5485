"""A page says it was changed before it was published, or, on the public site, that it is from the future.

Dates tell readers how old a page is, and search engines take them over. `modified` is the day of the last change of substance,
so it cannot be before `date`; a date in the future would date a page that nobody has looked at since.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

_PAGE = "---\ntitle: Drips\n{}\ncta: none\n---\n\nPain fell by 4.5 points in one trial [@smith2020].\n"
BAD = (_PAGE.format("date: 2026-11-24\nmodified: 2026-11-23"), _PAGE.format("date: 2026-11-24\nmodified: 2025-12-01"))
GOOD = (_PAGE.format("date: 2026-11-24\nmodified: 2026-11-24"), _PAGE.format("date: 2026-11-24"))


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        date, modified = document.meta.get("date"), document.meta.get("modified")
        if date and modified and modified.value[:10] < date.value[:10]:
            what = f"changed on {modified.value[:10]}, before it was published on {date.value[:10]}"
            yield Hit(modified.place, what, "correct one of the two days")
        for field in (date, modified):
            if field and case.policy.today and not document.draft and field.value[:10] > case.policy.today:
                what = f"{field.name} {field.value[:10]} lies in the future of {case.policy.today}"
                yield Hit(field.place, what, "correct the day, or publish on it")


RULE = Rule("EV611", "page-dates", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
