"""A sentence has more than 35 words.

Long sentences lose readers, and first those in pain. Make two of it, or a list. Rows of tables and what stands in brackets count
too. How easy a part is to read as a whole is told in the HTML report, and never stops anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

_LONG = (
    "Before you come to the building on the day that was agreed, please look at the map on the wall of the bus stop, which shows"
    " the way past the town hall and over the bridge, and {}.\n"
)
BAD = (
    _LONG.format("then walk on to the second door on the left"),
    _LONG.format("then ask the porter, who knows the house, for the way"),
)
GOOD = ("Look at the map before you come. It shows the way over the bridge.\n", "Who mixes the bag?\n")
MOST = 35
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def check(case: Case) -> Iterator[Hit]:
    for said in case.said:
        if said.where == "text" and (count := len(_WORD.findall(said.words))) > MOST:
            yield Hit(said.place, f"this sentence has {count} words", f"make two of it, of {MOST} words at most")


RULE = Rule("EV618", "long-sentence", Severity.WARNING, "document", check, __doc__, BAD, GOOD)
