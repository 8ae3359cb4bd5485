"""biblatex's field names and dates → BibTeX's, and names of people → `Name`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pybtex.bibtex.exceptions import BibTeXError
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
    "elocation-id": "eid",
    "pubmedid": "pmid",
    "pmc": "pmcid",
}
ROLES = ("author", "editor", "translator", "bookauthor", "collaborator", "holder", "inventor")
_ERRORS = (PybtexError, BibTeXError, InvalidNameString, ValueError, IndexError)
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?:T[\d:.+Z-]*)?[?~%]?~?"
)
_SEASONS = {"21": "Spring", "22": "Summer", "23": "Fall", "24": "Winter"}
_PART = re.compile(
    r"(?:^|,)\s*(?P<part>family|given|prefix|suffix)(?:-i)?\s*=\s*(?P<value>\{[^{}]*\}|\"[^\"]*\"|[^,]*)"
)
_SIMPLE_NAME = re.compile(r"(?P<family>[^\W\d_a-z][^\s,{}\\~$`\"]*), (?P<given>[^,{}\\~$`\"]+)")
_OTHERS = re.compile(r"\{?(?:others|et\.? al\.?)\}?", re.IGNORECASE)


def date_parts(text: str) -> dict[str, str] | None:
    """`2020-05-14`, `2020-05/2020-06`, `2020?`, `../2020` … → year, month and day of its start (or of its end, if that
    is all there is); None if it is no date (biblatex manual, 2.3.8: ISO 8601-2 level 1).
    """
    ends = [end for end in text.strip().split("/") if end not in ("", "..")]
    if not ends or len(ends) > 2:
        return None
    found = [_DATE.fullmatch(end) for end in ends]
    if any(one is None or not _is_possible(one["month"], one["day"]) for one in found):
        return None
    first = found[0]
    assert first is not None
    parts = {name: value for name, value in first.groupdict().items() if value}
    if parts.get("month") in _SEASONS:
        parts["month"] = _SEASONS[parts["month"]]
    return parts


def _is_possible(month: str | None, day: str | None) -> bool:
    return (month is None or "01" <= month <= "12" or month in _SEASONS) and (day is None or "01" <= day <= "31")


def names(raw: str) -> tuple[Name, ...]:
    """A list of names joined by `and`, as BibTeX and biblatex write them. Never raises."""
    return tuple(name for part in _parts(raw) if (name := _name(part)) is not None)


def _parts(raw: str) -> Iterator[str]:
    """The names between the words `and` that stand outside of braces."""
    depth, words = 0, list[str]()
    for word in raw.split():
        if depth <= 0 and word.lower() == "and":
            yield " ".join(words)
            words = []
        else:
            words.append(word)
        depth += word.count("{") - word.count("}")
    yield " ".join(words)


def _name(text: str) -> Name | None:
    if not text:
        return None
    if _OTHERS.fullmatch(text):
        return Name("others")
    if text.startswith("{") and _closes_at_end(text):
        return Name(plain(text), body=True)
    if re.match(r"(?:family|given|prefix|suffix)\s*=", text):
        return _of_parts(text)
    simple = _SIMPLE_NAME.fullmatch(text)
    return Name(plain(simple["family"]), plain(simple["given"])) if simple else _of_bibtex(text)


def _of_parts(text: str) -> Name:
    """`family=Lee, given=Bo, prefix=van`: biblatex's extended name format."""
    parts = {found["part"]: plain(found["value"].strip('"')) for found in _PART.finditer(text)}
    return Name(parts.get("family", ""), parts.get("given", ""), parts.get("prefix", ""), parts.get("suffix", ""))


def _of_bibtex(text: str) -> Name:
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
