"""The cells of tables, held against the record with the heads and labels by which a reader reads them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Case, Policy, Severity
from evidence.reading import read
from evidence.rules import RULES
from samples import HEAD

FOLDER = Path(__file__).parents[1] / "cases/support"
CASES = FOLDER / "tables.txt"
LIBRARY = parse_library(
    {"references.bib": (FOLDER / "references.bib").read_text(encoding="utf-8")},
    {
        f"content/sources/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((FOLDER / "sources").glob("*.toml"))
    },
    {"content/vocabulary.toml": (FOLDER / "vocabulary.toml").read_text(encoding="utf-8")},
)


def cases() -> list[tuple[str, str, list[str]]]:
    found = []
    for part in re.split(r"^== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, rest = part.split("\n", 1)
        text, expected = rest.split("\n--\n") if "\n--\n" in rest else (rest.removesuffix("\n--"), "")
        found.append((title, text, [line for line in expected.strip().splitlines() if line]))
    return found


@pytest.mark.parametrize(("title", "text", "expected"), cases(), ids=[case[0] for case in cases()])
def test_cases(title: str, text: str, expected: list[str]) -> None:
    report = check(Case((read(HEAD + text, "content/articles/a.md"),), LIBRARY, Policy()), RULES)
    told = [
        f"{one.code}{'?' if one.severity is Severity.WARNING else ''} {one.message}"
        for one in report.problems
        if one.code.startswith("EV4") and one.code not in ("EV405", "EV406")
    ]
    assert len(told) == len(expected), told
    for found, wanted in zip(told, expected, strict=True):
        assert found.startswith(wanted), told
