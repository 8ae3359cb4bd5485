"""Marks in the text that tell, after Markdown has taken it apart, where in the author's file each line came from.

Python-Markdown's tree has no line numbers. Before it runs, every line (every cell of a table row) gets one *beacon*,
two private-use characters that number it, set after the first letter or digit that no block construct looks at. The
block parser carries them along; afterwards they are taken out again and each tells its line and column exactly. They
are only used to read a document, never to render one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.model import Span

_HIGH, _LOW, _RADIX = 0x100000, 0xF0000, 0xFFFD
BEACON = re.compile("([\U00100000-\U0010fffd])([\U000f0000-\U000ffffd])")
"""A beacon. Authors' own characters of these planes are refused before reading (EV001)."""

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_AVOID = re.compile(
    r"&\#?\w+;?"  # character references
    r"|<[^>]*(?:>|$)"  # tags, autolinks and comments: their insides decide what is a block of HTML
    r"|^\s*\*?\[[^\]]*\]:"  # labels of link, footnote and abbreviation definitions
    r"|^[\s>]*(?:\d+[.)]|[-+*:#]+)\s"  # list, definition and heading marks
)
_COMMENT_START = re.compile(r"<!--\s*")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a beacon stands: index of the line, column in the line with its tabs expanded (both 0-based)."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Planted:
    """The lines with their beacons, where each beacon stands, and what is needed to undo tabs."""

    lines: tuple[str, ...]
    origins: tuple[Origin, ...]
    plain: tuple[str, ...]
    tabs: dict[int, tuple[tuple[int, int], ...]]
    first_line: int = 1

    def column(self, line: int, expanded: int) -> int:
        """The 1-based column in the author's line for a column of the line with expanded tabs."""
        stops = self.tabs.get(line)
        if not stops:
            return expanded + 1
        at, original = stops[bisect_right(stops, (expanded, 1 << 60)) - 1]
        return original + (expanded - at) + 1


def _expand(line: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line with tabs as Python-Markdown expands them, and (expanded, original) column pairs after each tab."""
    out, stops, width = [], [(0, 0)], 0
    for index, piece in enumerate(line.split("\t")):
        if index:
            pad = 4 - width % 4
            out.append(" " * pad)
            width += pad
            stops.append((width, stops[-1][1] + (width - pad - stops[-1][0]) + 1))
        out.append(piece)
        width += len(piece)
    return "".join(out), tuple(stops)


def _spots(line: str) -> Iterator[int]:
    """Columns after which a beacon may stand: one in the line, one in every cell if it has bars."""
    if _FENCE.match(line):
        return
    comments = [found.end() for found in _COMMENT_START.finditer(line)]
    avoid = [
        (start, _first(comments, start, end)) for start, end in (found.span() for found in _AVOID.finditer(line))
    ]
    starts = [start for start, _ in avoid]
    bounds = [0, *(index + 1 for index, char in enumerate(line) if char == "|"), len(line)]
    edges = sorted({*bounds, *comments})
    for start, stop in pairwise(edges):
        position = start
        while (word := _WORD.search(line, position, stop)) is not None:
            before = bisect_right(starts, word.start()) - 1
            if before < 0 or word.start() >= avoid[before][1]:
                yield word.end()
                break
            position = avoid[before][1]


def _first(ends: Sequence[int], start: int, end: int) -> int:
    """The first of the ends behind `start`, if it comes before `end`; else `end`."""
    at = bisect_right(ends, start)
    return min(ends[at], end) if at < len(ends) else end


def plant(text: str, first_line: int = 1) -> Planted:
    """The text's lines, tabs expanded, each with its beacons. `first_line` is the file's line number of the first."""
    lines: list[str] = []
    origins: list[Origin] = []
    plain: list[str] = []
    tabs: dict[int, tuple[tuple[int, int], ...]] = {}
    for number, original in enumerate(text.split("\n")):
        line = original
        if "\t" in original:
            line, tabs[number] = _expand(original)
        pieces, last = [], 0
        for spot in _spots(line):
            high, low = divmod(len(origins), _RADIX)
            pieces += [line[last:spot], chr(_HIGH + high), chr(_LOW + low)]
            origins.append(Origin(number, spot))
            last = spot
        plain.append(line)
        lines.append("".join([*pieces, line[last:]]) if pieces else line)
    return Planted(tuple(lines), tuple(origins), tuple(plain), tabs, first_line)


def strip(text: str) -> str:
    """The text without its beacons."""
    return BEACON.sub("", text)


def beacons(text: str) -> Iterable[tuple[int, int]]:
    """(offset in the text without beacons, number) of each beacon."""
    return [
        (found.start() - 2 * count, (ord(found[1]) - _HIGH) * _RADIX + ord(found[2]) - _LOW)
        for count, found in enumerate(BEACON.finditer(text))
    ]


class Locator:
    """Finds the place of texts taken from a planted document, in document order.

    It keeps the last line it knows, so that a line without a beacon (only punctuation) is looked for after it.
    """

    def __init__(self, planted: Planted) -> None:
        self._planted = planted
        self._line = 0

    def locate(self, text: str) -> tuple[str, tuple[Span, ...]]:
        """The text without beacons, and the spans that map its offsets to lines and columns of the file."""
        spans: list[Span] = []
        clean: list[str] = []
        offset = 0
        for raw in text.split("\n"):
            line = strip(raw)
            spans.extend(self._spans(line, list(beacons(raw)), offset))
            clean.append(line)
            offset += len(line) + 1
        return "\n".join(clean), tuple(spans)

    def _spans(self, line: str, marks: Sequence[tuple[int, int]], offset: int) -> Iterator[Span]:
        planted = self._planted
        if marks:
            at, number = marks[0]
            origin = planted.origins[number]
            self._line, start = origin.line, origin.column - at
        else:
            start = self._search(line)
        start = max(start, 0)
        yield Span(offset, self._line + planted.first_line, planted.column(self._line, start))
        for expanded, _ in planted.tabs.get(self._line, ())[1:]:
            if start < expanded < start + len(line):
                column = planted.column(self._line, expanded)
                yield Span(offset + expanded - start, self._line + planted.first_line, column)

    def _search(self, line: str) -> int:
        """Move to the next line that holds these words and tell the column; stay where we are if none does."""
        wanted = line.strip()
        for number in range(self._line, min(self._line + 400, len(self._planted.plain))):
            column = self._planted.plain[number].find(wanted)
            if wanted and column >= 0:
                self._line = number
                return column - (len(line) - len(line.lstrip()))
        return 0
