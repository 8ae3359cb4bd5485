"""Two versions' claims → what happened to each. Pure and deterministic; nearly linear in the number of claims.

A claim is the same if its words are (its id); failing that, the most similar one of the same article; failing that, of any
article. What then has no partner was added or removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidence.changes.contexts import reframed
from evidence.changes.order import out_of_order
from evidence.changes.pairing import pairs
from evidence.changes.replaced import replaced
from evidence.changes.words import around_changes, difference, marked
from evidence.model import Basis, Change, ChangeKind, Frame, Stated

__all__ = ["changes", "differences", "in_order", "replaced"]


def changes(
    before: Sequence[Stated], after: Sequence[Stated], renamed: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """Every claim that was added, changed, moved or removed, or whose source or context changed; by kind, then by place.

    Both lists are in order of the text. `renamed` gives the new path of each file that has another name now.
    """
    paths = [(renamed or {}).get(one.claim.place.path, one.claim.place.path) for one in before]
    found = pairs([one.claim for one in before], [one.claim for one in after], paths)
    moved = _moved(found, paths, after)
    then = _frames(zip(paths, before, strict=True))
    now = _frames((one.claim.place.path, one) for one in after)
    listed = [
        _change(before[old], after[new], new in moved, then[paths[old]], now[after[new].claim.place.path])
        for old, new in sorted(found.items())
    ]
    kept = set(found.values())
    listed += [Change(ChangeKind.ADDED, None, one.claim) for n, one in enumerate(after) if n not in kept]
    listed += [Change(ChangeKind.REMOVED, one.claim, None) for n, one in enumerate(before) if n not in found]
    return in_order(one for one in listed if one)


def in_order(found: Iterable[Change]) -> tuple[Change, ...]:
    """By kind, then by place."""
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.claim.place, one.claim.id)))


def _moved(found: Mapping[int, int], paths: Sequence[str], after: Sequence[Stated]) -> set[int]:
    """Numbers of the new claims that stand in another article, in another part of it, or out of their old order."""
    moved: set[int] = set()
    stayed: dict[str, list[int]] = {}
    for old, new in sorted(found.items()):
        if after[new].claim.place.path == paths[old]:
            stayed.setdefault(paths[old], []).append(new)
        else:
            moved.add(new)
    for numbers in stayed.values():
        moved |= out_of_order(numbers)
    return moved


def _frames(stated: Iterable[tuple[str, Stated]]) -> dict[str, frozenset[Frame]]:
    """By path of an article, all that its claims stand in."""
    found: dict[str, set[Frame]] = {}
    for path, one in stated:
        found.setdefault(path, set()).update(one.context)
    return {path: frozenset(frames) for path, frames in found.items()}


def _change(
    before: Stated, after: Stated, moved: bool, then: frozenset[Frame], now: frozenset[Frame]
) -> Change | None:
    words = difference(before.claim.sentence, after.claim.sentence)
    sources = tuple(differences(before.basis, after.basis, reworded=bool(words)))
    context = reframed(before.context, after.context, then, now)
    kind = next(
        kind
        for kind, told in (
            (ChangeKind.CHANGED, words),
            (ChangeKind.SOURCE, sources),
            (ChangeKind.CONTEXT, context),
            (ChangeKind.MOVED, True),
        )
        if told
    )
    if not (words or sources or context or moved):
        return None
    return Change(kind, before.claim, after.claim, words, sources, moved, context)


def differences(
    before: Sequence[Basis], after: Sequence[Basis], *, reworded: bool = False, worded: bool = False
) -> Iterator[str]:
    """What changed in what a claim rests on, each source once, in order of citation; those that are gone come last.

    Of a sentence that was `reworded` other findings may be meant though nobody touched the citation: that is not told. `worded` tells
    what a finding that changed said before and says now, where that was recorded.
    """
    old, new = _by_key(before), _by_key(after)
    for key, now in new.items():
        if key not in old:
            yield f"{key}: newly cited"
        elif told := ", ".join(_differences(old[key], now, reworded, worded)):
            yield f"{key}: {told}"
    yield from (f"{key}: no longer cited" for key in old if key not in new)


def _by_key(basis: Sequence[Basis]) -> dict[str, tuple[Basis, ...]]:
    """A source that is cited twice in one way counts once."""
    found: dict[str, tuple[Basis, ...]] = {}
    for one in basis:
        if one not in found.get(one.key, ()):
            found[one.key] = (*found.get(one.key, ()), one)
    return found


def _differences(before: Sequence[Basis], after: Sequence[Basis], reworded: bool, worded: bool) -> Iterator[str]:
    old, new = before[0].entry, after[0].entry
    if not new and old:
        yield "no longer in the bibliography"
    elif new and not old:
        yield "now in the bibliography"
    elif old != new:
        yield "its entry changed"
    if old and new:
        yield from _findings(
            dict(pair for one in before for pair in one.findings),
            dict(pair for one in after for pair in one.findings),
            same_citation=reworded and not _pointed_elsewhere(before, after),
            said=_said(before, after) if worded else {},
        )
    places = [dict.fromkeys(one.locator or "no place" for one in some) for some in (before, after)]
    if set(places[0]) != set(places[1]):
        yield f"cited at {', '.join(places[1])} instead of {', '.join(places[0])}"


def _pointed_elsewhere(before: Sequence[Basis], after: Sequence[Basis]) -> bool:
    """Whether the citation itself points at other findings now; not known of what was signed."""
    anchors = [{one.anchor for one in some} for some in (before, after)]
    return None not in anchors[0] | anchors[1] and anchors[0] != anchors[1]


def _said(before: Sequence[Basis], after: Sequence[Basis]) -> Mapping[str, str]:
    """By id of a finding whose words are known and differ, what went and what came."""
    old, new = ({id: words for one in some for id, words in one.said} for some in (before, after))
    return {id: told for id in old if id in new and (told := marked(around_changes(difference(old[id], new[id]), 3)))}


def _findings(
    old: Mapping[str, str], new: Mapping[str, str], *, same_citation: bool, said: Mapping[str, str]
) -> Iterator[str]:
    other = [id for id in new if id not in old], [id for id in old if id not in new]
    come, gone = ([], []) if same_citation else other
    for told, ids in (
        ("its {} changed", [id for id in new if id in old and old[id] != new[id] and id not in said]),
        ("it rests on its {} too", come),
        ("it rests no longer on its {}", gone),
    ):
        if ids:
            *first, last = ids
            named = f"findings {', '.join(first)} and {last}" if first else f"finding {last}"
            yield told.format(named)
    yield from (f"its finding {id} changed: {said[id]}" for id in new if id in said and old.get(id) != new[id])
