"""The site has a baseline: problems it had when it adopted the checks, which do not stop it.

A site that adopts the checks late may have more problems than anybody can mend in a week. `EVIDENCE["baseline"]` names a file of
them, made once with `evidence check --create-baseline`: they are told as notes with "(in the baseline)", and only new ones stop
publication. This note says how many there are, in every report, so that nobody forgets them. A baseline may only shrink, with
`evidence check --update-baseline`. No baseline lets files pass that cannot be read, nor a claim that a reviewer has rejected.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101", "claim": "dee27bd93b", "number": 1, "what": "magnesium"}]}\n',
    '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101", "claim": "dee27bd93b", "number": 1, "what": "magnesium"}, {"rule": "EV101", "claim": "0123456789", "number": 1, "what": "mended"}]}\n',
)
GOOD = (
    '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101", "claim": "0123456789", "number": 1, "what": "mended"}]}\n',
    "",
)


def check(case: Case) -> Iterator[Hit]:
    """Nothing by itself: `baseline` tells its size when all other rules have spoken."""
    yield from ()


RULE = Rule("EV903", "baseline", Severity.NOTE, "site", check, __doc__, BAD, GOOD, "baseline")
