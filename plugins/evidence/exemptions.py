"""`<!-- allow CODE: reason -->`: which words each of the editors' exemptions is for, and whether it was needed.

Directly after a sentence it is for that sentence; in a table, for its row; alone before a block, for the whole of it: the
paragraph, the list, the table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from evidence.model import Block, BlockKind, Document, Exemption, Hit, Place
from evidence.passages import sentences_of
from evidence.places import begins_table, block_place

EXEMPTIBLE = ("EV1", "EV4", "EV5")
"""Families an exemption may name: what a person may judge otherwise. An unknown key stays unknown."""


class Exemptions:
    """The exemptions of some documents, and which of them were used. Made for one run and dropped."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = [document for document in documents if document.exemptions]
        self._used: set[Exemption] = set()
        self._held = {document.path: list(extents(document)) for document in self._documents}

    def holds(self, code: str, place: Place) -> bool:
        """True, and the exemption is used, if one for this rule covers what begins at this place."""
        if not code.startswith(EXEMPTIBLE):
            return False
        at = (place.line, place.column)
        for exemption, extent in self._held.get(place.path, ()):
            if exemption.code == code and (extent.line, extent.column) <= at < (extent.end_line, extent.end_column):
                self._used.add(exemption)
                return True
        return False

    def idle(self, codes: Collection[str]) -> Iterator[Hit]:
        """The exemptions that exempted nothing. `codes` are those of the rules there are."""
        for document in self._documents:
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


def holding(document: Document, place: Place) -> Iterator[Exemption]:
    """The exemptions of the document that are for what begins at this place, used or not."""
    at = (place.line, place.column)
    for one, extent in extents(document):
        if (extent.line, extent.column) <= at < (extent.end_line, extent.end_column):
            yield one


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
    found = [one for one in sentences_of(block) if one.start < offset]
    if not found:
        return block_place(path, block)
    return block_place(path, block, found[-1].start, found[-1].last)
