"""Reading files that are files: a pipe would be waited for without end, and a device never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_ordinary(path: Path) -> bytes:
    """The bytes of a file. Raises OSError, also for what is no ordinary file; FileNotFoundError if there is none."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "this is not an ordinary file", path.name)
        return stream.read()


def leads_out(path: Path, root: Path, content: Path) -> bool:
    """Whether a link makes a file of the content one outside the project: what it says could change unseen."""
    real = os.path.realpath(path)  # unlike resolve(), this ends for a link to itself
    return not any(Path(real).is_relative_to(os.path.realpath(folder)) for folder in (root, content))
