"""Reading files that are files: a pipe would be waited for without end, and a device never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_MOST = 1 << 30
"""No text and no record is larger; a file with holes in it may be, and would fill the memory."""
_HOW = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_ordinary(path: str | Path, first: int | None = None) -> bytes:
    """The bytes of a file, or so many of its first. Raises OSError, also for what is no ordinary file; FileNotFoundError if there is none."""
    handle = os.open(path, _HOW)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "this is not an ordinary file", os.path.basename(path))  # noqa: PTH119
        if first is not None:
            return os.read(handle, first)
        if found.st_size > _MOST:
            raise OSError(errno.EFBIG, "this file is larger than 1 GiB", os.path.basename(path))  # noqa: PTH119
        pieces = [os.read(handle, found.st_size + 1)]
        while pieces[-1]:  # until nothing more comes: a file may grow, and a read may give less than was asked for
            pieces.append(os.read(handle, 1 << 20))
        return b"".join(pieces)
    finally:
        os.close(handle)


def leads_out(path: Path, root: Path, content: Path) -> bool:
    """Whether a link makes a file of the content one outside the project: what it says could change unseen."""
    real = os.path.realpath(path)  # unlike resolve(), this ends for a link to itself
    return not any(Path(real).is_relative_to(os.path.realpath(folder)) for folder in (root, content))
