"""Of what a share is: 47 % of visits is not 47 % of people, 37 more in 100 not 37 in 100, and no share of ten people is 78 %.

The words at a share say what it counts. Of a share whose words leave that open, the size of its groups tells: it must come to whole
people. Told is only what no text that has the figure bears out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures

_PEOPLE = "people|persons?|patients|adults|women|men|children|participants|users|sufferers|everyone|everybody|us|them"
_THINGS = {
    "visits": "visits?|attendances|consultations|appointments",
    "programs": "programs?|programmes?|centers|centres|clinics|hospitals",
    "days": "days",
    "attacks": "attacks?",
    "infusions": "infusions?|drips?|sessions?|doses|stays",
    "studies": "trials?|studies|reviews",
}
_NAMES = "|".join([f"(?P<people>{_PEOPLE})", *(f"(?P<{name}>{words})" for name, words in _THINGS.items())])
_COUNTED = re.compile(
    rf"\s*(?:%|percent|per cent)?\s*(?:of|in|out of)?\s*(?:(?:all|the|these|those|every|any|whom|our|US|emergency|headache|migraine|monthly|department)\s+)*(?:{_NAMES}|(?P<those>those|whom))\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"\b(?:of|among)\s+(?:(?:all|the|these|those|US|emergency|headache|migraine|\d[\d,]*|other)\s+)*(?:{_NAMES})\b[^.;,]{{0,60}}$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:more|fewer|less|extra|difference|gap|points?|higher|lower|rise|rose|increas\w*|by|additional|above|better|worse)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(rf"\s?(?:{_PEOPLE})\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;]\s|[,:]\s|\band\b|\bbut\b|\bagainst\b")
_OUT_OF = re.compile(r"\d%? (?:of|in|out of) \d")
MOST_COUNTED = 30
"""Groups up to this size: of larger ones nearly every share comes to whole people."""


class Share(NamedTuple):
    """A share, what it counts (empty where its words leave that open), and where its sentence stands."""

    figure: Figure
    of: str
    text: str
    start: int


def miscounted(claim: str, recorded: Iterable[str]) -> tuple[str, str] | None:
    """A share of the claim, and what it is in these texts instead of a share of what the claim says; None if there is none."""
    ours = [one for one in shares(claim) if one.of]
    if not ours:
        return None
    theirs = [one for text in recorded for one in shares(text)]
    for one in ours:
        same = [its for its in theirs if agree(one.figure, its.figure)]
        if same and (what := _instead(one, same, claim)):
            return one.figure.words, what
    return None


def _instead(one: Share, same: list[Share], claim: str) -> str:
    if all(its.of and its.of != one.of for its in same):
        return f"a share of {same[0].of}, and not of {one.of}"
    if one.of != "people":
        return ""
    near = (
        _CLAUSE_END.split(claim[one.figure.start :], maxsplit=1)[0]
        + claim[max(0, one.figure.start - 30) : one.figure.start]
    )
    if all(its.figure.sign for its in same) and not one.figure.sign and not _DIFFERENCE.search(near):
        return "how many more or fewer it was, and not how many"
    if all(not its.of and _is_no_share_of(its) for its in same):
        return "no share of the people counted there, since it comes to no whole number of them"
    return ""


def _is_no_share_of(one: Share) -> bool:
    """True if the sentence of a share has a share that no group counted in it can have: then none of them is one of people."""
    sentence = one.text
    if _OUT_OF.search(sentence):
        return False  # of whom a share is, it says itself
    sizes = [
        known.value
        for known in figures(sentence)
        if known.kind in ("count", "") and _SIZE.match(sentence, known.end) and known.value.is_integer()
    ]
    if not sizes or max(sizes) > MOST_COUNTED:
        return False
    every = [
        known for known in figures(sentence) if known.kind == "share" and not known.denominator and not known.interval
    ]
    return any(not _comes_to_people(known, (*sizes, sum(sizes))) for known in every)


def _comes_to_people(share: Figure, sizes: Iterable[float]) -> bool:
    return any(
        abs(100 * round(share.value * size / 100) / size - share.value) <= max(share.slack, 0.1) * 1.01
        for size in sizes
    )


@lru_cache(maxsize=5_000)
def shares(text: str) -> tuple[Share, ...]:
    """The shares of a text that are no ends of intervals, each with what it counts."""
    found: list[Share] = []
    last = ""
    for one in figures(text):
        if one.kind != "share" or one.interval or one.relative:
            continue
        of = _of(text, one, last)
        last = of or last
        found.append(Share(one, of, _sentence(text, one.start), one.start))
    return tuple(found)


def _of(text: str, one: Figure, last: str) -> str:
    behind = _COUNTED.match(text, one.end)
    if behind is None and one.denominator:
        behind = _COUNTED.match(text, one.start + len(one.words))
        behind = behind or _COUNTED.search(one.words)
    if behind:
        if behind["those"]:
            return last
        return _name(behind)
    opening = _OPENING.search(text, max(0, one.start - 90), one.start)
    return _name(opening) if opening else ""


def _name(found: re.Match[str]) -> str:
    return next((name for name in ("people", *_THINGS) if found[name]), "")


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(". ", 0, at), text.rfind("; ", 0, at))
    end = text.find(". ", at)
    return text[start + 1 : end + 1 if end >= 0 else len(text)]
