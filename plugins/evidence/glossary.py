"""`content/glossary.toml` → the terms that readers may look up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from evidence.errors import UnreadableError
from evidence.model import Meta
from evidence.ordinary import read_ordinary
from evidence.toml_places import Places
from evidence.toml_text import TomlFault, toml_data

ADDRESS = "glossary/"
_FIELDS = ("term", "also", "short", "meaning")
_ID = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its other forms, its abbreviation ("" if it has none) and its meaning. `said` is what readers will see."""

    id: str
    term: str
    meaning: str
    also: tuple[str, ...] = ()
    short: str = ""
    said: tuple[Meta, ...] = ()


def read_glossary(root: Path, path: str) -> tuple[Term, ...]:
    """The terms in the order of the alphabet; none if there is no such file. Raises UnreadableError on a mistake."""
    try:
        text = read_ordinary(root / path).decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return parse_glossary(text, path)


def parse_glossary(text: str, path: str) -> tuple[Term, ...]:
    """As `read_glossary`, from the file's text."""
    try:
        tables = toml_data(text)
    except TomlFault as error:
        raise UnreadableError(f"{path}:{error.line}:{error.column}: {error}") from error
    places = Places(path, text)
    terms = [_term(places.at(id), id, value, places) for id, value in tables.items()]
    seen: dict[str, str] = {}
    for term in terms:
        for form in filter(None, (term.term, term.short, *term.also)):
            other = seen.setdefault(form.casefold(), term.id)
            if other != term.id:
                raise UnreadableError(
                    f'{places.at(term.id)}: "{form}" stands in [{other}] and in [{term.id}]; it can mean one thing only'
                )
    return tuple(sorted(terms, key=lambda one: one.term.casefold()))


def _term(at: str, id: str, value: object, places: Places) -> Term:
    if not isinstance(value, dict):
        raise UnreadableError(f"{at}: {id} must be a table [{id}] with term and meaning")
    if not _ID.fullmatch(id):
        raise UnreadableError(f"{at}: [{id}] must be named with small letters, digits and hyphens")
    for field in value:
        if field not in _FIELDS:
            near = get_close_matches(field, _FIELDS, 1)
            hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(_FIELDS)}"
            raise UnreadableError(f'{at}: [{id}] has a field "{field}" that means nothing{hint}')
    for field in ("term", "meaning"):
        if not isinstance(value.get(field), str) or not value[field].strip():
            raise UnreadableError(f'{at}: [{id}] has no {field}; add a line {field} = "…"')
    short, also = value.get("short", ""), value.get("also", [])
    if not isinstance(short, str):
        raise UnreadableError(f"{at}: [{id}] short must be an abbreviation between quotes")
    if not isinstance(also, list) or not all(isinstance(one, str) and one.strip() for one in also):
        raise UnreadableError(f'{at}: [{id}] also must be a list of words, such as ["placebos"]')
    said = tuple(Meta(field, value[field], places.value((id, field))) for field in ("term", "meaning"))
    return Term(id, value["term"].strip(), value["meaning"].strip(), tuple(also), short.strip(), said)
