"""What readers see, as values for the theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.digests import digest
from evidence.model import Finding, Lock, Segment, Source
from evidence.references.bibtex import bibtex
from evidence.showing.manners import manner
from evidence.showing.subjects import Subject
from evidence.standing import checked, status

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
