"""An exemption gives no reason, or no rule, and therefore exempts nothing.

A reviewer must be able to see why a rule was set aside: `<!-- allow EV101: says what the article covers -->`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "Water is wet. <!-- allow EV101 -->\n",
    "Water is wet. <!-- allow EV101: -->\n",
)
GOOD = (
    "Some say that drips ease migraine. <!-- allow EV101: quotes an advertisement -->\n",
    "Pain fell in one trial [@smith2020]. <!-- we allow all comments here -->\n",
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for exemption in document.exemptions:
            if not exemption.code:
                what = "the exemption does not say from which rule"
                yield Hit(exemption.place, what, "write <!-- allow EV101: reason -->")
            elif not exemption.reason:
                what = f"the exemption from {exemption.code} gives no reason"
                fix = f"write <!-- allow {exemption.code}: reason -->, and a comment of its own for each other rule"
                yield Hit(exemption.place, what, fix)


RULE = Rule("EV902", "exemption-without-reason", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
