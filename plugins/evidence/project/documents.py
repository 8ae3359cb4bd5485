"""Files → documents, each read once, and told of where it is no file to be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from evidence.crew import beforehand, processes, shared
from evidence.folded import folded
from evidence.hiding import may_hide
from evidence.memory import Memory
from evidence.model import Document, Fault, Place
from evidence.ordinary import leads_out
from evidence.progress import progress
from evidence.project.described import Project
from evidence.reading import bytes_of, is_remembered, read_remembered


def read_documents(project: Project, files: Iterable[tuple[str, str]]) -> tuple[Document, ...]:
    """The documents of (path, kind) pairs, read from disk."""
    read = reader(project)
    found = [(path, kind, read(path, kind)) for path, kind in files]
    with shared(project.memory, len(found)) as memory:

        def work(one: tuple[str, str, bytes | Document]) -> Document:
            path, kind, data = one
            return document_of(data, path, kind, memory)

        number, documents = len(found), []
        left = [one for one in found if not _is_read(*one, memory)] if processes(number) > 1 else []
        ahead = processes(len(left)) > 1
        with progress("Reading", len(left) if ahead else number) as tell:
            beforehand(work, left, tell)
            left.clear()
            found.reverse()
            while found:
                documents.append(folded(work(found.pop()), number))
                if not ahead:
                    tell()
        return tuple(documents)


def _is_read(path: str, kind: str, data: bytes | Document, memory: Memory) -> bool:
    return isinstance(data, Document) or is_remembered(data, path, kind, memory)


def document_of(found: bytes | Document, path: str, kind: str, memory: Memory) -> Document:
    """The document that a reader found, or that its bytes are, with the citations in it that no reader would see."""
    document = found if isinstance(found, Document) else read_remembered(found, path, kind, memory)
    if not may_hide(document):
        return document
    from evidence.taking_out import unshown  # Markdown takes long to start, and few documents need it again

    return replace(document, unshown=unshown(document))


def reader(project: Project) -> Callable[[str, str], bytes | Document]:
    """What reads the bytes of (path, kind) for one run; for what is no file to be read, it gives a document that says so."""
    root, content = project.root, project.root / project.policy.content
    outside: dict[str, bool] = {}

    def read(path: str, kind: str) -> bytes | Document:
        full = os.path.join(root, path)  # noqa: PTH118 - a thousand times, and a Path takes longer than the file
        try:
            ordinary = stat.S_ISREG(os.lstat(full).st_mode)
        except (OSError, ValueError):
            ordinary = False
        if not ordinary or not path.isprintable():
            return _strange(root, project.policy.content, path, kind)
        folder = os.path.dirname(full)  # noqa: PTH120
        if folder not in outside:
            outside[folder] = leads_out(Path(folder), root, content)
        if kind != "loose" and outside[folder]:
            return _strange(root, project.policy.content, path, kind)
        return bytes_of(root, path, kind)

    return read


def _strange(root: Path, content: str, path: str, kind: str) -> bytes | Document:
    """Of what is no plain file in a folder of the project."""
    if not path.isprintable():
        readable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)
        what = "the file's name has characters that cannot be shown"
        return _unread(readable, kind, what, "rename it, with letters, digits and hyphens only")
    if (root / path).exists() and not (root / path).is_file():
        return _unread(path, kind, "this is not an ordinary file", "delete it, or put a Markdown file in its place")
    if kind != "loose" and leads_out(root / path, root, root / content):
        what = "this is a link to a file outside the project, which could change without a word"
        return _unread(path, kind, what, "put a copy of the file in its place")
    return bytes_of(root, path, kind)


def _unread(path: str, kind: str, what: str, fix: str) -> Document:
    return Document(path, "", kind, {}, "", (), faults=(Fault("EV001", Place(path), what, fix),))
