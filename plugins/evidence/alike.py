"""Which of very many words somebody may have meant: when the keys of a whole bibliography change, thousands are asked about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

_FEW = 300
"""Among so many words each can be compared with the one that is wrong, letter by letter."""
_COMMON = 300
_LIKEST = 20


class Alike:
    """Words to look among."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)

    def to(self, word: str, most: int = 1, least: float = 0.6) -> list[str]:
        """Those most alike first. Among very many, only those are compared that share most of their rarer triples of letters."""
        return get_close_matches(word, self._words if len(self._words) <= _FEW else self._likest(word), most, least)

    def _likest(self, word: str) -> list[str]:
        shared = Counter[int]()
        for triple in sorted(_triples(word)):
            shared.update(self._by_triple.get(triple, ()))
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_LIKEST]
        return [self._words[number] for number, _ in best]

    @cached_property
    def _by_triple(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            for triple in _triples(word):
                found[triple].append(number)
        return {triple: numbers for triple, numbers in found.items() if len(numbers) <= _COMMON}


def _triples(word: str) -> set[str]:
    low = f" {word.lower()} "
    return {low[at : at + 3] for at in range(len(low) - 2)}
