"""`anatomy.toml` → `Anatomy`. The first thing wrong ends the run, with file, line and column."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from evidence.errors import UnreadableError
from evidence.model import Anatomy, PageType
from evidence.toml_places import Path, Places
from evidence.toml_text import TomlFault, toml_data
from evidence.wording.patterns import PatternError, translated

_FIELDS: Mapping[Path, tuple[str, ...]] = {
    (): ("sections", "types", "title", "offer"),
    ("title",): ("promises",),
    ("offer",): ("not_on", "says", "never", "disclaimer"),
}
_TYPE = ("needs", "fields", "offer", "orders", "card")
_FRONT = ("description", "evidence_to")


@cache
def standard() -> Anatomy:
    """The package's own."""
    return read_anatomy("anatomy.toml", (files("evidence.anatomy") / "anatomy.toml").read_text(encoding="utf-8"))


def read_anatomy(path: str, text: str) -> Anatomy:
    """The anatomy in a file's text. Raises UnreadableError."""
    return _Reader(path, text).anatomy()


class _Reader:
    """One file on its way in; made, used once, and dropped."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        try:
            self._data: Mapping[str, Any] = toml_data(text)
        except TomlFault as error:
            raise UnreadableError(f"{path}:{error.line}:{error.column}: {error}") from error
        self._places = Places(path, text)

    def anatomy(self) -> Anatomy:
        for way, known in _FIELDS.items():
            self._only(way, self._table(way), known)
        headings = {name: self._words(("sections", name)) for name in self._table(("sections",))}
        return Anatomy(
            headings=headings,
            types={name: self._type(name, (*headings, "fact-box", "sources")) for name in self._table(("types",))},
            promises=self._patterns(("title", "promises")),
            offer_says={what: self._patterns(("offer", "says", what)) for what in self._table(("offer", "says"))},
            offer_never={what: self._patterns(("offer", "never", what)) for what in self._table(("offer", "never"))},
            no_offer_on=self._words(("offer", "not_on")),
            disclaimer=self._text(("offer", "disclaimer")),
        )

    def _type(self, name: str, roles: tuple[str, ...]) -> PageType:
        way = ("types", name)
        self._only(way, self._table(way), _TYPE)
        needs, fields = self._words((*way, "needs")), self._words((*way, "fields"))
        for field, chosen, known in (("needs", needs, roles), ("fields", fields, _FRONT)):
            for number, one in enumerate(chosen):
                if one not in known:
                    self._wrong((*way, field, number), f'"{one}" is none of {", ".join(known)}')
        flags = {field: self._flag((*way, field), field == "offer") for field in ("offer", "orders", "card")}
        return PageType(needs, fields, **flags)

    def _value(self, way: Path) -> Any:
        value: Any = self._data
        for step in way:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def _table(self, way: Path) -> Mapping[str, Any]:
        value = self._value(way)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._wrong(way, "this must be a table")
        return value

    def _text(self, way: Path) -> str:
        value = self._value(way)
        if value is not None and not isinstance(value, str):
            self._wrong(way, "this must be a sentence between quotation marks")
        return value or ""

    def _words(self, way: Path) -> tuple[str, ...]:
        value = self._value(way)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self._wrong(way, 'this must be a list of words, such as ["…", "…"]')
        return tuple(value)

    def _patterns(self, way: Path) -> tuple[str, ...]:
        for number, one in enumerate(self._words(way)):
            try:
                translated(one)
            except PatternError as error:
                self._wrong((*way, number), str(error))
        return self._words(way)

    def _flag(self, way: Path, otherwise: bool) -> bool:
        value = self._value(way)
        if value is not None and not isinstance(value, bool):
            self._wrong(way, "this must be true or false")
        return otherwise if value is None else bool(value)

    def _only(self, way: Path, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for name in table:
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}"
                self._wrong((*way, name), f'"{name}" means nothing here; {hint}', key=True)

    def _wrong(self, way: Path, what: str, *, key: bool = False) -> NoReturn:
        place = self._places.key(way) if key else self._places.value(way)
        raise UnreadableError(f"{self._path}:{place.line}:{place.column}: {what}")
