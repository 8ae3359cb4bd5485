"""A figure of the sentence is not in the source it cites.

A changed or misremembered figure is the commonest way for a cited sentence to be false. Every number, percentage, share, dose,
duration and year of the sentence must occur in the finding it points at, or in one of the findings of the source: in its
statement or quote, or as the number of participants, or as the year of the source. Rounding as people round is fine ("about 13
in 100" for 13.2 %). Correct the figure; or, if the source does say it, add it to the finding in `content/sources/`, with its
place.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Finding, Hit, Rule, Severity, Source, Supported
from evidence.support.figures import Figure, figures, missing
from evidence.support.telling import beside, short

BAD = (
    "Pain fell by 5.5 points with fluids [@jones2019fluid#pain-60min].\n",
    "In a trial of 59 people, pain fell by 4.5 points with fluids [@jones2019fluid].\n",
)
GOOD = (
    "Pain fell by 4.5 points with fluids and 4.9 points without [@jones2019fluid#pain-60min].\n",
    "In a trial of 49 people, fluids made no difference to pain [@jones2019fluid].\n",
)


def check(case: Case) -> Iterator[Hit]:
    for one in case.supported:
        if any(rest.source.note is None for rest in one.rests):
            continue
        for figure in missing(one.words, _texts(one), _known(one)):
            yield Hit(one.claim.place, *_told(one, figure), key=one.rests[0].source.key, claim=one.claim.id)


def _texts(one: Supported) -> list[str]:
    """What was recorded of the cited sources; of a source pointed at by finding, that finding and what is background."""
    return [
        text
        for rest in one.rests
        for finding in _read(rest.source, rest.findings, anchored=rest.anchored)
        for text in (finding.outcome, finding.statement, finding.quote)
    ]


def _read(source: Source, findings: tuple[Finding, ...], *, anchored: bool) -> tuple[Finding, ...]:
    every = source.note.findings if source.note else ()
    return (*findings, *(one for one in every if one.effect == "background")) if anchored else every


def _known(one: Supported) -> list[Figure]:
    found: list[Figure] = []
    for rest in one.rests:
        note, year = rest.source.note, rest.source.value("year")
        found += figures(f"{note.population}") if note else []
        found += (
            [Figure(float(note.participants), "count", 0.5, "participants")] if note and note.participants else []
        )
        found += [Figure(float(year), "year", 0.0, year)] if year.isdigit() else []
    return found


def _told(one: Supported, figure: Figure) -> tuple[str, str]:
    source, finding = next(iter(one.findings), (one.rests[0].source, None))
    what = f'"{figure.words}" is not in what is recorded of {source.key}'
    shown = f"; {beside(source, finding)}" if finding else ""
    return (
        f'{what}: "{short(one.claim.sentence)}"{shown}',
        "correct the figure, or add it to the finding if the source says it",
    )


RULE = Rule("EV401", "figure-not-found", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
