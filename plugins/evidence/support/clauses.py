"""A clause that none of its source's words stand in: ", most of them covered by insurance", "because it is addictive".

The rest of the sentence may be the source's; the clause is the writer's own, and a reader takes both for the source's. What a clause leaves
open, or takes back, adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.kept import kept
from evidence.model import KINDS, Rests, Source, Vocabulary
from evidence.support.contrast import SUBJECTS
from evidence.support.figures import figures
from evidence.support.subject import stems
from evidence.vocabulary import broader, mentions

_CLAUSE = re.compile(
    r"(?P<why>\bbecause(?! of)|\bsince(?= (?:it|they|the|these|its)\b))\s+(?P<reason>[^.;:,]+)"
    r"|,\s+(?P<lead>(?:most|many|some|half|all|none|few) of (?:them|which|whom|these)|which|where|who|and (?:it|they|most|many|so)|but (?:it|they|most|so)|so(?: that)?)\s+(?P<rest>[^.;:]+)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:not|no|nor|never|nobody|none|nothing|cannot|may|might|could|perhaps|unknown|unclear|unsure|know|tell|hard|few|little|whether|if|chance|only|compar\w+|question\w*|matter|reason|different\w*|keep|ask|hope|expect\w*|think|read|careful|caution|trial|study|review|alike)\b|n['’]t\b",
    re.IGNORECASE,
)
_BARE = frozenset(
    "thing kind sort way part lot work give gave get got take took need want call mean show help more most like much often alway still even also matter point case reason able".split()
)
FEWEST = 2
"""How many words of its own a clause must have; of a reason one will do."""
_PART = re.compile(
    r"[;:]\s|,\s+(?:and|but|so|yet|while|which|who|where|because|since|though|although|as)\b\s*"
    r"|\s(?:because|since|so that|although|though|whereas|while|but|yet)\s",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:because(?! of)|since(?! (?:19|20)\d\d)|due to|as a result of|on account of|owing to|brought (?:about|on) by|thanks to"
    r"|which is why|the reason (?:is|was|being)(?: that)?)\s+(?P<reason>[^.;:,]+)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:ask|tell|say|check|look|see|read|whether|if|how|what|which|who|when|where|why|is|are|does|do|can|should)\b",
    re.IGNORECASE,
)
"""Begins what asks for something, or tells a reader where to look."""
_WORDS_OF_PART, _SHARE_OF_PART = 4, 0.2
_WORDS_OF_REASON, _SHARE_OF_REASON = 2, 0.34
"""A part with so many words of its own, of which the source has at most this share, is the writer's. Measured: of 2,334 parts of honest
sentences 2, and no reason in 38; of the conclusions and causes that nobody drew more than a quarter."""


def clause_of_its_own(claim: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> str:
    """The first clause of a claim of which nothing recorded of its sources has a word; empty if there is none."""
    for words, is_reason in _clauses(claim):
        own = stems(words) - _BARE
        if len(own) < (1 if is_reason else FEWEST) or figures(words):
            continue
        terms = _terms(words, vocabulary)
        if not any(_has(rest.source, own, terms, vocabulary) for rest in rests):
            return words.strip()
    return _hardly_known(claim, rests, vocabulary)


def _hardly_known(claim: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> str:
    """The first part of a claim, or reason in it, hardly any word of which is in what is recorded of its sources."""
    reasons = ((found["reason"], _WORDS_OF_REASON, _SHARE_OF_REASON) for found in _WHY.finditer(claim))
    parts = ((part, _WORDS_OF_PART, _SHARE_OF_PART) for part in _PART.split(claim) if not _ASKS.match(part))
    known: frozenset[str] = frozenset()
    for words, fewest, share in (*reasons, *parts):
        own = stems(words) - _BARE - SUBJECTS
        if len(own) < fewest or figures(words):
            continue
        known = known or frozenset().union(*(_record(rest.source, vocabulary)[0] for rest in rests))
        if sum(word in known or word[:5] in known for word in own) <= share * len(own):
            return words.strip()
    return ""


@lru_cache(maxsize=2_000)
def _clauses(claim: str) -> tuple[tuple[str, bool], ...]:
    return tuple(_each(claim))


def _each(claim: str) -> Iterator[tuple[str, bool]]:
    for found in _CLAUSE.finditer(claim):
        words = found["reason"] or found["rest"]
        if not _OPEN.search(found[0]):
            yield words, bool(found["why"])


@lru_cache(maxsize=2_000)
def _terms(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(
        f"{kind}:{one}"
        for kind in KINDS
        for use in mentions(text, vocabulary, kind)
        for one in broader(use.id, vocabulary, kind)
    )


def _has(source: Source, own: frozenset[str], terms: frozenset[str], vocabulary: Vocabulary) -> bool:
    words, known = _record(source, vocabulary)
    return bool(terms & known) or any(word in words or word[:5] in words for word in own)


@kept(most=2_000)
def _text(source: Source) -> str:
    note = source.note
    parts = [source.value("title"), *((note.population, note.funding, note.design) if note else ())]
    parts += [text for one in note.findings for text in (one.outcome, one.statement, one.quote)] if note else []
    return ". ".join(filter(None, parts))


@lru_cache(maxsize=2_000)
def _of_text(text: str, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    words = stems(text)
    return words | {word[:5] for word in words}, _terms(text, vocabulary)


def _record(source: Source, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of all that is recorded of a source, their first five letters, and the terms it names with what is broader."""
    return _of_text(_text(source), vocabulary)
