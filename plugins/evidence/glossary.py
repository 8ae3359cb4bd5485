"""`content/glossary.toml` → the terms that readers may look up, and the links to them at their first use in a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from evidence.errors import UnreadableError
from evidence.model import Meta
from evidence.ordinary import read_ordinary
from evidence.toml_places import Places
from evidence.toml_text import TomlFault, toml_data

ADDRESS = "glossary/"
_FIELDS = ("term", "also", "short", "meaning")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_APART = frozenset("a abbr button caption code h1 h2 h3 h4 h5 h6 pre svg th".split())
"""Where no link is made: in links and code, and where it would be in the way."""
_VOID = frozenset("br hr img input wbr".split())


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
        raise UnreadableError(f"{path}: cannot be read: {error}") from error
    return parse_glossary(text, path)


def parse_glossary(text: str, path: str) -> tuple[Term, ...]:
    """As `read_glossary`, from the file's text."""
    try:
        tables = toml_data(text)
    except TomlFault as error:
        raise UnreadableError(f"{path}:{error.line}:{error.column}: {error}") from error
    places = Places(path, text)
    terms = [_term(path, id, value, places) for id, value in tables.items()]
    seen: dict[str, str] = {}
    for term in terms:
        for form in filter(None, (term.term, term.short, *term.also)):
            other = seen.setdefault(form.casefold(), term.id)
            if other != term.id:
                raise UnreadableError(
                    f'{path}: "{form}" stands in [{other}] and in [{term.id}]; it can mean one thing only'
                )
    return tuple(sorted(terms, key=lambda one: one.term.casefold()))


def _term(path: str, id: str, value: object, places: Places) -> Term:
    if not isinstance(value, dict):
        raise UnreadableError(f"{path}: {id} must be a table [{id}] with term and meaning")
    if not _ID.fullmatch(id):
        raise UnreadableError(f"{path}: [{id}] must be named with small letters, digits and hyphens")
    for field in value:
        if field not in _FIELDS:
            near = get_close_matches(field, _FIELDS, 1)
            hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(_FIELDS)}"
            raise UnreadableError(f'{path}: [{id}] has a field "{field}" that means nothing{hint}')
    for field in ("term", "meaning"):
        if not isinstance(value.get(field), str) or not value[field].strip():
            raise UnreadableError(f'{path}: [{id}] has no {field}; add a line {field} = "…"')
    short, also = value.get("short", ""), value.get("also", [])
    if not isinstance(short, str):
        raise UnreadableError(f"{path}: [{id}] short must be an abbreviation between quotes")
    if not isinstance(also, list) or not all(isinstance(one, str) and one.strip() for one in also):
        raise UnreadableError(f'{path}: [{id}] also must be a list of words, such as ["placebos"]')
    said = tuple(Meta(field, value[field], places.value((id, field))) for field in ("term", "meaning"))
    return Term(id, value["term"].strip(), value["meaning"].strip(), tuple(also), short.strip(), said)


def with_links(html: str, terms: Sequence[Term], up: str) -> str:
    """The HTML of a page with the first use of each term linked. `up` leads from the page to the site, such as `../`."""
    if not terms:
        return html
    linker = _Linker(terms, up)
    linker.feed(html)
    linker.close()
    return "".join(linker.out)


class _Linker(HTMLParser):
    """Copies HTML as it is, and puts links into its prose."""

    def __init__(self, terms: Sequence[Term], up: str) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._up = up
        self._open = {form: term for term in terms for form in _forms(term)}
        self._apart: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag not in _VOID and (self._apart or tag in _APART or dict(attrs).get("class") == "cites"):
            self._apart.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag in self._apart:
            while self._apart.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.out.append(data if self._apart or not self._open else self._linked(data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def _linked(self, text: str) -> str:
        longest_first = sorted(self._open, key=len, reverse=True)
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(re.escape(form) for form in longest_first)})(?![\w-])", re.IGNORECASE
        )
        pieces, last = [], 0
        for found in pattern.finditer(text):
            term = self._open.get(found[0]) or self._open.get(found[0].lower())
            if term is None:
                continue  # an abbreviation in other letters, or a term linked by now
            link = f'<a class="term" href="{escape(self._up + ADDRESS)}#{term.id}">{found[0]}</a>'
            pieces += [text[last : found.start()], link]
            last = found.end()
            self._open = {form: other for form, other in self._open.items() if other is not term}
        return "".join([*pieces, text[last:]])


def _forms(term: Term) -> tuple[str, ...]:
    """As they may stand in a text: words with a small or a capital first letter, abbreviations as they are."""
    words = tuple(form for one in (term.term, *term.also) for form in (one, one.lower()))
    return (*words, *filter(None, (term.short,)))
