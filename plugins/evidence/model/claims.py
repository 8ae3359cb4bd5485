"""The sentences that need a source, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.model.documents import Document
from evidence.model.places import Place
from evidence.model.sources import Finding, Source


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that needs a source, and whether it has one: `status` is `cited`, `uncited` or `exempt`.

    `id` is a short hash of its normalised words, so that it survives moves. `where` says what it is part of: `text`, `row`
    (of a table), `picture` (its description), or the front matter's `title`, `description`, `summary`, `offer` (a call to
    action) or `term` (of the glossary). `block` is its block's index (-1 outside the body), `start` and `end` its stretch of the block, with the citations
    that follow its full stop; `clusters` are the citations it stands on, each as (index of the block, number in the block).
    `said` is the statement that a short answer makes with its question; empty of a sentence that says by itself what it says.
    """

    id: str
    place: Place
    sentence: str
    kind: str
    cue: str
    status: str
    block: int = -1
    where: str = "text"
    start: int = 0
    end: int = 0
    clusters: tuple[tuple[int, int], ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A sentence without a citation that was judged no claim.

    `kind` is what it is instead and `cue` the words for that, both empty if no word told. `points` is what it weighs: the
    higher, the nearer it came to being a claim.
    """

    place: Place
    sentence: str
    kind: str
    cue: str
    points: float


@dataclass(frozen=True, slots=True)
class Rests:
    """One source that a claim cites, with the findings it rests on there: the one pointed at, or those on its subject.

    `exact` is true if `findings` are the one pointed at, or on the treatment and the outcome that the claim names.
    `by_figures` is true if `findings` is the only one that has all the figures of the claim.
    """

    source: Source
    findings: tuple[Finding, ...]
    anchored: bool
    exact: bool
    by_figures: bool = False

    @property
    def points(self) -> bool:
        """True if the sentence points at its findings, by their id or by figures that only they have."""
        return self.anchored or self.by_figures


@dataclass(frozen=True, slots=True)
class Supported:
    """A cited claim of a document with all that it rests on. `words` are its sentence without citations."""

    claim: Claim
    document: Document
    words: str
    rests: tuple[Rests, ...]

    @property
    def shown(self) -> str:
        """What a message shows of it: the sentence, or what a short answer says with its question."""
        return self.claim.said or self.claim.sentence

    @property
    def findings(self) -> tuple[tuple[Source, Finding], ...]:
        """The findings with their sources, in order of citation."""
        return tuple((one.source, finding) for one in self.rests for finding in one.findings)


@dataclass(frozen=True, slots=True)
class Basis:
    """One source that a claim cites, as hashes: of its entry (empty if there is none), and by id of the findings rested on.

    `locator` is the citation's own, such as `page 714`; `anchor` the finding it points at, empty if it points at none, None where
    that was not recorded. `said` has, by id, the findings in words, as far as they were recorded.
    """

    key: str
    entry: str
    findings: tuple[tuple[str, str], ...]
    locator: str = ""
    anchor: str | None = field(default=None, compare=False)
    said: tuple[tuple[str, str], ...] = field(default=(), compare=False)


FRAMES = ("heading", "term", "list", "caption", "columns", "item")
"""What a sentence can stand in, by what the words are there: a `list` by the sentence that introduces it. An `item` is one of the
list or the table that the sentence itself introduces."""


@dataclass(frozen=True, slots=True, order=True)
class Frame:
    """Words around a sentence on which its meaning hangs: `kind` is one of `FRAMES`."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim of one version of the content, with all that it rests on there, and what it stands in from the outside in."""

    claim: Claim
    basis: tuple[Basis, ...] = ()
    context: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or a field of the front matter or the settings, that reaches a reader.

    `where` is one of `wording.WHERE`. `anchors` are (offset in `words`, line, column) in order: between two of them all runs
    alike; a field that is told as a whole has none. `around` are the words of its paragraph, its row or its field; `cited`
    is true if it carries a citation.
    """

    words: str
    where: str
    place: Place
    anchors: tuple[tuple[int, int, int], ...] = ()
    around: str = ""
    cited: bool = False
