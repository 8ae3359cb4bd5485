"""May Markdown hide a citation of a text from its readers? Seldom, and mostly it is seen at a glance that it does not.

Only a tag, an address, code or a list of attributes that begins before a citation can hold it. Those that plainly end before it, or
behind it, are passed over; where one is left the whole text must be converted to know.
"""

from __future__ import annotations

import re

from evidence.model import Block, BlockKind, Document

_TOKEN = "\U000f0001"
_PLAIN = re.compile(
    rf"(?<![\\`])`[^`{_TOKEN}]+`(?!`)|<!--(?:(?!--|\]\()[^`<{{{_TOKEN}])*-->|</?[a-zA-Z][^<>`{{\]{_TOKEN}]*>"
    rf"|\]\([^()\"'<`{_TOKEN}]*\)"
)
"""Code, a comment, a tag and a link that end where they seem to, and hold no citation."""
_OPENS = re.compile(r"[`<{]|\]\(")
_LONG = 12_000
"""Characters of a text that Markdown's inline stage takes in pieces."""


def may_hide(document: Document) -> bool:
    """Whether a citation of the document may be hidden from readers."""
    return any(_may_hide(block) for block in document.blocks)


def _may_hide(block: Block) -> bool:
    clusters = block.scan.clusters
    if not clusters or block.kind is BlockKind.RAW:
        return False
    if len(block.text) > _LONG:
        return True
    before = block.text[: clusters[-1].start]
    if not _OPENS.search(before):
        return False
    pieces, last = [], 0
    for cluster in clusters:
        pieces += [block.text[last : cluster.start], _TOKEN]
        last = cluster.end
    rest = _PLAIN.sub(" ", "".join([*pieces, block.text[last:]]))
    opened = _OPENS.search(rest)
    return opened is not None and opened.start() < rest.rindex(_TOKEN)
