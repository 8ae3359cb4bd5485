"""The sign-offs for people: which lapsed and why, what was rejected, and how far each article is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.changes.words import difference
from evidence.model import Person, Report, Signature, SignOff, SignState, Words
from evidence.reports.html.cards import Card
from evidence.signoff.reviewed import Reviewed, reviews


@dataclass(frozen=True, slots=True)
class Shown:
    """One sign-off with the card of its claim. `words` are the whole sentence if it has other words now."""

    signoff: SignOff
    card: Card
    person: Person | None
    words: tuple[Words, ...]

    @property
    def why(self) -> str:
        """What changed since it was signed, in words."""
        return "; ".join([*(["the words"] if self.words else []), *self.signoff.sources, *self.signoff.context])

    @property
    def signature(self) -> Signature:
        assert self.signoff.signature is not None
        return self.signoff.signature


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an article is: its claims by state, and who reviewed it if all are signed."""

    path: str
    claims: int
    states: Counter[str]
    line: str


@dataclass(frozen=True, slots=True)
class Signing:
    """All there is to show; `begun` is false where nobody has signed anything yet."""

    begun: bool
    lapsed: tuple[Shown, ...]
    rejected: tuple[Shown, ...]
    gone: tuple[Signature, ...]
    articles: tuple[Progress, ...]


def signing_of(report: Report, cards: Sequence[Card]) -> Signing:
    """The report's sign-offs, in order of place."""
    by_claim = {(card.claim.id, card.claim.place): card for card in cards}
    shown: dict[SignState, list[Shown]] = {state: [] for state in SignState}
    states: dict[str, Counter[str]] = {}
    for one in report.signoffs.all:
        claim = one.claim
        states.setdefault(claim.place.path, Counter())[one.state.value] += 1
        card = by_claim.get((claim.id, claim.place))
        if card and one.signature:
            person = report.ledger.people.get(one.signature.person) if report.ledger else None
            words = difference(one.signature.sentence, claim.sentence)
            shown[one.state].append(Shown(one, card, person, words))
    known = reviews(report.signoffs, report.ledger)
    return Signing(
        begun=report.ledger is not None and report.ledger.begun,
        lapsed=tuple(shown[SignState.LAPSED]),
        rejected=tuple(shown[SignState.REJECTED]),
        gone=report.signoffs.gone,
        articles=tuple(_progress(path, found, known.get(path)) for path, found in sorted(states.items())),
    )


def _progress(path: str, states: Counter[str], review: Reviewed | None) -> Progress:
    return Progress(path, states.total(), states, review.line if review else "")
