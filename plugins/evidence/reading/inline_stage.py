"""Python-Markdown's inline stage, made to stay linear on very long paragraphs, and quick on ordinary ones.

The library copies the whole paragraph for every construct it finds, the text before it for every character reference,
and looks through all siblings for the place of each. Here a paragraph longer than anybody writes is taken in pieces,
text is joined once and siblings are gathered in order. The library also tries every pattern on every stretch of text; here
a pattern is tried only where the mark stands that each of its matches has.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

LONG, PIECE = 12_000, 2_000
"""Characters. In a paragraph longer than `LONG` no construct reaches from one piece into the next."""

Found = tuple[Element, list[str]]
"""An element made from the text, and the tags it stands in."""

_BLANK = re.compile(r"\s")
_MARKS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "claim_span": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "smarty-em-dashes": ("---",),
    "smarty-en-dashes": ("--",),
    **{f"smarty-quotes-{number}": ("'", '"') for number in range(15)},
}
"""For each pattern by name: marks of which every match has one. A pattern that is not named here is always tried."""


class LinearInlines(InlineProcessor):
    """The library's processor with its slow steps replaced; it calls them by their private names."""

    def __init__(self, md: Markdown, patterns: Any) -> None:
        super().__init__(md)
        self.inlinePatterns = patterns
        self._tried: list[tuple[Any, str, str]] = []
        self._any = re.compile("")

    @property
    def _library(self) -> Any:
        """Self, for calling what the library keeps private."""
        return self

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.stashed_nodes: dict[str, Element | str] = {}
        self.parent_map = {child: parent for parent in tree.iter() for child in parent}
        parents = list(ancestors or [])
        self._library._InlineProcessor__build_ancestors(tree, parents)
        waiting = deque([(tree, parents)])
        while waiting:
            element, self.ancestors = waiting.popleft()
            if element is not tree:
                self.ancestors.append(element.tag.lower())
            waiting += self._children(element)
        return tree

    def _children(self, element: Element) -> list[Found]:
        """Read the text and the tail of each child; what is found in a tail is a child, too."""
        further: list[Found] = []
        inside: list[tuple[Element, list[Found]]] = []
        children: list[Element] = []
        coming = deque(element)
        while coming:
            child = coming.popleft()
            children.append(child)
            if child.text and not isinstance(child.text, AtomicString):
                inside.append((child, self._text_of(child)))
                further += inside[-1][1]
            if child.tail:
                coming.extendleft(node for node, _ in reversed(self._tail_of(child)))
            if len(child):
                further.append((child, self.ancestors[:]))
        element[:] = children
        for child, found in inside:
            child[0:0] = [node for node, _ in found]
        return further

    def _text_of(self, child: Element) -> list[Found]:
        self.ancestors.append(child.tag.lower())
        text, child.text = child.text or "", None
        found = self._InlineProcessor__processPlaceholders(self._InlineProcessor__handleInline(text), child)
        self.ancestors.pop()
        return found

    def _tail_of(self, child: Element) -> list[Found]:
        holder = Element("d")
        tail, child.tail = child.tail or "", None
        found = self._InlineProcessor__processPlaceholders(self._InlineProcessor__handleInline(tail), holder, False)
        child.tail = holder.tail
        return found

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        if len(data) <= LONG:
            return self._handled(data, patternIndex)
        return "".join(self._handled(piece, patternIndex) for piece in pieces(data))

    def _handled(self, data: str, first: int) -> str:
        """The text with a placeholder for each construct that the patterns from the `first` on find."""
        if not self._tried:
            self._prepare()
        if not self._any.search(data):
            return data
        apply = self._library._InlineProcessor__applyPattern
        for index in range(first, len(self._tried)):
            pattern, mark, other = self._tried[index]
            start, matched = 0, mark in data or other in data
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data

    def _prepare(self) -> None:
        """Now that all patterns are registered."""
        marks = [("", "")] * len(self.inlinePatterns)
        for name, (mark, *other) in _MARKS.items():
            if name in self.inlinePatterns:
                marks[self.inlinePatterns.get_index_for_name(name)] = mark, other[0] if other else mark
        self._tried = [(pattern, *pair) for pattern, pair in zip(self.inlinePatterns, marks, strict=True)]
        self._any = re.compile("|".join(sorted({re.escape(mark) for pair in marks for mark in pair})))

    def _InlineProcessor__processPlaceholders(
        self, data: str | None, parent: Element, isText: bool = True
    ) -> list[Found]:
        found: list[Found] = []
        if not data:
            return found
        first, *rest = INLINE_PLACEHOLDER_RE.split(data)
        words = [first]
        for number, text in zip(rest[::2], rest[1::2], strict=True):
            node = self.stashed_nodes.get(number)
            if isinstance(node, Element):
                self._append(words, found, parent, isText)
                self._place_inside(node)
                found.append((node, self.ancestors[:]))
                words = [text]
            else:
                words += ["" if node is None else node, text]
        if isinstance(data, AtomicString):
            words = [AtomicString("".join(words))]
        self._append(words, found, parent, isText)
        return found

    def _append(self, words: list[str], found: list[Found], parent: Element, is_text: bool) -> None:
        """Set words behind the last element found, or, if there is none, where the parent's own words go."""
        text = words[0] if len(words) == 1 else "".join(words)
        if not text:
            return
        element, name = (found[-1][0], "tail") if found else (parent, "text" if is_text else "tail")
        before = getattr(element, name)
        setattr(element, name, before + text if before else text)

    def _place_inside(self, node: Element) -> None:
        place = self._library._InlineProcessor__processElementText
        for child in [node, *node]:
            if child.tail and child.tail.strip():
                place(node, child, False)
            if child.text and child.text.strip():
                place(child, child)


def pieces(text: str) -> Iterator[str]:
    """The text in stretches of at least `PIECE` characters, each but the last ending before a blank."""
    start = 0
    while start < len(text):
        blank = _BLANK.search(text, start + PIECE, start + 2 * PIECE)
        end = blank.start() if blank else min(start + 2 * PIECE, len(text))
        yield text[start:end]
        start = end


def install(md: Markdown) -> None:
    """Replace the library's inline processors, that of smart punctuation included."""
    for name, priority in (("inline", 20), ("smarty", 6)):
        patterns = getattr(md.treeprocessors[name], "inlinePatterns")  # noqa: B009
        md.treeprocessors.register(LinearInlines(md, patterns), name, priority)
