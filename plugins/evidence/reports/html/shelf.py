"""The sources on the shelf: what each is, how many claims it carries, what was found there, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.model import Problem, Report, Segment, Severity, Source
from evidence.references import format_source, safe_id
from evidence.reports.html.cards import Card, treatment_names


@dataclass(frozen=True, slots=True)
class Shelved:
    """One source of the bibliography. `claims` are the cards that cite it."""

    source: Source
    anchor: str
    reference: tuple[Segment, ...]
    treatments: tuple[str, ...]
    claims: tuple[Card, ...]
    problems: tuple[Problem, ...]


def shelf_of(report: Report, cards: Sequence[Card]) -> tuple[Shelved, ...]:
    """All sources: those with problems of their own first, then those that carry most."""
    carried: dict[str, dict[str, Card]] = defaultdict(dict)
    for card in cards:
        for support in card.supports:
            carried[support.key][card.anchor] = card
    wrong = _own_problems(report)
    shelf = [
        Shelved(
            source=source,
            anchor=f"s-{safe_id(key)}",
            reference=format_source(source),
            treatments=treatment_names(source.note.treatments if source.note else (), report.library),
            claims=tuple(carried[key].values()),
            problems=tuple(wrong[key]),
        )
        for key, source in report.library.sources.items()
    ]
    return tuple(sorted(shelf, key=_urgency))


def _own_problems(report: Report) -> dict[str, list[Problem]]:
    """Problems of a source itself, told in the bibliography or its note, or by a rule on sources; not of sentences citing it."""
    files = {document.path for document in report.documents}
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        if problem.key and (problem.place.path not in files or problem.code.startswith("EV3")):
            found[problem.key].append(problem)
    return found


def _urgency(one: Shelved) -> tuple[int, int, str]:
    order = list(Severity)
    worst = min((order.index(problem.severity) for problem in one.problems), default=len(order))
    return worst, -len(one.claims), one.source.key
