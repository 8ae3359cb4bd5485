"""Python-Markdown's inline stage, made to stay linear on very long paragraphs.

The library copies the whole paragraph for every construct it finds, the text before it for every character reference,
and looks through all siblings for the place of each. Here a paragraph longer than anybody writes is taken in pieces,
text is joined once and siblings are gathered in order.
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


class LinearInlines(InlineProcessor):
    """The library's processor with its three slow steps replaced; two of them it calls by their private names."""

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
        handle = super()._InlineProcessor__handleInline  # type: ignore[misc]
        if len(data) <= LONG or isinstance(data, AtomicString):
            return str(handle(data, patternIndex)) if not isinstance(data, AtomicString) else data
        return "".join(handle(piece, patternIndex) for piece in pieces(data))

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
        linear = LinearInlines(md)
        linear.inlinePatterns = getattr(md.treeprocessors[name], "inlinePatterns")  # noqa: B009
        md.treeprocessors.register(linear, name, priority)
