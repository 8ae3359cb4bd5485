"""Whether an article tells harms beside benefits, and other options beside its own: counted, and left to a person to judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.anatomy import card_left_out
from evidence.model import Document, Report, Supported, Vocabulary
from evidence.support.evidence import meet, named

EFFECTS = ("benefit", "no difference", "harm", "mixed", "unclear")
"""The effects of findings that are counted, in the order of the columns; `background` says nothing of an effect."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What one article's claims rest on. `others` is None if its title names no treatment to compare with."""

    path: str
    title: str
    draft: bool
    claims: int
    effects: tuple[int, ...]
    others: int | None
    emergency: str
    offer: str


def balance_of(report: Report) -> tuple[Balance, ...]:
    """One line for each article, in order of path. Pages about the site make no such balance."""
    resting: dict[str, list[Supported]] = {document.path: [] for document in report.documents}
    for one in report.supported:
        resting[one.document.path].append(one)
    claims = Counter(claim.place.path for claim in report.claims)
    return tuple(
        _balance(
            document, claims[document.path], resting[document.path], report.library.vocabulary, report.policy.cta
        )
        for document in report.documents
        if document.kind != "page"
    )


def _balance(
    document: Document, claims: int, resting: list[Supported], vocabulary: Vocabulary, usual: str
) -> Balance:
    found = Counter(effect for one in resting for effect in _effects(one))
    title = _front(document, "title")
    return Balance(
        path=document.path,
        title=title,
        draft=document.draft,
        claims=claims,
        effects=tuple(found[effect] for effect in EFFECTS),
        others=_others(named(title, "treatment", vocabulary), resting, vocabulary),
        emergency="shown" if card_left_out(document) is None else "left out",
        offer=_front(document, "cta") or f"{usual} (the site's usual one)",
    )


def _effects(one: Supported) -> frozenset[str]:
    """Each effect once, however many of the claim's findings have it; only of findings on its own subject."""
    return frozenset(finding.effect for rest in one.rests if rest.exact for finding in rest.findings)


def _others(own: frozenset[str], resting: Iterable[Supported], vocabulary: Vocabulary) -> int | None:
    if not own:
        return None
    treatments = [named(one.words, "treatment", vocabulary) for one in resting]
    return sum(1 for those in treatments if those and not meet(own, those, vocabulary, "treatment"))


def _front(document: Document, name: str) -> str:
    meta = document.meta.get(name)
    return meta.value.strip() if meta else ""
