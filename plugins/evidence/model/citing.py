"""Citations as they stand in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How a citation stands in its sentence: `[@key]`, `@key says`, `[-@key]`."""

    NORMAL = "normal"
    NARRATIVE = "narrative"
    SUPPRESS = "suppress"


@dataclass(frozen=True, slots=True)
class Citation:
    """One source pointed at. `start` and `end` bracket `@key` (with a leading `-` if there is one) in the text.

    `prefix` and `suffix` are the author's words around the key as plain text (markup removed); `suffix` is
    what is left after the locator. `locator_label` is CSL's name for the label (`page`, `chapter`, `figure` …),
    `locator` what follows it (`33-35`).
    """

    key: str
    mode: Mode
    prefix: str
    suffix: str
    locator_label: str | None
    locator: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Citations that stand together: one bracket, or a narrative `@key` with the bracket that follows it."""

    start: int
    end: int
    citations: tuple[Citation, ...]
    within: str = "text"
    """Where it stands: `text`, `link` (inside a link's words) or `image` (inside a picture's description)."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that looks meant as a citation and is none: `what` says why, `fix` what to write."""

    start: int
    end: int
    what: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What the citation grammar found in one block of inline Markdown, in order of position."""

    clusters: tuple[Cluster, ...]
    slips: tuple[Slip, ...] = ()
