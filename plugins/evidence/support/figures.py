"""The figures of a sentence, normalised: numbers, percentages, "one in four", ranges, doses, durations, years.

Two figures agree if the one is the other, rounded as people round: to the digits that were written, a share to the nearest
in 100, "1 in 8" for 13.2 %. A figure that is off by more is another figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

_ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: float(number) for number, word in enumerate(_ONES + _TEENS)}
_WORDS |= {word: 10.0 * number for number, word in enumerate(_TENS, 2)}
_WORDS |= {f"{ten}-{one}": 10.0 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES[1:10], 1)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("second", "sec", "s"), ("time", 1 / 60)),
    **dict.fromkeys(("minute", "min"), ("time", 1.0)),
    **dict.fromkeys(("hour", "hr", "h"), ("time", 60.0)),
    "day": ("time", 1440.0),
    "week": ("time", 7 * 1440.0),
    "month": ("month", 1.0),
    "year": ("month", 12.0),
    **dict.fromkeys(("mcg", "µg", "μg", "ug", "microgram"), ("mass", 0.001)),
    **dict.fromkeys(("mg", "milligram"), ("mass", 1.0)),
    **dict.fromkeys(("g", "gram", "gramme"), ("mass", 1000.0)),
    **dict.fromkeys(("kg", "kilogram", "kilo"), ("mass", 1e6)),
    **dict.fromkeys(("ml", "milliliter", "millilitre", "cc"), ("volume", 1.0)),
    **dict.fromkeys(("l", "liter", "litre"), ("volume", 1000.0)),
    **dict.fromkeys(("%", "percent", "per cent"), ("share", 1.0)),
    **dict.fromkeys(("$", "dollar", "usd"), ("money", 1.0)),
    **dict.fromkeys(("times", "fold", "-fold"), ("times", 1.0)),
    **dict.fromkeys(
        """
        point people person patient adult child children woman women man men participant volunteer attack headache case visit
        trial study studies review guideline center centre drip dose infusion session glass cup
        """.split(),
        ("count", 1.0),
    ),
}
_COUNTED_IN_WORDS = frozenset("time month mass volume share money times".split())
_PEOPLE = frozenset(
    "point people person patient adult child children woman women man men participant volunteer attack".split()
)
_NUMBER = r"(?:\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?|\.\d+)"
_NAMED = "|".join(sorted(_WORDS, key=len, reverse=True))


def _number(name: str) -> str:
    """The pattern of a number in digits or as a word; its groups are the name with a "d" or a "w" behind.

    A number that a hyphen ties to a word before it is part of a name: PROMISE-2, B-12.
    """
    return rf"(?:(?<![\w.,])(?<![A-Za-z]-)(?P<{name}d>{_NUMBER})(?![\d])|\b(?P<{name}w>{_NAMED})\b)"


_UNIT = r"(?P<unit>%|percent\b|per cent\b|[µμ]g\b|-fold\b|[A-Za-z]+\b)"
_ADJECTIVE = r"(?:(?:more|fewer|less|extra|adult|healthy|other|pain|headache|migraine|of|these|the|full)[ -])?"
_FIGURE = re.compile(
    rf"(?P<money>[$£€]\s?)?{_number('a')}(?:\s?(?P<scale>hundred|thousand|million|billion)\b)?"
    rf"(?:(?:\s?[-–—]\s?|\s+(?:to|and|or)\s+){_number('b')}(?=[\s-]*(?:%|[A-Za-zµμ])))?"
    rf"(?:(?:[\s\u00a0]?|-){_ADJECTIVE}{_UNIT})?",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"(?<!\bthe ){_number('n')}(?:\s?(?:million|thousand))?"
    rf"(?:\s+(?:of|out\s+of)(?:\s+the)?|\s+(?:\w+\s+)?(?:\w+\s+)?(?:in|out\s+of|per|for))\s+(?:every\s+|each\s+)?{_number('d')}"
    r"(?!\s?(?:minutes?|hours?|days?|weeks?|months?|years?|mg|g|ml|%|percent|trials?|studies|reviews?|st|nd|rd|th)\b|\.\d)",
    re.IGNORECASE,
)
_SCORE = re.compile(rf"{_number('a')}(?:\s+points?)?\s+(?:of|out\s+of)\s+(?:10|100)\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:(?P<n>one|two|three|four|a|an)[ -])?(?P<share>half|third|quarter|fifth|tenth)s?\b(?!\s+(?:an?\s+hour|day|line|time|trial|study|group|dose|drip))",
    re.IGNORECASE,
)
_SPAN_WORD = re.compile(
    r"\b(?:(?P<half>half\s+)an?\s+(?P<unit>hour|day|year|litre|liter|gram)|an?\s+(?P<whole>hour|minute|litre|liter|gram))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w.,$-])(?:19|20)\d\d(?![\d%]|[.,]\d|\s*(?:people|patients|adults|mg|ml|participants))")
_IGNORED = re.compile(
    r"\b(?:table|figure|fig\.|section|chapter|phase|type|version|step|call|dial|text|grade|level|class|stage|nerve|vitamin|part)\s+\d+"
    r"|\b\d+(?:st|nd|rd|th)\b|\b24/7\b|\b(?:911|999|112)\b|\bP\s*[<>=]\s*0?\.\d+",
    re.IGNORECASE,
)
_STUDIES = re.compile(r"[\s-]+(?:\S+\s+){0,3}?(?:trials|studies|reviews)\b", re.IGNORECASE)
_SPAN = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)\s?(?:to|[-–])\s?(\d+(?:\.\d+)?)(?![\w%]|[.,]\d)")
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|just over|just under|approximately|approx\.|some|close to|just (?:over|under)|over|more than|less than"
    r"|fewer than|at least|at most|up to|under)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value in the base unit of its kind, half of its last written digit, the words it stands in.

    `kind` is `time` (minutes), `month`, `mass` (mg), `volume` (mL), `share` (in 100), `money`, `times`, `year`, `count`, or
    empty for a number without a unit. `about` says that the author rounded.
    """

    value: float
    kind: str
    slack: float
    words: str
    about: bool = False
    denominator: float = 0.0
    size: float = 1.0
    """What the written number was multiplied with to come to the base unit."""


