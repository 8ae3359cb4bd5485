"""One Markdown file → a `Document`: its front matter, its stretches of prose with their places, its citations.

Python-Markdown's own block parser takes the text apart, the same that renders the page, so that what is checked is
what is published. Nothing is rendered here: the inline stage, the slow and fragile part, never runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from evidence.citations import scan
from evidence.model import Block, BlockKind, Document, Exemption, Fault, Meta, Place, Scan, Span
from evidence.ordinary import read_ordinary
from evidence.places import stretch
from evidence.reading import beacons
from evidence.reading.dialect import examples, footnotes, links, markdown, slots
from evidence.reading.front_matter import Head, check_head, read_head

_PLACEHOLDER = re.compile("\u0002wzxhzdk:(\\d+)\u0003")
_INTERNAL = re.compile("\u0002[^\u0003]*\u0003")
_EXEMPTION = re.compile(r"<!--\s*allow\b\s*(?P<code>[A-Za-z]+\d+)?\s*(?P<colon>:)?(?P<reason>.*?)-->", re.DOTALL)
_NOT_SHOWN = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_VERBATIM = re.compile(r"<!--.*?-->|<(script|style|pre|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]")


def read_file(root: Path, path: str, kind: str) -> Document:
    """The file at `root/path` as a document. A file that cannot be read is a document with a fault (EV001)."""
    try:
        data = read_ordinary(root / path)
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or error}"
        return _broken(path, kind, Fault("EV001", Place(path), what, "check that it exists and may be read"))
    return read_bytes(data, path, kind)


def read_bytes(data: bytes, path: str, kind: str = "article") -> Document:
    """As `read_file`, from the file's bytes: UTF-8 with or without a byte order mark, any kind of line end."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        shown = bytes([data[error.start]]).decode("latin-1")
        what = f'byte 0x{data[error.start]:02x} is not UTF-8 (in Latin-1 it would be "{shown}")'
        place = Place(path, line, column, line, column + 1)
        return _broken(path, kind, Fault("EV001", place, what, "save the file with the encoding UTF-8"))
    return read(text, path, kind)


