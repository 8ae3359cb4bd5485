"""Which sources came since an earlier version, and what of the others is recorded otherwise now: entries, notes, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from evidence.changes import differences
from evidence.changes.words import difference
from evidence.model import (
    Basis,
    Change,
    ChangeKind,
    Claim,
    Finding,
    Library,
    NewSource,
    Source,
    SourceChange,
    Stated,
    Words,
)
from evidence.support.basis import HOUSEKEEPING

_NOTE = ("design", "population", "funding", "superseded_by", "retracted_ok", "record_ok")
_FINDING = ("outcome", "effect", "statement", "locator", "quote")

_Fields = Mapping[str, str]


def new_sources(before: Library, after: Library, stated: Sequence[Stated]) -> tuple[NewSource, ...]:
    """The sources that were not there before, by key."""
    citing = _by_source(stated)
    return tuple(
        NewSource(source, _once(citing[key, ""]))
        for key, source in sorted(after.sources.items())
        if key not in before.sources
    )


def revised(before: Library, after: Library, stated: Sequence[Stated]) -> tuple[SourceChange, ...]:
    """What differs in the sources that were there before, by key: first the entry and the note, then each finding."""
    resting = _by_source(stated)
    found = []
    for key, source in sorted(after.sources.items()):
        old = before.sources.get(key)
        if old is None:
            continue
        for finding, (one, other) in _parts(old, source).items():
            fields = tuple(_different(one, other))
            if fields:
                found.append(SourceChange(key, finding, fields, _once(resting[key, finding])))
    return tuple(found)


def with_told(
    found: Iterable[Change], revised: Iterable[SourceChange], before: Sequence[Stated], after: Sequence[Stated]
) -> list[Change]:
    """The changes, of which those are marked that are nothing but what is told of their sources."""
    known = {(one.key, one.finding) for one in revised}
    old, new = ({(one.claim.place, one.claim.id): one for one in some} for some in (before, after))
    listed = []
    for change in found:
        if change.kind is ChangeKind.SOURCE and not change.moved and not change.context:
            assert change.before
            assert change.after
            first = old[change.before.place, change.before.id]
            second = new[change.after.place, change.after.id]
            if not list(differences(_bare(first, known), _bare(second, known))):
                listed.append(replace(change, told=True))
                continue
        listed.append(change)
    return listed


def _bare(one: Stated, known: Collection[tuple[str, str]]) -> list[Basis]:
    """What it rests on without what is told elsewhere: the entries and the findings that changed."""
    return [
        replace(
            each,
            entry="told" if (each.key, "") in known and each.entry else each.entry,
            findings=tuple((id, "told" if (each.key, id) in known else made) for id, made in each.findings),
        )
        for each in one.basis
    ]


def _by_source(stated: Iterable[Stated]) -> Mapping[tuple[str, str], list[Claim]]:
    """By key, and by key and finding, the claims that rest on it."""
    found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for one in stated:
        for each in one.basis:
            found[each.key, ""].append(one.claim)
            for id, _ in each.findings:
                found[each.key, id].append(one.claim)
    return found


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({(one.place, one.id): one for one in claims}.values())


def _parts(old: Source, new: Source) -> dict[str, tuple[_Fields, _Fields]]:
    """The fields of then and of now: of the entry with the note under "", of each finding under its id."""
    earlier, now = ({one.id: one for one in source.note.findings} if source.note else {} for source in (old, new))
    parts = {"": (_about(old), _about(new))}
    for id in dict.fromkeys([*now, *earlier]):
        parts[id] = (_of_finding(earlier.get(id)), _of_finding(now.get(id)))
    return parts


def _about(source: Source) -> _Fields:
    people = {
        role: "; ".join(" ".join(filter(None, (one.given, one.particle, one.family, one.suffix))) for one in names)
        for role, names in source.creators.items()
    }
    own = {name: one.value for name, one in source.fields.items() if name not in (*HOUSEKEEPING, *people)}
    note = source.note
    if note is None:
        return {"type": source.type, **people, **own}
    about = {name: str(getattr(note, name)) for name in _NOTE}
    about |= {"participants": str(note.participants or ""), "treatments": ", ".join(note.treatments)}
    return {"type": source.type, **people, **own, **{f"note: {name}": value for name, value in about.items()}}


def _of_finding(one: Finding | None) -> _Fields:
    if one is None:
        return {}
    return {**{name: str(getattr(one, name)) for name in _FINDING}, "treatments": ", ".join(one.treatments)}


def _different(old: _Fields, new: _Fields) -> Iterator[tuple[str, tuple[Words, ...]]]:
    for name in dict.fromkeys([*new, *old]):
        if words := difference(old.get(name, ""), new.get(name, "")):
            yield name, words
