"""The sentence speaks of one treatment, group of people or outcome, and every source it cites of another.

What is known of an antibody says nothing about a vitamin drip, and a trial in adults nothing about children or pregnancy. Cite
a source on the same treatment and the same people, or say that it was another: "In adults, …". Where a sentence says what a
treatment does, the outcome must be one that the cited findings name, and so must every condition and symptom in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Finding, Hit, Rule, Severity, Source, Supported, Vocabulary
from evidence.support.assertion import assertions
from evidence.support.conditions import foreign
from evidence.support.evidence import meet, named, treatments_of
from evidence.support.telling import short

BAD = (
    "Eptinezumab eased pain after an hour [@jones2019fluid].\n",
    "In children, fluids made no difference to pain [@jones2019fluid].\n",
    "Prochlorperazine probably eases nausea [@smith2020#relief].\n",
    "Prochlorperazine probably cures vertigo [@smith2020#relief].\n",
)
GOOD = (
    "Fluids made no difference to pain [@jones2019fluid].\n",
    "In adults in emergency care, salt water by drip made no difference to pain [@jones2019fluid].\n",
)
GROUPS = ("children", "adolescents", "pregnancy", "breastfeeding")
"""Ids of groups of people to whom results in others must not be carried over."""


def check(case: Case) -> Iterator[Hit]:
    vocabulary = case.library.vocabulary
    for one in case.supported:
        if any(rest.source.note is None for rest in one.rests):
            continue
        what = _treatment(one, vocabulary) or _group(one, vocabulary) or _outcome(one, vocabulary) or _condition(one, vocabulary)
        if what:
            fix = "cite a source on it, or say what the source is about"
            yield Hit(one.claim.place, what, fix, key=one.rests[0].source.key, claim=one.claim.id)


def _treatment(one: Supported, vocabulary: Vocabulary) -> str | None:
    ours = named(one.words, "treatment", vocabulary)
    theirs = [_treatments(rest.source, vocabulary) for rest in one.rests]
    if not ours or not any(theirs) or any(meet(ours, those, vocabulary, "treatment") for those in theirs):
        return None
    return _told(one, "treatment", ours, frozenset().union(*theirs), vocabulary)


def _group(one: Supported, vocabulary: Vocabulary) -> str | None:
    ours = {id for id in named(one.words, "population", vocabulary) if id in GROUPS}
    theirs = frozenset().union(*(_groups(rest.source, vocabulary) for rest in one.rests))
    if not ours or meet(ours, theirs, vocabulary, "population"):
        return None
    return _told(one, "population", frozenset(ours), theirs, vocabulary)


def _outcome(one: Supported, vocabulary: Vocabulary) -> str | None:
    """Only where the sentence says what a treatment does: other sentences may name an outcome in passing."""
    if not any(said.direction != "unclear" for said in assertions(one.words)):
        return None
    ours = named(one.words, "outcome", vocabulary)
    findings = [
        finding
        for rest in one.rests
        for finding in (rest.findings if rest.anchored else rest.source.note.findings if rest.source.note else ())
    ]
    theirs = frozenset[str]().union(*(_outcomes(finding, vocabulary) for finding in findings))
    if not ours or not theirs or meet(ours, theirs, vocabulary, "outcome"):
        return None
    return _told(one, "outcome", ours, theirs, vocabulary)


def _condition(one: Supported, vocabulary: Vocabulary) -> str | None:
    """Conditions and symptoms that no vocabulary lists: in the very words that say what a treatment does."""
    record = ". ".join(_record(rest.source) for rest in one.rests)
    for said in assertions(one.words):
        names = foreign(said.clause, record, vocabulary) if said.direction != "unclear" else ()
        if names:
            keys = ", ".join(rest.source.key for rest in one.rests)
            return f'nothing recorded of {keys} is on "{names[0]}": "{short(one.claim.sentence)}"'
    return None


def _record(source: Source) -> str:
    note = source.note
    findings = [f"{one.outcome}. {one.statement} {one.quote}" for one in note.findings] if note else []
    return ". ".join([source.value("title"), note.population if note else "", *findings])


def _outcomes(finding: Finding, vocabulary: Vocabulary) -> frozenset[str]:
    return named(f"{finding.outcome}. {finding.statement} {finding.quote}", "outcome", vocabulary)


def _treatments(source: Source, vocabulary: Vocabulary) -> frozenset[str]:
    note = source.note
    if note is None:
        return frozenset()
    title = named(source.value("title"), "treatment", vocabulary)
    return frozenset(note.treatments).union(title, *(treatments_of(one, vocabulary) for one in note.findings))


def _groups(source: Source, vocabulary: Vocabulary) -> frozenset[str]:
    note = source.note
    texts = [source.value("title"), note.population if note else ""]
    texts += [f"{one.outcome}. {one.statement}" for one in note.findings] if note else []
    return frozenset().union(*(named(text, "population", vocabulary) for text in texts))


def _told(one: Supported, kind: str, ours: frozenset[str], theirs: frozenset[str], vocabulary: Vocabulary) -> str:
    here, there = (_labels(ids, kind, vocabulary) for ids in (ours, theirs))
    keys = ", ".join(rest.source.key for rest in one.rests)
    return f'the sentence is about {here}, {keys} about {there or "others"}: "{short(one.claim.sentence)}"'


def _labels(ids: frozenset[str], kind: str, vocabulary: Vocabulary) -> str:
    terms = vocabulary.terms.get(kind, {})
    return short(", ".join(sorted(terms[id].label if id in terms else id for id in ids)), 80)


RULE = Rule("EV403", "other-treatment", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
