"""Whether a cited sentence of an article says what its title, a heading or a link says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_EMPTY = frozenset(
    """
    a about after all also an and any are as at be been but by can could did do does for from had has have here how if in into
    is it its may might more most much of on or other our so some such than that the their them there these they this those to
    was we were what when where which while who why will with would you your
    """.split()
)
_DENIALS = frozenset(
    "no not never nor neither none nobody nothing without cannot can't didn't doesn't don't isn't wasn't won't".split()
)


def carries(cited: str, claim: str) -> bool:
    """True if a cited sentence says what a headline says: its figures all, more than half of its content words, its denial too."""
    theirs, (denied, figures, content) = _words(cited), _wanted(claim)
    if denied != bool(theirs & _DENIALS):
        return False
    return figures <= theirs and 2 * len(content & _stems(cited)) > len(content)


class Sayings:
    """The cited sentences of an article. Hundreds of headlines may be held against hundreds of them."""

    def __init__(self, cited: Iterable[str]) -> None:
        self._cited = tuple(cited)
        self._with_word: dict[str, list[str]] = defaultdict(list)
        self._with_stem: dict[str, list[str]] = defaultdict(list)
        for sentence in self._cited:
            for word in _words(sentence):
                self._with_word[word].append(sentence)
            for stem in _stems(sentence):
                self._with_stem[stem].append(sentence)

    def carry(self, claim: str) -> bool:
        """True if one of them carries what the claim says."""
        return any(carries(sentence, claim) for sentence in self._near(claim))

    def _near(self, claim: str) -> Iterable[str]:
        """All that may carry it: they have each of its figures, and as more than half of its content words must be there, one of any
        half of them, here of the rarest."""
        _, figures, content = _wanted(claim)
        if figures:
            return min((self._with_word.get(figure, []) for figure in figures), key=len)
        rarest = sorted((self._with_stem.get(stem, []) for stem in content), key=len)[: (len(content) + 1) // 2]
        return dict.fromkeys(sentence for found in rarest for sentence in found)


@lru_cache(maxsize=1_000)
def _wanted(claim: str) -> tuple[bool, frozenset[str], frozenset[str]]:
    """Whether a claim denies something, its figures, and its content words."""
    words = _words(claim)
    figures = frozenset(word for word in words if word[0].isdigit())
    return bool(words & _DENIALS), figures, frozenset(map(_stem, words - figures - _EMPTY - _DENIALS))


@lru_cache(maxsize=1_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower().replace("’", "'") for word in _WORD.findall(text))


@lru_cache(maxsize=1_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _words(text)))


def _stem(word: str) -> str:
    """Endings off, so that "eased", "eases" and "ease" are one word. Only ever compared with itself."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
