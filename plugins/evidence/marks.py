"""Comments that stand alone before something, and ask for it to be shown in a certain way: where they are, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

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
    return Place(document.path, line, 1, line, len(document.text.split("\n")[line - 1]) + 1)


def blocks_after(document: Document, line: int) -> list[Block]:
    """The blocks below a line, in order."""
    return [block for block in document.blocks if block.spans and block.spans[0].line > line]


def leading_table(blocks: Sequence[Block]) -> list[Block]:
    """The cells of the table that the blocks begin with; none if they begin with something else."""
    return list(takewhile(lambda block: "table" in block.ancestors, blocks))
