"""The sentences before one that leans on them: "They may harm the bones of the unborn baby" says little without what "they" are."""

from __future__ import annotations

import re

from evidence.model import BlockKind, Claim, Document
from evidence.passages import Sentence, sentences_of
from evidence.support.tables import tables_by_row

_MOST = 3
"""So many sentences before are shown at most."""
_POINTING = frozenset("they it its them their these those this he she both neither such others".split())
_GOING_ON = frozenset("but so and or nor yet however instead then also otherwise that here".split())
_FIRST = 3
"""A word that points back counts among so many first ones: "Without them it had fallen 5.1 points"."""
_SKIPPED = frozenset({BlockKind.RAW, BlockKind.HEADING, BlockKind.CELL})


def leans(words: str) -> bool:
    """Whether a sentence begins in a way that points to the one before it."""
    first = re.findall(r"[^\W\d_]+", words.casefold())[:_FIRST]
    return bool(first) and (first[0] in _GOING_ON or not _POINTING.isdisjoint(first))


def _opens(words: str) -> bool:
    """Whether the very first word points back: a block of text that begins so leans on the one above."""
    first = re.match(r"\W*([^\W\d_]+)", words.casefold())
    return first is not None and first[1] in _POINTING | _GOING_ON


def heads(claim: Claim, document: Document) -> str:
    """The heads of the columns of a row with several numbers, which says little without them; "" of any other claim."""
    if claim.where != "row":
        return ""
    table = tables_by_row(document).get(document.blocks[claim.block].group)
    return f"{' / '.join(table.heads)}:" if table and len(table.heads) > 1 else ""


def before(claim: Claim, document: Document) -> str:
    """The sentences that stand before a claim of the text and that it leans on; "" if it leans on none."""
    if claim.where != "text" or claim.block < 0 or not leans(claim.sentence):
        return ""
    own = sentences_of(document.blocks[claim.block])
    here = next((number for number, one in enumerate(own) if one.start == claim.start), 0)
    earlier = own[:here] or (_of_the_block_before(claim.block, document) if _opens(claim.sentence) else ())
    found: list[str] = []
    for one in reversed(earlier[-_MOST:]):
        found.insert(0, one.words)
        if not leans(one.words):
            break
    return " ".join(found)


def _of_the_block_before(index: int, document: Document) -> tuple[Sentence, ...]:
    """The sentences above, if nothing begins anew between them and the block: behind a heading or a table it does."""
    if index == 0 or document.blocks[index - 1].kind in _SKIPPED:
        return ()
    return sentences_of(document.blocks[index - 1])
