"""Pelican reads what was checked: those files and no others, those texts and no others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar

from jinja2 import FileSystemLoader
from markupsafe import Markup, escape
from pelican import ArticlesGenerator, PagesGenerator, signals
from pelican.generators import StaticGenerator
from pelican.readers import BaseReader, Readers

from evidence.errors import EvidenceError
from evidence.model import BlockKind, Document
from evidence.ordinary import leads_out
from evidence.passages import passage, tidy
from evidence.plugin.contents import Article, Page
from evidence.plugin.once import Once
from evidence.plugin.reads import see_all
from evidence.plugin.run import Run, run_of
from evidence.plugin.templates import remembered_templates
from evidence.plugin.watch import in_one_line
from evidence.project import MARKDOWN, Project
from evidence.rules.broken_link import may_be_published

_TEXTS = (*MARKDOWN, ".html", ".htm", ".xhtml", ".rst", ".tex", ".adoc", ".org")
_KINDS = {ArticlesGenerator: "article", PagesGenerator: "page"}


class CheckedReader(BaseReader):  # type: ignore[misc]
    """Gives Pelican the documents that were checked, and no others."""

    enabled = True
    file_extensions: ClassVar[list[str]] = [extension[1:] for extension in MARKDOWN]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The page's links that Pelican must resolve, and its metadata. What goes wrong is kept for the end of reading, since Pelican
        would go on."""
        run = run_of(self.settings)
        try:
            return self._read(run, source_path)
        except Exception as error:
            told = in_one_line(error)
            run.failures.append(told if isinstance(error, EvidenceError) else f"{source_path}: {told}")
            raise

    def _read(self, run: Run, source_path: str) -> tuple[str, dict[str, Any]]:
        document = run.document(source_path)
        run.read[document.path] = page = run.texts.read(document)
        run.tell()
        return page.links, dict(self._metadata(document))

    def _metadata(self, document: Document) -> Iterator[tuple[str, Any]]:
        for name, meta in document.meta.items():
            if document.draft and name in ("save_as", "url"):
                continue  # a draft is checked leniently, so it stays where drafts are
            if meta.value or name == "description":
                value = Markup(escape(meta.value)) if name in ("title", "summary") else meta.value
                yield name, self.process_metadata(name, value)
        if "summary" not in document.meta:
            yield "summary", Markup(escape(summary(document)))


def _checked(generator: Any, path: str, default: Any = None) -> Any:
    """The article or page in a file; `default` if Pelican had better read it itself, and tell what it thinks of it."""
    kind, article = ("article", Article) if isinstance(generator, ArticlesGenerator) else ("page", Page)
    try:
        content = generator.readers.read_file(
            base_path=generator.path,
            path=path,
            content_class=article,
            context=generator.context,
            preread_signal=getattr(signals, f"{kind}_generator_preread"),
            preread_sender=generator,
            context_signal=getattr(signals, f"{kind}_generator_context"),
            context_sender=generator,
        )
    except Exception:
        return default
    return content if isinstance(content, article) and content.is_valid() else default


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
    generator.env.globals["once"] = Once()
    generator.env.globals["tongues"] = run_of(generator.settings).project.tongues
    see_all(generator.env)
    generator.env.auto_reload = False  # each build has generators of its own, and no template changes under one
    generator.env.bytecode_cache = remembered_templates(run_of(generator.settings).project.memory, generator.settings)
    for cls, kind in _KINDS.items():
        if isinstance(generator, cls):
            checked = partial(run_of(generator.settings).files, kind)
            generator.get_files = lambda *_, checked=checked, **__: checked()
            generator.get_cached_data = partial(_checked, generator)


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
