"""The words, figures and terms by which the findings of one source are told apart: what each has of what a sentence says.

A sign counts the more, the fewer findings of the source have it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from evidence.kept import Kept, kept
from evidence.model import Finding, Source, Vocabulary
from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures
from evidence.support.subject import stems
from evidence.vocabulary import mentions

_FIGURE = 1.5
"""A figure tells as much as so many words."""
_UNITS = frozenset({"time", "month", "mass", "volume", "money"})
_YEAR = re.compile(r"(?:19|20)\d\d")

_KINDS = ("treatment", "outcome", "population")

_TELLING = frozenset(
    "author suggest name list call tell told report show found find say said paper page trial study result".split()
)
"""Words of any sentence on any study."""
_FAR_LESS = 0.5
"""What is pointed at has at most this part of the weight that another finding has."""
_LEAST = 1.0
"""What the other finding must have besides. Both measured: of 820 honest sentences 3 are told by another, of 71 with a citation exchanged 48."""

Sign = str | Figure
"""A word or a figure by which a finding is known."""


@dataclass(frozen=True)
class Record:
    """What is known of a source: its findings, each with its words, figures and terms, and the words by which a sentence names the source,
    which tell nothing of its findings."""

    every: tuple[Finding, ...]
    parts: tuple[tuple[frozenset[str], tuple[Figure, ...], frozenset[str]], ...]
    names: frozenset[Sign]


@dataclass(frozen=True)
class Said:
    """What a sentence says. `named` are the terms of the vocabulary that it names, each with the words it does so by."""

    signs: frozenset[Sign]
    named: tuple[tuple[str, frozenset[str]], ...]


@kept(most=4)
def records(vocabulary: Vocabulary) -> Callable[[Source], Record]:
    """Makes the record of a source, once for those asked about last."""
    return Kept(partial(_record, vocabulary=vocabulary), 2_000)


def _record(source: Source, vocabulary: Vocabulary) -> Record:
    creators = " ".join(name.family for each in source.creators.values() for name in each)
    design = source.note.design if source.note else ""
    title = f"{source.value('title')} {creators} {design} review guideline survey authors label"
    names = frozenset[Sign]((*stems(title), source.value("year"), *_YEAR.findall(source.key)))
    every = source.note.findings if source.note else ()
    return Record(every, tuple(_part(one, vocabulary) for one in every), names)


def _part(one: Finding, vocabulary: Vocabulary) -> tuple[frozenset[str], tuple[Figure, ...], frozenset[str]]:
    """Text by text as the other comparisons ask about them, so that each is taken apart once."""
    texts = [text for text in (one.outcome, one.statement, one.quote) if text]
    known = (*figures(one.outcome, every=True), *figures(f"{one.statement} {one.quote}", every=True))
    terms = (f"{kind}:{use.id}" for text in texts for kind in _KINDS for use in mentions(text, vocabulary, kind))
    return frozenset().union(*map(stems, texts)), known, frozenset(terms)


@lru_cache(maxsize=5_000)
def said(words: str, vocabulary: Vocabulary) -> Said:
    """What a sentence says, as signs."""
    plain = (word for word in stems(words) if not word[:1].isdigit())
    named = (
        (f"{kind}:{use.id}", stems(words[use.start : use.end]))
        for kind in _KINDS
        for use in mentions(words, vocabulary, kind)
    )
    years = (one for one in stems(words) if _YEAR.fullmatch(one))
    counted = (one for one in figures(words) if one.kind != "year")
    return Said(frozenset((*plain, *years, *counted)), tuple(named))


def had_of(what: Said, record: Record) -> list[frozenset[Sign]]:
    """By finding: what it has of what a sentence says."""
    return [frozenset(_shared(what, *part)) - record.names for part in record.parts]


def weigher(had: Iterable[frozenset[Sign]], number: int) -> Callable[[Iterable[Sign]], float]:
    """What weighs signs by how few of a `number` of findings have them; `had` is what each has."""
    counts = Counter(sign for each in had for sign in each)

    def weigh(some: Iterable[Sign]) -> float:
        return math.fsum(  # which does not hang on the order
            math.log((number + 1) / counts[sign]) * (_FIGURE if isinstance(sign, Figure) else 1) for sign in some
        )

    return weigh


def told_by_another(words: str, source: Source, pointed: Sequence[Finding], vocabulary: Vocabulary) -> Finding | None:
    """The finding of a source that has far more of what a sentence says than all it points at; None if there is none such."""
    record = records(vocabulary)(source)
    had = [signs - _TELLING for signs in had_of(said(words, vocabulary), record)]
    mine = frozenset[Sign]().union(*(signs for one, signs in zip(record.every, had, strict=True) if one in pointed))
    weigh = weigher(had, len(record.every))
    others = [(weigh(signs), -number) for number, signs in enumerate(had) if record.every[number] not in pointed]
    if not pointed or not others:
        return None
    weight, place = max(others)
    if weight * _FAR_LESS < weigh(mine) or weigh(had[-place] - mine) < _LEAST:
        return None
    return record.every[-place]


def _shared(what: Said, words: frozenset[str], known: tuple[Figure, ...], terms: frozenset[str]) -> Iterator[Sign]:
    words = words.union(*(by for id, by in what.named if id in terms))
    for sign in what.signs:
        if sign in words if isinstance(sign, str) else any(_is(sign, other) for other in known):
            yield sign


def _is(figure: Figure, other: Figure) -> bool:
    """Fifteen minutes are not fifteen people."""
    return agree(figure, other) and not (figure.kind in _UNITS and other.kind not in _UNITS)
