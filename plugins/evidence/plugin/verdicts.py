"""What the check found of each document, for the pages that are made of it: its claims, and what the cited ones rest on.

Of a large site it is laid together by document and taken apart when somebody asks, since it would be a third of all that a build
holds.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from evidence import folded
from evidence.judging import numbered, rests_on
from evidence.kept import Kept
from evidence.memory import packed, unpacked
from evidence.model import Claim, Document, Library, Supported

_Part = tuple[Sequence[Claim], Sequence[Supported]]
_LAST = 20
_QUICK = 1


class Verdicts:
    """The claims, in order, and the supported ones of the documents, which are given by path."""

    def __init__(
        self,
        claims: Iterable[Claim],
        supported: Iterable[Supported],
        library: Library,
        documents: Mapping[str, Document],
    ) -> None:
        self._library, self._documents = library, documents
        resting: dict[str, list[Supported]] = defaultdict(list)
        for one in supported:
            resting[one.document.path].append(one)
        self.sources = frozenset(rest.source.key for each in resting.values() for one in each for rest in one.rests)
        """The keys of the sources that claims rest on."""
        self._taken_apart = Kept(self._apart, _LAST)
        self._many = len(documents) >= folded.MANY
        self._parts: list[_Part | _Packed] = []
        self._by_path: dict[str, int] = {}
        for path, each in groupby(claims, key=lambda claim: claim.place.path):
            self._by_path.setdefault(path, len(self._parts))
            self._parts.append(self._held((tuple(each), resting.pop(path, ()))))
        for path, rest in resting.items():
            self._by_path[path] = len(self._parts)
            self._parts.append(self._held(((), rest)))

    def claims(self) -> Iterator[Claim]:
        """All claims in order."""
        for part in self._parts:
            yield from self._part(part)[0]

    def supported(self, path: str) -> Sequence[Supported]:
        """The claims of a document that rest on sources, in order."""
        number = self._by_path.get(path)
        return () if number is None else self._part(self._parts[number])[1]

    def _part(self, part: _Part | _Packed) -> _Part:
        return self._taken_apart(part) if isinstance(part, _Packed) else part

    def _held(self, part: _Part) -> _Part | _Packed:
        return self._together(part) if self._many else part

    def _together(self, part: _Part) -> _Packed:
        claims, supported = part
        rows = [(one.claim, one.words, tuple(map(numbered, one.rests))) for one in supported]
        path = supported[0].document.path if supported else ""
        return _Packed(path, zlib.compress(packed((claims, rows)), _QUICK))

    def _apart(self, one: _Packed) -> _Part:
        claims, rows = unpacked(zlib.decompress(one.data))
        return claims, [
            Supported(
                claim, self._documents[one.path], words, tuple(rests_on(self._library, *each) for each in rests)
            )
            for claim, words, rests in rows
        ]


class _Packed:
    """What was found of one document, laid together."""

    __slots__ = ("data", "path")

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data
