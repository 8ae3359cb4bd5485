"""What a service knows of a work, whatever the service: read from its answer, compared and made an entry of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.comparing import unmarked
from evidence.model import Answer, AnswerState, Mark, MarkKind, Name

COCHRANE = "10.1002/14651858."
_BEFORE = re.compile(
    r"\W*(retracted and (?:republished|replaced)|retracted|withdrawn|expression of concern)(?: (?:article|chapter|paper))?\s*[:.\])]",
    re.IGNORECASE,
)
"""`RETRACTED ARTICLE: …`, `[Retracted] …`, but not `Retracted articles: a survey`."""
_AFTER = re.compile(r"[\[(](retracted)(?: (?:article|chapter|paper))?[\])]\W*$", re.IGNORECASE)
_REVIEW = re.compile(r"10\.1002/14651858\.((?:CD|MR|ED)\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Work:
    """One work. `title` is as the service has it, with its subtitle; `fields` are for a bibliography entry."""

    service: str
    id: str
    title: str
    authors: tuple[Name, ...] = ()
    years: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    type: str = "misc"
    fields: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    """What sort of study it is, in PubMed's words."""


def answer(work: Work, asked: str, entry: str, day: str) -> Answer:
    """The lock's answer that a work was found."""
    return Answer(
        service=work.service,
        checked=day,
        entry=entry,
        state=AnswerState.FOUND,
        id=asked,
        title=unmarked(work.title),
        author=work.authors[0].family if work.authors else "",
        years=tuple(sorted(set(work.years))),
        ids=work.ids,
        marks=tuple(sorted(set(work.marks))),
    )


def title_marks(title: str, doi: str) -> tuple[Mark, ...]:
    """What publishers write into the title itself. Not for a notice, whose title begins alike."""
    found = _BEFORE.match(title) or _AFTER.search(title)
    if not found:
        return ()
    word = found[1].lower()
    if word.startswith("retracted and"):
        return (Mark(MarkKind.REPLACED, notice="by its title"),)
    if word.startswith("expression"):
        return (Mark(MarkKind.CONCERN, notice="by its title"),)
    kind = MarkKind.SUPERSEDED if word == "withdrawn" and is_cochrane(doi) else MarkKind.RETRACTED
    return (Mark(kind, notice="by its title"),)


def is_cochrane(doi: str) -> bool:
    """Cochrane withdraws reviews that are out of date or have a new version, which retracts nothing."""
    return doi.lower().startswith(COCHRANE)


def is_newer_version(doi: str, notice: str) -> bool:
    """Whether the notice about a Cochrane review is but another version of the same review."""
    one, other = _REVIEW.match(doi), _REVIEW.match(notice)
    return bool(one and other and one[1].lower() == other[1].lower())


def settled(marks: tuple[Mark, ...], title: str, doi: str) -> tuple[Mark, ...]:
    """The marks with Cochrane's withdrawals told apart from retractions."""
    withdrawn = is_cochrane(doi) and re.match(r"\W*withdrawn\b", title, re.I)
    return tuple(
        Mark(MarkKind.SUPERSEDED, mark.date, mark.notice)
        if mark.kind is MarkKind.RETRACTED and (withdrawn or is_newer_version(doi, mark.notice))
        else mark
        for mark in marks
    )
