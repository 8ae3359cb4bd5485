"""Numbers as signs: with the units of health, of time, of money, as shares of a group, or in the style of statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidence.claims.cues import Cues
from evidence.claims.words import Word

_TIMES = frozenset(
    "second seconds sec min mins minute minutes hour hours hr hrs h day days night nights week weeks month months year years".split()
)
_OF_A_GROUP = frozenset(("%", "percent", "per"))
_STATISTICS = re.compile(
    r"\b[pP]\s?[=<>]|\b(?:OR|HR|RR|SD|SMD|MD|CI|IQR|NNT)\b|\b[nN]\s?=\s?\d|±|\bI²|\bmean difference\b|95\s?%\s?(?:CI|confidence)"
)


def of_figure(words: Sequence[Word], place: int, cues: Cues) -> Iterator[str]:
    """The signs of the number that stands at the place: that it is one, its unit, and whether it is a share."""
    yield "number"
    near = words[place + 1 : place + 4]
    for strength in ("strong", "weak"):
        if any(f"figure:{strength}" in other.classes for other in near):
            yield f"figure-{strength}"
            break
    if any(other.low in _TIMES for other in near[:3]):
        yield "duration"
    following = near[0].low if near else ""
    in_group = following in {"in", "of", "out"} and any(is_number(other, cues) for other in near[1:])
    if following in _OF_A_GROUP or in_group:
        yield "share"


def of_statistics(text: str) -> Iterator[str]:
    """A sign if the sentence has the figures of a paper: "p = 0.03", "95% CI", "n = 40"."""
    if _STATISTICS.search(text):
        yield "statistics"


def is_number(word: Word, cues: Cues) -> bool:
    """Whether a word is a number, in digits or in letters."""
    return "number" in word.classes or word.low in cues.grammar["numbers"]
