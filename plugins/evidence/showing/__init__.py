"""What readers may see of the evidence: the sources with all that rests on them, and the claims by what they are about.

Pure: the report and the addresses of the published pages go in, values for the theme come out. Only sentences of
published pages that cite a source are shown; nothing is said of a finding that the citation does not settle.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.model import Document, Finding, Library, Reference, Report, Segment, Source, Supported
from evidence.references import format_source, safe_id
from evidence.references.people import label
from evidence.showing.places import Places, settled
from evidence.showing.subjects import Subject, subjects_of
from evidence.showing.words import reader_words
from evidence.standing import checked, status
from evidence.targets import cited, target

NEVER = "not verified"
"""The standing of a source nobody was asked about."""


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Where a document can be read: its address below the site's, its title, its language and its sources."""

    url: str
    title: str
    lang: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in one line. `treatments` are named where its source is on others too, and so must be told apart."""

    id: str
    outcome: str
    effect: str
    treatments: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source's own page. `standing` is a status of `evidence.standing`, known since the day `checked` ("" if never).

    `findings` are those with a result, `limits` those from which the effect cannot be told.
    """

    source: Source
    label: str
    url: str
    segments: tuple[Segment, ...]
    standing: str
    checked: str
    findings: tuple[Finding, ...]
    limits: tuple[Finding, ...]
    treatments: tuple[str, ...]
    sentences: tuple[Sentence, ...]


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


def shelf(report: Report, pages: Mapping[str, PublishedPage]) -> Shelf:
    """The shelf of a checked site; `pages` holds the published ones by the path of their document."""
    library = report.library
    keys = {reference.key for page in pages.values() for reference in page.references}
    keys |= {rest.source.key for one in report.supported if one.document.path in pages for rest in one.rests}
    addresses = {key: f"sources/{slug}/" for key, slug in slugs(library).items() if key in keys}
    sentences = tuple(_sentences(report, pages, addresses))
    resting: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        for basis in {one.key: one for one in sentence.bases}.values():
            resting[basis.key].append(sentence)
    shown = [_shown(library.sources[key], library, url, resting[key]) for key, url in addresses.items()]
    ordered = tuple(sorted(shown, key=lambda one: (one.label.casefold(), one.source.key)))
    return Shelf(ordered, sentences, tuple(_groups(sentences, library)), addresses)


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


def _shown(source: Source, library: Library, url: str, sentences: Sequence[Sentence]) -> ShownSource:
    known = source.note.findings if source.note else ()
    return ShownSource(
        source=source,
        label=label(source),
        url=url,
        segments=format_source(source),
        standing=status(source, library.lock) if library.lock else NEVER,
        checked=checked(source, library.lock),
        findings=tuple(one for one in known if one.effect != "unclear"),
        limits=tuple(one for one in known if one.effect == "unclear"),
        treatments=_labels(source.note.treatments if source.note else (), library),
        sentences=tuple(sentences),
    )


# -------------------------------------------------------------------------------------- sentences and findings


def findings_cited(
    document: Document, supported: Iterable[Supported], library: Library
) -> dict[str, tuple[Told, ...]]:
    """By key of a source: its findings that the document and its `supported` claims cite, in the order of the source's note, results first."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for found in cited(document):
        aim = target(found.citation.key, library)
        if aim.finding is not None:
            wanted[aim.key].add(aim.finding)
    for one in supported:
        for rest in one.rests:
            wanted[rest.source.key].update(finding.id for finding in settled(rest))
    return {
        key: tuple(
            _told(one, source, library)
            for one in sorted(source.note.findings, key=lambda one: one.effect == "background")
            if one.id in ids
        )
        for key, ids in wanted.items()
        if (source := library.sources.get(key)) and source.note
    }


def _told(finding: Finding, source: Source, library: Library) -> Told:
    own = source.note is not None and finding.treatments != source.note.treatments
    return Told(finding.id, finding.outcome, finding.effect, _labels(finding.treatments, library) if own else ())


def _labels(ids: Iterable[str], library: Library) -> tuple[str, ...]:
    terms = library.vocabulary.terms.get("treatment", {})
    return tuple(terms[id].label if id in terms else id for id in ids)


def _sentences(
    report: Report, pages: Mapping[str, PublishedPage], addresses: Mapping[str, str]
) -> Iterator[Sentence]:
    places = {
        one.path: Places(one, pages[one.path].references, report.library)
        for one in report.documents
        if one.path in pages
    }
    for one in report.supported:
        page = pages.get(one.document.path)
        if page is None:
            continue
        bases = tuple(_bases(one, addresses, report.library))
        findings = tuple(finding for basis in bases for finding in basis.findings)
        yield Sentence(
            id=one.claim.id,
            words=reader_words(one.claim.sentence, report.library),
            kind=one.claim.kind,
            page=page,
            url=f"{page.url}#{places[one.document.path].of(one)}",
            subjects=subjects_of(one.words, findings, report.library.vocabulary),
            bases=bases,
            block=one.claim.block,
        )


def _bases(one: Supported, addresses: Mapping[str, str], library: Library) -> Iterator[Basis]:
    found: dict[str, dict[str, Finding]] = {}
    sources = {rest.source.key: rest.source for rest in one.rests}
    for rest in one.rests:
        found.setdefault(rest.source.key, {}).update({finding.id: finding for finding in settled(rest)})
    for key, findings in found.items():
        told = tuple(_told(finding, sources[key], library) for finding in findings.values())
        yield Basis(key, label(sources[key]), addresses[key], sources[key], tuple(findings.values()), told)


def _groups(sentences: Sequence[Sentence], library: Library) -> Iterator[TreatmentGroup]:
    """In the order of the vocabulary; what names no treatment, or no outcome, comes last."""
    by_subject: dict[Subject, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        for subject in sentence.subjects:
            by_subject[subject].append(sentence)
    terms = library.vocabulary.terms
    treatments, outcomes = terms.get("treatment", {}), terms.get("outcome", {})
    for treatment in (*treatments, ""):
        groups = tuple(
            OutcomeGroup(outcomes[outcome].label if outcome else "", tuple(by_subject[Subject(treatment, outcome)]))
            for outcome in (*outcomes, "")
            if Subject(treatment, outcome) in by_subject
        )
        if groups:
            yield TreatmentGroup(
                f"evidence/{safe_id(treatment)}/" if treatment else "evidence/no-treatment-named/",
                treatments[treatment].label if treatment else "",
                groups,
            )
