"""Societies and authorities on which a sentence calls, and which none of its sources is recorded to be from.

A body is known by its name ("… Society", "… Agency"), by its short name, or by its country and what it gives out ("the Canadian
guideline"). The record is the title, the corporate author, the publisher, the funding and what the note says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from evidence.kept import kept
from evidence.model import Rests, Source
from evidence.support.subject import stems
from evidence.support.terms import is_set_apart

_CAPITAL = r"[A-Z][\w'’&.-]*"
_HEADS = (
    "Society|Association|Academy|College|Federation|Organi[sz]ation|Administration|Agency|Commission|Institutes?|Foundation"
    "|Council|Board|Authority|Ministry|Committee|Union|Clinic|Collaboration|Service|Department|Alliance|Bureau|Network|Task Force"
)
_NAMED = re.compile(
    rf"\b(?:{_CAPITAL}\s+(?:(?:of|for|and|on|the)\s+)*)*?{_CAPITAL}\s+(?:(?:of|for|and|on|the)\s+)*(?:{_HEADS})\b"
    rf"(?:\s+(?:of|for|on)\s+(?:the\s+)?{_CAPITAL}(?:\s+(?:and\s+)?{_CAPITAL})*)?"
    rf"|\b(?:{_HEADS})\s+(?:of|for|on)\s+(?:the\s+)?{_CAPITAL}(?:\s+(?:and\s+)?{_CAPITAL})*"
)
_MAY_BE_NAMED = re.compile(rf"\b(?:{_HEADS})\b")
_GIVEN_OUT = (
    r"['’]?s?\s+(?:[a-z]\w+\s+){0,2}(?:guidelines?|guidance|society|societies|academy|college|association|federation|regulators?"
    r"|agency|agencies|authority|authorities|ministry|government|labels?|product information|experts?|neurologists?|doctors"
    r"|recommendations?|advice|health service|committee|panel)\b"
)
_FIELDS = ("title", "subtitle", "publisher", "institution", "organization", "howpublished", "series", "note", "type")
_INITIAL = frozenset(
    "the a an in by as if for from of and but while since after at on when where what how our this that its".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    short: Mapping[str, frozenset[str]]
    """The words of the full name by short name."""
    shorts: re.Pattern[str]
    country: Mapping[str, str]
    """The id of a country by each of its names."""
    given_out: re.Pattern[str]
    countries: re.Pattern[str]


@cache
def _names() -> _Names:
    data = tomllib.loads(Path(__file__).with_name("bodies.toml").read_text(encoding="utf-8"))
    country = {name: id for id, several in data["countries"].items() for name in several}
    any_country = "|".join(sorted(map(re.escape, country), key=len, reverse=True))
    return _Names(
        {short: stems(full) for short, full in data["short_names"].items()},
        re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, data['short_names']))})(?![\w-])"),
        country,
        re.compile(rf"(?<!\w)(?P<country>{any_country}){_GIVEN_OUT}"),
        re.compile(rf"(?<!\w)(?:{any_country})(?!\w)"),
    )


def foreign_body(claim: str, rests: tuple[Rests, ...]) -> str:
    """The first body that a claim names and nothing recorded of its sources does; empty if there is none."""
    for start, name in _named(claim):
        if not is_set_apart(claim, start) and not any(_is_of(name, rest.source) for rest in rests):
            return name
    return ""


@lru_cache(maxsize=1_000)
def _named(text: str) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(_each_named(text)))


def _each_named(text: str) -> Iterator[tuple[int, str]]:
    known = _names()
    taken: list[tuple[int, int]] = []
    for found in _NAMED.finditer(text) if _MAY_BE_NAMED.search(text) else ():
        start = found.start()
        words = found[0].split()
        while words and words[0].lower() in _INITIAL:
            start += len(words[0]) + 1
            words = words[1:]
        if len(words) > 1:
            taken.append(found.span())
            yield start, " ".join(words)
    for pattern in (known.shorts, known.given_out):
        for found in pattern.finditer(text):
            if not any(start <= found.start() < end for start, end in taken):
                taken.append(found.span())
                yield found.start(), found[0]


def _is_of(name: str, source: Source) -> bool:
    """True if the record has the body's name, its short or long one, or is from its country where no more is said."""
    known, record = _names(), _record(source)
    given_out = known.given_out.fullmatch(name)
    if given_out:
        return known.country[given_out["country"]] in record.countries
    words = known.short.get(name)
    if words is not None:
        return name in record.shorts or words <= record.words
    own = stems(name)
    return own <= record.words or any(full <= own for short, full in known.short.items() if short in record.shorts)


@dataclass(frozen=True, slots=True)
class _Record:
    words: frozenset[str]
    shorts: frozenset[str]
    countries: frozenset[str]


@kept(most=2_000)
def _record(source: Source) -> _Record:
    note, known = source.note, _names()
    people = " ".join(
        f"{one.given} {one.family}" for several in source.creators.values() for one in several if not one.given
    )
    parts = [*map(source.value, _FIELDS), people]
    if note is not None:
        parts += [note.population, note.funding]
        parts += [text for one in note.findings for text in (one.outcome, one.statement, one.quote)]
    text = ". ".join(filter(None, parts))
    return _Record(
        stems(text),
        frozenset(known.shorts.findall(text)),
        frozenset(known.country[found] for found in known.countries.findall(text)),
    )
