"""Part of the bibliography cannot be read.

A missing brace or comma makes other tools drop fields or whole entries without a word. The rest of the file is read all the
same, so that all problems are listed at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "@misc{lee2020,\n author = {Lee, Bo},\n title = {Fluids,\n year = {2020},\n}\n",
    "@misc{lee2020,\n author = {Lee, Bo}\n title = {Fluids},\n year = {2020},\n}\n",
)
GOOD = (
    "@misc{lee2020,\n author = {Lee, Bo},\n title = {Fluids},\n year = {2020},\n}\n",
    '@string{bo = "Lee, Bo"}\n@misc{lee2020, author = bo, title = "Fluids", year = 2020}\n',
)


def check(case: Case) -> Iterator[Hit]:
    for fault in case.library.faults:
        if fault.code == RULE.code:
            yield Hit(fault.place, fault.what, fault.fix, key=fault.key)


RULE = Rule("EV311", "unreadable-entry", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "bibtex")
