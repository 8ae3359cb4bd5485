"""The files of a folder. Paths are plain strings here: a `Path` for each of some thousand files takes longer than reading them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from evidence.errors import UnreadableError

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


def markdown_files(folder: Path, ignored: Sequence[str] = (), excluded: Collection[str] = ()) -> Iterator[str]:
    """The Markdown files in a folder, also behind links to other folders, but never round in a circle.

    Names that begin with a dot are no content: editors keep their locks and backups there.
    """
    if folder.is_file():
        yield os.path.normpath(folder)
    yield from (path for path in files_in(folder, ignored, excluded) if path.lower().endswith(MARKDOWN))


def files_in(folder: Path, ignored: Sequence[str] = (), excluded: Collection[str] = ()) -> Iterator[str]:
    """All files in a folder, as above. `excluded` are paths of folders."""
    seen: set[str] = set()
    for here, folders, files in os.walk(os.path.normpath(folder), onerror=_refused, followlinks=True):
        if (real := os.path.realpath(here)) in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(
            one
            for one in folders
            if not hidden(one, ignored) and os.path.join(here, one) not in excluded  # noqa: PTH118
        )
        yield from (os.path.join(here, file) for file in sorted(files) if not hidden(file, ignored))  # noqa: PTH118


def named(folder: Path, ending: str) -> list[str]:
    """The names of the files in a folder that end so; none if there is no such folder. Raises UnreadableError."""
    try:
        with os.scandir(folder) as listed:
            return sorted(one.name for one in listed if one.name.endswith(ending))
    except OSError as error:
        _refused(error)
        return []


def _refused(error: OSError) -> None:
    """What is in a folder that may not be read would be neither checked nor published, and nobody would be told."""
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        name = os.path.relpath(error.filename)
        raise UnreadableError(
            f'the folder "{name}" cannot be read: {error.strerror}; check who may read it'
        ) from error


def hidden(name: str, ignored: Sequence[str]) -> bool:
    """Whether a file or folder of this name is no content."""
    return name.startswith(".") or any(fnmatch(name, pattern) for pattern in ignored)


def shown(path: str | Path, root: Path) -> str:
    """Relative to the project root, also for files beside it; an absolute path only across file systems' roots."""
    text, start = str(path), f"{root}{os.sep}"
    if text.startswith(start):
        return text[len(start) :].replace(os.sep, "/")
    return Path(*_up(Path(path), root)).as_posix()


def _up(path: Path, root: Path) -> tuple[str, ...]:
    parts, base = path.parts, root.parts
    common = next(
        (n for n, (a, b) in enumerate(zip(parts, base, strict=False)) if a != b), min(len(parts), len(base))
    )
    return (*[".."] * (len(base) - common), *parts[common:])
