"""Comments that stand alone before something, and ask for it to be shown in a certain way: where they are, and what follows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from evidence.kept import kept
from evidence.model import Block, Document, Place


def marked(document: Document, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Each line of the file that is such a comment, by its number; none of those in code."""
    fenced = False
    for number, line in enumerate(document.text.split("\n"), 1):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        mark = None if fenced else pattern.fullmatch(line)
        if mark:
            yield number, mark


def mark_place(document: Document, line: int) -> Place:
    """The place of the comment on a line."""
    return Place(document.path, line, 1, line, len(_lines(document)[line - 1]) + 1)


def blocks_after(document: Document, line: int) -> list[Block]:
    """The blocks below a line, in order."""
    placed = _placed(document)
    return placed[bisect_right(placed, line, key=_line) :]


def blocks_before(document: Document, line: int) -> list[Block]:
    """The blocks above a line, in order."""
    placed = _placed(document)
    return placed[: bisect_left(placed, line, key=_line)]


def leading_table(blocks: Sequence[Block]) -> list[Block]:
    """The cells of the table that the blocks begin with; none if they begin with something else."""
    cells: list[Block] = []
    for block in takewhile(lambda block: "table" in block.ancestors, blocks):
        if "thead" in block.ancestors and cells and "thead" not in cells[-1].ancestors:
            break  # the next table
        cells.append(block)
    return cells


@kept(1)
def _lines(document: Document) -> list[str]:
    return document.text.split("\n")


@kept(1)
def _placed(document: Document) -> list[Block]:
    """The blocks that stand somewhere, by their first line."""
    return sorted((block for block in document.blocks if block.spans), key=_line)


def _line(block: Block) -> int:
    return block.spans[0].line
