"""A DOI, PMID, PMCID, ISBN, ISSN or address is not of its form, so that it would lead nowhere.

ISBN and ISSN carry a check digit, so that a typing error shows. Addresses must begin with `http://` or `https://`; anything
else (`javascript:` above all) is never made a link. `https://doi.org/10.…` is fine as a DOI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidence.identifiers import clean_doi, clean_isbn, clean_issn, clean_pmcid, clean_pmid, safe_url
from evidence.model import Case, Field, Hit, Rule, Severity, Source

_ENTRY = "@misc{{lee2020, author = {{Lee, Bo}}, title = {{Fluids}}, year = {{2020}}, {} = {{{}}}}}"
BAD = (
    _ENTRY.format("doi", "10.1016 j.ajem"),
    _ENTRY.format("url", "javascript:alert(1)"),
    _ENTRY.format("isbn", "978-3-16-148410-1"),
    _ENTRY.format("pmid", "PMC1234"),
)
GOOD = (
    _ENTRY.format("doi", "https://doi.org/10.1016/j.ajem.2015.12.080"),
    _ENTRY.format("url", "https://example.org/a?b=c"),
    _ENTRY.format("isbn", "978-3-16-148410-0"),
    _ENTRY.format("pmid", "31566727"),
)
CHECKS: dict[str, tuple[str, Callable[[str], str | None], str]] = {
    "doi": ("DOI", clean_doi, "write it as 10.1016/j.ajem.2015.12.080"),
    "pmid": ("PMID", clean_pmid, "write the number alone, such as 31566727"),
    "pmcid": ("PMCID", clean_pmcid, "write it as PMC5539409"),
    "isbn": ("ISBN", clean_isbn, "check the digits; the last one is a check digit"),
    "issn": ("ISSN", clean_issn, "check the digits; the last one is a check digit"),
    "url": ("web address", safe_url, "write it with https:// or http:// and no spaces"),
}


def check(case: Case) -> Iterator[Hit]:
    for source in (*case.library.sources.values(), *case.library.duplicates):
        for name, (title, clean, fix) in CHECKS.items():
            field = source.fields.get(name)
            if field is not None and name in source.own | {"pmid", "pmcid"}:
                yield from _check(source, field, title, clean, fix)


def _check(source: Source, field: Field, title: str, clean: Callable[[str], str | None], fix: str) -> Iterator[Hit]:
    for value in _values(field, clean):
        if clean(value) is None:
            shown = value if len(value) <= 60 else value[:57] + "…"
            yield Hit(field.place, f'"{shown}" is no {title} ("{source.key}")', fix, key=source.key)


def _values(field: Field, clean: Callable[[str], str | None]) -> list[str]:
    """ISBN and ISSN stand in lists, with words in brackets: `0028-3878 (Print) 1526-632X (Linking)`."""
    if field.name not in ("isbn", "issn"):
        return [field.value] if field.value else []
    parts = [part.strip() for part in re.split(r"[,;/]|\([^()]*\)", field.value) if part.strip()]
    words = [part.split() if clean(part) is None and len(part) > 20 else [part] for part in parts]
    return [word for some in words for word in some]


RULE = Rule("EV303", "malformed-identifier", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "bibtex")
