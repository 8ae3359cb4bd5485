"""Every value that crosses a module boundary. Frozen, without behaviour that reads a disk or a clock.

Offsets are 0-based indexes into a Python string, ends exclusive. Lines and columns are 1-based and count
characters of the author's own file, as an editor shows them; an end column is exclusive too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad a problem is: an error stops publication, a warning is shown, a note is told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Mode(StrEnum):
    """How a citation stands in its sentence: `[@key]`, `@key says`, `[-@key]`."""

    NORMAL = "normal"
    NARRATIVE = "narrative"
    SUPPRESS = "suppress"


# ------------------------------------------------------------------------------------------------ places


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a file. `path` is relative to the project root, with `/` as separator."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


# --------------------------------------------------------------------------------------------- citations


@dataclass(frozen=True, slots=True)
class Citation:
    """One source pointed at. `start` and `end` bracket `@key` (with a leading `-` if there is one) in the text.

    `prefix` and `suffix` are the author's words around the key as plain text (markup removed); `suffix` is
    what is left after the locator. `locator_label` is CSL's name for the label (`page`, `chapter`, `figure` …),
    `locator` what follows it (`33-35`).
    """

    key: str
    mode: Mode
    prefix: str
    suffix: str
    locator_label: str | None
    locator: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Citations that stand together: one bracket, or a narrative `@key` with the bracket that follows it."""

    start: int
    end: int
    citations: tuple[Citation, ...]
    within: str = "text"
    """Where it stands: `text`, `link` (inside a link's words) or `image` (inside a picture's description)."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that looks meant as a citation and is none: `what` says why, `fix` what to write."""

    start: int
    end: int
    what: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What the citation grammar found in one block of inline Markdown, in order of position."""

    clusters: tuple[Cluster, ...]
    slips: tuple[Slip, ...] = ()


# ----------------------------------------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class Name:
    """A person or a body. A body has only `family`. All Unicode, no LaTeX."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    body: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a bibliography entry: its value in plain Unicode, the author's own spelling, its place."""

    name: str
    value: str
    raw: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """What one source found on one outcome, as its note records it."""

    id: str
    outcome: str
    effect: str
    statement: str
    locator: str = ""
    quote: str = ""
    treatments: tuple[str, ...] = ()
    """Ids of the treatments whose effect this is; the note's, unless the finding names its own."""
    place: Place | None = None
    advice: str = ""
    """What a guideline or statement says to do, out of a closed list; empty where it says only what happened."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the editors know about a source: `content/sources/<key>.toml`."""

    key: str
    place: Place
    design: str = ""
    participants: int | None = None
    population: str = ""
    treatments: tuple[str, ...] = ()
    funding: str = ""
    findings: tuple[Finding, ...] = ()
    superseded_by: str = ""
    """The key or the name of what takes the place of the source."""
    retracted_ok: str = ""
    """Why the source is cited although it was retracted."""
    record_ok: str = ""
    """Why the entry is right although a service records the work otherwise."""


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the bibliography.

    `type` is the entry type in lower case as written; `fields` maps biblatex-to-BibTeX normalised names
    (`journaltitle` → `journal`, `location` → `address`, `date` → `year`/`month`/`day` …) to fields, inherited ones
    (crossref, xdata) included; `own` holds only the names written in the entry itself. `creators` maps a role
    (`author`, `editor`) to names in order; a final `Name("others")` means "et al.".
    """

    key: str
    type: str
    place: Place
    key_place: Place
    fields: Mapping[str, Field]
    own: frozenset[str] = frozenset()
    creators: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    note: Note | None = None

    def value(self, name: str) -> str:
        """The field's value, or the empty string."""
        found = self.fields.get(name)
        return found.value if found else ""


