"""Two sentences → which words stayed, went and came."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from evidence.model import Fate, Words


def difference(before: str, after: str) -> tuple[Words, ...]:
    """The words in order of reading, those that went before those that came; nothing if the words are the same."""
    old, new = before.split(), after.split()
    return tuple(_runs(old, new)) if old != new else ()


def _runs(old: list[str], new: list[str]) -> Iterator[Words]:
    for what, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Words(Fate.KEPT, " ".join(old[first:last]))
            continue
        if first < last:
            yield Words(Fate.GONE, " ".join(old[first:last]))
        if start < end:
            yield Words(Fate.NEW, " ".join(new[start:end]))
