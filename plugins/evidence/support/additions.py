"""What a sentence adds to its source: that something is safe, rare or passes, is needed or works, was gone, was paid for by another.

`additions.toml` lists such words and what in the record bears them out. A clause that reassures is the one a reader acts upon, and
the source's silence does not bear it out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from evidence.model import Rests, Vocabulary
from evidence.support.phrases import Phrases, lists
from evidence.support.terms import is_set_apart, read
from evidence.vocabulary import mentions

_REACH = 70
_CLAUSE = re.compile(r"[.;:,]\s|\b(?:but|and|so|because|while|although|though)\b", re.IGNORECASE)
_LEFT_OPEN = re.compile(
    r"\b(?:(?:not|never|nothing|nobody|no one|neither|no trial|no study|cannot|hardly)\b.{0,40}\b(?:say|says|said|show|shows|mean|means|prove|proves|know|known|test|tested|clear)"
    r"|unknown|no evidence|no proof|too little)\b",
    re.IGNORECASE,
)
"""What nobody knows or has shown, a sentence does not say."""
_NEED = re.compile(
    r"\b(?:people|patients|adults|women|men|children|everyone|everybody|those|you|all)(?: (?:with|who|in|on) (?:[\w-]+ ){0,3}[\w-]+)?"
    r" (?:always )?needs? (?:an? |the |their |some )?",
    re.IGNORECASE,
)
_OWED = re.compile(r"\b(?:need|must|should|recommend|advis|offer|necessary|required)\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class _Addition:
    says: Phrases
    known_by: Phrases
    known_asserted: bool
    borne_out_by: frozenset[str]
    only_of: frozenset[str]
    after: re.Pattern[str] | None


@cache
def _additions() -> tuple[_Addition, ...]:
    path = Path(__file__).with_name("additions.toml")
    data: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["addition"]
    phrases = {f"{one['name']} says": one["says"] for one in data}
    phrases |= {f"{one['name']} known": one.get("known_by", one["says"]) for one in data}
    told = lists("additions", phrases, (path, Path(__file__)))
    return tuple(
        _Addition(
            told[f"{one['name']} says"],
            told[f"{one['name']} known"],
            one.get("known_asserted", False),
            frozenset(one.get("borne_out_by", ())),
            frozenset(one.get("only_of", ())),
            re.compile(rf"\b(?:{'|'.join(one['after'])})\b", re.IGNORECASE) if "after" in one else None,
        )
        for one in data
    )


def added(claim: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> str:
    """The first words of a claim that add to what is recorded of its sources; empty if none do, or if a source has no note."""
    if any(rest.source.note is None for rest in rests):
        return ""
    texts = (*read(rests), *(rest.source.note.funding for rest in rests if rest.source.note))
    effects = {finding.effect for rest in rests for finding in rest.findings} - {"background"}
    for one in _additions():
        looked_for = not one.only_of or (bool(effects) and effects <= one.only_of)
        if looked_for and not effects & one.borne_out_by:
            said = next(_said(one, claim), "")
            if said and not _is_known(one, texts):
                return said
    return _needed(claim, texts, vocabulary)


def _said(one: _Addition, claim: str) -> Iterator[str]:
    for found in one.says.finditer(claim):
        clause = _CLAUSE.split(claim[max(0, found.start() - _REACH) : found.start()])[-1]
        set_apart = is_set_apart(clause, len(clause)) or _LEFT_OPEN.search(clause)
        if not (set_apart or (one.after and one.after.search(clause))):
            yield found[0]


def _is_known(one: _Addition, texts: tuple[str, ...]) -> bool:
    return any(
        not (one.known_asserted and (is_set_apart(text, found.start()) or _is_left_open(text, found.start())))
        for text in texts
        for found in one.known_by.finditer(text)
    )


def _is_left_open(text: str, place: int) -> bool:
    """True if the clause that leads up to this place says that nobody knows or has shown what stands there."""
    return _LEFT_OPEN.search(_CLAUSE.split(text[max(0, place - _REACH) : place])[-1]) is not None


@lru_cache(maxsize=1_000)
def _needed(claim: str, texts: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """ "People with nausea need metoclopramide" where the record tells what it did, and not who should have it."""
    found = _NEED.search(claim)
    if not found or any(_OWED.search(text) for text in texts):
        return ""
    named = any(use.start == found.end() for use in mentions(claim, vocabulary, "treatment"))
    return found[0].strip() if named and not is_set_apart(claim, found.end()) else ""
