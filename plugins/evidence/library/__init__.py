"""`references.bib` and the source notes → the `Library`. pybtex parses values; positions and repairs are ours.

All that is wrong in all files is found in one run: a bad entry is a fault with its place, and never hides the others.
Keys are compared exactly, as pandoc does; two keys that differ only in case are two keys.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.alike import Alike
from evidence.errors import UnreadableError
from evidence.folders import named
from evidence.kept import kept
from evidence.library.notes import CODE as NOTE_CODE
from evidence.library.notes import read_note
from evidence.library.scanning import scan
from evidence.library.vocabulary import from_notes, read_vocabulary
from evidence.memory import NOTHING, Memory, code_key, key_of
from evidence.model import Fault, Library, Note, Place, Policy, Source, Vocabulary
from evidence.ordinary import read_ordinary

__all__ = ["Texts", "nearest_keys", "parse_library", "read_library", "read_texts"]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of all files that a library is made of, by path."""

    bibliographies: Mapping[str, str]
    notes: Mapping[str, str]
    terms: Mapping[str, str]


def read_library(root: Path, policy: Policy) -> Library:
    """The library on disk. Raises UnreadableError for a file that cannot be read at all."""
    texts = read_texts(root, policy)
    return parse_library(texts.bibliographies, texts.notes, texts.terms)


def read_texts(root: Path, policy: Policy) -> Texts:
    """The texts on disk. Raises UnreadableError for a file that cannot be read at all."""
    texts = {path: _read(root, path, "EVIDENCE['bibliography']") for path in policy.bibliography}
    names = named(root / policy.notes, ".toml")
    notes = {f"{policy.notes}/{name}": _read(root, f"{policy.notes}/{name}", "") for name in names}
    vocabulary = f"{policy.content}/vocabulary.toml"
    terms = {vocabulary: _read(root, vocabulary, "")} if os.path.lexists(root / vocabulary) else {}
    return Texts(texts, notes, terms)


def _read(root: Path, path: str, setting: str) -> str:
    try:
        data = read_ordinary(os.path.join(root, path))  # noqa: PTH118 - for thousands of notes
    except FileNotFoundError as error:
        raise UnreadableError(f'there is no file "{path}" in the project\'s folder (setting {setting})') from error
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = data[error.start]
        shown = bytes([byte]).decode("latin-1")
        raise UnreadableError(
            f'{path}:{line}:{column}: byte 0x{byte:02x} is not UTF-8 (in Latin-1 it would be "{shown}"); '
            "save the file with the encoding UTF-8"
        ) from error


def parse_library(
    texts: Mapping[str, str],
    notes: Mapping[str, str],
    terms: Mapping[str, str] | None = None,
    memory: Memory = NOTHING,
) -> Library:
    """The library in these files' texts: bibliographies, notes and the vocabulary, if there is one, by path. Pure.

    Of bibliographies that did not change, and of each note that did not, what is remembered is taken.
    """
    key = key_of(code_key(), texts) if memory else b""
    known: _Entries | None = memory.recall("bibliography", "", key)
    if known is None:
        known = _entries(texts)
        memory.keep("bibliography", "", key, known)
    faults: list[Fault] = []
    vocabulary = Vocabulary()
    for path, text in (terms or {}).items():
        vocabulary = read_vocabulary(path, text, faults)
    if not terms:
        vocabulary = from_notes(notes)
    read = _notes(notes, vocabulary, memory, key_of(code_key(), terms or notes) if memory else b"")
    sources, duplicates, of_entries = known
    sources = _with_notes(sources, read, faults)
    every = sorted((*of_entries, *faults), key=lambda fault: fault.place)
    return Library(sources, tuple(every), duplicates, tuple(texts), vocabulary)


_Entries = tuple[dict[str, Source], tuple[Source, ...], tuple[Fault, ...]]
"""The sources of bibliographies without notes, the further ones of the same keys, and what reading met."""


