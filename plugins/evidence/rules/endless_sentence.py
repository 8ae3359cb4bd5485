"""A sentence is longer than 2,000 characters, so that nobody can tell what it claims.

The words that make a claim are lost among hundreds of others, for the check as for readers, and a citation at its end would have to
stand for all of it. End it where a thought ends. In a table or a list too, each cell and item needs full stops.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.coverage import FRONT
from evidence.model import Block, BlockKind, Case, Hit, Meta, Rule, Severity
from evidence.passages import passage
from evidence.places import block_place
from evidence.sentences import LONGEST, endless

_SHORT = "the map shows the way past the town hall and over the bridge, "
BAD = (f"Before you come, note that {_SHORT * 40}and so on.\n", f"- Note that {_SHORT * 40}and so on.\n")
GOOD = (
    "Look at the map before you come. It shows the way over the bridge.\n",
    "The map shows the way. " * 100 + "\n",
)
_WHAT = f"this sentence has more than {LONGEST:,} characters, too many to tell what it claims"
_FIX = "end it where a thought ends"


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for name in FRONT:
            if name in document.meta:
                yield from _in_field(document.meta[name])
        for block in document.blocks:
            if block.kind is not BlockKind.RAW:
                yield from _in_block(document.path, block)
    for meta in case.offered:
        yield from _in_field(meta)


def _in_field(meta: Meta) -> Iterator[Hit]:
    yield from (Hit(meta.place, _WHAT, _FIX) for _ in endless(meta.value))


def _in_block(path: str, block: Block) -> Iterator[Hit]:
    words = passage(block)
    for one in (words, *words.pictures):
        for start, end in endless(one.words):
            yield Hit(block_place(path, block, one.offset(start), one.offset(end - 1) + 1), _WHAT, _FIX)


RULE = Rule("EV105", "endless-sentence", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
