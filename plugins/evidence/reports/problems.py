"""What several formats ask of a problem: how bad it is beside others, which claim it is in, what marks it as the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from evidence.identity import claims_around, words_at
from evidence.model import Claim, Problem, Report, Severity
from evidence.reports.differences import NEWS, by_claim

__all__ = ["claims_around", "fingerprints", "told", "worst_first"]


def worst_first(report: Report) -> list[Problem]:
    """Errors, then warnings, then notes; of each first those of claims that are new or changed, then in order of place."""
    order = list(Severity)
    news = by_claim(report)
    fresh = {
        problem
        for problem, claim in (claims_around(report) if news else {}).items()
        if claim in news and news[claim].kind in NEWS
    }
    return sorted(report.problems, key=lambda problem: (order.index(problem.severity), problem not in fresh))


def told(problem: Problem) -> str:
    """What is wrong and how to mend it, in one line."""
    return f"{problem.message}; {problem.fix}" if problem.fix else problem.message


def fingerprints(report: Report) -> dict[Problem, str]:
    """By problem, 40 hexadecimal digits that stay when lines move: unique within the report.

    They are made of the rule and the claim, so that a claim that moves to another article keeps them; where there is no
    claim, of the rule, the file and the very words. Of equal ones each further one gets the next number.
    """
    around = claims_around(report)
    lines = {path: text.split("\n") for path, text in report.texts.items()}
    seen: Counter[tuple[str, ...]] = Counter()
    marks = {}
    for problem in report.problems:
        identity = _identity(problem, around.get(problem), lines)
        seen[identity] += 1
        marks[problem] = sha256("\0".join((*identity, str(seen[identity]))).encode()).hexdigest()[:40]
    return marks


def _identity(problem: Problem, claim: Claim | None, lines: Mapping[str, list[str]]) -> tuple[str, ...]:
    about = problem.claim or (claim.id if claim else None)
    if about:
        return (problem.code, about, problem.key or "")
    words = words_at(problem.place, lines.get(problem.place.path, [])) or problem.message
    return (problem.code, problem.place.path, problem.key or "", words)
