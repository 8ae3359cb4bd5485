"""A source lacks what a reader needs to find it.

Every source needs a title, someone who stands for it (authors, editors or a body) and a year; an article needs its journal, a
chapter its book, a book its publisher, a report its institution, a thesis its school, a patent its number, a web page its
address; anything else some way to it. A reader who wants to check a claim must be able to find the source from the list
alone. A few documents name nobody, or no date: `note = {no author given}` and `note = {no date given}` say so and stand in
for the field; `pubstate = {inpress}` stands in for the year. A number that is no year, such as 20220, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity, Source

BAD = (
    "@article{a2020, author = {Lee, Bo}, title = {Fluids}, year = {2020}}",
    "@online{b2020, author = {{Health Body}}, title = {Fluids}, year = {2020}}",
    "@article{a2022, author = {Lee, Bo}, title = {Fluids}, journal = {Headache}, year = {20220}}",
)
GOOD = (
    "@article{a2020, author = {Lee, Bo}, title = {Fluids}, journaltitle = {Headache}, date = {2020-05}}",
    "@online{b2020, organization = {Health Body}, title = {Fluids}, year = {2020}, url = {https://example.org/a}}",
)
_MAKERS = (
    *("author", "editor", "translator", "holder", "inventor"),
    *("institution", "organization", "publisher", "school", "howpublished"),
)
_WAYS = ("url", "doi", "pmid", "pmcid", "eprint")
_PLACES = ("publisher", "institution", "organization", "school", "howpublished", "journal", "booktitle", "isbn")
_JOURNAL, _ADDRESS, _BOOK = ("journal",), ("url", "doi", "howpublished"), ("booktitle",)
NEEDED: dict[str, tuple[str, ...]] = {
    # of each row the source needs one; the first is what the message asks for
    **dict.fromkeys(("article", "newspaper", "suppperiodical", "review"), _JOURNAL),
    **dict.fromkeys(("online", "www", "webpage", "electronic", "blog"), _ADDRESS),
    **dict.fromkeys(("incollection", "inproceedings", "conference", "inreference", "suppbook", "bookinbook"), _BOOK),
    **dict.fromkeys(("book", "collection"), ("publisher", "isbn", *_WAYS, "institution", "organization")),
    **dict.fromkeys(("report", "techreport"), ("institution", "publisher", "organization", *_WAYS)),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis", "bachelorsthesis"), ("school", "institution", *_WAYS)),
    **dict.fromkeys(("dataset", "software", "misc", "preprint", "generic"), (*_WAYS, *_PLACES)),
    "patent": ("number",),
}
_NUMBER = re.compile(r"[0-9]{1,9}")
EARLIEST, LATEST = 1000, 2100
"""A year outside these was mistyped."""
EXAMPLES = {
    "title": "title = {…}",
    "author": "author = {Lee, Bo and Smith, Ann}, or author = {{Name of a body}}",
    "year": "year = {2020}",
    "journal": "journal = {…}",
    "url": "url = {https://…}",
    "booktitle": "booktitle = {…}",
    "publisher": "publisher = {…}",
    "institution": "institution = {…}",
    "school": "school = {…}",
    "number": "number = {…}",
}


def check(case: Case) -> Iterator[Hit]:
    for source in (*case.library.sources.values(), *case.library.duplicates):
        missing = list(_missing(source))
        if missing:
            names = " and no ".join(missing)
            fix = "add " + "; ".join(EXAMPLES[name] for name in missing)
            yield Hit(source.key_place, f'"{source.key}" has no {names}', fix, key=source.key)
        year = source.fields.get("year")
        if year and _NUMBER.fullmatch(year.value) and not EARLIEST <= int(year.value) <= LATEST:
            what = f'"{year.value}" is no year'
            yield Hit(year.place, what, f"correct it: {EXAMPLES['year']}", key=source.key)


def _missing(source: Source) -> Iterator[str]:
    if not source.value("title"):
        yield "title"
    note = source.value("note").lower()
    if not any(source.value(name) for name in _MAKERS) and "no author" not in note:
        yield "author"
    if not (source.value("year") or source.value("pubstate")) and "no date" not in note:
        yield "year"
    wanted = NEEDED.get(source.type, ())
    if wanted and not any(source.value(name) for name in wanted):
        yield wanted[0]


RULE = Rule("EV301", "incomplete-source", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "bibtex")
