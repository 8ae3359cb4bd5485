"""What was checked, by which rules, what they found, and what the editors exempted."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.model import Document, Problem, Report, Rule, Severity
from evidence.reports.html.cards import Card
from evidence.rules import RULES


@dataclass(frozen=True, slots=True)
class Scope:
    """What this run looked at. `fingerprint` is the same for the same texts, so that a report can be told from another's.

    `without_finding` counts sources, `unmatched` cited claims for which no recorded finding is on what the sentence names.
    """

    documents: tuple[tuple[Document, int], ...]
    fingerprint: str
    run: tuple[Rule, ...]
    not_run: tuple[Rule, ...]
    without_finding: int
    unmatched: int
    drafts: int

    def by(self, name: str, words: str = "") -> str:
        """The code of a rule of this name in brackets, behind the words, if it was run; else nothing."""
        code = next((rule.code for rule in self.run if rule.name == name), "")
        return f"{words} ({code})" if code else ""

    @property
    def wording(self) -> str:
        """The codes of the rules on wording that were run: the first and the last."""
        codes = sorted(rule.code for rule in self.run if rule.code.startswith("EV5"))
        return f"{codes[0]} to {codes[-1]}" if len(codes) > 1 else "".join(codes)


def scope_of(report: Report, cards: Sequence[Card]) -> Scope:
    """What was checked and, as far as this run can count it, what was not."""
    claims = Counter(claim.place.path for claim in report.claims)
    digest = hashlib.sha256()
    for document in report.documents:
        digest.update(f"{document.path}\0{document.text}\0".encode("utf-8", "surrogatepass"))
    sources = report.library.sources.values()
    return Scope(
        documents=tuple((document, claims[document.path]) for document in report.documents),
        fingerprint=digest.hexdigest()[:12],
        run=tuple(rule for rule in (*RULES, *report.own_rules) if rule.code in report.rules),
        not_run=tuple(rule for rule in (*RULES, *report.own_rules) if rule.code not in report.rules),
        without_finding=sum(not (source.note and source.note.findings) for source in sources),
        unmatched=sum(bool(card.supports) and not any(one.grounds for one in card.supports) for card in cards),
        drafts=sum(document.draft for document in report.documents),
    )


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule with its problems, each with the card of the claim it belongs to, if any. `about` is the rule's page."""

    code: str
    name: str
    worst: Severity
    first: str
    about: tuple[str, ...]
    problems: tuple[tuple[Problem, Card | None], ...]


def problems_by_rule(report: Report, cards: Sequence[Card]) -> tuple[Broken, ...]:
    """All problems, the rules with errors first, then by code."""
    owners = {problem: card for card in cards for problem in card.problems}
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        by_code[problem.code].append(problem)
    docs = {rule.code: rule.doc.strip() for rule in (*RULES, *report.own_rules)}
    order = list(Severity)
    broken = []
    for code, problems in by_code.items():
        first, *rest = docs.get(code, "").split("\n\n")
        broken.append(
            Broken(
                code=code,
                name=problems[0].name,
                worst=min((problem.severity for problem in problems), key=order.index),
                first=first,
                about=tuple(rest),
                problems=tuple((problem, owners.get(problem)) for problem in problems),
            )
        )
    return tuple(sorted(broken, key=lambda one: (order.index(one.worst), one.code)))
