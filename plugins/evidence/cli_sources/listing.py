"""`evidence sources list`: each source, where it is cited, its design and its status."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evidence.console import say
from evidence.model import Library, Source
from evidence.project import content_files, load_settings, project_from, read_documents, whole_library
from evidence.standing import checked, status
from evidence.targets import cited, target


def run(options: argparse.Namespace) -> int:
    settings = Path(options.settings)
    project = project_from(load_settings(settings), settings.resolve().parent)
    library = whole_library(project)
    uses: dict[str, Counter[str]] = {}
    for document in read_documents(project, content_files(project)):
        for found in cited(document):
            uses.setdefault(target(found.citation.key, library).key, Counter())[document.path] += 1
    rows = [_row(source, library, uses.get(source.key, Counter())) for source in library.sources.values()]
    if options.format == "json":
        say(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    elif sys.stdout.isatty():
        say(_aligned(rows))
    else:
        say("".join("\t".join(_cells(row)) + "\n" for row in rows))
    return 0


def _row(source: Source, library: Library, uses: Counter[str]) -> dict[str, Any]:
    return {
        "key": source.key,
        "cited_by": uses.total(),
        "cited_in": sorted(uses),
        "design": source.note.design if source.note and source.note.design else None,
        "status": status(source, library.lock),
        "checked": checked(source, library.lock) or None,
    }


def _cells(row: dict[str, Any]) -> list[str]:
    """Key, citations, pages, design, status and its day; `-` for nothing, so that columns stay columns."""
    pages = ",".join(Path(path).stem for path in row["cited_in"])
    cells = (row["key"], str(row["cited_by"]), pages, row["design"], row["status"], row["checked"])
    return [" ".join(str(cell).split()) if cell else "-" for cell in cells]


def _aligned(rows: Sequence[dict[str, Any]]) -> str:
    head = ["source", "cited", "in", "design", "status", "checked"]
    table = [head, *([*cells[:2], _pages(row), *cells[3:]] for row in rows for cells in [_cells(row)])]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    return "".join(
        "  ".join(
            cell.rjust(width) if column == 1 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in table
    )


def _pages(row: dict[str, Any]) -> str:
    number = len(row["cited_in"])
    return "-" if number == 0 else f"{number} page{'' if number == 1 else 's'}"
