"""A lexicon file's text → its entries. The first thing wrong ends the run, with file, line and column.

```toml
[[avoid]]
code = "EV550"                     # EV550 to EV599 are for the files of a site
name = "our-old-slogan"
severity = "error"                 # error, warning or note
flags = "A slogan that the lawyers took back"
reason = "It promised relief to everybody."
suggestion = "leave it out"
pattern = ["relief (?:is|was) {2} here"]
must_match = ["Relief is finally here."]
must_not_match = ["Pain relief was the outcome."]
```
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from evidence.errors import SettingsError
from evidence.model import Place, Said, Severity
from evidence.toml_places import Path, Places
from evidence.toml_text import TomlFault, toml_data
from evidence.wording.entries import EXCUSES, STANDARD, Entry
from evidence.wording.finding import found
from evidence.wording.patterns import PatternError, compiled, compiled_later, translated
from evidence.wording.texts import WHERE

FILES = ("promises", "safety", "figures", "selling", "people")
"""The package's own files, in this folder."""
_TEXTS = ("code", "name", "severity", "flags", "reason", "suggestion")
_PATTERNS = ("pattern", "allow", "near", "unless")
_EXAMPLES = ("must_match", "must_not_match")
_CHOICES: Mapping[str, tuple[str, ...]] = {"excuses": EXCUSES, "spare": WHERE, "graver": WHERE}
_FIELDS = (*_TEXTS, *_PATTERNS, *_CHOICES, *_EXAMPLES)
_NEEDED = (*_TEXTS, "pattern", *_EXAMPLES)
_OWN = re.compile(r"EV5[5-9]\d")


@cache
def lexicon() -> tuple[Entry, ...]:
    """The package's own entries, in the order of their codes."""
    entries: list[Entry] = []
    for name in FILES:
        text = (files("evidence.wording") / f"{name}.toml").read_text(encoding="utf-8")
        entries += _Reader(f"{name}.toml", text, sound=True).entries()  # the tests read them with `read_entries`
    return tuple(sorted(entries, key=lambda entry: entry.code))