KINDS = ("treatment", "population", "outcome")
"""What the terms of the vocabulary may name."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing of the controlled vocabulary under all its names. `broader` holds ids of the same kind."""

    id: str
    kind: str
    label: str
    synonyms: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    place: Place | None = None
    members: tuple[str, ...] = ()
    """The single things of a class, such as the medicines of a family: what is known of the class is known of none of them."""

    @property
    def names(self) -> tuple[str, ...]:
        """All words the thing goes by."""
        return (self.label, *self.synonyms)


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term that a text names, at the offsets `start` to `end`."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The controlled vocabulary: terms by kind and id, and by kind the term each phrase names.

    A phrase is a tuple of words as `vocabulary.phrase` gives them; the beginnings of phrases are there too, with "".
    """

    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    phrases: Mapping[str, Mapping[tuple[str, ...], str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a bibliography or note file that reading met: a rule code, the place, what, the repair."""

    code: str
    place: Place
    what: str
    fix: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """All sources by exact key, in file order. `faults` are what reading met; nothing readable is ever dropped.

    Of entries that share a key the first is in `sources`; the others are in `duplicates` with their places.
    """

    sources: Mapping[str, Source]
    faults: tuple[Fault, ...] = ()
    duplicates: tuple[Source, ...] = ()
    paths: tuple[str, ...] = ()
    vocabulary: Vocabulary = Vocabulary()
    lock: Lock | None = None
    """What was verified; None if nothing ever was."""
    key: bytes = b""
    """The hash of all files it was made of, where those are known: what is worked out from it is remembered under that."""
    recall: Callable[[str, Callable[[Any], Any], bool], Any] | None = None
    """Gives what was worked out from it before, by its name, or else works it out; see the two methods."""

    def remembered(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` makes of the library, in texts, numbers and containers of such; made once where there is a memory."""
        return make() if self.recall is None else self.recall(name, lambda _: make(), False)

    def renewed(self, name: str, make: Callable[[Any], Any]) -> Any:
        """The same; `make` is given what it made of an earlier library with this vocabulary, or else None."""
        return make(None) if self.recall is None else self.recall(name, make, True)


# ------------------------------------------------------------------------------------------ verification


class MarkKind(StrEnum):
    """What a notice does to a work. Only `RETRACTED` takes its findings away."""

    RETRACTED = "retracted"
    REINSTATED = "reinstated"
    REPLACED = "retracted and replaced"
    CONCERN = "expression of concern"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A notice about a work: what it does, its day if known, and its DOI, PMID or the service's own words."""

    kind: MarkKind
    date: str = ""
    notice: str = ""


class AnswerState(StrEnum):
    """`FOUND`; `ABSENT`: the identifier does not exist; `UNKNOWN`: the service does not hold it, which says nothing."""

    FOUND = "found"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one service said of one source on the day `checked`, when the entry had the hash `entry`.

    `id` is what was asked for. `ids` are the work's identifiers by kind (`doi`, `pmid`, `pmcid`) as the service has
    them, `years` all its years of publication. `data` is the day of the service's data where that is not `checked`.
    """

    service: str
    checked: str
    entry: str
    state: AnswerState
    id: str
    title: str = ""
    author: str = ""
    years: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    data: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A service that could not be asked about a source, when and why. It says nothing about the source."""

    service: str
    on: str
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of one source: the last answer and the last failure of each service, by its name."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lock:
    """`references.lock.json`: what was verified, and when, by the keys of the sources."""

    records: Mapping[str, Record] = field(default_factory=dict)


# -------------------------------------------------------------------------------------------- references


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a formatted reference: text, and the address it links to if any (http or https only)."""

    text: str
    href: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a page that cites a source: the marker's id and its number among that source's mentions."""

    id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One numbered line of a page's reference list."""

    number: int
    id: str
    key: str
    label: str
    segments: tuple[Segment, ...]
    mentions: tuple[Mention, ...] = ()
    source: Source | None = None


# ---------------------------------------------------------------------------------------------- documents


class BlockKind(StrEnum):
    """What a stretch of inline text is on the page."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    CELL = "cell"
    TERM = "term"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text that came in one piece from one line of the file."""

    start: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of inline Markdown: a paragraph, a list item's own text, a heading, a table cell …

    `text` is inline Markdown as the author wrote it, without the block's own marks. `spans` map it to the file.
    `ancestors` names the enclosing structures from the outside in (`ul`, `li`, `blockquote`, `table`, `footnote`),
    `group` is the same number for all cells of a table row and for all items of a list; 0 is no group.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    ancestors: tuple[str, ...] = ()
    scan: Scan = Scan(())
    group: int = 0


@dataclass(frozen=True, slots=True)
class Meta:
    """One value of the front matter and where it stands."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Exemption:
    """`<!-- allow CODE: reason -->`, for the block with this index.

    `offset` is where it stands in that block's text, or None if it stands alone before the block.
    """

    code: str
    reason: str
    place: Place
    block: int
    offset: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file, read. `kind` is `article`, `page` or `loose` (a file outside the content folders).

    `text` is the whole file, `body` what follows the front matter. `hidden` are places of prose that stands in raw
    HTML, with its first words. `beside` is what readers see that is no prose, with its only ancestor: `hover` (what pointing at
    an abbreviation, or at a link by its label, shows) or `code`. `faults` are what made the file unreadable, wholly or in part.
    `unshown` are citations that no reader would see: place, text and first key.
    """

    path: str
    text: str
    kind: str
    meta: Mapping[str, Meta]
    body: str
    blocks: tuple[Block, ...]
    exemptions: tuple[Exemption, ...] = ()
    hidden: tuple[tuple[Place, str], ...] = ()
    faults: tuple[Fault, ...] = ()
    nocite: tuple[tuple[str, Place], ...] = ()
    beside: tuple[Block, ...] = ()
    unshown: tuple[tuple[Place, str, str], ...] = ()

    @property
    def draft(self) -> bool:
        """Drafts are reported but never stop a build, since they are not published."""
        status = self.meta.get("status")
        return status is not None and status.value.strip().lower() == "draft"


# ------------------------------------------------------------------------------------------------- report


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's bare finding: where and what. `checking` makes it a problem.

    `severity` is for a hit that is worse or better than its rule's others; settings then move it only to "off".
    """

    place: Place
    what: str
    fix: str | None = None
    key: str | None = None
    claim: str | None = None
    replacements: tuple[str, ...] = ()
    """What may stand at the place instead, if the repair is just that; the likeliest first."""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A hit dressed for people: which rule, how bad, what and how to mend it."""

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    claim: str | None = None
    key: str | None = None
    fix: str | None = None
    replacements: tuple[str, ...] = ()
    baselined: bool = False
    """Whether the site's baseline lets it pass."""


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
    that was not recorded.
    """

    key: str
    entry: str
    findings: tuple[tuple[str, str], ...]
    locator: str = ""
    anchor: str | None = field(default=None, compare=False)


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


class ChangeKind(StrEnum):
    """What happened to a claim between two versions, in the order in which a reviewer must look at it."""

    UNCITED = "citation removed, the sentence still stands"
    ADDED = "added"
    REPLACED = "replaced"
    CHANGED = "changed"
    SOURCE = "source changed"
    CONTEXT = "context changed"
    LAPSED = "sign-off lapsed"
    MOVED = "moved"
    REMOVED = "removed"


class Fate(StrEnum):
    """What happened to some words of a sentence."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a sentence that share a fate, one space between them."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one claim. `before` is None for an added claim, `after` for a removed one.

    `words` is the difference of the two sentences, empty unless they differ. `sources` say in words what changed in what the
    claim rests on. `moved` is true if it stands in another article or in another place among its neighbours.
    """

    kind: ChangeKind
    before: Claim | None
    after: Claim | None
    words: tuple[Words, ...] = ()
    sources: tuple[str, ...] = ()
    moved: bool = False
    context: tuple[str, ...] = ()
    """In words what changed in what it stands in: headings, its list's introduction, its table's columns."""
    told: bool = False
    """Whether nothing happened to it but what is told of its sources, in `Changes.revised`."""
    lapsed: str = ""
    """Whose sign-off it had and has no longer, and of which day; empty if it lost none."""

    @property
    def claim(self) -> Claim:
        """The claim as it is now, or as it was last."""
        claim = self.after or self.before
        assert claim is not None
        return claim


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that was not there before, and the claims that cite it now, each once."""

    source: Source
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What changed of a source that was there before: of its entry and its note, or, if `finding` names one, of that finding.

    `fields` are the names of what changed, each with the difference of its words; `claims` those that rest on it now, each once.
    """

    key: str
    finding: str
    fields: tuple[tuple[str, tuple[Words, ...]], ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """All that happened to claims `since` a revision (as the user named it), first what needs a reviewer most.

    `new` and `revised` are the sources that came, and those of which something else is recorded now, by key.
    """

    since: str
    all: tuple[Change, ...]
    new: tuple[NewSource, ...] = ()
    revised: tuple[SourceChange, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Passed:
    """One entry of a baseline: so many (`number`) problems of a rule with this claim, or, without one, with these words.

    `words` is a hash of the words the problem stands on, in the file `path`; `what` is for people. `line` is the entry's own.
    """

    rule: str
    claim: str
    path: str
    words: str
    number: int = 1
    what: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """The problems a site had when it adopted the gate: `entries` of the file `path`, and those of them that are `idle`."""

    path: str
    entries: tuple[Passed, ...] = ()
    idle: tuple[Passed, ...] = ()


# ---------------------------------------------------------------------------------------------- sign-offs


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of `content/people.toml`. `role` is of a closed list; only clinicians sign claims."""

    id: str
    name: str
    credentials: str
    role: str
    interests: str
    place: Place


@dataclass(frozen=True, slots=True)
class Signature:
    """What one person said of one claim: `verdict` is `accept` or `reject`, `date` a day such as `2026-11-25`.

    `sentence` and `rests` are the words and what they rested on when they were signed, `context` is what they stood in; `hash`
    is over these and all the rest. `context` is None in a record of before it was written down, which holds for nothing.
    """

    claim: str
    sentence: str
    rests: tuple[Basis, ...]
    hash: str
    person: str
    role: str
    date: str
    verdict: str
    note: str = ""
    place: Place = Place("")
    context: tuple[Frame, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The people, and all signatures that can be read, in order of file and line. `faults` are what reading met.

    `people_path` and `folder` say where they stand, relative to the project root.
    """

    people: Mapping[str, Person] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    faults: tuple[Fault, ...] = ()
    people_path: str = "content/people.toml"
    folder: str = "content/reviews"

    @property
    def begun(self) -> bool:
        """Whether anybody has signed anything, well or badly."""
        return bool(self.signatures or self.faults)


class SignState(StrEnum):
    """Whether a clinician stands behind a claim as it is now."""

    SIGNED = "signed"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    VOID = "void"
    MISSING = "not signed"


@dataclass(frozen=True, slots=True)
class SignOff:
    """How one claim stands, and the signature that says so. `VOID` is one by an author of the article.

    If it lapsed, `words` are the difference of the sentence to the one that was signed, empty if they are the same, and
    `sources` say in words what changed in what it rests on, `context` what changed in what it stands in.
    """

    claim: Claim
    state: SignState
    signature: Signature | None = None
    words: tuple[Words, ...] = ()
    sources: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOffs:
    """The state of every claim of the documents, in order, and the signatures of sentences that are nowhere any more."""

    all: tuple[SignOff, ...] = ()
    gone: tuple[Signature, ...] = ()


# ------------------------------------------------------------------------------------------------- the whole


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


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found. Formats only arrange it. `texts` holds the files that problems point into.

    `rules` are the codes of the rules that were run; `supported` the cited claims with their findings.
    """

    documents: tuple[Document, ...]
    library: Library
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    fail_on: Severity
    texts: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    supported: tuple[Supported, ...] = ()
    changes: Changes | None = None
    """What is new since an earlier revision; None if it was compared with none."""
    own_rules: tuple[Rule, ...] = ()
    """The rules that the site adds to those of the package."""
    policy: Policy = field(default_factory=lambda: Policy())
    """What the settings asked for in this run."""
    ledger: Ledger | None = None
    """Who may sign and who signed what; None if nobody looked."""
    signoffs: SignOffs = SignOffs()
    baseline: Baseline | None = None
    """The problems that the site lets pass; None if it has no baseline."""

    @property
    def failed(self) -> bool:
        """True if a problem reaches the failing severity: nothing may be published."""
        return fails(self.problems, self.fail_on)


@dataclass(frozen=True, slots=True)
class Gist:
    """What the report in sum, and the rules that look at several documents at once, need of one document.

    `cited`, `uncited` and `exempt` are numbers of claims, `exempted` says which ones the exempt are; `day` is the newest of its
    days. `problems` are those of the rules that look at one document, in order. `gathered` is, by code, what the others gathered.
    """

    kind: str
    draft: bool
    cited: int
    uncited: int
    exempt: int
    citations: int
    day: str
    problems: tuple[Problem, ...] = ()
    exempted: tuple[int, ...] = ()
    gathered: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """What the rules on the whole site, and the report in sum, need of the library.

    `loose` are the entries, by key with the place of the key, that belong to no other entry; `asked` is the newest day on which
    something was asked about one.
    """

    sources: int
    loose: tuple[tuple[str, Place], ...]
    asked: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What the report in sum tells: all problems, with the texts of the files they point into, and counts."""

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    counts: Mapping[str, int]
    """By what is counted: `files`, `articles`, `claims`, `cited`, `uncited`, `exempt`, `citations`, `sources`."""
    fail_on: Severity

    @property
    def failed(self) -> bool:
        """As of a report."""
        return fails(self.problems, self.fail_on)


def fails(problems: Iterable[Problem], least: Severity) -> bool:
    """True if one of the problems is at least that bad."""
    order = list(Severity)
    return any(order.index(problem.severity) <= order.index(least) for problem in problems)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the settings ask for. Paths are relative to the project root, with `/`."""

    bibliography: tuple[str, ...] = ("references.bib",)
    notes: str = "content/sources"
    content: str = "content"
    articles: tuple[str, ...] = ("articles",)
    pages: tuple[str, ...] = ("pages",)
    cta: str = "consultation"
    claims: str = "detect"
    """What needs a citation: sentences that are detected as claims, or `every-sentence`."""
    language: str = "en"
    """The language of documents that name none."""
    fail_on: Severity = Severity.ERROR
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity by rule code; None switches a rule off."""
    lock: str = "references.lock.json"
    verified_within: int = 90
    """Days after which a verification is too old."""
    max_age: Mapping[str, int] = field(default_factory=lambda: {"guideline": 15, "position statement": 15})
    """Years after which a source of a design is too old."""
    today: str = ""
    """The day of the run where ages are counted to, as `2026-11-25`; else the newest day the content itself names."""
    contact: str = ""
    """The e-mail address that is given to the services asked."""
    retractions: str = ""
    """A Retraction Watch file: a path or an address."""
    wording: tuple[str, ...] = ()
    """The site's own files of words to avoid."""
    evidence_within: int = 24
    """Months after which the evidence of an article is too old."""
    services: Mapping[str, str] = field(default_factory=dict)
    """Addresses of services that differ from the usual ones, by the service's name."""
    sign_off: str = "warn"
    """What a claim without a valid sign-off is: `off`, `warn` or `required`."""
    sign_off_kinds: Mapping[str, str] = field(default_factory=dict)
    """The same for kinds of claims that differ."""
    author: str = ""
    """Who wrote the articles that name nobody."""
    baseline: str = ""
    """The file of problems that the site had when it adopted the gate; empty for none."""


@dataclass(frozen=True, slots=True)
class PageType:
    """What an article of one type must have: parts by role, fields of the front matter, and whether an offer may follow it."""

    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    offer: bool = True
    orders: bool = False
    """Whether its key messages may tell readers what to do, as those on emergencies must."""
    card: bool = False
    """Whether an article of this type gives the emergency card its words."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What pages are made of: `anatomy.toml`. Nothing is asked for where a mapping is empty.

    `headings` are the words by which a part is known, by role; `types` by name, the first for articles that name none.
    `promises` are patterns a title may not hold. An offer's text must hold one pattern of each of `offer_says` (by what it
    is to say); none of its words may hold one of `offer_never` (by what that is). `no_offer_on` are slugs and templates.
    """

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    types: Mapping[str, PageType] = field(default_factory=dict)
    promises: tuple[str, ...] = ()
    offer_says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offer_never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_offer_on: tuple[str, ...] = ()
    disclaimer: str = ""
    """The sentence of an offer that says who decides: no claim that needs a source."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One HTML page as it was written, and the offer that should stand on it; None if there must be none.

    `card` is true if the page must show the emergency card.
    """

    path: str
    html: str
    offer: tuple[str, ...] | None = None
    """Its heading, text and button."""
    card: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule may look at."""

    documents: tuple[Document, ...]
    library: Library
    policy: Policy
    offers: frozenset[str] = frozenset()
    """The ids of the calls to action that a page may choose."""
    offered: tuple[Meta, ...] = ()
    """The words of the calls to action, with their places."""
    settings: tuple[Meta, ...] = ()
    """The texts of the settings that readers see, with their places."""
    clinic: Mapping[str, Meta] = field(default_factory=dict)
    """The clinic's `name`, `booking_url` and `phone`, where the settings give them."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """By category: the id of the call to action that its articles show."""
    anatomy: Anatomy = Anatomy()
    built: tuple[BuiltPage, ...] = ()
    """The pages as they were written, once they are."""
    said: tuple[Said, ...] = ()
    """Every sentence that reaches a reader; `checking` finds them."""
    claims: tuple[Claim, ...] = ()
    """The claims of all documents and of the calls to action, in order; `checking` finds them."""
    supported: tuple[Supported, ...] = ()
    """The cited claims with their findings; `checking` looks them up."""
    templates: frozenset[str] = frozenset()
    """The names of the theme's templates that a page may choose; none if the theme is unknown."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """By path of a document: where its page will be saved, where that is known; `""` if nothing names the page."""
    files: frozenset[str] = frozenset()
    """Every file in the content folder, relative to the project root."""
    own_addresses: frozenset[str] = frozenset()
    """Where the site's own pages are saved, such as the home page and the lists."""
    ledger: Ledger | None = None
    """Who may sign and who signed what; None where sign-offs are not looked at."""
    signoffs: SignOffs = SignOffs()
    """How each claim stands; `checking` finds it out."""
    people: frozenset[str] = frozenset()
    """The names of those who may say how sure the evidence is."""
    whole: bool = True
    """Whether `documents` are the whole site."""
    gathered: Mapping[str, tuple[tuple[str, Any], ...]] = field(default_factory=dict)
    """By code of a rule that looks at several documents at once: by path in order, what it gathered of each."""
    outline: Outline = Outline(0, (), "")
    """The library in outline; `checking` draws it."""
    today: str = ""
    """The day that ages are counted to; `checking` finds it. Empty if nothing tells one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for. `doc` is its page for people: what it flags, why, what to do instead.

    `scope` says what it needs at once: one `document`, the `library`, or the whole `site`. `bad` and `good` are
    complete little examples, at least two each, run by the tests. `language` says of what: an article (`markdown`), an
    article that is the whole site (`site`), a bibliography (`bibtex`), a source note (`toml`), a sentence whose sources are left
    out (`text`), an article held to the anatomy (`page`), calls to action (`offer`), settings, or a page as built (`html`).
    `unless` are the codes of rules that say more of the same claim: where one of them speaks, this one is silent.
    """

    code: str
    name: str
    severity: Severity
    scope: str
    check: Callable[[Case], Iterator[Hit]]
    doc: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    language: str = "markdown"
    unless: tuple[str, ...] = ()
    gather: Callable[[Case], Any] | None = None
    """For a rule that looks at several documents at once: what it needs of a case with one document, as texts, numbers, tuples
    and values of the model. That is remembered, and `check` finds it in `Case.gathered`."""
