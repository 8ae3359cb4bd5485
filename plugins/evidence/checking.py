"""Find the claims, run the rules over a case, dress their hits as problems, apply the editors' exemptions, sort."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from evidence.claims.cues import KINDS
from evidence.gists import IDLE, dressed, gist, in_order, told_once
from evidence.judging import Judged, Recall, alone, claims_in, judged, offers_claims, without_texts
from evidence.library.outlines import outline
from evidence.model import (
    Case,
    Gist,
    Problem,
    Report,
    Rule,
    SignOffs,
)
from evidence.signoff import authors_of, signoffs, unsigned
from evidence.signoff.ledger import CODE as SIGN_OFF
from evidence.standing import today
from evidence.support.basis import stated
from evidence.support.evidence import supported

CLAIM_KINDS = (*KINDS, "cited", "marked", "neighbour", "statement")
"""What a claim may be: of a kind that its words tell, cited or marked by its author, or any statement."""


def check(
    case: Case,
    rules: Sequence[Rule],
    texts: Mapping[str, str] | None = None,
    recall: Recall = Recall(),  # noqa: B008
) -> Report:
    """The report of all rules over all of the case. Pure: the same case gives the same report, whatever is recalled."""
    judging, apart = judged(case, alone(rules), recall), replace(without_texts(case), addresses=case.addresses)
    parts: list[Judged] = []
    gists: list[Gist] = []
    for document, part in zip(case.documents, judging):  # noqa: B905 - one part more is to come
        gists.append(gist(document, part, apart, rules))
        parts.append(replace(part, hits=()))
    elsewhere = next(judging)
    parts.append(elsewhere)
    case = replace(
        case,
        claims=tuple(claim for part in parts for claim in part.claims),
        supported=tuple(one for part in parts for one in part.supported),
        outline=outline(case.library),
    )
    case = replace(case, signoffs=_signoffs(case))
    paths = [document.path for document in case.documents]
    return Report(
        documents=case.documents,
        library=case.library,
        claims=tuple(
            replace(claim, status="exempt") if number in exempted else claim
            for part, exempted in zip(parts, [*(set(one.exempted) for one in gists), set[int]()], strict=True)
            for number, claim in enumerate(part.claims)
        ),
        problems=problems_of(case, list(zip(paths, gists, strict=True)), elsewhere, rules),
        fail_on=case.policy.fail_on,
        texts=dict(texts or {}),
        supported=case.supported,
        policy=case.policy,
        ledger=case.ledger,
        signoffs=case.signoffs,
        rules=tuple(rule.code for rule in rules if case.policy.severities.get(rule.code, rule.severity)),
    )


def problems_of(
    case: Case,
    gists: Sequence[tuple[str, Gist]],
    elsewhere: Judged,
    rules: Sequence[Rule],
    of_library: Callable[[Case, Sequence[Rule]], tuple[Problem, ...]] | None = None,
) -> tuple[Problem, ...]:
    """All problems in order: those of the documents by themselves, of all together, of the library and of what stands elsewhere.

    Of the documents there need only be the gists, by path in order, and of the library the outline, where `of_library` knows the
    problems of the library itself.
    """
    singly = {rule.code for rule in alone(rules)}
    by_code = {rule.code: rule for rule in rules}
    case = replace(
        case,
        today=today(case.policy, [*(one.day for _, one in gists), case.outline.asked]),
        gathered={
            rule.code: tuple((path, one.gathered[rule.code]) for path, one in gists) for rule in rules if rule.gather
        },
    )
    looking = [rule for rule in rules if rule.scope == "library" and rule.code != SIGN_OFF]
    together = [rule for rule in rules if rule.code not in singly and rule not in looking and rule.code != IDLE]
    hits = [
        *((by_code[code], hit) for code, hit in elsewhere.hits),
        *((rule, hit) for rule in together for hit in rule.check(case)),
    ]
    drafts = [path for path, one in gists if one.draft]
    return in_order(
        (
            *(problem for _, one in gists for problem in one.problems),
            *dressed(told_once(hits, case.policy), case.policy, drafts),
            *(of_library or problems_of_library)(case, looking),
        )
    )


def problems_of_library(case: Case, rules: Sequence[Rule]) -> tuple[Problem, ...]:
    """What rules find that look at the library alone, and so are given nothing else."""
    bare = Case((), case.library, case.policy, today=case.today)
    return dressed(((rule, hit) for rule in rules for hit in rule.check(bare)), case.policy, ())


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
