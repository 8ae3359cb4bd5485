"""Counts of people in the cells of a table, such as "33 of 100 people", and whether they can be drawn as dots."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARK = re.compile(r"\s*<!--\s*picture:\s*(\w+)\s*-->\s*")
"""What an editor writes before a table whose counts are to be drawn."""
KIND = "people"
MOST = 100
_COUNT = re.compile(r"\s*(\d{1,3}) (?:of|in|out of) (\d{1,3})\b")


def count(cell: str) -> tuple[int, int] | None:
    """Some, of all, if the cell begins with a count."""
    found = _COUNT.match(cell)
    return (int(found[1]), int(found[2])) if found else None


def fault(kind: str, cells: Iterable[str] | None) -> tuple[str, str] | None:
    """Why the table after a mark cannot be drawn, and how to mend it; `cells` is None if no table follows."""
    if kind != KIND:
        return f'"picture: {kind}" is unknown', "write <!-- picture: people --> before a table"
    if cells is None:
        return f'no table follows "picture: {KIND}"', "put the comment directly before one"
    counts = [found for cell in cells if (found := count(cell))]
    if not counts:
        return (
            f'no cell of the table after "picture: {KIND}" begins with a count',
            'begin its cells like "33 of 100 people"',
        )
    totals = sorted({total for _, total in counts})
    if len(totals) > 1:
        return (
            f'the table after "picture: {KIND}" counts out of {" and of ".join(map(str, totals))}',
            "count the same number of people in all its cells, so that dots can be compared",
        )
    if not 0 < totals[0] <= MOST or any(some > total for some, total in counts):
        return (
            f"{max(counts)[0]} of {totals[0]} cannot be drawn",
            f"count at most {MOST} people, and no more than all of them",
        )
    return None
