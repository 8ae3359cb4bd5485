"""Which group a figure belongs to: "4.5 points with fluids and 5.1 without". Two figures exchanged are a false sentence.

A figure belongs to the group that the words behind it name, up to the next figure of its kind; in a sentence that names
the group first ("With fluids, pain fell 4.5 points"), to the one before it. Groups are the treatments of the vocabulary,
and `control` for those who did not get what was tested. What the words leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from evidence.model import Vocabulary
from evidence.support.figures import Figure, agree, figures
from evidence.vocabulary import compatible, mentions

CONTROL = "control"
_CONTROL = re.compile(
    r"\b(?:without|placebo|dummy|sham|controls?|comparison|(?:the )?(?:others?|rest)\b|usual care|no treatment|untreated|not given)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_END = re.compile(r"[.;:](?:\s|$)")
_STOP = re.compile(r"[,;:|]")
_DIGITS = re.compile(r"[\d.,]*\d")
_NEAR = 60
"""How many characters from a figure its group may be named."""


def exchanged(claim: str, evidence: str, vocabulary: Vocabulary) -> tuple[Figure, str] | None:
    """A figure that the claim gives to another group than the evidence does, with the words of the claim; None if there is none.

    Only told if the evidence gives that figure to one group, and another figure of its kind to the group of the claim.
    """
    ours, theirs = _groups(claim, vocabulary), _groups(evidence, vocabulary)
    for figure, group in ours:
        known = [(one, its) for one, its in theirs if _kind(one) == _kind(figure)]
        same = [its for one, its in known if agree(figure, one)]
        others = [its for one, its in known if not agree(figure, one)]
        if (
            same
            and not any(_one(group, its, vocabulary) for its in same)
            and any(_one(group, its, vocabulary) for its in others)
        ):
            return figure, group
    return None


def group_words(group: str, labels: Mapping[str, str]) -> str:
    """How a message names a group."""
    return "those without it" if group == CONTROL else labels.get(group, group)


def _one(ours: str, theirs: str, vocabulary: Vocabulary) -> bool:
    return ours == theirs or (CONTROL not in (ours, theirs) and compatible(ours, theirs, vocabulary, "treatment"))


def _groups(text: str, vocabulary: Vocabulary) -> list[tuple[Figure, str]]:
    """The figures of a text whose group it names. Brackets, which hold ranges, are left out."""
    found: list[tuple[Figure, str]] = []
    for sentence in _END.split(_BRACKETS.sub(" ", text)):
        found += _in_sentence(sentence, vocabulary)
    return found


def _in_sentence(text: str, vocabulary: Vocabulary) -> Iterable[tuple[Figure, str]]:
    by_kind: dict[str, list[tuple[Figure, int]]] = {}
    at = 0
    for figure in figures(text):
        start = text.find(figure.words, at)
        if start < 0 or figure.kind in ("time", "month", "year", "mass", "volume", "money"):
            continue
        at = start
        by_kind.setdefault(_kind(figure), []).append((figure, start))
    for several in by_kind.values():
        yield from _pairs(text, several, vocabulary)


def _pairs(text: str, several: list[tuple[Figure, int]], vocabulary: Vocabulary) -> Iterable[tuple[Figure, str]]:
    ends = [start + len(_written(figure)) for figure, start in several]
    starts = [start for _, start in several]
    behind = [
        _first(text[end : min(end + _NEAR, *starts[number + 1 :] or [len(text)])], vocabulary)
        for number, end in enumerate(ends)
    ]
    groups = behind
    if not any(behind) and len(several) > 1:
        groups = [
            _last(text[max(start - _NEAR, ends[number - 1] if number else 0) : start], vocabulary)
            for number, start in enumerate(starts)
        ]
    return [(figure, group) for (figure, _), group in zip(several, groups, strict=True) if group]


def _kind(figure: Figure) -> str:
    """Points, people, shares and bare numbers are compared with each other: authors leave the unit out of the second."""
    return "count" if figure.kind in ("", "count", "share") else figure.kind


def _written(figure: Figure) -> str:
    """The figure without the word behind it, where that is no unit: "4.5 without"."""
    found = _DIGITS.match(figure.words) if not figure.kind else None
    return found[0] if found else figure.words


def _first(words: str, vocabulary: Vocabulary) -> str:
    """The first group named, unless a stop parts it from the figure."""
    words = _STOP.split(words, maxsplit=1)[0]
    return min(_named(words, vocabulary), default=(0, ""))[1]


def _last(words: str, vocabulary: Vocabulary) -> str:
    return max(_named(words, vocabulary), default=(0, ""))[1]


def _named(words: str, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """The groups named, by place. "Without fluids" names those who got none."""
    control = [found.start() for found in _CONTROL.finditer(words)]
    named = [(place, CONTROL) for place in control]
    for use in mentions(words, vocabulary, "treatment"):
        if not any(place < use.start <= place + len("without any ") for place in control):
            named.append((use.start, use.id))
    return named
