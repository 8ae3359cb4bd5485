"""Reviewdog's diagnostic format, with suggestions a reviewer accepts by one click.

Its columns count bytes of UTF-8 from 1, not characters.
https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from evidence.model import Place, Problem, Report, Severity
from evidence.reports.problems import told

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report) -> str:
    """One diagnostic for each problem, in order of place."""
    lines = {path: text.split("\n") for path, text in report.texts.items()}
    data = {
        "source": {"name": "evidence"},
        "diagnostics": [_diagnostic(problem, lines) for problem in report.problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(problem: Problem, lines: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    where = _range(problem.place, lines.get(problem.place.path, ()))
    diagnostic: dict[str, Any] = {
        "message": told(problem),
        "location": {"path": problem.place.path, "range": where},
        "severity": _SEVERITIES[problem.severity],
        "code": {"value": problem.code},
    }
    if problem.replacements:
        diagnostic["suggestions"] = [{"range": where, "text": words} for words in problem.replacements]
    return diagnostic


def _range(place: Place, lines: Sequence[str]) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": place.line, "column": _bytes_before(place.line, place.column, lines)},
        "end": {"line": place.end_line, "column": _bytes_before(place.end_line, place.end_column, lines)},
    }


def _bytes_before(line: int, column: int, lines: Sequence[str]) -> int:
    """The column in bytes; a line that is not at hand counts as one byte a character."""
    text = lines[line - 1] if 1 <= line <= len(lines) else ""
    beyond = max(0, column - 1 - len(text))
    return len(text[: column - 1].encode("utf-8", "surrogatepass")) + beyond + 1
