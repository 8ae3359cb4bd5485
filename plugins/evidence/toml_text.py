"""A TOML text → its data, whatever the text is: what `tomllib` stumbles over in other ways than by saying so is told alike."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from evidence.letters import odd_words

_DEEPEST = 30
_DOTTED = re.compile(
    rf"""^[ \t]*\[*[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{_DEEPEST}}}""", re.MULTILINE
)
"""`a.b.c. …`: a key of many parts takes `tomllib` time by the square of their number."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\U000f0000-\U0010ffff]")
"""What no page or feed may hold, and what turns round the words that readers see."""
_ESCAPE = r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"
_MAY_BE_UNSEEN = re.compile(f"{_UNSEEN.pattern}|{_ESCAPE}")

_PLACE = re.compile(r" [(]at line (\d+), column (\d+)[)]$")


class TomlFault(ValueError):
    """The text is no TOML that can be read: a fragment of a sentence, the 1-based place, and how to mend it."""

    def __init__(self, what: str, line: int, column: int, fix: str) -> None:
        super().__init__(f"{what}; {fix}")
        self.what, self.line, self.column, self.fix = what, line, column, fix


def _fix(text: str, line: int) -> str:
    """How to mend a line that is not TOML."""
    words = text.split("\n")[line - 1]
    if set("“”„‟’‘") & set(words):
        return "write straight quotation marks, \" or ', instead of the curly ones"
    if words.lstrip().startswith("[") and "]" not in words:
        return 'close the header with "]"'
    if words.lstrip().startswith("["):
        return "write a header in small letters without spaces, as in [first-last]"
    return 'write name = "value", with quotation marks around words'


def toml_data(text: str) -> dict[str, Any]:
    """The data in a TOML text. Raises TomlFault, and nothing else."""
    deep = _DOTTED.search(text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        raise TomlFault(f"a key has more than {_DEEPEST} parts", line, 1, "delete the dots between its parts")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
        what = re.sub(r" [(]at .*", "", str(error)).lower()
        raise TomlFault(what, line, column, _fix(text, line)) from error
    except RecursionError:
        raise TomlFault("there are too many brackets inside each other", 1, 1, "delete some") from None
    except ValueError as error:
        line = _line_of_long_number(text)
        raise TomlFault("a number is too long to be read", line, 1, "correct the number") from error
    places = (found.start() for found in _MAY_BE_UNSEEN.finditer(text) if _UNSEEN.match(_meant(found[0])))
    place = next(places, None)
    if place is not None and (unseen := next(_unseen_in(data), "")):
        line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
        what = f"there is an invisible control character here (U+{ord(unseen):04X})"
        raise TomlFault(what, line, column, "delete it, or type the words anew")
    _refuse_odd_words(text, data)
    return data


def _refuse_odd_words(text: str, data: dict[str, Any]) -> None:
    """Raises TomlFault for words that people read as others than a program does."""
    if text.isascii() and "\\" not in text:
        return
    for value in _texts_in(data):
        for odd in odd_words(value):
            place = max(text.find(value[odd.start : odd.end]), 0)
            line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
            raise TomlFault(odd.what, line, column, odd.fix)


def without_unseen(text: str) -> str:
    """The text without the characters for which `toml_data` would refuse it."""
    return _UNSEEN.sub("", text)


def _meant(words: str) -> str:
    """The character that an escape of a basic text stands for, if nobody may see it; any other character is itself."""
    if not words.startswith("\\"):
        return words
    return chr(min(int(words[2:], 16), sys.maxunicode)) if words[2:] else {"b": "\b", "f": "\f"}.get(words[1], "")


def _unseen_in(value: object) -> Iterator[str]:
    """The characters in texts, however deep, that nobody sees."""
    for text in _texts_in(value):
        yield from _UNSEEN.findall(text)


def _texts_in(value: object) -> Iterator[str]:
    """The texts in data, however deep, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts_in(name)
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def _line_of_long_number(text: str) -> int:
    found = re.search(r"[0-9_]{4301}", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
