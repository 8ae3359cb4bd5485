"""Whether the figures of a claim are those of the evidence.

Two figures agree if the one is the other, rounded as people round: to the digits that were written, a share to the nearest
in 100, "1 in 8" for 13.2 %. A figure that is off by more is another figure. So is one of another unit, the end of an
interval told as the finding, and "18 of 51" where 51 people are nowhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from evidence.support.figures import Figure, figures, in_a_row
from evidence.support.subject import stems

_LOOSE = ("", "count")
_STRICT = frozenset("time month mass volume share money times studies".split())
"""What is written with its unit agrees with nothing that has none."""
_LEAST = 1e-9
"""A share of which nobody says "1 in so many", in 100."""
_DAY = 1440.0
"""Days are counted as well, "22.5 headache days", and their unit then stands elsewhere."""
_NATURAL = frozenset([*range(2, 11), 20, 25, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000])
"""Out of how many people give a share that was worked out; any other number was counted."""
_RANGE = re.compile(r"(?<![\w.,−-])(\d+(?:\.\d+)?)\s?(?:to|[-–])\s?(\d+(?:\.\d+)?)(?![\w%]|[.,]\d)")
_EITHER = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)\s(?:or)\s(\d+(?:\.\d+)?)(?![\w%]|[.,]\d)")
_CHANGE = re.compile(
    r"\b(?:from|f[ae]ll|fall|drop|went|cut|down|improv|reduc|decreas|declin|lower|shr[aiu]nk|eas|chang|min(?:us)?)\w*",
    re.IGNORECASE,
)
_ALIKE = re.compile(r"\b(?:both|each|every|either|same|equal|alike|all|likewise)\b", re.IGNORECASE)
_REACHING = re.compile(
    r"\b(?:between|from|anything|anywhere|as (?:few|many|much|little|low|high|small|large) as|at (?:least|most)|up to|to|or|and|could be|might be)\s+$",
    re.IGNORECASE,
)
_REACH = 24
_OF_PEOPLE = re.compile(
    r"\s*%?\s*(?:of\s+(?:the\s+)?|fewer\s+|more\s+)?(?:people|patients|adults|them|those)\b", re.IGNORECASE
)
_MORE = re.compile(r"\s?%?\s(?:more|fewer|less)\b")
_SIDE_OF_A_SHARE = re.compile(
    r"\b(?:(?P<above>more than|over)|fewer than|less than|under)\s+(?:an?\s+|one\s+)?$", re.IGNORECASE
)
_FAR_FROM_A_SHARE = 0.5
"""How far beyond it, as a part of it, "more than half" may be: of 80 in 100 people say something else."""
_LEAST_SHARED = 2
_CLAUSE = re.compile(r"[,;:](?!\d)|\.\s|\s(?:and|but|against|while|whereas)\s", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ALL = re.compile(r"\ball (?:of )?(?:the |these )?$", re.IGNORECASE)


def missing(claim: str, evidence: Iterable[str], known: Iterable[Figure] = ()) -> tuple[Figure, ...]:
    """The figures of a claim that are in none of these texts, nor among the figures known besides."""
    claimed = figures(claim)
    if not claimed:
        return ()
    texts = tuple(evidence)
    there = [*known, *(figure for text in texts for figure in figures(text, every=True))]
    ends = [figure for figure in there if figure.interval]
    absent = tuple(figure for figure in claimed if _is_not_all(figure, there, claim)) or tuple(
        figure
        for figure in claimed
        if not any(_borne_out(figure, one, claim) for one in (ends if figure.interval and ends else there))
        and not _is_denominator(figure, there, claim)
        and not _is_worked_out(figure, there)
        and not _is_on_its_side(figure, claim, texts)
        and not _are_counted(figure, there)
    )
    uncounted = tuple(figure for figure in claimed if figure not in absent and _of_nobody(figure, there))
    return absent + uncounted or tuple(_told_twice(claim, claimed, texts, there))


def _borne_out(claimed: Figure, known: Figure, claim: str) -> bool:
    if claimed.sign * known.sign < 0:
        return False
    if (
        "%" in claimed.words
        and _MORE.match(claim, claimed.end)
        and (known.denominator or "percentage" in known.words)
    ):
        return False  # 37 % more is not 37 more in 100
    if known.relative and not claimed.relative and claimed.kind == "share" and _OF_PEOPLE.match(claim, claimed.end):
        return False  # a quarter off a risk is no quarter of the people
    if known.relative and claimed.denominator:
        return False
    is_end = claimed.interval or claimed.partner is not None
    if known.interval and not is_end and not _reaches(claim, claimed):
        return False
    if (
        claimed.partner is not None
        and known.partner is not None
        and not _near(claimed, claimed.partner, known.partner)
    ):
        return False
    return agree(claimed, known)


def _is_on_its_side(claimed: Figure, claim: str, texts: Iterable[str]) -> bool:
    """True for "more than half" where the shares whose clauses are most like the claim are 68 in 100."""
    if claimed.kind != "share" or claimed.denominator or _DIGIT.search(claimed.words):
        return False
    side = _SIDE_OF_A_SHARE.search(claim, max(0, claimed.start - _REACH), claimed.start)
    if side is None:
        return False
    ours = stems(claim)
    known = [
        (len(ours & stems(clause)), one.value)
        for text in texts
        for clause in _CLAUSE.split(text)
        for one in figures(clause)
        if one.kind == "share" and not (one.interval or one.relative or one.sign)
    ]
    most = max((shared for shared, _ in known), default=0)
    sign = 1 if side["above"] else -1
    gaps = [(value - claimed.value) * sign for shared, value in known if shared == most]
    return most >= _LEAST_SHARED and all(0 < gap <= _FAR_FROM_A_SHARE * claimed.value for gap in gaps)


def _reaches(claim: str, claimed: Figure) -> bool:
    """True if the words before a figure make it the end of an interval: "up to 9 more"."""
    return _REACHING.search(claim, max(0, claimed.start - _REACH), claimed.start) is not None


def _near(claimed: Figure, one: float, other: float) -> bool:
    return abs(one - other) <= max(claimed.slack, 1e-9) * 1.000001 or (
        claimed.about and abs(one - other) <= 0.06 * abs(other)
    )


def _of_nobody(claimed: Figure, there: Sequence[Figure]) -> bool:
    """True for "18 of 51" if no figure of the evidence is 51: a share alone does not bear out who was counted."""
    if claimed.denominator in _NATURAL or claimed.words.lower().startswith(("one ", "1 ", "a ")):
        return False
    return claimed.denominator > 0 and not any(
        claimed.denominator in (known.denominator, known.value if known.kind in _LOOSE else None) for known in there
    )


def _is_not_all(claimed: Figure, there: Sequence[Figure], claim: str) -> bool:
    """True for "all 15 people" where the evidence has 13 of 15."""
    if not _ALL.search(claim, max(0, claimed.start - 12), claimed.start):
        return False
    shares = [known.value for known in there if known.denominator == claimed.value]
    return bool(shares) and max(shares) < 100


def _is_worked_out(claimed: Figure, there: Sequence[Figure]) -> bool:
    """True for "about three times as often" where the evidence has 17.1 % and 5.6 %."""
    if claimed.kind != "times" or claimed.value <= 1:
        return False
    shares = [known.value for known in there if known.kind == "share" and known.value > 0]
    return any(abs(one / other - claimed.value) <= 0.1 * claimed.value for one in shares for other in shares)


def _are_counted(claimed: Figure, there: Sequence[Figure]) -> bool:
    """True for "10 of the 40" if the evidence counts 10 people and 40, and no others of these 40."""
    if claimed.denominator in _NATURAL or any(known.denominator == claimed.denominator for known in there):
        return False
    of = claimed.value * claimed.denominator / 100
    counts = [known.value for known in there if known.kind in _LOOSE]
    return claimed.denominator in counts and any(abs(of - one) < 1e-6 for one in counts)


def _is_denominator(claimed: Figure, there: Sequence[Figure], claim: str) -> bool:
    """True for the "100" of "of every 100 people, 17 more had it" where the evidence says "17 more in 100"."""
    if _ALL.search(claim, max(0, claimed.start - 12), claimed.start):
        return False
    return claimed.kind in _LOOSE and any(known.denominator == claimed.value for known in there)


def _told_twice(
    claim: str, claimed: Sequence[Figure], texts: Sequence[str], there: Sequence[Figure]
) -> Iterator[Figure]:
    """Of figures in a row, "5, 3 and 4.5", those that only the figure of another of them bears out."""
    rows = list(_rows(claim, claimed))
    if not rows or any(_ALIKE.search(text) for text in texts):
        return
    for row in rows:
        left = _distinct(there, texts)
        for figure in sorted(row, key=lambda one: not any(_is_exactly(one, known) for known in left)):
            fitting = [known for known in left if agree(figure, known)]
            if not fitting:
                yield figure
                continue
            left.remove(min(fitting, key=lambda known: not _is_exactly(figure, known)))


def _distinct(there: Sequence[Figure], texts: Sequence[str]) -> list[Figure]:
    """The figures, each as often as the text that says it most often: a quote says again what the statement says."""
    most: dict[tuple[float, str], list[Figure]] = {}
    for text in texts:
        here: dict[tuple[float, str], list[Figure]] = {}
        for figure in figures(text, every=True):
            here.setdefault((figure.value, figure.kind), []).append(figure)
        for key, several in here.items():
            most[key] = max(most.get(key, []), several, key=len)
    others = [figure for figure in there if (figure.value, figure.kind) not in most]
    return [*others, *(figure for several in most.values() for figure in several)]


def _rows(claim: str, claimed: Sequence[Figure]) -> Iterator[list[Figure]]:
    row: list[Figure] = []
    for figure in claimed:
        if row and not (_is_like(figure, row[-1]) and in_a_row(claim, row[-1], figure)):
            if len(row) > 1:
                yield row
            row = []
        row = [*row, figure] if figure.partner is None else []
    if len(row) > 1:
        yield row


def _is_like(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind or (one.kind in _LOOSE and other.kind in _LOOSE)


def empty_spans(text: str) -> tuple[str, ...]:
    """Ranges from a figure to the same or a smaller one: "7 to 7 days", "22 to 20 more". One of the two is wrong."""
    same = [found[0] for found in _RANGE.finditer(text) if float(found[1]) == float(found[2])]
    either = [found[0] for found in _EITHER.finditer(text) if float(found[1]) == float(found[2])]
    backwards = [
        found[0]
        for found in _RANGE.finditer(text)
        if float(found[1]) > float(found[2]) > 1 and not _CHANGE.search(text)
    ]
    return (*same, *either, *backwards)


def agree(claimed: Figure, known: Figure) -> bool:
    """True if the claimed figure is the known one, as people round."""
    if _agree(claimed, known):
        return True
    units = (_of(known, size, kind) for kind, size in known.may_be if kind == claimed.kind)
    return any(_agree(claimed, one) for one in units)


def _agree(claimed: Figure, known: Figure) -> bool:
    if not _comparable(claimed, known):
        return False
    if "year" in (claimed.kind, known.kind):
        return claimed.value == known.value
    if claimed.kind != known.kind and "" in (claimed.kind, known.kind):
        # a bare number may be of any unit, as it is written
        claimed = claimed._replace(value=claimed.value / claimed.size, slack=claimed.slack / claimed.size)
        known = known._replace(value=known.value / known.size, slack=known.slack / known.size)
    off = abs(claimed.value - known.value)
    if _is_exactly(claimed, known):
        return True
    if claimed.kind == "share" and claimed.denominator:
        return _agrees_as_ratio(claimed, known.value, off)
    of_share = claimed.about and not claimed.kind and known.kind == "share"  # "17 in 100, and among men about 6"
    if {claimed.kind, known.kind} - {"", "count"} and claimed.kind != known.kind and not of_share:
        return False
    written = off <= claimed.slack * (1 + 1e-9) and known.slack < claimed.slack
    return written or (claimed.about and off <= 0.06 * abs(known.value) and _is_round(claimed))


def _is_exactly(claimed: Figure, known: Figure) -> bool:
    if claimed.value == known.value == math.inf:  # "4.5.1" is no number, and only itself
        return claimed.words.split()[:1] == known.words.split()[:1]
    off = abs(claimed.value - known.value)
    return off <= 1e-9 or off <= 1e-9 * abs(known.value)


def _agrees_as_ratio(claimed: Figure, known: float, off: float) -> bool:
    if claimed.denominator >= 100 or _is_counted(claimed):
        return off <= claimed.slack * (1 + 1e-9)
    one_in = (
        known > _LEAST and claimed.value * claimed.denominator == 100 and round(100 / known) == claimed.denominator
    )
    return (
        one_in
        or off <= min(0.06 * known, 0.99 * claimed.slack)
        or (claimed.about and off <= min(0.15 * known, 0.99 * claimed.slack))
    )


def _is_counted(figure: Figure) -> bool:
    """People counted, "18 of 39", and no share said in round figures, "1 in 8" or "3 in 10"."""
    return figure.denominator > 12 and figure.denominator not in _NATURAL and " of " in figure.words


def _is_round(figure: Figure) -> bool:
    """Rounded figures have few digits: 1,200, 60 or 2.5, but not 1,234."""
    digits = f"{figure.value / figure.size:.4f}".replace(".", "").strip("0")
    return len(digits) <= 2


def _of(known: Figure, size: float, kind: str) -> Figure:
    """A number in a unit that it left out."""
    return known._replace(kind=kind, value=known.value * size, slack=known.slack * size, size=size)


def _comparable(claimed: Figure, known: Figure) -> bool:
    if not known.kind and claimed.kind in _STRICT and claimed.size != _DAY:
        return False
    one, other = claimed.kind, known.kind
    return one == other or not one or not other or (one in _LOOSE and other in _LOOSE)
