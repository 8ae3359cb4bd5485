"""The baseline lets more pass than it did before.

A baseline is for the problems of the day a site adopted the checks. If it could grow, every new problem could be waved through
with one line in a file that few people read. So `evidence check --since REV` holds it against that of the earlier revision: mend
the new problem, exempt the sentence with a reason, or take it back; and restore the file. Making a baseline where there was none
is no growth.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

_OLD = '{"rule": "EV101", "claim": "dee27bd93b", "number": 1, "what": "magnesium"}'
_NEW = '{"rule": "EV101", "claim": "0123456789", "number": 1, "what": "fluids"}'
_FILE = '{{"schema": "evidence-baseline/1", "problems": [{}]}}\n'
BAD = (_FILE.format(f"{_OLD}, {_NEW}"), _FILE.format(_OLD.replace('"number": 1', '"number": 2')))
GOOD = (_FILE.format(_OLD), _FILE.format(""))


def check(case: Case) -> Iterator[Hit]:
    """Nothing by itself: only a comparison with an earlier revision knows what grew."""
    yield from ()


RULE = Rule("EV905", "grown-baseline", Severity.ERROR, "site", check, __doc__, BAD, GOOD, "baseline")
