"""The cases of `tests/cases/citations/*.txt`, read. What a case looks like is told in `test_citations.py`."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

CASES = Path(__file__).parent / "cases" / "citations"
LABELS = ("known label",)
FOOTNOTES = ("1",)


class Case(NamedTuple):
    name: str
    text: str
    expected: tuple[str, ...]


def differential() -> ModuleType:
    """The comparison with pandoc, which lives with the campaign that anyone may run for longer."""
    path = Path(__file__).parents[1] / "benchmarks/citations/differential.py"
    specification = importlib.util.spec_from_file_location("differential", path)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    sys.modules["differential"] = module
    specification.loader.exec_module(module)
    return module


def cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for number, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n"), 1):
            lines = [line for line in block.split("\n") if not line.startswith("# ")]
            text = "\n".join(line for line in lines if not line.startswith(("=> ", " + ")))
            if text:
                expected = tuple(line for line in lines if line.startswith(("=> ", " + ")))
                found.append(Case(f"{path.stem}-{number}", unmasked(text), expected))
    return found


def unmasked(text: str) -> str:
    return text.replace("␣", "\u00a0").replace("·", "\u200b")
