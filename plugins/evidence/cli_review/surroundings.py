"""What a reviewer must see besides a claim: what the checks say of it, the sentence before it, and why it has no source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evidence.carrying import carries
from evidence.coverage import FRONT
from evidence.exemptions import holding
from evidence.identity import claims_around
from evidence.model import Claim, Problem, Report
from evidence.passages import sentences_of

_SIGNING = "EV7"


class Surroundings:
    """The surroundings of the claims of one report, looked up once."""

    def __init__(self, report: Report) -> None:
        self._documents = {one.path: one for one in report.documents}
        self._problems: dict[tuple[str, str], list[Problem]] = defaultdict(list)
        for problem, claim in claims_around(report).items():
            if not problem.code.startswith(_SIGNING):
                self._problems[claim.place.path, claim.id].append(problem)
        self._cited: dict[str, list[Claim]] = defaultdict(list)
        for claim in report.claims:
            if claim.status == "cited" and claim.where not in FRONT:
                self._cited[claim.place.path].append(claim)

    def problems(self, claim: Claim) -> tuple[Problem, ...]:
        """What the checks say of the claim, wherever its sentence stands in the article; nothing of its sign-off."""
        return tuple(self._problems.get((claim.place.path, claim.id), ()))

    def before(self, claim: Claim) -> str:
        """The sentence before it in its paragraph, or nothing."""
        document = self._documents.get(claim.place.path)
        if document is None or claim.block < 0 or claim.where != "text":
            return ""
        earlier = [one.words for one in sentences_of(document.blocks[claim.block]) if one.start < claim.start]
        return earlier[-1] if earlier else ""

    def reasons(self, claim: Claim) -> tuple[str, ...]:
        """Why it needs no source of its own: whom it repeats, or the reason of its exemption."""
        return tuple(self._reasons(claim))

    def _reasons(self, claim: Claim) -> Iterator[str]:
        path = claim.place.path
        document = self._documents.get(path)
        if claim.status == "exempt" and document:
            yield from (f"exempt from {one.code}: {one.reason}" for one in holding(document, claim.place))
        elif claim.where in FRONT:
            for other in self._cited[path]:
                if carries(other.sentence, claim.sentence):
                    yield f"the {claim.where} repeats {other.place.line}:{other.place.column} ({other.id}): {other.sentence}"
