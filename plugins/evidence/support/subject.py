"""Whether a source has anything to say on what a sentence says: the words they share, rare ones counting more.

A word counts by its inverse document frequency over the library's records (Spärck Jones 1972): what every record says, such as
"migraine", tells little; what few say, such as "eptinezumab", tells much. Terms of the vocabulary count as words, so that a
synonym is the same word.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from evidence.model import KINDS, Library, Source, Vocabulary
from evidence.vocabulary import mentions

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_EMPTY = frozenset(
    """
    a about after again all also among an and another any are as at be because been before being between both but by can
    could did do does done each either every few for from had has have here how if in into is it its just less like made make
    many may might more most much must no none not of off often on once one only or other our out over own per same say says
    said so some such than that the their them then there these they this those through to too two under until up us very was
    we were what when where which while who whole whose why will with within without would yet you your study studies trial
    people found source sources article page first last next told tell year years
    """.split()
)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ness", "ies", "ed", "es", "ly", "al", "s", "e", "y")


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words of each source's record by key, and the weight of each word."""

    words: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    unknown: float

    def shared(self, words: frozenset[str], key: str) -> float:
        """The share, by weight, of these words that a source's record has: 0 to 1."""
        total = sum(map(self.weight, words))
        return sum(map(self.weight, words & self.words[key])) / total if total else 1.0

    def weight(self, word: str) -> float:
        """How much a word tells: the logarithm of the number of records over those that have it."""
        return self.weights.get(word, self.unknown)


_LAST: list[tuple[Library, Subjects]] = []


def subjects(library: Library) -> Subjects:
    """The subjects of all sources that have a note; those of the last library asked about are kept at hand."""
    if not (_LAST and _LAST[0][0] is library):
        _LAST[:] = [(library, Subjects(*library.remembered("subjects", lambda: _subjects(library))))]
    return _LAST[0][1]


def _subjects(library: Library) -> tuple[Mapping[str, frozenset[str]], Mapping[str, float], float]:
    records = {key: _record(source) for key, source in library.sources.items() if source.note is not None}

    def said(before: Mapping[str, tuple[str, frozenset[str]]] | None) -> dict[str, tuple[str, frozenset[str]]]:
        known = before or {}
        return {
            key: known[key]
            if key in known and known[key][0] == record
            else (record, content(record, library.vocabulary))
            for key, record in records.items()
        }

    words = {key: found for key, (_, found) in library.renewed("words", said).items()}
    counts = Counter(word for one in words.values() for word in one)
    weights = {word: math.log((1 + len(words)) / (0.5 + count)) for word, count in counts.items()}
    return words, weights, math.log(1 + len(words))


def _record(source: Source) -> str:
    note = source.note
    findings: Iterable[str] = ()
    if note is not None:
        findings = (f"{one.outcome}. {one.statement} {one.quote or ''}" for one in note.findings)
    known = (note.design, note.population, note.funding) if note else ()
    parts = (source.value("title"), source.value("year"), *known, *findings)
    return ". ".join(part for part in parts if part)


@lru_cache(maxsize=5_000)
def content(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The words of a text that say what it is about, without endings, and the terms of the vocabulary it names."""
    terms = {f"{kind}:{use.id}" for kind in KINDS for use in mentions(text, vocabulary, kind)}
    return stems(text) | terms


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without endings."""
    words = (word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in words if word not in _EMPTY and (len(word) > 2 or word.isdigit()))


def missing(text: str, record: frozenset[str], weigh: Callable[[str], float]) -> list[str]:
    """The words of a text that a record has not, as they are written, rarest first."""
    words = {word.lower(): _stem(word.lower().replace("’", "'").removesuffix("'s")) for word in _WORD.findall(text)}
    told = [word for word, stem in words.items() if stem not in record and word not in _EMPTY and len(word) > 2]
    return sorted(told, key=lambda word: (-weigh(words[word]), word))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
