"""Sign-offs: which claims a clinician stands behind as they are now. Pure.

A signature is of the words of a claim, of what they rest on (the entries of its sources, the findings, the places cited) and of
what they stand in (headings, the introduction of a list, the caption and the columns of a table). A claim keeps its signature
where it moves with all this, since it is known by its words; it loses it when any of this changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from evidence.changes import differences
from evidence.changes.contexts import reframed
from evidence.changes.pairing import pairs
from evidence.changes.words import difference
from evidence.model import (
    Basis,
    Claim,
    Document,
    Frame,
    Ledger,
    Person,
    Policy,
    Signature,
    SignOff,
    SignOffs,
    SignState,
    Stated,
)
from evidence.signoff.records import ledger_path

__all__ = ["authors_of", "level", "needed", "signoffs", "united", "unsigned", "wrote"]

_Unit = tuple[str, str]
"""A claim of one article, by path and id, however often its sentence stands there."""


def level(policy: Policy, kind: str) -> str:
    """What is asked for claims of a kind: `off`, `warn` or `required`."""
    return policy.sign_off_kinds.get(kind, policy.sign_off)


def needed(document: Document, claim: Claim) -> bool:
    """Whether a sign-off is looked for at all: in what is published, and for claims that have their sources."""
    return not document.draft and document.kind != "loose" and claim.status != "uncited"


def authors_of(document: Document, policy: Policy) -> frozenset[str]:
    """Those who wrote the document, in lower case: its own authors, or else the site's."""
    named = [document.meta[name].value for name in ("author", "authors") if name in document.meta]
    listed = ";".join(named or [policy.author])
    names = listed.split(";") if ";" in listed.strip("; ") else listed.replace(",", ";").split(";")
    return frozenset(" ".join(name.split()).casefold() for name in (*names, listed.strip("; ")) if name.strip())


def wrote(person: Person | None, authors: Collection[str]) -> bool:
    """Whether a person is among the authors, by id or by name."""
    return person is not None and bool({person.id.casefold(), person.name.casefold()} & set(authors))


def united(stated: Iterable[Stated]) -> dict[_Unit, Stated]:
    """By path and id, each claim of an article once, with all that it rests on wherever it stands there."""
    found: dict[_Unit, Stated] = {}
    for one in stated:
        unit = (one.claim.place.path, one.claim.id)
        known = found.get(unit)
        basis = (*known.basis, *one.basis) if known else one.basis
        context = (*known.context, *one.context) if known else one.context
        found[unit] = Stated(
            known.claim if known else one.claim, tuple(dict.fromkeys(basis)), tuple(dict.fromkeys(context))
        )
    return found


def signoffs(
    stated: Sequence[Stated],
    ledger: Ledger,
    authors: Mapping[str, Collection[str]] | None = None,
    *,
    whole: bool = True,
) -> SignOffs:
    """How each claim stands. `authors` are those of each article by path. Offers have an approval of their own.

    Unless `stated` is the `whole` site, no signature is taken for that of another sentence of another article.
    """
    listed = [one for one in stated if one.claim.where != "offer"]
    units = united(listed)
    by_claim: dict[str, list[Signature]] = defaultdict(list)
    for signature in ledger.signatures:
        by_claim[signature.claim].append(signature)
    states: dict[_Unit, SignOff] = {}
    frames = _frames(units.values())
    homes = {(ledger_path(ledger.folder, path), id) for path, id in units}
    for unit, one in units.items():
        own = ledger_path(ledger.folder, unit[0])
        found = [
            each
            for each in by_claim.get(unit[1], ())
            if each.place.path == own or _holds(one, each) or (each.place.path, each.claim) not in homes
        ]  # what was signed elsewhere, and still stands there, is no earlier signature of this one
        if found:
            states[unit] = _state(one, found, ledger, (authors or {}).get(unit[0], ()), frames[unit[0]])
    ids = {id for _, id in units}
    orphans = [one for one in ledger.signatures if one.claim not in ids]
    open_ = [one for unit, one in units.items() if unit not in states]
    successors = _successors(orphans, open_, ledger, whole)
    for old, new in successors.items():
        one, signature = open_[new], orphans[old]
        states[one.claim.place.path, one.claim.id] = _lapsed(one, signature, frames[one.claim.place.path])
    gone = tuple(one for number, one in enumerate(orphans) if number not in successors)
    return SignOffs(tuple(_of(one.claim, states) for one in listed), gone if whole else ())


