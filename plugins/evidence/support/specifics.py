"""Words that narrow what a sentence says and that its source does not bear out: "double-blind", "in older people", "tablets".

`specifics.toml` lists them by section. What the record of the source says nothing of is told as well, since nobody can check it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from evidence.kept import kept
from evidence.model import Rests, Source, Vocabulary
from evidence.support.assertion import assertions
from evidence.support.contrast import says_may
from evidence.support.phrases import Phrases, lists
from evidence.support.subject import stems
from evidence.support.terms import is_set_apart, read
from evidence.vocabulary import broader, mentions

_OPEN = re.compile(
    r"\W*(?:what|how|whether|if|none|no|nobody|neither|unlike|call|tell|ask|get|go|seek|watch|look|see|stop|bring|say|check)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"(?:\bnon-|\b(?:call|need|wait|ask|hop)\w* for (?:\w+ ){0,2}|\bnothing (?:\w+ ){0,6}|\bwhat (?:\w+ )?)$",
    re.IGNORECASE,
)
"""What a source asks for, it was not."""
_LEFT_OUT = re.compile(r"[^.;:]*?\b(?:left out|excluded|could not (?:join|take part)|not taken in)\b", re.IGNORECASE)
_SHARED = frozenset("dose dosed people patient adult women men those have suffering".split())
"""Words of many entries' phrases: of two with `same_word`, they do not count."""
SECTIONS = ("design", "people", "route", "dose", "time", "cause", "praise")


@dataclass(frozen=True, slots=True, eq=False)
class Specific:
    """One entry. `designs` and `types` bear the words out by themselves, `several` where the source joins studies."""

    name: str
    says: Phrases
    known_by: Phrases
    designs: frozenset[str]
    several: frozenset[str]
    types: frozenset[str]
    participants: int
    same_word: bool
    unless_known: Phrases | None
    """Looked for only where the record has one of these: that chance did not decide who got what."""


@cache
def _specifics() -> Mapping[str, tuple[Specific, ...]]:
    path = Path(__file__).with_name("specifics.toml")
    data: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases = {}
    for section in SECTIONS:
        for one in data[section]:
            phrases[f"{section} {one['name']} says"] = one["says"]
            phrases[f"{section} {one['name']} known"] = one.get("known_by", one["says"])
            if "unless_known" in one:
                phrases[f"{section} {one['name']} unless"] = one["unless_known"]
    told = lists("specifics", phrases, (path, Path(__file__)))
    return {
        section: tuple(
            Specific(
                one["name"],
                told[f"{section} {one['name']} says"],
                told[f"{section} {one['name']} known"],
                frozenset(one.get("designs", ())),
                frozenset(one.get("of_several", ())),
                frozenset(one.get("types", ())),
                one.get("participants", 0),
                one.get("same_word", False),
                told.get(f"{section} {one['name']} unless"),
            )
            for one in data[section]
        )
        for section in SECTIONS
    }


def foreign(section: str, claim: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> str:
    """The words of a claim, of this section, that nothing recorded of its sources bears out; empty if there are none.

    Of whom and when it is that nobody knows anything, a sentence may say: only what kind of study that was must be right. By
    which way something was given is only told where the record says by which.
    """
    if section != "design" and _is_open(claim):
        return ""
    if section == "cause" and says_may(claim):
        return ""  # how far a hedge carries, the rungs of wording tell
    for one in _specifics()[section]:
        said = next(_asserted(one.says, claim), "")
        if (
            said
            and one.unless_known
            and not any(one.unless_known.search(text) for rest in rests for text in _whole(rest.source))
        ):
            continue
        if said and not any(_is_such(one, rest.source) for rest in rests):
            texts = tuple(_texts(section, rests, vocabulary))
            if not _is_recorded(one, said, texts) and (section != "route" or _names_any(section, texts)):
                return said
    return ""


def _texts(section: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> Iterator[str]:
    """What is recorded: of the kind of study all of the source, else what the sentence rests on, and how its treatments are given."""
    if section == "design":
        yield from (text for rest in rests for text in _whole(rest.source))
        return
    yield from read(rests)
    terms = vocabulary.terms.get("treatment", {})
    given = {id for rest in rests for id in (rest.source.note.treatments if rest.source.note else ())}
    for id in sorted({above for one in given for above in broader(one, vocabulary, "treatment")}):
        if id in terms and section == "route":
            yield terms[id].label


def is_recorded_route(id: str, claim: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> bool:
    """True if the claim names this treatment only by how it was given, "by drip", and the record says that it was, in other words."""
    said = [claim[use.start : use.end] for use in mentions(claim, vocabulary, "treatment") if use.id == id]
    by_drip = [f"by {words}".lower() in claim.lower() or words.lower().startswith("by ") for words in said]
    if not said or not all(by_drip):
        return False
    texts = read(rests)
    return any(
        one.says.search(f"by {words}") and any(one.known_by.search(text) for text in texts)
        for words in said
        for one in _specifics()["route"]
    )


def _names_any(section: str, texts: tuple[str, ...]) -> bool:
    """True if the record has anything of a section."""
    return any(one.known_by.search(text) for one in _specifics()[section] for text in texts)


@lru_cache(maxsize=1_000)
def _is_open(claim: str) -> bool:
    return _OPEN.match(claim) is not None or any(said.direction == "unclear" for said in assertions(claim))


def _is_such(one: Specific, source: Source) -> bool:
    """True if the words are true of a source for what it is."""
    note = source.note
    if note is None or source.type in one.types or note.design in one.designs | one.several:
        return True
    return one.participants > 0 and (note.participants or 0) >= one.participants


def _is_recorded(one: Specific, said: str, texts: tuple[str, ...]) -> bool:
    words = stems(said) - _SHARED
    return any(not one.same_word or stems(found) & words for text in texts for found in _asserted(one.known_by, text))


def _asserted(phrases: Phrases, text: str) -> Iterator[str]:
    for found in phrases.finditer(text):
        before, behind = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 60]
        if not (is_set_apart(text, found.start()) or _WANTED.search(before) or _LEFT_OUT.match(behind)):
            yield found[0]


@kept(most=2_000)
def _whole(source: Source) -> tuple[str, ...]:
    """All that is recorded of a source: what kind of study it was stands with any of its findings."""
    note = source.note
    findings: Iterable[str] = ()
    if note is not None:
        findings = (text for one in note.findings for text in (one.outcome + ".", one.statement, one.quote))
    return tuple(
        filter(None, (source.value("title"), note.design if note else "", note.population if note else "", *findings))
    )
