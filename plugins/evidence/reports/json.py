"""The report for programs: schema `evidence-report/1`, see `report.schema.json`. Same input, same bytes."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from evidence import __version__
from evidence.model import Lock, Place, Problem, Report, Severity, Source
from evidence.standing import status
from evidence.targets import cited, target

SCHEMA = "evidence-report/1"


def render(report: Report) -> str:
    """JSON with sorted lists and a line end."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain dictionaries and lists, in the schema's shape."""
    citations = _citations(report)
    return {
        "schema": SCHEMA,
        "generator": {"name": "evidence", "version": __version__},
        "summary": _summary(report, len(citations)),
        "claims": [
            {
                "id": claim.id,
                **_place(claim.place),
                "sentence": claim.sentence,
                "kind": claim.kind,
                "cue": claim.cue,
                "status": claim.status,
            }
            for claim in report.claims
        ],
        "citations": citations,
        "sources": _sources(report),
        "problems": [_problem(problem) for problem in report.problems],
    }


def _summary(report: Report, citations: int) -> dict[str, Any]:
    status = Counter(claim.status for claim in report.claims)
    severity = Counter(problem.severity for problem in report.problems)
    warned = severity[Severity.WARNING] > 0
    return {
        "articles": sum(document.kind != "page" for document in report.documents),
        "claims": len(report.claims),
        "cited": status["cited"],
        "uncited": status["uncited"],
        "exempt": status["exempt"],
        "citations": citations,
        "sources": len(report.library.sources),
        "errors": severity[Severity.ERROR],
        "warnings": severity[Severity.WARNING],
        "notes": severity[Severity.NOTE],
        "verdict": "blocked" if report.failed else "review" if warned else "cleared",
    }


def _citations(report: Report) -> list[dict[str, Any]]:
    claims = _claim_of(report)
    rows = []
    for document in report.documents:
        for found in cited(document):
            aim = target(found.citation.key, report.library)
            place = found.place
            rows.append(
                {
                    "path": document.path,
                    "line": place.line,
                    "column": place.column,
                    "key": aim.key,
                    "finding": aim.finding,
                    "mode": found.citation.mode.value,
                    "prefix": found.citation.prefix,
                    "suffix": found.citation.suffix,
                    "locator_label": found.citation.locator_label,
                    "locator": found.citation.locator,
                    "group": found.group,
                    "claim": claims.get((document.path, found.block_index, found.cluster)),
                }
            )
    return rows


def _claim_of(report: Report) -> dict[tuple[str, int, int], str]:
    """The claim of each cluster: the one it stands in, or else the first that rests on it from elsewhere."""
    found: dict[tuple[str, int, int], str] = {}
    for own in (True, False):
        for claim in report.claims:
            for block, number in claim.clusters:
                if own == (block == claim.block):
                    found.setdefault((claim.place.path, block, number), claim.id)
    return found


def _sources(report: Report) -> list[dict[str, Any]]:
    uses = Counter(
        target(found.citation.key, report.library).key for document in report.documents for found in cited(document)
    )
    return [_source(source, uses[source.key], report.library.lock) for source in report.library.sources.values()]


def _source(source: Source, uses: int, lock: Lock | None) -> dict[str, Any]:
    return {
        "key": source.key,
        "type": source.type,
        "title": source.value("title") or None,
        "year": source.value("year") or None,
        "doi": source.value("doi") or None,
        "pmid": source.value("pmid") or None,
        "url": source.value("url") or None,
        "design": source.note.design if source.note and source.note.design else None,
        "status": status(source, lock),
        "cited_by": uses,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity.value,
        "message": problem.message,
        **_place(problem.place),
        "claim": problem.claim,
        "key": problem.key,
        "fix": problem.fix,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
