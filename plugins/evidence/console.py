"""What a command writes: to standard output and standard error, and to files in one step."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from evidence.errors import EvidenceError

_COMMAND = re.compile(r"##(?=\w*\[)")


def visible(line: str) -> str:
    """A line that does nothing but stand there. Control characters must not reach a terminal, nor `##[command]` the log of a
    build, where GitHub's and Azure's runners obey it wherever it stands in a line.

    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    if "##" in line:
        line = _COMMAND.sub("#�", line)
    return line if line.isprintable() else "".join(map(_shown, line))


def _shown(char: str) -> str:
    return char if char.isprintable() else " " if char.isspace() else "�"


def open_streams() -> None:
    """Put an empty file in the place of each standard stream that was closed (`>&-`).

    A file that the run opens would otherwise take its number, and a child process would write into that file.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def say(text: str) -> None:
    """To standard output. A reader who has seen enough (`| head`) does not change what was found. Raises EvidenceError."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to say, also at the end
        if not isinstance(error, BrokenPipeError):
            raise EvidenceError(f"cannot write to standard output: {error.strerror or error}") from error


def tell(text: str) -> None:
    """To standard error. Where that is closed, full or gone, the exit code alone has to tell."""
    with suppress(OSError, AttributeError):  # a stream that was closed is None
        sys.stderr.write(text)
        sys.stderr.flush()


def save(path: Path, data: bytes) -> None:
    """A file's bytes in one step: readers see the old ones or the new ones, never half. A linked file stays linked."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):  # on a disk that may not be written to, not even that may be
            beside.unlink(missing_ok=True)
        raise EvidenceError(f"cannot write {path.name}: {error.strerror or error}") from error


def wants_colour(stream: TextIO | None) -> bool:
    """Colour only in a terminal, and never against NO_COLOR (https://no-color.org)."""
    return (
        stream is not None and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
