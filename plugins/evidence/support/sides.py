"""What stands on which side: the words a figure stands with, and what is compared with what.

Figures are held against the record by the words around them alone, so that things no vocabulary lists are kept apart: "78% during
attacks and 80% between them", "124 minutes against a norm of 112". A figure in brackets goes with the words before it, another with
the words behind it if a preposition leads to them. What the words leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures
from evidence.support.subject import stems

_MOST_PAIRS = 20_000
_KINDS = frozenset({"", "count", "share", "time", "mass", "volume"})
_LOOSE = ("", "count")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=\S)")
_JOINS = re.compile(r"[,;]?\s+(?:and|but|against|versus|vs|while|whereas|than)\b|[,;](?!\d)", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:for|with|without|in|on|during|between|before|after|among|of|given|at|from)\s+\w", re.IGNORECASE
)
_BARE = frozenset(
    """
    day days week month minute hour year point mg ml gram people patient adult dose percent least most about median mean score case
    the and than was were had has took take fell fall fallen came come rose more less each with for from they them one ones one's local
    means mean mm to of in on at by a an or is are it its their half trial study group
    """.split()
)
_SIDES = frozenset({"between", "during", "before", "without"})
"""Prepositions that are the whole difference."""
_NEGATIVE = frozenset("not never none nor no nobody others other rest".split())
"""Those "not so advised" are the other side, whatever word names them."""
_PREPOSITIONS = frozenset(
    "of in on at to by a an the or and was were is are had for with without during between before after among given against versus but while when".split()
)
_TWO_HELD = re.compile(
    r"[^()]{0,24}?\b(?:v|vs|versus|against|and|compared with)\b[^()\d]{0,12}\d[^()]*\)", re.IGNORECASE
)
_NOUN = re.compile(r"[\s-]+([A-Za-z]+)")
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_COMPARED = re.compile(
    r"\b(?P<more>more|less|fewer|better|worse|faster|slower|sooner|longer|shorter|greater|higher|lower)\b(?P<left>[^.;:,]*?)\bthan\b(?P<right>[^.;:,]*)",
    re.IGNORECASE,
)
_BY_FIGURES = re.compile(
    r"\b(?:(?P<time>more slowly|slower|longer|more quickly|quicker|faster|shorter)|(?P<often>(?:more|less) (?:often|common|commonly|frequent|frequently|likely)))\b"
    r"(?P<left>[^.;:,]*?)\bthan\b(?P<right>[^.;:,]*)",
    re.IGNORECASE,
)
_LARGER = re.compile(r"more slowly|slower|longer|more (?:often|common|frequent|likely)", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|neither|nor|never|whether|if)\b", re.IGNORECASE)


class _Placed(NamedTuple):
    figure: Figure
    words: frozenset[str]
    counted: str
    """The word directly behind the figure: those who count infusions do not count patients."""


def other_side(claim: str, recorded: Iterable[str]) -> Figure | None:
    """A figure of the claim that stands with the words of another of its kind in these texts; None if there is none."""
    ours = _placed(claim)
    if not ours:
        return None
    texts = [_placed(text) for text in recorded]
    if len(ours) * sum(map(len, texts)) > _MOST_PAIRS:
        return None  # that there are too many figures to try, EV401 tells
    for one in ours:
        verdicts = [_is_of_another(one, ours, theirs) for theirs in texts]
        if True in verdicts and False not in verdicts:
            return one.figure
    return None


def _is_of_another(one: _Placed, ours: tuple[_Placed, ...], theirs: tuple[_Placed, ...]) -> bool | None:
    """True if a text has this figure, with other words, and its words with another figure; None if it has not the figure."""
    known = [its for its in theirs if _is_like(its.figure, one.figure)]
    same = [its for its in known if agree(one.figure, its.figure)]
    if not same:
        return None
    here = frozenset().union(*(its.words for its in same))
    for other in known if all(its.words for its in same) else ():
        is_other = not agree(one.figure, other.figure) and _count_alike(one, other)
        mixed = one.words & (other.words - here)
        both = any(its is not one and agree(its.figure, other.figure) for its in ours)
        own = one.words & (here - other.words)
        if is_other and ((mixed & _SIDES and not own & _SIDES) or (mixed and both and not own)):
            return True
    return False


def _count_alike(one: _Placed, other: _Placed) -> bool:
    if one.counted and other.counted:
        return one.counted.removesuffix("s") == other.counted.removesuffix("s")
    return not {one.figure.kind, other.figure.kind} <= {*_LOOSE}


def _is_like(one: Figure, other: Figure) -> bool:
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or kinds <= {*_LOOSE} or kinds == {"", "time"}


@lru_cache(maxsize=5_000)
def _placed(text: str) -> tuple[_Placed, ...]:
    return tuple(one for sentence in _SENTENCE.split(text) for one in _in_sentence(sentence))


def _in_sentence(sentence: str) -> Iterator[_Placed]:
    found = [one for one in figures(sentence) if one.words[:1].isdigit() or one.words[:1] in "$£€"]
    for place, one in enumerate(found):
        if one.kind not in _KINDS or one.interval or one.partner is not None:
            continue
        start = found[place - 1].end if place else 0
        end = found[place + 1].start if place + 1 < len(found) else len(sentence)
        before, behind = sentence[start : one.start], sentence[one.end : end]
        if place + 1 < len(found) and (joins := list(_JOINS.finditer(behind))):
            behind = behind[: joins[-1].start()]
        before = _JOINS.split(before)[-1]
        in_brackets = before.rstrip().endswith("(")
        if in_brackets and _TWO_HELD.match(sentence, one.end):
            before = behind = ""  # "(39% v 27%)": of the two that were named before, in turn
        noun = _NOUN.match(sentence, one.end)
        counted = noun[1].lower() if noun and noun[1].lower() not in _PREPOSITIONS else ""
        yield _Placed(one, _words(before if in_brackets or not _LEADS.search(behind) else behind), counted)


def _words(text: str) -> frozenset[str]:
    words = [word.lower() for word in _WORD.findall(text)]
    if not _NEGATIVE.isdisjoint(words):
        return frozenset()
    return stems(" ".join(word for word in words if not _is_bare(word))) | (_SIDES & {*words})


def _is_bare(word: str) -> bool:
    return word in _BARE or word.removesuffix("s") in _BARE


def turned(claim: str, recorded: Iterable[str]) -> str:
    """The word of a comparison, "more often after A than after B", whose sides the texts have the other way round."""
    theirs = [one for text in recorded for one in _compared(text)]
    for word, left, right in _compared(claim) if theirs else ():
        for its, first, second in theirs:
            crosses = left & second and right & first and not (left & first or right & second)
            if word == its and crosses:
                return word
    return ""


@lru_cache(maxsize=5_000)
def _compared(text: str) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    return tuple(
        (found["more"].lower(), _words(found["left"]) - {"often"}, _words(found["right"]))
        for found in _COMPARED.finditer(text)
        if not _DENIED.search(text[max(0, found.start() - 25) : found.start()])
    )


def against_the_figures(claim: str, recorded: Iterable[str]) -> str:
    """ "More slowly in A than in B", "more often in A than in B", where the figures these texts give for A and B say the contrary."""
    texts = [_placed(text) for text in recorded]
    for found in _BY_FIGURES.finditer(claim):
        if _DENIED.search(claim[max(0, found.start() - 25) : found.start()]):
            continue
        left, right = _words(found["left"]), _words(found["right"])
        kind = "time" if found["time"] else "share"
        larger = _LARGER.search(found["time"] or found["often"]) is not None
        for placed in texts:
            theirs = [one for one in placed if one.figure.kind == kind or (kind == "time" and not one.figure.kind)]
            second = [one for one in theirs if one.words & right and not one.words & left - right]
            second = second or [one for one in theirs if one.words & right & _SIDES]
            first = [one for one in theirs if one.words & left and one not in second]
            if first and second and any(one.figure.kind == kind for one in theirs):
                wrong = (
                    a.figure.value < b.figure.value if larger else a.figure.value > b.figure.value
                    for a in first
                    for b in second
                )
                if all(wrong):
                    return found["time"] or found["often"]
    return ""
