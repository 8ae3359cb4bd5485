"""What would act in a reader's browser: elements that run or load something, handlers, addresses that are script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from evidence.tags import attributes, elements, is_plain

ACTING = frozenset(
    """
    script style iframe frame frameset object embed applet base form input button textarea select meta link portal
    template noscript
    """.split()
)
"""Elements that run or load something, or take their words from elsewhere."""
_ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "srcset", "poster", "data", "background", "cite", "xlink:href"}
)
_SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")
_CODE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=[^\n]*)?)\n(?:(?:.*?\n)??(?P=fence)[ ]*$|.*(?P<open>\Z))"
    r"|^[ ]{2,}(?:[-+*][ ]+|\d+[.)][ ]+)?(?P<inner>`{3,}+|~{3,}+)[^\n`]*\n(?:(?:.*?\n)??[ ]*(?P=inner)[`~]*[ ]*$|.*(?P<left>\Z))"
    r"|(?<![`\\])(?P<ticks>`{1,5})(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
"""What Markdown takes for code, as narrowly as it does: what only looks like code is shown, and acts."""
_MARKUP = re.compile(
    rf"<\s*/?\s*(?P<element>{'|'.join(sorted(ACTING))})\b"
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


def without_code(text: str) -> str:
    """A Markdown text with spaces in the place of code; all else stands where it stood."""
    return _CODE.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    """Spaces in the place of code. What follows a fence that is never closed is none."""
    return found[0] if (found["open"], found["left"]) != (None, None) else re.sub(r"[^\n]", " ", found[0])


def active_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of what would act in a Markdown text, outside code."""
    for found in _MARKUP.finditer(without_code(text)):
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
        if tag in ACTING:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if _acts(name) or (name in _ADDRESSES and not is_safe(value or "")):
                self.found.append(f"{name}={value}"[:80])


_SURELY_SAFE = ("#", "/", ".", "{", "https://", "http://", "mailto:")


def active(html: str) -> list[str]:
    """What would act in an HTML text, each shortly."""
    if is_plain(html) and not ACTING.intersection(elements(html)):
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
