"""Any bytes, and pieces of what editors write in any order: no exception, and each fault has its place and its repair."""

from __future__ import annotations

import pytest
from fuzz_targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *"[ ] ( ) { } < > @ # ; : , . - -- --- ... = * _ ` ``` ~~~ | \\ \\@ $ & &amp; &#60; <!-- --> <!--allow".split(),
        *"[@a] [@a#b] [-@a] @{a} @a p. pp. 33-35 [^1] [^1]: [a]: http://e.org/ ![a](b) {.claim} {:".split(),
        *"title: date: 2026-11-24 slug: status: draft @article{a, @string{a= } author= year= title = #".split(),
        *"crossref={a} and \\'e \\textbf{ [[finding]] id = effect treatments true 1e9 nan Pain fell by 4.5 points".split(),
        *"ſix thırd ٣ ５０％ ² ½ hundred thousand one 1 in 8 of 1,000 to (95% CI ) fell rose than without no more may".split(),
        *"cure 50 % of patients javascript: <script> onclick= \u202e \ufeff \u2028 \u00a0 \U0001f489".split(),
        *('"', "'", '"""', "\n", "\n\n", " ", "    ", "\t", "\r\n", "\0", "\x0b"),
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\n"])), max_size=60).map(
    lambda pairs: "".join(piece + after for piece, after in pairs).encode()
)


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_harms(name: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.one_of(st.binary(max_size=200), TEXTS))
    def harmless(data: bytes) -> None:
        TARGETS[name](data)

    harmless()
