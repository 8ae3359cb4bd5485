"""The figures of a sentence, normalised: numbers, percentages, "one in four", ranges, doses, durations, years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evidence.support.numbers import ONES, SCALES, TEENS, TENS, WORDS, amount, in_words, number, plain_letters

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
        guideline center centre drip dose infusion session glass cup mm
        """.split(),
        ("count", 1.0),
    ),
    **dict.fromkeys(("trial", "study", "studies", "review", "rct"), ("studies", 1.0)),
    "percentage": ("share", 1.0),
}
_COUNTED_IN_WORDS = frozenset("time month mass volume share money times".split())
_TAKEN_OVER = frozenset("time month mass volume share studies".split())
_AGED = re.compile(r"\b(?:aged|ages?|ages? of|aged between)\s+(?:[\d.]+\s*(?:to|and|[-–])\s*)?$", re.IGNORECASE)
_COMPARED = re.compile(
    r"\s+(?:(?:percentage )?points? |people |patients |days? |%\s*)?(?:(?P<more>more|higher|extra|greater|longer)|fewer|less|lower|shorter)\b(?! than)",
    re.IGNORECASE,
)
_SPARED = re.compile(r"\b(?:avoided|spared|prevented|fewer|less)\b", re.IGNORECASE)
_RISK_BY = re.compile(
    r"\b(?:risk|chance|odds|likelihood)\b[^.;]{0,80}\bby\s+(?:about\s+|some\s+|roughly\s+|nearly\s+|around\s+|almost\s+)?(?:an?\s+)?$",
    re.IGNORECASE,
)
_OF_RISK = re.compile(r"\s*%?\s*(?:lower|higher|smaller|greater)\s+(?:risk|chance|odds)\b", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:over|under)\s+$", re.IGNORECASE)
_PEOPLE = frozenset(
    "point people person patient adult child children woman women man men participant volunteer attack".split()
)
_STARTS = r"(?=[$£€.\d]|\b[efnostz])"
"""How a number in digits or words may begin: looking for that first spares trying all of a pattern at each letter."""
_ROUND = r"(?:\s+|-)(?:every\s+|each\s+|a\s+|one\s+)?(?P<dr>hundred|thousand)\b"
_UNIT = r"(?P<unit>%|percent\b|per cent\b|[µμ]g\b|-fold\b|[A-Za-z]+\b)"
_ADJECTIVE = r"(?:or (?:more|fewer|less) )?(?:(?:more|fewer|less|extra|adult|healthy|other|pain|headache|migraine|of|these|the|full)[ -])?"
_FIGURE = re.compile(
    rf"{_STARTS}(?P<money>[$£€]\s?)?{number('a')}(?:\s?(?P<scale>hundred|thousand|million|billion)\b)?"
    rf"(?:(?:\s?[-–—]\s?|\s+(?:to|and|or)\s+){number('b')}(?=[\s-]*(?:%|[A-Za-zµμ])))?"
    rf"(?:(?:[\s\u00a0]?|-){_ADJECTIVE}{_UNIT})?",
    re.IGNORECASE,
)
_BETWEEN = (
    r"(?:\s+(?!(?:to|by|at|with|after|on|from|over|and|or|than|seconds?|minutes?|hours?|days?|weeks?|months?|years?|mg|g|ml|points?|mm"
    r"|trials?|study|studies|reviews?|survey|took|were|was|is|are"
    rf"|{'|'.join((*TENS, *TEENS, *ONES))})\b)[a-z-]+){{0,2}}?(?:\s+is\s+\w+)?"
)
_RATIO = re.compile(
    rf"{_STARTS}(?<!\bthe ){number('n')}(?:\s?(?:million|thousand))?"
    rf"(?:\s+(?:of|out\s+of)(?:\s+(?:the|its|their|these|those|all))?|{_BETWEEN}\s+(?:in|out\s+of|per|for))(?:\s+about|\s+some)?(?:{_ROUND}|\s+(?:every\s+|each\s+)?(?:about\s+)?{number('d')})"
    r"(?!\s?(?:minutes?|hours?|days?|weeks?|months?|years?|mg|g|ml|%|percent|trials?|studies|reviews?|st|nd|rd|th)\b|\.\d)",
    re.IGNORECASE,
)
_SCORE = re.compile(
    rf"{_STARTS}{number('a')}(?:\s+(?:points?|mm|cm))?\s+(?:of|out\s+of)\s+(?:10|100|ten|a\s+hundred)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?=[aofhqt])(?:(?P<n>one|two|three|four|a|an)[ -])?(?P<share>half|third|quarter|fifth|tenth)s?\b(?!\s+(?:an?\s+hour|day|line|time|trial|study|review|analysis|report|paper|guideline|one|group|dose|drip))",
    re.IGNORECASE,
)
_IN_A_THIRD = re.compile(r"\bin a third,", re.IGNORECASE)
_AND_A_HALF = re.compile(r"(?:\d|[a-z]) and a $", re.IGNORECASE)
_SPANS = ("hour", "day", "year", "minute", "litre", "liter", "gram")
_WORDED = (*_SHARES, *_SPANS)
"""One of these stands in all that is a figure without a number: "half", "an hour"."""
_WORDED_ALL = (*_WORDED, "week", "month")
_COUNTING = re.compile(r"\b(?:another|second)\b[^.;]*\b(?:and|in|by)\s+$", re.IGNORECASE)
_SPAN_WORD = re.compile(
    r"\b(?:(?P<half>half\s+)an?\s+(?P<unit>hour|day|year|litre|liter|gram)|an?\s+(?P<whole>hour|minute|litre|liter|gram))\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:at|after|within|over|for|about|around|first|last)\s+(?:about |around |roughly |the first )?an?\s+(?P<unit>day|week|month|year)\b(?! of\b)",
    re.IGNORECASE,
)
"""A time that a record tells without a number: "at about a month"; a sentence may put it as "one month"."""
_YEAR = re.compile(r"(?<![\w.,$-])(?:19|20)\d\d(?![\d%]|[.,]\d|\s*(?:people|patients|adults|mg|ml|participants))")
_NAMES = frozenset(
    "table figure fig section chapter phase type version step call dial text grade level class stage nerve vitamin part".split()
)
"""Whose numbers are names."""
_IGNORED = re.compile(
    rf"\b(?:{'|'.join(sorted(_NAMES - {'fig'}))}|fig\.)\s+\d+"
    r"|\b\d+(?:st|nd|rd|th)\b|\b\d+-(?:mm|point|cm)\s+(?:\w+\s+)?(?:scale|line)|\b24/7\b|\b\w+ minutes earlier\b|\bfrom one (?:person|patient|center|centre) to\b|\bP\s*[<>=]\s*0?\.\d+"
    r"|\b(?:ring|rung|rang|phone|phoned|call|called|calling|dial|dialled|al|number(?:\s+is)?)\s+(?:911|999|112)(?:\s*(?:,|/|or)\s*(?:911|999|112))*\b(?!\s*%|\s+[a-z]*(?:percent|people|patients|adults|participants|trials|studies)\b)",
    re.IGNORECASE,
)
_MAY_BE_IGNORED = re.compile(r"\d(?:st|nd|rd|th|-mm|-point|-cm)|24/7|911|999|112|p\s*[<>=]|minutes earlier|from one")
_LETTERS = re.compile(r"[a-z]+")
_BEGINS = re.compile(rf"{_STARTS}(?:[$£€]\s?)?(?P<number>\.?\d[\d.,]*|\b(?:{'|'.join((*TENS, *TEENS, *ONES))}))")
"""How a number begins in a text in lower case."""
_STUDIES = re.compile(
    r"[\s-]+(?:(?!with|of|in|from|people|patients|adults|and|or|to|than|against|on|by|is|was|were|are|had|the|a)[a-z]\S*\s+){0,3}?"
    r"(?:trials|studies|reviews|RCTs)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OF_INTERVAL = re.compile(
    r"\b(?:CI\b|range\b|interval\b|middle half\b|IQR\b|SD\b|from\b(?=.*\bto\b)).*|^[(\[]\s*[\d.]+%?\s*(?:to|[-–])\s*[\d.]+%?\s*[)\]]$",
    re.DOTALL,
)
_INTERVAL = re.compile(
    r"\bCI,?:?\s*[-−–]?\d[\d.,]*\s?%?\s*(?:to|[-–—,])\s*[-−–]?\d[\d.,]*\s?%?|[,:;]\s*from\s[-−–]?\d[^.;,]*?\bto\s[-−–]?\d\S*"
)
_JOINED = re.compile(r"\s*(?:,|,?\s*(?:and|or|to|vs\.?|versus|against|compared with)|[-–—])\s*")
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|just over|just under|approximately|approx\.|some|close to|just (?:over|under)|over|more than|less than"
    r"|fewer than|at least|at most|up to|under)\s+$",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """One figure: its value in the base unit of its kind, half of its last written digit, the words it stands in.

    `kind` is `time` (minutes), `month`, `mass` (mg), `volume` (mL), `share` (in 100), `money`, `times`, `year`, `count`, or
    `studies` for trials and reviews counted, and empty for a number without a unit. `about` says that the author rounded.
    """

    value: float
    kind: str
    slack: float
    words: str
    about: bool = False
    denominator: float = 0.0
    size: float = 1.0
    """What the written number was multiplied with to come to the base unit."""
    partner: float | None = None
    """The other end of the range it stands in, in the base unit."""
    relative: bool = False
    """True if it says by how much a risk was cut or raised, and not how many people it was."""
    sign: int = 0
    """1 if it is told as more, -1 if as less: "7 fewer people"."""
    interval: bool = False
    """True if it is an end of the interval around an estimate: "(95% CI -2 to 34)"."""
    may_be: frozenset[tuple[str, float]] = frozenset()
    """The units, and their sizes, that a number may have left to another figure of its sentence: "4 hours with it, 9 without"."""
    start: int = 0
    end: int = 0
    """Where the number stands in the text, without its unit."""