@lru_cache(maxsize=20_000)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text, in order."""
    found: list[tuple[int, Figure]] = []
    taken = [match.span() for match in _IGNORED.finditer(text)]
    for pattern, make in (
        (_SCORE, _score),
        (_RATIO, _ratio),
        (_SPAN_WORD, _span),
        (_SHARE, _share),
        (_YEAR, _year),
        (_FIGURE, _plain),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            made = make(match, bool(_ABOUT.search(text, max(0, start - 20), start)))
            if made:
                taken.append((start, end))
                found += [(start, one) for one in made]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _amount(match: re.Match[str], name: str) -> tuple[float, float]:
    """The number and half of its last digit."""
    digits, word = match[f"{name}d"], match[f"{name}w"]
    if word:
        return _WORDS[word.lower()], 0.0
    plain = re.sub(r"[,\s\u202f\u00a0]", "", digits or "0")
    decimals = len(plain.partition(".")[2])
    return float(plain), 0.5 * 10.0**-decimals


def _ratio(match: re.Match[str], about: bool) -> list[Figure]:
    (n, _), (d, _) = _amount(match, "n"), _amount(match, "d")
    if _YEAR.fullmatch(match["dd"] or ""):
        return []  # "526 patients in 2019"
    if d < n or d < 2 or (match["nw"] and match["dw"] is None and d < 5):
        return []
    return [Figure(100 * n / d, "share", 50 / d, match[0].strip(), about, d)]


def _score(match: re.Match[str], about: bool) -> list[Figure]:
    """A place on a scale, "4.5 points of 10" or "1.3 of 10", and no share of people."""
    value, slack = _amount(match, "a")
    is_score = "point" in match[0].lower() or not value.is_integer()
    return [Figure(value, "count", slack, match[0].strip(), about)] if is_score else []


def _span(match: re.Match[str], about: bool) -> list[Figure]:
    kind, size = _UNITS[(match["unit"] or match["whole"]).lower()]
    return [Figure(size * (0.5 if match["half"] else 1.0), kind, 0.0, match[0].strip(), about)]


def _share(match: re.Match[str], about: bool) -> list[Figure]:
    count = _WORDS.get((match["n"] or "one").lower(), 1.0)
    value = count * _SHARES[match["share"].lower()]
    return [Figure(value, "share", 4.0 if about else 2.0, match[0].strip(), about)] if value < 100 else []


def _year(match: re.Match[str], about: bool) -> list[Figure]:
    return [Figure(float(match[0]), "year", 0.0, match[0])]


def _plain(match: re.Match[str], about: bool) -> list[Figure]:
    kind, size = _unit(match)
    in_words = match["aw"] is not None
    if in_words and kind not in _COUNTED_IN_WORDS and not (match["scale"] or _is_people(match) or _is_many(match)):
        return []
    scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
    names = ["a", "b"] if match["bd"] or match["bw"] else ["a"]
    made = []
    for name in names:
        value, slack = _amount(match, name)
        factor = scale * size
        made.append(Figure(value * factor, kind, slack * factor, match[0].strip(), about, size=size))
    return made


def _is_many(match: re.Match[str]) -> bool:
    """From four studies on, a count in words is the source's; "two trials" are often the author's own count."""
    unit = (match["unit"] or "").lower()
    counted = unit in ("trials", "studies", "reviews") or _STUDIES.match(match.string, match.end("aw")) is not None
    return counted and _WORDS[match["aw"].lower()] >= 4


def _is_people(match: re.Match[str]) -> bool:
    unit = (match["unit"] or "").lower()
    return unit in _PEOPLE or unit.removesuffix("s") in _PEOPLE


def _unit(match: re.Match[str]) -> tuple[str, float]:
    if match["money"]:
        return "money", 1.0
    word = (match["unit"] or "").lower()
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s")) or ("", 1.0)


# ------------------------------------------------------------------------------------------------ comparing


def missing(claim: str, evidence: Iterable[str], known: Iterable[Figure] = ()) -> tuple[Figure, ...]:
    """The figures of a claim that are in none of these texts, nor among the figures known besides."""
    there = [*known, *(figure for text in evidence for figure in figures(text))]
    return tuple(figure for figure in figures(claim) if not any(agree(figure, one) for one in there))


def empty_spans(text: str) -> tuple[str, ...]:
    """Ranges from a figure to the same: "7 to 7 days". One of the two is wrong."""
    return tuple(found[0] for found in _SPAN.finditer(text) if float(found[1]) == float(found[2]))


def agree(claimed: Figure, known: Figure) -> bool:
    """True if the claimed figure is the known one, as people round."""
    if not _comparable(claimed.kind, known.kind):
        return False
    if "year" in (claimed.kind, known.kind):
        return claimed.value == known.value
    if claimed.kind != known.kind and "" in (
        claimed.kind,
        known.kind,
    ):  # a bare number may be of any unit, as it is written
        claimed = replace(claimed, value=claimed.value / claimed.size, slack=claimed.slack / claimed.size)
        known = replace(known, value=known.value / known.size, slack=known.slack / known.size)
    off = abs(claimed.value - known.value)
    if off <= 1e-9 * max(1.0, abs(known.value)):
        return True
    if claimed.kind == "share" and claimed.denominator:
        return _agrees_as_ratio(claimed, known.value, off)
    if {claimed.kind, known.kind} - {"", "count"} and claimed.kind != known.kind:
        return False
    written = off <= claimed.slack * (1 + 1e-9) and known.slack < claimed.slack
    return written or (claimed.about and off <= 0.06 * abs(known.value) and _is_round(claimed))


def _agrees_as_ratio(claimed: Figure, known: float, off: float) -> bool:
    if claimed.denominator >= 100 or _is_counted(claimed):
        return off <= claimed.slack * (1 + 1e-9)
    one_in = known > 0 and claimed.value * claimed.denominator == 100 and round(100 / known) == claimed.denominator
    return one_in or off <= 0.06 * known or (claimed.about and off <= claimed.slack)


def _is_counted(figure: Figure) -> bool:
    """People counted, "18 of 39", and no share said in round figures, "1 in 8" or "3 in 10"."""
    return figure.denominator > 12 and figure.denominator % 10 != 0 and " of " in figure.words


def _is_round(figure: Figure) -> bool:
    """Rounded figures have few digits: 1,200, 60 or 2.5, but not 1,234."""
    digits = f"{figure.value:.6g}".replace(".", "").strip("0")
    return len(digits) <= 2


def _comparable(one: str, other: str) -> bool:
    loose = ("", "count")
    return one == other or "" in (one, other) or (one in loose and other in loose)
