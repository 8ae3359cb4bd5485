"""What one build knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePath
from posixpath import normpath
from typing import Any

from evidence.digests import digest, digest_of
from evidence.errors import EvidenceError
from evidence.glossary import Term
from evidence.last_build import LastBuild
from evidence.memory import Memory
from evidence.model import BuiltPage, Document, Library, Report
from evidence.offers import Offer
from evidence.plugin.keys import Keys
from evidence.plugin.sheets import Read
from evidence.plugin.source_keys import source_keys, vocabulary_key
from evidence.plugin.texts import Texts
from evidence.plugin.verdicts import Verdicts
from evidence.project import Project
from evidence.showing import slugs
from evidence.signoff.reviewed import Reviewed, reviews
from evidence.term_links import TermLinks

_SETTING = "EVIDENCE_RUN"
_ASKED = 120


@dataclass
class Run:
    """The documents that were checked, by path relative to the project root, and what became of them."""

    project: Project
    library: Library
    verdicts: Verdicts
    reviews: Mapping[str, Reviewed]
    """By path, the review of each page that has one."""
    documents: Mapping[str, Document]
    read: dict[str, Read] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    """The addresses of the pages of sources, by key."""
    failures: list[str] = field(default_factory=list)
    expected: dict[str, tuple[Offer | None, bool]] = field(default_factory=dict)
    """By address of a page: the offer that must stand on it, and whether the emergency card must."""
    tell: Callable[[], object] = tuple
    """Called for each document that was read, and again when its page is written, and for each source's page."""
    last: LastBuild | None = None
    """What of the last build still holds; None where nothing is remembered."""
    keys: Keys = field(default_factory=Keys)
    _asked: dict[str, str] = field(default_factory=dict)

    @cached_property
    def with_links(self) -> TermLinks:
        """Links a page to the terms that the site explains; none where the theme has no page for them."""
        return TermLinks(self.glossary)

    @property
    def memory(self) -> Memory:
        return self.project.memory

    @property
    def offers(self) -> Mapping[str, Offer]:
        return self.project.offers

    @property
    def glossary(self) -> tuple[Term, ...]:
        """The terms that the site explains; none where the theme has no page for them."""
        return self.project.glossary if "glossary" in self.project.templates else ()

    # ------------------------------------------------------------------ keys of what many pages rest on

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """The last part of the address of each source."""
        return slugs(self.library)

    @cached_property
    def source_keys(self) -> Mapping[str, bytes]:
        """By key of a source, one hash of all that is shown of it; nothing where nothing is remembered."""
        return source_keys(self.library, self.slugs, self.memory) if self.memory else {}

    @cached_property
    def vocabulary_key(self) -> bytes:
        return vocabulary_key(self.library.vocabulary)

    @cached_property
    def glossary_key(self) -> bytes:
        return digest(*(repr((one.id, one.term, one.also, one.short)) for one in self.glossary))

    def last_asked(self, path: str, make: Callable[[], str]) -> str:
        """A text that is asked for again soon: as many are kept as a feed has articles, and some more."""
        if path not in self._asked:
            while len(self._asked) >= _ASKED:
                del self._asked[next(iter(self._asked))]
            self._asked[path] = make()
        return self._asked[path]

    # ------------------------------------------------------------------------------------------- files

    def files(self, kind: str) -> set[str]:
        """The files of one kind that were checked, relative to the content folder."""
        content = self.project.policy.content
        return {os.path.relpath(path, content) for path, one in self.documents.items() if one.kind == kind}

    def document(self, source_path: str) -> Document:
        """The checked document in a file that Pelican has read. Raises EvidenceError if there is none."""
        start = f"{self.project.root}{os.sep}"
        inside = source_path.startswith(start) and os.pardir not in source_path
        path = source_path[len(start) :] if inside else os.path.relpath(source_path, self.project.root)
        path = PurePath(path).as_posix()
        found = self.documents.get(path)
        if found is None:
            raise EvidenceError(f"{path}: would be published without having been checked")
        return found

    @property
    def pages(self) -> int:
        """How often it is told: roughly, since a source may be listed without being cited."""
        return 2 * len(self.documents) + len(self.verdicts.sources)

    def stands(self, name: str, key: bytes) -> bool:
        """Whether a file of the site stands from the last build, made of the same."""
        return self.last is not None and self.last.stands(normpath(name), key)

    def made(self, name: str, key: bytes, path: Path) -> None:
        """Note what a file of the site was made of."""
        if self.last is not None:
            self.last.made(normpath(name), key, path)

    def write(
        self, output: str, name: str, pieces: Callable[[], Iterable[str | bytes]], key: Iterable[bytes | str]
    ) -> None:
        """Write a file of the site, if it does not stand already. Its key is that of what its text is made of."""
        whole = digest_of(chain((name,), key)) if self.last is not None else b""
        if self.stands(name, whole):
            return
        path = Path(output) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for piece in pieces():
                file.write(piece.encode("utf-8") if isinstance(piece, str) else piece)
        self.made(name, whole, path)

    def expect(self, address: str, offer: Offer | None, *, card: bool = False) -> None:
        """Note what the page at an address must show."""
        self.expected[normpath(address)] = offer, card

    def expectation(self, address: str) -> str:
        """What the page at an address must show, in one text."""
        offer, card = self.expected.get(normpath(address), (None, False))
        return repr((offer.heading, offer.text, offer.button, card) if offer else card)

    def built(self, folder: Path) -> Iterator[BuiltPage]:
        """The pages in a folder as they were written, each with what it must show."""
        for path in sorted(folder.rglob("*.html")):
            address = path.relative_to(folder).as_posix()
            offer, card = self.expected.get(address, (None, False))
            texts = (offer.heading, offer.text, offer.button) if offer else None
            yield BuiltPage(address, path.read_text("utf-8", "replace"), texts, card)

    def enter(self, settings: dict[str, Any]) -> None:
        """Be found by all that Pelican starts with these settings."""
        settings[_SETTING] = self
        self.texts = Texts(self.project, self.library, str(settings["INTRASITE_LINK_REGEX"]))


def run_on(project: Project, report: Report) -> Run:
    """The build of a project that was checked. Nothing more is held of the report than the pages are made of."""
    documents = {one.path: one for one in report.documents}
    verdicts = Verdicts(report.claims, report.supported, report.library, documents)
    return Run(project, report.library, verdicts, reviews(report.signoffs, report.ledger), documents)


def run_of(settings: Mapping[str, Any]) -> Run:
    """The build that these settings belong to."""
    run: Run = settings[_SETTING]
    return run


def is_public(settings: Mapping[str, Any]) -> bool:
    """Whether the public site is being made (`make publish`), not one for the eyes of its writers."""
    return bool(settings.get("EVIDENCE", {}).get("publish"))
