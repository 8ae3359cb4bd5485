"""`content/sources/<key>.toml` → what the editors know about a source. What cannot be read is a fault (EV310)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from evidence.model import Fault, Finding, Note, Place

CODE = "EV310"
_FINDING = ("id", "outcome", "effect", "statement", "locator", "quote")


def read_note(path: str, text: str, faults: list[Fault]) -> Note | None:
    """The note in a file's text; None, with a fault, if it cannot be read."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(_broken(path, text, str(error)))
        return None
    lines = text.split("\n")
    reader = _Reader(path, lines, faults)
    return Note(
        key=PurePosixPath(path).stem,
        place=Place(path),
        design=reader.text(data, "design"),
        participants=reader.number(data, "participants"),
        population=reader.text(data, "population"),
        treatments=reader.texts(data, "treatments"),
        funding=reader.text(data, "funding"),
        findings=reader.findings(data),
        superseded_by=reader.text(data, "superseded_by"),
        retracted_ok=reader.text(data, "retracted_ok"),
        record_ok=reader.text(data, "record_ok"),
    )


def _broken(path: str, text: str, message: str) -> Fault:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
    what = f"the note cannot be read: {re.sub(r' [(]at .*', '', message).lower()}"
    fix = 'write name = "value", with quotation marks around words'
    return Fault(CODE, Place(path, line, column, line, column + 1), what, fix)


class _Reader:
    """Reads values of the right kind; a wrong kind is a fault at its line and reads as nothing."""

    def __init__(self, path: str, lines: list[str], faults: list[Fault]) -> None:
        self._path, self._lines, self._faults = path, lines, faults

    def text(self, data: Mapping[str, Any], name: str) -> str:
        value = data.get(name, "")
        if isinstance(value, str):
            return value
        self._wrong(name, "words in quotation marks")
        return ""

    def number(self, data: Mapping[str, Any], name: str) -> int | None:
        value = data.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._wrong(name, "a whole number without quotation marks")
        return None

    def texts(self, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._wrong(name, 'a list such as ["iv-fluids"]')
        return ()

    def findings(self, data: Mapping[str, Any]) -> tuple[Finding, ...]:
        tables = data.get("finding", [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            self._wrong("finding", "a table [[finding]]")
            return ()
        found = [Finding(*(self.text(one, name) for name in _FINDING)) for one in tables]
        seen: set[str] = set()
        for one in found:
            if not one.id or one.id in seen:
                what = f'two findings have the id "{one.id}"' if one.id else "a finding has no id"
                self._faults.append(
                    Fault(CODE, self._place("id"), what, 'give each finding an id of its own, id = "…"')
                )
            seen.add(one.id)
        return tuple(one for one in found if one.id)

    def _wrong(self, name: str, wanted: str) -> None:
        self._faults.append(Fault(CODE, self._place(name), f'"{name}" is not {wanted}', f"write {name} as {wanted}"))

    def _place(self, name: str) -> Place:
        pattern = re.compile(rf"\s*(?:\[\[)?{re.escape(name)}\b")
        line = next((number for number, text in enumerate(self._lines, 1) if pattern.match(text)), 1)
        return Place(self._path, line, 1, line, len(self._lines[line - 1]) + 1)
