"""What one build knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from evidence.errors import EvidenceError
from evidence.glossary import Term
from evidence.markup import Rendered
from evidence.model import BuiltPage, Document, Library, Report
from evidence.offers import Offer
from evidence.project import Project
from evidence.signoff.reviewed import Reviewed, reviews
from evidence.term_links import TermLinks

_SETTING = "EVIDENCE_RUN"


@dataclass(slots=True)
class Run:
    """The documents that were checked, by path relative to the project root, and what became of them."""

    project: Project
    report: Report
    documents: Mapping[str, Document]
    rendered: dict[str, Rendered] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    expected: dict[str, tuple[Offer | None, bool]] = field(default_factory=dict)
    """By address of a page: the offer that must stand on it, and whether the emergency card must."""
    tell: Callable[[], object] = tuple
    """Called for each document that was read, and again when its page is written, and for each source's page."""
    reviews: Mapping[str, Reviewed] = field(init=False)
    with_links: TermLinks = field(init=False)
    """Links a page to the terms that the site explains; none where the theme has no page for them."""

    def __post_init__(self) -> None:
        self.reviews = reviews(self.report.signoffs, self.report.ledger)
        self.with_links = TermLinks(self.glossary)

    @property
    def library(self) -> Library:
        return self.report.library

    @property
    def offers(self) -> Mapping[str, Offer]:
        return self.project.offers

    @property
    def glossary(self) -> tuple[Term, ...]:
        """The terms that the site explains; none where the theme has no page for them."""
        return self.project.glossary if "glossary" in self.project.templates else ()

    def files(self, kind: str) -> set[str]:
        """The files of one kind that were checked, relative to the content folder."""
        content = self.project.policy.content
        return {os.path.relpath(path, content) for path, one in self.documents.items() if one.kind == kind}

    def document(self, source_path: str) -> Document:
        """The checked document in a file that Pelican has read. Raises EvidenceError if there is none."""
        path = PurePath(os.path.relpath(source_path, self.project.root)).as_posix()
        found = self.documents.get(path)
        if found is None:
            raise EvidenceError(f"{path}: would be published without having been checked")
        return found

    @property
    def pages(self) -> int:
        """How often it is told: roughly, since a source may be listed without being cited."""
        cited = {rest.source.key for one in self.report.supported for rest in one.rests}
        return 2 * len(self.documents) + len(cited)

    def expect(self, address: str, offer: Offer | None, *, card: bool = False) -> None:
        """Note what the page at an address must show."""
        self.expected[PurePath(address).as_posix()] = offer, card

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


def run_of(settings: Mapping[str, Any]) -> Run:
    """The build that these settings belong to."""
    run: Run = settings[_SETTING]
    return run


def is_public(settings: Mapping[str, Any]) -> bool:
    """Whether the public site is being made (`make publish`), not one for the eyes of its writers."""
    return bool(settings.get("EVIDENCE", {}).get("publish"))
