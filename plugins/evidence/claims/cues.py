"""The words that decide, read from a cue file: `cues.toml` for English, `cues.NAME.toml` for another language.

A cue file has entries (words and phrases between commas) in named classes; each entry is expanded to its inflected
forms once, so that looking up a word is one step in a dictionary. What the classes mean is told in `detection`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from evidence.claims.inflection import forms
from evidence.errors import SettingsError

ENTITIES = ("condition", "symptom", "body", "medicine", "nutrient", "care", "people", "research")
KINDS = (
    "mechanism",
    "prevalence",
    "population",
    "efficacy",
    "timing",
    "safety",
    "research",
    "guideline",
    "symptom",
    "testimonial",
    "comparison",
    "dose",
)
REASONS = (
    "service",
    "call-to-action",
    "disclaimer",
    "definition",
    "transition",
    "feeling",
    "method",
    "story",
    "another-subject",
)
GRAMMAR = (
    "orders",
    "orders-or-nouns",
    "orders-or-adjectives",
    "determiners",
    "numbers",
    "promises",
    "finite",
    "before-order",
    "opens-condition",
    "reasons",
    "embeds-question",
    "asserts-anyway",
    "asserted-questions",
    "modals",
    "general",
    "subordinators",
    "pronouns",
    "first-person",
    "first-plural",
    "third-person",
    "you",
    "verbs",
    "participles",
    "subjects",
    "verdicts",
    "free-relatives",
    "genus",
    "findings",
    "editing",
    "sources",
    "pages",
    "linking",
    "past",
)
_STRENGTHS = ("strong", "weak")
_INFLECTIONS = ("noun", "verb", "none")
_ENDING = re.compile(r"([^\W\d_]+)/(\d+)")


@dataclass(frozen=True, eq=False)
class Cues:
    """A cue file, ready for use; equal to itself only, so that what is worked out from it can be remembered.

    `single` holds the classes of a word, `phrases` those of longer entries by first and second word, `points` what a sign is worth
    `words` what a word is worth by itself, and `kinds` what a sign is worth for a kind of claim."""

    language: str
    single: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[str]]]]]
    endings: tuple[tuple[str, int], ...]
    grammar: Mapping[str, frozenset[str]]
    points: Mapping[str, float]
    words: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, float]]


def has_cues(name: str) -> bool:
    """True if there is a cue file for this language."""
    file = "cues.toml" if name == "en" else f"cues.{name}.toml"
    return re.fullmatch(r"[A-Za-z]+", name) is not None and resources.files(__package__).joinpath(file).is_file()


def load_cues(name: str = "en") -> Cues:
    """The cues of a language, read once. Raises SettingsError, saying what is wrong in which file."""
    return _load(name)


@cache
def _load(name: str) -> Cues:
    file = "cues.toml" if name == "en" else f"cues.{name}.toml"
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
        raise SettingsError(f'"{name}" is not the name of a cue file; write a language such as "en"')
    try:
        text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f'there is no cue file "{file}" for the language "{name}"') from error
    except UnicodeDecodeError as error:
        raise SettingsError(f'the cue file "{file}" is not UTF-8; save it as UTF-8') from error
    learned = resources.files(__package__).joinpath(file.replace("cues", "learned", 1).replace(".toml", ".txt"))
    return read_cues(text, file, learned.read_text(encoding="utf-8") if learned.is_file() else "")


def read_cues(text: str, file: str, learned: str = "") -> Cues:
    """A cue file's text, checked and expanded. `learned` is the text of its file of words with points, if it has one."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not TOML: {error}") from error
    return _Reader(file, data).cues(read_words(learned))


def read_words(text: str) -> dict[str, float]:
    """Words with points: lines such as "12 headache dizziness"; lines that begin with "#" are remarks."""
    found: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        points, *words = line.split()
        if re.fullmatch(r"[+-]?[0-9]{1,4}", points) is None or not words:
            raise SettingsError(
                f"line {number} of the learned words is not a number with words after it: {line[:40]!r}"
            )
        found.update(dict.fromkeys(words, float(points)))
    return found


class _Reader:
    """One cue file on its way in: every complaint names the file and the place in it."""

    def __init__(self, file: str, data: Mapping[str, Any]) -> None:
        self._file = file
        self._data = data
        self._single: dict[str, set[str]] = {}
        self._phrases: dict[str, dict[tuple[str, ...], set[str]]] = {}

    def cues(self, words: Mapping[str, float]) -> Cues:
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
            raise self._wrong('"language" must be a word such as "en"')
        for family, names in (("entity", ENTITIES), ("predicate", KINDS), ("against", REASONS)):
            tables = self._table(self._data, family)
            self._only(tables, set(names), family)
            for name in names:
                self._classes(self._table(tables, name, family), f"{family}.{name}")
        self._classes(self._table(self._data, "figure"), "figure")
        idioms = self._table(self._data, "idioms")
        self._add(self._entries(idioms, "words", "idioms"), "idiom", "none")
        shared: dict[frozenset[str], frozenset[str]] = {}  # few sets, of many words each
        return Cues(
            language,
            {word: shared.setdefault(one := frozenset(classes), one) for word, classes in self._single.items()},
            {first: _by_second(found, shared) for first, found in self._phrases.items()},
            tuple(self._endings()),
            self._grammar(),
            self._points(),
            words,
            self._kinds(),
        )

    def _wrong(self, message: str) -> SettingsError:
        return SettingsError(f"{self._file}: {message}")

    def _only(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        if unknown := sorted(set(table) - known):
            raise self._wrong(f'"{unknown[0]}" is not known in {where}; known are {", ".join(sorted(known))}')

    def _table(self, parent: Mapping[str, Any], name: str, where: str = "") -> Mapping[str, Any]:
        table = parent.get(name)
        if not isinstance(table, dict):
            raise self._wrong(f"the table [{where + '.' if where else ''}{name}] is missing")
        return table

    def _classes(self, table: Mapping[str, Any], where: str) -> None:
        self._only(table, {"inflect", *_STRENGTHS}, f"[{where}]")
        inflect = table.get("inflect")
        if inflect not in _INFLECTIONS:
            raise self._wrong(f'"inflect" of [{where}] must be one of {", ".join(_INFLECTIONS)}')
        for strength in _STRENGTHS:
            self._add(self._entries(table, strength, where), f"{where}:{strength}", inflect)

    def _entries(self, table: Mapping[str, Any], name: str, where: str) -> list[str]:
        text = table.get(name)
        if not isinstance(text, str):
            raise self._wrong(f'"{name}" of [{where}] must be a text of words between commas')
        entries = [" ".join(entry.lower().split()) for entry in text.strip().rstrip(",").split(",")]
        if not all(entries):
            raise self._wrong(f'"{name}" of [{where}] has an empty entry: two commas without a word between')
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
                raise self._wrong(f'the ending "{entry}" is not of the form itis/7 (ending, shortest word)')
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
            raise self._wrong('"start" of [points] is missing')
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
                raise self._wrong(f'"{name}" of [{where}] must be a number')
        return {name: float(value) for name, value in table.items()}


def _by_second(
    found: Mapping[tuple[str, ...], set[str]], shared: dict[frozenset[str], frozenset[str]]
) -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    """The rest of each phrase and its classes, by the first word of the rest, longer ones first."""
    by_second: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for rest in sorted(found, key=lambda rest: (-len(rest), rest)) if len(found) > 1 else found:
        classes = frozenset(found[rest])
        by_second.setdefault(rest[0], []).append((rest, shared.setdefault(classes, classes)))
    return by_second
