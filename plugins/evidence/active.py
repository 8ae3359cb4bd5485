"""What would act in a reader's browser: elements that run or load something, handlers, addresses that are script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from evidence.tags import attributes, elements, is_plain

_ELEMENTS = frozenset(
    """
    script style iframe frame frameset object embed applet base form input button textarea select meta link portal
    template noscript
    """.split()
)
_ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "srcset", "poster", "data", "background", "cite", "xlink:href"}
)
_SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")
_CODE = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ ]{0,3}(?P=fence)[`~]*[ ]*$|(?P<open>\Z))|(?<!`)(?P<ticks>`{1,5})(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_MARKUP = re.compile(
    rf"<\s*/?\s*(?P<element>{'|'.join(sorted(_ELEMENTS))})\b"
    r"|<[a-z][^<>]{0,2000}?[\s\"'/](?P<handler>on[a-z]+|style|srcdoc|formaction)\s*="
    r"|\{:?[^{}\n]{0,500}?(?:\s|:|\{)(?P<listed>on[a-z]+|style|srcdoc|formaction)\s*="
    r"|(?:\]\(\s{0,9}<?|^[ ]{0,3}\[[^\]\n]{1,200}\]:\s{0,9}<?|<(?=[a-z&][^<>\s]{0,200}:)|\b(?:href|src|action)\s{0,9}=\s{0,9}[\"']?)"
    r"(?P<address>[^\s<>()\"']{0,200}(?:\s[^\s<>()\"':]{0,20})?:)",
    re.IGNORECASE | re.MULTILINE,
)


def is_safe(address: str) -> bool:
    """Whether an address leads to a page, a file, a mailbox or a telephone, and runs nothing."""
    scheme = _SCHEME.match(_IGNORED.sub("", unescape(address)))
    return scheme is None or scheme[1].lower() in _SCHEMES


def _blank(found: re.Match[str]) -> str:
    """Spaces in the place of code. What follows a fence that is never closed is none."""
    return found[0] if found["open"] is not None else re.sub(r"[^\n]", " ", found[0])


def active_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of what would act in a Markdown text, outside code."""
    plain = _CODE.sub(_blank, text)
    for found in _MARKUP.finditer(plain):
        if found["address"] is None:
            name = found["element"] or found["handler"] or found["listed"]
            yield found.start(), found.end(), name.lower()
        elif not is_safe(found["address"]):
            yield found.start("address"), found.end("address"), found["address"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ELEMENTS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if _acts(name) or (name in _ADDRESSES and not is_safe(value or "")):
                self.found.append(f"{name}={value}"[:80])


_SURELY_SAFE = ("#", "/", ".", "{", "https://", "http://", "mailto:")


def active(html: str) -> list[str]:
    """What would act in an HTML text, each shortly."""
    if is_plain(html) and not _ELEMENTS.intersection(elements(html)):
        found = attributes(html)
        if not any(map(_acts, {name.lower() for name, _ in found})) and all(
            value.startswith(_SURELY_SAFE) or is_safe(value) for name, value in found if name.lower() in _ADDRESSES
        ):
            return []
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def _acts(name: str) -> bool:
    return name.startswith("on") or name in ("style", "srcdoc", "formaction")
