"""Plain-text cases: a line `== title`, a bibliography, a line `--`, and what is expected, line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet


def bibliography_cases(path: Path) -> list[ParameterSet]:
    """A parameter (bibliography, expected lines) for each case of the file, by its title."""
    found = []
    for part in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, rest = part.split("\n", 1)
        bib, expected = rest.split("\n--\n")
        found.append(pytest.param(bib, expected.strip().splitlines(), id=title))
    return found
