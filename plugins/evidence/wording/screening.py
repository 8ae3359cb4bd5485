"""Which entries may have words in a sentence, told by the words of the sentence alone, for all entries at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from evidence.model import Said
from evidence.prepared import prepared
from evidence.wording.entries import Entry
from evidence.wording.needs import keys, needs
from evidence.wording.reading import FILES, lexicon

Sifted = Mapping[int, Sequence[tuple[Said, Sequence[int]]]]
"""By the number of an entry: the sentences where it may have words, in order, each with the numbers of the patterns to try."""

_Try = tuple[int, int, tuple[frozenset[str], ...]]
"""An entry and one of its patterns by their numbers, and what it needs besides the key it is found by."""


@cache
def _package_needs() -> dict[str, list[tuple[frozenset[str], ...]]]:
    """What the patterns of the package's own entries need, by pattern."""
    here = Path(__file__).parent
    made_of = [*(here / f"{name}.toml" for name in FILES), here / "needs.py", here / "patterns.py"]

    def make() -> dict[str, list[list[list[str]]]]:
        patterns = [pattern for entry in lexicon() for pattern in entry.patterns]
        return {one: [[sorted(keys) for keys in needed] for needed in needs(one)] for one in patterns}

    told = prepared("wording-needs", made_of, make)
    return {one: [tuple(map(frozenset, needed)) for needed in listed] for one, listed in told.items()}


class Screen:
    """Entries, indexed by the words that their patterns need; made when it is first used."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._always: list[tuple[int, int]] = []
        self._tries: dict[str, list[_Try]] = {}
        self._last: tuple[Sequence[Said], Sifted] = ((), {})

    def sifted(self, said: Sequence[Said]) -> Sifted:
        """The sentences for each entry. Each rule asks for the same sentences in turn, so the last answer is kept."""
        if said is not self._last[0]:
            self._last = (said, self._sift(said))
        return self._last[1]

    def _sift(self, said: Sequence[Said]) -> Sifted:
        if not self._tries:
            self._prepare()
        found: dict[int, list[tuple[Said, Sequence[int]]]] = defaultdict(list)
        for one in said:
            numbers: dict[int, set[int]] = defaultdict(set)
            for entry, pattern in self._candidates(one.words):
                numbers[entry].add(pattern)
            for entry, patterns in numbers.items():
                found[entry].append((one, sorted(patterns)))
        return found

    def _candidates(self, text: str) -> Iterator[tuple[int, int]]:
        there = keys(text)
        for key in there & self._tries.keys():
            for entry, pattern, others in self._tries[key]:
                if not any(other.isdisjoint(there) for other in others):
                    yield entry, pattern
        yield from self._always

    def _prepare(self) -> None:
        known = _package_needs()
        for number, entry in enumerate(self._entries):
            for place, pattern in enumerate(entry.patterns):
                for needed in known.get(pattern) or needs(pattern):
                    if not needed:
                        self._always.append((number, place))
                    for key in needed[0] if needed else ():
                        self._tries.setdefault(key, []).append((number, place, needed[1:]))
