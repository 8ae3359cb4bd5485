"""What was worked out once and holds as long as nothing it was worked out from changes: kept in `.evidence-cache/`.

An entry is found by its name and holds only under its key, a hash of all that went into it, this package's own code included.
It is written in one step and read with a checksum, so that two runs at once, a full disk or a flipped bit cost time and never a
wrong answer: what does not fit exactly is not there. The folder may be deleted at any time. Where it, or a folder in it, is a link
to another folder, nothing is kept there, since old entries are deleted.

Entries are pickles, the only form in which a document's tree is read faster than it is made. They can make values of
`evidence.model` and nothing else: the class that reads them refuses every other name.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from evidence.ordinary import read_ordinary

FOLDER = ".evidence-cache"
_MADE_OF = (".py", ".toml", ".txt", ".json")
_SIZE = hashlib.sha256().digest_size
_OLD_PART = 3600
"""Seconds after which nobody is writing a file any more."""
_MODEL = "evidence.model"


@cache
def _values() -> dict[str, type]:
    """The classes of the model by name. Only what has values of them needs the model, which takes long to start."""
    own = (one for one in vars(import_module(_MODEL)).values() if isinstance(one, type) and _is_own(one))
    return {one.__name__: one for one in own if _fields(one) is not None or issubclass(one, Enum)}


def _is_own(made: type) -> bool:
    """Whether a class is one of the model's."""
    return made.__module__.startswith(f"{_MODEL}.")


_KNOWN: dict[type, tuple[str, ...] | None] = {}


def _fields(made: type) -> tuple[str, ...] | None:
    """The names of a dataclass's fields; None if it is none."""
    if made not in _KNOWN:
        found = getattr(made, "__dataclass_fields__", None)
        _KNOWN[made] = None if found is None else tuple(found)
    return _KNOWN[made]


class Memory:
    """The entries in a folder; without a folder nothing is remembered."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._own: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return self._folder is not None

    def recall(self, kind: str, name: str, key: bytes) -> Any:
        """The value that was kept under this name and this very key; None if there is none, or a damaged one."""
        if not self._has(kind):
            return None
        try:
            data = read_ordinary(self._path(kind, name))
            body = data[2 * _SIZE :]
            if data[:_SIZE] != key or data[_SIZE : 2 * _SIZE] != hashlib.sha256(body).digest():
                return None
            return unpacked(body)
        except (
            OSError,
            MemoryError,
            RecursionError,
            pickle.UnpicklingError,
            EOFError,
            AttributeError,
            ImportError,
            IndexError,
            TypeError,
            ValueError,
        ):
            return None

    def knows(self, kind: str, name: str, key: bytes) -> bool:
        """Whether there is an entry of this name under this key; it may still be a damaged one."""
        if not self._has(kind):
            return False
        try:
            return read_ordinary(self._path(kind, name), _SIZE) == key
        except OSError:
            return False

    def keep(self, kind: str, name: str, key: bytes, value: object) -> None:
        """Keep a value for the next run. Where the disk refuses, nothing is kept."""
        if not self._has(kind):
            return
        path = self._path(kind, name)
        beside = path.with_suffix(f".{os.getpid()}.part")
        body = packed(value)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            with beside.open("xb") as stream:
                stream.write(key + hashlib.sha256(body).digest() + body)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def forget(self, kind: str, but: Iterable[str]) -> None:
        """Drop the entries of a kind but those of these names, and what killed runs left half-written."""
        if self._folder is None or not self._has(kind):
            return
        left = {self._path(kind, name).name for name in but}
        with suppress(OSError):
            for path in (self._folder / kind).iterdir():
                if path.name not in left and (
                    path.suffix != ".part" or time.time() - path.stat().st_mtime > _OLD_PART
                ):
                    path.unlink(missing_ok=True)

    def _has(self, kind: str) -> bool:
        """Whether there is a place for entries of a kind."""
        if self._folder is None:
            return False
        if kind not in self._own:
            self._own[kind] = is_no_link(self._folder / kind)
        return self._own[kind]

    def _path(self, kind: str, name: str) -> Path:
        assert self._folder is not None
        return self._folder / kind / hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


NOTHING = Memory()
"""Remembers nothing."""


class _Keeper(pickle.Pickler):
    """Keeps values of the model as their class and what it is called with: six times as quick to read as what Python keeps of them."""

    def reducer_override(self, value: Any) -> Any:
        names = _fields(type(value))
        if names is None or not _is_own(type(value)):
            return NotImplemented
        return type(value), tuple(getattr(value, name) for name in names)


def packed(value: object) -> bytes:
    """A plain value, or one of the model, or containers of such, as bytes that take little time to read."""
    body = io.BytesIO()
    _Keeper(body, protocol=5).dump(value)
    return body.getvalue()


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        made = _values().get(name) if module.startswith(f"{_MODEL}.") else None
        if made is None or made.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of the model")
        return made


def unpacked(body: bytes) -> Any:
    """The value that was packed. Raises pickle.UnpicklingError, and whatever else damaged bytes can lead to."""
    return _Values(io.BytesIO(body)).load()


def memory(root: Path) -> Memory:
    """The memory of a project. Automatic checks (`CI` is set) remember nothing, and neither does `EVIDENCE_CACHE=0`."""
    forbidden = os.environ.get("CI") or os.environ.get("EVIDENCE_CACHE") == "0"
    return Memory(root / FOLDER) if not forbidden and is_no_link(root / FOLDER) else NOTHING


def is_no_link(folder: Path) -> bool:
    """Whether a folder stands where it seems to, or not at all."""
    return not os.path.islink(folder)  # noqa: PTH114 - which asks nobody who may not answer


def key_of(*parts: object) -> bytes:
    """One hash of values that hold their whole meaning: texts, bytes, numbers, and containers and dataclasses of such."""
    digest = hashlib.sha256()
    for part in parts:
        _feed(digest, part)
    return digest.digest()


def _feed(digest: Any, value: object) -> None:
    if isinstance(value, bytes | str):
        data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        digest.update(f"{type(value).__name__}{len(data)}:".encode() + data)
    elif (names := _fields(type(value))) is not None:
        _feed(digest, type(value).__qualname__)
        _feed(digest, [getattr(value, name) for name in names])
    elif isinstance(value, Mapping):
        _feed_all(digest, "map", value.items())
    elif isinstance(value, set | frozenset):
        _feed_all(digest, "set", sorted(map(key_of, value)))
    elif isinstance(value, list | tuple):
        _feed_all(digest, "list", value)
    elif isinstance(value, re.Pattern):
        _feed(digest, (value.pattern, value.flags))
    elif value is None or isinstance(value, int | float | Enum):
        _feed(digest, f"{type(value).__name__} {value!r}")
    else:
        raise TypeError(f"a {type(value).__name__} has no lasting key")


def _feed_all(digest: Any, name: str, values: Iterable[object]) -> None:
    listed = list(values)
    digest.update(f"{name}{len(listed)}:".encode())
    for one in listed:
        _feed(digest, one)


@cache
def code_key() -> bytes:
    """The key of all that makes results: this package's files, the Python that runs them and the packages beside it."""
    root = Path(__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in _MADE_OF)
    digest = hashlib.sha256(sys.version.encode())
    for path in files:
        digest.update(str(path).encode("utf-8", "surrogatepass") + hashlib.sha256(path.read_bytes()).digest())
    for place in map(Path, filter(None, sys.path)):
        if place.is_dir():
            installed = sorted(one.name for one in place.glob("*.dist-info"))
            digest.update("\n".join(installed).encode("utf-8", "surrogatepass"))
    return digest.digest()
