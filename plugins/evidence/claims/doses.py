"""A medicine with an amount or an interval, in a list or a table: "Ondansetron: 80 mg, twice a day" is a dose, with or without a verb."""

from __future__ import annotations

import re

from evidence.claims.cues import Cues
from evidence.claims.words import words

_MASS = re.compile(
    r"(?<![\w.,])\d[\d.,]*(?:\s?(?:to|-|–|or)\s?\d[\d.,]*)?[\s\u00a0-]?(?:mg|mcg|µg|μg|micrograms?|milligrams?|IU)\b(?!/dL)"
)
_AMOUNT = re.compile(
    r"(?<![\w.,])(?:\d{1,2}(?:[.,/]\d{1,2})?|½|half an?|one|two|three|four|six|eight)\s?(?:g|grams?|ml|mL|milliliters?|millilitres?|units?|tablets?|capsules?|pills?|drops|puffs?|sprays?|ampoules?|vials?)\b"
)
_INTERVAL = re.compile(
    r"\b(?:every|each|per)\s+(?:other\s+)?(?:\w+\s+)?(?:minutes?|hours?|days?|weeks?|months?|night|morning|evening)\b|\b(?:once|twice|three times|four times|\d times)\s+(?:a|per|each|every)\s+(?:hour|day|week|month)\b"
    r"|\bover \d+ (?:minutes?|hours?)\b|\b(?:daily|hourly|weekly|nightly|at bedtime|as needed|\d\s?(?:x|×)\s?(?:a|per)?\s?(?:day|daily))\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\bI\b|\b(?:were (?:allocated|randomi[sz]ed|given)|(?:will )?receive[ds]?|we calculated)\b")
"""A story, or how a trial went about it."""
_MONEY = re.compile(r"[$£€]\s?\d|\b(?:dollars?|price|cost|fee)\b", re.IGNORECASE)
_MAY_TELL = re.compile(r"\d|[a-z]ly\b|every|each|per |once|twice| times |bedtime|as needed|one|two|three|four|half")
"""Stands in all that gives a dose."""
_CLASSES = ("entity.medicine:strong", "entity.nutrient:strong")
_MOST_WORDS = 9
"""Words of a line that has no room for anything but a dose."""


def dose(text: str, cues: Cues) -> tuple[str, str] | None:
    """The kind of claim and its words, if a bare text gives a dose; None if it gives none, or asks, or prices it."""
    if not _MAY_TELL.search(text) or text.rstrip(" \"')").endswith("?") or _MONEY.search(text) or _TOLD.search(text):
        return None
    if found := _MASS.search(text):
        return "dose", found[0]
    interval = _INTERVAL.search(text)
    amount = _AMOUNT.search(text)
    if amount is None and interval is None:
        return None
    told = words(text, cues)
    medicine = next((word.text for word in told if any(one in word.classes for one in _CLASSES)), "")
    short = sum(word.low[0].isalnum() for word in told) <= _MOST_WORDS
    if (amount and interval) or (
        medicine and short and not re.match(r"\W*(?:we|our|you|your)\b", text, re.IGNORECASE)
    ):
        return "dose", " … ".join(filter(None, (medicine, (amount or interval or [""])[0])))
    return None
