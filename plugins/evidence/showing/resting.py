"""Which findings of its sources a sentence tells, also where its citation names a whole source.

The check takes a sentence that points at no finding to rest on all those on its treatment and outcome, which may be many. For readers
one of them is shown only if the sentence tells it: its figures stand there, or the words by which the findings of the source differ.
Where that leaves it open, none is shown.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from evidence.kept import Kept, kept
from evidence.model import Finding, Rests, Source, Supported, Vocabulary
from evidence.showing.leaning import before
from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures
from evidence.support.subject import stems
from evidence.vocabulary import mentions

_FIGURE = 1.5
"""A figure tells as much as so many words."""
_BEFORE = 0.3
"""What a word tells of the sentence before one that leans on it."""
_ON_SUBJECT = 1.2
"""A finding on the treatment and outcome that the sentence names weighs so much more."""
_LEAST, _LEAST_PART = 1.0, 0.2
"""What a finding must weigh, and the part of the sentence's words and figures that it must have."""
_CLEARLY = 0.75
"""A finding is told if no other has more than this part of its weight."""
_SECOND = 0.4
"""A second one is told too if what the sentence says besides weighs so much of the first."""
_MOST = 3
_UNITS = frozenset({"time", "month", "mass", "volume", "money"})

_YEAR = re.compile(r"(?:19|20)\d\d")

_Sign = str | Figure
"""A word or a figure by which a finding is known."""


def settled(one: Supported, rest: Rests, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The findings of one of its sources that a sentence tells: the one its citation points at, or the one that alone has its figures,
    or else those that its words tell, in the order of the note; none if that is open."""
    if rest.points:
        return rest.findings
    every = rest.source.note.findings if rest.source.note else ()
    near = rest.findings if rest.exact else ()
    if not every or every == near[:1]:
        return near
    record = _records(vocabulary)(rest.source)
    alone = _told(one.words, "", record, near, vocabulary)
    leaning = "" if alone else before(one.claim, one.document)
    return _told(one.words, leaning, record, near, vocabulary) if leaning else alone


@dataclass(frozen=True)
class _Record:
    """What is known of a source: its findings, each with its words, figures and terms, and the words by which a sentence names the source,
    which tell nothing of its findings."""

    every: tuple[Finding, ...]
    parts: tuple[tuple[frozenset[str], tuple[Figure, ...], frozenset[str]], ...]
    names: frozenset[_Sign]


@kept(most=4)
def _records(vocabulary: Vocabulary) -> Callable[[Source], _Record]:
    """Makes the record of a source, once for those asked about last."""
    return Kept(partial(_record, vocabulary=vocabulary), 2_000)


def _record(source: Source, vocabulary: Vocabulary) -> _Record:
    creators = " ".join(name.family for each in source.creators.values() for name in each)
    design = source.note.design if source.note else ""
    title = f"{source.value('title')} {creators} {design} review guideline survey authors label"
    names = frozenset[_Sign]((*stems(title), source.value("year"), *_YEAR.findall(source.key)))
    every = source.note.findings if source.note else ()
    texts = [f"{one.outcome}. {one.statement} {one.quote}" for one in every]
    parts = (
        (stems(text), figures(text, every=True), frozenset(id for id, _ in _said(text, vocabulary).named))
        for text in texts
    )
    return _Record(every, tuple(parts), names)


@dataclass(frozen=True)
class _Said:
    """What a sentence says. `named` are the terms of the vocabulary that it names, each with the words it does so by."""

    signs: frozenset[_Sign]
    named: tuple[tuple[str, frozenset[str]], ...]


def _told(
    words: str, leaning: str, record: _Record, near: tuple[Finding, ...], vocabulary: Vocabulary
) -> tuple[Finding, ...]:
    every, said = record.every, _said(words, vocabulary)
    signs = said.signs - record.names
    having = _having(said, record)
    if not any(having):
        return ()
    behind = [one - signs for one in _having(_said(leaning, vocabulary), record)]
    counts = Counter(sign for each in (*having, *behind) for sign in each)

    def weigh(some: Iterable[_Sign]) -> float:
        return math.fsum(  # which does not hang on the order
            math.log((len(every) + 1) / counts[sign]) * (_FIGURE if isinstance(sign, Figure) else 1) for sign in some
        )

    def points(number: int, left: frozenset[_Sign]) -> float:
        bonus = _ON_SUBJECT if every[number] in near else 1
        return bonus * (weigh(having[number] & left) + _BEFORE * weigh(behind[number] & left))

    left = frozenset(counts)
    whole = [points(number, left) for number in range(len(every))]
    chosen: list[int] = []
    while len(chosen) < min(_MOST, len(every)):
        best = max(range(len(every)), key=lambda number: points(number, left))
        new = having[best] & left
        if weigh(new) < _LEAST or (
            chosen and not (_is_more(new) and points(best, left) >= _SECOND * whole[chosen[0]])
        ):
            break
        chosen.append(best)
        left -= having[best] | behind[best]
    had = frozenset[_Sign]().union(*(having[number] for number in chosen))
    if not chosen or len(had) < _LEAST_PART * len(signs):
        return ()
    most = max(whole[number] for number in chosen)
    if len(near) == 1 and whole[every.index(near[0])] > _CLEARLY * most:
        return near
    if any(whole[number] > _CLEARLY * most for number in range(len(every)) if number not in chosen):
        return ()
    return tuple(every[number] for number in sorted(chosen))


def _is_more(new: frozenset[_Sign]) -> bool:
    """One word more is chance, a figure is not."""
    return len(new) > 1 or any(isinstance(one, Figure) for one in new)


@lru_cache(maxsize=5_000)
def _said(words: str, vocabulary: Vocabulary) -> _Said:
    plain = (word for word in stems(words) if not word[:1].isdigit())
    named = (
        (f"{kind}:{use.id}", stems(words[use.start : use.end]))
        for kind in ("treatment", "outcome", "population")
        for use in mentions(words, vocabulary, kind)
    )
    years = (one for one in stems(words) if _YEAR.fullmatch(one))
    counted = (one for one in figures(words) if one.kind != "year")
    return _Said(frozenset((*plain, *years, *counted)), tuple(named))


def _having(said: _Said, record: _Record) -> list[frozenset[_Sign]]:
    """By finding: what it has of what a sentence says."""
    return [frozenset(_shared(said, *part)) - record.names for part in record.parts]


def _shared(said: _Said, words: frozenset[str], known: tuple[Figure, ...], terms: frozenset[str]) -> Iterator[_Sign]:
    words = words.union(*(by for id, by in said.named if id in terms))
    for sign in said.signs:
        if sign in words if isinstance(sign, str) else any(_is(sign, other) for other in known):
            yield sign


def _is(figure: Figure, other: Figure) -> bool:
    """Fifteen minutes are not fifteen people."""
    return agree(figure, other) and not (figure.kind in _UNITS and other.kind not in _UNITS)
