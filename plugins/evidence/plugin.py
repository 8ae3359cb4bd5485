"""The Pelican adapter: check first, render what was checked, publish all of it or nothing.

Pelican goes on when an article cannot be read, a plugin is missing or an error is logged. `GuardedPelican` (setting
`PELICAN_CLASS`) closes those doors: it checks the content from the source files before Pelican reads anything, hands
Pelican the very texts that were checked, compares what Pelican took with what there was, builds beside the output
folder, and only then takes its place.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar

from markupsafe import Markup, escape
from pelican import ArticlesGenerator, PagesGenerator, Pelican, signals
from pelican.contents import Content, Page
from pelican.readers import BaseReader, Readers

from evidence.errors import BuildBlocked, EvidenceError, SettingsError
from evidence.markup import Rendered, plain_list, render, without_anchors
from evidence.model import BlockKind, Document, Library, Report
from evidence.offers import Offer, check_in_force
from evidence.passages import passage, tidy
from evidence.project import MARKDOWN, Project, check_project, content_files, offers, project_from, read_documents
from evidence.publishing import check_output, put_in_place, staging_folder
from evidence.reports import text
from evidence.reports.text import wants_colour
from evidence.structured_data import json_ld

NAME = "evidence"
_RUN = "EVIDENCE_RUN"
_UNREVIEWED = "Not yet reviewed by a clinician"


@dataclass(slots=True)
class Run:
    """What one build knows: the documents that were checked, by absolute path, and what became of them."""

    project: Project
    report: Report
    offers: Mapping[str, Offer]
    documents: Mapping[str, Document]
    rendered: dict[str, Rendered] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def library(self) -> Library:
        return self.report.library


class GuardedPelican(Pelican):  # type: ignore[misc]
    """Pelican that publishes all of a checked site, or nothing. Raises EvidenceErrors, which carry exit codes."""

    def __init__(self, settings: dict[str, Any]) -> None:
        logging.getLogger("pelican").addFilter(_without_traceback)
        self._wanted = list(settings.get("PLUGINS") or ())
        super().__init__(settings)

    def init_plugins(self) -> None:
        """Load the plugins; one that cannot be loaded ends the run."""
        with _Errors() as errors:
            super().init_plugins()
        if errors.messages:
            raise SettingsError(f"{errors.messages[0]} (setting PLUGINS)")
        if NAME not in self.settings["PLUGINS"]:
            near = get_close_matches(NAME, [str(name) for name in self._wanted], 1)
            hint = f', which has "{near[0]}"' if near else ""
            raise SettingsError(f'the plugin "{NAME}" is not in the setting PLUGINS{hint}; nothing would be checked')

    def run(self) -> None:
        """Check, build beside, and put in place."""
        try:
            self._run()
        except KeyboardInterrupt:
            raise SystemExit(130) from None

    def _run(self) -> None:
        project = project_from(self.settings, Path(self.path).parent)
        if _public(self.settings):
            check_in_force(offers(project), datetime.now(UTC).date())
        run = self._check(project)
        output = Path(self.output_path).resolve()
        check_output(output, [project.root, Path(self.path).resolve(), Path(self.theme).resolve()])
        staging = staging_folder(output)
        self.settings[_RUN] = run
        self.settings["LOAD_CONTENT_CACHE"] = self.settings["CACHE_CONTENT"] = False
        try:
            self._build(staging, run)
            put_in_place(staging, output, (".git", *self.settings["OUTPUT_RETENTION"]))
        finally:
            self._aim(output)
            _remove(staging)

    def _check(self, project: Project) -> Run:
        documents = read_documents(project, content_files(project))
        report = check_project(project, documents)
        colour = wants_colour(sys.stderr)
        sys.stderr.write(text.render(report, colour=colour))
        sys.stderr.flush()
        if report.failed:
            raise BuildBlocked("the content has problems (listed above); the site stays as it was")
        by_path = {str((project.root / document.path).resolve()): document for document in documents}
        return Run(project, report, offers(project), by_path)

    def _build(self, staging: Path, run: Run) -> None:
        self._aim(staging)
        with _Errors() as errors:
            super().run()
        if run.failures or errors.messages:
            first = (run.failures or errors.messages)[0]
            raise EvidenceError(f"the build met an error, so nothing is published: {first}")

    def _aim(self, output: Path) -> None:
        self.output_path = self.settings["OUTPUT_PATH"] = str(output)


def _remove(staging: Path) -> None:
    import shutil

    shutil.rmtree(staging, ignore_errors=True)


def _without_traceback(record: logging.LogRecord) -> bool:
    """Problems with the content are told with their places; where in the program they were raised helps nobody."""
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if isinstance(error, EvidenceError):
        record.exc_info = record.exc_text = None
        record.msg, record.args = "%s", (str(error),)
    return True


class _Errors(logging.Handler):
    """Collects what Pelican logs as an error, also when it was told to be quiet."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []
        self._logger = logging.getLogger("pelican")
        self._root = logging.getLogger()

    def __enter__(self) -> _Errors:
        self._levels = self._logger.level, self._root.level
        for logger in (self._logger, self._root):
            logger.setLevel(min(logger.level or logging.WARNING, logging.ERROR))
        self._root.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._root.removeHandler(self)
        self._logger.setLevel(self._levels[0])
        self._root.setLevel(self._levels[1])

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(" ".join(record.getMessage().split()))


