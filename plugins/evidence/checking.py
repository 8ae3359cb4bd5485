"""Find the claims, run the rules over a case, dress their hits as problems, apply the editors' exemptions, sort."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence.claims.cues import KINDS
from evidence.exemptions import Exemptions
from evidence.judging import ASSERT_NOTHING, Recall, alone, claims_in, judged, offers_claims
from evidence.model import (
    Case,
    Dismissed,
    Hit,
    Place,
    Policy,
    Problem,
    Report,
    Rule,
    Severity,
    SignOffs,
)
from evidence.signoff import authors_of, signoffs, unsigned
from evidence.support.basis import stated
from evidence.support.evidence import supported

IDLE = "EV901"
CLAIM = "EV101"
CLAIM_KINDS = (*KINDS, "cited", "marked", "statement")
"""What a claim may be: of a kind that its words tell, cited or marked by its author, or any statement."""


def check(
    case: Case,
    rules: Sequence[Rule],
    texts: Mapping[str, str] | None = None,
    recall: Recall = Recall(),  # noqa: B008
) -> Report:
    """The report of all rules over all of the case. Pure: the same case gives the same report, whatever is recalled."""
    apart = alone(rules)
    parts = judged(case, apart, recall)
    case = replace(
        case,
        claims=tuple(claim for part in parts for claim in part.claims),
        supported=tuple(one for part in parts for one in part.supported),
    )
    case = replace(case, signoffs=_signoffs(case))
    by_code = {rule.code: rule for rule in rules}
    singly = {rule.code for rule in apart}
    hits = [
        *((by_code[code], hit) for part in parts for code, hit in part.hits),
        *((rule, hit) for rule in rules if rule.code not in singly for hit in rule.check(case)),
    ]
    exemptions = Exemptions(case.documents)
    kept: list[tuple[Rule, Hit]] = []
    exempt: set[tuple[str | None, Place]] = set()
    for rule, hit in hits:
        if exemptions.holds(rule.code, hit.place):
            exempt |= {(hit.claim, hit.place)} if rule.code == CLAIM else set()
        else:
            kept.append((rule, hit))
    kept = _told_once(kept)
    if IDLE in by_code:
        kept += [(by_code[IDLE], hit) for hit in exemptions.idle(by_code)]
    drafts = frozenset(document.path for document in case.documents if document.draft)
    problems = [dressed for rule, hit in kept if (dressed := dress(rule, hit, case.policy, drafts))]
    return Report(
        documents=case.documents,
        library=case.library,
        claims=tuple(
            replace(claim, status="exempt") if (claim.id, claim.place) in exempt else claim for claim in case.claims
        ),
        problems=tuple(sorted(set(problems), key=_order)),
        fail_on=case.policy.fail_on,
        texts=dict(texts or {}),
        dismissed=tuple(sorted((one for part in parts for one in part.dismissed), key=_certainty)),
        supported=case.supported,
        policy=case.policy,
        ledger=case.ledger,
        signoffs=case.signoffs,
        rules=tuple(rule.code for rule in rules if case.policy.severities.get(rule.code, rule.severity)),
    )


def _told_once(hits: Sequence[tuple[Rule, Hit]]) -> list[tuple[Rule, Hit]]:
    """One slip, one message: a wrong key makes the figures, the treatment and the finding wrong as well."""
    told: dict[tuple[str | None, Place], set[str]] = defaultdict(set)
    for rule, hit in hits:
        if hit.claim:
            told[hit.claim, hit.place].add(rule.code)
    return [(rule, hit) for rule, hit in hits if not told.get((hit.claim, hit.place), set()) & set(rule.unless)]


def with_claims(case: Case) -> Case:
    """The case with the claims of its documents and offers, what the cited ones rest on, and how they are signed."""
    found = tuple(claim for document in case.documents for claim in claims_in(document, case.policy))
    claims = (*found, *offers_claims(case))
    case = replace(case, claims=claims, supported=tuple(supported(case.documents, claims, case.library)))
    return replace(case, signoffs=_signoffs(case))


def _signoffs(case: Case) -> SignOffs:
    if case.ledger is None:
        return SignOffs()
    if not case.ledger.signatures:
        return unsigned(case.claims)
    known = stated(case.claims, case.documents, case.supported, case.library)
    authors = {document.path: authors_of(document, case.policy) for document in case.documents}
    return signoffs(known, case.ledger, authors, whole=case.whole)


def _certainty(one: Dismissed) -> tuple[bool, float, Place, str]:
    """The least certain first; what asserts nothing by its very form comes last."""
    return one.kind in ASSERT_NOTHING, -one.points, one.place, one.sentence


def dress(rule: Rule, hit: Hit, policy: Policy, drafts: frozenset[str]) -> Problem | None:
    """The problem a hit is, with its own severity or the one the policy gives its rule; None if the rule is off.

    In a draft an error is a warning: it is told, and stops nothing, since a draft is not published.
    """
    severity = policy.severities.get(rule.code, rule.severity)
    if severity is None:
        return None
    severity = hit.severity or severity
    message = hit.what
    if severity is Severity.ERROR and hit.place.path in drafts:
        severity, message = Severity.WARNING, f"{hit.what} (in a draft)"
    return Problem(rule.code, rule.name, severity, message, hit.place, hit.claim, hit.key, hit.fix, hit.replacements)


def _order(problem: Problem) -> tuple[Place, str, str]:
    return problem.place, problem.code, problem.message
