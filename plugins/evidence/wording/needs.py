"""What a pattern cannot do without: words that stand in every text that it finds.

Nearly no sentence holds a word of advertising. So a sentence is cut into its words once, and an expression is made and run only
where one of the words it needs is there. Whatever is not understood here needs nothing, and is looked for everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evidence.wording.patterns import TOKEN

FIGURE = "\\d"
"""Stands for any digit among the needs."""
SYMBOLS = "$%#★"
"""Signs that are needs by themselves."""
_LONGEST = 9
_MOST = 120
_WORD = re.compile(rf"\w+|[{re.escape(SYMBOLS)}]")
_DIGIT = re.compile(r"\d")
_ALIKE = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s"})
"""What an expression that does not mind case takes for an English letter, and lower case does not."""
_COMMON = frozenset(
    "a an and any as at be by do for from get has have in is it its most no not of on one only or our so than that the this to"
    " up we will with you your".split()
)


class _Item(NamedTuple):
    """One piece of a pattern: of kind `char` (one of `chars`), `group`, `space`, `gap`, `figure`, `nothing` or `any`."""

    kind: str
    chars: str = ""
    choices: tuple[tuple[_Item, ...], ...] = ()
    optional: bool = False


def keys(text: str) -> set[str]:
    """The keys of a text: the first letters of each of its words, the signs in it, and `FIGURE` if it has one."""
    low = text.lower() if text.isascii() else text.translate(_ALIKE).lower()
    found = {word[:_LONGEST] for word in _WORD.findall(low)}
    if _DIGIT.search(low):
        found.add(FIGURE)
    return found


def needs(pattern: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """What each alternative of a pattern needs: one key of each of these sets, the rarest set first; none if nothing is told."""
    tokens = [(found.lastgroup or "", found[0]) for found in TOKEN.finditer(pattern)]
    choices, end = _choices(tokens, 0)
    if end < len(tokens):
        return ((),)
    return tuple(tuple(sorted(set(_candidates(items)), key=_rarity, reverse=True)) for items in choices)


def _choices(tokens: Sequence[tuple[str, str]], at: int) -> tuple[tuple[tuple[_Item, ...], ...], int]:
    """The alternatives that begin at a token, and where the group ends."""
    choices: list[tuple[_Item, ...]] = []
    items: list[_Item] = []
    while at < len(tokens):
        kind, text = tokens[at]
        at += 1
        if kind == "opening" or text == "(":
            inner, at = _choices(tokens, at)
            at += 1
            around = kind == "opening" and text != "(?:"  # what it looks at is no part of what it finds
            items.append(_Item("nothing") if around else _Item("group", choices=inner))
        elif text == ")" and kind == "other":
            at -= 1
            break
        elif text == "|" and kind == "other":
            choices.append(tuple(items))
            items = []
        elif text == "?" and kind == "other":
            if items:
                items[-1] = items[-1]._replace(optional=True)
        else:
            items.append(_item(kind, text))
    return (*choices, tuple(items)), at


def _item(kind: str, text: str) -> _Item:
    if kind in ("space", "gap", "figure"):
        return _Item(kind)
    if kind == "other" and text in "^$":
        return _Item("nothing")
    if kind == "escaped":
        text = text[1]
        return _Item("char", text) if text in SYMBOLS or (text.isascii() and not text.isalnum()) else _Item("any")
    if kind == "set":
        plain = re.fullmatch(r"\[([A-Za-z0-9]+)\]", text)
        return _Item("char", plain[1].lower()) if plain else _Item("any")
    return _Item("char", text.lower()) if text in SYMBOLS or (text != "." and text.isascii()) else _Item("any")


def _candidates(items: Sequence[_Item]) -> Iterator[frozenset[str]]:
    """Sets of words, one word of each of which must be there: at the start of each word, and signs and figures anywhere."""
    begins = True
    for place, item in enumerate(items):
        if begins and item.kind != "space":
            found = frozenset(_openings(items[place:], ""))
            if "" not in found and len(found) <= _MOST:
                yield found
        if not item.optional and (item.kind == "figure" or (item.kind == "char" and item.chars in SYMBOLS)):
            yield frozenset((FIGURE if item.kind == "figure" else item.chars,))
        begins = _word_may_begin((item,), begins)


def _openings(items: Sequence[_Item], before: str) -> Iterator[str]:
    """The keys of the words that may stand first, one of them empty where that cannot be told."""
    if len(before) == _LONGEST or not items:
        yield before
        return
    item, rest = items[0], items[1:]
    if item.optional:
        yield from _openings(rest, before)
    if item.kind == "nothing":
        yield from _openings(rest, before)
    elif item.kind == "group":
        for choice in item.choices:
            yield from _openings((*choice, *rest), before)
    elif item.kind == "char":
        for char in item.chars:
            if char.isalnum() or char == "_":
                yield from _openings(rest, before + char)
            else:
                yield before or (char if char in SYMBOLS else "")
    elif item.kind == "space":
        yield before
    elif item.kind == "figure" and not before:
        yield FIGURE
    else:
        yield ""


def _word_may_begin(items: Sequence[_Item], begins: bool) -> bool:
    """Whether what follows these always stands at the start of a word, if they do (`begins`)."""
    for item in items:
        before = begins
        if item.kind == "group":
            begins = all(_word_may_begin(choice, begins) for choice in item.choices)
        elif item.kind == "space":
            begins = True
        elif item.kind not in ("gap", "nothing"):  # a gap ends in white space, or is not there
            begins = item.kind == "char" and not any(char.isalnum() or char == "_" for char in item.chars)
        begins = begins and (before or not item.optional)
    return begins


def _rarity(words: frozenset[str]) -> float:
    """How rarely one of the words is met, by the commonest."""
    return min(1.0 if word in _COMMON else 1.5 if word in (FIGURE, *SYMBOLS) else len(word) for word in words)
