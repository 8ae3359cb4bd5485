"""The same work stands under two keys.

Two keys make one source look like two, and a correction may reach only one of them. Keep one entry and cite it
everywhere. Works are the same if they share a DOI, PMID or PMCID, or title, year and first author; the latter only while
nothing else tells them apart, such as other identifiers, volumes, first pages or addresses (a reply, an erratum, Part 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.identifiers import clean_doi, clean_pmcid, clean_pmid
from evidence.model import Case, Hit, Rule, Severity, Source

_WORDS = "title, year and first author"
_PAGES = frozenset({"online", "www", "webpage", "electronic", "blog", "misc"})
_ENTRY = "@misc{{{}, author = {{Lee, Bo}}, title = {{{}}}, year = {{2020}}, doi = {{{}}}}}\n"
BAD = (
    _ENTRY.format("lee2020", "Fluids", "10.1000/a")
    + _ENTRY.format("fluids2020", "Fluids!", "https://doi.org/10.1000/A"),
    _ENTRY.format("lee2020", "Fluids in {ED}", "10.1000/a") + _ENTRY.format("lee2020b", "Fluids in ED.", ""),
)
GOOD = (
    _ENTRY.format("lee2020", "Fluids", "10.1000/a") + _ENTRY.format("lee2020b", "Magnesium", "10.1000/b"),
    _ENTRY.format("lee2020", "Fluids", "10.1000/a"),
)


_MOST = 20
"""With so many works of the same title at most is one compared, so that a file full of "Editorial" stays quick."""


def check(case: Case) -> Iterator[Hit]:
    seen: dict[tuple[str, str], list[Source]] = {}
    for source in case.library.sources.values():
        twins: dict[str, tuple[Source, str]] = {}
        for mark in _marks(source):
            earlier = seen.setdefault(mark, [])
            same = [one for one in earlier[:_MOST] if mark[0] != _WORDS or not _differ(one, source)]
            twins = {one.key: (one, mark[0]) for one in same} | twins
            earlier.append(source)
        for twin, shared in twins.values():
            where = f"{twin.key_place.path}:{twin.key_place.line}"
            what = f'"{source.key}" and "{twin.key}" ({where}) are the same work: same {shared}'
            yield Hit(source.key_place, what, "keep one entry and cite that", key=source.key)


def _marks(source: Source) -> Iterator[tuple[str, str]]:
    """What two entries of one work have in common, strongest first."""
    yield from ((name, value) for name, value in _identifiers(source).items())
    title = re.sub(r"\W+", "", (source.value("title") + source.value("subtitle")).casefold())
    names = source.creators.get("author") or source.creators.get("editor") or ()
    if title and source.value("year"):
        yield _WORDS, "|".join((title, source.value("year"), names[0].family.casefold() if names else ""))


def _identifiers(source: Source) -> dict[str, str]:
    kinds = (("DOI", clean_doi), ("PMID", clean_pmid), ("PMCID", clean_pmcid))
    found = {name: clean(source.value(name.lower())) for name, clean in kinds}
    return {name: value.lower() for name, value in found.items() if value}


def _differ(one: Source, other: Source) -> bool:
    """True if two works of the same title and year are told apart: a reply, an erratum, a second chapter, another page."""
    ours, theirs = _identifiers(one), _identifiers(other)
    if any(ours[name] != theirs[name] for name in ours.keys() & theirs.keys()):
        return True
    for name in ("volume", "number", "edition", "eid", "chapter", "booktitle", "version", "type"):
        if _plain(one.value(name)) != _plain(other.value(name)) and one.value(name) and other.value(name):
            return True
    first, second = (re.match(r"\w*", source.value("pages")) for source in (one, other))
    if first and second and first[0] and second[0] and first[0] != second[0]:
        return True
    is_page = {one.type, other.type} <= _PAGES
    return is_page and bool(one.value("url") and other.value("url")) and one.value("url") != other.value("url")


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


RULE = Rule("EV304", "same-work", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "bibtex")
