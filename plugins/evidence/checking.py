"""Find the claims, run the rules over a case, dress their hits as problems, apply the editors' exemptions, sort."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from evidence.claims import Verdict, detect, has_cues, load_cues, score
from evidence.claims.cues import KINDS
from evidence.coverage import Judge, claims_of, dismissed_of, language_of, offered_claims
from evidence.exemptions import Exemptions
from evidence.model import (
    Case,
    Claim,
    Dismissed,
    Document,
    Hit,
    Place,
    Policy,
    Problem,
    Report,
    Rule,
    Severity,
    SignOffs,
)
from evidence.signoff import authors_of, signoffs
from evidence.support.basis import stated
from evidence.support.evidence import supported
from evidence.wording import texts_of

IDLE = "EV901"
CLAIM = "EV101"
SUPPORT = "EV4"
CLAIM_KINDS = (*KINDS, "cited", "marked", "statement")
"""What a claim may be: of a kind that its words tell, cited or marked by its author, or any statement."""
_ASSERT_NOTHING = ("question", "instruction")


def check(case: Case, rules: Sequence[Rule], texts: Mapping[str, str] | None = None) -> Report:
    """The report of all rules over all of the case. Pure: the same case gives the same report."""
    case = with_claims(case)
    exemptions = Exemptions(case.documents)
    kept: list[tuple[Rule, Hit]] = []
    exempt: set[tuple[str | None, Place]] = set()
    comparable = _comparable(case)
    for rule in rules:
        for hit in rule.check(comparable if rule.code.startswith(SUPPORT) else case):
            if exemptions.holds(rule.code, hit.place):
                exempt |= {(hit.claim, hit.place)} if rule.code == CLAIM else set()
            else:
                kept.append((rule, hit))
    kept = _told_once(kept)
    by_code = {rule.code: rule for rule in rules}
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
        dismissed=tuple(sorted(_dismissed(case), key=_certainty)),
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
    """The case with all that readers see, the claims of its documents and offers, and what the cited ones rest on."""
    claims = tuple(_claims(case))
    said = tuple(texts_of(case.documents, case.offered, case.settings, case.library))
    case = replace(case, said=said, claims=claims, supported=tuple(supported(case.documents, claims, case.library)))
    return replace(case, signoffs=_signoffs(case))


def _signoffs(case: Case) -> SignOffs:
    if case.ledger is None:
        return SignOffs()
    known = stated(case.claims, case.documents, case.supported, case.library)
    authors = {document.path: authors_of(document, case.policy) for document in case.documents}
    return signoffs(known, case.ledger, authors, whole=case.whole)


def _comparable(case: Case) -> Case:
    """The case for the rules on support, which compare words: without documents in languages whose words they do not know."""
    return replace(
        case, supported=tuple(one for one in case.supported if has_cues(language_of(one.document, case.policy)))
    )


def _claims(case: Case) -> list[Claim]:
    found = [claim for document in case.documents for claim in claims_of(document, _judge(document, case.policy))]
    disclaimer = case.anatomy.disclaimer
    offered = [replace(one, value=one.value.replace(disclaimer, "")) if disclaimer else one for one in case.offered]
    return [*found, *offered_claims(offered, partial(detect, cues=load_cues()))]


def _dismissed(case: Case) -> Iterator[Dismissed]:
    by_path: dict[str, list[Claim]] = defaultdict(list)
    for claim in case.claims:
        by_path[claim.place.path].append(claim)
    for document in case.documents:
        language = language_of(document, case.policy)
        points = partial(score, cues=load_cues(language if has_cues(language) else "en"))
        yield from dismissed_of(document, by_path[document.path], _judge(document, case.policy), points)


def _certainty(one: Dismissed) -> tuple[bool, float, Place, str]:
    """The least certain first; what asserts nothing by its very form comes last."""
    return one.kind in _ASSERT_NOTHING, -one.points, one.place, one.sentence


def _judge(document: Document, policy: Policy) -> Judge:
    """How the document's sentences are judged. In a language without cues nothing can be detected: each needs a source.

    Pages about the site say much that is no claim about health; `every-sentence` does not reach them.
    """
    language = language_of(document, policy)
    known = has_cues(language)
    finder = partial(detect, cues=load_cues(language if known else "en"))
    strict = policy.claims == "every-sentence" and document.kind != "page"
    return finder if known and not strict else partial(_every_sentence, finder=finder)


def _every_sentence(sentence: str, finder: Judge) -> Verdict:
    """Default-deny: whatever is not a question or an instruction needs a source."""
    verdict = finder(sentence)
    if verdict.claim or verdict.kind in _ASSERT_NOTHING or not any(char.isalpha() for char in sentence):
        return verdict
    return Verdict(True, "statement", "every sentence needs a source here")


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
