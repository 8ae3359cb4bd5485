"""The texts of a project's files, and the day."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from evidence.errors import SettingsError, UnreadableError
from evidence.folders import shown
from evidence.model import Problem
from evidence.ordinary import read_ordinary
from evidence.project.described import Project


def absolute(path: Path) -> Path:
    """Without following links: a linked file has the place and the name that the editor gave it."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def whole_text(path: Path, root: Path) -> str:
    """A file that must be read as it is. Raises UnreadableError, with its path."""
    try:
        return read_ordinary(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{shown(path, root)}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error


def text_of(path: Path) -> str:
    """A file as far as it can be read, to show its lines; empty if it cannot."""
    if not path.is_file():
        return ""  # a pipe would be waited for without end
    try:
        return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except OSError:
        return ""


def read_text(root: Path, path: str, setting: str) -> str:
    """A file that a setting names. Raises UnreadableError, with its path and the setting."""
    try:
        return read_ordinary(root / path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{path}: cannot be read ({setting}): {getattr(error, 'strerror', None) or error}"
        ) from error


def today() -> str:
    """The day of the run. Only a sign-off dated in the future is held against it, so reports do not differ by day."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(given or time.time()), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(f'SOURCE_DATE_EPOCH is "{given}", which is no moment in seconds since 1970') from error


def texts_of(project: Project, problems: Iterable[Problem], known: Mapping[str, str]) -> dict[str, str]:
    """By path the text of each file that a problem points into: one that is `known`, or else as it is on disk."""
    wanted = sorted({problem.place.path for problem in problems})
    return {path: known.get(path) or text_of(project.root / path) for path in wanted}
