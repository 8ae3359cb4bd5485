"""Documents of a large site, laid together: of each only its path, kind, front matter and faults are held as they are.

What else it says is pressed together, a sixth of its size, and taken apart again for whoever asks: everything that takes a
document takes a folded one, and finds the same. The last few are held as they were taken apart.
"""

from __future__ import annotations

import zlib
from dataclasses import fields
from typing import Any

from evidence.kept import kept
from evidence.memory import packed, unpacked
from evidence.model import Document

MANY = 200
"""Fewer documents are held as they are."""
_HELD = frozenset({"path", "kind", "meta", "faults"})
_TEXTS = frozenset({"text", "body"})
_REST = tuple(one.name for one in fields(Document) if one.name not in _HELD | _TEXTS)
_LAST = 50
_QUICK = 1


class Folded(Document):
    """A document of which some fields are made when they are asked for. It never changes, as no document does."""

    __slots__ = ("_body_at", "_rest", "_text")
    _body_at: int
    _rest: bytes
    _text: bytes

    def __init__(self, document: Document) -> None:
        put = object.__setattr__
        for name in _HELD:
            put(self, name, getattr(document, name))
        put(self, "_text", zlib.compress(document.text.encode("utf-8", "surrogatepass"), _QUICK))
        put(self, "_rest", zlib.compress(packed(tuple(getattr(document, name) for name in _REST)), _QUICK))
        put(self, "_body_at", len(document.text) - len(document.body))

    def __getattr__(self, name: str) -> Any:
        """Called for what is not held as it is."""
        if name in _TEXTS:
            text = zlib.decompress(self._text).decode("utf-8", "surrogatepass")
            return text if name == "text" else text[self._body_at :]
        if name in _REST:
            return _rest_of(self)[name]
        raise AttributeError(name)


@kept(_LAST)
def _rest_of(document: Folded) -> dict[str, Any]:
    return dict(zip(_REST, unpacked(zlib.decompress(document._rest)), strict=True))


def folded(document: Document, among: int) -> Document:
    """The document as it is held among so many."""
    if among < MANY or not document.text.endswith(document.body):
        return document
    return Folded(document)
