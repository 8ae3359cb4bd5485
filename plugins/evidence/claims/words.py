"""From a sentence as given to the words that are judged: marks taken off, words cut, their classes looked up."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evidence.claims.cues import Cues

_COMMENT = re.compile(r"<!--[^<>]{0,2000}-->|</?[A-Za-z][^<>]{0,300}>")
_CITATION = re.compile(
    r"\[[^\[\]]{0,80}@[^\[\]]{0,300}\]|\[\^?\d{1,4}(?:\s?[,–-]\s?\d{1,4}){0,20}\]|\[\^[^\[\]]{1,80}\]"
)
_TARGET = r"\((?:[^()]|\([^()]{0,200}\)){0,500}\)"
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,500}}\](?:{_TARGET}|\[[^\[\]]{{0,100}}\])")
_LINK = re.compile(rf"\[([^\[\]]{{0,500}})\](?:{_TARGET}|\{{[^{{}}]{{0,100}}\}}|\[[^\[\]]{{0,100}}\])?")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\[\]]+")
_MARKS = re.compile(r"[*`~|]+|(?<!\w)_+|_+(?!\w)|\{[.#:][^{}]{0,100}\}|\\(?=\W)")
_LEADING = re.compile(r"^[\s>]*(?:(?:[-*+•‣▪◦·–—]|\d{1,3}[.)]|\(?[a-z]\)|\[[ xX]\])\s+)*")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‑": "-", "−": "-"}
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_WORD = re.compile(
    r"@[\w:.-]*\w|[$£€]\s?\d[\d,.]*|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![\w])|%|\w+(?:['.&/+-]\w+)*\+?|[,;:()!?\"]|[—–]"
)


class Word(NamedTuple):
    """A word or stop of the sentence: as written, in lower case, and the classes it or the phrase it opens belongs to.

    `length` is the number of words of the longest phrase that begins here.
    """

    text: str
    low: str
    classes: frozenset[str]
    length: int = 1


# A phrase of health such as "tennis elbow" takes its words out of the other subject.
_ANOTHER_SUBJECT = frozenset(f"against.another-subject:{strength}" for strength in ("strong", "weak"))
_NONE: frozenset[str] = frozenset()


def bare(sentence: str) -> str:
    """The sentence as a reader sees it: no Markdown marks, tags, citations, entities, bullets; plain quotes."""
    text = html.unescape(sentence) if "&" in sentence else sentence
    text = _INVISIBLE.sub("", text).translate(_QUOTES)
    if "<" in text:
        text = _COMMENT.sub(" ", text)
    if "[" in text:
        text = _LINK.sub(r"\1", _CITATION.sub(" ", _IMAGE.sub(" ", text)))
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return " ".join(_MARKS.sub("", _LEADING.sub("", text, count=1)).split())


@lru_cache(maxsize=2_000)
def words(text: str, cues: Cues) -> tuple[Word, ...]:
    """The words and stops of a bare text in order, each with its classes."""
    texts = _WORD.findall(text)
    lows = ["u.s." if one == "US" else one.lower() for one in texts]
    classes = [_alone(low, cues) for low in lows]
    lengths = [1] * len(lows)
    idle: set[int] = set()
    for place, (low, following) in enumerate(pairwise(lows)):
        for rest, marks in cues.phrases[low].get(following, ()):
            end = place + 1 + len(rest)
            if tuple(lows[place + 1 : end]) == rest:
                if "idiom" in marks:
                    idle.update(range(place, end))
                else:
                    if any(mark.startswith("entity") for mark in marks):
                        classes[place:end] = [inside - _ANOTHER_SUBJECT for inside in classes[place:end]]
                    classes[place] |= marks
                    lengths[place] = max(lengths[place], 1 + len(rest))
    for place in idle:
        classes[place] = _literal(classes[place])
    return tuple(map(Word, texts, lows, classes, lengths))


def _literal(classes: frozenset[str]) -> frozenset[str]:
    """The classes of a word in an idiom: it is about something else than health there."""
    return frozenset(one for one in classes if not one.startswith(("entity.", "predicate.")))


@lru_cache(maxsize=20_000)
def _alone(low: str, cues: Cues) -> frozenset[str]:
    found = cues.single.get(low)
    if found is not None:
        return _NONE if "idiom" in found else found
    if low[0] in "$£€":
        return frozenset({"money"})
    if low[0] == "@":
        return frozenset({"entity.research:strong"})
    if low[0].isdigit():
        return frozenset({"number"})
    if "-" in low or "/" in low:
        return _compound(low, cues)
    if len(low) > 5 and _has_ending(low, cues):
        return frozenset({"entity.condition:strong"})
    return _NONE


def _compound(low: str, cues: Cues) -> frozenset[str]:
    """A word with hyphens or strokes means what its parts mean: "migraine-free", "mast-cell", "magnesium/zinc"."""
    found: set[str] = set()
    for part in re.split(r"[-/]", low)[:4]:
        found |= cues.single.get(part, _NONE)
    return frozenset(one for one in found if one.startswith(("entity.", "against.another-subject")))


def _has_ending(low: str, cues: Cues) -> bool:
    word = (
        low[:-2]
        if low.endswith("'s")
        else low[:-1]
        if low.endswith("s") and not low.endswith(("sis", "tis"))
        else low
    )
    return word.endswith(_endings(cues)) and any(
        len(word) >= shortest and word.endswith(ending) for ending, shortest in cues.endings
    )


@lru_cache(maxsize=8)
def _endings(cues: Cues) -> tuple[str, ...]:
    return tuple(ending for ending, _ in cues.endings)
