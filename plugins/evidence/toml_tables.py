"""TOML tables read value by value: what is of the wrong kind, unknown or missing is a fault with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from evidence.model import Fault, Place
from evidence.toml_places import Path, Places
from evidence.toml_text import TomlFault, toml_data


def read_table(
    path: str, text: str, what: str, faults: list[Fault], code: str, *, any_letters: bool = False
) -> Table | None:
    """The whole file as a table; None, with a fault, if it is no TOML. `what` names it: "a note"; `code` is the rule's; `any_letters`
    as of `toml_data`."""
    try:
        return Table(what, (), toml_data(text, any_letters=any_letters), Places(path, text), faults, code)
    except TomlFault as error:
        place = Place(path, error.line, error.column, error.line, error.column + 1)
        faults.append(Fault(code, place, f"this file cannot be read: {error.what}", error.fix))
    return None


def nearest(word: str, known: Collection[str], otherwise: str = "") -> str:
    """What to write instead of a word that is not known: the most alike, or else all of them."""
    alike = get_close_matches(word.lower(), list(known), 2, 0.7)
    if alike:
        return "did you mean " + " or ".join(f'"{one}"' for one in alike) + "?"
    return otherwise or "use one of: " + ", ".join(known)


class Table:
    """One table. A value that is not of the kind asked for is told once and reads as nothing."""

    def __init__(
        self, what: str, path: Path, data: Mapping[str, Any], places: Places, faults: list[Fault], code: str
    ) -> None:
        self._what, self._path, self._data, self._places = what, path, data, places
        self._faults, self._code = faults, code

    @property
    def place(self) -> Place:
        """Where the table begins."""
        return self._places.key(self._path)

    @property
    def told(self) -> int:
        """How many faults were told so far, in all files that are read together."""
        return len(self._faults)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the table, in order."""
        return tuple(self._data)

    def key_place(self, name: str) -> Place:
        return self._places.key((*self._path, name))

    def value_place(self, name: str, *number: int) -> Place:
        return self._places.value((*self._path, name, *number))

    def tell(self, place: Place, what: str, fix: str) -> None:
        self._faults.append(Fault(self._code, place, what, fix))

    def only(self, known: Sequence[str]) -> None:
        """Tells every key that is not one of these."""
        for name in self._data:
            if name not in known:
                self.tell(self.key_place(name), f'{self._what} has no field "{name}"', nearest(name, known))

    def text(self, name: str, *, required: bool = False, example: str = "") -> str:
        """The words of a field, without white space around them."""
        value = self._data.get(name, "")
        if not isinstance(value, str):
            self._wrong(name, "words in quotation marks", f'write {name} = "{example or "…"}"')
            return ""
        if required and not value.strip():
            place = self.value_place(name) if name in self._data else self.place
            self.tell(place, f"{self._what} needs words for {name}", f'add {name} = "{example or "…"}"')
        return value.strip()

    def choice(self, name: str, allowed: Collection[str]) -> str:
        """A required word out of a closed list."""
        value = self.text(name)
        if not value and isinstance(self._data.get(name, ""), str):
            place = self.value_place(name) if name in self._data else self.place
            self.tell(place, f"{self._what} needs the field {name}", "use one of: " + ", ".join(allowed))
        elif value and value not in allowed:
            self.tell(self.value_place(name), f'there is no {name} "{value}"', nearest(value, allowed))
        return value

    def number(self, name: str) -> int | None:
        """A whole number above 0, or None if there is none."""
        value = self._data.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            return value
        self._wrong(name, "a whole number above 0, without quotation marks", f"write {name} = 49, or leave it out")
        return None

    def texts(self, name: str, example: str) -> tuple[str, ...]:
        """A list of words."""
        value = self._data.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(item.strip() for item in value)
        self._wrong(name, "a list of words in quotation marks", f'write {name} = ["{example}"]')
        return ()

    def day(self, name: str) -> str:
        """A required day, as `2026-11-25`."""
        value = self._data.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if name in self._data:
            self._wrong(name, "a day without quotation marks", f"write {name} = 2026-11-25")
        else:
            self.tell(self.place, f"{self._what} needs the field {name}", f"add {name} = 2026-11-25")
        return ""

    def tables(self, name: str) -> tuple[Table, ...]:
        """The tables under `[[name]]` headers."""
        value = self._data.get(name, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            inner = enumerate(value)
            return tuple(self._inner(f"a {name}", (name, number), item) for number, item in inner)
        self._wrong(name, f"under a header [[{name}]]", f"write [[{name}]], with two brackets, before each {name}")
        return ()

    def table(self, name: str, what: str) -> Table | None:
        """The table under the header `[name]`, or None, with a fault, if the key holds something else."""
        value = self._data.get(name, {})
        if isinstance(value, dict):
            return self._inner(what, (name,), value)
        self._wrong(name, "a table", f"write its fields below a header [{'.'.join(map(str, (*self._path, name)))}]")
        return None

    def _inner(self, what: str, path: Path, data: Mapping[str, Any]) -> Table:
        return Table(what, (*self._path, *path), data, self._places, self._faults, self._code)

    def _wrong(self, name: str, wanted: str, fix: str) -> None:
        self.tell(self.value_place(name), f'"{name}" is not {wanted}', fix)
