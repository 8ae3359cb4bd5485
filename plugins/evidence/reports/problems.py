"""What several formats ask of a problem: how bad it is beside others, which claim it is in, what marks it as the same."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate

from evidence.model import Claim, Place, Problem, Report, Severity
from evidence.reports.differences import NEWS, by_claim


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


def claims_around(report: Report) -> dict[Problem, Claim]:
    """The claim that each problem stands in or is about. Problems of no claim are left out."""
    by_file: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(report.claims, key=lambda claim: claim.place):
        by_file[claim.place.path].append(claim)
    files = {path: _File(claims) for path, claims in by_file.items()}
    found = {}
    for problem in report.problems:
        around = list(files[problem.place.path].around(problem.place)) if problem.place.path in files else []
        own = [claim for claim in around if claim.id == problem.claim] or around
        if own:
            found[problem] = own[0]
    return found


class _File:
    """The claims of one file in order of place. A look-up stops where no earlier claim reaches far enough."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._starts = [(claim.place.line, claim.place.column) for claim in claims]
        self._ends = [(claim.place.end_line, claim.place.end_column) for claim in claims]
        self._furthest = list(accumulate(self._ends, max))

    def around(self, place: Place) -> Iterator[Claim]:
        """The claims that hold the place's beginning, the narrowest first."""
        at = (place.line, place.column)
        for index in range(bisect_right(self._starts, at) - 1, -1, -1):
            if self._furthest[index] <= at:
                return
            if self._ends[index] > at:
                yield self._claims[index]


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
    words = _words(problem.place, lines.get(problem.place.path, [])) or problem.message
    return (problem.code, problem.place.path, problem.key or "", words)


def _words(place: Place, lines: list[str]) -> str:
    """What stands at the place, on one line."""
    chosen = lines[place.line - 1 : place.end_line]
    if not chosen:
        return ""
    chosen[-1] = chosen[-1][: place.end_column - 1] if len(chosen) == place.end_line - place.line + 1 else chosen[-1]
    chosen[0] = chosen[0][place.column - 1 :]
    return " ".join(" ".join(chosen).split())
