"""What a setting may hold: each function tells, of a value, what is wrong with it and how to mend it; "" if nothing is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

Kind = Callable[[object], str]
_LONGEST = 2_000
_LONGEST_NAME = 200
"""Bytes of a file's name: file systems take 255, and numbers of pages are added."""
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Feeds and pages cannot hold these."""
_CLIMBS = 'must stay in its folder: no "/" or "\\" at the start, and no ".."'


def text(value: object) -> str:
    """A text that pages, feeds and names of files can hold."""
    if not isinstance(value, str):
        return "must be a text in quotes"
    if len(value) > _LONGEST:
        return f"must be shorter than {_LONGEST:,} characters"
    return "has a character that cannot be shown; leave it out" if _ODD.search(value) else ""


def filled(value: object) -> str:
    """A text that is not empty."""
    return text(value) or ("" if str(value).strip() else "must not be empty")


_LONGEST_TITLE = 120
"""Letters of a name that is drawn on cards and made part of addresses."""


def title(value: object) -> str:
    """A name that fits on a page."""
    long = isinstance(value, str) and len(value) > _LONGEST_TITLE
    return text(value) or (f"must be shorter than {_LONGEST_TITLE} characters" if long else "")


def language(value: object) -> str:
    """A language, as in `en` or `pt-br`."""
    fits = isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", value)
    return "" if fits else 'must be a language such as "en" or "pt-br"'


def named(value: object) -> str:
    """A text that an address can be made of."""
    return title(value) or ("" if re.search(r"\w", str(value)) else "must have a letter or a digit")


def folder(value: object) -> str:
    """The path of a folder that is another than the one this path begins in."""
    found = path(value)
    return found or ("must be a folder of its own" if os.path.normpath(str(value)) in (".", "..", "/") else "")


def inside(value: object) -> str:
    """A path that does not lead out of the folder it is meant for."""
    found = text(value)
    if found or not isinstance(value, str):
        return found
    if value.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", value):
        return _CLIMBS
    longest = max(len(os.fsencode(part)) for part in value.split("/"))
    return f"must name files with fewer than {_LONGEST_NAME} letters" if longest > _LONGEST_NAME else ""


def file(value: object) -> str:
    """The name of a file, with the folders it is in."""
    found = inside(value)
    ends = isinstance(value, str) and value.rpartition("/")[2] in ("", ".")
    return found or ("must end with the name of a file, such as index.html" if ends else "")


def path(value: object) -> str:
    """The path of a file or folder anywhere."""
    found = text(value)
    return "names something that cannot be the name of a file" if found and isinstance(value, str) else found


def pattern(value: object) -> str:
    """A regular expression."""
    found = text(value)
    if found or not isinstance(value, str):
        return found
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        return f'is "{value}", which is no regular expression: {error}'
    return ""


def link_pattern(value: object) -> str:
    """A regular expression that finds what kind of link a link within the site is."""
    found = pattern(value)
    if found or not isinstance(value, str):
        return found
    return "" if "what" in re.compile(value).groupindex else "must have a group (?P<what>…), as Pelican's own has"


def flag(value: object) -> str:
    """Yes or no. Pelican takes anything, and so a word such as "no" for a yes."""
    return "" if value is None or (isinstance(value, int) and value in (0, 1)) else "must be True or False"


def yes_or_no(value: object) -> str:
    """Yes or no, where Pelican does not take None for a no."""
    return "must be True or False" if value is None else flag(value)


def number(least: int, most: int = 1_000_000) -> Kind:
    """A whole number in these bounds."""

    def check(value: object) -> str:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if fits else f"must be a whole number from {least} to {most:,}"

    return check


def one_of(*known: str) -> Kind:
    """One of these words."""
    return lambda value: (
        "" if isinstance(value, str) and value in known else f"must be {' or '.join(map(repr, known))}"
    )


def or_none(kind: Kind) -> Kind:
    """The same, or None or False for nothing."""
    return lambda value: "" if value is None or value is False else kind(value)


def or_empty(kind: Kind) -> Kind:
    """The same, or None, False or "" for nothing."""
    return lambda value: "" if value is None or value is False or value == "" else kind(value)


def any_of(*kinds: Kind) -> Kind:
    """What one of the kinds takes; otherwise the first says what is wrong."""

    def check(value: object) -> str:
        found = [kind(value) for kind in kinds]
        return "" if "" in found else found[0]

    return check


def listed(kind: Kind, what: str = "texts in quotes") -> Kind:
    """A list of such. A text alone is refused: Pelican would put its own standard in its place."""

    def check(value: object) -> str:
        if not isinstance(value, list | tuple):
            return f"must be a list of {what}"
        for one in value:
            if found := kind(one):
                return found if isinstance(one, str) else f"must be a list of {what}"
        return ""

    return check


def open_list(kind: Kind) -> Kind:
    """A list that Pelican adds to."""
    check = listed(kind)
    return lambda value: check(value) if isinstance(value, list) else "must be a list of texts in quotes"


def table(kind: Kind, what: str, keys: Kind = text) -> Kind:
    """A dictionary from texts to such."""

    def check(value: object) -> str:
        fits = isinstance(value, Mapping) and not any(keys(key) or kind(one) for key, one in value.items())
        return "" if fits else f"must be a dictionary of {what}"

    return check


def options(known: Mapping[str, Kind], example: str) -> Kind:
    """A dictionary of options, each of its own kind."""

    def check(value: object) -> str:
        if not isinstance(value, Mapping):
            return f"must be a dictionary, such as {example}"
        for name, one in value.items():
            if name not in known:
                return f'has "{name}", which is no option; there are {", ".join(known)}'
            if found := known[name](one):
                return f'has a "{name}" that {found}'
        return ""

    return check


def anything(value: object) -> str:
    """Nothing is asked of it."""
    return ""


def function(value: object) -> str:
    return "" if callable(value) else "must be a function"


def parts(*kinds: Kind, what: str) -> Kind:
    """A tuple with one value of each kind."""

    def check(value: object) -> str:
        items = list(value) if isinstance(value, list | tuple) else []
        fits = len(items) == len(kinds) and not any(kind(one) for kind, one in zip(kinds, items, strict=True))
        return "" if fits else f"must be {what}"

    return check


def address(names: Collection[str], kind: Kind = text) -> Kind:
    """An address or the name of a file, in which `{name}` is filled in for each of these names."""

    def check(value: object) -> str:
        found = kind(value)
        if found or not isinstance(value, str):
            return found
        told = f'is "{value}", which cannot be filled in'
        try:
            value.format(**{name: datetime(2026, 11, 24) if name == "date" else "a" for name in names})
        except (KeyError, IndexError, AttributeError):
            return f"{told}; it may have {', '.join(f'{{{name}}}' for name in sorted(names)[:6])}"
        except (ValueError, TypeError, MemoryError, OverflowError) as error:
            return f"{told}: {error}"
        return ""

    return or_empty(check)
