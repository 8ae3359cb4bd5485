"""An exemption exempts nothing.

`<!-- allow EV101: reason -->` holds for the paragraph it follows, or for the one it stands before. If that paragraph
has no such problem (any more), or the rule cannot be exempted, the exemption is dead weight that would hide the next
mistake: delete it.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "Pain fell in one trial [@smith2020]. <!-- allow EV101: no claim here -->\n",
    "Pain fell in one trial [@nobody1999]. <!-- allow EV201: the source is on its way -->\n",
)
GOOD = (
    "Some say that drips ease migraine. <!-- allow EV101: quotes an advertisement -->\n",
    "<!-- allow EV101: quotes an advertisement -->\n\nSome say that drips ease migraine.\n",
)


def check(case: Case) -> Iterator[Hit]:
    """Yields nothing by itself: only `checking` knows, after all other rules, which exemptions were used."""
    yield from ()


RULE = Rule("EV901", "idle-exemption", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
