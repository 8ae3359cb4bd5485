"""One card for each claim: what it says, what it rests on, and what is wrong with it. The worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.model import (
    Change,
    Citation,
    Claim,
    Document,
    Finding,
    Library,
    Place,
    Problem,
    Report,
    Rests,
    Severity,
    SignOff,
    SignState,
    Source,
)
from evidence.references import safe_id
from evidence.references.people import label
from evidence.reports.differences import by_claim, remarks
from evidence.reports.html.owners import problems_of_claims
from evidence.support.assertion import Assertion, assertions
from evidence.support.evidence import meet, named, treatments_of
from evidence.targets import target

_WORST = list(Severity)
_JOINT = " … "
_Treatments = Mapping[Finding, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A finding that a claim rests on. `same_treatment` is None if the sentence or the finding names none."""

    finding: Finding
    treatments: tuple[str, ...]
    same_treatment: bool | None


@dataclass(frozen=True, slots=True)
class Support:
    """One citation of a claim. `how` says in words how its `grounds` were chosen; `locator` is the citation's own."""

    key: str
    source: Source | None
    label: str
    anchor: str
    locator: str
    how: str
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One claim, ready to be shown. `anchor` is its id in the page, also if the same sentence stands twice."""

    claim: Claim
    anchor: str
    cues: tuple[str, ...]
    treatments: tuple[str, ...]
    says: tuple[Assertion, ...]
    supports: tuple[Support, ...]
    problems: tuple[Problem, ...]
    change: Change | None = None
    remarks: tuple[str, ...] = ()
    """What happened to it since the revision compared with, and in words where it was and what changed in its sources."""
    signoff: SignOff | None = None

    @property
    def signed_state(self) -> SignState:
        """Whether somebody has signed it."""
        return self.signoff.state if self.signoff else SignState.MISSING

    @property
    def codes(self) -> str:
        """The rules it breaks, for the filter."""
        return " ".join(sorted({problem.code for problem in self.problems}))


def cards_of(report: Report) -> tuple[Card, ...]:
    """The cards of all claims: those with errors first, then with warnings, then by place."""
    problems = problems_of_claims(report)
    documents = {document.path: document for document in report.documents}
    resting = {one.claim: one for one in report.supported}
    treatments = _treatments(report.library)
    seen: Counter[str] = Counter()
    happened = by_claim(report)
    signoffs = {(one.claim.id, one.claim.place): one for one in report.signoffs.all}
    cards = []
    for number, claim in enumerate(report.claims):
        seen[claim.id] += 1
        words = resting[claim].words if claim in resting else claim.sentence
        rests = resting[claim].rests if claim in resting else ()
        ours = named(words, "treatment", report.library.vocabulary)
        cards.append(
            Card(
                claim=claim,
                anchor=f"c-{claim.id}" + (f"-{seen[claim.id]}" if seen[claim.id] > 1 else ""),
                cues=tuple(claim.cue.split(_JOINT)) if claim.cue else (),
                treatments=treatment_names(ours, report.library),
                says=assertions(words),
                supports=tuple(
                    _supports(claim, documents.get(claim.place.path), rests, ours, treatments, report.library)
                ),
                problems=tuple(problems[number]),
                change=(change := happened.get(claim)),
                remarks=remarks(change) if change else (),
                signoff=signoffs.get((claim.id, claim.place)),
            )
        )
    return tuple(sorted(cards, key=_urgency))


def _urgency(card: Card) -> tuple[int, Place]:
    worst = min((_WORST.index(problem.severity) for problem in card.problems), default=len(_WORST))
    return worst, card.claim.place


def treatment_names(ids: Iterable[str], library: Library) -> tuple[str, ...]:
    """The treatments as the vocabulary calls them, in order of the alphabet."""
    terms = library.vocabulary.terms.get("treatment", {})
    return tuple(sorted(terms[id].label if id in terms else id for id in ids))


def _treatments(library: Library) -> _Treatments:
    """By finding, the treatments it is on: looked up once, since many claims rest on the same findings."""
    notes = [source.note for source in library.sources.values() if source.note]
    return {one: treatments_of(one, library.vocabulary) for note in notes for one in note.findings}


# --------------------------------------------------------------------------------------- what it rests on


def _supports(
    claim: Claim,
    document: Document | None,
    rests: tuple[Rests, ...],
    ours: frozenset[str],
    treatments: _Treatments,
    library: Library,
) -> Iterator[Support]:
    remaining = iter(rests)
    for citation in _citations(claim, document):
        aim = target(citation.key, library)
        anchor = f"s-{safe_id(aim.key)}"
        if aim.source is None:
            yield Support(aim.key, None, "", "", _locator(citation), "There is no such source in the bibliography.")
            continue
        rest = next(remaining, None)
        grounds = (
            tuple(_ground(one, ours, treatments[one], library) for one in rest.findings)
            if rest and rest.exact
            else ()
        )
        how = _how(aim.source, rest, aim.finding)
        yield Support(aim.key, aim.source, label(aim.source), anchor, _locator(citation), how, grounds)


def _citations(claim: Claim, document: Document | None) -> Iterator[Citation]:
    for block, number in claim.clusters if document else ():
        assert document is not None
        yield from document.blocks[block].scan.clusters[number].citations


def _locator(citation: Citation) -> str:
    return " ".join(filter(None, (citation.locator_label, citation.locator)))


def _how(source: Source, rest: Rests | None, finding: str | None) -> str:
    known = len(source.note.findings) if source.note else 0
    if not known:
        return "No finding is recorded for this source: read it yourself."
    if rest is None:
        return "What it rests on was not looked up, since the sentence does not count as cited."
    if rest.anchored:
        return (
            "Rests on the finding it points at:"
            if rest.findings
            else f"It points at the finding “{finding}”, which the source's note does not have."
        )
    if rest.exact:
        return "Points at no single finding. Recorded on what the sentence names:"
    return "Points at no single finding, and none that is recorded is on what the sentence names."


def _ground(finding: Finding, ours: frozenset[str], theirs: frozenset[str], library: Library) -> Ground:
    same = meet(ours, theirs, library.vocabulary, "treatment") if ours and theirs else None
    return Ground(finding, treatment_names(theirs, library), same)
