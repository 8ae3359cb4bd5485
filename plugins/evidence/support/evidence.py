"""A claim and what its sources found: which findings it rests on, and whether they are on its treatment and outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.model import Citation, Claim, Document, Finding, Library, Rests, Source, Supported, Vocabulary
from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures
from evidence.support.numbers import plain_points
from evidence.support.taken_back import as_claimed
from evidence.targets import target
from evidence.vocabulary import compatible, mentions

EFFECT_KINDS = frozenset({"efficacy", "safety", "comparison"})
"""Kinds of claims that say what a treatment does, for better or worse."""

_CITATION = re.compile(r"-?@(?:\{[^{}]*\}|[\w:.#$%&\-+?<>~/]*\w)")


def supported(documents: Iterable[Document], claims: Iterable[Claim], library: Library) -> Iterator[Supported]:
    """Every cited claim of the documents whose sources are known, in order."""
    by_path = {document.path: document for document in documents}
    for claim in claims:
        document = by_path.get(claim.place.path)
        if document is None or claim.status != "cited" or claim.block < 0:
            continue
        words = plain_points(_CITATION.sub("the study", claim.said or claim.sentence))
        words = as_claimed(words, document, claim.block, library.vocabulary)
        counted = words if claim.where != "row" else ""  # the cells of a row may come from several findings
        rests = tuple(_rests(words, counted, _citations(claim, document), library))
        if rests:
            yield Supported(claim, document, words, rests)


def _citations(claim: Claim, document: Document) -> Iterator[Citation]:
    for block, number in claim.clusters:
        yield from document.blocks[block].scan.clusters[number].citations


def _rests(words: str, counted: str, citations: Iterable[Citation], library: Library) -> Iterator[Rests]:
    for citation in citations:
        aim = target(citation.key, library)
        if aim.source is None:
            continue
        known = aim.source.note.findings if aim.source.note else ()
        if aim.finding is not None:
            pointed = tuple(one for one in known if one.id == aim.finding)
            if pointed or not known:  # of a finding that is not there, that is told, and nothing of others
                yield Rests(aim.source, pointed, True, True)
        else:
            if only := with_figures(counted, aim.source):
                yield Rests(aim.source, (only,), anchored=False, exact=True, by_figures=True)
                continue
            near = on_subject(words, aim.source, library.vocabulary)
            yield Rests(aim.source, near or known, False, bool(near))


def with_figures(words: str, source: Source) -> Finding | None:
    """The finding on an effect that alone has all the telling figures of a sentence; None if none or several have.

    How many took part, periods and small whole numbers stand in many findings, and tell nothing.
    """
    if source.note is None:
        return None
    told = [one for one in figures(words) if _is_telling(one) and one.value != source.note.participants]
    if not told:
        return None
    having = [
        one
        for one in source.note.findings
        if all(
            any(agree(figure, known) for known in figures(f"{one.statement} {one.quote}", every=True))
            for figure in told
        )
    ]
    return having[0] if len(having) == 1 and having[0].effect != "background" else None


def _is_telling(figure: Figure) -> bool:
    if figure.kind == "share":
        return True
    return figure.kind in ("count", "") and (not figure.value.is_integer() or figure.value > 12)


def on_subject(words: str, source: Source, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The findings of a source on the treatment and the outcome that a sentence names (what it does not name is open)."""
    if source.note is None:
        return ()
    treatments, outcomes = named(words, "treatment", vocabulary), named(words, "outcome", vocabulary)
    found = []
    for one in source.note.findings:
        there = named_in((one.outcome, one.statement), "outcome", vocabulary)
        on_treatment = not treatments or meet(treatments, treatments_of(one, vocabulary), vocabulary, "treatment")
        if on_treatment and (not outcomes or meet(outcomes, there, vocabulary, "outcome")):
            found.append(one)
    return tuple(found)


def treatments_of(finding: Finding, vocabulary: Vocabulary) -> frozenset[str]:
    """The treatments a finding is on: those its note gives, and those its statement names."""
    return frozenset(finding.treatments) | named_in((finding.outcome, finding.statement), "treatment", vocabulary)


def named(text: str, kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The ids of the terms of a kind that a text names."""
    return frozenset(use.id for use in mentions(text, vocabulary, kind))


def named_in(texts: Iterable[str], kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The ids of the terms of a kind that any of the texts names."""
    return frozenset().union(*(named(text, kind, vocabulary) for text in texts))


def meet(ours: Iterable[str], theirs: Iterable[str], vocabulary: Vocabulary, kind: str) -> bool:
    """True if one of ours is one of theirs, or broader or narrower than one."""
    theirs = tuple(theirs)
    return any(compatible(one, other, vocabulary, kind) for one in ours for other in theirs)
