"""What was told of the very same files under the very same settings, told again.

A check hangs on nothing but this package's code, the settings it asks for, the files it reads and the day. All of these are read
and hashed here, whatever their dates say; if one byte differs, nothing is told, and the check is made. This module imports next to
nothing, since most of the time of such a run goes into starting.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence.errors import EvidenceError
from evidence.memory import code_key, key_of, memory
from evidence.ordinary import read_ordinary
from evidence.settings_file import SETTINGS, load_settings

_READ = (".md", ".markdown", ".mkd", ".mdown", ".toml", ".html", ".bib", ".json", ".py")
"""Endings of files whose contents count wherever they stand; of others in the same folders counts that they are there."""


_NAMES = ""
"""Stands among the names that were asked for where all names were gone through."""


class Asked(Mapping[str, Any]):
    """Settings that know what they were asked for."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self.names: set[str] = set()

    @property
    def unasked(self) -> Mapping[str, Any]:
        """The settings for looking at what no check hangs on."""
        return self._settings

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return self._settings[name]

    def __iter__(self) -> Iterator[str]:
        self.names.add(_NAMES)
        return iter(self._settings)

    def __len__(self) -> int:
        return len(list(self))

    def asked(self, names: Iterable[str]) -> dict[str, Any]:
        """The settings of these names, as far as there are any, and which there are if that was asked for."""
        found = {name: self._settings[name] for name in names if name in self._settings}
        return {**found, _NAMES: sorted(self._settings)} if _NAMES in names else found


class Told:
    """What a run hangs on, seen before it reads anything, and at its end what it told. The root is the folder it runs in."""

    def __init__(self, root: Path, settings: Asked, folders: Iterable[Path], files: Iterable[Path]) -> None:
        self._settings = settings
        self._memory = memory(root)
        self._folders, self._files = (
            sorted({os.path.relpath(one, root) for one in paths}) for paths in (folders, files)
        )
        self._state = _seen(root, self._folders, self._files) if self._memory else None

    def keep(self, text: str, code: int, *, colour: bool) -> None:
        """Keep what was told, for as long as nothing changes."""
        names = sorted(self._settings.names)
        key = _key(self._settings, names, self._state, colour)
        if key is not None:
            self._memory.keep("asked", "", key_of(code_key()), (names, self._folders, self._files))
            self._memory.keep("told", "", key, (text, code))


def told_again(*, colour: bool) -> tuple[str, int] | None:
    """The text and the exit code of the last check of the project in this folder; None if anything is not as it was then."""
    root = Path.cwd()
    known = memory(root)
    asked = known.recall("asked", "", key_of(code_key()))
    if asked is None:
        return None
    names, folders, files = asked
    state = _state(root, folders, files)
    _JUST_SEEN[:] = [((root, folders, files), state)]
    try:
        settings = Asked(load_settings(Path(SETTINGS)))
    except EvidenceError:
        return None  # the command itself says what is wrong
    key = _key(settings, names, state, colour)
    found: tuple[str, int] | None = None if key is None else known.recall("told", "", key)
    return found


def _key(settings: Asked, names: Sequence[str], state: bytes | None, colour: bool) -> bytes | None:
    """None if what counts could not be seen, or is no plain value."""
    chosen = settings.asked(names)
    if state is None or not _is_plain(chosen):
        return None
    day = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()) // 86_400
    return key_of(code_key(), names, repr(chosen), state, day, colour)


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, value.items()))
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, bytes, int, float, bool)


# ------------------------------------------------------------------------------------------------- files


_Files = tuple[Path, Sequence[str], Sequence[str]]
_JUST_SEEN: list[tuple[_Files, bytes | None]] = []


def _seen(root: Path, folders: Sequence[str], files: Sequence[str]) -> bytes | None:
    """The state as it was seen when this run began, or else as it is now."""
    while _JUST_SEEN:
        files_then, state = _JUST_SEEN.pop()
        if files_then == (root, folders, files):
            return state
    return _state(root, folders, files)


def _state(root: Path, folders: Sequence[str], files: Sequence[str]) -> bytes | None:
    """A hash of the files, and of all that is in the folders, both relative to the root; None if something cannot be read."""
    digest = hashlib.sha256(os.path.realpath(root).encode("utf-8", "surrogateescape"))
    try:
        for folder in (f"{root}/{one}" for one in folders):
            _add_folder(digest, folder, set())
        for file in (f"{root}/{one}" for one in files):
            _add(digest, file, _bytes(file) if os.path.lexists(file) else None)
    except (OSError, ValueError):
        return None
    return digest.digest()


def _add_folder(digest: Any, folder: str, seen: set[str]) -> None:
    if not os.path.lexists(folder):
        _add(digest, folder, None)
        return
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda one: one.name)
    for entry in entries:
        if entry.is_symlink():
            _add(digest, entry.path, os.path.realpath(entry.path).encode("utf-8", "surrogateescape"))
        if entry.is_dir():
            _add(digest, entry.path, b"/")
            _add_folder(digest, entry.path, seen)
        elif entry.name.lower().endswith(_READ):
            _add(digest, entry.path, _bytes(entry.path))
        else:
            _add(digest, entry.path, b"+")


def _bytes(path: str) -> bytes:
    """Of a file its bytes; of anything else what it is."""
    kind = stat.S_IFMT(os.stat(path).st_mode)  # noqa: PTH116
    return read_ordinary(path) if kind == stat.S_IFREG else f"kind {kind}".encode()


def _add(digest: Any, path: str, data: bytes | None) -> None:
    name = path.encode("utf-8", "surrogateescape")
    digest.update(b"%d:%s%d:" % (len(name), name, -1 if data is None else len(data)))
    digest.update(data or b"")
