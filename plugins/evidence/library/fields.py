"""biblatex's field names and dates → BibTeX's, and names of people → `Name`."""

from __future__ import annotations

import re

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person
from pybtex.exceptions import PybtexError

from evidence.library.latex import plain
from evidence.model import Name

ALIASES = {
    "journaltitle": "journal",
    "location": "address",
    "annotation": "annote",
    "hyphenation": "langid",
    "language": "langid",
    "primaryclass": "eprintclass",
    "archiveprefix": "eprinttype",
    "issue": "number",
    "shortjournal": "journalabbr",
}
ROLES = ("author", "editor", "translator", "bookauthor", "collaborator")
_ERRORS = (PybtexError, BibTeXError, InvalidNameString, ValueError, IndexError)
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_PART = re.compile(r"(?P<part>family|given|prefix|suffix)(?:-i)?\s*=\s*(?P<value>\{[^{}]*\}|\"[^\"]*\"|[^,]*)")


def date_parts(text: str) -> dict[str, str]:
    """`2020-05-14`, `2020-05/2020-06`, `2020?` … → year, month and day as far as given; nothing if it is no date."""
    found = _DATE.match(text.strip())
    return {name: value for name, value in found.groupdict().items() if value} if found else {}


def names(raw: str) -> tuple[Name, ...]:
    """A list of names joined by `and`, as BibTeX and biblatex write them. Never raises."""
    try:
        parts = split_name_list(raw)
    except _ERRORS:
        parts = [raw]
    return tuple(name for part in parts if (name := _name(part.strip())) is not None)


def _name(text: str) -> Name | None:
    if not text:
        return None
    if text.lower() == "others":
        return Name("others")
    if text.startswith("{") and _closes_at_end(text):
        return Name(plain(text), body=True)
    if re.match(r"(?:family|given|prefix|suffix)\s*=", text):
        parts = {found["part"]: plain(found["value"].strip('"')) for found in _PART.finditer(text)}
        return Name(parts.get("family", ""), parts.get("given", ""), parts.get("prefix", ""), parts.get("suffix", ""))
    try:
        person = Person(text)
    except _ERRORS:
        return Name(plain(text))
    family = plain(" ".join(person.last_names)) or plain(text)
    given = plain(" ".join([*person.first_names, *person.middle_names]))
    return Name(family, given, plain(" ".join(person.prelast_names)), plain(" ".join(person.lineage_names)))


def _closes_at_end(text: str) -> bool:
    depth = 0
    for index, char in enumerate(text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth == 0:
            return index == len(text) - 1
    return False
