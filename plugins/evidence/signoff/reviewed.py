"""Who reviewed a page, and when: known only if a clinician stands behind every claim of it, as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evidence.model import Ledger, Person, SignOffs, SignState

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


def reviewed(path: str, signoffs: SignOffs, ledger: Ledger | None) -> Reviewed | None:
    """The review of the page at this path; None if there is a claim that is not signed, or none at all."""
    own = [one for one in signoffs.all if one.claim.place.path == path]
    signatures = [one.signature for one in own if one.signature and one.state is SignState.SIGNED]
    if ledger is None or not own or len(signatures) < len(own):
        return None
    people = sorted({ledger.people[one.person].id: ledger.people[one.person] for one in signatures}.items())
    days = sorted(one.date for one in signatures)
    return Reviewed(tuple(person for _, person in people), len(own), days[0], days[-1])


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, ("; ".join(names[:-1]), names[-1])))


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"
