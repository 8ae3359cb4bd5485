"""Which problem is whose: the claim that a problem names, or whose words it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping

from evidence.model import Claim, Place, Problem, Report


def problems_of_claims(report: Report) -> Mapping[int, list[Problem]]:
    """By number of a claim, the problems that name it, or that begin within its words."""
    starts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, claim in enumerate(report.claims):
        starts[claim.place.path].append((claim.place.line, claim.place.column, number))
    for places in starts.values():
        places.sort()
    named: dict[tuple[str, str, Place | None], int] = {}
    for places in starts.values():
        for *_, number in places:
            claim = report.claims[number]
            named.setdefault((claim.place.path, claim.id, claim.place), number)
            named.setdefault((claim.place.path, claim.id, None), number)
    found: dict[int, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        path, id = problem.place.path, problem.claim or ""
        owner = named.get((path, id, problem.place), named.get((path, id, None)))
        if owner is None:
            owner = _around(problem, report.claims, starts.get(path, []))
        if owner is not None:
            found[owner].append(problem)
    return found


def _around(problem: Problem, claims: tuple[Claim, ...], starts: list[tuple[int, int, int]]) -> int | None:
    at = (problem.place.line, problem.place.column)
    last = bisect_right(starts, (*at, len(claims))) - 1
    if last < 0:
        return None
    number = starts[last][2]
    place = claims[number].place
    return number if at < (place.end_line, place.end_column) else None
