"""Shares of people told in words, "most people", "hardly anybody", held against the shares that the source counts.

A share of the record counts for the sentence if the words beside it are those of the sentence; of several, those that share
most. A denial takes the rest: "most did not" is said of 11 %.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from evidence.model import Vocabulary
from evidence.support.figures import figures
from evidence.support.subject import content
from evidence.support.terms import GENERAL

_PEOPLE = r"(?:people|patients|adults|women|men|children|participants|users|clients|visits|programs|programmes|of (?:them|us|those)|who\b|with\b|given\b|on\b|improve\w*|had\b|have\b|were\b|felt\b|got\b|needed\b|went\b|use\b|report\w*)"
_SAYS = re.compile(
    r"\b(?:(?P<nearly_all>(?:almost|nearly|virtually|practically) (?:all|every(?:one|body)?)|the vast majority|the great majority|nine out of ten)"
    r"|(?P<hardly_any>(?:almost|nearly|virtually) (?:none|nobody|no one|no)|hardly (?:any(?:one|body)?|a)|only a handful|a handful|scarcely any(?:one|body)?|very few|a tiny (?:share|minority|part))"
    r"|(?P<most>most(?! (?:of the time|often|likely|common|frequent))|the majority|a majority|more than half|over half)"
    r"|(?P<few>(?:only )?(?<!a )(?<!are )few(?! (?:good |reliable )?(?:data|trials?|studies|evidence|facts|reports))|a small minority|not many)|(?P<minority>a minority|fewer than half|less than half)"
    r"|(?P<rare>rare(?:ly)?|uncommon|unusual))"
    rf"\s+(?:of\s+)?(?:the\s+|those\s+|these\s+|our\s+|all\s+|in\s+|among\s+|any\s+)*(?:\w+\s+){{0,2}}?{_PEOPLE}",
    re.IGNORECASE,
)
_LIMITS = {
    "nearly_all": (80.0, 100.0),
    "most": (50.0, 100.0),
    "minority": (0.0, 50.0),
    "few": (0.0, 35.0),
    "hardly_any": (0.0, 15.0),
    "rare": (0.0, 10.0),
}
_DENIES = re.compile(
    r"\b(?:not|no|never|without|n['’]t|failed|nor|still|fewer|less|did not)\b|n['’]t\b", re.IGNORECASE
)
_CHUNK = re.compile(r"[()]|[;:,](?!\d)|\.\s|\s(?:and|but|against|while|whereas)\s", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:more|fewer|less) (?:in|per|of|people|for)|ratio|risk|\bCI\b|percentage points", re.IGNORECASE
)
LEAST_SHARED = 2
"""How much a share's clause must share with the sentence to be the one it speaks of: two for a word beside it, one for one before."""


_GROUPS = ("treatment:", "population:")
_EVERYBODY = frozenset(f"population:{id}" for id in GENERAL)


class _Share(NamedTuple):
    """A share in 100, the content words of its clause, and those that open its sentence."""

    value: float
    own: frozenset[str]
    opening: frozenset[str]


class Told(NamedTuple):
    """The words of a sentence for a share, and the shares of the record, in 100, that they may mean."""

    words: str
    shares: tuple[float, ...]


def told_otherwise(claim: str, recorded: Iterable[str], vocabulary: Vocabulary) -> Told | None:
    """Words for a share that none of the record's shares of the same people bears out; None if there are none."""
    said = _SAYS.search(claim)
    if said is None or any(figure.kind == "share" for figure in figures(claim)):
        return None  # a figure beside the words speaks for itself, and is looked up as one
    ours = content(claim, vocabulary)
    whose = frozenset(word for word in ours if word.startswith(_GROUPS)) - _EVERYBODY
    near = [found for text in recorded for found in _shares(text, vocabulary)]
    if any(one.own & whose for one in near):
        near = [one for one in near if one.own & whose]
    scored = [(2 * len(ours & one.own) + len(ours & one.opening), one.value) for one in near]
    most = max((score for score, _ in scored), default=0)
    if most < LEAST_SHARED:
        return None
    shares = tuple(share for score, share in scored if score == most)
    name = next(name for name, found in said.groupdict().items() if found)
    low, high = _LIMITS[name]
    denied = _DENIES.search(claim, said.end()) is not None
    fits = any(low <= share <= high or (denied and low <= 100 - share <= high) for share in shares)
    return None if fits else Told(said[name], shares)


@lru_cache(maxsize=2_000)
def _shares(text: str, vocabulary: Vocabulary) -> tuple[_Share, ...]:
    """The shares of people in a text."""
    return tuple(_each_share(text, vocabulary))


def _each_share(text: str, vocabulary: Vocabulary) -> Iterator[_Share]:
    bounds = [0, *(found.end() for found in _CHUNK.finditer(text)), len(text)]
    opening, start_of = "", 0
    chunks = [(text[start:end], end) for start, end in itertools.pairwise(bounds)]
    for chunk, end in chunks:
        here = [
            one for one in figures(chunk) if one.kind == "share" and not (one.interval or one.relative or one.sign)
        ]
        if not opening or start_of == -1:
            opening, start_of = chunk, 0
        if here and not _OTHER.search(chunk):
            words = content(chunk, vocabulary), content(opening, vocabulary)
            yield from (_Share(one.value, *words) for one in here)
        if text[:end].rstrip().endswith("."):
            start_of = -1
