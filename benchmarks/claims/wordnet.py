"""What WordNet knows of a word: the broader terms of its senses, each with the share of the senses in use.

Reads the database files of Princeton WordNet 3.0 (Debian: `apt-get install wordnet-base`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path("/usr/share/wordnet")
_PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_MOST_SENSES = 6
_ENDINGS = {
    "n": [("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y")],
    "v": [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")],
    "a": [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
    "r": [],
}  # fmt: skip
_DOUBLED = re.compile(r"(.+)([bdglmnprt])\2(?:ed|ing)")

Key = tuple[str, str]
"""Part of speech (n, v, a, r) and place in its file."""


class _Sense(NamedTuple):
    group: str
    name: str
    broader: tuple[Key, ...]
    topics: tuple[Key, ...]
    of_noun: tuple[Key, ...]


class WordNet:
    """The database, read whole (about two seconds)."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._senses: dict[Key, _Sense] = {}
        self._index: dict[str, dict[str, list[str]]] = {}
        self._odd: dict[str, dict[str, str]] = {}
        for letter, part in _PARTS.items():
            self._read(letter, folder / f"data.{part}")
            lines = (folder / f"index.{part}").read_text(encoding="latin-1").splitlines()
            rows = [line.split() for line in lines if not line.startswith(" ")]
            self._index[letter] = {row[0]: row[-int(row[2]) :] for row in rows}
            odd = (folder / f"{part}.exc").read_text(encoding="latin-1").splitlines()
            self._odd[letter] = {row.split()[0]: row.split()[1] for row in odd}
        self._uses: dict[tuple[str, str, int], int] = {}
        for line in (folder / "cntlist.rev").read_text(encoding="latin-1").splitlines():
            key, number, count = line.split()
            lemma, _, rest = key.partition("%")
            self._uses[lemma, "_nvara"[int(rest[0])], int(number)] = int(count)

    def words(self) -> set[str]:
        """All single words of the database in lower case."""
        return {word for index in self._index.values() for word in index if word.isalpha()}

    @cache  # noqa: B019 — one database, for the life of the script
    def features(self, word: str) -> dict[str, float]:
        """ "noun.body", the broader terms and the subjects of a word, each with a share of its senses from 0 to 1."""
        found: dict[str, float] = defaultdict(float)
        for share, key in self._shares(word):
            sense = self._senses[key]
            found[sense.group] += share
            for broader in self._above(key):
                found[self._name(broader)] += share
            for topic in sense.topics:
                found["topic " + self._name(topic)] += share
            for noun in frozenset().union(*map(self._above, sense.of_noun)):
                found[self._name(noun)] += share / 2
        return dict(found)

    def _name(self, key: Key) -> str:
        return f"{self._senses[key].name}.{''.join(key)}"

    def _shares(self, word: str) -> list[tuple[float, Key]]:
        uses: list[tuple[float, Key]] = []
        for part in _PARTS:
            lemma = self._lemma(word, part)
            for rank, offset in enumerate(self._index[part].get(lemma, [])[:_MOST_SENSES], 1):
                count = self._uses.get((lemma, part, rank), 0)
                uses.append((count + 0.5 if count else 0.5 / rank, (part, offset)))
        whole = sum(count for count, _ in uses)
        return [(count / whole, key) for count, key in uses]

    def _lemma(self, word: str, part: str) -> str:
        index = self._index[part]
        if (odd := self._odd[part].get(word)) in index:
            return str(odd)
        doubled = _DOUBLED.fullmatch(word) if part == "v" else None
        stems = [word, *(word[: len(word) - len(end)] + new for end, new in _ENDINGS[part] if word.endswith(end))]
        stems += [doubled[1] + doubled[2]] if doubled else []
        return next((stem for stem in stems if stem in index), word)

    @cache  # noqa: B019
    def _above(self, key: Key) -> frozenset[Key]:
        return frozenset({key}).union(*(self._above(broader) for broader in self._senses[key].broader))

    def _read(self, letter: str, file: Path) -> None:
        for line in file.read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.partition("|")[0].split()
            number = int(fields[3], 16)
            at = 4 + 2 * number
            links = [fields[at + 1 + 4 * link : at + 5 + 4 * link] for link in range(int(fields[at]))]
            self._senses[letter, fields[0]] = _Sense(
                f"{_PARTS[letter]}.{fields[1]}",
                fields[4].lower(),
                tuple((part, offset) for mark, offset, part, _ in links if mark in {"@", "@i"}),
                tuple((part, offset) for mark, offset, part, _ in links if mark == ";c"),
                tuple(
                    (part, offset)
                    for mark, offset, part, _ in links
                    if mark == "\\" and part == "n" and letter == "a"
                ),
            )
