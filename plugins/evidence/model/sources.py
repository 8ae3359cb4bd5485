"""Sources: their entries, their notes and the findings recorded of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.model.places import Place
from evidence.model.records import Lock
from evidence.model.vocabulary import Vocabulary


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
