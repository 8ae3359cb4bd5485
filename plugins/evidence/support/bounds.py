"""A bound before a figure that the record has without one: "at least 67%" is not 67%."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures

_BOUND = re.compile(
    r"\b(?P<bound>at least|at most|at the very least|more than|less than|fewer than|no more than|no less than|no fewer than|not more than|up to)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_ANY_BOUND = re.compile(
    r"(?:\b(?:at least|at most|more than|less than|fewer than|above|below|over|under|up to|about|around|nearly|almost|within|until)|[<>≤≥=])\s*(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[^.,;()]{0,16}\b(?:or (?:more|less|fewer|over|under|older|longer)|and (?:over|above|more)|to \d)", re.IGNORECASE
)
_OF_INTERVAL = re.compile(r"%? CI\b")
"""What the 95 of "95% CI" stands with."""
_SIDES = re.compile(
    r"(?:\b(?:(?P<least>at (?:the very )?least|no (?:less|fewer) than|more than|over|above|from)|(?:fewer|less) than|under|below|up to|at most|no more than|not more than))\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_SIDE_BEHIND = re.compile(
    r"(?:\s+[a-z]+)?\s+(?:(?P<least>or more|and (?:over|above|more|up)|or (?:over|older|longer))|or (?:less|fewer|under|younger))\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|no(?! (?:more|less|fewer) than)|never|nobody|none|nothing|cannot|without|unless|until|too (?:few|little)|only|instead|below the|short of)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEAR = 24
_KINDS = frozenset({"", "count", "share", "time", "mass"})
_SIDED = _KINDS | {"month"}
_LASTING = "up to"
"""Before a time this says how long it took."""
_AT_LEAST = ("at least", "at the very least", "no less than", "no fewer than")
_AT_MOST = ("at most", "no more than", "not more than", "up to")


def bounded(claim: str, recorded: Iterable[str]) -> str:
    """A bound and its figure in the claim, where all these texts that have the figure have it alone; empty if there is none."""
    texts = tuple(recorded)
    for one in figures(claim):
        found = _BOUND.search(claim, max(0, one.start - _NEAR), one.start)
        if not found or one.kind not in _KINDS or one.partner is not None or one.interval:
            continue
        if one.kind == "time" and found["bound"].lower() == _LASTING:
            continue
        there = [(text, known) for text in texts for known in figures(text) if _is_same(one, known)]
        if there and not any(_is_open(text, known) or _is_last(found[1], text, known) for text, known in there):
            return claim[found.start() : one.end]
    return ""


def turned_bound(claim: str, recorded: Iterable[str]) -> str:
    """A bound and its figure in the claim, where all these texts that have the figure bound it from the other side; empty if there is none.

    "If you have fewer than 4 days, it is for you" where the source says "at least 4". A sentence that denies is left alone: "with fewer
    than 4 it is not for you".
    """
    if _DENIES.search(claim):
        return ""
    texts = tuple(recorded)
    for one in figures(claim):
        words, side = _bounded_from(claim, one)
        if not side or one.kind not in _SIDED or one.partner is not None or one.interval:
            continue
        theirs = {_bounded_from(text, known)[1] for text in texts for known in figures(text) if _is_same(one, known)}
        if theirs - {0} == {-side}:
            return words
    return ""


def _bounded_from(text: str, figure: Figure) -> tuple[str, int]:
    """The words of a bound with the figure, and 1 if the figure is the least that is meant, -1 if the most, 0 if neither."""
    before = _SIDES.search(text, max(0, figure.start - _NEAR), figure.start)
    if before:
        return text[before.start() : figure.end], 1 if before["least"] else -1
    behind = _SIDE_BEHIND.match(text, figure.end)
    if behind:
        return text[figure.start : behind.end()], 1 if behind["least"] else -1
    return "", 0


def _is_same(one: Figure, known: Figure) -> bool:
    return agree(one, known) and abs(one.value - known.value) <= 1e-6 and one.kind == known.kind


def _is_open(text: str, known: Figure) -> bool:
    return (
        known.about
        or known.interval
        or known.partner is not None
        or _ANY_BOUND.search(text, max(0, known.start - _NEAR), known.start) is not None
        or _BEHIND.match(text, known.end) is not None
    )


def _is_last(bound: str, text: str, known: Figure) -> bool:
    """True for "at most 16%" where a text has 11, 14 and 16%: none was more."""
    others = [
        one.value
        for one in figures(text)
        if one.kind == known.kind and not (one.interval or _OF_INTERVAL.match(text, one.end))
    ]
    apart = [value - known.value for value in others if abs(value - known.value) > known.slack]
    low = bound.lower()
    return bool(apart) and ((low in _AT_LEAST and min(apart) > 0) or (low in _AT_MOST and max(apart) < 0))
