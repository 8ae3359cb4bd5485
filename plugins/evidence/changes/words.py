"""Two sentences → which words stayed, went and came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


_MARKS = {Fate.KEPT: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}


def marked(words: Sequence[Words]) -> str:
    """What went as `[-words-]` and what came as `{+words+}`, as git's word difference writes it."""
    return " ".join(_MARKS[one.fate].format(one.text) for one in words)


def around_changes(words: Sequence[Words], most: int = 4) -> tuple[Words, ...]:
    """The same with only the nearest words that stayed, at most so many on each side of a change."""
    shown = []
    for number, one in enumerate(words):
        parts = one.text.split()
        before, after = (most if number else 0), (most if number + 1 < len(words) else 0)
        if one.fate is Fate.KEPT and len(parts) > before + after:
            parts = [*parts[:before], "…", *parts[len(parts) - after :]]
        shown.append(Words(one.fate, " ".join(parts)))
    return tuple(shown)
