"""Where everything in a `.bib` file stands, and what is damaged. pybtex reads values; it has no positions and stops early.

One pass, linear in the file. A damaged entry ends, at the latest, at the next line that opens an entry, so that it can
neither hide nor take down the others. Braces count as BibTeX counts them: also where a backslash stands before them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from difflib import get_close_matches

from evidence.merges import FIX, left_over, merge_marks
from evidence.model import Fault, Place

CODE = "EV311"
TYPES = frozenset(
    # BibTeX's, biblatex's (manual, 2.1), and those that reference managers write besides
    """
    article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings
    techreport unpublished
    mvbook bookinbook suppbook collection mvcollection suppcollection dataset online patent periodical suppperiodical
    mvproceedings reference mvreference inreference report set software thesis xdata
    artwork audio bibnote commentary image jurisdiction legislation legal letter movie music performance review standard
    video customa customb customc customd custome customf electronic www
    webpage preprint newspaper generic bachelorsthesis blog
    """.split()
)
_COMMANDS = frozenset({"string", "preamble", "comment"})
_AT = re.compile(r"(?<![\w.])@[ \t]*(?P<type>\w+)\s*(?P<open>[{(])?")
_ODD_AT = re.compile(r"@(?P<type>[^\n{(@,=%]{1,40}?)\s*(?P<open>[{(])(?=\s*[^\s,{}()=\"]+\s*[,}])")
_LINE_ENTRY = re.compile(r"^[ \t]*@[ \t]*(\w+)[ \t]*[{(]([ \t]*[^\s,{}()=]+[ \t]*,)?", re.MULTILINE)
_KEY = {"}": re.compile(r"[^,{}\n=]*"), ")": re.compile(r"[^,{}\n=)]*")}
_ODD_KEY = re.compile(r"[^,\n=]*")
_FIELD = re.compile(r"[^\s=,{}()\"#%@']+")
_NEXT_FIELD = re.compile(r"\s*,?\s*(?P<name>[A-Za-z][\w-]*)\s*=\s*[{\"\d]")
_BLANK = re.compile(r"(?:\s+|%[^\n]*)*")
_QUOTE = re.compile(r'[{"}]')
_BARE = re.compile(r"[^\s,#{}\"()=%]+")
_SWALLOWED = re.compile(r"\n\s*[A-Za-z]+\s*=\s*[{\"]")
_LOST_FIELD = re.compile(r"\b[A-Za-z]+\s*=\s*[{\"]")
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]+")
_WORDS_OUTSIDE = re.compile(r"^[ \t]*[^%\s@]", re.MULTILINE)
_TAKEN_BRACE = re.compile(r"\n[ \t]*\}$")


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as written: its name, the offsets of its whole value, of the words inside, and of its `#`-joined pieces."""

    name: str
    name_at: int
    start: int
    end: int
    inner: tuple[int, int]
    pieces: tuple[tuple[int, int], ...]


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
        self.path, self.text = path, _HIDDEN.sub(" ", text)
        self.entries: list[RawEntry] = []
        self.faults: list[Fault] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._openings = [found.start() for found in _LINE_ENTRY.finditer(text) if found[2] or _is_known(found[1])]
        self._partners = _partners(text)
        self._scan()
        self._tell_conflicts()
        self._tell_hidden(text)
        if "@" not in text and not self.faults and _WORDS_OUTSIDE.search(text):
            what = "there is no entry in this file, though it is not empty"
            self.fault(0, None, what, "check that it is a BibTeX file, with entries such as @article{key, …}")
        self.faults.sort(key=lambda fault: fault.place)

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of a stretch of the file."""
        line = bisect_right(self._lines, start)
        last = max(start, (start + 1 if end is None else end) - 1)
        end_line = bisect_right(self._lines, last)
        column, end_column = start - self._lines[line - 1] + 1, last - self._lines[end_line - 1] + 2
        return Place(self.path, line, column, end_line, end_column)

    def fault(self, start: int, end: int | None, what: str, fix: str, key: str | None = None) -> None:
        """Note something that cannot be read."""
        self.faults.append(Fault(CODE, self.place(start, end), what, fix, key or None))

    def _tell_conflicts(self) -> None:
        """Marks that a merge left behind are one fault each, whatever else they upset on their line."""
        marks = merge_marks(self.text)
        lines = {self.place(mark.start()).line for mark in marks}
        self.faults = [fault for fault in self.faults if fault.place.line not in lines]
        for mark in marks:
            self.fault(mark.start(), mark.end(), left_over(mark), FIX)

    def _tell_hidden(self, text: str) -> None:
        for found in _HIDDEN.finditer(text):
            names = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(found[0]))
            what = f"there is an invisible control character here ({names})"
            self.fault(found.start(), found.end(), what, "delete it, or type the words anew")

    # -------------------------------------------------------------------------------------- between entries

    def _scan(self) -> None:
        position = 0
        while (found := _AT.search(self.text, position)) is not None:
            if self._commented(position, found.start()):
                position = self._next_line(found.start())
            else:
                self._between(position, found.start())
                position = self._command(found)
        self._between(position, len(self.text))

    def _commented(self, after: int, at: int) -> bool:
        """True if a `%` stands before it on its line, outside of the entry that ended at `after`."""
        return "%" in self.text[max(after, self._lines[bisect_right(self._lines, at) - 1]) : at]

    def _starts_line(self, at: int) -> bool:
        return not self.text[self._lines[bisect_right(self._lines, at) - 1] : at].strip()

    def _next_line(self, at: int) -> int:
        number = bisect_right(self._lines, at)
        return self._lines[number] if number < len(self._lines) else len(self.text)

    def _between(self, start: int, end: int) -> None:
        """Text between entries is a comment, unless it looks like what a brace too many has cut off."""
        text = re.sub(r"%[^\n]*", lambda found: " " * len(found[0]), self.text[start:end])
        found = min((at for at in (_stray_brace(text), _first(_LOST_FIELD, text)) if at is not None), default=None)
        if found is None:
            return
        before = self.entries[-1] if self.entries else None
        words = _short(" ".join(text[found:].split()))
        what = f'"{words}" stands outside of any entry and would be lost'
        fix = "look for a brace too many, here or just before, and delete it"
        self.fault(start + found, None, what, fix, before.key if before else None)

    def _command(self, found: re.Match[str]) -> int:
        kind = found["type"].strip().lower()
        if found["open"] is None:
            odd = _ODD_AT.match(self.text, found.start()) if self._starts_line(found.start()) else None
            if odd is not None:
                return self._command(odd)
            if _is_known(kind) and kind != "comment":
                self.fault(
                    found.start(), found.end("type"), f'"@{found["type"]}" opens no entry', f"write @{kind}{{key,"
                )
            return found.end("type")
        if kind in ("comment", "preamble"):
            return self._ignored(kind, found)
        if not _is_known(kind):
            near = get_close_matches(kind, sorted(TYPES), 1)
            fix = f'did you mean "@{near[0]}"?' if near else 'use a type such as "@article", "@book" or "@online"'
            self.fault(found.start(), found.end("type"), f'there is no entry type "@{_short(found["type"])}"', fix)
        return self._entry(kind, found)

    def _ignored(self, kind: str, found: re.Match[str]) -> int:
        """The end of a @comment or @preamble. Entries inside a @comment are not real, even at the start of a line."""
        end = self._closing(found.end() - 1, anywhere=kind == "comment")
        if end is not None:
            return end
        what = f'the bracket of "@{found["type"]}" is never closed'
        self.fault(found.start(), found.end(), what, 'add the missing "}"')
        return self._next_opening(found.end())

    # ---------------------------------------------------------------------------------------- inside an entry

    def _entry(self, kind: str, found: re.Match[str]) -> int:
        close = "}" if found["open"] == "{" else ")"
        entry = RawEntry(kind, "", found.start(), found.end())
        self.entries.append(entry)
        position = found.end() if kind == "string" else self._key(entry, found.end(), close)
        if kind != "string" and not entry.key:
            what = f'this "@{found["type"]}" has no key'
            self.fault(found.start(), found.end(), what, f"write @{kind}{{key, with a key of your choice")
        entry.end = self._fields(entry, position, close)
        return entry.end

    def _key(self, entry: RawEntry, position: int, close: str) -> int:
        """Read the key; returns the offset after it. Without a key it stays empty and nothing is taken."""
        text = self.text
        start = _end(_BLANK, text, position)
        end = _end(_KEY[close], text, start)
        if text[end : end + 1] == "=":
            words = text[start:end].split()
            end = start + len(words[0]) if len(words) > 1 else start
        elif text[end : end + 1] == "{" and text[start:end].strip():
            end = _end(_ODD_KEY, text, end)
        key = text[start:end].rstrip()
        entry.key, entry.key_at = key, start
        odd = re.search(r"[\s{}]", key)
        if odd:
            shown, better = _short(key), _short(re.sub(r"[\s{}]+", "_", key).strip("_"))
            held = "a space" if odd[0].isspace() else "a brace"
            self.fault(start, start + len(key), f'the key "{shown}" holds {held}', f'write "{better}"', key)
        return start + len(key)

    def _fields(self, entry: RawEntry, position: int, close: str) -> int:
        text, wants_comma = self.text, bool(entry.key)
        while True:
            position = _end(_BLANK, text, position)
            char = text[position : position + 1]
            if char == close and not self._closes_early(entry, position):
                return position + 1
            if not char or (char == "@" and self._opens(position)):
                self._unclosed(entry)
                return position
            if char in (",", close):
                position, wants_comma = position + 1, False
                continue
            name = _FIELD.match(text, position)
            after = _end(_BLANK, text, name.end()) if name else position
            is_field = name is not None and text[after : after + 1] == "="
            if wants_comma:
                self._no_comma(entry, position, is_field)
            if name is not None and is_field:
                position, wants_comma = self._value(entry, name, after + 1), True
            else:
                position = self._junk(entry, position, name, told=wants_comma)

    def _closes_early(self, entry: RawEntry, position: int) -> bool:
        """True, and a fault, if fields of this entry still follow after its closing brace."""
        following = _NEXT_FIELD.match(self.text, position + 1) if entry.fields else None
        if following is None or self.text[position] != "}":
            return False
        what = f'this brace ends the entry before its field "{_short(following["name"])}"'
        self._damage(entry, position, what, "delete this brace")
        return True

    def _opens(self, position: int) -> bool:
        found = _AT.match(self.text, position)
        number = bisect_left(self._openings, position - 3)
        at_line = any(position - 3 <= at <= position for at in self._openings[number : number + 4])
        return bool(found and found["open"] and (at_line or _is_known(found["type"])))

    def _no_comma(self, entry: RawEntry, at: int, is_field: bool) -> None:
        if is_field:
            begins = not self.text[self.text.rfind("\n", 0, at) + 1 : at].strip()
            fix = "put a comma at the end of the line before" if begins else "put a comma before it"
            self._damage(entry, at, "there is a comma missing before this", fix)
        elif self.text[at] in '{"':
            self._damage(
                entry, at, "there are two values", 'join them with "#", or put one pair of braces around all'
            )
        elif entry.fields and self.text[max(at - 1, 0)] == '"':
            what = "there are words after the closing quotation mark"
            self._damage(entry, at, what, 'put the value in braces; an accent is written {\\"o}')
        else:
            words = _short(" ".join(self.text[at : at + 60].split("\n")[0].split()))
            fix = "look for a comma or brace missing or too many just before"
            self._damage(entry, at, f'"{words}" stands where a comma is needed', fix)

    def _damage(self, entry: RawEntry, at: int, what: str, fix: str, end: int | None = None) -> None:
        name = entry.key or (entry.fields[0].name if entry.fields else "")
        self.fault(at, end, f'{what} (in "{_short(name or entry.type)}")', fix, entry.key)

    def _unclosed(self, entry: RawEntry) -> None:
        if entry.unclosed:
            return None
        for one in reversed(entry.fields):
            took_last = one is entry.fields[-1] and _TAKEN_BRACE.search(self.text[one.start : one.end])
            if took_last or _SWALLOWED.search(self.text, one.start, one.end):
                what = f'a brace in the field "{_short(one.name)}" is never closed, so that it takes the next lines'
                return self._damage(entry, one.start, what, 'add the missing "}" at the end of its line')
        end = entry.key_at + len(entry.key)
        return self._damage(entry, entry.at, "this entry is never closed", 'add the missing "}"', end)

    def _junk(self, entry: RawEntry, position: int, name: re.Match[str] | None, *, told: bool) -> int:
        """Step over what is no field, up to the next comma or line, with the groups in it."""
        end = name.end() if name else position + 1
        if not told:
            shown = _short(self.text[position:end])
            self._damage(
                entry, position, f'"{shown}" is no field', "write name = {value}, with a comma after it", end
            )
        at = position
        while at < len(self.text) and self.text[at] not in ",}\n)":
            group = self._closing(at) if self.text[at] == "{" else None
            at = group or at + 1
        return max(at, position + 1)

    def _value(self, entry: RawEntry, name: re.Match[str], position: int) -> int:
        """Scan the value after `=`; returns the offset after it."""
        text = self.text
        pieces: list[tuple[int, int]] = []
        while True:
            start = _end(_BLANK, text, position)
            end = self._piece(start)
            if end is None:
                what, fix = _broken(text[start : start + 1], name[0])
                opened = text[start : start + 1] in ("{", '"')
                at, to = (start, start + 1) if opened else (name.start(), name.end())
                self._damage(entry, at, what, fix, to)
                entry.unclosed = entry.unclosed or opened
                return self._next_opening(start) if opened else start
            pieces.append((start, end))
            position = _end(_BLANK, text, end)
            if text[position : position + 1] != "#":
                break
            position += 1
        first, last = _inside(text, pieces[0]), _inside(text, pieces[-1])
        found = RawField(name[0], name.start(), pieces[0][0], end, (first[0], last[1]), tuple(pieces))
        entry.fields.append(found)
        return end

    def _piece(self, start: int) -> int | None:
        """The end of one piece of a value: in braces, in quotation marks, or a bare word or number."""
        char = self.text[start : start + 1]
        if char == "{":
            return self._closing(start)
        if char == '"':
            return self._quoted(start)
        bare = _BARE.match(self.text, start)
        return bare.end() if bare else None

    def _next_opening(self, after: int) -> int:
        """The start of the next line that opens an entry, or the end of the file."""
        number = bisect_left(self._openings, after)
        return self._openings[number] if number < len(self._openings) else len(self.text)

    def _closing(self, start: int, *, anywhere: bool = False) -> int | None:
        """The offset after the bracket that closes the one at `start`; None if none does in this entry."""
        limit = len(self.text) if anywhere else self._next_opening(start + 1)
        if self.text[start] == "(":
            end = self.text.find(")", start, self._next_opening(start + 1))
        else:
            end = self._partners.get(start, -1)
        return end + 1 if 0 <= end < limit else None

    def _quoted(self, start: int) -> int | None:
        depth = 0
        for found in _QUOTE.finditer(self.text, start + 1, self._next_opening(start + 1)):
            if found[0] == '"' and depth == 0:
                return found.end()
            depth += {"{": 1, "}": -1, '"': 0}[found[0]]
            if depth < 0:
                return None
        return None


def _is_known(kind: str) -> bool:
    return kind.lower() in TYPES or kind.lower() in _COMMANDS


def _partners(text: str) -> dict[int, int]:
    """The closing brace of every opening brace that has one."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in re.finditer(r"[{}]", text):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            pairs[opened.pop()] = found.start()
    return pairs


def _stray_brace(text: str) -> int | None:
    """The first closing brace that closes nothing."""
    depth = 0
    for found in re.finditer(r"[{}]", text):
        depth += 1 if found[0] == "{" else -1
        if depth < 0:
            return found.start()
    return None


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return found.start() if found else None


def _inside(text: str, piece: tuple[int, int]) -> tuple[int, int]:
    return (piece[0] + 1, piece[1] - 1) if text[piece[0]] in '{"' else piece


def _broken(char: str, name: str) -> tuple[str, str]:
    name = _short(name)
    if char == "{":
        return f'the brace of the field "{name}" is never closed', 'add the missing "}"'
    if char == '"':
        return f'the quotation mark of the field "{name}" is never closed', "add the missing '\"'"
    return f'the field "{name}" has no value', f"write {name} = {{…}}"


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def scan(path: str, text: str) -> Scanner:
    """The scan of one file's text."""
    return Scanner(path, text)
