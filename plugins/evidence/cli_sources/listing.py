"""`evidence sources list`: each source, where it is used, its design and its status. Nobody is asked."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evidence.cli_sources.asking import many, project_of
from evidence.model import Library, Source
from evidence.project import content_files, read_documents, whole_library
from evidence.standing import checked, status
from evidence.targets import cited, target


def run(options: argparse.Namespace) -> int:
    project = project_of(options)
    library = whole_library(project)
    documents = read_documents(project, content_files(project))
    uses: Counter[str] = Counter()
    where: dict[str, set[str]] = {}
    for document in documents:
        for found in cited(document):
            key = target(found.citation.key, library).key
            uses[key] += 1
            where.setdefault(key, set()).add(document.path)
    rows = [
        _row(source, library, uses[source.key], sorted(where.get(source.key, ())))
        for source in library.sources.values()
    ]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        sys.stdout.write(_aligned(rows))
    else:
        sys.stdout.writelines("\t".join(_cells(row)) + "\n" for row in rows)
    return 0


def _row(source: Source, library: Library, uses: int, where: list[str]) -> dict[str, Any]:
    return {
        "key": source.key,
        "cited_by": uses,
        "cited_in": where,
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
    return "-" if number == 0 else many(number, "page")
