"""Sources and their findings, as a sentence or an article tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evidence.model import Document, Finding, Library, Source, Supported
from evidence.references.people import label
from evidence.showing.manners import manner
from evidence.showing.plain import plain_words
from evidence.showing.resting import settled
from evidence.showing.shown import Basis, Told
from evidence.showing.subjects import Subject
from evidence.targets import cited, target


def findings_cited(
    document: Document, supported: Iterable[Supported], library: Library
) -> dict[str, tuple[Told, ...]]:
    """By key of a source: its findings that the document cites or its `supported` claims tell, in the order of the source's note, but
    harms first, and last what is no result."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for found in cited(document):
        aim = target(found.citation.key, library)
        if aim.finding is not None:
            wanted[aim.key].add(aim.finding)
    for one in supported:
        for rest in one.rests:
            wanted[rest.source.key].update(finding.id for finding in settled(one, rest, library.vocabulary))
    return {
        key: tuple(
            _told(one, source, library)
            for one in sorted(source.note.findings, key=lambda one: _ORDER.get(one.effect, 1))
            if one.id in ids
        )
        for key, ids in wanted.items()
        if (source := library.sources.get(key)) and source.note
    }


_ORDER = {"harm": 0, "unclear": 2, "background": 3}
"""Harms before all else that was found, and that before the rest."""


def _told(finding: Finding, source: Source, library: Library) -> Told:
    own = source.note is not None and finding.treatments != source.note.treatments
    given = labels_of(finding.treatments, library)
    effect, statement = manner(finding, source.note), plain_words(finding.statement)
    return Told(finding.id, finding.outcome, effect, given if own else (), statement, given)


def labels_of(ids: Iterable[str], library: Library) -> tuple[str, ...]:
    terms = library.vocabulary.terms.get("treatment", {})
    return tuple(terms[id].label if id in terms else id for id in ids)


class Bases:
    """The sources that sentences cite, each put into words once for the same findings, and what they are about."""

    def __init__(self, library: Library, addresses: Mapping[str, str]) -> None:
        self._library, self._addresses = library, addresses
        self._known: dict[tuple[str, tuple[str, ...]], Basis] = {}
        self._subjects: dict[tuple[tuple[str, str], ...], tuple[Subject, ...]] = {}

    def of(self, key: str, ids: Sequence[str]) -> Basis:
        """A source of the library with these of its findings."""
        known = self._known.get((key, tuple(ids)))
        if known is None:
            source = self._library.sources[key]
            noted = {one.id: one for one in (source.note.findings if source.note else ())}
            findings = tuple(noted[id] for id in ids)
            told = tuple(_told(one, source, self._library) for one in findings)
            known = Basis(key, label(source), self._addresses[key], source, findings, told)
            self._known[key, tuple(ids)] = known
        return known

    def on(self, subjects: tuple[tuple[str, str], ...]) -> tuple[Subject, ...]:
        """What sentences are about, the same values for all that are about the same."""
        if subjects not in self._subjects:
            self._subjects[subjects] = tuple(Subject(*each) for each in subjects)
        return self._subjects[subjects]
