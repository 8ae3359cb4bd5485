"""A page given with a citation is not among the pages of the source.

An article printed on pages 713 to 716 has no page 3. Give the page number printed in the source, or another kind of
locator (`abstract`, `table 2`). Pages may be written as `713-6`, `e12-e19`, `S1-S10` or `iii-v`. Sources without a range of
pages (an article number, a book) and numbers of another kind (`iv` in a source on pages 1 to 9) are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity, Source
from evidence.targets import cited, target

BAD = (
    "Pain fell in one trial [@smith2020, p. 3].\n",
    "Pain fell in one trial [@smith2020, pp. 720-725].\n",
)
GOOD = (
    "Pain fell in one trial [@smith2020, p. 714].\n",
    "Pain fell in one trial [@smith2020, table 2].\n",
)
_DASH = r"\s*[-‐–—]{1,3}\s*"
_NUMBERS = re.compile(
    rf"(?P<kind>[a-z]*)(?P<first>\d{{1,9}})[a-z]?(?:{_DASH}(?P<again>[a-z]*)(?P<last>\d{{1,9}})[a-z]?)?"
)
_ROMANS = re.compile(rf"(?P<first>[ivxlc]+)(?:{_DASH}(?P<last>[ivxlc]+))?")
_AFTER = re.compile(r"(?<=\d)(?:ff?|n|nn)?\.?$")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = "roman"


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for found in cited(document):
            source = target(found.citation.key, case.library).source
            if source is None or found.citation.locator_label != "page" or not found.citation.locator:
                continue
            outside = _outside(found.citation.locator, source)
            if outside:
                what = f'page {outside} is outside "{source.key}", which is on pages {source.value("pages")}'
                yield Hit(found.place, what, "give the page printed in the source", key=source.key)


def _outside(locator: str, source: Source) -> str | None:
    """The first page of the locator that the source does not have, as it was written."""
    ranges = page_ranges(source)
    for part in _parts(locator) if ranges else ():
        read = _read(part)
        if read is None:
            continue
        kind, pages = read
        fitting = [span for name, span in ranges if name == kind or (not kind and name != _ROMAN)]
        for page in (pages.start, pages.stop - 1):
            if fitting and not any(page in span for span in fitting):
                return part if kind == _ROMAN else f"{kind}{page}"
    return None


def page_ranges(source: Source) -> list[tuple[str, range]]:
    """The pages of an article or chapter by kind: `145-9, 160` → [("", 145 to 149), ("", 160)], `S1-S10` → [("s", 1 to 10)].

    Empty unless there is a range among them and everything can be read: a number alone is often an article number.
    """
    read = [_read(part) for part in _parts(source.value("pages"))]
    spans = [span for span in read if span is not None]
    whole = len(spans) == len(read) and any(len(span) > 1 for _, span in spans)
    return spans if whole else []


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[,;&]|\band\b", re.sub(r"\bpp?\.?\s*(?=\w*\d)", "", text))]
    return [part for part in parts if part]


def _read(text: str) -> tuple[str, range] | None:
    """One page or range: its letter (or `roman`) and its numbers. `1674-86` is 1674 to 1686; None if it is neither."""
    words = _AFTER.sub("", text.lower())
    found = _NUMBERS.fullmatch(words)
    if found is not None:
        first, last = found["first"], found["last"] or found["first"]
        last = first[: len(first) - len(last)] + last
        return _span(found["kind"], int(first), int(last)) if found["again"] in (None, "", found["kind"]) else None
    roman = _ROMANS.fullmatch(words)
    return _span(_ROMAN, _value(roman["first"]), _value(roman["last"] or roman["first"])) if roman else None


def _span(kind: str, first: int, last: int) -> tuple[str, range] | None:
    return (kind, range(first, last + 1)) if first <= last else None


def _value(roman: str) -> int:
    values = [_DIGITS[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


RULE = Rule("EV203", "locator-outside", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
