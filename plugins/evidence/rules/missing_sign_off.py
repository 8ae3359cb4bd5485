"""No clinician has signed the claim as it stands.

A source can be cited correctly and still be read wrongly. So a clinician reads each claim beside the findings it rests on and
signs it: `evidence review --by PERSON` walks the open claims, and `evidence review sign ID --by PERSON` signs one. Signatures
stand in `content/reviews/`, the people in `content/people.toml`. A page says "Reviewed by …" only if all its claims are signed.

`EVIDENCE["sign_off"]` says what is asked for: `"off"`, `"warn"` (one warning for each article), or `"required"` (an error for
each claim). It may differ by kind of claim: `{"efficacy": "required", "safety": "required", "other": "warn"}`. Where nobody has
signed anything yet, one note says so. Drafts, and claims without a source, need no sign-off yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from evidence.model import Case, Claim, Document, Hit, Place, Rule, Severity, SignState
from evidence.signoff import level, needed
from evidence.signoff.records import EXAMPLE
from evidence.support.telling import short

BAD = (
    "",
    EXAMPLE.replace("At 60 minutes, fluids made no difference to pain.", "Nausea was as common.")
    .replace("3a67a0cb63", "0123456789")
    .replace("7e8309b6872d1e06", "37fb16d8ef41fb63"),
)
GOOD = (
    EXAMPLE,
    EXAMPLE.replace('note = ""', 'note = "read in full"').replace("7e8309b6872d1e06", "34fad5325ef30134"),
)
_ALL = "run `.venv/bin/evidence review --by PERSON`"


_Open = tuple[tuple[Hit, ...], int, int]
"""Of a document, as long as nobody has signed a claim of it: the hits of those that must be signed, the number of those that
should be, and of all its claims."""


def gather(case: Case) -> _Open:
    """What there is to sign in a document, if nothing is signed."""
    return _open(case.documents[0], case.claims, case, len(case.claims))


def _open(document: Document, claims: Iterable[Claim], case: Case, in_all: int) -> _Open:
    wanted = [(claim, level(case.policy, claim.kind)) for claim in claims if needed(document, claim)]
    hits = tuple(_unsigned(claim) for claim, how in wanted if how == "required")
    return hits, sum(how not in ("required", "off") for _, how in wanted), in_all


def _unsigned(claim: Claim) -> Hit:
    what = f'"{short(claim.sentence)}" is not signed off, as claims of the kind {claim.kind} must be'
    fix = f"run `.venv/bin/evidence review sign {claim.id} --by PERSON`"
    return Hit(claim.place, what, fix, claim=claim.id, severity=Severity.ERROR)


def check(case: Case) -> Iterator[Hit]:
    if case.ledger is None:
        return
    found = dict(_left(case) if case.ledger.signatures else case.gathered.get("EV701", ()))
    for hits, _, _ in found.values():
        yield from hits
    number = sum(open_ for _, open_, _ in found.values())
    if number and not case.ledger.begun:
        what = f"no clinician has signed {f'any of the {number} claims' if number > 1 else 'the only claim'}"
        yield Hit(Place(case.ledger.people_path), what, _ALL, severity=Severity.NOTE)
        return
    for path, (_, open_, in_all) in found.items():
        if open_:
            what = f"{open_} of {in_all} claim{'' if in_all == 1 else 's'} {'is' if open_ == 1 else 'are'} not signed off by a clinician"
            yield Hit(Place(path), what, _ALL.replace("review", f"review {path}"))


def _left(case: Case) -> Iterator[tuple[str, _Open]]:
    """By path what is left to sign where something is signed."""
    in_all = Counter(claim.place.path for claim in case.claims)
    missing: dict[str, list[Claim]] = defaultdict(list)
    for one in case.signoffs.all:
        if one.state is SignState.MISSING:
            missing[one.claim.place.path].append(one.claim)
    for document in case.documents:
        yield document.path, _open(document, missing[document.path], case, in_all[document.path])


RULE = Rule(
    "EV701", "missing-sign-off", Severity.WARNING, "document", check, __doc__, BAD, GOOD, "reviews", gather=gather
)
