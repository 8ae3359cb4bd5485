"""What happened to a claim, in words: what the formats for people say alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from evidence.changes.words import marked as marked_words
from evidence.model import Change, ChangeKind, Changes, Claim, Report

NEWS = (
    ChangeKind.UNCITED,
    ChangeKind.ADDED,
    ChangeKind.REPLACED,
    ChangeKind.CHANGED,
    ChangeKind.SOURCE,
    ChangeKind.CONTEXT,
    ChangeKind.LAPSED,
)
"""What a reviewer must read again; what only moved, or went, says nothing new."""

TOGETHER = 20
"""So many claims to which the same happened are told together at most, so that a report may be cut between them."""


def marked(change: Change) -> str:
    """The sentence, with what went as `[-words-]` and what came as `{+words+}`, as git's word difference writes it."""
    return marked_words(change.words) or change.claim.sentence


def counts(changes: Changes) -> str:
    """`2 added, 1 changed`, or that nothing changed."""
    number = Counter(change.kind for change in changes.all)
    number[ChangeKind.LAPSED] = sum(bool(change.lapsed) for change in changes.all)
    named = {kind: kind.value for kind in ChangeKind}
    many = number[ChangeKind.UNCITED] > 1
    named[ChangeKind.UNCITED] = (
        "citations removed from sentences that still stand"
        if many
        else "citation removed from a sentence that still stands"
    )
    if number[ChangeKind.LAPSED] > 1:
        named[ChangeKind.LAPSED] = "sign-offs lapsed"
    told = [f"{number[kind]:,} {named[kind]}" for kind in ChangeKind if number[kind]]
    return ", ".join([*_of_sources(changes), *told]) or "no claim changed"


def _of_sources(changes: Changes) -> Iterator[str]:
    if new := len(changes.new):
        yield f"{new:,} new source{'' if new == 1 else 's'}"
    if other := len(changes.revised):
        yield f"{other:,} source record{'' if other == 1 else 's'} changed"


def remarks(change: Change) -> tuple[str, ...]:
    """Where it was, if elsewhere, and what changed in what it rests on and stands in."""
    return tuple(_remarks(change))


def _remarks(change: Change) -> Iterator[str]:
    before, after = change.before, change.after
    if before and after and before.place.path != after.place.path:
        yield f"was in {before.place.path}:{before.place.line}"
    elif before and after and change.moved:
        yield f"was in line {before.place.line}"
    yield from change.sources
    yield from change.context
    if change.lapsed:
        yield f"lost the sign-off by {change.lapsed}"


def alike(changes: Iterable[Change]) -> Iterator[tuple[Change, ...]]:
    """The changes in order, of which those together that say the same of one file: one heading changes many claims."""
    for _, found in groupby(changes, key=_alike):
        yield from _parted(tuple(found))


def _alike(change: Change) -> tuple[object, ...]:
    if change.kind is not ChangeKind.CONTEXT or change.sources or change.moved or change.lapsed:
        return (id(change),)
    return change.claim.place.path, change.context


def _parted(found: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
    yield from (found[at : at + TOGETHER] for at in range(0, len(found), TOGETHER))


def by_claim(report: Report) -> dict[Claim, Change]:
    """The changes by the claim as it is now; a claim to which nothing happened is not there."""
    return {change.after: change for change in (report.changes.all if report.changes else ()) if change.after}


def unseen(report: Report) -> list[Change]:
    """The sentences that lost their citation and are no claims any more, so that no claim of the report tells of them."""
    known = {(one.place, one.id) for one in report.claims}
    return [
        one
        for one in (report.changes.all if report.changes else ())
        if one.kind is ChangeKind.UNCITED and (one.claim.place, one.claim.id) not in known
    ]
