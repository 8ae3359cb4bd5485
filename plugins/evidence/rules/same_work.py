"""The same work stands under two keys.

Two keys make one source look like two, and a correction may reach only one of them. Keep one entry and cite it
everywhere. Works are the same if they share a DOI, PMID or PMCID, or title, year and first author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.identifiers import clean_doi, clean_pmcid, clean_pmid
from evidence.model import Case, Hit, Rule, Severity, Source

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


def check(case: Case) -> Iterator[Hit]:
    seen: dict[tuple[str, str], Source] = {}
    for source in case.library.sources.values():
        twins = {
            (mark, twin.key): twin for mark in _marks(source) if (twin := seen.setdefault(mark, source)) is not source
        }
        for twin in {twin.key: twin for twin in twins.values()}.values():
            mark = next(mark for (mark, key) in twins if key == twin.key)
            where = f"{twin.key_place.path}:{twin.key_place.line}"
            what = f'"{source.key}" and "{twin.key}" ({where}) are the same work: same {mark[0]}'
            yield Hit(source.key_place, what, "keep one entry and cite that", key=source.key)


def _marks(source: Source) -> Iterator[tuple[str, str]]:
    """What two entries of one work have in common, strongest first."""
    for name, clean in (("DOI", clean_doi), ("PMID", clean_pmid), ("PMCID", clean_pmcid)):
        value = clean(source.value(name.lower())) if name.lower() in source.own else None
        if value:
            yield name, value.lower()
    title = re.sub(r"\W+", "", source.value("title").lower())
    names = source.creators.get("author") or source.creators.get("editor") or ()
    if title and source.value("year"):
        part = source.value("pages") + source.value("volume") if len(title) < 12 else ""
        first = names[0].family.lower() if names else ""
        yield "title, year and first author", "|".join((title, source.value("year"), first, part))


RULE = Rule("EV304", "same-work", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "bibtex")
