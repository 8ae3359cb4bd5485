"""Which stretches of prose need a source, and whether they have one.

First version: every paragraph of an article needs at least one citation or an exemption, unless it only asks
questions. Paragraphs of pages about the site, headings, lists and tables are left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from evidence.model import Block, BlockKind, Claim, Document
from evidence.places import block_place

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`~]|\{\.claim\}|<[^>]*>|\[\^[^\]]*\]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s|$)")


def plain(block: Block) -> str:
    """The block's words as a reader sees them, without citations, comments and marks, on one line."""
    pieces, last = [], 0
    for cluster in block.scan.clusters:
        pieces.append(block.text[last : cluster.start])
        last = cluster.end
    text = _COMMENT.sub(" ", "".join([*pieces, block.text[last:]]))
    text = _MARKS.sub("", _LINK.sub(r"\1", _IMAGE.sub(" ", text)))
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split()))


def claims(document: Document) -> Iterator[Claim]:
    """The document's paragraphs that need a source, in order, `cited` or `uncited`. Exemptions come later."""
    if document.kind == "page":
        return
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.PARAGRAPH or not _asserts(words := plain(block)):
            continue
        status = "cited" if block.scan.clusters or _introduces(document, index, words) else "uncited"
        yield Claim(
            claim_id(words), block_place(document.path, block), words, "paragraph", "paragraph", status, index
        )


def _asserts(words: str) -> bool:
    """False for nothing but questions, pictures and marks."""
    ends = [found[0][0] for found in _SENTENCE_END.finditer(words)]
    only_asks = bool(ends) and set(ends) == {"?"} and words.rstrip("\"'”’)]").endswith("?")
    return bool(re.search(r"[^\W\d_]{2}", words)) and not only_asks


def _introduces(document: Document, index: int, words: str) -> bool:
    """A paragraph that ends in a colon stands on the citations of the list or table it introduces."""
    group = document.blocks[index + 1].group if index + 1 < len(document.blocks) else 0
    following = (block for block in document.blocks[index + 1 :] if block.group == group)
    return words.endswith(":") and group > 0 and any(block.scan.clusters for block in following)


def claim_id(words: str) -> str:
    """Ten hexadecimal digits of the SHA-256 of the words in lower case, without punctuation."""
    normal = " ".join(re.findall(r"\w+", words.lower()))
    return hashlib.sha256(normal.encode()).hexdigest()[:10]
