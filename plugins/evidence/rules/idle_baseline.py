"""The baseline names problems that are no longer there.

Somebody has mended them: good. But as long as the entry stands, the same problem could come back and nobody would be stopped. So
take it out with `evidence check --update-baseline`, which only ever makes the baseline smaller, and commit the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101", "claim": "0123456789", "number": 1, "what": "mended"}]}\n',
    '{"schema": "evidence-baseline/1", "problems": []}\n',
)
GOOD = (
    '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101", "claim": "dee27bd93b", "number": 1, "what": "magnesium"}]}\n',
    '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101", "claim": "dee27bd93b", "number": 1, "what": "a claim"}]}\n',
)


def check(case: Case) -> Iterator[Hit]:
    """Nothing by itself: `baseline` knows what is idle when all other rules have spoken."""
    yield from ()


RULE = Rule("EV904", "idle-baseline", Severity.WARNING, "site", check, __doc__, BAD, GOOD, "baseline")
