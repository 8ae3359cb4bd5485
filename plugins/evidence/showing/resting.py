"""Which findings of its sources a sentence tells, also where its citation names a whole source.

The check takes a sentence that points at no finding to rest on all those on its treatment and outcome, which may be many. For readers
one of them is shown only if the sentence tells it: its figures stand there, or the words by which the findings of the source differ.
Where that leaves it open, none is shown.
"""

from __future__ import annotations

from evidence.model import Finding, Rests, Supported, Vocabulary
from evidence.showing.leaning import before
from evidence.support.figures import Figure
from evidence.support.signs import Record, Sign, had_of, records, said, weigher

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


def settled(one: Supported, rest: Rests, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The findings of one of its sources that a sentence tells: the one its citation points at, or the one that alone has its figures,
    or else those that its words tell, in the order of the note; none if that is open."""
    if rest.points:
        return rest.findings
    every = rest.source.note.findings if rest.source.note else ()
    near = rest.findings if rest.exact else ()
    if not every or every == near[:1]:
        return near
    record = records(vocabulary)(rest.source)
    alone = _told(one.words, "", record, near, vocabulary)
    leaning = "" if alone else before(one.claim, one.document)
    return _told(one.words, leaning, record, near, vocabulary) if leaning else alone


def _told(
    words: str, leaning: str, record: Record, near: tuple[Finding, ...], vocabulary: Vocabulary
) -> tuple[Finding, ...]:
    every, what = record.every, said(words, vocabulary)
    signs = what.signs - record.names
    having = had_of(what, record)
    if not any(having):
        return ()
    behind = [one - signs for one in had_of(said(leaning, vocabulary), record)]
    weigh = weigher((*having, *behind), len(every))

    def points(number: int, left: frozenset[Sign]) -> float:
        bonus = _ON_SUBJECT if every[number] in near else 1
        return bonus * (weigh(having[number] & left) + _BEFORE * weigh(behind[number] & left))

    left = frozenset[Sign]().union(*having, *behind)
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
    had = frozenset[Sign]().union(*(having[number] for number in chosen))
    if not chosen or len(had) < _LEAST_PART * len(signs):
        return ()
    most = max(whole[number] for number in chosen)
    if len(near) == 1 and whole[every.index(near[0])] > _CLEARLY * most:
        return near
    if any(whole[number] > _CLEARLY * most for number in range(len(every)) if number not in chosen):
        return ()
    return tuple(every[number] for number in sorted(chosen))


def _is_more(new: frozenset[Sign]) -> bool:
    """One word more is chance, a figure is not."""
    return len(new) > 1 or any(isinstance(one, Figure) for one in new)
