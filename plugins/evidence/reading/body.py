"""The body of a Markdown file → its stretches of prose with their places and citations, its exemptions, its raw HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from xml.etree.ElementTree import Element

from evidence.citations import scan
from evidence.model import Block, BlockKind, Exemption, Place, Scan, Span
from evidence.places import stretch
from evidence.reading import beacons
from evidence.reading.dialect import code_texts, examples, footnotes, hover_texts, links, markdown, slots

_PLACEHOLDER = re.compile("\u0002wzxhzdk:(\\d+)\u0003")
_INTERNAL = re.compile("\u0002[^\u0003]*\u0003")
_EXEMPTION = re.compile(r"<!--\s*allow\b\s*(?P<code>[A-Za-z]+\d+)?\s*(?P<colon>:)?(?P<reason>.*?)-->", re.DOTALL)
_NOT_SHOWN = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_VERBATIM = re.compile(r"<!--.*?-->|<(script|style|pre|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


class Body:
    """The parts of one body. Holds the state of one pass through the tree; made, used once, and dropped."""

    def __init__(self, path: str, body: str, first_line: int) -> None:
        self._path = path
        planted = beacons.plant(body, first_line)
        self._locator = beacons.Locator(planted)
        self._md = markdown()
        self._code: range = range(0)
        self._root = self._parse(list(planted.lines))
        self._labels = frozenset(beacons.strip(label) for label in links(self._md))
        self._footnotes = frozenset(beacons.strip(label) for label in footnotes(self._md))
        self._slots = list(slots(self._root))
        self._examples = examples((slot.kind, beacons.strip(slot.content)) for slot in self._slots)
        self._blocks: list[Block] = []
        self._exemptions: list[Exemption] = []
        self._hidden: list[tuple[Place, str]] = []

    def _parse(self, lines: list[str]) -> Element:
        """The block tree. What is stashed before the HTML step is code; what that step stashes is raw HTML."""
        md = self._md
        for step in md.preprocessors:
            if step is md.preprocessors["html_block"]:
                self._code = range(md.htmlStash.html_counter)
            lines = step.run(lines)
        root = md.parser.parseDocument(lines).getroot()
        assert root is not None
        md.treeprocessors["footnote"].run(root)
        return root

    def parts(self) -> tuple[tuple[Block, ...], tuple[Exemption, ...], tuple[tuple[Place, str], ...]]:
        for slot in self._slots:
            text = slot.content
            last = 0
            for found in _PLACEHOLDER.finditer(text):
                self._prose(text[last : found.start()], slot.kind, slot.ancestors, slot.group)
                self._stashed(int(found[1]))
                last = found.end()
            self._prose(text[last:], slot.kind, slot.ancestors, slot.group)
        return *self._in_order(), tuple(self._hidden)

    def beside(self) -> tuple[Block, ...]:
        """What readers see that is no prose: hover texts that labels define, and code."""
        found = [(text, "hover") for text in hover_texts(self._md)]
        found += [(text, "code") for text in code_texts(self._root)]
        stashed = (self._md.htmlStash.rawHtmlBlocks[number] for number in self._code)
        found += [(unescape(_TAG.sub("", text)), "code") for text in stashed if isinstance(text, str)]
        return tuple(
            Block(BlockKind.PARAGRAPH, *self._locator.locate(_INTERNAL.sub("", text)), (kind,))
            for text, kind in found
            if text.strip()
        )

    def _in_order(self) -> tuple[tuple[Block, ...], tuple[Exemption, ...]]:
        """As in the author's file, where a footnote may stand before text that follows it."""
        order = sorted(range(len(self._blocks)), key=lambda index: _start(self._blocks[index]))
        moved = {old: new for new, old in enumerate(order)}
        exemptions = (replace(one, block=moved.get(one.block, one.block)) for one in self._exemptions)
        return tuple(self._blocks[index] for index in order), tuple(exemptions)

    def _prose(self, text: str, kind: BlockKind, ancestors: tuple[str, ...], group: int) -> None:
        text = _INTERNAL.sub("", text)
        if not text.strip():
            return
        clean, spans = self._locator.locate(text)
        found = scan(clean, link_labels=self._labels, footnotes=self._footnotes, examples=self._examples)
        self._blocks.append(Block(kind, clean, spans, ancestors, found, group))
        for match in _EXEMPTION.finditer(clean):
            self._exempt(match, spans, len(self._blocks) - 1, match.start())

    def _exempt(self, match: re.Match[str], spans: Sequence[Span], block: int, offset: int | None) -> None:
        if not match["code"] and not match["colon"]:
            return
        place = stretch(self._path, spans, match.start(), match.end())
        reason = match["reason"].strip() if match["colon"] else ""
        code = (match["code"] or "").upper()
        self._exemptions.append(Exemption(code, reason, place, block, offset))

    def _stashed(self, number: int) -> None:
        raw = self._md.htmlStash.rawHtmlBlocks[number]
        if number in self._code or not isinstance(raw, str) or not raw.strip():
            return
        clean, spans = self._locator.locate(raw)
        for match in _EXEMPTION.finditer(clean):
            self._exempt(match, spans, len(self._blocks), None)
        shown = _NOT_SHOWN.sub(lambda found: " " * len(found[0]), clean)
        if not re.search(r"[^\W\d_]", shown):
            return
        start = len(shown) - len(shown.lstrip())
        first_line_end = shown.find("\n", start) if "\n" in shown[start:] else len(shown)
        place = stretch(self._path, spans, start, first_line_end)
        self._hidden.append((place, " ".join(shown.split())[:40]))
        readable = _VERBATIM.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), clean)
        self._blocks.append(Block(BlockKind.RAW, clean, spans, ("html",), _scan_raw(readable)))


def _start(block: Block) -> tuple[int, int]:
    return block.spans[0].line, block.spans[0].column


def _scan_raw(text: str) -> Scan:
    return scan(text) if "@" in text else Scan(())
