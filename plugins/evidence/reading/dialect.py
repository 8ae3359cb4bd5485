"""The Markdown that editors write here: Python-Markdown and the extensions that both reading and rendering use."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ReferenceProcessor, SetextHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrBlockprocessor, AbbrExtension, AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension, FootnoteTreeprocessor
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.extensions.toc import TocExtension, slugify
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from evidence.citations import example_labels, scan
from evidence.model import BlockKind
from evidence.reading import inline_stage
from evidence.reading.beacons import BEACON

_INDENTED_FENCE = re.compile(
    r"^(?P<indent>[ ]+)(?P<mark>[-+*][ ]+|\d+[.)][ ]+)?(?P<fence>`{3,}|~{3,})[^\n`]*\n"
    r"(?P<code>(?:.*\n)*?)[ ]*(?P=fence)[`~]*[ ]*$",
    re.MULTILINE,
)
_KINDS = {
    "li": BlockKind.ITEM,
    "td": BlockKind.CELL,
    "th": BlockKind.CELL,
    "dt": BlockKind.TERM,
    "dd": BlockKind.DEFINITION,
    **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
}
_UNDERLINED = re.compile(r"[^\n]+\n[=-]+[ ]*(?:\n|$)")
_MANY_TAGS, _REACH = 200, 2000
_EFFORT, _EFFORT_PER_CHARACTER = 3_000_000, 100
"""How many characters the readers of blocks look at, in all; articles need fewer than 11 for each of theirs."""
_MOST_IN_A_ROW = 100_000
_DEEPEST = 100
"""Levels of lists, quotes and the like in each other; deeper ones are words, since the library reads by recursion."""

_ADDRESSES = re.compile(r"(?:\[[^\[\]\n^@\s][^\[\]\n@]*\]:[ ]*(?:\S+[ ]*)?(?:\n|$))+")
_MEANINGS = re.compile(r"(?:[*]\[[^\\\n\[\]]{0,199}[^\\\n\[\]\s]\][ ]?:[ ]*[^\s].*(?:\n|$))+")
"""Blocks of nothing but addresses of links, and of nothing but meanings of abbreviations."""
_MANY_NAMES = 100
_EDGE, _ALL = re.compile(r"\b"), re.compile(r".*", re.DOTALL)

_CODE = frozenset({"pre", "code", "script", "style"})


class _IndentedFences(Preprocessor):
    """Fenced code inside list items, which the library's own extension does not see, is code too."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "  ```" not in text and "  ~~~" not in text:
            return lines
        return _INDENTED_FENCE.sub(self._stash, text).split("\n")

    def _stash(self, found: re.Match[str]) -> str:
        indent = len(found["indent"])
        code = "\n".join(line[min(indent, len(line) - len(line.lstrip())) :] for line in found["code"].split("\n"))
        escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        stored: str = self.md.htmlStash.store(f"<pre><code>{escaped}</code></pre>")
        return f"{found['indent']}{found['mark'] or ''}{stored}"


class _EndlessTags(Preprocessor):
    """A `<` without a `>` in reach opens no tag; Python's HTML parser would look through the whole rest for each."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if text.count("<") <= _MANY_TAGS:
            return lines
        pieces, last, end = [], 0, -1
        for found in re.finditer("<(?!!--)", text):
            if end < found.start():
                end = text.find(">", found.start())
                end = len(text) + _REACH if end < 0 else end
            if end - found.start() > _REACH:
                pieces += [text[last : found.start()], "\u000260\u0003"]
                last = found.end()
        return "".join([*pieces, text[last:]]).split("\n")


class _CommentsInARow(Preprocessor):
    """The spaces between comments would be left at the start of the line, and make the words behind them code."""

    def run(self, lines: list[str]) -> list[str]:
        return [re.sub(r"-->[ ]+(?=<!--)", "-->", line) for line in lines]


class _References(ReferenceProcessor):
    """`[@key]: words` is a citation and some words, as in pandoc, and not the definition of a link."""

    def run(self, parent: Element, blocks: list[str]) -> bool:
        found = self.RE.search(blocks[0])
        if found and _is_citation(found[1]):
            return False
        if found and found.start() == 0 and _ADDRESSES.fullmatch(blocks[0]):
            self._all_at_once(blocks)
            return True
        return bool(super().run(parent, blocks))

    def _all_at_once(self, blocks: list[str]) -> None:
        """Of a block of nothing else; one by one, the whole rest would be looked through by all readers for each."""
        block, at = blocks.pop(0), 0
        while (found := self.RE.match(block, at)) and not _is_citation(found[1]):
            address = found[2].lstrip("<").rstrip(">")
            self.parser.md.references[found[1].strip().lower()] = address, found[5] or found[6]
            at = found.end() + 1
        if block[at:].strip():
            blocks.insert(0, block[at:].lstrip("\n"))


class _Headings(SetextHeaderProcessor):
    """Headings right below each other are taken apart at once; one by one, the whole rest would be copied for each."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        block, at, pieces = blocks[0], 0, []
        while found := _UNDERLINED.match(block, at):
            pieces.append(found[0].rstrip("\n"))
            at = found.end()
        if len(pieces) > 1:
            blocks[0:1] = [*pieces, block[at:]] if block[at:] else pieces
        super().run(parent, blocks)


