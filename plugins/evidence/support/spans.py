"""The unit of a time: "after 4 days" is not "after 4 hours", and "22.5 a week" not "22.5 a month"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_UNIT = r"(?P<unit>second|minute|hour|day|week|month|year)s?\b"
_AFTER = re.compile(
    rf"\b(?:after|within|at|for|over|by)\s+(?:about\s+|the first\s+)?(?P<number>\d+(?:\.\d+)?)\s+{_UNIT}",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"(?<!within )(?<!over )(?<!for )(?<!in )(?<!after )(?<!than )(?<!of )(?<!once )\b(?:(?:an?|per|each|every)\s+(?P<unit>hour|day|week|month|year|session|visit|dose|drip|course|bag|attack)(?! (?:after|later|or|before|ago|of|with|by|that|for|in|on))\b|(?P<adverb>daily|weekly|monthly|yearly))",
    re.IGNORECASE,
)
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_NUMBER = re.compile(r"\d(?:[^.;]|\.\d){0,20}$")


def other_unit(claim: str, recorded: Iterable[str]) -> tuple[str, str] | None:
    """A time of the claim and the one these texts have with the same number, or a rate, in another unit; None if there is none."""
    texts = tuple(recorded)
    for found in _AFTER.finditer(claim):
        number, unit = found["number"], found["unit"].lower()
        every = [
            (its[0], its["unit"].lower())
            for text in texts
            for its in re.finditer(rf"(?<![\d.]){re.escape(number)}(?:\.0)?[\s-]+{_UNIT}", text, re.IGNORECASE)
        ]
        if every and unit not in {its for _, its in every}:
            return found[0], every[0][0]
    return _other_rate(claim, texts)


def _other_rate(claim: str, texts: tuple[str, ...]) -> tuple[str, str] | None:
    ours = _rates(claim)
    theirs = [pair for text in texts for pair in _rates(text)] if ours else []
    units = {unit for _, unit in theirs}
    for words, unit in ours if theirs else ():
        if unit not in units:
            return words, theirs[0][0]
    return None


@lru_cache(maxsize=5_000)
def _rates(text: str) -> list[tuple[str, str]]:
    """The rates that follow a figure, each with its unit."""
    return [
        (found[0], (found["unit"] or _ADVERBS[found["adverb"].lower()]).lower())
        for found in _RATE.finditer(text)
        if _NUMBER.search(text[: found.start()])
    ]
