"""Run the rules over a case, dress their hits as problems, apply the editors' exemptions, sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from evidence.claims import claims
from evidence.model import (
    Block,
    Case,
    Claim,
    Document,
    Exemption,
    Hit,
    Place,
    Policy,
    Problem,
    Report,
    Rule,
    Severity,
)
from evidence.places import block_place

IDLE = "EV901"
EXEMPTIBLE = ("EV1", "EV4", "EV5")
"""Families an exemption may name: what a person may judge otherwise. An unknown key stays unknown."""


def check(case: Case, rules: Sequence[Rule], texts: Mapping[str, str] | None = None) -> Report:
    """The report of all rules over all of the case. Pure: the same case gives the same report."""
    by_code = {rule.code: rule for rule in rules}
    hits = [(rule, hit) for rule in rules for hit in rule.check(case)]
    kept: list[tuple[Rule, Hit]] = []
    used: set[Exemption] = set()
    exempt_claims: set[tuple[str, str | None, Place]] = set()
    index = _index(case.documents)
    for rule, hit in hits:
        found = next((one for one, place in index.get(hit.place.path, ()) if _covers(one, place, rule, hit)), None)
        if found is None:
            kept.append((rule, hit))
        else:
            used.add(found)
            exempt_claims.add((hit.place.path, hit.claim, hit.place))
    idle = by_code.get(IDLE)
    if idle is not None:
        kept += [(idle, hit) for hit in _idle(case.documents, used, by_code)]
    drafts = frozenset(document.path for document in case.documents if document.draft)
    problems = [dressed for rule, hit in kept if (dressed := dress(rule, hit, case.policy, drafts))]
    return Report(
        documents=case.documents,
        library=case.library,
        claims=tuple(_claims(case.documents, exempt_claims)),
        problems=tuple(sorted(set(problems), key=_order)),
        fail_on=case.policy.fail_on,
        texts=dict(texts or {}),
    )


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
    return Problem(rule.code, rule.name, severity, message, hit.place, hit.claim, hit.key, hit.fix)


def _order(problem: Problem) -> tuple[Place, str, str]:
    return problem.place, problem.code, problem.message


def _index(documents: Iterable[Document]) -> dict[str, list[tuple[Exemption, Place]]]:
    """By path: each exemption that may hold, and the place of the block it stands at."""
    return {
        document.path: [
            (exemption, _extent(document.path, document.blocks[exemption.block]))
            for exemption in document.exemptions
            if exemption.reason and exemption.block < len(document.blocks)
        ]
        for document in documents
        if document.exemptions
    }


def _extent(path: str, block: Block) -> Place:
    return block_place(path, block)


def _covers(exemption: Exemption, place: Place, rule: Rule, hit: Hit) -> bool:
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    return (
        exemption.code == rule.code
        and rule.code.startswith(EXEMPTIBLE)
        and start <= (hit.place.line, hit.place.column) < end
    )


def _idle(documents: Iterable[Document], used: set[Exemption], by_code: Mapping[str, Rule]) -> Iterator[Hit]:
    for document in documents:
        for exemption in document.exemptions:
            if exemption in used or not exemption.reason or not exemption.code:
                continue
            if exemption.code not in by_code:
                what, fix = f'there is no rule "{exemption.code}"', "correct the code, or delete the exemption"
            elif not exemption.code.startswith(EXEMPTIBLE):
                what = f"{exemption.code} cannot be exempted"
                fix = "mend the problem and delete the exemption"
            else:
                what = f"nothing here breaks {exemption.code}"
                fix = "delete the exemption, or move it directly after the sentence it is for"
            yield Hit(exemption.place, what, fix)


def _claims(documents: Iterable[Document], exempt: set[tuple[str, str | None, Place]]) -> Iterator[Claim]:
    for document in documents:
        for claim in claims(document):
            held = (document.path, claim.id, claim.place) in exempt
            yield replace(claim, status="exempt") if held else claim
