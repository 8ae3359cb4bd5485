"""No clinician has signed the claim as it stands.

A source can be cited correctly and still be read wrongly. So a clinician reads each claim beside the findings it rests on and
signs it: `evidence review --by PERSON` walks the open claims, and `evidence review sign ID --by PERSON` signs one. Signatures
stand in `content/reviews/`, the people in `content/people.toml`. A page says "Reviewed by …" only if all its claims are signed.

`EVIDENCE["sign_off"]` says what is asked for: `"off"`, `"warn"` (one warning for each article), or `"required"` (an error for
each claim). It may differ by kind of claim: `{"efficacy": "required", "safety": "required", "other": "warn"}`. Where nobody has
signed anything yet, one note says so. Drafts, and claims without a source, need no sign-off yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evidence.model import Case, Claim, Hit, Place, Rule, Severity, SignState
from evidence.signoff import level, needed
from evidence.signoff.records import EXAMPLE
from evidence.support.telling import short

BAD = (
    "",
    EXAMPLE.replace("At 60 minutes, fluids made no difference to pain.", "Nausea was as common.")
    .replace("3a67a0cb63", "0123456789")
    .replace("cf09427cfbc81d54", "bcc592690af77238"),
)
GOOD = (EXAMPLE, EXAMPLE.replace('note = ""', 'note = "read in full"'))
_ALL = "run `.venv/bin/evidence review --by PERSON`"


def check(case: Case) -> Iterator[Hit]:
    if case.ledger is None:
        return
    documents = {document.path: document for document in case.documents}
    open_: dict[str, list[Claim]] = defaultdict(list)
    for one in case.signoffs.all:
        claim = one.claim
        document = documents.get(claim.place.path)
        wanted = level(case.policy, claim.kind)
        if document is None or one.state is not SignState.MISSING or wanted == "off" or not needed(document, claim):
            continue
        if wanted == "required":
            what = f'"{short(claim.sentence)}" is not signed off, as claims of the kind {claim.kind} must be'
            fix = f"run `.venv/bin/evidence review sign {claim.id} --by PERSON`"
            yield Hit(claim.place, what, fix, claim=claim.id, severity=Severity.ERROR)
        else:
            open_[claim.place.path].append(claim)
    if open_ and not case.ledger.begun:
        number = sum(len(claims) for claims in open_.values())
        what = f"no clinician has signed any of the {number} claims"
        yield Hit(Place(case.ledger.people_path), what, _ALL, severity=Severity.NOTE)
        return
    for path, claims in open_.items():
        in_all = sum(claim.place.path == path for claim in case.claims)
        what = f"{len(claims)} of {in_all} claims {'is' if len(claims) == 1 else 'are'} not signed off by a clinician"
        yield Hit(Place(path), what, _ALL.replace("review", f"review {path}"))


RULE = Rule("EV701", "missing-sign-off", Severity.WARNING, "document", check, __doc__, BAD, GOOD, "reviews")
