"""What a mouse or a screen reader shows of a block: titles of links and pictures, attributes of tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model import Block

_HOVER = re.compile(
    r"\]\([^()\s]{0,500}\s{1,3}(?:\"(?P<a>[^\"\n]{1,300})\"|'(?P<b>[^'\n]{1,300})')\s{0,3}\)"
    r"|\b(?:title|alt|aria-label|placeholder)\s?=\s?(?:\"(?P<c>[^\"\n]{1,300})\"|'(?P<d>[^'\n]{1,300})')",
    re.IGNORECASE,
)


def hovers(block: Block) -> Iterator[tuple[int, int]]:
    """Where such words begin and end in the block, in order."""
    for match in _HOVER.finditer(block.text):
        assert match.lastgroup is not None
        yield match.span(match.lastgroup)
