"""The theme's own words in other languages: `words/<language>.toml` of the theme, a file for each.

`words` has a word or sentence of the theme on each line, English first; `name` is what the language calls itself. What is not
there stays English, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.errors import SettingsError
from evidence.toml_text import TomlFault, toml_data

FOLDER = "words"
"""Its place in the theme."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: what it calls itself, and the theme's words in it."""

    name: str
    words: Mapping[str, str]


def tongues(texts: Mapping[str, str]) -> dict[str, Tongue]:
    """By language, such as `es`, from the texts of the files by their paths. Raises SettingsError with the place of a mistake."""
    return {path.rsplit("/", 1)[-1].removesuffix(".toml"): _tongue(path, text) for path, text in texts.items()}


def _tongue(path: str, text: str) -> Tongue:
    try:
        data = toml_data(text)
    except TomlFault as error:
        raise SettingsError(f"{path}:{error.line}:{error.column}: {error}") from error
    name, words = data.get("name"), data.get("words")
    if not isinstance(name, str) or not isinstance(words, dict) or set(data) != {"name", "words"}:
        raise SettingsError(f'{path}:1:1: it needs name = "…" and a table [words], and nothing else')
    for english, said in words.items():
        if not isinstance(said, str) or not said.strip():
            raise SettingsError(f'{path}: "{english}" has no words; write "{english}" = "…"')
    return Tongue(name, words)
