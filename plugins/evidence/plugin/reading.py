"""Pelican reads what was checked: those files and no others, those texts and no others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar

from jinja2 import FileSystemLoader
from markupsafe import Markup, escape
from pelican import ArticlesGenerator, PagesGenerator
from pelican.generators import StaticGenerator
from pelican.readers import BaseReader, Readers

from evidence.active import active
from evidence.errors import EvidenceError
from evidence.markup import Rendered, named_sources, render
from evidence.memory import code_key, key_of
from evidence.model import BlockKind, Document
from evidence.ordinary import leads_out
from evidence.passages import passage, tidy
from evidence.plugin.run import Run, run_of
from evidence.plugin.templates import remembered_templates
from evidence.plugin.watch import in_one_line
from evidence.project import MARKDOWN, Project
from evidence.references import reference_list
from evidence.rules.broken_link import may_be_published

_TEXTS = (*MARKDOWN, ".html", ".htm", ".xhtml", ".rst", ".tex", ".adoc", ".org")
_KINDS = {ArticlesGenerator: "article", PagesGenerator: "page"}


class CheckedReader(BaseReader):  # type: ignore[misc]
    """Gives Pelican the documents that were checked, and no others."""

    enabled = True
    file_extensions: ClassVar[list[str]] = [extension[1:] for extension in MARKDOWN]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The page's HTML and metadata. What goes wrong is kept for the end of reading, since Pelican would go on."""
        run = run_of(self.settings)
        try:
            return self._read(run, source_path)
        except Exception as error:
            run.failures.append(f"{source_path}: {in_one_line(error)}")
            raise

    def _read(self, run: Run, source_path: str) -> tuple[str, dict[str, Any]]:
        document = run.document(source_path)
        page = _rendered(document, run)
        run.rendered[document.path] = page
        run.tell()
        return page.html, dict(self._metadata(document))

    def _metadata(self, document: Document) -> Iterator[tuple[str, Any]]:
        for name, meta in document.meta.items():
            if document.draft and name in ("save_as", "url"):
                continue  # a draft is checked leniently, so it stays where drafts are
            if meta.value or name == "description":
                value = Markup(escape(meta.value)) if name in ("title", "summary") else meta.value
                yield name, self.process_metadata(name, value)
        if "summary" not in document.meta:
            yield "summary", Markup(escape(summary(document)))


def _rendered(document: Document, run: Run) -> Rendered:
    """The page of a document; the one remembered, if neither it nor what it says of its sources has changed since. Raises EvidenceError if
    anything in it would act in a browser."""
    memory = run.project.memory
    key = b""
    if memory:
        sources = named_sources(document, run.library)
        key = key_of(code_key(), sources, document.path, document.kind, document.text)
    known = memory.recall("rendered", document.path, key)
    if known is not None:
        html, mentions, headings = known
        return Rendered(html, reference_list(tuple(mentions), run.library, mentions), headings)
    page = render(document, run.library)
    if found := active(page.html):
        raise EvidenceError(f'{document.path}: "{found[0]}" would act in the reader\'s browser; delete it')
    mentions = {one.key: one.mentions for one in page.references}
    memory.keep("rendered", document.path, key, (page.html, mentions, page.headings))
    return page


def summary(document: Document) -> str:
    """The description, or the first words of the first paragraph, as plain text."""
    description = document.meta.get("description")
    if description and description.value:
        return description.value
    first = next((block for block in document.blocks if block.kind is BlockKind.PARAGRAPH), None)
    words = tidy(passage(first).words).split() if first else []
    return " ".join(words[:40]) + (" …" if len(words) > 40 else "")


def use_reader(readers: Readers) -> None:
    """Only checked Markdown is read; other formats would pass unchecked."""
    for extension in list(readers.reader_classes):
        if extension != "static":
            readers.reader_classes[extension] = None
    for extension in CheckedReader.file_extensions:
        readers.reader_classes[extension] = CheckedReader


def only_checked(generator: Any) -> None:
    """The generator takes the files that were checked, and templates of this theme alone: Pelican would put its own
    in the place of a missing one, without the list of sources. Files that are published as they are hold no prose."""
    generator.env.loader = FileSystemLoader(generator._templates_path)
    generator.env.auto_reload = False  # each build has generators of its own, and no template changes under one
    generator.env.bytecode_cache = remembered_templates(run_of(generator.settings).project.memory, generator.settings)
    for cls, kind in _KINDS.items():
        if isinstance(generator, cls):
            checked = partial(run_of(generator.settings).files, kind)
            generator.get_files = lambda *_, checked=checked, **__: checked()


def check_attachments(generators: list[Any], project: Project) -> None:
    """Raises EvidenceError if something would be published as it is that nobody has checked, or that is for nobody else."""
    statics = (generator for generator in generators if isinstance(generator, StaticGenerator))
    content = project.root / project.policy.content
    for file in sorted((file for one in statics for file in one.staticfiles), key=lambda one: one.source_path):
        path = PurePath(file.get_relative_source_path()).as_posix()
        if PurePath(path).suffix.lower() in _TEXTS:
            raise EvidenceError(
                f'"{path}" would be published as it is, without having been checked; link to it with {{filename}}, '
                "or take it out of STATIC_PATHS"
            )
        if path not in file.settings["STATIC_PATHS"] and not may_be_published(path):
            raise EvidenceError(
                f'"{path}" is no picture, document or data, and would be open to everybody; take it away, or name this '
                "very file in STATIC_PATHS"
            )
        if leads_out(content / path, project.root, content):
            raise EvidenceError(f'"{path}" is a link out of the project; put a copy of the file in its place')
