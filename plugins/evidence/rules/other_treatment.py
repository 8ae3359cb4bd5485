"""The sentence speaks of one treatment, group of people or outcome, and every source it cites of another.

What is known of an antibody says nothing about a vitamin drip, and a trial in adults nothing about children or pregnancy. Cite
a source on the same treatment and the same people, or say that it was another: "In adults, …". Where a sentence says what a
treatment does, every outcome, condition and symptom in it must be one that the cited findings name; the figure of a cell is on the outcome
that the head of its column, the label of its row or the caption names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.model import Case, Hit, Rule, Severity, Supported, Vocabulary
from evidence.support.antecedents import resolved
from evidence.support.assertion import stated
from evidence.support.bodies import foreign_body
from evidence.support.cells import other_outcome_in_cells
from evidence.support.conditions import foreign
from evidence.support.evidence import meet, named, named_in
from evidence.support.siblings import of_a_sibling
from evidence.support.specifics import foreign as specific
from evidence.support.specifics import is_recorded_route
from evidence.support.telling import short
from evidence.support.terms import asserted, foreign_people, other_outcome, other_people, read, unnamed

BAD = (
    "Eptinezumab eased pain after an hour [@jones2019fluid].\n",
    "In children, fluids made no difference to pain [@jones2019fluid].\n",
    "Prochlorperazine probably eases nausea [@smith2020#relief].\n",
    "Prochlorperazine probably cures vertigo [@smith2020#relief].\n",
    "| Drip | Less nausea |\n|---|---|\n| Prochlorperazine | 4.5 points [@smith2020#relief] |\n",
)
GOOD = (
    "Fluids made no difference to pain [@jones2019fluid].\n",
    "In adults in emergency care, salt water by drip made no difference to pain [@jones2019fluid].\n",
)
ADVICE = re.compile(r"\W*(?:call|tell|ask|get|go|seek|watch|look|see|stop|bring|say|check)\b", re.IGNORECASE)
"""Advice lists what the source calls by one name."""
GROUPS = ("children", "adolescents", "pregnancy", "breastfeeding")
"""Ids of groups of people to whom results in others must not be carried over."""


def check(case: Case) -> Iterator[Hit]:
    vocabulary = case.library.vocabulary
    for one in case.supported:
        if any(rest.source.note is None for rest in one.rests):
            continue
        what = next(filter(None, (look(one, vocabulary) for look in LOOKS)), None)
        if what:
            fix = "cite a source on it, or say what the source is about"
            yield Hit(one.claim.place, what, fix, key=one.rests[0].source.key, claim=one.claim.id)


def _treatment(one: Supported, vocabulary: Vocabulary) -> str | None:
    ours, theirs = unnamed(one, "treatment", vocabulary)
    ours = frozenset(id for id in ours if not is_recorded_route(id, one.words, one.rests, vocabulary))
    if not ours and (words := resolved(one, vocabulary)):
        ours, theirs = unnamed(replace(one, words=words), "treatment", vocabulary)
        ours -= named(one.words, "treatment", vocabulary)  # what stands in the sentence itself was looked at
        ours = frozenset(id for id in ours if not is_recorded_route(id, words, one.rests, vocabulary))
    return _told(one, "treatment", ours, theirs, vocabulary) if ours else None


def _group(one: Supported, vocabulary: Vocabulary) -> str | None:
    ours = {id for id in named(one.words, "population", vocabulary) if id in GROUPS}
    theirs = named_in(read(one.rests), "population", vocabulary) if ours else frozenset()
    if ours and not meet(ours, theirs, vocabulary, "population"):
        return _told(one, "population", frozenset(ours), theirs, vocabulary)
    here, there = other_people(one, vocabulary)
    if not here:
        here, there = foreign_people(one, vocabulary)
    return _told(one, "population", here, there, vocabulary) if here else None


def _outcome(one: Supported, vocabulary: Vocabulary) -> str | None:
    ours, theirs = unnamed(one, "outcome", vocabulary)
    if not ours:
        ours, theirs = other_outcome(one, vocabulary)
    if not ours:
        ours, theirs = other_outcome_in_cells(one, vocabulary)
    return _told(one, "outcome", ours, theirs, vocabulary) if ours else None


def _condition(one: Supported, vocabulary: Vocabulary) -> str | None:
    """Conditions and symptoms that no vocabulary lists: in the very words that say what happens."""
    recorded = read(one.rests)
    pointed = all(rest.anchored for rest in one.rests)
    for clause in (one.words,) if pointed and not ADVICE.match(one.words) else stated(one.words):
        if names := foreign(clause, recorded, vocabulary):
            keys = ", ".join(rest.source.key for rest in one.rests)
            return f'nothing recorded of {keys} is on "{names[0]}": "{short(one.shown)}"'
    return None


def _headache(one: Supported, vocabulary: Vocabulary) -> str | None:
    """Migraine, where nothing that is pointed at, nor the source's title or its people, is on more than headache."""
    if not all(rest.anchored for rest in one.rests) or "headache" in one.words.lower():
        return None
    if "migraine" not in asserted(one.words, "population", vocabulary):
        return None
    sources = [
        text
        for rest in one.rests
        for text in (rest.source.value("title"), rest.source.note.population if rest.source.note else "")
    ]
    found = [text for _, finding in one.findings for text in (finding.outcome, finding.statement, finding.quote)]
    on_it = any("migraine" in text.lower() for text in (*sources, *found))
    if on_it or not any("headache" in text.lower() for text in found):
        return None
    keys = ", ".join(rest.source.key for rest in one.rests)
    return f'the sentence is about migraine, {keys} about headache: "{short(one.shown)}"'


def _sibling(one: Supported, vocabulary: Vocabulary) -> str | None:
    """The figure of one finding told of the outcome of another of the same source."""
    for rest in one.rests if len(one.rests) == 1 else ():
        if rest.anchored and (other := of_a_sibling(one.words, rest)):
            return f'the figure is of {rest.source.key}#{rest.findings[0].id}, and "{other[0]}" of #{other[1].id}: "{short(one.shown)}"'
    return None


def _specific(one: Supported, vocabulary: Vocabulary) -> str | None:
    """Who took part and how it was given, in words that no vocabulary lists."""
    for section in ("people", "route", "dose"):
        if words := specific(section, one.words, one.rests, vocabulary):
            keys = ", ".join(rest.source.key for rest in one.rests)
            return f'nothing recorded of {keys} says "{words}": "{short(one.shown)}"'
    return None


def _body(one: Supported, vocabulary: Vocabulary) -> str | None:
    """A society or authority that the source is not from."""
    name = foreign_body(one.words, one.rests)
    keys = ", ".join(rest.source.key for rest in one.rests)
    return f'nothing recorded of {keys} is from "{name}": "{short(one.shown)}"' if name else None


def _told(one: Supported, kind: str, ours: frozenset[str], theirs: frozenset[str], vocabulary: Vocabulary) -> str:
    here, there = (_labels(ids, kind, vocabulary) for ids in (ours, theirs))
    keys = ", ".join(rest.source.key for rest in one.rests)
    return f'the sentence is about {here}, {keys} about {there or "others"}: "{short(one.shown)}"'


def _labels(ids: frozenset[str], kind: str, vocabulary: Vocabulary) -> str:
    terms = vocabulary.terms.get(kind, {})
    return short(", ".join(sorted(terms[id].label if id in terms else id for id in ids)), 80)


LOOKS = (_treatment, _group, _outcome, _condition, _headache, _sibling, _specific, _body)
RULE = Rule("EV403", "other-treatment", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
