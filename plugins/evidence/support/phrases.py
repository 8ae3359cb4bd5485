"""Lists of phrases, looked for only where a word of the text may begin one.

Trying a long list at every word of every sentence was a third of a check's time. Of each phrase the first letters are worked
out once, and of each word which lists have a phrase that begins like it; most lists are then done with, for a text, at a glance.
What is found is what the regular expression finds: of the list, the first phrase that fits at the first place where one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from evidence.prepared import prepared
from evidence.support import numbers
from evidence.support.numbers import plain_letters

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(
    r"(?P<opening>\((?:\?(?::|<?[=!]))?)|(?P<closing>\))|(?P<bar>\|)|(?P<often>[?*+]\??|\{\d*,?\d*\}\??)"
    r"|(?P<set>\[(?:\\.|[^\]\\])+\])|(?P<escape>\\.)|(?P<char>.)",
    re.DOTALL,
)
_LONGEST = 4
"""How many letters of a phrase's first word are looked at."""
_MOST = 5_000
"""A list with more beginnings than this is looked for everywhere."""


class Told(NamedTuple):
    """Of a text, the lists that may have a phrase in it, as bits of a number, and of each word with any, where it stands."""

    lists: int
    words: tuple[tuple[int, int], ...]


class Phrases:
    """A list of phrases as one expression: whole words, in any case of letters."""

    def __init__(self, phrases: Sequence[str], beginnings: Iterable[str] | None = None) -> None:
        self._phrases = phrases
        known = frozenset(beginnings_of(phrases) if beginnings is None else beginnings)
        self._begins_words = "" not in known
        self.bit = _enter(known) if self._begins_words else 0

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is first asked for: of most texts, most lists have nothing."""
        return re.compile(rf"\b(?:{_joined(self._phrases)})(?![\w-])", re.IGNORECASE)

    def may_be_among(self, lists: int) -> bool:
        """False if this is none of the lists that may have a phrase in a text (`told(text).lists`)."""
        return not self._begins_words or bool(lists & self.bit)

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text."""
        if not self._begins_words:
            return self.pattern.search(text)
        known, bit = told(text), self.bit
        if known.lists & bit:
            match = self.pattern.match
            for lists, start in known.words:
                if lists & bit and (found := match(text, start)):
                    return found
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All of them in order, none inside another."""
        if not self._begins_words:
            yield from self.pattern.finditer(text)
            return
        known = told(text)
        if not known.lists & self.bit:
            return
        match, bit, behind = self.pattern.match, self.bit, 0
        for lists, start in known.words:
            if lists & bit and start >= behind and (found := match(text, start)):
                yield found
                behind = found.end()


_BEGINNINGS: list[dict[str, int]] = [{} for _ in range(_LONGEST + 1)]
"""By length, the beginnings of phrases and the lists they are in, as bits."""
_COUNT = 0


def _enter(beginnings: frozenset[str]) -> int:
    """Give a list its bit, and enter its beginnings under it."""
    global _COUNT
    bit = 1 << _COUNT
    _COUNT += 1
    for one in beginnings:
        table = _BEGINNINGS[len(one)]
        table[one] = table.get(one, 0) | bit
    _lists.cache_clear()
    told.cache_clear()
    return bit


@lru_cache(maxsize=5_000)
def told(text: str) -> Told:
    """The lists that may have a phrase in a text; those whose phrases may begin with anything are none of them."""
    words = [(_lists(found[0]), found.start()) for found in _WORD.finditer(_plain(text))]
    every = 0
    for lists, _ in words:
        every |= lists
    return Told(every, tuple(word for word in words if word[0]))


def _plain(text: str) -> str:
    """In lower case, with the letters and digits that an expression takes for others as those; as long as before."""
    low = plain_letters(text).lower()
    return low if low.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in low)


@lru_cache(maxsize=20_000)
def _lists(word: str) -> int:
    lists = 0
    for length in range(1, min(len(word), _LONGEST) + 1):
        lists |= _BEGINNINGS[length].get(word[:length], 0)
    return lists


# ------------------------------------------------------------------------- how the phrases of an expression begin


class _Item(NamedTuple):
    """A piece of an expression: letters that may stand there, or a group's alternatives; neither is nothing that is known."""

    chars: str = ""
    choices: tuple[tuple[_Item, ...], ...] = ()
    no_width: bool = False
    optional: bool = False
    repeated: bool = False


def lists(name: str, phrases: Mapping[str, Sequence[str]], made_of: Sequence[Path]) -> dict[str, Phrases]:
    """Several lists by name. How their phrases begin is kept under the name, as long as the files they are made of are the same."""

    def make() -> dict[str, list[str]]:
        return {one: sorted(set(beginnings_of(several))) for one, several in phrases.items()}

    known = prepared(f"phrases-{name}", [*made_of, Path(__file__), Path(numbers.__file__)], make)
    return {one: Phrases(several, known[one]) for one, several in phrases.items()}


def beginnings_of(phrases: Sequence[str]) -> Iterator[str]:
    """The first letters of all that phrases may begin with, in lower case; an empty one among them if that may be anything."""
    return _beginnings(_joined(phrases))


def _joined(phrases: Sequence[str]) -> str:
    return "|".join(f"(?:{phrase})" for phrase in phrases)


def _beginnings(pattern: str) -> Iterator[str]:
    choices, _ = _choices([(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(pattern)], 0)
    every = (one for choice in choices for one in _openings(choice, ""))
    for number, one in enumerate(every):
        if number == _MOST:
            yield ""
            return
        yield one


def _choices(tokens: Sequence[tuple[str, str]], at: int) -> tuple[tuple[tuple[_Item, ...], ...], int]:
    """The alternatives that begin at a token, and where the group ends."""
    choices: list[tuple[_Item, ...]] = []
    items: list[_Item] = []
    while at < len(tokens) and tokens[at][0] != "closing":
        kind, text = tokens[at]
        at += 1
        if kind == "opening":
            inner, at = _choices(tokens, at)
            at += 1
            items.append(_Item(no_width=True) if text[-1] in "=!" else _Item(choices=inner))
        elif kind == "bar":
            choices.append(tuple(items))
            items = []
        elif kind == "often":
            least = text[0] in "?*" or text.startswith(("{0", "{,"))
            items[-1] = items[-1]._replace(optional=least, repeated=text[0] != "?")
        else:
            items.append(_one(kind, text))
    return (*choices, tuple(items)), at


def _one(kind: str, text: str) -> _Item:
    if kind == "escape":
        return _Item("0123456789" if text == r"\d" else "", no_width=text == r"\b")
    if kind == "set":
        return _Item(text[1:-1].lower() if text[1:-1].isalnum() else "")
    return _Item(text.lower() if text.isalnum() else "", no_width=text in "^$")


def _openings(items: Sequence[_Item], before: str) -> Iterator[str]:
    if len(before) == _LONGEST or not items:
        yield before
        return
    item, rest = items[0], items[1:]
    if item.optional or item.no_width:
        yield from _openings(rest, before)
    if item.no_width:
        return
    if item.repeated:
        rest = (_Item(),)  # whatever comes again or after
    if item.choices:
        for choice in item.choices:
            yield from _openings((*choice, *rest), before)
    elif item.chars:
        for char in item.chars:
            yield from _openings(rest, before + char)
    else:
        yield before
