"""The claims as a table for spreadsheets: UTF-8, commas, a header line."""

from __future__ import annotations

import csv
import io
from collections import defaultdict

from evidence.model import Claim, Report
from evidence.reports.problems import claims_around
from evidence.spreadsheets import safe_cell
from evidence.targets import cited

COLUMNS = ("id", "path", "line", "column", "status", "kind", "cue", "sentence", "cited", "problems")


def render(report: Report) -> str:
    """One row for each claim, in the order of the report; several keys or rule codes are separated by spaces."""
    keys = _keys(report)
    codes: dict[Claim, list[str]] = defaultdict(list)
    for problem, claim in claims_around(report).items():
        codes[claim].append(problem.code)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for claim in report.claims:
        place = claim.place
        words = (claim.status, claim.kind, claim.cue, claim.sentence, _listed(keys[claim]), _listed(codes[claim]))
        writer.writerow(
            [safe_cell(claim.id), safe_cell(place.path), place.line, place.column, *map(safe_cell, words)]
        )
    return out.getvalue()


def _keys(report: Report) -> dict[Claim, list[str]]:
    """The keys as the author wrote them, with their findings."""
    at: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for document in report.documents:
        for found in cited(document):
            at[document.path, found.block_index, found.cluster].append(found.citation.key)
    return {
        claim: [key for block, number in claim.clusters for key in at[claim.place.path, block, number]]
        for claim in report.claims
    }


def _listed(words: list[str]) -> str:
    return " ".join(dict.fromkeys(words))