def _entries(texts: Mapping[str, str]) -> _Entries:
    from evidence.library import entries  # pybtex takes long to start, and a remembered library needs none of it

    scanners = [scan(path, text) for path, text in texts.items()]
    known = entries.macros(scanners)
    first: dict[str, entries.Draft] = {}
    others: list[entries.Draft] = []
    for scanner in scanners:
        for raw in scanner.entries:
            if raw.type == "string" or not raw.key:
                continue
            one = entries.draft(scanner, raw, known)
            if raw.key in first:
                others.append(one)
            else:
                first[raw.key] = one
    faults: list[Fault] = []
    values = entries.inherited(first, faults)
    real = {key: one for key, one in first.items() if one.raw.type != "xdata"}
    sources = {key: entries.source(one, values[key], faults) for key, one in real.items()}
    duplicates = tuple(entries.source(one, entries.own_values(one), faults) for one in others)
    return sources, duplicates, (*(fault for scanner in scanners for fault in scanner.faults), *faults)


_Read = dict[str, tuple[bytes, Note | None, tuple[Fault, ...]]]
"""By path the key of a note's text, the note, and what reading met."""


def _notes(notes: Mapping[str, str], vocabulary: Vocabulary, memory: Memory, key: bytes) -> _Read:
    before: _Read = memory.recall("notes", "", key) or {}
    read: _Read = {}
    for path, text in notes.items():
        own = key_of(text) if memory else b""
        known = before.get(path)
        if known is not None and known[0] == own:
            read[path] = known
        else:
            faults: list[Fault] = []
            read[path] = own, read_note(path, text, vocabulary, faults), tuple(faults)
    if read != before:
        memory.keep("notes", "", key, read)
    return read


def _with_notes(sources: dict[str, Source], notes: _Read, faults: list[Fault]) -> dict[str, Source]:
    found: dict[str, Note] = {}
    noted = {note.key for _, note, _ in notes.values() if note is not None}
    bare = [key for key in sources if key not in noted]  # the file of another source's note must not be lost
    alike, works = Alike(bare), _by_work(bare) if noted - sources.keys() else {}
    for path, (_, note, told) in notes.items():
        faults.extend(told)
        if note is not None and note.key not in sources:
            near = (*alike.to(note.key), *_same_work(note.key, works))
            fix = f'rename it to "{near[0]}.toml"?' if near else "rename the file to the key of its source"
            faults.append(Fault(NOTE_CODE, Place(path), f'there is no source "{note.key}" for this note', fix))
        elif note is not None:
            found[note.key] = note
    return {key: replace(source, note=found.get(key)) for key, source in sources.items()}


def nearest_keys(key: str, library: Library) -> tuple[str, ...]:
    """Keys the author may have meant: the same in other letters' case first, then the most alike, or else those that begin with the
    same name and have the same year, as where a reference manager gave out other keys."""
    keys, by_low, by_work = _keys(library)
    same = by_low.get(key.lower(), [])
    alike = [known for known in keys.to(key, 2 + len(same), 0.75) if known not in same]
    return (*same, *alike[:2]) or tuple(_same_work(key, by_work)[:2])


_Works = Mapping[tuple[str, str], list[str]]
"""Keys by the name that they begin with, in small letters, and the years in them."""


@kept(1)
def _keys(library: Library) -> tuple[Alike, dict[str, list[str]], _Works]:
    """The keys to look among, those that are the same in other letters' case, and those that seem to mean the same work."""
    by_low: dict[str, list[str]] = defaultdict(list)
    for key in library.sources:
        by_low[key.lower()].append(key)
    return Alike(library.sources), by_low, _by_work(library.sources)


_NAME = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _by_work(keys: Iterable[str]) -> _Works:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in keys:
        if name := _NAME.match(key):
            for year in dict.fromkeys(_YEAR.findall(key)):
                found[name[0].lower(), year].append(key)
    return found


def _same_work(key: str, works: _Works) -> list[str]:
    """The keys that begin with the same name and have the same year."""
    name, year = _NAME.match(key), _YEAR.search(key)
    return list(works.get((name[0].lower(), year[0]), ())) if name and year else []
