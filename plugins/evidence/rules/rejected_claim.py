"""A clinician has read the claim and rejected it.

Somebody who knows the subject says that the sentence does not say what its sources found. That outweighs all that software can
compare, so it stops publication, whatever `EVIDENCE["sign_off"]` asks for. Change the sentence or its sources as the reviewer's
note says, and have it read again; or take it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity, SignState
from evidence.signoff.records import EXAMPLE
from evidence.support.telling import short

_REJECTED = EXAMPLE.replace("accept", "reject")
BAD = (
    _REJECTED.replace('note = ""', 'note = "the trial was too small to say so"').replace(
        "7e8309b6872d1e06", "37a1ff6c48650b10"
    ),
    _REJECTED.replace('note = ""', 'note = "one trial only: say so"').replace("7e8309b6872d1e06", "3b46216f7d4808ab"),
)
GOOD = (
    EXAMPLE,
    EXAMPLE.replace('note = ""', 'note = "one trial, and the sentence says so"').replace(
        "7e8309b6872d1e06", "d634d8fcb61236b2"
    ),
)


def check(case: Case) -> Iterator[Hit]:
    for one in case.signoffs.all:
        if one.state is SignState.REJECTED and one.signature:
            who = f"{one.signature.person} on {one.signature.date}"
            what = f'"{short(one.claim.sentence)}" was rejected by {who}: {one.signature.note}'
            yield Hit(one.claim.place, what, "change it as the note says, or take it out", claim=one.claim.id)


RULE = Rule("EV703", "rejected-claim", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "reviews")
