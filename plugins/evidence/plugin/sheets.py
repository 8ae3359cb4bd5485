"""What readers will see of one document: worked out when it is asked for, since of most nothing has changed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from evidence.digests import digest
from evidence.markup import with_data
from evidence.memory import packed, unpacked
from evidence.model import Document, Mention, Reference, Supported
from evidence.references import reference, safe_id
from evidence.showing import Told, findings_cited
from evidence.showing.places import Places
from evidence.structured_data import json_ld

if TYPE_CHECKING:
    from evidence.plugin.run import Run

Listed = tuple[str, int, tuple[Mention, ...]]
"""A source in the list of a page: its key, its number, and where it is mentioned."""
_QUICK = 1


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was rendered, without its HTML, for a site of any size: what is seldom asked for is pressed together.

    `keys` are those of the sources that it lists, in order; `links` are the beginnings of the tags whose addresses Pelican must
    resolve. `key` is that of all it was rendered from; empty where nothing is remembered.
    """

    key: bytes
    keys: tuple[str, ...]
    links: str
    _told: bytes
    _words: bytes

    @classmethod
    def of(
        cls, key: bytes, listed: tuple[Listed, ...], headings: tuple[tuple[str, str], ...], links: str, words: str
    ) -> Read:
        """`headings` are the ids and the words of the page's sections, `words` those that a search finds it by."""
        told = tuple((number, mentions) for _, number, mentions in listed), headings
        return cls(
            key,
            tuple(intern(one) for one, _, _ in listed),
            links,
            zlib.compress(packed(told), _QUICK),
            zlib.compress(words.encode("utf-8", "surrogatepass"), _QUICK),
        )

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The page's list of sources."""
        return tuple((key, *each) for key, each in zip(self.keys, self._rest()[0], strict=True))

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """The ids and the words of the page's sections."""
        headings: tuple[tuple[str, str], ...] = self._rest()[1]
        return headings

    @property
    def words(self) -> str:
        """The words that a search finds it by, as `sections_of` gives them."""
        return zlib.decompress(self._words).decode("utf-8", "surrogatepass")

    def _rest(self) -> Any:
        return unpacked(zlib.decompress(self._told))


@dataclass
class Sheet:
    """`up` leads from the page to the site, `data` is what its structured data say beside its sources."""

    run: Run
    document: Document
    read: Read
    up: str
    linked: bool
    """Whether its words are linked to the glossary."""
    data: Mapping[str, Any] = field(default_factory=dict)

    def let_go(self) -> None:
        """It has been written, and what was worked out for it is hardly asked for again."""
        for name in ("references", "places"):
            self.__dict__.pop(name, None)

    @property
    def supported(self) -> Sequence[Supported]:
        return self.run.verdicts.supported(self.document.path)

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        return self.read.headings

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        sources = self.run.library.sources
        return tuple(reference(sources[key], number, mentions) for key, number, mentions in self.read.listed)

    @cached_property
    def places(self) -> Places:
        lines = {key: (f"s-{safe_id(key)}", mentions) for key, _, mentions in self.read.listed}
        return Places(self.document, lines, self.run.library)

    @property
    def findings(self) -> dict[str, tuple[Told, ...]]:
        return findings_cited(self.document, self.supported, self.run.library)

    @property
    def source_pages(self) -> dict[str, str]:
        """The pages of the sources listed, as far as they have one."""
        return {key: self.run.addresses[key] for key in self.read.keys if key in self.run.addresses}

    @property
    def html(self) -> str:
        return self.run.last_asked(self.document.path, self._html)

    def _html(self) -> str:
        text = self.run.texts.of(self.document, self.read.key)
        if self.linked:
            text = self.run.with_links(text, self.up)
        meant = self.places.meant(self.supported)
        return with_data(
            text, {id: {"claim": one.claim, "findings": " ".join(one.findings)} for id, one in meant.items()}
        )

    @property
    def jsonld(self) -> Markup:
        return Markup(json_ld(**self.data, references=self.references))

    @cached_property
    def shown_key(self) -> bytes:
        """The key of what it says of its sources: the text, the sources it names, and what the check made of its claims."""
        return digest(self.read.key, self.run.vocabulary_key, _of(self.supported), *self._sources())

    def _sources(self) -> list[bytes]:
        keys = dict.fromkeys(self.read.keys)
        keys |= dict.fromkeys(rest.source.key for one in self.supported for rest in one.rests)
        return [self.run.source_keys[key] for key in keys]

    def key(self, links: str) -> bytes:
        """The key of all that the page shows of the document; `links` are its links as Pelican has resolved them."""
        glossary = self.run.glossary_key if self.linked else b""
        return digest(
            self.shown_key,
            glossary,
            self.up,
            links,
            repr(sorted(self.source_pages.items())),
            repr(sorted(self.data.items())),
        )


def _of(supported: Sequence[Supported]) -> str:
    rows = []
    for one in supported:
        claim = one.claim
        rests = [
            (rest.source.key, rest.anchored, rest.exact, rest.by_figures, [finding.id for finding in rest.findings])
            for rest in one.rests
        ]
        rows.append((claim.id, claim.sentence, claim.kind, claim.block, claim.clusters, one.words, rests))
    return repr(rows)