# ---------------------------------------------------------------------------------------------- reading


class CheckedReader(BaseReader):  # type: ignore[misc]
    """Gives Pelican the documents that were checked, and no others."""

    enabled = True
    file_extensions: ClassVar[list[str]] = [extension[1:] for extension in MARKDOWN]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The page's HTML and metadata. What goes wrong is kept for the end of reading, since Pelican would go on."""
        run: Run = self.settings[_RUN]
        try:
            return self._read(run, source_path)
        except Exception as error:
            run.failures.append(f"{source_path}: {error}")
            raise

    def _read(self, run: Run, source_path: str) -> tuple[str, dict[str, Any]]:
        document = run.documents.get(str(Path(source_path).resolve()))
        if document is None:
            raise EvidenceError("this file was not there when the content was checked; build again")
        page = render(document, run.library)
        run.rendered[document.path] = page
        return page.html, dict(self._metadata(document))

    def _metadata(self, document: Document) -> Iterator[tuple[str, Any]]:
        for name, meta in document.meta.items():
            if meta.value or name == "description":
                value = Markup(escape(meta.value)) if name in ("title",) else meta.value
                yield name, self.process_metadata(name, value)
        if "summary" not in document.meta:
            yield "summary", Markup(escape(_summary(document)))


def _summary(document: Document) -> str:
    """The description, or the first words of the first paragraph, as plain text."""
    description = document.meta.get("description")
    if description and description.value:
        return description.value
    first = next((block for block in document.blocks if block.kind is BlockKind.PARAGRAPH), None)
    words = tidy(passage(first).words).split() if first else []
    return " ".join(words[:40]) + (" …" if len(words) > 40 else "")


def _use_reader(readers: Readers) -> None:
    """Only checked Markdown is read; other formats would pass unchecked."""
    for extension in ("rst", "html", "htm"):
        readers.reader_classes[extension] = None
    for extension in CheckedReader.file_extensions:
        readers.reader_classes[extension] = CheckedReader


# --------------------------------------------------------------------------------- before anything is written


def _contents(generators: list[Any]) -> Iterator[Content]:
    """Every article and page that Pelican will publish, drafts and hidden ones and translations included."""
    lists = {
        ArticlesGenerator: (
            "articles",
            "translations",
            "drafts",
            "drafts_translations",
            "hidden_articles",
            "hidden_translations",
        ),
        PagesGenerator: (
            "pages",
            "translations",
            "hidden_pages",
            "hidden_translations",
            "draft_pages",
            "draft_translations",
        ),
    }
    for generator in generators:
        for cls, names in lists.items():
            if isinstance(generator, cls):
                for name in names:
                    yield from getattr(generator, name)


