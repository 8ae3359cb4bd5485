"""HTML as our templates and Python-Markdown write it, taken apart at the speed of a regular expression.

Python's HTML parser takes anything and is slow. Nearly all that is written here is plain: elements in small letters, values
between double quotes on one line, `<` and `>` nowhere but around tags. What holds of plain HTML can be seen with a few patterns;
all other is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ATTRIBUTE = r'[a-zA-Z][a-zA-Z0-9:-]*+(?:="[^"<>\t\r\n\f\0]*+")?+'
_TAG = rf"/?+[a-z][a-z0-9]*+(?:[ \n]++{_ATTRIBUTE})*+ ?+/?+|!doctype html|!--[^-<>\0]*+(?:-[^-<>\0]++)*+--"
_PLAIN = re.compile(rf"[^<>\0]*+(?:<(?:{_TAG})>[^<>\0]*+)*+")
_RAW = re.compile(
    r"<(script|style|title|textarea|xmp|iframe|noembed|noframes|noscript|plaintext)(?=[ \n/>])[^>]*+>[^<]*+(?!</\1>)"
)
"""Elements whose words parsers may take as they stand, so that a tag in them may be none."""
_SPLIT = re.compile("<([^>]*)>")
_ELEMENT = re.compile("<([a-z][a-z0-9]*)")
_EACH_ATTRIBUTE = re.compile(r'[ \n]([a-zA-Z][a-zA-Z0-9:-]*+)(?:="([^"]*+)")?+')
_NAME = re.compile(r"/?[a-z0-9]*")


def is_plain(html: str) -> bool:
    """Whether all other functions here read this text as browsers and Python's parser do."""
    return _PLAIN.fullmatch(html) is not None and _RAW.search(html) is None


def split(html: str) -> list[str]:
    """Plain HTML as text, tag, text, tag … text: the tags without their `<` and `>`."""
    return _SPLIT.split(html)


def tags(html: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The tags of plain HTML from a place on; the first group is the tag without its `<` and `>`."""
    return _SPLIT.finditer(html, start)


def tag_at(html: str, place: int) -> int:
    """The start of the tag that a place in plain HTML is in; -1 if it is in the text."""
    start = html.rfind("<", 0, place)
    return start if start > html.rfind(">", 0, place) else -1


def elements(html: str) -> frozenset[str]:
    """The names of all elements in plain HTML."""
    return frozenset(_ELEMENT.findall(html))


def attributes(html: str) -> frozenset[tuple[str, str]]:
    """All different attributes in plain HTML with their values as they are written; empty values where there are none."""
    return frozenset(_EACH_ATTRIBUTE.findall("\n".join(_SPLIT.findall(html))))


def name_of(tag: str) -> str:
    """`p` for `p class="x"`, `/p` for `/p`; empty for comments and the doctype."""
    found = _NAME.match(tag)
    return found[0] if found else ""


def is_open(tag: str, name: str) -> bool:
    """Whether a start tag waits for an end tag."""
    return name not in VOID and not tag.endswith("/")
