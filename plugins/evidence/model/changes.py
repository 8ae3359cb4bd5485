"""What differs between two versions of the content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence.model.claims import Claim
from evidence.model.sources import Source


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

    `new` and `revised` are the sources that came, and those of which something else is recorded now, by key. `exempted` are the
    exemptions that stood before, as rule, reason, and the words each is for.
    """

    since: str
    all: tuple[Change, ...]
    new: tuple[NewSource, ...] = ()
    revised: tuple[SourceChange, ...] = ()
    exempted: frozenset[tuple[str, str, str]] = frozenset()
