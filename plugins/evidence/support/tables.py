"""The tables of a document: each cell with what stands above, beside and around it, which a reader takes as one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from evidence.kept import kept
from evidence.model import Block, BlockKind, Document
from evidence.passages import passage

_CAPTION = re.compile(r"\s*(?:\*{1,2}|_{1,2})?Table\b[^.:]{0,12}[.:]", re.IGNORECASE)
OUT_OF = re.compile(
    r"\b(?:of every|in every|of each|in each|out of(?: every)?|of|in|per|for every)\s+(?P<number>\d[\d,]*)\s+(?:people|patients|adults|children|women|men)\b"
    r"|\b(?:of|in|out of) every\s+(?P<every>\d[\d,]*)(?![\d.,]*\s*\w)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\s*(?P<about>(?:about|around|some|roughly|nearly)\s+)?(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?:the study)?\s*",
    re.IGNORECASE,
)
_SURE = ("how sure", "certeza")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row, but not the first: its block, and the words of its column's head, its row's label and itself."""

    block: Block
    head: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """The words of a table's caption (empty if it has none) and of its heads, and its rows by their group.

    `heads` and `labels` are those of the columns and rows with results: not the first column, nor "How sure".
    """

    caption: str
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    rows: Mapping[int, tuple[Cell, ...]]
    corner: str = ""
    """The head of the first column, which may say of how many people the cells count: "Of every 100 people"."""


@kept(4)
def tables_by_row(document: Document) -> Mapping[int, Table]:
    """The table of each row, by the group of the row."""
    return {group: table for table in _tables(document) for group in table.rows}


def _tables(document: Document) -> Iterator[Table]:
    runs = [(is_cell, list(run)) for is_cell, run in groupby(document.blocks, lambda one: one.kind is BlockKind.CELL)]
    for number, (is_cell, run) in enumerate(runs):
        if not is_cell:
            continue
        before = runs[number - 1][1][-1] if number else None
        after = runs[number + 1][1][0] if number + 1 < len(runs) else None
        caption = _caption(before, introduces=True) or _caption(after, introduces=False)
        head: list[str] = []
        rows: dict[int, list[Block]] = {}
        for block in run:
            if "thead" in block.ancestors:
                if rows:
                    yield _table(caption, head, rows)
                    head, rows = [], {}
                head.append(passage(block).words.strip())
            else:
                rows.setdefault(block.group, []).append(block)
        if rows:
            yield _table(caption, head, rows)


def _table(caption: str, head: list[str], rows: Mapping[int, list[Block]]) -> Table:
    cells: dict[int, tuple[Cell, ...]] = {}
    labels = []
    if rows and len(head) + 1 == max(map(len, rows.values())):
        head = ["", *head]  # an empty corner is no block
    for group, blocks in rows.items():
        first, *rest = (passage(block).words.strip() for block in blocks)
        labels.append(first)
        cells[group] = tuple(
            Cell(block, head[column] if column < len(head) else "", first, words)
            for column, (block, words) in enumerate(zip(blocks[1:], rest, strict=True), 1)
            if column >= len(head) or head[column].lower() not in _SURE
        )
    heads = tuple(one for one in head[1:] if one.lower() not in _SURE)
    return Table(caption, heads, tuple(labels), cells, head[0] if head else "")


def out_of(words: str) -> int:
    """Out of how many people a head, or a caption, says that the cells below count: 100 of "Of every 100 people"; 0 if it does not."""
    found = OUT_OF.search(words)
    return int((found["number"] or found["every"]).replace(",", "")) if found else 0


def counted(cell: str, people: int) -> str:
    """A bare number of a cell as the share of people that it is; other words as they are."""
    found = _BARE.fullmatch(cell)
    if not found or not people:
        return cell
    value = float(found["value"].replace(",", ""))
    share = (
        f"{found['value']} of {people}" if value.is_integer() and value <= people else f"{100 * value / people:g}%"
    )
    return f"{found['about'] or ''}{share}"


def counts_people(cells: Iterable[str]) -> bool:
    """True if no cell of a row has a unit of its own: what is counted there are people."""
    return all(_BARE.fullmatch(cell) or not any(map(str.isdigit, cell)) for cell in cells)


def _caption(block: Block | None, *, introduces: bool) -> str:
    if block is None or block.kind is BlockKind.HEADING:
        return ""
    words = passage(block).words.strip()
    is_caption = _CAPTION.match(block.text) or (introduces and words.rstrip("*_ ").endswith(":"))
    return words if is_caption else ""
