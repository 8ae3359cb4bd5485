"""A passage of plain words → its sentences with positions. sentencex segments; what it gets wrong in health prose is mended.

Splitting too little is the dangerous error here: a claim without a source would hide behind its neighbour's citation. Where
a full stop may end a sentence or an abbreviation, a capital letter after it decides for the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

Span = tuple[int, int]
"""Start and end of a sentence in its passage, without the white space around it."""

LONGEST = 2_000
"""Characters of a sentence that can be judged: what little a word says for a claim is lost among hundreds of others."""
_PIECE = 10_000
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s++(?=[\"'“‘(\[]{0,8}[A-Z0-9])")
_UNITS = r"(?:m?g|kg|[mµu]?cg|[mdµ]?[lL]|[cm]m|mmHg|h|hrs?|min|sec?|IU|mmol|kcal|mo|wk|yr)"
_AFTER_UNIT = re.compile(rf"\d\s?{_UNITS}\.\s+$|…\s+$|\.\.\.\s+$", re.IGNORECASE)
_ENDS = re.compile(
    rf"(?:\d\s?(?:{_UNITS}|%)"  # "after 2 g. Then": a unit after a figure
    r"|[.!?][\"'”’)\]]+"  # "(as it did.) Then"
    r")[.!?]*\s+$",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"\b(?:vitamin|hepatitis|influenza|group|type|part|table|option|class|grade|level|plan|arm)s?\s[A-K]\.\s+$",
    re.IGNORECASE,
)
_OPENERS = frozenset(
    """
    a after all although an and another any as at because before both but by during each even every few for from he her here
    his how however i if in instead it its many more most my no none not nothing of on once one only other others our over
    people patients researchers she side since so some still such take that the their then there these they this those though
    to too under until we what when where which while who why with without you your
    """.split()
)
_ABBREVIATION = re.compile(r"(?:^|[\s(\[“‘\"'])(?:[A-Za-z]{1,2}\.)+[\"'”’)\]]*\s+$")
_GOES_ON = re.compile(
    r"(?:^|[\s(\[])(?:approx|appr|ca|c|circa|est|no|nos|vs|v|cf|resp|incl|excl|max|min|avg|fig|figs|tab|eq|ref|refs|ch|chap"
    r"|sec|pp?|vol|eds?|art|para|ver|al|viz|e\.g|i\.e|eg|ie|n\.b|aet|aged|temp|dept|tel|ext|lat|pl|sing)\.\s*$",
    re.IGNORECASE,
)


def sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    """The sentences of a passage, in order, none of them empty. `language` is a two-letter code."""
    spans: list[Span] = []
    for start, end in _mended(text, language):
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        last = first + len(words.strip())
        if last > first:
            spans.append((first, last))
    return tuple(spans)


def endless(text: str) -> tuple[Span, ...]:
    """The sentences of more than `LONGEST` characters: too long to be judged as one, and some had to be cut."""
    if len(text) <= LONGEST:
        return ()
    spans = sentences(text)
    starts = [0, *(start for start, _ in spans[1:]), len(text)]
    return tuple(
        span for span, (this, following) in zip(spans, pairwise(starts), strict=False) if following - this > LONGEST
    )


def _mended(text: str, language: str) -> Iterator[Span]:
    """sentencex's boundaries, less those after an abbreviation that goes on, plus those it missed."""
    start = 0
    for end in _boundaries(text, language):
        if end < len(text) and _goes_on(text, start, end):
            continue
        yield from _split(text, start, end)
        start = end
    if start < len(text):
        yield from _split(text, start, len(text))


def _boundaries(text: str, language: str) -> Iterator[int]:
    """Where sentencex ends sentences. It looks far for the partner of a quotation mark, so it gets a bounded piece.

    A piece ends where a sentence does. Only a sentence of more than half a piece may be cut, which is `endless`.
    """
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _PIECE:
            stops = [stop.end() for stop in _STOP.finditer(text, start, start + _PIECE)]
            end = stops[-1] if stops else start + _PIECE
        ends = [start + found["end_index"] for found in get_sentence_boundaries(language, text[start:end])]
        if end == start + _PIECE and len(ends) > 1 and ends[-2] > start + _PIECE // 2:
            del ends[-1]
            end = ends[-1]
        yield from ends
        start = end


def _goes_on(text: str, start: int, end: int) -> bool:
    """True if the words after a supposed end belong to the same sentence: "approx. 1.2 million", "i.v. fluids"."""
    before, after = text[max(start, end - 40) : end], text[end : end + 1]
    if after.islower():
        return bool(_GOES_ON.search(before) or _ABBREVIATION.search(before) or _AFTER_UNIT.search(before))
    return after.isdigit() and bool(_GOES_ON.search(before))


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends(text, start, stop.end()):
            yield start, stop.end()
            start = stop.end()
    yield start, end


def _ends(text: str, start: int, at: int) -> bool:
    before = text[max(start, at - 40) : at]
    opener = re.match(r"[\"'“‘(\[]*(\w+)", text[at : at + 24])
    opens = opener is not None and opener[1].lower() in _OPENERS and opener[1][0].isupper()
    if _LETTERED.search(before):
        return True
    if _GOES_ON.search(before):
        return opens and not re.search(r"\b(?:vs|v|cf|e\.g|i\.e|approx|ca|no|fig|pp?)\.\s*$", before, re.IGNORECASE)
    if _ABBREVIATION.search(before):
        return opens
    return bool(_ENDS.search(before)) and (opens or not text[at : at + 1].isdigit())
