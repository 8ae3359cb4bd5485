"""GitLab's Code Quality report: an array of findings. GitLab drops findings that share a fingerprint.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from evidence.model import Problem, Report, Severity
from evidence.reports.problems import fingerprints, told

_SEVERITIES = {Severity.ERROR: "blocker", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """One finding for each problem, in order of place."""
    marks = fingerprints(report)
    findings = [_finding(problem, marks[problem]) for problem in report.problems]
    return json.dumps(findings, ensure_ascii=False, indent=1) + "\n"


def _finding(problem: Problem, mark: str) -> dict[str, Any]:
    place = problem.place
    return {
        "description": f"{problem.code} {told(problem)}",
        "check_name": f"{problem.code} {problem.name}",
        "fingerprint": mark,
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": place.path, "lines": {"begin": place.line, "end": place.end_line}},
    }
