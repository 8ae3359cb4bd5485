"""A source lacks what a reader needs to find it.

Every source needs a title, someone who stands for it (authors, editors or a body) and a year; an article needs its journal, a
web page its address. A reader who wants to check a claim must be able to find the source from the list alone. A few
documents name nobody, or no date: `note = {no author given}` and `note = {no date given}` say so and stand in for the field.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity, Source

BAD = (
    "@article{a2020, author = {Lee, Bo}, title = {Fluids}, year = {2020}}",
    "@online{b2020, author = {{Health Body}}, title = {Fluids}, year = {2020}}",
)
GOOD = (
    "@article{a2020, author = {Lee, Bo}, title = {Fluids}, journaltitle = {Headache}, date = {2020-05}}",
    "@online{b2020, organization = {Health Body}, title = {Fluids}, year = {2020}, url = {https://example.org/a}}",
)
BODIES = ("author", "editor", "institution", "organization", "publisher", "school", "howpublished")
NEEDED = {
    "article": ("journal",),
    "online": ("url",),
    "www": ("url",),
    "webpage": ("url",),
    "incollection": ("booktitle",),
    "inproceedings": ("booktitle",),
    "conference": ("booktitle",),
    "book": ("publisher",),
}
EXAMPLES = {
    "title": "title = {…}",
    "author": "author = {Lee, Bo and Smith, Ann}, or author = {{Name of a body}}",
    "year": "year = {2020}",
    "journal": "journal = {…}",
    "url": "url = {https://…}",
    "booktitle": "booktitle = {…}",
    "publisher": "publisher = {…}",
}


def check(case: Case) -> Iterator[Hit]:
    for source in (*case.library.sources.values(), *case.library.duplicates):
        missing = list(_missing(source))
        if missing:
            names = " and no ".join(missing)
            fix = "add " + "; ".join(EXAMPLES[name] for name in missing)
            yield Hit(source.key_place, f'"{source.key}" has no {names}', fix, key=source.key)


def _missing(source: Source) -> Iterator[str]:
    if not source.value("title"):
        yield "title"
    note = source.value("note").lower()
    if not any(source.value(name) for name in BODIES) and "no author" not in note:
        yield "author"
    if not source.value("year") and "no date" not in note:
        yield "year"
    for name in NEEDED.get(source.type, ()):
        if not source.value(name) and not (name == "url" and source.value("doi")):
            yield name


RULE = Rule("EV301", "incomplete-source", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "bibtex")
