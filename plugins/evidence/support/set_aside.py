"""What the record sets aside, and a sentence asserts: "expert opinion rather than formal evidence", people who "were left out".

Also how good the evidence for a thing is called: "ketorolac (low evidence)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from evidence.support.subject import stems

_RATHER = re.compile(
    r"\b(?P<for>[^.;:,]{3,60}?)\b(?:rather than|instead of)\s+(?:an?\s|the\s)?(?P<not>(?:[\w-]+\s){0,3}[\w-]+)",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|rather|instead|without|whether|only|little|nobody|none|less)\b", re.IGNORECASE
)
_LEFT_OUT = re.compile(
    r"(?P<who>[^.;:]*?)\b(?:were|was|are|is) (?:left out|excluded|kept out|not included)\b", re.IGNORECASE
)
_JOINED = re.compile(
    r"(?P<who>[^.;:]*?)\b(?:(?:were|was|are|is) (?:part of|included|among|enrolled|tested|studied|in the)|took part|joined)\b",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"\(\s*(?P<grade>very low|low|moderate|high|strong|weak|good|poor|level [abcu])[\s-]*(?:quality|certainty)?\s*(?:evidence)?\s*\)",
    re.IGNORECASE,
)
_NAME = re.compile(r"([A-Za-z][\w-]+)\s*$")
_NOT_EARLIER = re.compile(r"\b(?:but )?not (?:earlier|sooner|before(?: that)?|at once)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:(?:within|in|during|inside) (?:the first (?:half )?|half an |an |one )(?:hour|minutes)|at once|early on|right away)\b",
    re.IGNORECASE,
)
_BEGINNINGS = ("rather than", "instead of", "left out", "excluded", "kept out", "not included", "not ", "(")
_ENOUGH = 0.6


def asserted_anyway(claim: str, recorded: Iterable[str]) -> tuple[str, str] | None:
    """Words of the claim that the texts set aside, and how the texts put it; None if there are none."""
    for text in filter(_may_set_aside, recorded):
        for ours, theirs in (
            *_rather(claim, text),
            *_left_out(claim, text),
            *_graded(claim, text),
            *_sooner(claim, text),
        ):
            return ours, theirs
    return None


@lru_cache(maxsize=5_000)
def _may_set_aside(text: str) -> bool:
    """False if none of the words stand in a text that any of this begins with: most have none."""
    return any(word in text.lower() for word in _BEGINNINGS)


def _rather(claim: str, text: str) -> Iterator[tuple[str, str]]:
    if not ("rather than" in text or "instead of" in text) or _DENIES.search(claim):
        return
    for found in _RATHER.finditer(text):
        aside, favoured, ours = stems(found["not"]), stems(found["for"]), stems(claim)
        unsaid = text[: found.start("not")] + text[found.end("not") :]
        if aside and aside <= ours and not aside & stems(unsaid) and ours & favoured:
            yield found["not"], found[0].strip()


def _left_out(claim: str, text: str) -> Iterator[tuple[str, str]]:
    joined = _JOINED.match(claim)
    if joined is None or _DENIES.search(claim):
        return
    for found in _LEFT_OUT.finditer(text):
        who = stems(joined["who"])
        if who and len(who & stems(found["who"])) >= _ENOUGH * len(who):
            yield joined[0].strip(), found[0].strip()


def _sooner(claim: str, text: str) -> Iterator[tuple[str, str]]:
    """ "Within the first hour" where the source adds "but not earlier"."""
    ours = _EARLIER.search(claim)
    theirs = _NOT_EARLIER.search(text) if ours else None
    if ours and theirs and not _DENIES.search(claim) and not _EARLIER.search(text):
        yield ours[0], theirs[0]


def _graded(claim: str, text: str) -> Iterator[tuple[str, str]]:
    """A grade in brackets goes with the word before it."""
    ours = list(_grades(claim))
    theirs = {name: grade for name, grade, _ in _grades(text)} if ours else {}
    for name, grade, words in ours:
        if name in theirs and theirs[name] != grade:
            yield words, f"{name} ({theirs[name]})"


def _grades(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _GRADE.finditer(text):
        if name := _NAME.search(text[: found.start()]):
            yield name[1].lower(), found["grade"].lower(), f"{name[1]} {found[0]}"
