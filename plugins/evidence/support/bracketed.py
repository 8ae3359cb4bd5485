"""Figures in brackets: "with valproate (69%)" is the figure of valproate, and so is "69% (valproate)".

Two such figures in one comparison must bear it out as well: "more with A (33%) than with B (69%)" denies itself, and so does "twice as
many with A (33%) as with B (69%)", whatever the source says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.support.figures import Figure, figures
from evidence.support.numbers import WORDS

_OPEN = re.compile(r"\((?:(?:about|around|nearly|almost|roughly|some|by|a)\s+)*$", re.IGNORECASE)
_REACH = 24
_NAMED_BEHIND = re.compile(r"(?:\s|%|[^\W\d_]){0,32}?\((?P<group>[^()\d]{3,60})\)")
_PAIR = re.compile(r"\([^()\d]{0,12}\d[^()]{0,24}?\b(?:v|vs|versus|against|compared with)\b[^()]*\)", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_ENDS = re.compile(r"[.;:](?:\s|$)")
_LARGER = "more|higher|greater|larger|bigger|longer|later"
_SMALLER = "less|fewer|lower|smaller|shorter|sooner|faster|quicker|earlier"
_COMPARED = re.compile(
    rf"\b(?:(?P<larger>{_LARGER})|(?P<smaller>{_SMALLER}))\b"
    r"(?! (?:quick|fast|soon|slow|rapid|earl|short|rare|effective|safe|well|reliab|strong|weak))",
    re.IGNORECASE,
)
_OF_TIME = re.compile(r"longer|later|shorter|sooner|faster|quicker|earlier", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|neither|nor|never|whether|if|hardly)\b|n['’]t\b", re.IGNORECASE)
_NEAR = 25
_TIMES = re.compile(
    r"\b(?:(?P<word>twice|double|half|(?P<number>\w+) times)(?: (?:the|as))? (?:many|much|often|likely|common|long|high|number|share|rate))\b",
    re.IGNORECASE,
)
_AS = re.compile(r"\bas\b|\bthan\b", re.IGNORECASE)
_NEAR_ENOUGH = 0.15
"""How far from "twice" two figures may be that are told as twice each other."""


def opened(text: str, figure: Figure, end: int, until: int) -> int | None:
    """Where the bracket opens that holds this figure, which ends here, and none of the next, which begins at `until`; None if there is none."""
    found = _OPEN.search(text, max(0, figure.start - _REACH), figure.start)
    closes = text.find(")", end)
    return found.start() if found and 0 <= closes < until else None


def group_behind(text: str, end: int) -> str:
    """The words in a bracket directly behind a figure, without figures of their own: "69% (valproate)"."""
    found = _NAMED_BEHIND.match(text, end)
    return found["group"] if found else ""


def pairs_in_brackets(text: str) -> Iterator[tuple[str, Figure, Figure]]:
    """The two figures of each bracket that sets one against the other, "(39% v 27%)", with the words of the sentence before it."""
    for bracket in _PAIR.finditer(text) if "(" in text else ():
        here = [one for one in figures(text) if bracket.start() < one.start < bracket.end()]
        if len(here) == 2:
            yield _ENDS.split(text[: bracket.start()])[-1], here[0], here[1]


def denies_itself(claim: str) -> str:
    """The words of a comparison that the figures in its own brackets contradict; empty if there are none."""
    for before, one, other in pairs_in_brackets(claim):
        than = next(reversed(list(_THAN.finditer(before))), None)
        word = _last(before, than.start()) if than else None
        if word and one.kind == other.kind and _is_contrary(word, one, other):
            return f"{word[0]} … than"
    if claim.count("(") < 2:
        return ""
    for sentence in _ENDS.split(claim):
        held = _held(sentence) if sentence.count("(") > 1 else ()
        for than in _THAN.finditer(sentence) if len(held) > 1 else ():
            word = _last(sentence, than.start())
            pair = _around(held, than.start())
            if word and pair and _is_contrary(word, *pair):
                return f"{word[0]} … than"
        for times in _TIMES.finditer(sentence) if len(held) > 1 else ():
            if words := _other_ratio(sentence, times, held):
                return words
    return ""


@lru_cache(maxsize=2_000)
def _held(sentence: str) -> tuple[Figure, ...]:
    """The figures that have a bracket to themselves."""
    found = figures(sentence)
    return tuple(
        one
        for place, one in enumerate(found)
        if opened(sentence, one, one.end, found[place + 1].start if place + 1 < len(found) else len(sentence))
        is not None
    )


def _last(sentence: str, until: int) -> re.Match[str] | None:
    """The comparative that a "than" belongs to, unless it is denied."""
    found = next(reversed(list(_COMPARED.finditer(sentence, 0, until))), None)
    denied = found and _DENIED.search(sentence, max(0, found.start() - _NEAR), found.start())
    return None if denied else found


def _around(held: tuple[Figure, ...], place: int) -> tuple[Figure, Figure] | None:
    before = [one for one in held if one.start < place]
    behind = [one for one in held if one.start > place]
    if not before or not behind or before[-1].kind != behind[0].kind:
        return None
    return before[-1], behind[0]


def _is_contrary(word: re.Match[str], first: Figure, second: Figure) -> bool:
    if _OF_TIME.fullmatch(word[0]) and first.kind not in ("time", "month"):
        return False
    return first.value <= second.value if word["larger"] else first.value >= second.value


def _other_ratio(sentence: str, times: re.Match[str], held: tuple[Figure, ...]) -> str:
    said = {"twice": 2.0, "double": 2.0, "half": 0.5}.get(times["word"].lower(), _number(times["number"] or ""))
    for second in _AS.finditer(sentence, times.end()):
        pair = _around(held, second.start())
        if pair and said and pair[1].value:
            ratio = pair[0].value / pair[1].value
            return "" if abs(ratio - said) <= _NEAR_ENOUGH * said else times[0]
    return ""


def _number(word: str) -> float:
    return float(word) if word.isdecimal() else WORDS.get(word.lower(), 0.0)