def figures(text: str, *, every: bool = False) -> tuple[Figure, ...]:
    """The figures of a text, in order; with `every`, studies counted in words as well, which may be the author's own count."""
    return _figures(text.rstrip(" ."), every)  # a sentence is asked about with its full stop and without


@lru_cache(maxsize=5_000)
def _figures(text: str, every: bool) -> tuple[Figure, ...]:
    text = plain_letters(text)
    low = text.lower()
    starts = _starts(low)
    if not starts and not any(word in low for word in (_WORDED_ALL if every else _WORDED)):
        return ()
    found: list[Figure] = []
    ignored = _MAY_BE_IGNORED.search(low) or not _NAMES.isdisjoint(_LETTERS.findall(low))
    taken = [match.span() for match in _IGNORED.finditer(text)] if ignored else []
    for pattern, make, needed in (
        (_SCORE, _score, ("10", "ten", "hundred")),
        (_RATIO, _ratio, ()),
        (_SPAN_WORD, _span, _SPANS),
        *(((_ONE, _one, ("day", "week", "month", "year")),) if every else ()),
        (_SHARE, _share, tuple(_SHARES)),
        (_YEAR, _year, ("19", "20")),
        (_FIGURE, _plain, ()),
    ):
        if needed and low.isascii() and not any(word in low for word in needed):
            continue  # looking for a word is much quicker than for a pattern, and few texts have one of these
        of_number = make in (_score, _ratio, _plain)
        for match in _each(pattern, text, starts) if of_number else pattern.finditer(text):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                until = min((a for a, _ in taken if start < a < end), default=start)
                left = pattern.match(text, start, until)  # of "17 to 20 in 100" the first
                if left is None or any(a <= start < b for a, b in taken):
                    continue
                match, end = left, left.end()
            made = make(match, _is_about(text, start), every)
            if made:
                taken.append((start, end))
                found += made
    return tuple(_with_units(text, sorted(found, key=lambda one: one.start)))


