"""Which sources were looked up while a document was judged, so that a change in another one leaves that judgement as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from evidence.kept import kept
from evidence.memory import key_of
from evidence.model import Library, Source

Seen = tuple[tuple[str, bytes], ...]
"""By key of a source that was looked up: a hash of all that is known of it, empty if there is none."""


class _Noting(Mapping[str, Source]):
    """The sources by key, noting which are looked up. Whoever goes through all of them may keep what was made of all, and so
    from then on everything counts as looked at."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self.keys_seen: set[str] = set()
        self.all_seen = False

    def __getitem__(self, key: str) -> Source:
        self.keys_seen.add(key)
        return self._sources[key]

    def __iter__(self) -> Iterator[str]:
        self.all_seen = True
        return iter(self._sources)

    def __len__(self) -> int:
        self.all_seen = True
        return len(self._sources)


class View:
    """A library as it is looked at: `noted` notes which sources are looked up, `whole` may be gone through.

    Neither has what no document is judged by: what was verified, and what is wrong in the files.
    """

    def __init__(self, library: Library) -> None:
        self._noting = _Noting(library.sources)
        self._sources = library.sources
        self._hashes: dict[str, bytes] = {}
        self.noted = Library(self._noting, paths=library.paths, vocabulary=library.vocabulary)
        self.whole = replace(library, lock=None, faults=(), duplicates=())

    def begin(self) -> None:
        """Note what is looked up from now on."""
        self._noting.keys_seen.clear()

    def seen(self) -> Seen | None:
        """What was looked up since; None if everything counts."""
        if self._noting.all_seen:
            return None
        return tuple((key, self._hash(key)) for key in sorted(self._noting.keys_seen))

    def is_as(self, seen: Seen | None) -> bool:
        """Whether all that was looked up then is the same in this library."""
        return seen is not None and all(self._hash(key) == known for key, known in seen)

    def _hash(self, key: str) -> bytes:
        if key not in self._hashes:
            source = self._sources.get(key)
            self._hashes[key] = b"" if source is None else key_of(source)
        return self._hashes[key]


@kept(2)
def view(library: Library) -> View:
    """The view of a library, one for all documents that are judged by it."""
    return View(library)
