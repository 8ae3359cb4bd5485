"""A page given with a citation is not among the pages of the source.

An article printed on pages 713 to 716 has no page 3. Give the page number printed in the source, or another kind of
locator (`abstract`, `table 2`). Numbers with letters (`e12`, `S4`) and sources without a page range are not compared.
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
_RANGE = re.compile(r"\s*(\d+)\s*(?:-{1,3}|–|—)\s*(\d+)\s*$")
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for found in cited(document):
            source = target(found.citation.key, case.library).source
            if source is None or found.citation.locator_label != "page" or not found.citation.locator:
                continue
            pages = page_range(source)
            outside = [page for page in _pages(found.citation.locator) if pages and page not in pages]
            if pages and outside:
                span = f"{pages.start}-{pages.stop - 1}"
                what = f'page {outside[0]} is outside "{source.key}", which is on pages {span}'
                yield Hit(found.place, what, "give the page printed in the source", key=source.key)


def page_range(source: Source) -> range | None:
    """The pages of an article or chapter, `1674--86` read as 1674 to 1686; None if they are not a plain range."""
    match = _RANGE.match(source.value("pages"))
    if match is None:
        return None
    first, last = match[1], match[2]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return range(int(first), int(last) + 1) if int(first) <= int(last) else None


def _pages(locator: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"[,;&]|\band\b", locator):
        match = _RANGE.match(part)
        if match and len(match[2]) < len(match[1]):
            numbers += [int(match[1]), int(match[1][: len(match[1]) - len(match[2])] + match[2])]
        else:
            numbers += [int(number) for number in _NUMBER.findall(part)]
    return numbers


RULE = Rule("EV203", "locator-outside", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
