"""The words that decide, read from a cue file: `cues.toml` for English, `cues.NAME.toml` for another language.

A cue file has entries (words and phrases between commas) in named classes; `expanding` gives each entry its inflected
forms, so that looking up a word is one step in a dictionary. What the classes mean is told in `detection`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evidence.errors import SettingsError
from evidence.prepared import prepared

_HERE = Path(__file__).parent

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


Phrase = tuple[tuple[str, ...], frozenset[str]]
"""The words of an entry behind its first one, and the entry's classes."""


class Phrases(dict[str, dict[str, list[Phrase]]]):
    """The entries of several words by their first and second word, the longer ones first; each cut up when it is first met."""

    def __init__(self, entries: Mapping[str, str], classes: Sequence[frozenset[str]]) -> None:
        super().__init__()
        self._entries = entries
        self._classes = classes

    def __missing__(self, first: str) -> dict[str, list[Phrase]]:
        found: dict[str, list[Phrase]] = {}
        text = self._entries.get(first)
        if text is None:
            return found
        parts = text.split("\t")
        for rest, number in zip(parts[::2], parts[1::2], strict=True):
            words = tuple(rest.split(" "))
            found.setdefault(words[0], []).append((words, self._classes[int(number)]))
        self[first] = found
        return found


@dataclass(frozen=True, eq=False)
class Cues:
    """A cue file, ready for use; equal to itself only, so that what is worked out from it can be remembered.

    `single` holds the classes of a word, `phrases` those of longer entries by first and second word, `points` what a sign is worth
    `words` what a word is worth by itself, and `kinds` what a sign is worth for a kind of claim."""

    language: str
    single: Mapping[str, frozenset[str]]
    phrases: Phrases
    endings: tuple[tuple[str, int], ...]
    grammar: Mapping[str, frozenset[str]]
    points: Mapping[str, float]
    words: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, float]]


def has_cues(name: str) -> bool:
    """True if there is a cue file for this language."""
    return re.fullmatch(r"[A-Za-z]+", name) is not None and (_HERE / _file(name)).is_file()


def _file(name: str) -> str:
    return "cues.toml" if name == "en" else f"cues.{name}.toml"


def load_cues(name: str = "en") -> Cues:
    """The cues of a language, read once. Raises SettingsError, saying what is wrong in which file."""
    return _load(name)


@cache
def _load(name: str) -> Cues:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
        raise SettingsError(f'"{name}" is not the name of a cue file; write a language such as "en"')
    file = _file(name)
    if not (_HERE / file).exists():
        raise SettingsError(f'there is no cue file "{file}" for the language "{name}"')
    learned = file.replace("cues", "learned", 1).replace(".toml", ".txt")
    made_of = [_HERE / one for one in (file, learned, "cues.py", "expanding.py", "inflection.py")]

    def expand() -> dict[str, Any]:
        from evidence.claims.expanding import expanded  # seldom, since what it makes is kept

        return expanded(_text(file), file, _text(learned) if (_HERE / learned).exists() else "", learned)

    try:
        return cues_from(prepared(f"cues-{name}", [one for one in made_of if one.exists()], expand))
    except OSError as error:
        raise SettingsError(f"a cue file cannot be read: {error}") from error


def _text(file: str) -> str:
    try:
        return (_HERE / file).read_bytes().decode("utf-8")
    except OSError as error:
        raise SettingsError(f'the cue file "{file}" cannot be read: {error.strerror or error}') from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{file}:{line}:1: this is not UTF-8; save the file as UTF-8") from error


def cues_from(data: Mapping[str, Any]) -> Cues:
    """The cues in what `expanding.expanded` gives."""
    classes = [frozenset(one) for one in data["classes"]]
    single: dict[str, frozenset[str]] = {}
    for number, words in data["single"]:
        single.update(dict.fromkeys(words.split(" "), classes[number]))
    worth: dict[str, float] = {}
    for points, words in data["words"]:
        worth.update(dict.fromkeys(words.split(" "), points))
    return Cues(
        data["language"],
        single,
        Phrases(data["phrases"], classes),
        tuple((ending, shortest) for ending, shortest in data["endings"]),
        {name: frozenset(entries) for name, entries in data["grammar"].items()},
        data["points"],
        worth,
        data["kinds"],
    )
