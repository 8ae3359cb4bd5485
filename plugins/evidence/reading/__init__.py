"""One Markdown file → a `Document`: its front matter, its stretches of prose with their places, its citations.

Python-Markdown's own block parser takes the text apart, the same that renders the page, so that what is checked is
what is published. Nothing is rendered here: the inline stage, the slow and fragile part, never runs.
"""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

from evidence.citations import scan
from evidence.memory import NOTHING, Memory, code_key, key_of
from evidence.merges import FIX, left_over, merge_marks
from evidence.model import Document, Fault, Meta, Place
from evidence.ordinary import read_ordinary
from evidence.reading.front_matter import Head, check_head, read_head

_TURNING = r"\u202a-\u202e\u2066-\u2069"
"""Readers would see other words, and other figures, than those that are checked: they are shown from right to left."""
_FORBIDDEN = re.compile(rf"[\x00-\x08\x0b\x0e-\x1f\x7f{_TURNING}\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]")
_TURNING_ENTITY = re.compile(r"&#(?:0{0,9}(?:823[4-8]|829[4-7])|[xX]0{0,9}(?:202[a-eA-E]|206[6-9]))\b;?")


def read_file(root: Path, path: str, kind: str, memory: Memory = NOTHING) -> Document:
    """The file at `root/path` as a document, from memory if it was read before. A file that cannot be read is a document with a
    fault (EV001)."""
    found = bytes_of(root, path, kind)
    return found if isinstance(found, Document) else read_remembered(found, path, kind, memory)


def bytes_of(root: Path, path: str, kind: str) -> bytes | Document:
    """The bytes of a file; or, if it cannot be read, a document with that fault."""
    try:
        return read_ordinary(os.path.join(root, path))  # noqa: PTH118 - for thousands of articles
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or error}"
        return _broken(path, kind, Fault("EV001", Place(path), what, "check that it exists and may be read"))


def is_remembered(data: bytes, path: str, kind: str, memory: Memory) -> bool:
    """Whether these very bytes were read before, as far as can be seen without reading what is remembered."""
    return memory.knows("documents", path, key_of(code_key(), path, kind, data))


def read_remembered(data: bytes, path: str, kind: str, memory: Memory) -> Document:
    """As `read_bytes`, from memory if these very bytes were read before."""
    if not memory:
        return read_bytes(data, path, kind)
    key = key_of(code_key(), path, kind, data)
    known: Document | None = memory.recall("documents", path, key)
    if known is None:
        known = read_bytes(data, path, kind)
        memory.keep("documents", path, key, known)
    return known


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
    forbidden = _FORBIDDEN.search(text) or (_TURNING_ENTITY.search(text) if "&#" in text else None)
    if forbidden:
        line, column = _line_and_column(text, forbidden.start())
        what = f"the character U+{ord(unescape(forbidden[0])[:1]):04X} does not belong in text"
        end = column + len(forbidden[0])
        return _broken(path, kind, Fault("EV001", Place(path, line, column, line, end), what, "delete it"))
    if marks := merge_marks(text):
        return _broken(path, kind, *(_left_over(path, text, mark) for mark in marks))
    lines = text.split("\n")
    head = read_head(path, lines, loose=kind == "loose")
    body = "\n".join(lines[head.lines :])
    from evidence.reading.body import Body  # Markdown takes long to start, and a remembered document needs none of it

    parts = Body(path, body, head.lines + 1)
    blocks, exemptions, hidden = parts.parts()
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
        beside=parts.beside(),
    )


def _broken(path: str, kind: str, *faults: Fault) -> Document:
    return Document(path=path, text="", kind=kind, meta={}, body="", blocks=(), faults=faults)


def _left_over(path: str, text: str, mark: re.Match[str]) -> Fault:
    line = text.count("\n", 0, mark.start()) + 1
    return Fault("EV001", Place(path, line, 1, line, 1 + len(mark[0])), left_over(mark), FIX)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _nocite(head: Head) -> tuple[tuple[str, Place], ...]:
    found: Meta | None = head.meta.get("nocite")
    if found is None:
        return ()
    keys = [citation.key for cluster in scan(found.value).clusters for citation in cluster.citations]
    return tuple((key, found.place) for key in dict.fromkeys(keys))