def read(text: str, path: str, kind: str = "article") -> Document:
    """A Markdown text as a document. `kind` is `article`, `page` or `loose`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        line, column = _line_and_column(text, forbidden.start())
        what = f"the character U+{ord(forbidden[0]):04X} does not belong in text"
        return _broken(path, kind, Fault("EV001", Place(path, line, column, line, column + 1), what, "delete it"))
    lines = text.split("\n")
    head = read_head(path, lines, loose=kind == "loose")
    body = "\n".join(lines[head.lines :])
    blocks, exemptions, hidden = _Body(path, body, head.lines + 1).parts()
    return Document(
        path=path,
        text=text,
        kind=kind,
        meta=head.meta,
        body=body,
        blocks=blocks,
        exemptions=exemptions,
        hidden=hidden,
        faults=(*head.faults, *check_head(path, head, kind)),
        nocite=_nocite(head),
    )


def _broken(path: str, kind: str, fault: Fault) -> Document:
    return Document(path=path, text="", kind=kind, meta={}, body="", blocks=(), faults=(fault,))


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _nocite(head: Head) -> tuple[tuple[str, Place], ...]:
    found: Meta | None = head.meta.get("nocite")
    if found is None:
        return ()
    keys = [citation.key for cluster in scan(found.value).clusters for citation in cluster.citations]
    return tuple((key, found.place) for key in dict.fromkeys(keys))


class _Body:
    """The parts of one body. Holds the state of one pass through the tree; made, used once, and dropped."""

    def __init__(self, path: str, body: str, first_line: int) -> None:
        self._path = path
        planted = beacons.plant(body, first_line)
        self._locator = beacons.Locator(planted)
        self._md = markdown()
        self._code: range = range(0)
        self._root = self._parse(list(planted.lines))
        self._labels = frozenset(beacons.strip(label) for label in links(self._md))
        self._footnotes = frozenset(beacons.strip(label) for label in footnotes(self._md))
        self._slots = list(slots(self._root))
        self._examples = examples((slot.kind, beacons.strip(slot.content)) for slot in self._slots)
        self._blocks: list[Block] = []
        self._exemptions: list[Exemption] = []
        self._hidden: list[tuple[Place, str]] = []

    def _parse(self, lines: list[str]) -> Element:
        """The block tree. What is stashed before the HTML step is code; what that step stashes is raw HTML."""
        md = self._md
        for step in md.preprocessors:
            if step is md.preprocessors["html_block"]:
                self._code = range(md.htmlStash.html_counter)
            lines = step.run(lines)
        root = md.parser.parseDocument(lines).getroot()
        assert root is not None
        md.treeprocessors["footnote"].run(root)
        return root

    def parts(self) -> tuple[tuple[Block, ...], tuple[Exemption, ...], tuple[tuple[Place, str], ...]]:
        for slot in self._slots:
            text = slot.content
            last = 0
            for found in _PLACEHOLDER.finditer(text):
                self._prose(text[last : found.start()], slot.kind, slot.ancestors, slot.group)
                self._stashed(int(found[1]))
                last = found.end()
            self._prose(text[last:], slot.kind, slot.ancestors, slot.group)
        return *self._in_order(), tuple(self._hidden)

    def _in_order(self) -> tuple[tuple[Block, ...], tuple[Exemption, ...]]:
        """As in the author's file, where a footnote may stand before text that follows it."""
        order = sorted(range(len(self._blocks)), key=lambda index: _start(self._blocks[index]))
        moved = {old: new for new, old in enumerate(order)}
        exemptions = (replace(one, block=moved.get(one.block, one.block)) for one in self._exemptions)
        return tuple(self._blocks[index] for index in order), tuple(exemptions)

    def _prose(self, text: str, kind: BlockKind, ancestors: tuple[str, ...], group: int) -> None:
        text = _INTERNAL.sub("", text)
        if not text.strip():
            return
        clean, spans = self._locator.locate(text)
        found = scan(clean, link_labels=self._labels, footnotes=self._footnotes, examples=self._examples)
        self._blocks.append(Block(kind, clean, spans, ancestors, found, group))
        for match in _EXEMPTION.finditer(clean):
            self._exempt(match, spans, len(self._blocks) - 1, match.start())

    def _exempt(self, match: re.Match[str], spans: Sequence[Span], block: int, offset: int | None) -> None:
        if not match["code"] and not match["colon"]:
            return
        place = stretch(self._path, spans, match.start(), match.end())
        reason = match["reason"].strip() if match["colon"] else ""
        code = (match["code"] or "").upper()
        self._exemptions.append(Exemption(code, reason, place, block, offset))

    def _stashed(self, number: int) -> None:
        raw = self._md.htmlStash.rawHtmlBlocks[number]
        if number in self._code or not isinstance(raw, str) or not raw.strip():
            return
        clean, spans = self._locator.locate(raw)
        for match in _EXEMPTION.finditer(clean):
            self._exempt(match, spans, len(self._blocks), None)
        shown = _NOT_SHOWN.sub(lambda found: " " * len(found[0]), clean)
        if not re.search(r"[^\W\d_]", shown):
            return
        start = len(shown) - len(shown.lstrip())
        first_line_end = shown.find("\n", start) if "\n" in shown[start:] else len(shown)
        place = stretch(self._path, spans, start, first_line_end)
        self._hidden.append((place, " ".join(shown.split())[:40]))
        readable = _VERBATIM.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), clean)
        self._blocks.append(Block(BlockKind.RAW, clean, spans, ("html",), _scan_raw(readable)))


def _start(block: Block) -> tuple[int, int]:
    return block.spans[0].line, block.spans[0].column


def _scan_raw(text: str) -> Scan:
    return scan(text) if "@" in text else Scan(())


def read_all(root: Path, paths: Iterable[tuple[str, str]]) -> tuple[Document, ...]:
    """The documents at (path, kind) pairs, in the order given."""
    return tuple(read_file(root, path, kind) for path, kind in paths)
