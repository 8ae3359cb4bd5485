"""What a citation points at: a source of the library, and perhaps one of its findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.model import Block, Citation, Document, Library, Place, Source
from evidence.places import block_place

_BARE = re.compile(r"\w(?:[\w:.#/-]*\w)?")


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


def says_more(citation: Citation) -> bool:
    """Whether readers see more of it than a number; else a source that is cited twice at once, for two findings, is one number."""
    return bool(citation.prefix or citation.suffix or citation.locator)


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


def with_finding(key: str, finding: str | None) -> str:
    """What stands after the `@`: the inverse of `target`."""
    return key if finding is None else f"{key}#{finding}"


def respelt(found: Cited, keys: Sequence[str]) -> tuple[str, ...]:
    """The citation as it would be written with each of these keys; keys of odd characters go into braces."""
    dash = "-" if found.block.text.startswith("-", found.citation.start) else ""
    return tuple(f"{dash}@{key}" if _BARE.fullmatch(key) else f"{dash}@{{{key}}}" for key in keys)