def own_entries(texts: Mapping[str, str], taken: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    """The entries of a site's own files, by path, in the order of their codes. Raises SettingsError.

    `taken` are the codes and names of the rules there are. Each entry's examples are run, so that a phrase that finds nothing,
    or too much, is told at once.
    """
    known = {word for pair in taken for word in pair}
    entries: list[Entry] = []
    for path, text in texts.items():
        reader = _Reader(path, text)
        for number, entry in enumerate(reader.entries()):
            reader.own(number, entry, known)
            known |= {entry.code, entry.name}
            entries.append(entry)
    return tuple(sorted(entries, key=lambda entry: entry.code))


def read_entries(path: str, text: str) -> tuple[Entry, ...]:
    """The entries in a file's text, in its order. Raises SettingsError."""
    return tuple(_Reader(path, text).entries())


class _Reader:
    """One file on its way in; made, used once, and dropped."""

    def __init__(self, path: str, text: str, *, sound: bool = False) -> None:
        self._path = path
        self._text_read = text
        self._sound = sound
        try:
            self._data: Mapping[str, Any] = toml_data(text)
        except TomlFault as error:
            raise SettingsError(f"{path}:{error.line}:{error.column}: {error}") from error

    def entries(self) -> Iterable[Entry]:
        for name in self._data:
            if name != "avoid":
                self._wrong(
                    (name,), f'"{name}" means nothing here', "write each entry below a line [[avoid]]", key=True
                )
        tables = self._data.get("avoid")
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise SettingsError(f"{self._path}: holds no entry; write each below a line [[avoid]]")
        for number, table in enumerate(tables):
            yield self._entry(("avoid", number), table)

    def own(self, number: int, entry: Entry, known: Collection[str]) -> None:
        """What holds for a site's own entries besides."""
        at: Path = ("avoid", number)
        if not _OWN.fullmatch(entry.code):
            self._wrong((*at, "code"), f'the code "{entry.code}" is not for own words', "use EV550 to EV599")
        for name in ("code", "name"):
            if getattr(entry, name) in known:
                self._wrong(
                    (*at, name), f'there is a rule "{getattr(entry, name)}" already', f"choose another {name}"
                )
        for field, wanted in (("must_match", True), ("must_not_match", False)):
            for place, example in enumerate(getattr(entry, field)):
                if any(found(entry, Said(example, "text", Place(""), around=example))) is not wanted:
                    what = "is not found by the pattern" if wanted else "is found by the pattern"
                    self._wrong((*at, field, place), f'"{example}" {what}', "correct the pattern or the example")

    def _wrong(self, way: Path, what: str, fix: str, *, key: bool = False) -> NoReturn:
        places = Places(self._path, self._text_read)
        place = places.key(way) if key else places.value(way)
        raise SettingsError(f"{self._path}:{place.line}:{place.column}: {what}; {fix}")

    def _entry(self, at: Path, table: Mapping[str, Any]) -> Entry:
        for name in table:
            if name not in _FIELDS:
                near = get_close_matches(name, _FIELDS, 1)
                fix = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(_FIELDS)}"
                self._wrong((*at, name), f'an entry has no field "{name}"', fix, key=True)
        for name in _NEEDED:
            if name not in table:
                self._wrong(at, f"the entry has no {name}", f"add a line {name} = …", key=True)
        texts = {name: self._text((*at, name), table[name]) for name in _TEXTS}
        if not re.fullmatch(r"EV5\d\d", texts["code"]):
            self._wrong((*at, "code"), f'"{texts["code"]}" is no code of this family', "write EV5 and two digits")
        if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", texts["name"]):
            self._wrong((*at, "name"), f'"{texts["name"]}" is no name', "write small letters and hyphens")
        if texts["severity"] not in tuple(Severity):
            self._wrong((*at, "severity"), f'"{texts["severity"]}" is no severity', "use error, warning or note")
        patterns = {name: self._patterns((*at, name), table[name]) for name in _PATTERNS if name in table}
        examples = {name: self._texts((*at, name), table[name]) for name in _EXAMPLES}
        return Entry(
            code=texts["code"],
            name=texts["name"],
            severity=Severity(texts["severity"]),
            flags=texts["flags"],
            reason=texts["reason"],
            suggestion=texts["suggestion"],
            pattern=patterns["pattern"],
            must_match=examples["must_match"],
            must_not_match=examples["must_not_match"],
            allow=patterns.get("allow"),
            near=patterns.get("near"),
            unless=patterns.get("unless"),
            excuses=self._chosen(at, table, "excuses", STANDARD),
            spare=self._chosen(at, table, "spare", ()),
            graver=self._chosen(at, table, "graver", ()),
            patterns=self._texts((*at, "pattern"), table["pattern"]),
        )

    def _text(self, way: Path, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
            self._wrong(way, "this must be words on one line, between quotation marks", "correct it")
        return value.strip()

    def _texts(self, way: Path, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            self._wrong(way, "this must be a list of words", 'write ["…", "…"]')
        return tuple(self._text((*way, number), one) for number, one in enumerate(value))

    def _patterns(self, way: Path, value: object) -> re.Pattern[str]:
        words = self._texts(way, value)
        if self._sound:
            return compiled_later(words)
        for number, one in enumerate(words):
            try:
                translated(one)
            except PatternError as error:
                what, _, fix = str(error).partition("; ")
                self._wrong((*way, number), what, fix or "correct it")
        return compiled(words)

    def _chosen(self, at: Path, table: Mapping[str, Any], name: str, standard: tuple[str, ...]) -> tuple[str, ...]:
        if name not in table:
            return standard
        if table[name] == []:
            return ()
        chosen = self._texts((*at, name), table[name])
        for number, one in enumerate(chosen):
            if one not in _CHOICES[name]:
                known = ", ".join(f'"{word}"' for word in _CHOICES[name])
                self._wrong((*at, name, number), f'"{one}" is none of the {name}', f"use one of {known}")
        return chosen
