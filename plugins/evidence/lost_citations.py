"""Sentences that lost their citation and still stand: the author had called them claims, and now nobody sees that they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from evidence.changes.pairing import pairs
from evidence.changes.words import difference
from evidence.coverage import every_sentence
from evidence.model import Change, ChangeKind, Claim, Document, Hit, Stated

_BODY = ("text", "row")


def lost_citations(
    found: Sequence[Change],
    before: Sequence[Stated],
    documents: tuple[Sequence[Document], Sequence[Document]],
    claims: Sequence[Claim],
    renamed: Mapping[str, str],
) -> list[Change]:
    """The changes, in which a cited claim is told so if its sentence stands without a citation now.

    `documents` are those of then and of now, `claims` those of now. A sentence that is no claim any more is looked for where the
    claim stood, also if some words are others, and word for word in all other documents.
    """
    keys = {(one.claim.place, one.claim.id): tuple(dict.fromkeys(b.key for b in one.basis)) for one in before}
    gone = [one for one in found if one.kind is ChangeKind.REMOVED and one.before and _cited(one.before)]
    standing = _standing([one.claim for one in gone], *documents, claims, renamed) if gone else {}
    listed = []
    for change in found:
        old, new = change.before, change.after
        if old and new and _cited(old) and new.status != "cited":
            listed.append(replace(change, kind=ChangeKind.UNCITED))
        elif old and not new and (now := standing.get(old)):
            words = difference(old.sentence, now.sentence)
            sources = tuple(f"{key}: no longer cited" for key in keys[old.place, old.id])
            listed.append(Change(ChangeKind.UNCITED, old, now, words, sources))
        else:
            listed.append(change)
    return listed


def hits(found: Iterable[Change], claims: Iterable[Claim]) -> Iterator[Hit]:
    """What a reviewer must decide (EV108): where the sentence is a claim still, EV101 tells, or an exemption."""
    known = {(one.place, one.id) for one in claims}
    for change in found:
        now = change.after
        if change.kind is ChangeKind.UNCITED and now and (now.place, now.id) not in known:
            keys = ", ".join(f"@{one.partition(':')[0]}" for one in change.sources)
            what = f'the citation was removed ({keys}), the sentence still stands: "{_short(now.sentence)}"'
            yield Hit(now.place, what, "cite its source again, or say on review why it needs none")


def _cited(claim: Claim) -> bool:
    return claim.status == "cited" and claim.where in _BODY


def _standing(
    gone: Sequence[Claim],
    then: Sequence[Document],
    now: Sequence[Document],
    claims: Sequence[Claim],
    renamed: Mapping[str, str],
) -> dict[Claim, Claim]:
    """By claim that is gone, its sentence as it stands now."""
    earlier = {renamed.get(one.path, one.path): one for one in then}
    known = {(one.place, one.id) for one in claims}
    paths = [renamed.get(one.place.path, one.place.path) for one in gone]
    cited = {one.id for one in gone}

    @cache
    def ids(path: str) -> frozenset[str]:
        return frozenset(one.id for one in every_sentence(earlier[path])) if path in earlier else frozenset()

    left: list[Claim] = []
    for document in now:
        here = document.path in paths
        if not here and not any(_longest(one.sentence) in document.text for one in gone):
            continue
        for one in every_sentence(document):
            fresh = one.id not in ids(document.path)
            same = one.id in cited
            bare = (one.place, one.id) not in known and one.where in _BODY
            if bare and ((same and fresh) or (here and (same or fresh))):
                left.append(replace(one, status="uncited"))
    return {gone[old]: left[new] for old, new in pairs(gone, left, paths).items()}


def _longest(words: str) -> str:
    return max(words.split(), key=len, default="")


def _short(words: str, length: int = 120) -> str:
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"
