"""The lines of `name: value` at the head of a file, between `---` lines or, as Pelican allows, up to a blank line.

What editors know from YAML works: quotes, lists, `|` and `>` texts, comments. A colon inside a value needs no quotes,
because titles have colons. Everything else that is not understood is a fault with its place, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from evidence.model import Fault, Meta, Place

_PAIR = re.compile(r"(?P<name>[A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*)|[ \t]*)$")
_FENCE, _END = re.compile(r"---[ \t]*$"), re.compile(r"(?:---|\.\.\.)[ \t]*$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_DASH = re.compile(r"[—–]+-*[ \t]*$")
_ADDRESS = re.compile(r"(?!theme/)(?:[A-Za-z0-9_~-][\w.~-]*/)*(?:[A-Za-z0-9_~-][\w.~-]*)?", re.ASCII)
_STATUSES = ("published", "draft", "hidden", "skip")
_KNOWN = frozenset({"title", "date", "slug", "status", "category", "tags", "author", "authors", "summary", "nocite"})


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter, the number of lines it takes, and what was wrong with it."""

    meta: Mapping[str, Meta]
    lines: int
    faults: tuple[Fault, ...] = ()


def read_head(path: str, lines: list[str], *, loose: bool) -> Head:
    """The front matter of a file's lines.

    A `loose` file may have none, so there prose with a colon is prose, and `---` before a blank line a rule.
    """
    if lines and _DASH.match(lines[0]):
        what = f'the first line is a long dash ("{lines[0].strip()}"), so the front matter below it is not seen'
        return Head(
            {}, 0, (Fault("EV001", Place(path, 1, 1, 1, len(lines[0]) + 1), what, "write three hyphens: ---"),)
        )
    if lines and _FENCE.match(lines[0]) and not (loose and not "".join(lines[1:2]).strip()):
        end = next((n for n, line in enumerate(lines[1:], 1) if _END.match(line)), None)
        if end is None:
            what = 'the front matter that opens with "---" is never closed'
            return Head({}, len(lines), (Fault("EV001", Place(path, 1, 1, 1, 4), what, 'put a line "---" after it'),))
        return _parse(path, lines[1:end], 2, end + 1)
    blank = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    block = lines[:blank]
    names = {found["name"].lower() for line in block if (found := _PAIR.match(line))}
    if not block or not _PAIR.match(block[0]) or (loose and not names & _KNOWN):
        return Head({}, 0)
    return _parse(path, block, 1, blank)


def _parse(path: str, lines: list[str], first: int, taken: int) -> Head:
    meta: dict[str, Meta] = {}
    faults: list[Fault] = []
    for start, stop in _entries(lines):
        line, number = lines[start], first + start
        place = Place(path, number, 1, number, len(line) + 1)
        found = _PAIR.match(line)
        if found is None:
            what = f'"{line.strip()[:40]}" in the front matter is not of the form "name: value"'
            faults.append(Fault("EV001", place, what, "write a name, a colon, a space and the value"))
            continue
        name = found["name"].lower().replace("-", "_")
        if name in meta:
            what = f'"{name}" is given twice in the front matter'
            faults.append(Fault("EV001", place, what, f"keep one; the first is on line {meta[name].place.line}"))
            continue
        faults += _indented(path, lines[start + 1 : stop], number + 1)
        column = found.start("value") + 1 if found["value"] else len(line) + 1
        value = _value(found["value"] or "", lines[start + 1 : stop])
        meta[name] = Meta(name, value, Place(path, number, column, number, len(line) + 1))
    return Head(meta, taken, tuple(faults))


def _indented(path: str, rest: list[str], first: int) -> Iterator[Fault]:
    """A line `  status: draft` would be read as more words of the value before it."""
    for number, line in enumerate(rest, first):
        found = _PAIR.match(line.strip())
        if found and found["name"].lower() in _KNOWN:
            place = Place(path, number, 1, number, len(line) + 1)
            what = f'"{line.strip()[:40]}" is indented, so that it belongs to the line before it'
            yield Fault("EV001", place, what, "begin it at the left margin")


def _entries(lines: list[str]) -> list[tuple[int, int]]:
    """(start, stop) of each entry: its line and the indented or listed lines that go on with it."""
    told = [n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")]
    starts = [n for n in told if n == told[0] or not (lines[n].startswith((" ", "\t")) or re.match(r"-\s", lines[n]))]
    return list(zip(starts, [*starts[1:], len(lines)][: len(starts)], strict=True))


def _value(first: str, rest: list[str]) -> str:
    first = first.strip()
    more = [line.strip() for line in rest if line.strip() and not line.startswith("#")]
    if first in {"|", ">", "|-", ">-"}:
        return ("\n" if first.startswith("|") else " ").join(more)
    if not first and more and all(re.match(r"-\s", line) for line in more):
        return ", ".join(_unquote(line[1:].strip()) for line in more)
    if first.startswith("[") and first.endswith("]") and "@" not in first:
        return ", ".join(_unquote(item.strip()) for item in first[1:-1].split(",") if item.strip())
    return _unquote(" ".join([first, *more]).strip())


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" and value[0] not in value[1:-1]:
        return value[1:-1]
    return value


def check_head(path: str, head: Head, kind: str) -> tuple[Fault, ...]:
    """What would make the page vanish from the site, or stand wrong in it: title, dates, status, slug."""
    if kind == "loose" and not head.meta:
        return ()
    faults = [*_missing(path, head, kind)]
    for name in ("date", "modified"):
        found = head.meta.get(name)
        if found and not _is_date(found.value):
            what = f'"{found.value}" is not a date'
            faults.append(Fault("EV001", found.place, what, "write it as 2026-11-24, or 2026-11-24 09:30"))
    status = head.meta.get("status")
    if status and status.value.lower() not in _STATUSES:
        what = f'"{status.value}" is not a status'
        faults.append(Fault("EV001", status.place, what, "use published, draft or hidden"))
    slug = head.meta.get("slug")
    if slug and not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?", slug.value):
        what = f'"{slug.value}" cannot be part of an address'
        faults.append(Fault("EV001", slug.place, what, "use letters, digits and hyphens only"))
    lang = head.meta.get("lang")
    if lang and not re.fullmatch(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*", lang.value):
        what = f'"{lang.value}" is not a language'
        faults.append(Fault("EV001", lang.place, what, "write it as en, es or pt-br"))
    for name, ending in (("save_as", ".html"), ("url", "")):
        found = head.meta.get(name)
        if found and found.value and not (_ADDRESS.fullmatch(found.value) and found.value.endswith(ending)):
            what = f'"{name}: {found.value}" leads out of the site, or to no page of it'
            faults.append(Fault("EV001", found.place, what, "give a path inside the site, such as folder/page.html"))
    return tuple(faults)


def _missing(path: str, head: Head, kind: str) -> list[Fault]:
    needed = {"article": ("title", "date"), "page": ("title",)}.get(kind, ())
    example = {"title": "title: IV fluids for migraine: what is known", "date": "date: 2026-11-24"}
    return [
        Fault("EV001", Place(path), f"the front matter has no {name}", f'add a line "{example[name]}"')
        for name in needed
        if not (head.meta.get(name) and head.meta[name].value.strip())
    ]


def _is_date(value: str) -> bool:
    """Only the common form: the site generator reads other ones differently, or not at all."""
    try:
        datetime.fromisoformat(value.strip())
    except ValueError:
        return False
    return _DATE.fullmatch(value.strip()) is not None
