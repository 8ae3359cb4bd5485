"""What a figure is the figure of, by the words beside it: "15 days for acetaminophen, 10 for triptans".

The words between two stops or joins go with the figure among them, and those that follow without a figure with the one before.
What two figures share tells nothing of either. No vocabulary is needed; where it has a term, its synonyms are one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

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
    told = labelled(claim, vocabulary)
    theirs = labelled(evidence, vocabulary) if told else ()
    if len(theirs) < 2:
        return None
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


@lru_cache(maxsize=10_000)
def labelled(text: str, vocabulary: Vocabulary) -> tuple[Labelled, ...]:
    """The figures of a text, each with its own words."""
    plain = _SCALE.sub(" ", _INTERVAL.sub(" ", text))
    rows = [one for one, other in pairwise(figures(plain)) if in_a_row(plain, one, other)]
    if rows:
        return ()  # "43.5% and 52.0% with 100 mg and 300 mg": in turn
    found = [pair for sentence in _SENTENCE.split(plain) for pair in _chunks(sentence, vocabulary)]
    counts = Counter(word for _, words in found for word in words)
    shared = {word for word, times in counts.items() if times > 1}
    labels = [words - shared for _, words in found]
    if not all(any(word.startswith(_TREATMENT) for word in words) for words in labels):
        # "43.5% on 100 mg of eptinezumab, 52.0% on 300 mg": named once, meant of both
        labels = [frozenset(word for word in words if not word.startswith(_TREATMENT)) for words in labels]
    return tuple(Labelled(figure, words) for (figure, _), words in zip(found, labels, strict=True))


def _chunks(text: str, vocabulary: Vocabulary) -> Iterator[tuple[Figure, frozenset[str]]]:
    """The figures of a text that is one sentence, each with the words of its chunk; a row of figures has none."""
    last: Figure | None = None
    words: frozenset[str] = frozenset()
    start, times = 0, frozenset[str]()
    for end, behind in [*((found.start(), found.end()) for found in _BREAK.finditer(text)), (len(text), len(text))]:
        chunk, start = text[start:end], behind
        here = figures(chunk)
        told = [figure for figure in here if figure.kind in ("", "count", "share")] or [
            figure for figure in here if figure.kind == "time" and figure.size == _DAY
        ]
        if not told:
            words |= _words(chunk, here, None, vocabulary)
            if not last:
                times = frozenset(word for word in words if word.startswith("time:"))
            continue
        if last:
            yield last, words
            words = frozenset()
        last = told[0] if len(told) == 1 else None
        words = _words(chunk, here, last, vocabulary) | (words if last else frozenset()) | times
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
