"""Which of the removed claims an added one took the place of: too few of their words are the same, but the neighbours are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from evidence.changes.contexts import reframed
from evidence.model import Change, ChangeKind, Claim, Fate, Stated, Words

MOST = 3
"""How many claims in a row may have been rewritten: of more, nobody can say which is which."""

_Unit = tuple[str, int, int, str]
_Run = tuple[tuple[Stated, ...], _Unit | None, _Unit | None]
"""Claims in a row that have no partner, with the claims before and behind them that have one."""


def replaced(
    found: Sequence[Change],
    before: Sequence[Stated],
    after: Sequence[Stated],
    renamed: Mapping[str, str] | None = None,
) -> list[Change]:
    """The changes, in which a claim that was removed and one that was added in its place, under the same headings, are one."""
    removed = {_unit(one.claim) for one in found if one.kind is ChangeKind.REMOVED}
    added = {_unit(one.claim) for one in found if one.kind is ChangeKind.ADDED}
    if not removed or not added:
        return list(found)
    became = {_unit(one.before): _unit(one.after) for one in found if one.before and one.after}
    ids = _by_words(after, added)

    def now(one: Stated) -> _Unit | None:
        """The claim of now that an old one is, or None; what nothing happened to is known by its words."""
        path = (renamed or {}).get(one.claim.place.path, one.claim.place.path)
        return became.get(_unit(one.claim)) or ids.get((path, one.claim.id))

    old = _runs(before, removed, now)
    new = {
        (first, last): run for run, first, last in _runs(after, added, lambda one: _unit(one.claim)) if first or last
    }
    partners: dict[_Unit, Stated] = {}
    for run, first, last in old:
        other = new.get((first, last), ())
        if len(run) <= MOST and len(other) <= MOST:
            partners |= {
                _unit(one.claim): two for one, two in zip(run, other, strict=False) if _in_its_place(one, two)
            }
    return _united(found, partners, {_unit(one.claim): one for one in before})


def _unit(claim: Claim) -> _Unit:
    place = claim.place
    return (place.path, place.line, place.column, claim.id)


def _by_words(after: Sequence[Stated], added: set[_Unit]) -> dict[tuple[str, str], _Unit]:
    return {(one.claim.place.path, one.claim.id): _unit(one.claim) for one in after if _unit(one.claim) not in added}


def _runs(stated: Sequence[Stated], alone: set[_Unit], partner: Callable[[Stated], _Unit | None]) -> list[_Run]:
    found: list[_Run] = []
    run: list[Stated] = []
    last: _Unit | None = None
    path = ""
    for one in stated:
        if one.claim.place.path != path:
            if run:
                found.append((tuple(run), last, None))
            run, last, path = [], None, one.claim.place.path
        if _unit(one.claim) in alone:
            run.append(one)
            continue
        unit = partner(one)
        if run:
            found.append((tuple(run), last, unit))
        run, last = [], unit
    if run:
        found.append((tuple(run), last, None))
    return found


def _in_its_place(one: Stated, other: Stated) -> bool:
    return one.claim.where == other.claim.where and [f for f in one.context if f.kind == "heading"] == [
        f for f in other.context if f.kind == "heading"
    ]


def _united(
    found: Sequence[Change], partners: Mapping[_Unit, Stated], before: Mapping[_Unit, Stated]
) -> list[Change]:
    taken = {_unit(one.claim) for one in partners.values()}
    listed = []
    for change in found:
        if change.kind is ChangeKind.REMOVED and change.before and (new := partners.get(_unit(change.before))):
            old = before[_unit(change.before)]
            words = (Words(Fate.GONE, change.before.sentence), Words(Fate.NEW, new.claim.sentence))
            context = reframed(old.context, new.context)
            listed.append(Change(ChangeKind.REPLACED, change.before, new.claim, words, context=context))
        elif change.kind is not ChangeKind.ADDED or _unit(change.claim) not in taken:
            listed.append(change)
    return listed
