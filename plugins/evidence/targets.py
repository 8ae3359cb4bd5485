"""What a citation points at: a source of the library, and perhaps one of its findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model import Block, Citation, Document, Library, Place, Source
from evidence.places import block_place


@dataclass(frozen=True, slots=True)
class Target:
    """The key and the finding id that a citation's key means; `source` is None if there is no such source."""

    key: str
    finding: str | None
    source: Source | None


def target(key: str, library: Library) -> Target:
    """`key#finding` is a finding of `key`, unless the whole is itself a key of the bibliography, which wins."""
    if key in library.sources or "#" not in key:
        return Target(key, None, library.sources.get(key))
    base, finding = key.rsplit("#", 1)
    return Target(base, finding, library.sources.get(base))


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation where it stands. `group` numbers the clusters of its file from 1, `cluster` those of its block from 0."""

    document: Document
    block_index: int
    block: Block
    citation: Citation
    group: int
    cluster: int

    @property
    def place(self) -> Place:
        """The place of `@key` in the file."""
        return block_place(self.document.path, self.block, self.citation.start, self.citation.end)


def cited(document: Document) -> Iterator[Cited]:
    """All citations of a document in order."""
    group = 0
    for index, block in enumerate(document.blocks):
        for number, cluster in enumerate(block.scan.clusters):
            group += 1
            for citation in cluster.citations:
                yield Cited(document, index, block, citation, group, number)
