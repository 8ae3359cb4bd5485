"""Writes the pages on the evidence into the site that is being built: `/sources/`, `/evidence/` and its files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from pelican.generators import Generator

from evidence.memory import code_key, key_of
from evidence.plugin.run import Run, run_of
from evidence.plugin.sheets import Sheet
from evidence.showing import Bases, PublishedPage, Rows, Sentence, Shelf, rows_of, sentences_of, shelf
from evidence.showing.answers import answer
from evidence.showing.files import as_csv, as_json

_TEMPLATES = frozenset({"evidence", "source", "sources", "treatment"})
_SHELF = "SHELF"
_MANY = 1000
"""Of so many documents not everything is held that is asked for twice."""


def show_evidence(context: dict[str, Any], contents: Sequence[Any], run: Run) -> None:
    """Give the theme the shelf, and each page the addresses of its sources. A theme without templates for these pages gets none."""
    published: dict[str, tuple[PublishedPage, Sheet]] = {}
    for content in contents:
        if getattr(content, "status", "") == "published":
            sheet = content.sheet
            meta = sheet.document.meta
            title = meta["title"].value if "title" in meta else ""
            published[sheet.document.path] = PublishedPage(str(content.url), title, content.lang), sheet
    context["PUBLISHED"] = {path: page for path, (page, _) in published.items()}
    sentences: dict[str, tuple[Sentence, ...]] = {}
    shown = None
    if run.project.templates >= _TEMPLATES:
        run.addresses = _addresses(run, [sheet for _, sheet in published.values()])
        bases = Bases(run.library, run.addresses)
        for path in run.documents:
            if path in published and run.verdicts.supported(path):
                page, sheet = published[path]
                vocabulary = run.vocabulary_key if run.source_keys else b""
                sentences[path] = tuple(sentences_of(_rows(sheet), page, bases, vocabulary, run.source_keys))
        everything = [one for each in sentences.values() for one in each]
        shown = shelf(run.library, everything, run.addresses, run.source_keys)
    context[_SHELF] = shown
    for content in contents:
        path = content.sheet.document.path
        content.answer = answer(content.sheet.document, sentences.get(path, ()))


def _addresses(run: Run, sheets: Sequence[Sheet]) -> dict[str, str]:
    """The addresses of the pages of all sources that a page lists or rests on, by key."""
    keys = {key for sheet in sheets for key in sheet.read.keys}
    keys |= {rest.source.key for sheet in sheets for one in sheet.supported for rest in one.rests}
    return {key: f"sources/{slug}/" for key, slug in run.slugs.items() if key in keys}


def _rows(sheet: Sheet) -> Rows:
    """The sentences of a document; those remembered, if neither it nor what is known of its sources has changed since."""
    run, path = sheet.run, sheet.document.path
    key = key_of(code_key(), sheet.shown_key) if run.memory else b""
    known: Rows | None = run.memory.recall("sentences", path, key)
    if known is None:
        known = rows_of(sheet.supported, sheet.places, run.library)
        run.memory.keep("sentences", path, key, known)
        if len(run.documents) > _MANY:
            sheet.let_go()
    return known


class EvidenceGenerator(Generator):  # type: ignore[misc]
    """Pelican writes with it after all pages were dressed."""

    def generate_context(self) -> None:
        """Everything is in the context already when pages are written."""

    def generate_output(self, writer: Any) -> None:
        """Write the pages and the files for other programs."""
        shown: Shelf | None = self.context.get(_SHELF)
        if shown is None:
            return
        self._write(writer, "sources/", "sources")
        for one in shown.sources:
            self._write(writer, one.url, "source", shown=one)
            run_of(self.settings).tell()
        self._write(writer, "evidence/", "evidence")
        for treatment in shown.treatments:
            for part in (treatment, *treatment.parts):
                self._write(writer, part.url, "treatment", treatment=part)
        site = str(self.settings.get("ABSOLUTE_SITEURL") or self.settings.get("SITEURL", "")).rstrip("/")
        run, key = run_of(self.settings), shown.template_key()
        for name, made in (("evidence.json", as_json), ("evidence.csv", as_csv)):
            run.write(self.output_path, name, partial(made, shown, site), (code_key(), site, key))

    def _write(self, writer: Any, url: str, template: str, **values: Any) -> None:
        relative = self.settings["RELATIVE_URLS"]
        writer.write_file(f"{url}index.html", self.get_template(template), self.context, relative, **values)


def evidence_generator(pelican: Any) -> type[EvidenceGenerator] | None:
    """The generator, for a site that is being checked."""
    return EvidenceGenerator if run_of(pelican.settings) else None
