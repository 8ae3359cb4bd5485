"""Everything that reaches a reader, sentence by sentence: body, front matter, pictures, hover texts, offers, settings, notes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidence.hovers import hovers
from evidence.model import Block, BlockKind, Document, Library, Meta, Said
from evidence.passages import Passage, passage, sentences_of
from evidence.places import block_place, position, stretch
from evidence.sentences import sentences

WHERE = (
    *("text", "heading", "cell", "picture", "hover"),
    *("title", "description", "summary", "category", "tags", "slug", "offer", "setting", "theme", "note"),
)
"""The places where words may stand."""
_FRONT = ("title", "description", "summary", "category", "tags")
_KINDS = {BlockKind.HEADING: "heading", BlockKind.TERM: "heading", BlockKind.CELL: "cell"}


def texts_of(
    documents: Iterable[Document], offered: Iterable[Meta], settings: Iterable[Meta], library: Library
) -> Iterator[Said]:
    """All that readers see of these, in order."""
    for document in documents:
        yield from _front(document)
        yield from _body(document)
        for block in document.beside:
            yield from _beside(document.path, block)
    for meta in offered:
        yield from _field(meta, "offer")
    for meta in settings:
        yield from _field(meta, "theme" if meta.name == "theme" else "setting")
    for source in library.sources.values():
        note = source.note
        for finding in note.findings if note else ():
            place = finding.place or source.place
            for start, end in sentences(finding.statement):
                # what a note states rests on its source, and is held against it in the sentences that cite it
                yield Said(finding.statement[start:end], "note", place, around=finding.statement, cited=True)


def _field(meta: Meta, where: str) -> Iterator[Said]:
    for start, end in sentences(meta.value):
        yield Said(meta.value[start:end], where, meta.place, around=meta.value)


def _front(document: Document) -> Iterator[Said]:
    for name in _FRONT:
        if name in document.meta:
            yield from _field(document.meta[name], name)
    slug = document.meta.get("slug")
    if slug and slug.value:
        yield Said(re.sub(r"[-_]", " ", slug.value), "slug", slug.place)


def _body(document: Document) -> Iterator[Said]:
    rows: Mapping[int, str] = _rows(document.blocks)
    for block in document.blocks:
        yield from _hovers(document.path, block)
        if block.kind is BlockKind.RAW:
            continue
        words = passage(block)
        around = rows.get(block.group, words.words) if block.kind is BlockKind.CELL else words.words
        where = _KINDS.get(block.kind, "text")
        anew = _anew(block, words)
        for one in sentences_of(block):
            start, end = one.span
            place = block_place(document.path, block, one.start, one.end)
            anchors = _anchors(block, words, anew, start, end)
            yield Said(words.words[start:end], where, place, anchors, around, bool(one.clusters))
        for picture in words.pictures:
            anew = _anew(block, picture)
            for start, end in sentences(picture.words):
                place = block_place(document.path, block, picture.offset(start), picture.offset(end - 1) + 1)
                anchors = _anchors(block, picture, anew, start, end)
                yield Said(picture.words[start:end], "picture", place, anchors, picture.words)


def _rows(blocks: Iterable[Block]) -> Mapping[int, str]:
    """By the number of a table's row: its words."""
    found: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        if block.kind is BlockKind.CELL:
            found[block.group].append(passage(block).words)
    return {group: " ".join(cells) for group, cells in found.items()}


def _hovers(path: str, block: Block) -> Iterator[Said]:
    """What a mouse or a screen reader shows: titles of links and pictures, attributes of tags."""
    for start, end in hovers(block):
        line, column = position(block.spans, start)
        words = block.text[start:end]
        yield Said(words, "hover", stretch(path, block.spans, start, end), ((0, line, column),), words)


def _beside(path: str, block: Block) -> Iterator[Said]:
    where = "hover" if "hover" in block.ancestors else "text"
    words = passage(block)
    for one in sentences_of(block):
        place = block_place(path, block, one.start, one.end)
        anchors = ((0, place.line or 1, place.column or 1),)
        yield Said(one.words, where, place, anchors, words.words)


def _anew(block: Block, words: Passage) -> list[int]:
    """Where words of the passage begin anew in the file: behind marks taken out, and on new lines."""
    lines = [span.start for span in block.spans]
    at: set[int] = set()
    for number, (here, within) in enumerate(words.pieces):
        after = words.pieces[number + 1][0] if number + 1 < len(words.pieces) else len(words.words)
        at.add(here)
        first, last = bisect_left(lines, within), bisect_left(lines, within + after - here)
        at |= {here + start - within for start in lines[first:last]}
    return sorted(at)


def _anchors(
    block: Block, words: Passage, anew: Sequence[int], start: int, end: int
) -> tuple[tuple[int, int, int], ...]:
    """Where the sentence's words begin anew in the file, its own start among them."""
    at = [start, *anew[bisect_right(anew, start) : bisect_left(anew, end)]]
    return tuple((one - start, *position(block.spans, words.offset(one))) for one in at)
