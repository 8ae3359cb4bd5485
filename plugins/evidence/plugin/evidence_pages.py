"""Writes the pages on the evidence into the site that is being built: `/sources/`, `/evidence/` and its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pelican.contents import Content
from pelican.generators import Generator

from evidence.markup import with_data
from evidence.plugin.run import Run, run_of
from evidence.showing import PublishedPage, Shelf, findings_cited, shelf
from evidence.showing.answers import answer
from evidence.showing.files import as_csv, as_json
from evidence.showing.places import Places

_TEMPLATES = frozenset({"evidence", "source", "sources", "treatment"})
_SHELF = "SHELF"


def show_evidence(context: dict[str, Any], contents: Iterable[Content], run: Run) -> None:
    """Give the theme the shelf, and each page the findings that its list of sources names. A theme without templates
    for these pages gets none."""
    published = {}
    supported = defaultdict(list)
    for one in run.report.supported:
        supported[one.document.path].append(one)
    for content in contents:
        document = run.document(content.source_path)
        content.findings = findings_cited(document, supported[document.path], run.library)
        references = run.rendered[document.path].references
        meant = Places(document, references, run.library).meant(supported[document.path])
        content._content = with_data(
            content._content,
            {id: {"claim": one.claim, "findings": " ".join(one.findings)} for id, one in meant.items()},
        )
        if getattr(content, "status", "") == "published":
            title = document.meta["title"].value if "title" in document.meta else ""
            published[document.path] = PublishedPage(str(content.url), title, content.lang, references)
    context["PUBLISHED"] = published
    shown = shelf(run.report, published) if run.project.templates >= _TEMPLATES else None
    context[_SHELF] = shown
    by_page = defaultdict(list)
    for sentence in shown.sentences if shown else ():
        by_page[sentence.page.url].append(sentence)
    for content in contents:
        content.answer = answer(run.document(content.source_path), by_page[str(content.url)])


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
            self._write(writer, treatment.url, "treatment", treatment=treatment)
        site = str(self.settings.get("ABSOLUTE_SITEURL") or self.settings.get("SITEURL", "")).rstrip("/")
        for name, text in (("evidence.json", as_json(shown, site)), ("evidence.csv", as_csv(shown, site))):
            (Path(self.output_path) / name).write_text(text, encoding="utf-8", newline="")

    def _write(self, writer: Any, url: str, template: str, **values: Any) -> None:
        relative = self.settings["RELATIVE_URLS"]
        writer.write_file(f"{url}index.html", self.get_template(template), self.context, relative, **values)


def evidence_generator(pelican: Any) -> type[EvidenceGenerator] | None:
    """The generator, for a site that is being checked."""
    return EvidenceGenerator if run_of(pelican.settings) else None
