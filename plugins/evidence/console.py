"""What a command writes: to standard output, and to files in one step."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

from evidence.errors import EvidenceError


def say(text: str) -> None:
    """To standard output. A reader who has seen enough (`| head`) does not change what was found."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def save(path: Path, data: bytes) -> None:
    """A file's bytes in one step: readers see the old ones or the new ones, never half. A linked file stays linked."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise EvidenceError(f"cannot write {path.name}: {error.strerror or error}") from error


def wants_colour(stream: TextIO) -> bool:
    """Colour only in a terminal, and never against NO_COLOR (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
