"""The sentences of a document in plain values, and as they are shown on a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from evidence.digests import digest
from evidence.model import Finding, Frame, Library, Source, Supported
from evidence.showing.leaning import before as before_it
from evidence.showing.leaning import heads
from evidence.showing.places import Places
from evidence.showing.resting import settled
from evidence.showing.shown import PublishedPage, Sentence
from evidence.showing.subjects import subjects_of
from evidence.showing.telling import Bases
from evidence.showing.words import reader_words
from evidence.support.context import contexts

Row = tuple[str, str, str, str, tuple[tuple[str, str], ...], tuple[tuple[str, tuple[str, ...]], ...], int, str]
"""A sentence in plain values: id, words, kind, place on its page, subjects, sources with the ids of their findings, block, what stands
before it."""


Rows = tuple[tuple[Row, bytes], ...]
"""Sentences, each with a hash of it."""


def rows_of(supported: Iterable[Supported], places: Places, library: Library) -> Rows:
    """The sentences of one document. What they say follows from the document and from what its sources say."""
    supported = tuple(supported)
    stands_in = contexts(supported[0].document) if supported else ()
    rows = [_row(one, places, library, stands_in) for one in supported]
    return tuple((row, digest(repr(row))) for row in rows)


def _row(one: Supported, places: Places, library: Library, stands_in: Sequence[Sequence[Frame]]) -> Row:
    found: dict[str, dict[str, Finding]] = {}
    for rest in one.rests:
        told = settled(one, rest, library.vocabulary)
        found.setdefault(rest.source.key, {}).update({finding.id: finding for finding in told})
    findings = [finding for each in found.values() for finding in each.values()]
    studied = [id for rest in one.rests for id in _studied(rest.source, found[rest.source.key].values())]
    earlier = reader_words(before_it(one.claim, one.document) or heads(one.claim, one.document), library)
    frames = stands_in[one.claim.block] if one.claim.block >= 0 else ()
    table = " ".join(frame.words for frame in frames if frame.kind in ("caption", "columns"))
    around = (
        table,
        earlier,
        *(frame.words for frame in reversed(frames) if frame.kind not in ("caption", "columns")),
    )
    subjects = subjects_of(one.words, findings, library.vocabulary, studied, around)
    return (
        one.claim.id,
        reader_words(one.claim.sentence, library),
        one.claim.kind,
        places.of(one),
        tuple((each.treatment, each.outcome) for each in subjects),
        tuple((key, tuple(ids)) for key, ids in found.items()),
        one.claim.block,
        earlier,
    )


def _studied(source: Source, told: Collection[Finding]) -> Iterator[str]:
    """The treatments that a citation is on: those of its findings, or of the whole source where that is of one alone."""
    for one in told:
        yield from one.treatments
    if source.note and not told and len(source.note.treatments) == 1:
        yield from source.note.treatments


def sentences_of(
    rows: Rows, page: PublishedPage, bases: Bases, vocabulary: bytes, keys: Mapping[str, bytes]
) -> Iterator[Sentence]:
    """The sentences as they are shown on a page. `vocabulary` and `keys` are of all that may be said of subjects and sources; without
    them the sentences have no keys of their own."""
    start = digest(vocabulary, page.url, page.title, page.lang)
    for (id, words, kind, place, subjects, sources, block, before), key in rows:
        yield Sentence(
            id=id,
            words=words,
            kind=kind,
            page=page,
            url=f"{page.url}#{place}",
            subjects=bases.on(subjects),
            bases=tuple(bases.of(source, ids) for source, ids in sources),
            block=block,
            before=before,
            key=b"".join((key, start, *(keys[source] for source, _ in sources))) if keys else b"",
        )
