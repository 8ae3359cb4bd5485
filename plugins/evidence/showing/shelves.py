"""All evidence that a site shows: its sources, and its sentences by what they are about."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import overload

from evidence.digests import digest
from evidence.model import Library, Segment, Source
from evidence.references import format_source, safe_id
from evidence.references.people import label
from evidence.showing.shown import OutcomeGroup, Sentence, Shelf, ShownSource, TreatmentGroup
from evidence.showing.subjects import Subject
from evidence.showing.telling import labels_of
from evidence.vocabulary import broader


def shelf(
    library: Library, sentences: Sequence[Sentence], addresses: Mapping[str, str], keys: Mapping[str, bytes]
) -> Shelf:
    """The shelf of a checked site with these sentences, in the order of their pages; `addresses` are those of the sources that are
    cited or listed, and `keys` are of all that is known of each."""
    resting: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        for key in {one.key: None for one in sentence.bases}:
            resting[key].append(sentence)
    shown = [
        _shown(library.sources[key], library, url, resting.get(key, ()), keys.get(key, b""))
        for key, url in addresses.items()
    ]
    ordered = tuple(sorted(shown, key=lambda one: (one.label.casefold(), one.source.key)))
    return Shelf(ordered, tuple(sentences), tuple(_groups(sentences, library)), addresses)


def slugs(library: Library) -> dict[str, str]:
    """For each key a part of an address, short enough for every file system. No two are the same, not even where
    capitals do not count."""
    taken = Counter(safe_id(key).casefold() for key in library.sources)
    return {
        key: slug
        if taken[(slug := safe_id(key)).casefold()] == 1 and len(slug) <= _LONGEST
        else f"{slug[:_LONGEST]}-{_hash(key)}"
        for key in library.sources
    }


_LONGEST = 60


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]


class Later(Sequence[Segment]):
    """A source as it is cited, put into words when somebody reads it."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @overload
    def __getitem__(self, index: int) -> Segment: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Segment]: ...
    def __getitem__(self, index: int | slice) -> Segment | Sequence[Segment]:
        return format_source(self._source)[index]

    def __len__(self) -> int:
        return len(format_source(self._source))


def _shown(source: Source, library: Library, url: str, sentences: Sequence[Sentence], key: bytes) -> ShownSource:
    treatments = labels_of(source.note.treatments if source.note else (), library)
    ids = sorted({id for one in (source.note.findings if source.note else ()) for id in one.treatments})
    names = dict(zip(ids, labels_of(ids, library), strict=True))
    return ShownSource(
        source=source,
        label=label(source),
        url=url,
        segments=Later(source),
        lock=library.lock,
        treatments=treatments,
        sentences=tuple(sentences),
        names=names,
        key=digest(key, url, *treatments, "", *names.values(), "", *(one.key for one in sentences)) if key else b"",
    )


FITTING = 250
"""So many sentences fit on one page of a treatment."""


def _parts(url: str, label: str, groups: Sequence[OutcomeGroup]) -> tuple[TreatmentGroup, ...]:
    """The pages that the sentences on a treatment are laid out on, if they are too many for one."""
    if sum(len(one.sentences) for one in groups) <= FITTING:
        return ()
    pages = (
        OutcomeGroup(one.label, one.sentences[start : start + FITTING])
        for one in groups
        for start in range(0, len(one.sentences), FITTING)
    )
    return tuple(TreatmentGroup(f"{url}{number}/", label, (page,)) for number, page in enumerate(pages, 1))


def _groups(sentences: Sequence[Sentence], library: Library) -> Iterator[TreatmentGroup]:
    """In the order of the vocabulary; what names no treatment, or no outcome, comes last."""
    by_subject: dict[Subject, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        for subject in sentence.subjects:
            by_subject[subject].append(sentence)
    terms = library.vocabulary.terms
    treatments, outcomes = terms.get("treatment", {}), terms.get("outcome", {})
    found = {}
    for treatment in (*treatments, ""):
        groups = tuple(
            OutcomeGroup(outcomes[outcome].label if outcome else "", tuple(by_subject[Subject(treatment, outcome)]))
            for outcome in (*outcomes, "")
            if Subject(treatment, outcome) in by_subject
        )
        if groups:
            url = f"evidence/{safe_id(treatment)}/" if treatment else "evidence/no-treatment-named/"
            term = treatments.get(treatment)
            label, names = (term.label, term.synonyms) if term else ("", ())
            found[treatment] = TreatmentGroup(
                url, label, groups, names=tuple(names), parts=_parts(url, label, groups)
            )
    above = {id: broader(id, library.vocabulary, "treatment") - {id} for id in found}
    for id, group in found.items():
        yield replace(
            group,
            broader=tuple((one.label, one.url) for other, one in found.items() if other in above[id]),
            narrower=tuple((one.label, one.url) for other, one in found.items() if id in above[other]),
        )
