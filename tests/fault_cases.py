"""Cases of files and what is told about them, read and compared. What a case looks like is told in the case files."""

from __future__ import annotations

import re
from pathlib import Path

from evidence.model import Fault

CASES = Path(__file__).parent / "cases"

Case = tuple[str, str, list[str]]


def fault_cases(path: str) -> list[Case]:
    """(title, file, expected problems) of a file of cases."""
    found = []
    for part in re.split(r"^== ", (CASES / path).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, rest = part.split("\n", 1)
        text, expected = rest.split("\n--\n")
        lines = expected.strip().splitlines()
        found.append((title, text + "\n", [] if lines == ["nothing"] else lines))
    return found


def compare(faults: list[Fault], expected: list[str]) -> None:
    """Each fault against `line:column words of the message | words of the repair`."""
    told = sorted(faults, key=lambda fault: fault.place)
    shown = [f"{one.place.line}:{one.place.column} {one.what} | {one.fix}" for one in told]
    assert len(shown) == len(expected), shown
    for line, fault in zip(expected, told, strict=True):
        place, message, repair = re.fullmatch(r"(\S+) (.*?) \| ?(.*)", line).groups()  # type: ignore[union-attr]
        matching = [
            one
            for one in told
            if f"{one.place.line}:{one.place.column}" == place and message in one.what and repair in (one.fix or "")
        ]
        assert matching, (line, shown)
        assert fault.fix
