"""One hash for each source of the library, of all that a page may say of it; and one for the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from evidence.digests import digest
from evidence.memory import Memory, code_key, key_of
from evidence.model import Library, Lock, Note, Source, Vocabulary
from evidence.standing import checked, status

_KIND = "source keys"


def source_keys(library: Library, slugs: Mapping[str, str], memory: Memory) -> Mapping[str, bytes]:
    """By key of a source. `slugs` are the last parts of their addresses."""
    key = key_of(code_key(), library.key)
    known: dict[str, bytes] | None = memory.recall(_KIND, "", key)
    if known is None:
        known = {one.key: _key(one, slugs[one.key], library.lock) for one in library.sources.values()}
        memory.keep(_KIND, "", key, known)
    return known


def _key(source: Source, slug: str, lock: Lock | None) -> bytes:
    """Places in files are left out: a source that moves down in its file is the same for readers."""
    fields = [(name, one.value) for name, one in source.fields.items()]
    creators = [(role, [repr(name) for name in names]) for role, names in source.creators.items()]
    standing = (status(source, lock), checked(source, lock)) if lock else ()
    note = _note(source.note) if source.note else None
    return digest(repr((source.key, source.type, slug, fields, sorted(source.own), creators, note, standing)))


def _note(note: Note) -> tuple[object, ...]:
    findings = [
        (one.id, one.outcome, one.effect, one.statement, one.locator, one.quote, one.treatments, one.advice)
        for one in note.findings
    ]
    about = (note.design, note.participants, note.population, note.treatments, note.funding)
    return (*about, findings, note.superseded_by, note.retracted_ok, note.record_ok)


def vocabulary_key(vocabulary: Vocabulary) -> bytes:
    """Of all terms with their names."""
    terms = [
        (one.id, one.kind, one.label, one.synonyms, one.broader, one.members)
        for kind in vocabulary.terms.values()
        for one in kind.values()
    ]
    return digest(repr(terms))
