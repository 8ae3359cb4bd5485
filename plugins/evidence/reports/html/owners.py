"""Which problem is whose: the claim that a problem names, or whose words it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping

from evidence.model import Claim, Problem, Report


def problems_of_claims(report: Report) -> Mapping[int, list[Problem]]:
    """By number of a claim, the problems that name it, or that begin within its words."""
    starts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, claim in enumerate(report.claims):
        starts[claim.place.path].append((claim.place.line, claim.place.column, number))
    for places in starts.values():
        places.sort()
    found: dict[int, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        owner = _whose(problem, report.claims, starts.get(problem.place.path, []))
        if owner is not None:
            found[owner].append(problem)
    return found


def _whose(problem: Problem, claims: tuple[Claim, ...], starts: list[tuple[int, int, int]]) -> int | None:
    at = (problem.place.line, problem.place.column)
    here = [number for *_, number in starts if claims[number].id == problem.claim] if problem.claim else []
    if here:
        return next((number for number in here if claims[number].place == problem.place), here[0])
    last = bisect_right(starts, (*at, len(claims))) - 1
    if last < 0:
        return None
    number = starts[last][2]
    place = claims[number].place
    return number if at < (place.end_line, place.end_column) else None
