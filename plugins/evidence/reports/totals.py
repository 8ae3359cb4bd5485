"""The report in sum: the counts that all formats show, and the one line that tells what follows from them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from evidence.model import Report, Severity
from evidence.targets import cited


def totals(report: Report) -> dict[str, Any]:
    """The counts and the verdict, as the contract of the JSON report names them."""
    status = Counter(claim.status for claim in report.claims)
    severity = Counter(problem.severity for problem in report.problems)
    warned = severity[Severity.WARNING] > 0
    return {
        "articles": sum(document.kind != "page" for document in report.documents),
        "claims": len(report.claims),
        "cited": status["cited"],
        "uncited": status["uncited"],
        "exempt": status["exempt"],
        "citations": sum(1 for document in report.documents for _ in cited(document)),
        "sources": len(report.library.sources),
        "errors": severity[Severity.ERROR],
        "warnings": severity[Severity.WARNING],
        "notes": severity[Severity.NOTE],
        "verdict": "blocked" if report.failed else "review" if warned else "cleared",
    }


def verdict_line(report: Report) -> str:
    """Verdict, problems, claims by status, sources: all a reviewer needs to know whether to read on."""
    sums = totals(report)
    problems = ", ".join(counted(sums[f"{severity}s"], severity) for severity in Severity)
    claims = ", ".join(f"{sums[status]:,} {status}" for status in ("cited", "uncited", "exempt"))
    return (
        f"{sums['verdict'].upper()} – {problems} · {counted(len(report.documents), 'file')} · "
        f"{counted(sums['claims'], 'claim')}: {claims} · {counted(sums['citations'], 'citation')}, "
        f"{counted(sums['sources'], 'source')}"
    )


def counted(number: int, noun: str) -> str:
    """`1 claim`, `1,234 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
