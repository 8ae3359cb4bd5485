"""Who reviewed a page, and when: known only if a clinician stands behind every claim of it, as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evidence.model import Ledger, Person, SignOff, SignOffs, SignState

UNREVIEWED = "Not yet reviewed by a clinician"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review of one page: the people in order of the alphabet, the number of its claims, the first and the last day."""

    people: tuple[Person, ...]
    claims: int
    first: str
    last: str

    @property
    def line(self) -> str:
        """In a few words."""
        return f"Reviewed by {_listed([f'{one.name}, {one.credentials}' for one in self.people])}"

    @property
    def detail(self) -> str:
        """The same, with what the review covered, when, and the reviewers' interests. Sentences without the last full stop."""
        days = (
            f"on {_day(self.first)}" if self.first == self.last else f"from {_day(self.first)} to {_day(self.last)}"
        )
        each = "its only claim" if self.claims == 1 else f"each of its {self.claims} claims"
        interests = "; ".join(f"{one.name}: {one.interests}" for one in self.people)
        return f"{self.line}, {days}: {each}, with the sources and findings it rests on. Interests: {interests.rstrip('.')}"


def reviews(signoffs: SignOffs, ledger: Ledger | None) -> dict[str, Reviewed]:
    """By path, the review of each page that has one: of whose claims, at least one, every one is signed."""
    by_page: dict[str, list[SignOff]] = defaultdict(list)
    for one in signoffs.all if ledger else ():
        by_page[one.claim.place.path].append(one)
    return {path: found for path, own in by_page.items() if ledger and (found := _reviewed(own, ledger))}


def _reviewed(own: Sequence[SignOff], ledger: Ledger) -> Reviewed | None:
    signatures = [one.signature for one in own if one.signature and one.state is SignState.SIGNED]
    if len(signatures) < len(own):
        return None
    people = sorted({ledger.people[one.person].id: ledger.people[one.person] for one in signatures}.items())
    days = sorted(one.date for one in signatures)
    return Reviewed(tuple(person for _, person in people), len(own), days[0], days[-1])


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, ("; ".join(names[:-1]), names[-1])))


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"
