"""What was asked about sources, and what the services answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class MarkKind(StrEnum):
    """What a notice does to a work. Only `RETRACTED` takes its findings away."""

    RETRACTED = "retracted"
    REINSTATED = "reinstated"
    REPLACED = "retracted and replaced"
    CONCERN = "expression of concern"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A notice about a work: what it does, its day if known, and its DOI, PMID or the service's own words."""

    kind: MarkKind
    date: str = ""
    notice: str = ""


class AnswerState(StrEnum):
    """`FOUND`; `ABSENT`: the identifier does not exist; `UNKNOWN`: the service does not hold it, which says nothing."""

    FOUND = "found"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one service said of one source on the day `checked`, when the entry had the hash `entry`.

    `id` is what was asked for. `ids` are the work's identifiers by kind (`doi`, `pmid`, `pmcid`) as the service has
    them, `years` all its years of publication. `data` is the day of the service's data where that is not `checked`.
    """

    service: str
    checked: str
    entry: str
    state: AnswerState
    id: str
    title: str = ""
    author: str = ""
    years: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    data: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A service that could not be asked about a source, when and why. It says nothing about the source."""

    service: str
    on: str
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of one source: the last answer and the last failure of each service, by its name."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lock:
    """`references.lock.json`: what was verified, and when, by the keys of the sources."""

    records: Mapping[str, Record] = field(default_factory=dict)
