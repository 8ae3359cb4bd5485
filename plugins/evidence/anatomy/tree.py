"""The HTML of one page as a tree with places, as far as it takes to see where the advertisement stands. No library reads it,
because places are needed, and because what the theme writes is well-formed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
UNREAD = frozenset({"script", "style", "template", "title"})


@dataclass(slots=True, eq=False)
class Node:
    """An element: its tag, attributes and place (1-based), and in order its children and words. `order` counts elements and
    words of the page from 0; `last` is the order of the last thing in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 1
    column: int = 1
    order: int = 0
    last: int = 0
    children: list[Node | Words] = field(default_factory=list)

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.attributes.get("class", "").split())

    def all(self) -> Iterator[Node]:
        """The element itself and all below it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def words(self, leaving_out: str = "") -> str:
        """What is written in it, one space between words, without what stands in elements of one tag."""
        return " ".join(" ".join(one.text for one in self.texts(leaving_out)).split())

    def texts(self, leaving_out: str = "") -> Iterator[Words]:
        for child in self.children:
            if isinstance(child, Words):
                yield child
            elif child.tag != leaving_out and child.tag not in UNREAD:
                yield from child.texts(leaving_out)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text, not only white space."""

    text: str
    order: int


def tree(html: str) -> Node:
    """The page's root; its children are what stands outermost."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for node in reader.open:
        node.last = reader.count
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        line, column = self.getpos()
        node = Node(tag, {name: value or "" for name, value in attrs}, line, column + 1, self.count, self.count)
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                for node in self.open[depth:]:
                    node.last = self.count
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.count += 1
            self.open[-1].children.append(Words(data, self.count))
