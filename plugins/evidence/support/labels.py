"""What a figure is the figure of, by the words beside it: "15 days for acetaminophen, 10 for triptans".

The words between two stops or joins go with the figure among them, and those that follow without a figure with the one before.
What two figures share tells nothing of either. No vocabulary is needed; where it has a term, its synonyms are one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evidence.model import Vocabulary
from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures, in_a_row
from evidence.support.subject import stems
from evidence.vocabulary import mentions

_BREAK = re.compile(r"[,;:.](?!\d)|\s(?:and|but|while|whereas|against|versus|vs|than)\s", re.IGNORECASE)
_INTERVAL = re.compile(r"\([^()]*(?:CI|range|p [<>=]|ratio|difference)[^()]*\)")
_SCALE = re.compile(r"\bof (?:10|100)\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SIZE = re.compile(r"people|patients|adults|children|women|men|trials|studies|visits", re.IGNORECASE)
_TREATMENT = "treatment:"
_DAY = 1440.0
_TELLS_NOTHING = frozenset(
    "peopl patient person group time hour day week month minut year fell had pain about more fewer less".split()
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure and the words that are beside it and beside no other of its text."""

    figure: Figure
    label: frozenset[str]


def mislabelled(claim: str, evidence: str, vocabulary: Vocabulary) -> tuple[Figure, str] | None:
    """A figure that the claim puts beside the words of another figure of the evidence, and the other figure's words."""
    if not _may_be_mislabelled(claim, evidence):
        return None
    told, theirs = labelled(claim, vocabulary), labelled(evidence, vocabulary)
    ours = [(one, _other(one, theirs)) for one in told]
    for one, other in ours:
        if other is None:
            continue
        named = any(word.startswith(_TREATMENT) for word in one.label & other.label)
        in_turn = any(
            its is not None and agree(its.figure, one.figure) and agree(second.figure, other.figure)
            for second, its in ours
        )
        if named or in_turn:  # one shared word alone is too little to go by
            return one.figure, other.figure.words
    return None


def _other(one: Labelled, theirs: Sequence[Labelled]) -> Labelled | None:
    """The figure of the evidence beside whose words a figure of the claim stands; None if it stands beside its own."""
    same = [other for other in theirs if agree(one.figure, other.figure)]
    if not one.label or not same or any(not other.label or other.label & one.label for other in same):
        return None
    return next(
        (o for o in theirs if o not in same and _of_one_kind(one.figure, o.figure) and o.label & one.label), None
    )


def _of_one_kind(one: Figure, other: Figure) -> bool:
    plain = ("", "count", "share")
    if bool(_SIZE.search(one.words)) != bool(_SIZE.search(other.words)):
        return False
    return one.kind == other.kind or (one.kind in plain and other.kind in plain)


def _may_be_mislabelled(claim: str, evidence: str) -> bool:
    """False if no figure of the claim stands in the evidence beside another of its kind: their words need not be looked at."""
    theirs = [figure for piece in _pieces(evidence) for figure in _told(piece)]
    if len(theirs) < 2:
        return False
    for figure in (figure for piece in _pieces(claim) for figure in _told(piece)):
        same = [agree(figure, other) for other in theirs]
        others = (other for other, agrees in zip(theirs, same, strict=True) if not agrees)
        if any(same) and any(_of_one_kind(figure, other) for other in others):
            return True
    return False


@lru_cache(maxsize=5_000)
def labelled(text: str, vocabulary: Vocabulary) -> tuple[Labelled, ...]:
    """The figures of a text, each with its own words."""
    found = [pair for piece in _pieces(text) for pair in _chunks(piece, vocabulary)]
    counts = Counter(word for _, words in found for word in words)
    shared = {word for word, times in counts.items() if times > 1}
    labels = [words - shared for _, words in found]
    if not all(any(word.startswith(_TREATMENT) for word in words) for words in labels):
        # "43.5% on 100 mg of eptinezumab, 52.0% on 300 mg": named once, meant of both
        labels = [frozenset(word for word in words if not word.startswith(_TREATMENT)) for words in labels]
    return tuple(Labelled(figure, words) for (figure, _), words in zip(found, labels, strict=True))


class _Chunk(NamedTuple):
    """The words between two stops or joins, all figures in them, and those that may have words of their own."""

    text: str
    figures: tuple[Figure, ...]
    told: tuple[Figure, ...]


@lru_cache(maxsize=5_000)
def _pieces(text: str) -> tuple[tuple[_Chunk, ...], ...]:
    """The chunks of each sentence of a text; none if it has figures in a row: "43.5% and 52.0% with 100 mg and 300 mg"."""
    plain = _SCALE.sub(" ", _INTERVAL.sub(" ", text))
    if any(in_a_row(plain, one, other) for one, other in pairwise(figures(plain))):
        return ()
    return tuple(tuple(map(_chunk, _BREAK.split(sentence))) for sentence in _SENTENCE.split(plain))


def _chunk(text: str) -> _Chunk:
    here = figures(text)
    told = tuple(figure for figure in here if figure.kind in ("", "count", "share"))
    return _Chunk(text, here, told or tuple(one for one in here if one.kind == "time" and one.size == _DAY))


def _told(chunks: Iterable[_Chunk]) -> Iterator[Figure]:
    """The figures that are the only one in their chunk; a row of figures has no words."""
    return (chunk.told[0] for chunk in chunks if len(chunk.told) == 1)


def _chunks(chunks: Iterable[_Chunk], vocabulary: Vocabulary) -> Iterator[tuple[Figure, frozenset[str]]]:
    """The figures of one sentence, each with the words of its chunk."""
    last: Figure | None = None
    words: frozenset[str] = frozenset()
    times = frozenset[str]()
    for chunk in chunks:
        if not chunk.told:
            words |= _words(chunk.text, chunk.figures, None, vocabulary)
            if not last:
                times = frozenset(word for word in words if word.startswith("time:"))
            continue
        if last:
            yield last, words
            words = frozenset()
        last = chunk.told[0] if len(chunk.told) == 1 else None
        words = _words(chunk.text, chunk.figures, last, vocabulary) | (words if last else frozenset()) | times
    if last:
        yield last, words


def _words(chunk: str, here: tuple[Figure, ...], own: Figure | None, vocabulary: Vocabulary) -> frozenset[str]:
    """The words of a chunk; other figures in it, such as times and doses, as one word each."""
    others = {
        f"{one.kind}:{one.value:g}" for one in here if one is not own and one.kind in ("time", "mass", "volume")
    }
    plain = chunk
    for one in sorted(here, key=lambda one: -one.start):
        plain = plain[: one.start] + " " + plain[max(one.end, one.start + len(one.words)) :]
    uses = mentions(plain, vocabulary, "treatment")
    for use in reversed(uses):
        plain = plain[: use.start] + " " + plain[use.end :]
    told = stems(plain) | {f"{_TREATMENT}{use.id}" for use in uses}
    return frozenset(word for word in told if not word.isdigit() and word not in _TELLS_NOTHING) | others
