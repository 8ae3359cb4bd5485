"""A source note cannot be read, or belongs to no source.

`content/sources/<key>.toml` holds what the editors know about the source with that key. A note that cannot be read would
silently take its findings out of every check.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = ("design = randomised trial\n", 'participants = "forty-nine"\n')
GOOD = ('design = "randomised trial"\nparticipants = 49\n', '[[finding]]\nid = "pain"\neffect = "benefit"\n')


def check(case: Case) -> Iterator[Hit]:
    for fault in case.library.faults:
        if fault.code == RULE.code:
            yield Hit(fault.place, fault.what, fault.fix, key=fault.key)


RULE = Rule("EV310", "bad-note", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "toml")
