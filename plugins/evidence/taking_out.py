"""Citations leave the text before Markdown's inline stage, as tokens that it can neither break nor make up.

What of them is in the page afterwards is what readers will see: both the page itself and the check go by this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor

from evidence.citations import scan
from evidence.model import BlockKind, Cluster, Document, Place, Scan
from evidence.places import block_place
from evidence.reading.dialect import examples, footnotes, links, markdown, slots

OPEN, CLOSE = "\U000f0001", "\U000f0002"
_DIGITS = str.maketrans("0123456789", "".join(chr(0xF0010 + digit) for digit in range(10)))
_PLAIN_DIGITS = {new: old for old, new in _DIGITS.items()}
TOKEN = re.compile(f"{OPEN}([\U000f0010-\U000f0019]+){CLOSE}")
_STRAY = {"[": "\U000f0003", "]": "\U000f0004"}
SHOWN = str.maketrans({private: bracket for bracket, private in _STRAY.items()})
_CLAIM = re.compile(r"\{\s*\.claim\s*\}")


class Taking(Protocol):
    """Of one document: what the check found in each stretch of its text, and the clusters taken out, each with its own text."""

    scans: Mapping[str, Scan]
    clusters: list[tuple[Cluster, str]]


class Now(Protocol):
    """Knows the document that a converter is at."""

    @property
    def state(self) -> Taking:
        """What is taken out of it."""


class TakeOut(Treeprocessor):
    """Before inline parsing: each cluster becomes a token, other stray brackets become plain characters."""

    def __init__(self, md: Markdown, now: Now) -> None:
        super().__init__(md)
        self._now = now

    @property
    def _state(self) -> Taking:
        return self._now.state

    def run(self, root: Element) -> None:
        labels, notes = frozenset(links(self.md)), frozenset(footnotes(self.md))
        found = list(slots(root))
        numbered = examples((slot.kind, slot.content) for slot in found)
        for slot in found:
            text = slot.content
            pieces, last = [], 0
            found_here = self._state.scans.get(text) or scan(
                text, link_labels=labels, footnotes=notes, examples=numbered
            )
            for cluster in found_here.clusters:
                pieces += [text[last : cluster.start], _token(len(self._state.clusters))]
                self._state.clusters.append((cluster, text[cluster.start : cluster.end]))
                last = cluster.end
            slot.content = _without_stray_brackets("".join([*pieces, text[last:]]), labels)


def _token(number: int) -> str:
    """Stands for a cluster during the inline stage: private characters only, so that it enters no id and no word."""
    return OPEN + str(number).translate(_DIGITS) + CLOSE


def number_of(digits: str) -> int:
    return int(digits.translate(_PLAIN_DIGITS))


_MANY_BRACKETS, _LONGEST_LABEL, _LONGEST_TARGET = 60, 1000, 4000
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def _without_stray_brackets(text: str, labels: Collection[str]) -> str:
    """Markdown's link patterns look from every `[` to the end of the text: with many, that is quadratic.

    Where there are many, those that cannot open a link (no partner, or no `(`, `[`, `{` or known label after it) are
    private characters until the page is written.
    """
    if text.count("[") < _MANY_BRACKETS:
        return text
    stack: list[int] = []
    keep: set[int] = set()
    for found in re.finditer(r"\\.|[\[\]]", text):
        if found[0] == "[":
            stack.append(found.start())
        elif found[0] == "]" and stack:
            start = stack.pop()
            if _goes_on(text, found.end()) or _is_label(text, start + 1, found.start(), labels):
                keep |= {start, found.start()}
    return "".join(
        char if char not in "[]" or index in keep or text[index - 1 : index] == "\\" else _STRAY[char]
        for index, char in enumerate(text)
    )


def _goes_on(text: str, at: int) -> bool:
    closer = _CLOSERS.get(text[at : at + 1])
    return closer is not None and text.find(closer, at, at + _LONGEST_TARGET) >= 0


def _is_label(text: str, start: int, end: int, labels: Collection[str]) -> bool:
    return end - start < _LONGEST_LABEL and text[start:end].lower() in labels


class ClaimSpan(LinkInlineProcessor):
    """`[words]{.claim}` → `<span class="claim">words</span>`."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        text, index, handled = self.getText(data, m.end(0))
        mark = _CLAIM.match(data, index) if handled else None
        if mark is None:
            return None, None, None
        span = Element("span", {"class": "claim"})
        span.text = text
        return span, m.start(0), mark.end()