def _dress_pages(generators: list[Any]) -> None:
    """Compare what Pelican took with what was checked, and give each page what the theme shows. Raises on a gap."""
    run: Run = generators[0].settings[_RUN]
    if run.failures:
        raise EvidenceError(run.failures[0])
    contents = list(_contents(generators))
    taken = {str(Path(content.source_path).resolve()) for content in contents}
    for path, document in run.documents.items():
        skipped = document.meta.get("status") and document.meta["status"].value.lower() == "skip"
        if path not in taken and not skipped:
            raise EvidenceError(f"{document.path}: was checked, but the site generator left it out; see its log")
    for path in taken - set(run.documents):
        raise EvidenceError(f"{path}: would be published without having been checked")
    slugs = {content.slug for content in contents if isinstance(content, Page)}
    for content in contents:
        _dress(content, run, generators[0].settings, slugs)
    clinic = generators[0].settings.get("CLINIC", {})
    offer = run.offers.get(run.project.policy.cta)
    generators[0].context["HOME_CTA"] = offer.made_by(clinic) if offer else None
    if _public(generators[0].settings):
        _withhold_drafts(generators)


def _public(settings: Mapping[str, Any]) -> bool:
    """Whether the public site is being made (`make publish`), not one for the eyes of its writers."""
    return bool(settings.get("EVIDENCE", {}).get("publish"))


def _withhold_drafts(generators: list[Any]) -> None:
    """Drafts may hold claims without sources, so they have no address on the public site, not even an unlisted one."""
    for generator in generators:
        for name in ("drafts", "drafts_translations", "draft_pages", "draft_translations"):
            if hasattr(generator, name):
                setattr(generator, name, [])


def _dress(content: Content, run: Run, settings: Mapping[str, Any], slugs: Collection[str]) -> None:
    document = run.documents[str(Path(content.source_path).resolve())]
    page = run.rendered[document.path]
    clinic = settings.get("CLINIC", {})
    content.references = page.references
    content.contents = page.headings
    content.review_line = _UNREVIEWED
    content.description = _summary(document)
    content.emergency = document.kind == "article" and _value(document, "red_flags") != "none"
    offer = run.offers.get(chosen_offer(document, run.project.policy.cta))
    content.cta = offer.made_by(clinic) if offer else None
    site = str(settings.get("SITEURL", "")).rstrip("/")
    content.jsonld = Markup(
        json_ld(
            kind=document.kind,
            url=f"{site}/{content.url}",
            site_url=site,
            title=_value(document, "title"),
            description=content.description,
            lang=content.lang,
            published=_day(getattr(content, "date", None)),
            modified=_day(getattr(content, "modified", None)),
            publisher=clinic.get("name", settings.get("SITENAME", "")),
            references=page.references,
            slugs=slugs,
        )
    )


def _value(document: Document, name: str) -> str:
    found = document.meta.get(name)
    return found.value if found else ""


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None


def chosen_offer(document: Document, standard: str) -> str:
    """The id of the page's call to action: its own choice, or the standard one for articles and none for pages."""
    return _value(document, "cta") or (standard if document.kind == "article" else "none")


# ------------------------------------------------------------------------------------------------- feeds


def _plain_feed(context: Mapping[str, Any], feed: Any) -> None:
    """In a feed many articles stand on one page: no ids, markers plain, each article with its own list of sources.

    Each also begins as its page does: who publishes it, what they sell, and that no clinician has reviewed it.
    """
    interest = str(context.get("CLINIC", {}).get("interest", ""))
    by_url = {str(article.url): article for article in context.get("articles", ())}
    for item in feed.items:
        article = next((found for url, found in by_url.items() if str(item["link"]).endswith(f"/{url}")), None)
        if item.get("content"):
            body = without_anchors(str(item["content"]))
            opening = f"<p>{escape(f'{interest} {_UNREVIEWED}.'.strip())}</p>\n"
            item["content"] = opening + body + plain_list(article.references if article else ())
        if item.get("description"):
            item["description"] = without_anchors(str(item["description"]))


def _require_guard(pelican: Pelican) -> None:
    if not isinstance(pelican, GuardedPelican):
        raise SettingsError(
            'the setting PELICAN_CLASS must be "evidence.GuardedPelican", or nothing would be checked'
        )


def register() -> None:
    """Called by Pelican."""
    signals.initialized.connect(_require_guard)
    signals.readers_init.connect(_use_reader)
    signals.all_generators_finalized.connect(_dress_pages)
    signals.feed_generated.connect(_plain_feed)
