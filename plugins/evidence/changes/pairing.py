"""Which claim of the one version is which of the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from evidence.model import Claim

ALIKE = 0.5
"""Share of their words that a sentence and its edited form have in common at least, in one article."""
ALIKE_ELSEWHERE = 0.65
"""The same across articles, where sentences of two subjects are easily built alike."""
_RAREST = 6
_NEAREST = 12
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")


def pairs(before: Sequence[Claim], after: Sequence[Claim], paths: Sequence[str]) -> dict[int, int]:
    """By number of an old claim, that of the new one it became. `paths` are the old claims' files as they are called now."""
    found: dict[int, int] = {}
    left, right = set(range(len(before))), set(range(len(after)))

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for old, new in pairs:
            if old in left and new in right:
                found[old] = new
                left.discard(old)
                right.discard(new)

    def old_key(*names: str) -> Callable[[int], Hashable]:
        return lambda n: tuple(paths[n] if name == "path" else getattr(before[n], name) for name in names)

    def new_key(*names: str) -> Callable[[int], Hashable]:
        return lambda n: tuple(after[n].place.path if name == "path" else getattr(after[n], name) for name in names)

    for names in (("id", "path", "where"), ("id", "path"), ("id",)):
        take(_in_turn(sorted(left), sorted(right), old_key(*names), new_key(*names)))
    old_words, new_words = _Bags(before), _Bags(after)
    olds, news = _by(left, old_key("path")), _by(right, new_key("path"))
    for path in sorted(olds.keys() & news.keys(), key=str):
        take(_alike(olds[path], news[path], old_words, new_words, ALIKE))
    take(_alike(sorted(left), sorted(right), old_words, new_words, ALIKE_ELSEWHERE))
    return found


def _by(numbers: Iterable[int], key: Callable[[int], Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number in sorted(numbers):
        found[key(number)].append(number)
    return found


def _in_turn(
    old: Sequence[int], new: Sequence[int], old_key: Callable[[int], Hashable], new_key: Callable[[int], Hashable]
) -> list[tuple[int, int]]:
    """Those with the same key: the first with the first, and so on."""
    news = _by(new, new_key)
    return [
        pair for key, numbers in _by(old, old_key).items() for pair in zip(numbers, news.get(key, ()), strict=False)
    ]


class _Bags:
    """The words of sentences, made when asked for; a short word that is no number weighs little."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._bags: dict[int, Counter[str]] = {}

    def of(self, number: int) -> Counter[str]:
        if number not in self._bags:
            words = _WORD.findall(self._claims[number].sentence.casefold())
            self._bags[number] = Counter({word: n * _weight(word) for word, n in Counter(words).items()})
        return self._bags[number]


def _weight(word: str) -> int:
    return 4 if len(word) > 3 or word[0].isdigit() else 1


def _alike(
    old: Sequence[int], new: Sequence[int], old_words: _Bags, new_words: _Bags, least: float
) -> list[tuple[int, int]]:
    """Pairs that share enough words, the most alike first, then those whose places are nearest.

    Only sentences that share one of the rarest words are compared, and of many such only those in about the same place.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for index, number in enumerate(new):
        for word in new_words.of(number):
            holders[word].append(index)
    scored = []
    for rank, number in enumerate(old):
        bag = old_words.of(number)
        here = rank * len(new) // max(1, len(old))
        rare = sorted((word for word in bag if word in holders), key=lambda word: (len(holders[word]), word))
        near = {index for word in rare[:_RAREST] for index in _nearest(holders[word], here)}
        for index in sorted(near):
            score = _share(bag, new_words.of(new[index]))
            if score >= least:
                scored.append((-score, abs(index - here), number, new[index]))
    return [(number, other) for *_, number, other in sorted(scored)]


def _nearest(places: Sequence[int], here: int) -> Sequence[int]:
    start = max(0, bisect_left(places, here) - _NEAREST // 2)
    return places[start : start + _NEAREST]


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
