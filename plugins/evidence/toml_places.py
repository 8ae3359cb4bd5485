"""Where the keys and values of a TOML text stand, since `tomllib` tells only what they are.

Only for text that `tomllib` has read: what is not valid TOML is not looked at twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from evidence.model import Place

Path = tuple[str | int, ...]
"""The way to a value, as in the data `tomllib` gives: `("finding", 0, "id")`."""

_TOKEN = re.compile(
    r'''
    (?:[ \t\r]+|\#[^\n]*)*+
    ((?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{}=,.\n])
    |(?P<bare>[^\s\[\]{}=,.\#"']+)
    |\Z)
    ''',
    re.VERBOSE | re.DOTALL,
)


_STRING = r'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'
_LINE = (
    r"[ \t]*+(?:(?:\[\[[A-Za-z0-9_-]+\]\]|[A-Za-z0-9_-]+[ \t]*=[ \t]*+"
    rf"(?:{_STRING}|\[(?:[ \t]*+{_STRING},?)*+[ \t]*+\]|[0-9A-Za-z.:+-]+))[ \t]*+)?(?:\#[^\n]*+)?"
)
_PLAIN = re.compile(rf"(?:{_LINE}\n)*+{_LINE}")
"""A text that says everything on single lines, as nearly all do."""
_HEADER = re.compile(r"^[ \t]*(\[\[([A-Za-z0-9_-]+)\]\])", re.MULTILINE)


class Places:
    """The places of all keys and values of one file's text. The text is looked through when something is first asked for."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text

    def key(self, path: Path) -> Place:
        """The place of the key at the end of this way, or of the nearest thing around it."""
        stretch = self._headers.get(path)
        return self._place(*stretch) if stretch else self._nearest(path, self._all.keys)

    def at(self, name: str) -> str:
        """The place of a table or a value of the whole file, as a message begins with it."""
        place = self.key((name,))
        return f"{place.path}:{place.line}:{place.column}"

    def value(self, path: Path) -> Place:
        """The place of the value at the end of this way, or of the nearest thing around it."""
        return self._nearest(path, self._all.values)

    @cached_property
    def _headers(self) -> dict[Path, tuple[int, int]]:
        """The headers `[[name]]` of a plain text: most texts are right, and are asked for nothing else."""
        found: dict[Path, tuple[int, int]] = {}
        counts: dict[str, int] = {}
        for header in _HEADER.finditer(self._text) if _PLAIN.fullmatch(self._text) else ():
            number = counts[header[2]] = counts.get(header[2], -1) + 1
            found[header[2], number] = header.span(1)
        return found

    @cached_property
    def _all(self) -> _Stretches:
        return _Stretches(self._text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    def _nearest(self, path: Path, stretches: dict[Path, tuple[int, int]]) -> Place:
        for length in range(len(path), 0, -1):
            found = stretches.get(path[:length]) or self._all.keys.get(path[:length])
            if found:
                return self._place(*found)
        return Place(self._path)

    def _place(self, start: int, end: int) -> Place:
        line, end_line = bisect_right(self._starts, start), bisect_right(self._starts, max(end - 1, start))
        column, end_column = start - self._starts[line - 1] + 1, end - self._starts[end_line - 1] + 1
        return Place(self._path, line, column, end_line, end_column)


class _Stretches:
    """Where all keys and values of a text begin and end. Made, used, and dropped with its `Places`."""

    def __init__(self, text: str) -> None:
        found = [match for match in _TOKEN.finditer(text) if match[1]]
        self._tokens = [match.span(1) for match in found]
        self._texts = [*(match[1] for match in found), ""]
        self._at = 0
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self._read()

    def _peek(self) -> str:
        return self._texts[self._at]

    def _read(self) -> None:
        """Line by line: a `[header]`, or a key with its value."""
        table: Path = ()
        counts: dict[Path, int] = {}
        while self._at < len(self._tokens):
            if self._peek() == "\n":
                self._at += 1
            elif self._peek() == "[":
                table = self._header(counts)
            else:
                self._pair(table)

    def _header(self, counts: dict[Path, int]) -> Path:
        start = self._tokens[self._at][0]
        depth = 0
        while self._peek() == "[":
            depth, self._at = depth + 1, self._at + 1
        path: Path = ()
        for name in self._name("]"):
            path = (*path, name)
            path = (*path, counts[path] - 1) if path in counts else path
        if depth == 2:
            path = path[:-1] if isinstance(path[-1], int) else path
            counts[path] = counts.get(path, 0) + 1
            self.keys.setdefault(path, (start, self._tokens[self._at + 1][1]))
            path = (*path, counts[path] - 1)
        self._at += depth
        self.keys[path] = (start, self._tokens[self._at - 1][1])
        return path

    def _name(self, closing: str) -> list[str]:
        """The parts of a dotted key up to the mark that closes it."""
        parts = []
        while (token := self._peek()) != closing:
            if token != ".":
                parts.append(token[1:-1] if token[0] in "\"'" else token)
            self._at += 1
        return parts

    def _pair(self, table: Path) -> None:
        start = self._tokens[self._at][0]
        path: Path = (*table, *self._name("="))
        self.keys[path] = (start, self._tokens[self._at - 1][1])
        self._at += 1
        self._value(path)

    def _value(self, path: Path) -> None:
        start = self._tokens[self._at][0]
        opening = self._peek()
        if opening in ("[", "{"):
            self._at += 1
            self._items(path, "]" if opening == "[" else "}")
        while self._peek() not in ("\n", ",", "]", "}", ""):
            self._at += 1
        self.values[path] = (start, self._tokens[self._at - 1][1])

    def _items(self, path: Path, closing: str) -> None:
        number = 0
        while self._peek() != closing:
            if self._peek() in ("\n", ","):
                self._at += 1
            elif closing == "}":
                self._pair(path)
            else:
                self._value((*path, number))
                number += 1
        self._at += 1
