"""A document's headings, with the role each has by its words and the blocks below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence.model import Anatomy, Block, BlockKind, Document, Place
from evidence.passages import passage
from evidence.places import block_place

_LEVEL = re.compile(r"h([1-6])")


@dataclass(frozen=True, slots=True)
class Part:
    """One heading: its level, words, place, role (empty if it has none) and the indexes of the blocks below it, up to the next
    heading of its level or higher."""

    level: int
    words: str
    place: Place
    role: str
    blocks: tuple[int, ...]


def parts_of(document: Document, anatomy: Anatomy) -> tuple[Part, ...]:
    """The headings of a document in order."""
    headings = [(index, block, level) for index, block in enumerate(document.blocks) if (level := _level(block))]
    found = []
    for number, (index, block, level) in enumerate(headings):
        after = (headings[other] for other in range(number + 1, len(headings)))
        end = next((other for other, _, lower in after if lower <= level), len(document.blocks))
        words = " ".join(passage(block).words.split())
        place = block_place(document.path, block)
        found.append(Part(level, words, place, role_of(words, anatomy.headings), tuple(range(index + 1, end))))
    return tuple(found)


def role_of(words: str, headings: Mapping[str, tuple[str, ...]]) -> str:
    """The role of a heading with these words; the first that fits."""
    plain = words.replace("’", "'").lower()
    return next((role for role, phrases in headings.items() if any(_holds(plain, one) for one in phrases)), "")


def _holds(words: str, phrase: str) -> bool:
    low = phrase.lower()
    return low in words and re.search(rf"(?<!\w){re.escape(low)}(?!\w)", words) is not None


def _level(block: Block) -> int:
    if block.kind is not BlockKind.HEADING:
        return 0
    levels: Iterator[int] = (int(found[1]) for tag in reversed(block.ancestors) if (found := _LEVEL.fullmatch(tag)))
    return next(levels, 0)
