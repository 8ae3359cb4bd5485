"""Numbers in digits and in words: "1,072", "7.5", "one hundred and fifty-seven", "seven point five", "five and a half"."""

from __future__ import annotations

import math
import re

ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: float(number) for number, word in enumerate(ONES + TEENS)}
WORDS |= {word: 10.0 * number for number, word in enumerate(TENS, 2)}
WORDS |= {f"{ten}-{one}": 10.0 * t + o for t, ten in enumerate(TENS, 2) for o, one in enumerate(ONES[1:10], 1)}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_ODD = r"\d+(?:\.\d+){2,}"
"""No number, and like none: "4.5.1 points"."""
_NUMBER = rf"(?:{_ODD}|\d{{1,3}}(?:[,\u202f\u00a0 ]\d{{3}})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?|\.\d+)"
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[1:10])}))?|{'|'.join((*TEENS, *ONES))})"
_LONG = rf"{_SMALL}(?:\s+(?:hundred|thousand|million|billion)(?:(?:,|\s+and)?\s+{_SMALL})?)+"
_NAMED = rf"{_LONG}|{_SMALL}\s+and\s+a\s+half|{_SMALL}(?:\s+point(?:\s+(?:{'|'.join(ONES[:10])}))+)?"
"""Numbers in words: "one hundred and fifty-seven", "seven point five"."""


_LIKE = str.maketrans("ſKİı％", "sKIi%")
"""Letters that an expression takes for others when it does not mind case, and `lower` does not."""


_RAISED = re.compile(r"(?<=\d)[·∙⋅](?=\d)")
"""The decimal point of some British journals: "4·5 points"."""


def plain_letters(text: str) -> str:
    """The text, as long as before, with the letters of "ſix" and "thırd", the sign of "30％" and the point of "4·5" as they are read."""
    return text if text.isascii() else plain_points(text).translate(_LIKE)


def plain_points(text: str) -> str:
    """The text, as long as before, with the decimal point of "4·5" on the line."""
    return text if text.isascii() else _RAISED.sub(".", text)


def number(name: str) -> str:
    """The pattern of a number in digits or as a word; its groups are the name with a "d" or a "w" behind.

    A number that a hyphen ties to a word before it is part of a name: PROMISE-2, B-12.
    """
    return rf"(?:(?<![\w.,])(?<![A-Za-z]-)(?P<{name}d>{_NUMBER})(?![\d])|\b(?P<{name}w>{_NAMED})\b)"


def amount(match: re.Match[str], name: str) -> tuple[float, float]:
    """The number and half of its last digit."""
    digits, word = match[f"{name}d"], match[f"{name}w"]
    if word:
        return in_words(word.lower())
    plain = re.sub(r"[,\s\u202f\u00a0]", "", digits or "0")
    if plain.count(".") > 1:
        return math.inf, 0.0
    decimals = len(plain.partition(".")[2])
    return float(plain), 0.5 * 10.0**-decimals


def in_words(words: str) -> tuple[float, float]:
    """The number that words say, and half of its last digit: 157 for "one hundred and fifty-seven", 7.5 for "seven point five"."""
    if words.endswith(" half"):
        return in_words(words.split(" and a")[0])[0] + 0.5, 0.05
    whole, _, digits = words.partition(" point")
    total = part = 0.0
    for word in re.findall(r"[a-z-]+", whole):
        if word in SCALES:
            total, part = (total, part * 100) if word == "hundred" else (total + part * SCALES[word], 0.0)
        elif word in WORDS:
            part += WORDS[word]
    if not math.isfinite(total + part):
        return math.inf, 0.0  # hundreds of hundreds: no figure, and like none
    decimals = "".join(f"{WORDS[word]:.0f}" for word in digits.split())
    return float(f"{total + part:.0f}.{decimals or 0}"), 0.5 * 10.0 ** -len(decimals) if decimals else 0.0
