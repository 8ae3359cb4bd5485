"""The answer of an article in short: the first of its key messages, with the sources it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model import BlockKind, Document
from evidence.showing import Basis, Sentence

_KEY_MESSAGES = ("key messages", "mensajes clave")


@dataclass(frozen=True, slots=True)
class Answer:
    """The sentences of a key message that rest on a source, and those sources, each once."""

    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> str:
        return " ".join(one.words for one in self.sentences)

    @property
    def bases(self) -> tuple[Basis, ...]:
        return tuple({basis.key: basis for one in self.sentences for basis in one.bases}.values())


def answer(document: Document, sentences: Iterable[Sentence]) -> Answer | None:
    """The first cited item under the heading "Key messages", whole, since its second sentence may qualify the first.

    None if the article has no such section.
    """
    headings = [index for index, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING]
    start = next((one for one in headings if document.blocks[one].text.strip().casefold() in _KEY_MESSAGES), None)
    if start is None:
        return None
    end = next((one for one in headings if one > start), len(document.blocks))
    under = [one for one in sentences if start < one.block < end]
    return Answer(tuple(one for one in under if one.block == under[0].block)) if under else None
