"""Where everything in a `.bib` file stands, and what is damaged. pybtex reads values; it has no positions and stops early.

One pass, linear in the file. A damaged entry ends, at the latest, at the next line that opens an entry, so that it can
neither hide nor take down the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from evidence.model import Fault, Place

CODE = "EV311"
TYPES = frozenset(
    [
        "article",
        "book",
        "mvbook",
        "inbook",
        "bookinbook",
        "suppbook",
        "booklet",
        "collection",
        "mvcollection",
        "incollection",
        "suppcollection",
        "manual",
        "misc",
        "online",
        "patent",
        "periodical",
        "suppperiodical",
        "proceedings",
        "mvproceedings",
        "inproceedings",
        "reference",
        "mvreference",
        "inreference",
        "report",
        "set",
        "software",
        "thesis",
        "unpublished",
        "xdata",
        "dataset",
        "artwork",
        "audio",
        "bibnote",
        "commentary",
        "image",
        "jurisdiction",
        "legislation",
        "legal",
        "letter",
        "movie",
        "music",
        "performance",
        "review",
        "standard",
        "video",
        "conference",
        "electronic",
        "mastersthesis",
        "phdthesis",
        "techreport",
        "www",
        "webpage",
        "preprint",
        "techreport",
        "newspaper",
    ]
)
_COMMANDS = frozenset({"string", "preamble", "comment"})
_AT = re.compile(r"(?<![\w.])@[ \t]*(?P<type>[A-Za-z]+)[ \t\r\n]*(?P<open>[{(])?")
_LINE_ENTRY = re.compile(r"^[ \t]{0,3}@[ \t]*(\w+)[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*(?P<key>[^\s,}=]*)")
_FIELD = re.compile(r"(?P<name>[^\s=,{}()\"#%@']+)")
_BLANK = re.compile(r"(?:\s+|%[^\n]*)*")
_BRACE, _QUOTE = re.compile(r"\\.|[{}]", re.DOTALL), re.compile(r'\\.|[{}"]', re.DOTALL)
_BARE = re.compile(r"[^\s,#{}\"()=%]+")
_SWALLOWED = re.compile(r"\n\s*[A-Za-z]+\s*=\s*[{\"]")
_LEFT_OVER = re.compile(r"[}]|\b[A-Za-z]+\s*=\s*[{\"]")


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as written: its name, the offsets of its whole value and of the words inside the delimiters."""

    name: str
    name_at: int
    start: int
    end: int
    inner: tuple[int, int]


@dataclass(slots=True)
class RawEntry:
    """An entry or @string as written. `unclosed` means that a field of it runs on to the next entry."""

    type: str
    key: str
    at: int
    key_at: int
    end: int = 0
    fields: list[RawField] = field(default_factory=list)
    unclosed: bool = False