class _Effort(BlockProcessor):
    """Some constructs, row upon row without a blank line between them, cost a look at the whole rest for each row.

    Where that has been done too often, the rest is one paragraph of words, in which nothing is hidden from the check.
    """

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._left = 0

    def allow(self, length: int) -> None:
        self._left = _EFFORT + _EFFORT_PER_CHARACTER * length

    def test(self, parent: Element, block: str) -> bool:
        self._left -= len(block)
        return self._left < 0

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "p").text = "\n\n".join(blocks)
        blocks.clear()


class _Measured(Preprocessor):
    """Tells how long the text is whose blocks are to be read."""

    def __init__(self, md: Markdown, effort: _Effort) -> None:
        super().__init__(md)
        self._effort = effort

    def run(self, lines: list[str]) -> list[str]:
        self._effort.allow(sum(len(line) + 1 for line in lines))
        return lines


class _Tables(TableProcessor):
    """The library looks at every stretch of code in a row for each of its bars; a row of hundreds of both is words."""

    def test(self, parent: Element, block: str) -> bool:
        costs = (line.count("`") * line.count("|") for line in block.split("\n") if "`" in line)
        return max(costs, default=0) <= _MOST_IN_A_ROW and super().test(parent, block)


class _Abbreviations(AbbrBlockprocessor):
    """A label ends on its line: the library would look for its end in the whole paragraph, from each line again."""

    RE = re.compile(r"^[*]\[(?P<abbr>[^\\\n]{0,200}?)\][ ]?:[ ]*\n?[ ]*(?P<title>.*)$", re.MULTILINE)

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """A block of nothing else is read at once, for the same reason as one of addresses."""
        if not _MEANINGS.fullmatch(blocks[0]):
            return bool(super().run(parent, blocks))
        for found in self.RE.finditer(blocks.pop(0)):
            name, meaning = found["abbr"].strip(), found["title"].strip()
            if meaning in ("''", '""'):
                self.abbrs.pop(name, None)
            else:
                self.abbrs[name] = meaning
        return True


