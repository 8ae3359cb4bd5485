"""Which claim a problem is in or about, and the words it stands on: what stays when lines move."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from evidence.model import Claim, Place, Problem, Report


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


def words_at(place: Place, lines: list[str]) -> str:
    """What stands at the place, on one line."""
    chosen = lines[place.line - 1 : place.end_line]
    if not chosen:
        return ""
    chosen[-1] = chosen[-1][: place.end_column - 1] if len(chosen) == place.end_line - place.line + 1 else chosen[-1]
    chosen[0] = chosen[0][place.column - 1 :]
    return " ".join(" ".join(chosen).split())
