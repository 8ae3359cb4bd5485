"""The words of the emergency card, taken from the article on emergencies: one text, cited there and signed there.

The article's section with the role `emergency-card` holds a list of signs and, below it, perhaps some paragraphs. The card shows
the heading, the signs and the paragraphs in the same words, without the citations: a card sends nobody away to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.anatomy.choosing import page_type
from evidence.anatomy.parts import Part, parts_of
from evidence.coverage import language_of
from evidence.model import Anatomy, Block, BlockKind, Document, Policy
from evidence.passages import passage, tidy

CARD = "emergency-card"
"""The role of the section."""
_LIST = (("ul", "li"), ("ol", "li"))


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """What the card says, in plain text: a heading, the signs, and the paragraphs below them. `path` is the article's."""

    path: str
    heading: str
    signs: tuple[str, ...]
    after: tuple[str, ...]


def card_sections(document: Document, anatomy: Anatomy) -> tuple[Part, ...]:
    """The sections that would give the card its words: of all documents of a language there must be one at most."""
    if document.draft or not page_type(document, anatomy).card:
        return ()
    return tuple(part for part in parts_of(document, anatomy) if part.role == CARD)


def is_sign(block: Block) -> bool:
    """Whether a block is a point of a plain list."""
    return block.kind is BlockKind.ITEM and block.ancestors in _LIST


def is_paragraph(block: Block) -> bool:
    """Whether a block is a paragraph that stands in nothing else."""
    return block.kind is BlockKind.PARAGRAPH and block.ancestors == ("p",)


def emergency_cards(documents: Iterable[Document], anatomy: Anatomy, policy: Policy) -> Mapping[str, EmergencyCard]:
    """By language, such as "en", the card of a site with these documents."""
    cards: dict[str, EmergencyCard] = {}
    for document in documents:
        for part in card_sections(document, anatomy):
            blocks = [document.blocks[index] for index in part.blocks]
            signs, after = (tuple(map(_words, filter(kind, blocks))) for kind in (is_sign, is_paragraph))
            cards.setdefault(language_of(document, policy), EmergencyCard(document.path, part.words, signs, after))
    return cards


def _words(block: Block) -> str:
    return tidy(passage(block).words)