class _Finder:
    """Finds the names that a pattern of them all would find: the longest at each place where a word begins or ends."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._lengths = sorted(set(map(len, self._names)), reverse=True)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        end = 0
        for edge in _EDGE.finditer(text):
            start = edge.start()
            if start < end:
                continue
            for length in self._lengths:
                if text[start : start + length] in self._names and _EDGE.match(text, start + length):
                    end = start + length
                    yield cast("re.Match[str]", _ALL.match(text, start, end))
                    break


class _Abbreviated(AbbrTreeprocessor):
    """A pattern of thousands of names would be tried name by name at each word."""

    def run(self, root: Element) -> Element | None:
        if len(self.abbrs) <= _MANY_NAMES:
            return super().run(root)
        self.RE = cast("re.Pattern[str]", _Finder(self.abbrs))
        self.iter_element(root)
        return None


def _bound(parser: BlockParser) -> None:
    inner, depth = parser.parseBlocks, 0

    def parse(parent: Element, blocks: list[str]) -> None:
        nonlocal depth
        if depth == _DEEPEST:
            SubElement(parent, "p").text = "\n\n".join(blocks)
            blocks.clear()
            return
        depth += 1
        try:
            inner(parent, blocks)
        finally:
            depth -= 1

    setattr(parser, "parseBlocks", parse)  # noqa: B010


def _is_citation(label: str) -> bool:
    return "@" in label and any(cluster.start == 0 for cluster in scan(f"[{label}]").clusters)


def _section_id(value: str, separator: str) -> str:
    """Ids of headings have a prefix of their own, so that no heading can take the id of a source or of the theme."""
    return f"section{separator}{slugify(value, separator)}"


class _Dialect(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS = list(string.punctuation)  # as pandoc does; "@" and ";" matter for citations
        md.preprocessors.register(_IndentedFences(md), "indented_fences", 26)
        md.preprocessors.register(_EndlessTags(md), "endless_tags", 23)
        md.preprocessors.register(_CommentsInARow(md), "comments_in_a_row", 22)
        md.parser.blockprocessors.register(_References(md.parser), "reference", 15)
        md.parser.blockprocessors.register(_Headings(md.parser), "setextheader", 60)
        md.parser.blockprocessors.register(_Tables(md.parser, {"use_align_attribute": False}), "table", 75)
        abbreviations = cast(AbbrBlockprocessor, md.parser.blockprocessors["abbr"]).abbrs
        md.parser.blockprocessors.register(_Abbreviations(md.parser, abbreviations), "abbr", 16)
        md.treeprocessors.register(_Abbreviated(md, abbreviations), "abbr", 7)
        effort = _Effort(md.parser)
        md.parser.blockprocessors.register(effort, "effort", 200)
        md.preprocessors.register(_Measured(md, effort), "measured", 1)
        _bound(md.parser)
        inline_stage.install(md)


def markdown(*more: Extension) -> Markdown:
    """A fresh converter of our dialect. Extensions named by words would be looked for among all packages installed."""
    return Markdown(
        extensions=[
            TableExtension(),
            FootnoteExtension(BACKLINK_TITLE="Back to the text"),
            DefListExtension(),
            FencedCodeExtension(),
            AttrListExtension(),
            AbbrExtension(),
            MarkdownInHtmlExtension(),
            SaneListExtension(),
            TocExtension(slugify=_section_id, marker=""),
            SmartyExtension(smart_ellipses=False),
            _Dialect(),
            *more,
        ],
        output_format="html",
    )


@dataclass(slots=True)
class Slot:
    """A stretch of inline Markdown in the tree: the `text` or the `tail` of an element, before inline parsing."""

    element: Element
    name: str
    kind: BlockKind
    ancestors: tuple[str, ...]
    group: int

    @property
    def content(self) -> str:
        return str(getattr(self.element, self.name))

    @content.setter
    def content(self, value: str) -> None:
        setattr(self.element, self.name, value)


def slots(root: Element) -> Iterator[Slot]:
    """All stretches of inline Markdown, in document order. Code is left out."""
    yield from _walk(root, BlockKind.PARAGRAPH, (), [0], 0)


def _walk(
    element: Element, kind: BlockKind, ancestors: tuple[str, ...], counter: list[int], group: int
) -> Iterator[Slot]:
    tag = str(element.tag)
    if tag in _CODE:
        return
    if tag in {"ul", "ol", "tr"} and not (tag != "tr" and group):
        counter[0] += 1
        group = counter[0]
    kind = _kind(element, tag, kind)
    if _is_inline(element.text):
        yield Slot(element, "text", kind, ancestors, group)
    for child in element:
        yield from _walk(child, kind, (*ancestors, str(child.tag)), counter, group)
        if _is_inline(child.tail):
            yield Slot(child, "tail", kind, ancestors, group)


def _kind(element: Element, tag: str, outer: BlockKind) -> BlockKind:
    if outer is BlockKind.FOOTNOTE or element.get("class") == "footnote":
        return BlockKind.FOOTNOTE
    return _KINDS.get(tag, outer)


def _is_inline(text: str | None) -> bool:
    return bool(text) and not isinstance(text, AtomicString) and bool(str(text).strip())


def footnotes(md: Markdown) -> Sequence[str]:
    """The labels of the document's footnotes."""
    processor = cast(FootnoteTreeprocessor, md.treeprocessors["footnote"])
    return tuple(processor.footnotes.footnotes)


_BEGIN_A_BLOCK = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.DEFINITION, BlockKind.FOOTNOTE})


def examples(found: Iterable[tuple[BlockKind, str]]) -> frozenset[str]:
    """The labels of the numbered examples among stretches of prose."""
    return frozenset(label for kind, text in found if kind in _BEGIN_A_BLOCK for label in example_labels(text))


def hover_texts(md: Markdown) -> Iterator[str]:
    """What pointing at abbreviations shows, and at links that are named by a label."""
    abbreviations = cast(AbbrBlockprocessor, md.parser.blockprocessors["abbr"]).abbrs
    yield from abbreviations.values()
    for address, title in md.references.values():
        if title:
            mark = None if BEACON.search(title) else BEACON.search(address)
            yield f"{mark[0] if mark else ''}{title}"  # a title on the line of its address has no mark of its own


def code_texts(root: Element) -> Iterator[str]:
    """The code that indented lines make."""
    for element in root.iter("pre"):
        yield "".join(element.itertext())


def links(md: Markdown) -> Sequence[str]:
    """The labels of the document's link definitions, as Markdown compares them."""
    return tuple(md.references)