def install(md: Markdown, now: Now) -> None:
    """Have a converter take citations out of the document it is at, and read `[words]{.claim}`."""
    md.treeprocessors.register(TakeOut(md, now), "citations_out", 45)
    md.inlinePatterns.register(ClaimSpan(r"\[", md), "claim_span", 165)


def scans_of(document: Document) -> dict[str, Scan]:
    """What the check found, by stretch of the text."""
    return {block.text: block.scan for block in document.blocks if block.kind is not BlockKind.RAW}


def places_of(cluster: Cluster, typed: str, document: Document, scans: Mapping[str, Scan]) -> tuple[Place, ...]:
    """Where a citation stands: in each of several stretches of the very same words. If its stretch was put together otherwise than
    it was checked, as some notes are, the first place where the same is typed."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.RAW]
    found = [
        block_place(document.path, block, cluster.start, cluster.end)
        for block in blocks
        if block.text in scans and any(one is cluster for one in scans[block.text].clusters)
    ]
    alike = (
        (block, one) for block in blocks for one in block.scan.clusters if block.text[one.start : one.end] == typed
    )
    if not found and (first := next(alike, None)):
        found = [block_place(document.path, first[0], first[1].start, first[1].end)]
    return tuple(found) or (Place(document.path),)


# ------------------------------------------------------------------------------------------ for the check


class _Taken:
    """What is taken out of a document that nobody will read."""

    def __init__(self, scans: Mapping[str, Scan]) -> None:
        self.scans = scans
        self.clusters: list[tuple[Cluster, str]] = []
        self.shown: set[int] = set()


class _Looking(Extension):
    state: _Taken

    def extendMarkdown(self, md: Markdown) -> None:
        install(md, self)
        md.treeprocessors.register(_Look(md, self), "citations_seen", 4)


class _Look(Treeprocessor):
    """After inline parsing: which tokens are in words that readers see. Those are taken away, so that the others are left."""

    def __init__(self, md: Markdown, looking: _Looking) -> None:
        super().__init__(md)
        self._looking = looking

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.attrib.items():
                if value is None:  # `{name=}`
                    element.set(name, "")
                elif OPEN in value:
                    element.set(name, self._seen(value) if name == "alt" else TOKEN.sub("", value))
            if element.text and OPEN in element.text:
                element.text = self._seen(element.text)
            if element.tail and OPEN in element.tail:
                element.tail = self._seen(element.tail)

    def _seen(self, text: str) -> str:
        self._looking.state.shown |= set(map(number_of, TOKEN.findall(text)))
        return TOKEN.sub("", text)


@cache
def _looking() -> tuple[Markdown, _Looking]:
    looking = _Looking()
    return markdown(looking), looking


def unshown(document: Document) -> tuple[tuple[Place, str, str], ...]:
    """The place, text and first key of each citation of a document that no reader would see, or that would be seen twice."""
    md, looking = _looking()
    scans = scans_of(document)
    looking.state = state = _Taken(scans)
    try:
        html = md.reset().convert(document.body)
    except BaseException:
        _looking.cache_clear()  # what a failed conversion leaves behind is not used again
        raise
    left = set(map(number_of, TOKEN.findall(html))) | (set(range(len(state.clusters))) - state.shown)
    found: dict[Place, tuple[Place, str, str]] = {}
    for number in sorted(left):
        cluster, typed = state.clusters[number]
        for place in places_of(cluster, typed, document, scans):
            found[place] = place, " ".join(typed.split()), cluster.citations[0].key
    return tuple(found[place] for place in sorted(found))
