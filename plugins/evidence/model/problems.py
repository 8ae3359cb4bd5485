"""What a run tells of, and what a baseline lets pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.places import Place, Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's bare finding: where and what. `checking` makes it a problem.

    `severity` is for a hit that is worse or better than its rule's others; settings then move it only to "off".
    """

    place: Place
    what: str
    fix: str | None = None
    key: str | None = None
    claim: str | None = None
    replacements: tuple[str, ...] = ()
    """What may stand at the place instead, if the repair is just that; the likeliest first."""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A hit dressed for people: which rule, how bad, what and how to mend it."""

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    claim: str | None = None
    key: str | None = None
    fix: str | None = None
    replacements: tuple[str, ...] = ()
    baselined: bool = False
    """Whether the site's baseline lets it pass."""


def fails(problems: Iterable[Problem], least: Severity) -> bool:
    """True if one of the problems is at least that bad."""
    order = list(Severity)
    return any(order.index(problem.severity) <= order.index(least) for problem in problems)


@dataclass(frozen=True, slots=True, order=True)
class Passed:
    """One entry of a baseline: so many (`number`) problems of a rule with this claim, or, without one, with these words.

    `words` is a hash of the words the problem stands on, in the file `path`; `what` is for people. `line` is the entry's own.
    """

    rule: str
    claim: str
    path: str
    words: str
    number: int = 1
    what: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """The problems a site had when it adopted the gate: `entries` of the file `path`, and those of them that are `idle`."""

    path: str
    entries: tuple[Passed, ...] = ()
    idle: tuple[Passed, ...] = ()
