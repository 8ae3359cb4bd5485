"""A source was superseded, or is too old for its kind.

A guideline that was replaced, a review with a newer version: the old one may recommend what is no longer recommended. Cite
what takes its place. A source is superseded if its note says so (`superseded_by = "key or name"`), if PubMed, Crossref or
DataCite names a newer version, or if Cochrane withdrew it. How old is too old is set by design in years:
`EVIDENCE["max_age"] = {"guideline": 15}`; studies do not age, what they recommend does.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.comparing import year_of
from evidence.model import Case, Hit, MarkKind, Rule, Severity, Source
from evidence.standing import TITLES, marks

BAD = (
    'design = "guideline"\nsuperseded_by = "smith2020"\n',
    'design = "position statement"\nsuperseded_by = "the statement of 2024 of the same society"\n',
)
GOOD = (
    'design = "guideline"\n',
    'design = "randomised trial"\nparticipants = 49\n',
)


def check(case: Case) -> Iterator[Hit]:
    now = case.today
    for source in case.library.sources.values():
        found = next(
            (what for what in (_by_note(source, case), _by_mark(source, case), _by_age(source, case, now)) if what),
            None,
        )
        if found:
            yield Hit(
                source.key_place, found, "cite what takes its place, or say in the text how old it is", source.key
            )


def _by_note(source: Source, case: Case) -> str | None:
    newer = source.note.superseded_by.strip() if source.note else ""
    shown = f'"{newer}"' if newer in case.library.sources else newer
    return f'"{source.key}" is superseded by {shown}' if newer else None


def _by_mark(source: Source, case: Case) -> str | None:
    for told in marks(source, case.library.lock):
        if told.mark.kind is MarkKind.SUPERSEDED:
            notice = f": {told.mark.notice}" if told.mark.notice else ""
            return f'"{source.key}" is superseded ({TITLES.get(told.service, told.service)}, {told.checked}{notice})'
    return None


def _by_age(source: Source, case: Case, now: str) -> str | None:
    design = source.note.design if source.note else ""
    limit, year = case.policy.max_age.get(design), year_of(source.value("year"))
    if limit is None or year is None or not now or int(now[:4]) - year <= limit:
        return None
    return f'"{source.key}" is a {design} of {year}; after {limit} years one is too old'


RULE = Rule("EV309", "superseded-source", Severity.WARNING, "library", check, __doc__, BAD, GOOD, "toml")
