"""What readers may see of the evidence: the sources with all that rests on them, and the claims by what they are about.

Pure: the report and the addresses of the published pages go in, values for the theme come out. Only sentences of
published pages that cite a source are shown; nothing is said of a finding that the citation does not settle.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from evidence.digests import digest
from evidence.model import Document, Finding, Frame, Library, Lock, Segment, Source, Supported
from evidence.references import format_source, safe_id
from evidence.references.bibtex import bibtex
from evidence.references.people import label
from evidence.showing.leaning import before as before_it
from evidence.showing.leaning import heads
from evidence.showing.manners import manner
from evidence.showing.places import Places
from evidence.showing.plain import plain_words
from evidence.showing.resting import settled
from evidence.showing.subjects import Subject, subjects_of
from evidence.showing.words import reader_words
from evidence.standing import checked, status
from evidence.support.context import contexts
from evidence.targets import cited, target
from evidence.vocabulary import broader

NEVER = "not verified"
"""The standing of a source nobody was asked about."""


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Where a document can be read: its address below the site's, its title and its language."""

    url: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in one line. `treatments` are named where its source is on others too, and so must be told apart; `given` are those whose
    effect it is. The `statement` is in plain words."""

    id: str
    outcome: str
    effect: str
    """What may be said of an effect, by the kind of study: a name of `evidence.showing.manners`."""
    treatments: tuple[str, ...] = ()
    statement: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """A source that a sentence cites, with the findings that the citation settles (none, if it settles none)."""

    key: str
    label: str
    url: str
    source: Source
    findings: tuple[Finding, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A cited claim of a published page. `url` leads to the place where it is cited; `subjects` says what it is about;
    `block` is the index of its block in the document, -1 outside the body."""

    id: str
    words: str
    kind: str
    page: PublishedPage
    url: str
    subjects: tuple[Subject, ...]
    bases: tuple[Basis, ...]
    block: int = -1
    before: str = ""
    """The sentences before it, where it leans on them, or the heads of its columns."""
    key: bytes = b""
    """One hash of all the above, the words on its sources included."""

    def template_key(self) -> bytes:
        return self.key


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source's own page. `standing` is a status of `evidence.standing`, known since the day `checked` ("" if never).

    `findings` are those with a result, `limits` those from which the effect cannot be told.
    """

    source: Source
    label: str
    url: str
    segments: Sequence[Segment]
    lock: Lock | None
    treatments: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    names: Mapping[str, str]
    """What the treatments of its findings are called, by their ids."""
    key: bytes = b""
    """One hash of all that can be seen of it."""

    @property
    def standing(self) -> str:
        return status(self.source, self.lock) if self.lock else NEVER

    @property
    def checked(self) -> str:
        return checked(self.source, self.lock)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self._known if self.manner(one) != "unclear")

    @property
    def limits(self) -> tuple[Finding, ...]:
        return tuple(one for one in self._known if self.manner(one) == "unclear")

    def manner(self, finding: Finding) -> str:
        """What may be said of an effect, by the kind of study."""
        return manner(finding, self.source.note)

    @property
    def bibtex(self) -> str:
        """Its entry for a reference manager."""
        return bibtex(self.source)

    def given(self, finding: Finding) -> tuple[str, ...]:
        """The treatments whose effect it is."""
        return tuple(self.names[id] for id in finding.treatments)

    @property
    def _known(self) -> tuple[Finding, ...]:
        return self.source.note.findings if self.source.note else ()

    def template_key(self) -> bytes:
        return self.key


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """The sentences on one outcome; `label` is empty for those that name none."""

    label: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class TreatmentGroup:
    """The sentences on one treatment, by outcome, at an address of their own; `label` is empty for those that name none."""

    url: str
    label: str
    outcomes: tuple[OutcomeGroup, ...]
    broader: tuple[tuple[str, str], ...] = ()
    narrower: tuple[tuple[str, str], ...] = ()
    """The pages of what it is a kind of, and of its kinds, as (label, url)."""
    names: tuple[str, ...] = ()
    """What else it is called."""
    parts: tuple[TreatmentGroup, ...] = ()
    """Of a treatment with very many sentences: pages of their own for a part of them each, with one outcome. Its own page has none."""

    def template_key(self) -> bytes:
        parts: list[bytes | str] = [
            self.url,
            self.label,
            repr((self.broader, self.narrower, self.names, len(self.parts))),
        ]
        for one in self.outcomes:
            parts += [one.label, *(each.key for each in one.sentences)]
        return digest(*parts)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Each sentence once, also where it is on two outcomes."""
        return tuple({id(one): one for outcome in self.outcomes for one in outcome.sentences}.values())


@dataclass(frozen=True, slots=True)
class Shelf:
    """All evidence that the site shows."""

    sources: tuple[ShownSource, ...]
    sentences: tuple[Sentence, ...]
    treatments: tuple[TreatmentGroup, ...]
    addresses: Mapping[str, str]
    """The address of each source's page by its key."""

    def template_key(self) -> bytes:
        return digest(*(one.key for one in self.sources), "", *(one.key for one in self.sentences))


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
    treatments = _labels(source.note.treatments if source.note else (), library)
    ids = sorted({id for one in (source.note.findings if source.note else ()) for id in one.treatments})
    names = dict(zip(ids, _labels(ids, library), strict=True))
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


# -------------------------------------------------------------------------------------- sentences and findings


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
    given = _labels(finding.treatments, library)
    effect, statement = manner(finding, source.note), plain_words(finding.statement)
    return Told(finding.id, finding.outcome, effect, given if own else (), statement, given)


def _labels(ids: Iterable[str], library: Library) -> tuple[str, ...]:
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