def _starts(low: str) -> list[int]:
    """Where in a text in lower case a number may begin, with or without the sign of money before it."""
    return sorted({place for found in _BEGINS.finditer(low) for place in (found.start(), found.start("number"))})


def _each(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """What an expression that begins with a number finds in a text, in order, none inside another."""
    behind = 0
    for start in starts:
        if start >= behind and (found := pattern.match(text, start)):
            yield found
            behind = found.end()


def in_a_row(text: str, one: Figure, other: Figure) -> bool:
    """True if nothing but a comma, an "and" or the like stands between two figures: "4, 3 and 4.5 points"."""
    return _JOINED.fullmatch(text, one.end, other.start) is not None


def _is_about(text: str, start: int) -> bool:
    return _ABOUT.search(text, max(0, start - 20), start) is not None


_SENTENCE_END = re.compile(r"[.!?]\s")
_DANGLING = re.compile(
    r"(?:\s+(?:than|that|of|in|on|with|for|and|its|their|the|these|by|at|is|was|were|are|had|do|does|did|as|or))+\s*$",
    re.IGNORECASE,
)
"""What stands behind a number and is nothing counted: the "than" of "100 than"."""
_NOTHING_COUNTED = re.compile(
    r"\s*(?:[,.;:()/–—-]|$|(?:with|without|for|in|after|among|on|against|and|or|at|of|than|to|from|by|versus|vs|as|when|while|compared|between|during|before)\b)"
)


def _with_units(text: str, found: list[Figure]) -> list[Figure]:
    """The figures, those that leave their unit to the next ("10, 20 and 40 mg") with it, and the ends of intervals marked."""
    if not found:
        return found
    intervals = [
        (bracket.start() + inner.start(), bracket.end())
        for bracket in (_BRACKET.finditer(text) if "(" in text or "[" in text else ())
        if (inner := _OF_INTERVAL.search(bracket[0]))
    ]
    if "CI" in text or "from" in text:
        intervals += [match.span() for match in _INTERVAL.finditer(text)]
    for place in range(len(found) - 1, -1, -1):
        one = found[place]
        if not one.kind and place + 1 < len(found) and one.partner is None:
            following = found[place + 1]
            if following.kind in _TAKEN_OVER and in_a_row(text, one, following):
                one = one._replace(
                    kind=following.kind,
                    value=one.value * following.size,
                    slack=one.slack * following.size,
                    size=following.size,
                )
        if not one.kind and _AGED.search(text, max(0, one.start - 24), one.start):
            one = one._replace(kind="month", value=one.value * 12, slack=one.slack * 12, size=12.0)
        if any(start <= one.start < end for start, end in intervals):
            one = one._replace(interval=True)
        if compared := _COMPARED.match(text, one.end) or (_COMPARED.search(one.words) if one.denominator else None):
            one = one._replace(sign=1 if compared["more"] else -1)
        elif one.denominator and _SPARED.search(one.words):
            one = one._replace(sign=-1)
        if one.kind == "share" and not one.denominator:
            behind = _OF_RISK.match(text, one.end) is not None
            if behind or _RISK_BY.search(text, max(0, one.start - 110), one.start):
                one = one._replace(relative=True)
        found[place] = one
    return [
        one
        if one.kind or not _NOTHING_COUNTED.match(text, one.end)
        else one._replace(may_be=_beside(text, one, found))
        for one in found
    ]


def _beside(text: str, one: Figure, found: list[Figure]) -> frozenset[tuple[str, float]]:
    """The units of the other figures of the same sentence."""
    return frozenset(
        (other.kind, other.size)
        for other in found
        if other.kind in _TAKEN_OVER
        and not _SENTENCE_END.search(text, min(one.end, other.end), max(one.start, other.start))
    )


def _ratio(match: re.Match[str], about: bool, every: bool) -> list[Figure]:
    n, _ = amount(match, "n")
    d = SCALES[match["dr"].lower()] if match["dr"] else amount(match, "d")[0]
    if _YEAR.fullmatch(match["dd"] or ""):
        return []  # "526 patients in 2019"
    if (match["nw"] or "").lower() == "one" and " of " in match[0].lower():
        return []  # "one of the 15 kinds"
    if "." in (match["nd"] or "") or d < n or d < 2 or (match["nw"] and match["dd"] and d < 5) or not d.is_integer():
        return []
    share = Figure(100 * n / d, "share", 50 / d, match[0].strip(), about, d, start=match.start(), end=match.end())
    if not every:
        return [share]
    counted = "studies" if re.search("trials|studies|reviews", match[0]) else "count"
    return [share, *(share._replace(value=value, kind=counted, slack=0.0, denominator=0.0) for value in (n, d))]


def _score(match: re.Match[str], about: bool, every: bool) -> list[Figure]:
    """A place on a scale, "4.5 points of 10" or "1.3 of 10", and no share of people."""
    value, slack = amount(match, "a")
    is_score = re.search("point|mm|cm", match[0], re.IGNORECASE) is not None or not value.is_integer()
    score = Figure(value, "count", slack, match[0].strip(), about, start=match.start(), end=match.end())
    return [score] if is_score else []


def _span(match: re.Match[str], about: bool, every: bool) -> list[Figure]:
    kind, size = _UNITS[(match["unit"] or match["whole"]).lower()]
    length = size * (0.5 if match["half"] else 1.0)
    return [Figure(length, kind, 0.0, match[0].strip(), about, start=match.start(), end=match.end())]


def _one(match: re.Match[str], about: bool, every: bool) -> list[Figure]:
    kind, size = _UNITS[match["unit"].lower()]
    return [Figure(size, kind, 0.0, match[0].strip(), about, size=size, start=match.start("unit"), end=match.end())]


def _share(match: re.Match[str], about: bool, every: bool) -> list[Figure]:
    if match["share"].lower() == "half" and _AND_A_HALF.search(match.string, 0, match.start("share")):
        return []
    if match["n"] is None and match.string[: match.start()].lower().endswith("the "):
        return []  # "in the third, nobody …"
    if (match["n"] or "").lower() == "a" and _IN_A_THIRD.search(
        match.string, max(0, match.start() - 4), match.end() + 1
    ):
        return []
    if (match["n"] or "").lower() == "a" and _COUNTING.search(match.string, 0, match.start()):
        return []  # "in one trial, in another and in a third"
    count = WORDS.get((match["n"] or "one").lower(), 1.0)
    value = count * _SHARES[match["share"].lower()]
    slack = 4.0 if about else 2.0
    share = Figure(value, "share", slack, match[0].strip(), about, start=match.start(), end=match.end())
    return [share] if value < 100 else []


def _year(match: re.Match[str], about: bool, every: bool) -> list[Figure]:
    return [Figure(float(match[0]), "year", 0.0, match[0], start=match.start(), end=match.end())]


def _plain(match: re.Match[str], about: bool, every: bool) -> list[Figure]:
    kind, size = _unit(match)
    words = match[0].strip() if kind else _DANGLING.sub("", match[0]).strip()
    studies = _STUDIES.match(match.string, match.end("bd" if match["bd"] else "ad" if match["ad"] else "aw"))
    if studies and not match["money"]:
        kind, size, words = "studies", 1.0, match.string[match.start() : studies.end()]
    in_words = match["aw"] is not None
    names = ["a", "b"] if match["bd"] or match["bw"] else ["a"]
    is_long = in_words and " " in match["aw"]
    counted = (
        is_long
        or match["scale"]
        or _is_people(match)
        or (kind == "studies" and in_words and (every or _is_many(match)))
    )
    if in_words and kind not in _COUNTED_IN_WORDS and not counted:
        if not match["bd"]:
            return []
        names = ["b"]  # "7.7 on the lower one and 5.6 on placebo"
    if kind == "time" and _LASTING.search(match.string, max(0, match.start() - 6), match.start()):
        about = False  # "over 15 minutes" says how long, and not that it was more
    scale = SCALES.get((match["scale"] or "").lower(), 1.0)
    made = []
    for name in names:
        value, slack = amount(match, name)
        factor = scale * size
        start, end = match.span(f"{name}d" if match[f"{name}d"] else f"{name}w")
        made.append(Figure(value * factor, kind, slack * factor, words, about, size=size, start=start, end=end))
    if len(made) == 2 and _is_range(match, made[0].end, made[1].start):
        made = [made[0]._replace(partner=made[1].value), made[1]._replace(partner=made[0].value)]
    return made


def _is_range(match: re.Match[str], end: int, start: int) -> bool:
    between = match.string[end:start].strip().lower()
    if between == "and":
        return match.string[max(0, match.start() - 9) : match.start()].lower().endswith("between ")
    return between != "or"


def _is_many(match: re.Match[str]) -> bool:
    """From four studies on, a count in words is the source's; "two trials" are often the author's own count."""
    return in_words(match["aw"].lower())[0] >= 4


def _is_people(match: re.Match[str]) -> bool:
    unit = (match["unit"] or "").lower()
    return unit in _PEOPLE or unit.removesuffix("s") in _PEOPLE


def _unit(match: re.Match[str]) -> tuple[str, float]:
    if match["money"]:
        return "money", 1.0
    word = (match["unit"] or "").lower()
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s")) or ("", 1.0)
