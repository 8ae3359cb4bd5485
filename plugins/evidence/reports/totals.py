"""The report in sum: the counts that all formats show, and the one line that tells what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from evidence.model import Brief, Problem, Report, Severity, SignState
from evidence.targets import cited


def totals(report: Report) -> dict[str, Any]:
    """The counts and the verdict, as the contract of the JSON report names them."""
    status = Counter(claim.status for claim in report.claims)
    counts = {
        "articles": sum(document.kind != "page" for document in report.documents),
        "claims": len(report.claims),
        "cited": status["cited"],
        "uncited": status["uncited"],
        "exempt": status["exempt"],
        "citations": sum(1 for document in report.documents for _ in cited(document)),
        "sources": len(report.library.sources),
    }
    return {**counts, **_verdict(report.problems, report.failed)}


def brief_totals(brief: Brief) -> dict[str, Any]:
    """The same of a report in sum."""
    return {**brief.counts, **_verdict(brief.problems, brief.failed)}


def _verdict(problems: Iterable[Problem], failed: bool) -> dict[str, Any]:
    severity = Counter(problem.severity for problem in problems)
    return {
        "errors": severity[Severity.ERROR],
        "warnings": severity[Severity.WARNING],
        "notes": severity[Severity.NOTE],
        "verdict": "blocked" if failed else "review" if severity[Severity.WARNING] else "cleared",
    }


def extras(report: Report) -> list[str]:
    """What is told besides where there is such a thing: how many claims are signed, and the size of the baseline."""
    told = []
    if report.ledger and report.ledger.begun:
        states = Counter(one.state for one in report.signoffs.all)
        worse = [f"{states[one]:,} {one.value}" for one in (SignState.LAPSED, SignState.REJECTED, SignState.VOID)]
        named = ", ".join(text for text in worse if not text.startswith("0 "))
        told.append(f"signed: {states[SignState.SIGNED]:,} of {states.total():,}{f', {named}' if named else ''}")
    if report.baseline:
        passed = sum(one.baselined for one in report.problems)
        idle = sum(one.number for one in report.baseline.idle)
        told.append(f"baseline: {counted(passed, 'problem')}{f', {idle:,} idle' if idle else ''}")
    return told


def verdict_line(report: Report) -> str:
    """Verdict, problems, claims by status, sources: all a reviewer needs to know whether to read on."""
    sums = totals(report)
    problems = ", ".join(counted(sums[f"{severity}s"], severity) for severity in Severity)
    claims = ", ".join(f"{sums[status]:,} {status}" for status in ("cited", "uncited", "exempt"))
    return (
        f"{sums['verdict'].upper()} – {problems} · {counted(len(report.documents), 'file')} · "
        f"{counted(sums['claims'], 'claim')}: {claims} · {counted(sums['citations'], 'citation')}, "
        f"{counted(sums['sources'], 'source')}{''.join(f' · {one}' for one in extras(report))}"
    )


def counted(number: int, noun: str) -> str:
    """`1 claim`, `1,234 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