class Scanner:
    """One file's scan: `entries` and `faults`, in order. `place` turns offsets into places."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.entries: list[RawEntry] = []
        self.faults: list[Fault] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._openings = [
            found.start() for found in _LINE_ENTRY.finditer(text) if found[1].lower() in TYPES | _COMMANDS
        ]
        self._scan()

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of a stretch of the file."""
        line = bisect_right(self._lines, start)
        last = max(start, (start + 1 if end is None else end) - 1)
        end_line = bisect_right(self._lines, last)
        return Place(
            self.path, line, start - self._lines[line - 1] + 1, end_line, last - self._lines[end_line - 1] + 2
        )

    def fault(self, start: int, end: int | None, what: str, fix: str, key: str | None = None) -> None:
        """Note something that cannot be read."""
        self.faults.append(Fault(CODE, self.place(start, end), what, fix, key or None))

    # -------------------------------------------------------------------------------------- between entries

    def _scan(self) -> None:
        position = 0
        while (found := _AT.search(self.text, position)) is not None:
            if self._commented(position, found.start()):
                position = self._end_of_line(found.start())
                continue
            self._left_over(position, found.start())
            position = self._command(found)
        self._left_over(position, len(self.text))

    def _commented(self, after: int, at: int) -> bool:
        """True if a `%` stands before it on its line, outside of the entry that ended at `after`."""
        start = max(after, self._lines[bisect_right(self._lines, at) - 1])
        return "%" in self.text[start:at]

    def _end_of_line(self, at: int) -> int:
        number = bisect_right(self._lines, at)
        return self._lines[number] if number < len(self._lines) else len(self.text)

    def _left_over(self, start: int, end: int) -> None:
        """Text between entries is a comment, unless it looks like fields that a brace too many has cut off."""
        text = re.sub(r"%[^\n]*", lambda found: " " * len(found[0]), self.text[start:end])
        found = _LEFT_OVER.search(text)
        if found is None:
            return
        before = self.entries[-1] if self.entries else None
        at = start + found.start()
        words = " ".join(text[found.start() :].split())[:30]
        what = f'"{words}" stands outside of any entry and would be lost'
        key = before.key if before else None
        self.fault(at, None, what, "look for a brace too many just before it, and delete it", key)

    def _command(self, found: re.Match[str]) -> int:
        kind = found["type"].lower()
        if found["open"] is None:
            self.fault(found.start(), found.end(), f'"@{found["type"]}" opens no entry', f"write @{kind}{{key,")
            return found.end()
        if kind in ("comment", "preamble"):
            end = self._balanced(found.end() - 1)
            if end is None:
                what = f'the brace of "@{found["type"]}" is never closed'
                self.fault(found.start(), found.end(), what, 'add the missing "}"')
                return self._next_opening(found.end())
            return end
        if kind not in TYPES | _COMMANDS:
            near = get_close_matches(kind, TYPES, 1)
            fix = f'did you mean "@{near[0]}"?' if near else 'use a type such as "@article", "@book" or "@online"'
            self.fault(found.start(), found.end() - 1, f'there is no entry type "@{found["type"]}"', fix)
        return self._entry(kind, found)

    # ---------------------------------------------------------------------------------------- inside an entry

    def _entry(self, kind: str, found: re.Match[str]) -> int:
        close = "}" if found["open"] == "{" else ")"
        position = found.end()
        entry = RawEntry(kind, "", found.start(), position)
        if kind != "string":
            match = _KEY.match(self.text, position)
            assert match is not None
            entry.key, entry.key_at = match["key"], match.start("key")
            position = match.end()
            after = self.text[_end(_BLANK, self.text, position) :][:1]
            if not entry.key or after == "=":
                entry.key, position = "", found.end()
                what = f'this "@{found["type"]}" has no key'
                self.fault(found.start(), found.end(), what, f"write @{kind}{{key, with a key of your choice")
        self.entries.append(entry)
        entry.end = self._fields(entry, position, close)
        return entry.end

    def _fields(self, entry: RawEntry, position: int, close: str) -> int:
        text = self.text
        expects_comma = bool(entry.key)
        while True:
            position = _end(_BLANK, text, position)
            char = text[position : position + 1]
            if char == close:
                return position + 1
            if not char or (char == "@" and self._opens(position)):
                self._unclosed(entry)
                return position
            if char == ",":
                position, expects_comma = position + 1, False
                continue
            if expects_comma:
                self._damage(
                    entry,
                    position,
                    "there is a comma missing before this",
                    "put a comma at the end of the line before",
                )
            match = _FIELD.match(text, position)
            after = _end(_BLANK, text, match.end()) if match else position
            if match is None or text[after : after + 1] != "=":
                position = self._junk(entry, position, match)
                continue
            end = self._value(entry, match, after + 1)
            position, expects_comma = end, True

    def _opens(self, position: int) -> bool:
        found = _AT.match(self.text, position)
        return bool(found and found["open"] and found["type"].lower() in TYPES | _COMMANDS)

    def _damage(self, entry: RawEntry, at: int, what: str, fix: str, end: int | None = None) -> None:
        self.fault(at, end, f'{what} (in "{entry.key or entry.type}")', fix, entry.key)

    def _unclosed(self, entry: RawEntry) -> None:
        if entry.unclosed:
            return
        for one in reversed(entry.fields):
            swallowed = _SWALLOWED.search(self.text, one.start, one.end)
            if swallowed:
                what = f'a brace in the field "{one.name}" is never closed, so that it swallows the next lines'
                self._damage(entry, one.start, what, 'add the missing "}" at the end of its line')
                return
        self._damage(
            entry, entry.at, "this entry is never closed", 'add the missing "}"', entry.key_at + len(entry.key)
        )

    def _junk(self, entry: RawEntry, position: int, match: re.Match[str] | None) -> int:
        end = match.end() if match else position + 1
        shown = self.text[position:end]
        self._damage(entry, position, f'"{shown}" is no field', "write name = {value}, with a comma after it", end)
        while end < len(self.text) and self.text[end] not in ",}\n)":
            end += 1
        return end

    def _value(self, entry: RawEntry, match: re.Match[str], position: int) -> int:
        """Scan the value after `=`; returns the offset after it."""
        text, name = self.text, match["name"]
        start = position = _end(_BLANK, text, position)
        inner: tuple[int, int] | None = None
        while True:
            char = text[position : position + 1]
            if char in ("{", '"') and char:
                end = self._balanced(position) if char == "{" else self._quoted(position)
                if end is None:
                    what = f'the {"brace" if char == "{" else "quotation mark"} of the field "{name}" is never closed'
                    self._damage(
                        entry, position, what, 'add the missing "}"' if char == "{" else "add the missing '\"'"
                    )
                    entry.unclosed = True
                    return self._next_opening(position)
                piece = (position + 1, end - 1)
            else:
                bare = _BARE.match(text, position)
                if bare is None:
                    self._damage(
                        entry, match.start(), f'the field "{name}" has no value', f"write {name} = {{…}}", match.end()
                    )
                    return position
                piece, end = bare.span(), bare.end()
            inner = piece if inner is None else (inner[0], piece[1])
            position = _end(_BLANK, text, end)
            if text[position : position + 1] != "#":
                break
            position = _end(_BLANK, text, position + 1)
        entry.fields.append(RawField(name, match.start(), start, end, inner))
        return end

    def _next_opening(self, after: int) -> int:
        """The start of the next line that opens an entry, or the end of the file."""
        number = bisect_left(self._openings, after)
        return self._openings[number] if number < len(self._openings) else len(self.text)

    def _balanced(self, start: int) -> int | None:
        """The offset after the brace (or parenthesis) that closes the one at `start`; None if none does."""
        if self.text[start] == "(":
            end = self.text.find(")", start, self._next_opening(start + 1))
            return None if end < 0 else end + 1
        depth = 0
        for found in _BRACE.finditer(self.text, start, self._next_opening(start + 1)):
            if found[0] == "{":
                depth += 1
            elif found[0] == "}":
                depth -= 1
                if depth == 0:
                    return found.end()
        return None

    def _quoted(self, start: int) -> int | None:
        depth = 0
        for found in _QUOTE.finditer(self.text, start + 1, self._next_opening(start + 1)):
            if found[0] == '"' and depth == 0:
                return found.end()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
        return None


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def scan(path: str, text: str) -> Scanner:
    """The scan of one file's text."""
    return Scanner(path, text)


def faults(scanner: Scanner) -> Iterator[Fault]:
    """What the scan could not read, in order."""
    yield from sorted(scanner.faults, key=lambda fault: fault.place)
