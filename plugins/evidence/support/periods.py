"""Periods told without a figure: "a week after", "within a year", "each month". Another unit is another time."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence.support.figures import figures
from evidence.support.numbers import plain_letters

_UNIT = re.compile(
    r"(?<!half )\b(?:(?:a|an|per|each|every|the (?:first|next|same|second|third|following))\s+|within\s+(?:the |a )?|in\s+(?:the )?)\s*"
    r"(minute|hour|day|week|month|year)s?\b(?!['’]s work)|\b(?:within|only|for|lasts?|lasted|after|(?:matter|question|couple) of) (minute|hour|day|week|month|year)s\b|\bthe (day|week|month|year) (?:after|before)\b|\b(minute|hour|day|week|month|year)s (?:after|later|before|earlier)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|few|some|several|many)|ty|teen)[\s-]+$",
    re.IGNORECASE,
)
"""A number before the unit makes it a figure, which is looked up as one."""
_COUNTED = re.compile(r"\b(?:migraine|headache) days\b|\bdays (?:a|per|with)\b", re.IGNORECASE)
"""Days that are counted, and no time at which something happens."""
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_SIZES = {"minute": 1.0, "hour": 60.0, "day": 1440.0, "week": 7 * 1440.0}
_MONTHS = {"month": 1.0, "year": 12.0}
_ANY = re.compile(
    r"\b(minute|hour|day|week|month|year)s?\b|\b(daily|weekly|monthly|yearly|annual)\b|\b(min|hr|h|d)\b",
    re.IGNORECASE,
)
_SHORT = {"min": "minute", "hr": "hour", "h": "hour", "d": "day"}


def foreign_periods(claim: str, recorded: Iterable[str]) -> tuple[str, ...]:
    """The periods of a claim whose unit is in none of these texts, neither as a word nor as a figure of that length."""
    if not _UNIT.search(claim):
        return ()
    texts = tuple(recorded)
    known = {_unit(found) for text in texts for found in _ANY.finditer(_COUNTED.sub(" ", text))}
    for figure in (figure for text in texts for figure in figures(text)):
        sizes = _SIZES if figure.kind == "time" else _MONTHS if figure.kind == "month" else {}
        known |= {unit for unit, size in sizes.items() if abs(figure.value - size) < 1e-6}
    if not known:
        return ()
    return tuple(
        found[0]
        for found in _UNIT.finditer(claim)
        if _unit(found) not in known and not _COUNT.search(claim, max(0, found.start() - 20), found.start())
    )


def _unit(found: re.Match[str]) -> str:
    word = plain_letters(next(filter(None, found.groups()))).lower()
    return _ADVERBS.get(word) or _SHORT.get(word) or word
