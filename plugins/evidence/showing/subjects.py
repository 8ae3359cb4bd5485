"""What a sentence is about: the treatments and outcomes of the vocabulary that it names, as far as its findings are on them; else those of
its findings, or else what it stands under. Where it names a treatment by a broad word, it is also on the kind of it that its sources are
on: "magnesium" of a trial of magnesium by drip is both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evidence.model import Finding, Vocabulary
from evidence.support.evidence import meet, named
from evidence.vocabulary import broader, mentions

COMPARISON = "placebo"
"""What a treatment is compared with is no subject of its own, unless nothing else is named."""
_NOT = re.compile(r"\bnot (?:a|an|of|with|on)\b", re.IGNORECASE)
_AS_PLACEBO = re.compile(r"\s{0,2}\([^()]{0,60}\b(?:placebo|dummy)\b", re.IGNORECASE)


class Subject(NamedTuple):
    """The ids of a treatment and an outcome; "" for none."""

    treatment: str
    outcome: str


def subjects_of(
    words: str,
    findings: Sequence[Finding],
    vocabulary: Vocabulary,
    studied: Iterable[str] = (),
    around: Iterable[str] = (),
) -> tuple[Subject, ...]:
    """Every pair of a treatment and an outcome of a sentence, in order; at least one pair. `studied` are the treatments that its sources
    are on, as far as its citations tell; `around` is what it stands under, the nearest first."""
    treatments = _treatments(words, findings, vocabulary, studied)
    if not treatments:
        near = (_specific(named(text, "treatment", vocabulary), "treatment", vocabulary) for text in around)
        treatments = next(filter(None, near), ())
    outcomes = _outcomes(words, findings, vocabulary)
    return tuple(Subject(one, other) for one in treatments or ("",) for other in outcomes or ("",))


def _treatments(
    words: str, findings: Sequence[Finding], vocabulary: Vocabulary, studied: Iterable[str]
) -> tuple[str, ...]:
    here = named(words, "treatment", vocabulary)
    named_here = frozenset(_specific(here - _compared(findings, vocabulary), "treatment", vocabulary))
    theirs = _specific((id for one in findings for id in one.treatments), "treatment", vocabulary)
    denied = _NOT.search(words) is not None and not meet(named_here, theirs, vocabulary, "treatment")
    if not named_here or (theirs and denied):
        return theirs
    kinds = (one for one in studied if named_here & broader(one, vocabulary, "treatment"))
    return tuple(sorted(named_here | _most_specific(kinds, vocabulary)))


def _compared(findings: Iterable[Finding], vocabulary: Vocabulary) -> frozenset[str]:
    """What the findings name as the placebo alone: "after salt water (placebo)"."""
    found = frozenset(
        use.id
        for one in findings
        for use in mentions(one.statement, vocabulary, "treatment")
        if use.id not in one.treatments and _AS_PLACEBO.match(one.statement, use.end)
    )
    return found - {id for one in findings for id in one.treatments}


def _outcomes(words: str, findings: Sequence[Finding], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Those that the sentence names, but none that its findings are not on: "within minutes" of an allergy is no speed of relief."""
    given = mentions(words, vocabulary, "treatment")
    ours = {
        use.id
        for use in mentions(words, vocabulary, "outcome")
        if not any(one.start <= use.start and use.end <= one.end for one in given)  # an anti-nausea medicine
    }
    results = [one for one in findings if one.effect != "background" or named(one.outcome, "outcome", vocabulary)]
    theirs = [named(one.outcome, "outcome", vocabulary) for one in results]
    if findings and not results:
        return ()
    if theirs and all(theirs):
        every = frozenset().union(*theirs)
        ours = {one for one in ours if meet((one,), every, vocabulary, "outcome")} or set(every)
    return _specific(ours, "outcome", vocabulary)


def _most_specific(ids: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(_specific(ids, "treatment", vocabulary)) - {COMPARISON}


def _specific(ids: Iterable[str], kind: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Without what is only a broader name of another: on fluids by drip, not on drips too."""
    known = {id for id in ids if id in vocabulary.terms.get(kind, {})}
    kept = {id for id in known if not any(id in broader(other, vocabulary, kind) for other in known - {id})}
    return tuple(sorted(kept - {COMPARISON} or kept))
