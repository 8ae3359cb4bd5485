"""The evidence of the site for other programs: JSON, and CSV for spreadsheets. The same site gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.model import Report
from evidence.showing import Basis, PublishedPage, Sentence, Shelf
from evidence.showing.words import reader_words
from evidence.spreadsheets import safe_cell

COLUMNS = (
    *("id", "sentence", "kind", "page", "title", "treatments", "outcomes"),
    *("source", "design", "participants", "finding", "outcome", "effect", "statement", "locator"),
)


def as_json(shelf: Shelf, site: str) -> str:
    """All sentences with their sources and findings, in the order of the pages. `site` is the site's address."""
    listed = [_sentence(one, site) for one in shelf.sentences]
    return json.dumps({"version": 1, "claims": listed}, ensure_ascii=False, indent=1) + "\n"


def _sentence(one: Sentence, site: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "sentence": one.words,
        "kind": one.kind,
        "page": f"{site}/{one.url}",
        "title": one.page.title,
        "treatments": _named(one, 0),
        "outcomes": _named(one, 1),
        "sources": [_basis(basis, site) for basis in one.bases],
    }


def _named(one: Sentence, part: int) -> list[str]:
    return list(dict.fromkeys(subject[part] for subject in one.subjects if subject[part]))


def _basis(basis: Basis, site: str) -> dict[str, Any]:
    note = basis.source.note
    return {
        "key": basis.key,
        "name": basis.label,
        "page": f"{site}/{basis.url}",
        "design": note.design if note else "",
        "participants": note.participants if note else None,
        "findings": [
            {name: getattr(one, name) for name in ("id", "outcome", "effect", "statement", "locator")}
            for one in basis.findings
        ],
    }


def all_claims(report: Report, pages: Mapping[str, PublishedPage], shelf: Shelf | None, site: str) -> str:
    """Every claim of the published pages as JSON: what it says, where, of what kind, and the keys of its sources.

    A claim without a source is one that its editor has exempted, and says so; one of a front matter has the page's address.
    """
    cited = {one.id: one for one in shelf.sentences} if shelf else {}
    listed = [
        {
            "id": one.id,
            "sentence": reader_words(one.sentence, report.library),
            "kind": one.kind,
            "status": one.status,
            "page": f"{site}/{cited[one.id].url if one.id in cited else page.url}",
            "sources": [basis.key for basis in cited[one.id].bases] if one.id in cited else [],
        }
        for one in report.claims
        if (page := pages.get(one.place.path)) and one.status != "uncited"
    ]
    return json.dumps({"version": 1, "claims": listed}, ensure_ascii=False, indent=1) + "\n"


def as_csv(shelf: Shelf, site: str) -> str:
    """One row for each finding a sentence rests on, or for its source where the citation settles no finding."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in shelf.sentences:
        for row in _rows(_sentence(one, site)):
            writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _rows(one: dict[str, Any]) -> Iterator[list[str | int | None]]:
    start = [one[name] for name in ("id", "sentence", "kind", "page", "title")]
    start += [" ".join(one["treatments"]), " ".join(one["outcomes"])]
    for basis in one["sources"]:
        for finding in basis["findings"] or [{}]:
            told = [finding.get(name, "") for name in ("id", "outcome", "effect", "statement", "locator")]
            yield [*start, basis["key"], basis["design"], basis["participants"], *told]
