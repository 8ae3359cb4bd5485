"""Keys of what templates are given: one hash of all that a template could read of a value.

Two values with the same key look the same to every template. A value of a kind that is not known here has no key, and what is made
from it is made for every build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, tzinfo
from enum import Enum
from functools import cache
from pathlib import PurePath
from typing import Any

from markupsafe import Markup
from pelican.contents import Content
from pelican.paginator import Page
from pelican.urlwrappers import URLWrapper

from evidence.digests import digest

DEEP = frozenset(
    {
        "content",
        "get_content",
        "references",
        "findings",
        "contents",
        "jsonld",
        "metadata",
        "source_pages",
        "whole_text",
        "sheet",
    }
)
"""Parts of an article that change with its text. A template that names none of them sees an article as lists show it."""
_ELSEWHERE = frozenset({"settings", "translations"})


class Unkeyed(TypeError):
    """A value has no key."""


class Keys:
    """The keys of one build. What they are asked about must not change any more."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, bool], tuple[object, bytes]] = {}
        self._listed: dict[int, tuple[Content, str]] = {}

    def of(self, value: object, *, deep: bool = False) -> bytes:
        """The key of a value; articles and pages in it as lists show them, or `deep`, with their texts. Raises Unkeyed."""
        kind = id(value), deep
        known = self._known.get(kind)
        if known is None:
            out: list[str] = []
            self._put(out, value, deep)
            # The value is held, so that no other can get its identity.
            self._known[kind] = known = value, digest("".join(out))
        return known[1]

    def _put(self, out: list[str], value: Any, deep: bool) -> None:
        simple = _SIMPLE.get(type(value))
        if simple:
            out.append(simple(value))
        elif isinstance(value, list | tuple):
            out.append(f"({type(value).__name__}{len(value)}:")
            for one in value:
                self._put(out, one, deep)
        elif isinstance(value, Content):
            out.append(f"<{self._content(value, deep).hex()}")
        elif own := getattr(value, "template_key", None):
            out.append(f"<{type(value).__qualname__}{own().hex()}")
        elif isinstance(value, Mapping):
            out.append(f"{{{len(value)}:")
            for one, other in value.items():
                self._put(out, one, deep)
                self._put(out, other, deep)
        elif isinstance(value, set | frozenset):
            out.append(f"{{{' '.join(sorted(self.of(one, deep=deep).hex() for one in value))}}}")
        elif is_dataclass(value) and not isinstance(value, type):
            out.append(f"<{type(value).__qualname__}")
            for name in _fields(type(value)):
                self._put(out, getattr(value, name), deep)
        else:
            self._put_other(out, value, deep)

    def _put_other(self, out: list[str], value: Any, deep: bool) -> None:
        if isinstance(value, URLWrapper):
            out.append(f"<{type(value).__name__}")
            self._put(out, (value.name, value.slug), deep)
        elif isinstance(value, Page):
            whole = self.of(value.paginator.object_list, deep=deep)
            out.append(f"<Page{value.number} {value.paginator.num_pages} {value.paginator.per_page} {whole.hex()}")
            self._put(out, (value.paginator.name, str(value.url)), deep)
        elif isinstance(value, datetime):
            out.append(f"d{value.isoformat()} {value.tzinfo}")
        elif isinstance(value, date | PurePath | Enum | tzinfo):
            out.append(f"<{type(value).__name__} {value!s}>")
        elif isinstance(value, str):
            out.append(f"{type(value).__name__}{len(value)}:{value!s}")
        else:
            raise Unkeyed(f"a {type(value).__name__} has no key")

    def _content(self, content: Content, deep: bool) -> bytes:
        kind = id(content), deep
        known = self._known.get(kind)
        if known is None:
            others = getattr(content, "translations", ())
            out = [self._shallow(content), f"{len(others)}", *map(self._shallow, others)]
            if deep:
                self._put(out, content.text_key(), deep)
            self._known[kind] = known = content, digest("".join(out))
        return known[1]

    def _shallow(self, content: Content) -> str:
        known = self._listed.get(id(content))
        if known is None:
            out: list[str] = []
            self._put_listed(out, content)
            self._listed[id(content)] = known = content, digest("".join(out)).hex()
        return known[1]

    def _put_listed(self, out: list[str], content: Content) -> None:
        for name, value in sorted(vars(content).items()):
            if name not in DEEP and name not in _ELSEWHERE and (name == "_summary" or not name.startswith("_")):
                out.append(f" {name}=")
                self._put(out, value, False)
        out.append(f" {content.status} {content.url} {content.save_as}")


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


_SIMPLE: Mapping[type, Callable[[Any], str]] = {
    str: lambda value: f"s{len(value)}:{value}",
    Markup: lambda value: f"M{len(value)}:{value!s}",
    bytes: lambda value: f"b{value.hex()}",
    int: lambda value: f"i{value}",
    float: lambda value: f"f{value!r}",
    bool: lambda value: f"{value!s}",
    type(None): lambda value: "None",
}
