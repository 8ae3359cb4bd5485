"""The words that the theme itself puts before readers: text and attributes of its templates, the strings in their code, and the
same in other languages.

They reach readers like any others, and are held to the same wording. Jinja's own lexer tells words from code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html.parser import HTMLParser

from jinja2 import Environment, TemplateSyntaxError

from evidence.model import Meta, Place

NAME = "theme"
"""The name of each such text."""
_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "q", "span", "strong", "time"})
_SILENT = frozenset({"script", "style"})
_SAID = ("alt", "title", "aria-label", "placeholder", "data-one", "data-many", "data-none")
_GAP = "…"
"""Stands for what a template fills in."""


_PAIR = re.compile(r'\s*(?:"[^"]*"|\w+)\s*=\s*"([^"]*\w[^"]*)"\s*(?:#.*)?')
_REACH = 5_000
"""Characters after which a tag is words."""
_NOWHERE = 1 << 62
_BEGIN = re.compile(r"<(!--|!\[)?")
_CODE = re.compile(r"[a-z_\W\d][^\s]*|\S+\.html")
"""A string that is a name or an address and no words: no space in it, and no capital at its beginning."""


def theme_words(templates: Mapping[str, str]) -> tuple[Meta, ...]:
    """The words in the texts of templates, by their paths, each with its place.

    A template that cannot be parsed says nothing here: the build tells what is wrong with it.
    """
    found: list[Meta] = []
    for name, source in templates.items():
        try:
            found += _translated(source, name) if name.endswith(".toml") else _known(source, name)
        except TemplateSyntaxError:
            continue
    return tuple(found)


def _translated(source: str, name: str) -> Iterator[Meta]:
    """The right sides of the table of a language, line by line: TOML that does not hold is told elsewhere."""
    lines = source.split("\n")
    for number, line in enumerate(lines, 1):
        if found := _PAIR.fullmatch(line):
            yield _meta(found[1], name, number, lines)


@lru_cache(maxsize=200)
def _known(source: str, name: str) -> tuple[Meta, ...]:
    """Read once in a process that checks again and again, as while the site is served; few templates change meanwhile."""
    return tuple(_words(source, name))


def _words(source: str, name: str) -> Iterator[Meta]:
    """First the strings in code, then what stands between it, in the order of each."""
    lines = source.split("\n")
    html: list[str] = []
    for line, kind, value in Environment().lex(source):
        if kind == "data":
            html.append(value)
            continue
        html.append((_GAP if kind == "variable_end" else "") + "\n" * value.count("\n"))
        words = value[1:-1].strip() if kind == "string" else ""
        if any(char.isalpha() for char in words) and not _CODE.fullmatch(words):
            yield _meta(words, name, line, lines)
    reader = _Reader()
    reader.feed(_closed("".join(html)))
    reader.close()
    reader.flush()
    for line, words in reader.found:
        yield _meta(words, name, line, lines)


def _closed(html: str) -> str:
    """Without the beginnings of tags and comments that end nowhere near: Python's reader would look through the rest for each.
    What they hold is read as words."""
    pieces, last = [], 0
    ends = {">": -1, "-->": -1}
    for found in _BEGIN.finditer(html):
        end = "-->" if found[1] == "!--" else ">"
        if ends[end] < found.start():
            at = html.find(end, found.start())
            ends[end] = at if at >= 0 else _NOWHERE
        if found[1] == "![" or ends[end] - found.start() >= (_REACH if end == ">" else _NOWHERE - len(html)):
            pieces += [html[last : found.start()], "&lt;"]
            last = found.start() + 1
    return "".join([*pieces, html[last:]])


def _meta(words: str, name: str, line: int, lines: list[str]) -> Meta:
    """With the place of the first word, as far as it stands on the line."""
    first = words.split()[0]
    column = lines[line - 1].find(first) + 1 if line <= len(lines) else 0
    return Meta(NAME, words, Place(name, line, column or 1, line, (column or 1) + len(first)))


class _Reader(HTMLParser):
    """Runs of words, not broken by what only dresses them, with the line each begins on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._run = ""
        self._line = 1
        self._silent = False

    def flush(self) -> None:
        words = " ".join(self._run.split())
        if any(char.isalpha() for char in words):
            self.found.append((self._line, words))
        self._run = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._silent = tag in _SILENT
        if tag not in _INLINE:
            self.flush()
        said = [given[name] for name in _SAID if given.get(name)]
        if tag == "meta" and "description" in (given.get("name", "") + given.get("property", "")):
            said.append(given.get("content", ""))
        for words in said:
            if any(char.isalpha() for char in words):
                self.found.append((self.getpos()[0], " ".join(words.split())))

    def handle_endtag(self, tag: str) -> None:
        self._silent = False
        if tag not in _INLINE:
            self.flush()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._run.strip():
            self._line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        self._run += data
