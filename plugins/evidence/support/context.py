"""What a sentence stands in and hangs on for its meaning: headings, the sentence that introduces its list, a table's columns; and
for a sentence that introduces a list or a table, what that holds.

Fail closed: what stands directly above a list or a table counts as its introduction, whether or not it ends in a colon. A
footnote is read where its mark stands, so the headings around its text say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, takewhile

from evidence.model import Block, BlockKind, Document, Frame
from evidence.passages import passage, sentences_of, tidy

_LISTS = ("ul", "ol")
_CAPTION = re.compile(r"\W*Table\b", re.IGNORECASE)
_LEAF = (BlockKind.CELL, BlockKind.RAW)


def contexts(document: Document) -> tuple[tuple[Frame, ...], ...]:
    """By index of a block what it stands in, from the outside in: headings, then term, list or table."""
    blocks = document.blocks
    found: list[tuple[Frame, ...]] = []
    headings: list[tuple[int, Frame]] = []
    openings: list[Frame | None] = []
    term: Frame | None = None
    table: tuple[Frame, ...] = ()
    group = 0
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        if block.kind is BlockKind.HEADING:
            level = _level(block)
            headings = [one for one in headings if one[0] < level]
        depth = _depth(block)
        if depth and block.kind is not BlockKind.CELL and block.group != group:
            openings, group = [], block.group  # another list, also directly behind the first
        del openings[depth:]
        outside = before is not None and _depth(before) == len(openings)
        openings += [_frame("list", _last_sentence(before) if outside else "")] * (depth - len(openings))
        if block.kind is BlockKind.TERM:
            term = _frame("term", _words(block))
        elif block.kind is not BlockKind.DEFINITION:
            term = None
        if block.kind is BlockKind.CELL and _begins_table(block, before):
            table = tuple(_table(blocks, index))
        around = [frame for _, frame in headings] if block.kind is not BlockKind.FOOTNOTE else []
        inner = (*openings, term if block.kind is BlockKind.DEFINITION else None)
        rows = table if block.kind is BlockKind.CELL else ()
        found.append((*around, *(one for one in inner if one), *rows))
        if block.kind is BlockKind.HEADING and (frame := _frame("heading", _words(block))):
            headings.append((level, frame))
    return tuple(found)


def introduced(document: Document, index: int) -> tuple[Frame, ...]:
    """What the list or the table holds that follows the block with this index, each item and row by itself."""
    blocks, first = document.blocks, index + 1
    if first < len(blocks) and blocks[first].kind is BlockKind.CELL:
        last = next((n for n in range(first + 1, len(blocks)) if _ends_table(blocks, n)), len(blocks))
        rows = groupby((one for one in blocks[first:last] if "thead" not in one.ancestors), key=lambda one: one.group)
        words = [": ".join(filter(None, map(_words, row))) for _, row in rows]
    else:
        depth = _depth(blocks[index])
        words = [_words(one) for one in takewhile(lambda one: _depth(one) > depth, blocks[first:])]
    return tuple(Frame("item", one) for one in words if one)


def is_introduction(block: Block, sentence: str) -> bool:
    """Whether a sentence of the block introduces what follows: it ends in a colon, or is a table's caption."""
    return sentence.rstrip("*_ ").endswith(":") or bool(_CAPTION.match(block.text))


def _level(block: Block) -> int:
    return next((int(tag[1]) for tag in reversed(block.ancestors) if tag[:1] == "h" and tag[1:].isdigit()), 6)


def _depth(block: Block) -> int:
    return sum(tag in _LISTS for tag in block.ancestors)


def _frame(kind: str, words: str) -> Frame | None:
    return Frame(kind, words) if words else None


def _words(block: Block | None) -> str:
    return tidy(passage(block).words) if block is not None and block.kind is not BlockKind.RAW else ""


def _last_sentence(block: Block | None) -> str:
    """The words that introduce what follows; a heading is told as such, and a table or another list introduces nothing."""
    if block is None or block.kind in (*_LEAF, BlockKind.HEADING):
        return ""
    said = sentences_of(block)
    return said[-1].words if said else ""


def _begins_table(block: Block, before: Block | None) -> bool:
    if before is None or before.kind is not BlockKind.CELL:
        return True
    return "thead" in block.ancestors and "thead" not in before.ancestors


def _ends_table(blocks: Sequence[Block], index: int) -> bool:
    return blocks[index].kind is not BlockKind.CELL or _begins_table(blocks[index], blocks[index - 1])


def _table(blocks: Sequence[Block], first: int) -> Sequence[Frame]:
    """The paragraph above the table that begins at this index, the one below it if that names it, and its columns."""
    above = blocks[first - 1] if first else None
    end = next((n for n in range(first + 1, len(blocks)) if _ends_table(blocks, n)), len(blocks))
    below = blocks[end] if end < len(blocks) else None
    named = above is not None and (above.kind is BlockKind.PARAGRAPH or "li" in blocks[first].ancestors)
    captions = [_words(above) if named else "", _words(below) if below and _CAPTION.match(below.text) else ""]
    heads = [_words(cell) for cell in blocks[first:end] if "thead" in cell.ancestors]
    told = [_frame("caption", words) for words in captions] + [_frame("columns", " | ".join(heads))]
    return [one for one in told if one]
