"""A sentence lost its citation and still stands.

Who put a citation behind a sentence said that it claims something. If the citation goes and the sentence stays, and nothing else
tells that it is a claim, a reader gets the same words without their source. So `evidence check --since REV` tells it, and
somebody must decide: cite the source again, delete the sentence, or say on review why it needs none. A sentence that is seen to be
a claim is EV101 besides. It cannot be exempted, since a run that compares nothing knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "It comes on all at once [@smith2020].\n\nnow:\n\nIt comes on all at once.\n",
    "Ask who mixes the bag [@smith2020]. Pain fell [@jones2019fluid].\n\nnow:\n\n"
    "Ask first who mixes the bag. Pain fell [@jones2019fluid].\n",
)
GOOD = (
    "It comes on all at once [@smith2020].\n\nnow:\n\nIt comes on all at once [@jones2019fluid].\n",
    "It comes on all at once [@smith2020].\n\nnow:\n\nAsk who mixes the bag.\n",
)


def check(case: Case) -> Iterator[Hit]:
    """Nothing by itself: only a comparison with an earlier revision knows what was cited."""
    yield from ()


RULE = Rule("EV108", "lost-citation", Severity.WARNING, "site", check, __doc__, BAD, GOOD, "since")
