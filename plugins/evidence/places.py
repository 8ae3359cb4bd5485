"""Offsets in a block's text → lines and columns of the author's file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from evidence.model import Block, BlockKind, Place, Span


def block_place(path: str, block: Block, start: int | None = None, end: int | None = None) -> Place:
    """The place in the file of a stretch of a block, by default of all its words."""
    text = block.text
    first = len(text) - len(text.lstrip()) if start is None else start
    return stretch(path, block.spans, first, len(text.rstrip()) if end is None else end)


def begins_table(block: Block, before: Block | None) -> bool:
    """Whether a table begins with this block: directly behind another table, by its head."""
    if block.kind is not BlockKind.CELL:
        return False
    if before is None or before.kind is not BlockKind.CELL:
        return True
    return "thead" in block.ancestors and "thead" not in before.ancestors


def tables(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Of each table among the blocks the indexes of its cells, in order."""
    cells: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.CELL or begins_table(block, blocks[index - 1] if index else None):
            if cells:
                yield cells
            cells = []
        if block.kind is BlockKind.CELL:
            cells.append(index)
    if cells:
        yield cells


def stretch(path: str, spans: Sequence[Span], start: int, end: int) -> Place:
    """The place in the file of the offsets `start` to `end` of a text with these spans."""
    line, column = position(spans, start)
    end_line, end_column = position(spans, max(end - 1, start))
    return Place(path, line, column, end_line, end_column + 1)


def position(spans: Sequence[Span], offset: int) -> tuple[int, int]:
    """Line and column (1-based) in the file of an offset in a block's text."""
    span = spans[max(bisect_right(spans, offset, key=lambda span: span.start) - 1, 0)]
    return span.line, span.column + offset - span.start
