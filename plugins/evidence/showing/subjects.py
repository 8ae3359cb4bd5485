"""What a sentence is about: the treatments and outcomes of the vocabulary that it names, or else its findings do; and where it names a
treatment by a broad word, what kind of it its sources are on: "magnesium" of a trial of magnesium by drip is both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evidence.model import Finding, Vocabulary
from evidence.support.evidence import named
from evidence.vocabulary import broader

COMPARISON = "placebo"
"""What a treatment is compared with is no subject of its own, unless nothing else is named."""


class Subject(NamedTuple):
    """The ids of a treatment and an outcome; "" for none."""

    treatment: str
    outcome: str


def subjects_of(
    words: str, findings: Sequence[Finding], vocabulary: Vocabulary, studied: Iterable[str] = ()
) -> tuple[Subject, ...]:
    """Every pair of a treatment and an outcome of a sentence, in order; at least one pair. `studied` are the treatments that its sources
    are on, as far as its citations tell."""
    treatments = _specific(named(words, "treatment", vocabulary), "treatment", vocabulary)
    if not treatments:
        noted = _specific((id for one in findings for id in one.treatments), "treatment", vocabulary)
        treatments = noted if len(noted) == 1 else ()
    else:
        named_here = frozenset(treatments)
        kinds = (one for one in studied if named_here & broader(one, vocabulary, "treatment"))
        treatments = tuple(sorted(named_here | _most_specific(kinds, vocabulary)))
    outcomes = _specific(named(words, "outcome", vocabulary), "outcome", vocabulary) or _specific(
        (id for one in findings for id in named(one.outcome, "outcome", vocabulary)), "outcome", vocabulary
    )
    return tuple(Subject(one, other) for one in treatments or ("",) for other in outcomes or ("",))


def _most_specific(ids: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(_specific(ids, "treatment", vocabulary)) - {COMPARISON}


def _specific(ids: Iterable[str], kind: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Without what is only a broader name of another: on fluids by drip, not on drips too."""
    known = {id for id in ids if id in vocabulary.terms.get(kind, {})}
    kept = {id for id in known if not any(id in broader(other, vocabulary, kind) for other in known - {id})}
    return tuple(sorted(kept - {COMPARISON} or kept))
