"""An entry's words in a sentence, less those that are excused."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from evidence.model import Place, Said
from evidence.wording.entries import Entry
from evidence.wording.excuses import EXCUSES
from evidence.wording.patterns import made

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-"})
"""One character for one, so that places stay."""


def found(entry: Entry, said: Said, numbers: Sequence[int] | None = None) -> Iterator[tuple[Place, str]]:
    """The place and the words of each hit, in order. `numbers` are the entry's patterns that may be there; all if left out."""
    if said.where in entry.spare:
        return
    words = _plain(said.words)
    hits = _hits(entry, words, numbers)
    if not hits or (entry.near and not entry.near.search(words)) or (entry.unless and entry.unless.search(words)):
        return
    allowed = [match.span() for match in entry.allow.finditer(words)] if entry.allow else []
    plain = replace(said, words=words)
    starts = [start for start, _ in allowed]
    for start, end in hits:
        before = bisect_left(starts, end) - 1  # the last that begins before its end
        part_of = before >= 0 and start < allowed[before][1]
        if not part_of and not any(EXCUSES[name](plain, start, end) for name in entry.excuses):
            yield place_of(said, start, end), said.words[start:end]


def _hits(entry: Entry, words: str, numbers: Sequence[int] | None) -> list[tuple[int, int]]:
    pattern: re.Pattern[str] | None = entry.pattern
    if numbers is not None:
        there = tuple(one for number in numbers if made((one := entry.patterns[number],)).search(words))
        pattern = made(there) if there else None
    return [match.span() for match in pattern.finditer(words)] if pattern else []


@lru_cache(maxsize=16)
def _plain(words: str) -> str:
    """The same sentence is looked through for one entry after the other."""
    return words.translate(_PLAIN)


def place_of(said: Said, start: int, end: int) -> Place:
    """The place in the file of a stretch of the words; of the whole field where that is all that is known."""
    if not said.anchors:
        return said.place
    (line, column), (end_line, end_column) = _at(said, start), _at(said, end - 1)
    return Place(said.place.path, line, column, end_line, end_column + 1)


def _at(said: Said, offset: int) -> tuple[int, int]:
    number = max(bisect_right(said.anchors, offset, key=lambda anchor: anchor[0]) - 1, 0)
    start, line, column = said.anchors[number]
    return line, column + offset - start
