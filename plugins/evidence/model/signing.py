"""Who may sign claims, who signed what, and how each claim stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.model.changes import Words
from evidence.model.claims import Basis, Claim, Frame
from evidence.model.places import Place
from evidence.model.sources import Fault


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
