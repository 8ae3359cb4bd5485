"""`<!-- allow CODE: reason -->`: which words each of the editors' exemptions is for, and whether it was needed.

Directly after a sentence it is for that sentence; in a table, for its row; alone before a block, for the whole of it: the
paragraph, the list, the table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from evidence.kept import kept
from evidence.model import Block, BlockKind, Document, Exemption, Hit, Place
from evidence.passages import sentences_of
from evidence.places import begins_table, block_place

EXEMPTIBLE = ("EV1", "EV4", "EV5")
"""Families an exemption may name: what a person may judge otherwise. An unknown key stays unknown."""


class Exemptions:
    """The exemptions of some documents, and which of them were used. Made for one run and dropped."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.path: document for document in documents if document.exemptions}
        self._used: set[Exemption] = set()

    def holds(self, code: str, place: Place) -> bool:
        """True, and the exemption is used, if one for this rule covers what begins at this place."""
        document = self._documents.get(place.path)
        if document is None or not code.startswith(EXEMPTIBLE):
            return False
        used = next((one for one in holding(document, place) if one.code == code), None)
        if used is not None:
            self._used.add(used)
        return used is not None

    def idle(self, codes: Collection[str]) -> Iterator[Hit]:
        """The exemptions that exempted nothing. `codes` are those of the rules there are."""
        for document in self._documents.values():
            for exemption in document.exemptions:
                if exemption not in self._used and exemption.reason and exemption.code:
                    yield _told(exemption, codes)


def _told(exemption: Exemption, codes: Collection[str]) -> Hit:
    if exemption.code not in codes:
        return Hit(
            exemption.place, f'there is no rule "{exemption.code}"', "correct the code, or delete the exemption"
        )
    if not exemption.code.startswith(EXEMPTIBLE):
        what = f"{exemption.code} cannot be exempted"
        return Hit(exemption.place, what, "mend the problem and delete the exemption")
    what = f"nothing here breaks {exemption.code}"
    fix = "delete the exemption, or move it directly after the sentence it is for"
    return Hit(exemption.place, what, fix, replacements=("",))


def extents(document: Document) -> Iterator[tuple[Exemption, Place]]:
    """The exemptions of a document that give a reason, each with the stretch of the file it is for."""
    for exemption in document.exemptions:
        if exemption.reason and exemption.block < len(document.blocks):
            yield exemption, _extent(document, exemption)


def in_reason(document: Document, place: Place) -> bool:
    """Whether a place is inside the comment of an exemption, which no page shows."""
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    comments = (one.place for one in document.exemptions)
    return any((one.line, one.column) < start and end < (one.end_line, one.end_column) for one in comments)


def holding(document: Document, place: Place) -> tuple[Exemption, ...]:
    """The exemptions of the document that are for what begins at this place, used or not, in the order they stand in."""
    starts, held = _stretches(document)
    number = bisect_right(starts, (place.line, place.column)) - 1
    return held[number] if number >= 0 else ()


@kept(512)
def _stretches(document: Document) -> tuple[list[tuple[int, int]], list[tuple[Exemption, ...]]]:
    """Where another set of exemptions begins to hold, in order, and the set; hundreds of them are asked of hundreds of claims."""
    found = list(extents(document))
    starts = sorted({at for _, one in found for at in ((one.line, one.column), (one.end_line, one.end_column))})
    held: list[list[Exemption]] = [[] for _ in starts]
    for exemption, one in found:
        first = bisect_left(starts, (one.line, one.column))
        for number in range(first, bisect_left(starts, (one.end_line, one.end_column))):
            held[number].append(exemption)
    return starts, [tuple(one) for one in held]


def _extent(document: Document, exemption: Exemption) -> Place:
    blocks, index, path = document.blocks, exemption.block, document.path
    block = blocks[index]
    if exemption.offset is None:
        last = _last_of(blocks, index, whole=True)
    elif block.kind is BlockKind.CELL:
        while index and _is_same_row(blocks[index - 1], block):
            index -= 1
        last = _last_of(blocks, index, whole=False)
    else:
        return _sentence_before(path, block, exemption.offset)
    start, end = block_place(path, blocks[index]), block_place(path, blocks[last])
    return replace(start, end_line=end.end_line, end_column=end.end_column)


def _is_same_row(one: Block, other: Block) -> bool:
    return one.kind is BlockKind.CELL and one.group == other.group


def _last_of(blocks: Sequence[Block], index: int, *, whole: bool) -> int:
    """The index of the last block of the structure (a list, a table) that this block begins, or of its row."""
    first, last = blocks[index], index
    while last + 1 < len(blocks):
        after = blocks[last + 1]
        table = whole and first.kind is after.kind is BlockKind.CELL and not begins_table(after, blocks[last])
        if not (table or (first.group and after.group == first.group)):
            break
        last += 1
    return last


def _sentence_before(path: str, block: Block, offset: int) -> Place:
    sentences = sentences_of(block)
    number = bisect_left(sentences, offset, key=lambda one: one.start) - 1
    if number < 0:
        return block_place(path, block)
    return block_place(path, block, sentences[number].start, sentences[number].last)
