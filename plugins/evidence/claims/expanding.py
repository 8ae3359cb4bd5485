"""A cue file's text → what is looked up: every entry in its inflected forms, as plain data that can be kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.claims.cues import ENTITIES, GRAMMAR, KINDS, REASONS
from evidence.claims.inflection import forms
from evidence.errors import SettingsError
from evidence.toml_places import Places
from evidence.toml_text import TomlFault, toml_data

_STRENGTHS = ("strong", "weak")
_INFLECTIONS = ("noun", "verb", "none")
_ENDING = re.compile(r"([^\W\d_]+)/(\d+)")


def expanded(text: str, file: str, learned: str = "", learned_file: str = "learned.txt") -> dict[str, Any]:
    """A cue file's text, checked and expanded, as plain data for `cues.cues_from`.

    `learned` is the text of its file of words with points, if it has one. Raises SettingsError with file, line and column.
    """
    try:
        data = toml_data(text)
    except TomlFault as error:
        raise SettingsError(f"{file}:{error.line}:{error.column}: {error}") from error
    return _Reader(file, text, data).data(read_words(learned, learned_file))


def read_words(text: str, file: str = "learned.txt") -> dict[str, float]:
    """Words with points: lines such as "12 headache dizziness"; lines that begin with "#" are remarks."""
    found: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        points, *words = line.split()
        if re.fullmatch(r"[+-]?[0-9]{1,4}", points) is None or not words:
            raise SettingsError(f"{file}:{number}:1: this is not a number with words after it: {line[:40]!r}")
        found.update(dict.fromkeys(words, float(points)))
    return found


class _Reader:
    """One cue file on its way in: every complaint names the file and the place in it."""

    def __init__(self, file: str, text: str, data: Mapping[str, Any]) -> None:
        self._file = file
        self._text = text
        self._data = data
        self._single: dict[str, set[str]] = {}
        self._phrases: dict[str, dict[tuple[str, ...], set[str]]] = {}

    def data(self, words: Mapping[str, float]) -> dict[str, Any]:
        known = {
            "language",
            "entity",
            "predicate",
            "figure",
            "endings",
            "against",
            "idioms",
            "grammar",
            "points",
            "kinds",
        }
        self._only(self._data, known, "the top")
        language = self._data.get("language")
        if not isinstance(language, str) or not language:
            raise self._wrong('"language" must be a word such as "en"', "language")
        for family, names in (("entity", ENTITIES), ("predicate", KINDS), ("against", REASONS)):
            tables = self._table(self._data, family)
            self._only(tables, set(names), family)
            for name in names:
                self._classes(self._table(tables, name, family), f"{family}.{name}")
        self._classes(self._table(self._data, "figure"), "figure")
        idioms = self._table(self._data, "idioms")
        self._add(self._entries(idioms, "words", "idioms"), "idiom", "none")
        numbers: dict[frozenset[str], int] = {}  # few sets of classes, of many words each
        single: dict[int, list[str]] = defaultdict(list)
        for word, classes in self._single.items():
            single[numbers.setdefault(frozenset(classes), len(numbers))].append(word)
        phrases = {
            first: "\t".join(
                f"{' '.join(rest)}\t{numbers.setdefault(frozenset(found[rest]), len(numbers))}"
                for rest in sorted(found, key=lambda rest: (-len(rest), rest))
            )
            for first, found in self._phrases.items()
        }
        by_points: dict[float, list[str]] = defaultdict(list)
        for word, points in words.items():
            by_points[points].append(word)
        return {
            "language": language,
            "classes": [sorted(classes) for classes in numbers],
            "single": [(number, " ".join(listed)) for number, listed in single.items()],
            "phrases": phrases,
            "endings": list(self._endings()),
            "grammar": {name: sorted(listed) for name, listed in self._grammar().items()},
            "points": self._points(),
            "words": [(points, " ".join(listed)) for points, listed in by_points.items()],
            "kinds": self._kinds(),
        }

    def _wrong(self, message: str, *way: str) -> SettingsError:
        """With the place of the value at the end of this way through the tables, or of what is nearest to it."""
        place = Places(self._file, self._text).value(way)
        return SettingsError(f"{place.path}:{place.line}:{place.column}: {message}")

    def _only(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        if unknown := sorted(set(table) - known):
            what = f'"{unknown[0]}" is not known in {where}; known are {", ".join(sorted(known))}'
            raise self._wrong(what, *_way(where), unknown[0])

    def _table(self, parent: Mapping[str, Any], name: str, where: str = "") -> Mapping[str, Any]:
        table = parent.get(name)
        if not isinstance(table, dict):
            raise self._wrong(f"the table [{where + '.' if where else ''}{name}] is missing", *_way(where), name)
        return table

    def _classes(self, table: Mapping[str, Any], where: str) -> None:
        self._only(table, {"inflect", *_STRENGTHS}, f"[{where}]")
        inflect = table.get("inflect")
        if inflect not in _INFLECTIONS:
            raise self._wrong(
                f'"inflect" of [{where}] must be one of {", ".join(_INFLECTIONS)}', *_way(where), "inflect"
            )
        for strength in _STRENGTHS:
            self._add(self._entries(table, strength, where), f"{where}:{strength}", inflect)

    def _entries(self, table: Mapping[str, Any], name: str, where: str) -> list[str]:
        text = table.get(name)
        if not isinstance(text, str):
            raise self._wrong(f'"{name}" of [{where}] must be a text of words between commas', *_way(where), name)
        entries = [" ".join(entry.lower().split()) for entry in text.strip().rstrip(",").split(",")]
        if not all(entries):
            what = f'"{name}" of [{where}] has an empty entry: two commas without a word between'
            raise self._wrong(what, *_way(where), name)
        return entries

    def _add(self, entries: list[str], mark: str, inflect: str) -> None:
        single, phrases = self._single, self._phrases
        for entry in entries:
            for form in forms(entry, inflect):
                if " " in form:
                    first, *rest = form.split(" ")
                    phrases.setdefault(first, {}).setdefault(tuple(rest), set()).add(mark)
                elif form in single:
                    single[form].add(mark)
                else:
                    single[form] = {mark}

    def _endings(self) -> Iterator[tuple[str, int]]:
        for entry in self._entries(self._table(self._data, "endings"), "strong", "endings"):
            found = _ENDING.fullmatch(entry)
            if found is None:
                what = f'the ending "{entry}" is not of the form itis/7 (ending, shortest word)'
                raise self._wrong(what, "endings", "strong")
            yield found[1], int(found[2])

    def _grammar(self) -> dict[str, frozenset[str]]:
        table = self._table(self._data, "grammar")
        self._only(table, set(GRAMMAR), "[grammar]")
        found = {name: frozenset(self._entries(table, name, "grammar")) for name in GRAMMAR}
        verbs = frozenset(form for entry in found["verbs"] for form in forms(entry, "verb"))
        return found | {"verbs": verbs}

    def _points(self) -> dict[str, float]:
        table = self._table(self._data, "points")
        if "start" not in table:
            raise self._wrong('"start" of [points] is missing', "points")
        return self._numbers(table, "points")

    def _kinds(self) -> dict[str, dict[str, float]]:
        """What signs are worth for each kind; empty for a cue file that leaves it to the predicates."""
        if "kinds" not in self._data:
            return {}
        tables = self._table(self._data, "kinds")
        self._only(tables, set(KINDS), "kinds")
        return {name: self._numbers(self._table(tables, name, "kinds"), f"kinds.{name}") for name in KINDS}

    def _numbers(self, table: Mapping[str, Any], where: str) -> dict[str, float]:
        for name, value in table.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self._wrong(f'"{name}" of [{where}] must be a number', *_way(where), name)
        return {name: float(value) for name, value in table.items()}


def _way(where: str) -> tuple[str, ...]:
    """The way to a table that messages name, such as `[entity.condition]`; none for the top."""
    return () if where in ("", "the top") else tuple(where.strip("[]").split("."))