def unsigned(claims: Iterable[Claim]) -> SignOffs:
    """As `signoffs` where nobody has signed anything, without working out what each claim rests on."""
    return SignOffs(tuple(SignOff(one, SignState.MISSING) for one in claims if one.where != "offer"))


def _of(claim: Claim, states: Mapping[_Unit, SignOff]) -> SignOff:
    found = states.get((claim.place.path, claim.id))
    return replace(found, claim=claim) if found else SignOff(claim, SignState.MISSING)


def _frames(units: Iterable[Stated]) -> Mapping[str, frozenset[Frame]]:
    """By path of an article, all that its claims stand in."""
    found: dict[str, set[Frame]] = defaultdict(set)
    for one in units:
        found[one.claim.place.path].update(one.context)
    return {path: frozenset(frames) for path, frames in found.items()}


def _state(
    one: Stated,
    signatures: Sequence[Signature],
    ledger: Ledger,
    authors: Collection[str],
    frames: frozenset[Frame],
) -> SignOff:
    """By the signature in the article's own file, or else by one that still holds, or else by any."""
    own = ledger_path(ledger.folder, one.claim.place.path)
    ranked = sorted(
        signatures, key=lambda each: (each.place.path != own, not _holds(one, each), each.verdict != "reject")
    )
    signature = ranked[0]
    if not _holds(one, signature):
        return _lapsed(one, signature, frames)
    if wrote(ledger.people.get(signature.person), authors):
        return SignOff(one.claim, SignState.VOID, signature)
    return SignOff(one.claim, SignState.SIGNED if signature.verdict == "accept" else SignState.REJECTED, signature)


def _holds(one: Stated, signature: Signature) -> bool:
    return (
        signature.sentence == one.claim.sentence
        and _sorted(signature.rests) == _sorted(one.basis)
        and signature.context is not None
        and sorted(signature.context) == sorted(one.context)
    )


def _sorted(rests: Iterable[Basis]) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    return sorted((one.key, one.entry, sorted(one.findings), one.locator) for one in rests)


def _lapsed(one: Stated, signature: Signature, frames: frozenset[Frame]) -> SignOff:
    """What changed since. `frames` are those of the article now."""
    words = difference(signature.sentence, one.claim.sentence)
    sources = tuple(differences(signature.rests, one.basis, reworded=bool(words), worded=True))
    if signature.context is None:
        context: tuple[str, ...] = ("its headings, list and table were not recorded when it was signed",)
    else:
        context = reframed(signature.context, one.context, signature.context, frames)
    return SignOff(one.claim, SignState.LAPSED, signature, words, sources, context)


def _successors(orphans: Sequence[Signature], open_: Sequence[Stated], ledger: Ledger, whole: bool) -> dict[int, int]:
    """By number of a signature whose sentence is nowhere, that of the claim that its sentence became."""
    paths = {ledger_path(ledger.folder, one.claim.place.path): one.claim.place.path for one in open_}
    homes = [paths.get(one.place.path, "") for one in orphans]
    claims = [
        Claim(one.claim, replace(one.place, path=home), one.sentence, "", "", "cited")
        for one, home in zip(orphans, homes, strict=True)
    ]
    found = pairs(claims, [one.claim for one in open_], homes)
    return {old: new for old, new in found.items() if whole or homes[old] == open_[new].claim.place.path}
