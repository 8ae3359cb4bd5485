"""The controlled vocabulary: what the same thing is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.model.places import Place

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
