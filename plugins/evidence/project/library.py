"""The library of a project, from memory as far as its texts are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from evidence.errors import UnreadableError
from evidence.library import parse_library, read_texts
from evidence.lock import parse_lock
from evidence.memory import Memory, code_key, key_of
from evidence.model import Library
from evidence.ordinary import read_ordinary
from evidence.project.described import Project

Made = TypeVar("Made")


def whole_library(project: Project) -> Library:
    """The sources, the notes on them and what was verified of them, read from disk."""
    return library_of(project)[1]()


def library_of(project: Project) -> tuple[bytes, Callable[[], Library]]:
    """The key of the library as it is on disk now, and what makes it of the texts that were read."""
    texts = read_texts(project.root, project.policy)
    lock = _lock_text(project)
    own = key_of(code_key(), texts) if project.memory else b""
    key = key_of(own, lock) if project.memory and lock is not None else own

    def library() -> Library:
        known = remembered(
            project.memory,
            "library",
            own,
            lambda: parse_library(texts.bibliographies, texts.notes, texts.terms, project.memory),
        )
        parsed = None if lock is None else parse_lock(lock, project.policy.lock)
        return replace(known, lock=parsed, key=key, recall=recall)

    def recall(name: str, make: Callable[[Any], Any], renewing: bool) -> Any:
        if not renewing:
            return remembered(project.memory, name, own, lambda: make(None))
        same = key_of(code_key(), texts.terms or texts.notes)
        before = project.memory.recall(name, "", same)
        made = make(before)
        if made != before:
            project.memory.keep(name, "", same, made)
        return made

    return key, library


def remembered(memory: Memory, kind: str, key: bytes, make: Callable[[], Made]) -> Made:
    """What was made before under the key, or else is made now."""
    known: Made | None = memory.recall(kind, "", key)
    if known is None:
        known = make()
        memory.keep(kind, "", key, known)
    return known


def _lock_text(project: Project) -> str | None:
    try:
        return read_ordinary(project.root / project.policy.lock).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{project.policy.lock}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
