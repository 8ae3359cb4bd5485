"""How bad a problem is, and where in a file something stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error stops publication, a warning is shown, a note is told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a file. `path` is relative to the project root, with `/` as separator."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
