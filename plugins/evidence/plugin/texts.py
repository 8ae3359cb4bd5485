"""The HTML of the documents of one build: kept as long as there is room, read again from what is remembered where there is none."""

from __future__ import annotations

import re
import zlib

from evidence.active import active
from evidence.errors import EvidenceError
from evidence.markup import named_sources, render
from evidence.memory import code_key, key_of
from evidence.model import Document, Library
from evidence.plugin.sheets import Listed, Read
from evidence.project import Project
from evidence.showing.search import sections_of

USUAL_ADDRESS = "[{|](?P<what>.*?)[|}]"
"""How Pelican knows addresses that it must resolve, if the settings do not say otherwise."""
_ROOM = 4_000_000
"""So many characters are kept as they are; what comes after is read again from what is remembered, or else pressed together."""


def _link_pattern(address: str) -> re.Pattern[str]:
    """The beginning of a tag with an address that Pelican may have to resolve: it looks for them in just this way."""
    names = "href|src|poster|data|cite|formaction|action|content"
    return re.compile(rf"<[^\>]+(?:{names})\s*=\s*(?P<quote>[\"\'])(?:{address}(?P<value>.*?))(?P=quote)")


def may_link(html: str, address: str) -> bool:
    """Whether there may be an address in a page that Pelican must resolve, with this pattern of such addresses."""
    return address != USUAL_ADDRESS or "{" in html or "|" in html


class Texts:
    """Renders what is not remembered. Raises EvidenceError where that cannot be done, or where a page would act in a browser."""

    def __init__(self, project: Project, library: Library, address: str) -> None:
        """`address` is Pelican's pattern of addresses that it resolves."""
        self._project, self._library, self._address = project, library, address
        self._link = _link_pattern(address)
        self._kept: dict[str, str | bytes] = {}
        self._room = _ROOM

    def read(self, document: Document) -> Read:
        """What must be known of a document before any page is written."""
        memory = self._project.memory
        key = self._key(document) if memory else b""
        known = memory.recall("rendered", document.path, key)
        if known is None:
            page = render(document, self._library)
            if found := active(page.html):
                raise EvidenceError(f'{document.path}: "{found[0]}" would act in the reader\'s browser; delete it')
            listed: tuple[Listed, ...] = tuple((one.key, one.number, one.mentions) for one in page.references)
            links = (
                "".join(f"{found[0]}>" for found in self._link.finditer(page.html))
                if may_link(page.html, self._address)
                else ""
            )
            known = page.html, listed, page.headings, links, sections_of(page.html)
            memory.keep("rendered", document.path, key, known)
            self._keep(document.path, page.html)
        _, listed, headings, links, words = known
        return Read.of(key, listed, headings, links, words)

    def of(self, document: Document, key: bytes) -> str:
        """The HTML of a document that was read."""
        kept = self._kept.get(document.path)
        if kept is not None:
            return kept if isinstance(kept, str) else zlib.decompress(kept).decode("utf-8", "surrogatepass")
        known = self._project.memory.recall("rendered", document.path, key)
        return str(known[0]) if known else render(document, self._library).html

    def _key(self, document: Document) -> bytes:
        sources = repr(named_sources(document, self._library))
        return key_of(code_key(), self._address, sources, document.path, document.kind, document.text)

    def _keep(self, path: str, html: str) -> None:
        self._room -= len(html)
        if self._room > 0:
            self._kept[path] = html
        elif not self._project.memory:
            self._kept[path] = zlib.compress(html.encode("utf-8", "surrogatepass"), 1)
