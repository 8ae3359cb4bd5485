"""What an editor most probably meant as a citation and what is none, or stands where it cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.citations.inlines import Cited, Inlines, Node
from evidence.citations.words import Visit
from evidence.model import Slip

_EMPTY_AT = re.compile(r"\[\s*-?@(?P<gap>\s*)(?P<word>[\w:.-]*)")
_CITED_IN_MATH = re.compile(r"(?<![\w\\])@[^\W_]")
_WIDE_AT = re.compile(r"(?:\[|;\s*)-?＠\s*(?P<word>\w[\w:.-]*)")
_KEYLESS = re.compile(r";\s*(?P<words>[^;@\]]*)(?:;|\]|$)")
_NEAR = 80
_TAG_OPENS = re.compile(r"</?[A-Za-z][^<>@ ]*\s[^<>]*")
_TAG_CLOSES = re.compile(r"[^<>]*>")
"""What browsers would be given as a tag, though pandoc reads it as words: `<b @key>`."""
_LONGEST_TAG = 1000


def slips(inlines: Inlines, visits: Iterable[Visit]) -> list[Slip]:
    """The slips of one text, in order of position, at most one at each place."""
    found: dict[int, Slip] = {}
    finder = _Finder(inlines)
    for visit in visits:
        for slip in finder.look(visit):
            found.setdefault(slip.start, slip)
    for slip in _wide(inlines) if "＠" in inlines.text else ():
        found.setdefault(slip.start, slip)
    return sorted(found.values(), key=lambda slip: (slip.start, slip.end))


class _Finder:
    """Holds what the last constructs were, since an opened bracket is judged by what follows it."""

    def __init__(self, inlines: Inlines) -> None:
        self._text = inlines.text
        self._opened: int | None = None
        self._narrative: Node | None = None

    def look(self, visit: Visit) -> Iterator[Slip]:
        node = visit.node
        if node.kind == "cite":
            yield from self._cite(visit)
        elif node.kind == "at":
            yield from self._lone_at(node)
        elif node.kind == "symbol":
            yield from self._symbol(visit)
        elif node.kind == "math" and _CITED_IN_MATH.search(self._text, node.start, node.end):
            what = (
                f'"{_short(self._text[node.start : node.end])}" is read as a formula, its citation would not be shown'
            )
            yield Slip(node.start, node.end, what, "write a dollar sign that is no formula as `\\$`")

    # ---------------------------------------------------------------------------- citations in a bad place

    def _cite(self, visit: Visit) -> Iterator[Slip]:
        node, holder = visit.node, visit.holder
        shown = _short(self._text[node.start : node.end])
        if in_tag := self._tag_around(node):
            what = f'the citation "{shown}" stands in "{_short(in_tag)}", which is read as a tag, and would be lost'
            yield Slip(node.start, node.end, what, "move it out of the tag, or write `&lt;` for the `<`")
        elif visit.within == "image":
            what = f'the citation "{shown}" in a picture\'s description cannot be shown'
            yield Slip(node.start, node.end, what, "move it into the text or the caption")
        elif holder and holder.kind == "note":
            what = f'the inline note around "{shown}" is not supported here, its citation would be lost'
            yield Slip(holder.start, holder.end, what, "write `[^1]` and below the paragraph `[^1]: …`")
        elif holder and holder.kind == "cite":
            yield self._second_key(node, holder)
        elif holder and holder.kind == "brackets" and self._is_direct(node, holder):
            yield self._broken_bracket(node, holder)
        elif node.cited[0].mode != "normal" and node.cited[0].prefix is None:
            yield from self._after_bracket(node)
        for cited in node.cited:
            if cited.prefix and self._text.startswith("@@", cited.position - 1):
                yield self._doubled(cited.position, cited)

    def _tag_around(self, node: Node) -> str:
        at = self._text.rfind("<", max(0, node.start - _LONGEST_TAG), node.start)
        if at < 0 or self._text[at - 1 : at] == "\\" or not _TAG_OPENS.fullmatch(self._text, at, node.start):
            return ""
        closes = _TAG_CLOSES.match(self._text, node.end, node.end + _LONGEST_TAG)
        return self._text[at : closes.end()] if closes else ""

    def _second_key(self, node: Node, holder: Node) -> Slip:
        first = holder.cited[0]
        second = next((cited.key for cited in node.cited), "")
        what = f'a second key, "@{second}", among the words after "@{first.key}" would be lost'
        return Slip(node.start, node.end, what, f"separate citations with semicolons: `[@{first.key}; @{second}]`")

    def _is_direct(self, node: Node, holder: Node) -> bool:
        return node.cited[0].prefix is None and self._text[node.start] != "["

    def _broken_bracket(self, node: Node, holder: Node) -> Slip:
        bracket = self._text[holder.start : holder.end]
        key = node.cited[0].key
        joined = bracket.count("[") > 1 or self._text.startswith("[", holder.end)
        keyless = _KEYLESS.search(bracket)
        fix = f"write `[@{key}]`"
        if joined and "][" in self._text[holder.start : holder.end + 1]:
            fix = f"put both into one bracket, `[@{key}; @…]`, or a space between the two"
        elif keyless:
            words = keyless["words"].strip()
            fix = (
                f'put a key before "{_short(words)}" or a comma for the semicolon' if words else "drop the semicolon"
            )
        elif re.search(r"[*_~\"'`$]", bracket):
            fix = "close the emphasis or the quotation mark inside the bracket"
        return Slip(holder.start, holder.end, f'"{_short(bracket)}" is not read as a citation', fix)

    def _doubled(self, at: int, cited: Cited) -> Slip:
        what = f'"@@{_short(cited.key)}" has one "@" too many'
        return Slip(at - 1, cited.key_end, what, f"write `@{cited.key}`")

    def _after_bracket(self, node: Node) -> Iterator[Slip]:
        opened, self._narrative = self._opened, node
        self._opened = None
        before = self._text[max(0, node.start - 1) : node.start]
        if before == "@" and (node.start < 2 or not self._text[node.start - 2].isalnum()):
            yield self._doubled(node.start, node.cited[0])
        if opened is None or node.start - opened > _NEAR:
            return
        shown = _short(self._text[opened : node.end])
        key = node.cited[0].key
        yield Slip(opened, node.end, f'the bracket before "{shown}" is not closed', f"close it: `[@{key}]`")

    # ------------------------------------------------------------------------------------------- lone marks

    def _symbol(self, visit: Visit) -> Iterator[Slip]:
        node, char = visit.node, self._text[visit.node.start]
        if char == "[":
            self._opened = node.start
            yield from self._empty(node.start)
        elif char == "]" and self._narrative and 0 <= node.start - self._narrative.end <= _NEAR // 2:
            narrative, self._narrative = self._narrative, None
            escaped = self._text[max(0, narrative.start - 2) : narrative.start] == "\\["
            if visit.holder is None and not escaped:
                shown = _short(self._text[narrative.start : node.end])
                yield Slip(
                    narrative.start, node.end, f'the bracket after "{shown}" is not opened', f"write `[{shown}`"
                )

    def _lone_at(self, node: Node) -> Iterator[Slip]:
        before = self._text.rfind("[", max(0, node.start - 3), node.start)
        if before >= 0:
            yield from self._empty(before)

    def _empty(self, start: int) -> Iterator[Slip]:
        found = _EMPTY_AT.match(self._text, start)
        if found is None or (found["word"] and not found["gap"]) or self._text.startswith("{", found.end()):
            return
        if self._text[max(0, start - 1) : start] == "\\":
            return
        if self._text.startswith("@", found.end()):
            return
        word = found["word"].strip(".:-")
        what = f'"{_short(found[0].strip())}" has no key directly after the "@"'
        yield Slip(start, found.end(), what, f"write `[@{word}]`" if word else "write the key of a source: `[@key]`")


def _wide(inlines: Inlines) -> Iterator[Slip]:
    for found in _WIDE_AT.finditer(inlines.text):
        what = f'"{_short(found[0])}" has a full-width "＠"'
        yield Slip(found.start(), found.end(), what, f"write an ordinary one: `@{found['word']}`")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
