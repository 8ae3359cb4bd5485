"""A library in outline: the little of it that a run needs that has nothing new to judge."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Library, Outline
from evidence.standing import asked

_BELONGS = ("crossref", "xref", "entryset", "related")
"""The fields by which an entry names those it inherits from or belongs to."""


def outline(library: Library) -> Outline:
    """The outline of a library that was read."""
    needed = set(_needed(library))
    loose = tuple((key, source.key_place) for key, source in library.sources.items() if key not in needed)
    return Outline(len(library.sources), loose, asked(library))


def _needed(library: Library) -> Iterator[str]:
    for source in library.sources.values():
        for name in _BELONGS:
            yield from (key.strip() for key in source.value(name).split(","))
