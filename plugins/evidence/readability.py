"""How easy the parts of an article are to read: Flesch-Kincaid grade and SMOG, two counts of long words and long sentences.

Both are school grades of the United States, made for English prose and rough for texts on health: they know nothing of how clear
a thought is. So they are told in the report, part by part, and never stop anybody. Kincaid et al. 1975 (Navy Research Branch
Report 8-75); McLaughlin 1969 (Journal of Reading 12, 639-646).
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from evidence.anatomy import parts_of
from evidence.model import Anatomy, BlockKind, Document, Vocabulary
from evidence.passages import sentences_of

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúäöü]+")
_SILENT = re.compile(r"(?:[^aeiouy]e|[^aeioutdy]ed|[^aeiouysxzcg]es|[gq]ue|(?<![cs])hes)$")
_SOUNDED = re.compile(r"[^aeiouylr][lr]e[sd]?$|[cs]hes$")
_PARTED = re.compile(
    r"(?<![tcsgx])i(?=ou|um|a|o)|(?<=[a-z]{2})ea$|(?<=fl)ui|(?<=r)ui(?=n)|(?<![tc])ie(?=[nt])|(?<=s)cie(?=[nt])|(?<=so)cie(?=t)|(?<=r)ea(?=ct|l)"
    r"|[aeiouy]ing$|(?<![qg])ua(?=[lt])|eo(?=[nlr])|ya(?=n)"
)
_EXCEPTIONS = {
    "people": 2,
    "every": 2,
    "everyone": 3,
    "guideline": 2,
    "guidelines": 2,
    "different": 2,
    "business": 2,
    "something": 2,
    "sometimes": 2,
    "someone": 2,
    "area": 3,
    "magnesium": 4,
}
_FEWEST = 3
"""Sentences below which a part is too short for a score."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One part of a document. `plain` are the scores with names of conditions and medicines counted as short words, since
    writers cannot choose others; None where the part is too short."""

    path: str
    part: str
    sentences: int
    words: int
    longest: int
    grade: float | None
    smog: float | None
    plain_grade: float | None
    plain_smog: float | None


def readings(document: Document, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """The parts of a document below its headings of the second level, in order; the list of sources is not its own text."""
    names = names_of(vocabulary)
    parts = [part for part in parts_of(document, Anatomy()) if part.level == 2]
    if not parts:
        return tuple(_reading(document, "", range(len(document.blocks)), names))
    return tuple(one for part in parts for one in _reading(document, part.words, part.blocks, names))


def _reading(document: Document, title: str, blocks: Iterable[int], names: Collection[str]) -> Iterator[Reading]:
    spoken = [sentence for index in blocks for sentence in _sentences(document, index)]
    if spoken:
        words = [word for sentence in spoken for word in sentence]
        yield Reading(
            document.path,
            title,
            len(spoken),
            len(words),
            max(len(sentence) for sentence in spoken),
            *_scores(words, len(spoken), ()),
            *_scores(words, len(spoken), names),
        )


def _sentences(document: Document, index: int) -> Iterator[list[str]]:
    """The words of each sentence; cells of tables are fragments, and say nothing of sentences."""
    block = document.blocks[index]
    if block.kind in (BlockKind.RAW, BlockKind.HEADING, BlockKind.CELL):
        return
    for one in sentences_of(block):
        if words := _WORD.findall(one.words):
            yield words


def _scores(words: list[str], sentences: int, names: Collection[str]) -> tuple[float | None, float | None]:
    if sentences < _FEWEST:
        return None, None
    counts = [1 if word.lower() in names else syllables(word) for word in words]
    grade = 0.39 * len(words) / sentences + 11.8 * sum(counts) / len(words) - 15.59
    smog = 1.0430 * math.sqrt(sum(count > 2 for count in counts) * 30 / sentences) + 3.1291
    return round(grade, 1), round(smog, 1)


def names_of(vocabulary: Vocabulary) -> frozenset[str]:
    """The words that name treatments, and the condition itself, in small letters."""
    named = {
        word.lower()
        for term in vocabulary.terms.get("treatment", {}).values()
        for name in term.names
        for word in _WORD.findall(name)
    }
    return frozenset({*named, "migraine", "migraines"})


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables an English word is likely to have: groups of vowels, less silent endings, plus vowels that part."""
    if re.search(r"[-'’]", word):
        return sum(syllables(piece) for piece in re.split(r"[-'’]", word) if len(piece) > 1) or 1
    low = word.lower()
    if low in _EXCEPTIONS:
        return _EXCEPTIONS[low]
    count = len(_VOWELS.findall(low)) + len(_PARTED.findall(low))
    return max(1, count - bool(_SILENT.search(low) and not _SOUNDED.search(low)))
