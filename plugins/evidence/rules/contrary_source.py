"""A source in the library finds otherwise on the same treatment and outcome, and the article cites it nowhere.

Citing only what agrees is how honest sources make a false page. Cite the contrary source as well and say that studies disagree,
or leave it out for a reason a reviewer would accept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from evidence.model import Case, Finding, Hit, Library, Rule, Severity, Source, Supported, Vocabulary
from evidence.support.assertion import Assertion, assertions
from evidence.support.evidence import meet, named
from evidence.support.telling import beside, short
from evidence.support.terms import GENERAL
from evidence.targets import target

BAD = (
    "In one trial of 80 people, magnesium drips eased pain [@lee2021#pain].\n",
    "IV magnesium may ease pain [@lee2021#pain].\n",
    "Magnesium drips eased pain in one trial [@lee2021#pain]. Another was a trial of magnesium drips, too [@smith2021].\n",
)
GOOD = (
    "Magnesium drips eased pain in one trial [@lee2021#pain]. In another they made no difference to pain [@smith2021#pain].\n",
    "At 60 minutes, fluids made no difference to pain [@jones2019fluid#pain-60min].\n",
)
COMPARES = re.compile(
    r"\b(?:than|against|versus|vs|compared with|as (?:many|much|often|likely|well))\b", re.IGNORECASE
)
CONTRARY = {"benefit": ("no difference", "harm"), "no difference": ("benefit", "harm"), "harm": ("benefit",)}


def check(case: Case) -> Iterator[Hit]:
    told: set[tuple[str, str]] = set()
    by_path: dict[str, list[Supported]] = {}
    for one in case.supported:
        by_path.setdefault(one.document.path, []).append(one)
    known_by = {path: _told(ones, case) for path, ones in by_path.items()}
    for one in case.supported:
        path = one.document.path
        known = known_by[path]
        left_out = {
            key: number
            for said in assertions(one.words)
            for key, number in _contrary(one, said, case).items()
            if key not in known and (path, key) not in told
        }
        if left_out:
            told |= {(path, key) for key in left_out}
            source, finding = _pair(*next(iter(left_out.items())), case.library)
            others = f"; so did {_listed(list(left_out)[1:])}" if len(left_out) > 1 else ""
            what = f'"{short(one.shown)}" leaves out a source that found otherwise: {beside(source, finding)}'
            fix = f"cite [@{source.key}#{finding.id}] too, and say that they disagree"
            yield Hit(one.claim.place, what + others, fix, source.key, one.claim.id)


def _listed(keys: list[str]) -> str:
    return ", ".join(keys[:4]) + (f" and {len(keys) - 4} more" if len(keys) > 4 else "")


def _told(ones: Sequence[Supported], case: Case) -> frozenset[str]:
    """The sources whose results one document tells. Naming a source for who took part, or for its design, tells no result."""
    listed = {target(key, case.library).key for key, _ in ones[0].document.nocite}
    rested = {
        rest.source.key
        for one in ones
        for rest in one.rests
        if assertions(one.words) or (rest.points and any(found.effect != "background" for found in rest.findings))
    }
    return frozenset(listed | rested)


def _pair(key: str, number: int, library: Library) -> tuple[Source, Finding]:
    source = library.sources[key]
    assert source.note  # the index has none but findings of notes
    return source, source.note.findings[number]


def _contrary(one: Supported, said: Assertion, case: Case) -> Mapping[str, int]:
    """Findings of other sources on the very treatments and outcomes that the claim's own findings are on: key of the source, number
    in its note."""
    vocabulary = case.library.vocabulary
    ours = [finding for _, finding in one.findings if finding.effect != "background"]
    treatments = named(one.words, "treatment", vocabulary) & {id for finding in ours for id in finding.treatments}
    outcomes = named(one.words, "outcome", vocabulary)
    people = named(one.words, "population", vocabulary) - GENERAL
    if not (treatments and outcomes):
        return {}
    index, known = _index(case.library)
    compared = len(treatments) > 1 and (said.direction == "no difference" or COMPARES.search(one.words) is not None)
    question = said.direction, treatments, outcomes, people
    if question not in known:
        if len(known) == _MOST:
            known.clear()
        known[question] = _answer(question, index, case.library)
    if compared:
        return {
            key: number
            for key, number in known[question].items()
            if _names_all(treatments, key, number, case.library)
        }
    return known[question]


def _names_all(treatments: frozenset[str], key: str, number: int, library: Library) -> bool:
    """True if a finding is on all of them: that one of two did better than a third says nothing on the two."""
    _, finding = _pair(key, number, library)
    return treatments <= named(finding.statement, "treatment", library.vocabulary)


_Question = tuple[str, frozenset[str], frozenset[str], frozenset[str]]
"""What is said to happen, with which treatments, to which outcomes, in whom."""
_MOST = 200
"""So many answers are kept: of thousands of sources, each has hundreds in it, and many claims ask the same."""


def _answer(question: _Question, index: _Index, library: Library) -> dict[str, int]:
    direction, treatments, outcomes, people = question
    near = {
        number: pair
        for effect in CONTRARY.get(direction, ())
        for treatment in treatments
        for outcome in outcomes
        for number, pair in index.get((effect, treatment, outcome), ())
    }
    pairs = (pair for _, pair in sorted(near.items()))
    return {key: number for key, number in pairs if not people or _meets(people, key, library)}


def _meets(people: frozenset[str], key: str, library: Library) -> bool:
    return meet(people, _people(library.sources[key], library.vocabulary), library.vocabulary, "population")


_Index = dict[tuple[str, str, str], list[tuple[int, tuple[str, int]]]]
"""By effect, treatment and outcome the findings, numbered in the order of the library: key of the source, number in its note."""
_Answers = dict[_Question, dict[str, int]]
_LAST: list[tuple[Library, _Index, _Answers]] = []


def _index(library: Library) -> tuple[_Index, _Answers]:
    """The index of a library, and what was asked of it before; those of the last one are kept at hand."""
    if not (_LAST and _LAST[0][0] is library):
        _LAST[:] = [(library, library.remembered("findings", lambda: _made(library)), {})]
    return _LAST[0][1:]


def _made(library: Library) -> _Index:
    found: _Index = {}
    noted = ((source.key, source.note) for source in library.sources.values() if source.note)
    pairs = ((key, number, finding) for key, note in noted for number, finding in enumerate(note.findings))
    for count, (key, number, finding) in enumerate(pairs):
        for treatment in dict.fromkeys(finding.treatments):
            for outcome in sorted(named(finding.outcome, "outcome", library.vocabulary)):
                found.setdefault((finding.effect, treatment, outcome), []).append((count, (key, number)))
    return found


def _people(source: Source, vocabulary: Vocabulary) -> frozenset[str]:
    return named(
        f"{source.value('title')}. {source.note.population if source.note else ''}", "population", vocabulary
    )


RULE = Rule(
    "EV406",
    "contrary-source",
    Severity.WARNING,
    "document",
    check,
    __doc__,
    BAD,
    GOOD,
    unless=("EV402", "EV403", "EV407"),
)
