"""Building beside the site that stands, and taking its place in one step once everything has passed."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import glob
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from evidence.errors import EvidenceError

_BUILDING = ".{name}-building-{pid}"
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


def staging_folder(output: Path, spare: Path | None = None) -> Path:
    """An empty folder beside `output` to build into. Clears away what killed builds left behind; the spare that one of them had
    taken goes back, if there is no other by now."""
    try:
        return _staging_folder(output, spare)
    except OSError as error:
        raise EvidenceError(f'cannot build beside the folder "{output.name}": {_why(error)}') from error


def _staging_folder(output: Path, spare: Path | None) -> Path:
    output.parent.mkdir(parents=True, exist_ok=True)
    _recover(output)
    for left in output.parent.glob(_BUILDING.format(name=glob.escape(output.name), pid="*")):
        number = re.search(r"-(\d+)$", left.name)
        if number and not _running(int(number[1])):
            of_spare = left.name.endswith(f"-on-{number[1]}")
            if spare is None or not of_spare or not _put_aside(left, spare):
                remove(left)
    staging = output.parent / _BUILDING.format(name=output.name, pid=os.getpid())
    remove(staging)
    staging.mkdir()
    return staging


def beside_staging(staging: Path) -> Path:
    """A second folder for the same build, cleared away like the first if the build is killed."""
    name, _, pid = staging.name.rpartition("-")
    return staging.with_name(f"{name}-on-{pid}")


def check_output(output: Path, precious: Iterable[Path]) -> None:
    """Raises EvidenceError if replacing `output` would replace anything but a site.

    `precious` are the project, its content and its theme, the project first: a site may stand in the project's folder,
    but not in the others.
    """
    project, *sources = [path.resolve() for path in precious]
    for path in (project, *sources):
        if output == path or output in path.parents:
            raise EvidenceError(
                f'the output folder "{output.name}" holds "{path.name}"; choose another output folder (setting OUTPUT_PATH)'
            )
    for path in sources:
        if path in output.parents:
            raise EvidenceError(
                f'the output folder "{output.name}" is inside "{path.name}"; '
                "choose another one (setting OUTPUT_PATH), or another THEME"
            )
    if output.exists() and not output.is_dir():
        raise EvidenceError(f'the output "{output.name}" is a file; it must be a folder (setting OUTPUT_PATH)')
    names = {path.name for path in output.iterdir()} if output.is_dir() else set()
    if "index.html" not in names and any(not name.startswith(".") for name in names):
        raise EvidenceError(
            f'the folder "{output.name}" holds files but no index.html, so it is no site that may be replaced; '
            "choose another output folder (setting OUTPUT_PATH), or empty it"
        )


def put_in_place(staging: Path, output: Path, keep: Iterable[str] = (), spare: Path | None = None) -> None:
    """Make `staging` the new `output`. Readers see the old site or the new one, never a part of either.

    `keep` names entries of the old folder, such as `.git`, that go on in the new one. The old folder becomes `spare`, or is deleted
    where none is wanted or one is there already.
    """
    try:
        for name in keep:
            if (output / name).exists() and not (staging / name).exists():
                _copy(output / name, staging / name)
        if _take_place(staging, output):
            return
        if not _exchange(staging, output):
            aside = _aside(output)
            output.rename(aside)
            staging.rename(output)
            staging = aside
    except OSError as error:
        raise EvidenceError(f'cannot replace the folder "{output.name}": {_why(error)}') from error
    if spare is None or not _put_aside(staging, spare):
        remove(staging)


def _put_aside(folder: Path, spare: Path) -> bool:
    if folder.is_symlink() or spare.parent.is_symlink():
        return False
    try:
        spare.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(spare)
    except OSError:
        return False
    return True


def _take_place(staging: Path, output: Path) -> bool:
    """Whether there was no site yet, so that the first one now stands; false also if another build came first."""
    if output.exists():
        return False
    try:
        staging.rename(output)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
            return False
        raise
    return True


def remove(folder: Path) -> None:
    """Delete a folder that is no site (any more), as far as that is possible."""
    shutil.rmtree(folder, ignore_errors=True)


def _why(error: OSError) -> str:
    name = f" ({Path(error.filename).name})" if error.filename else ""
    return f"{error.strerror or error}{name}"


def _copy(old: Path, new: Path) -> None:
    if old.is_dir():
        shutil.copytree(old, new, symlinks=True)
    else:
        shutil.copy2(old, new)


def _aside(output: Path) -> Path:
    return output.parent / f".{output.name}-before"


def _recover(output: Path) -> None:
    """Where two renames were needed and the build was killed between them, the old site goes back."""
    aside = _aside(output)
    if aside.exists() and not aside.is_symlink():
        if output.exists():
            remove(aside)
        else:
            aside.rename(output)


def _running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the kernel; False where there is no such call."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        first, second = os.fsencode(one), os.fsencode(other)
        if sys.platform == "linux":
            return bool(libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(first, second, _RENAME_SWAP) == 0)
    return False
