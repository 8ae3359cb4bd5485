"""What was checked, by which rules, what they found, and what the editors exempted."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.exemptions import extents
from evidence.model import Document, Exemption, Place, Problem, Report, Rule, Severity
from evidence.reports.html.cards import Card
from evidence.rules import RULES

_LONGEST = 300


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


@dataclass(frozen=True, slots=True)
class Exempted:
    """One exemption with the words it is for. `faults` say that it exempts nothing, or why it does not count."""

    exemption: Exemption
    words: str
    faults: tuple[str, ...]


def exemptions_of(report: Report) -> tuple[Exempted, ...]:
    """All exemptions, in order."""
    faults: dict[Place, list[str]] = defaultdict(list)
    for problem in report.problems:
        if problem.code.startswith("EV9"):
            faults[problem.place].append(problem.message)
    return tuple(
        Exempted(one, words.get(one, ""), tuple(faults[one.place]))
        for document in report.documents
        for words in [{one: _words(document, place) for one, place in extents(document)}]
        for one in document.exemptions
    )


def _words(document: Document, place: Place) -> str:
    """The author's own text at this place, on one line."""
    lines = document.text.split("\n")[place.line - 1 : place.end_line]
    if not lines:
        return ""
    if place.line == place.end_line:
        lines[0] = lines[0][: place.end_column - 1]
    else:
        lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    words = " ".join(" ".join(lines).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
