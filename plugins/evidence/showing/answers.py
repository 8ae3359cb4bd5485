"""The answer of an article in one line: the first of its key messages, with the sources it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.model import BlockKind, Document
from evidence.showing import Sentence

_KEY_MESSAGES = ("key messages", "mensajes clave")


def answer(document: Document, sentences: Iterable[Sentence]) -> Sentence | None:
    """The first cited sentence under the heading "Key messages"; none if the article has no such section."""
    headings = [index for index, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING]
    start = next((one for one in headings if document.blocks[one].text.strip().casefold() in _KEY_MESSAGES), None)
    if start is None:
        return None
    end = next((one for one in headings if one > start), len(document.blocks))
    return next((one for one in sentences if start < one.block < end), None)
