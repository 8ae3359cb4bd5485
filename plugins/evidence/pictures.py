"""Pictures made from the numbers of a table: one dot for each person, beside the words that say the same; so they are silent.

An editor writes `<!-- picture: people -->` alone before a table. Each of its cells that begins with such words as
"33 of 100 people" gets a picture of 100 dots, 33 of them filled. The numbers are checked like those of any table, so no
picture can show others. All cells count the same number of people, so that dots can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from evidence.counts import MARK, count, fault
from evidence.errors import EvidenceError

_PLACEHOLDER = re.compile("\\s*\u0002wzxhzdk:(\\d+)\u0003\\s*")
_STEP = 10


class Pictures(Treeprocessor):
    """Puts the pictures into the tables of one page. Raises EvidenceError where one is asked for and cannot be made, unless the
    page is a draft, as `is_draft` tells: the check has warned of it, and nobody but its writers reads it."""

    def __init__(self, md: Markdown, is_draft: Callable[[], bool]) -> None:
        super().__init__(md)
        self._is_draft = is_draft

    def run(self, root: Element) -> None:
        for kind, following in _marked(root, self.md.htmlStash.rawHtmlBlocks):
            table = following if following is not None and following.tag == "table" else None
            cells = list(table.iter("td")) if table is not None else None
            wrong = fault(kind, [cell.text or "" for cell in cells] if cells is not None else None)
            if wrong and self._is_draft():
                continue
            if wrong:
                raise EvidenceError("; ".join(wrong))
            for cell in cells or ():
                found = count(cell.text or "")
                if found:
                    cell.append(_dots(*found))


def _marked(root: Element, stash: Sequence[Any]) -> Iterator[tuple[str, Element | None]]:
    """Each mark with what follows it."""
    children = list(root)
    for number, child in enumerate(children):
        held = _PLACEHOLDER.fullmatch(child.text or "") if not len(child) else None
        mark = MARK.fullmatch(str(stash[int(held[1])])) if held else None
        if mark:
            yield mark[1], children[number + 1] if number + 1 < len(children) else None


def picture_of(some: int, total: int) -> str:
    """The picture as HTML."""
    return tostring(_dots(some, total), encoding="unicode", method="html")


def _dots(some: int, total: int) -> Element:
    rows = -(-total // _STEP)
    picture = Element(
        "svg",
        {
            "class": "people-picture",
            "viewBox": f"0 0 {_STEP * 10} {rows * 10}",
            "width": f"{_STEP * 10}",
            "height": f"{rows * 10}",
            "aria-hidden": "true",
        },
    )
    for name, numbers in (("some", range(some)), ("rest", range(some, total))):
        if numbers:
            path = "".join(f"M{number % _STEP * 10 + 5} {number // _STEP * 10 + 5}h0" for number in numbers)
            SubElement(picture, "path", {"class": name, "d": path, "fill": "none", "stroke-linecap": "round"})
    return picture
