"""Constructs as a reader would see them: plain text, typographic quotes and dashes, markup and footnotes gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from evidence.citations.inlines import Inlines, Node, Run
from evidence.citations.locators import Token, split

_TRANSPARENT = frozenset({"sequence", "brackets"})
_INERT = frozenset({"text", "shown", "code", "hidden", "emphasis", "quoted", "marker"})
_TRIMMED = frozenset({"link", "image", "span", "strike"})
_UNSEEN = frozenset({"hidden", "note"})


class Visit(NamedTuple):
    """A construct met on a walk, whether it stands in a link or a picture's words, and the construct that holds it.

    `holder` is the nearest enclosing citation, picture, inline note, or bracket that means nothing.
    """

    node: Node
    within: str
    holder: Node | None


class Words:
    """The text of constructs. `footnotes` are the defined ones: a marker of any other is shown as typed."""

    def __init__(self, inlines: Inlines, footnotes: Collection[str] = ()) -> None:
        self._inlines = inlines
        self._footnotes = frozenset(footnotes)

    def text(self, run: Run | None) -> str:
        """A run as one line of plain text."""
        return "" if run is None else " ".join("".join(self._pieces((run,))).split())

    def tokens(self, run: Run | None, spaced: bool) -> list[Token]:
        """A run as tokens for the locator grammar; markup that shows something is one opaque token."""
        tokens, plain = [], [" "] if spaced else []
        for node in self._top(run):
            if isinstance(node, str):
                plain.append(node)
            elif _is_opaque(node):
                tokens += [*split("".join(plain)), Token("".join(self._shown(node)), True, node.kind == "math")]
                plain = []
            else:
                plain += self._shown(node)
        return [*tokens, *split("".join(plain))]

    def _top(self, run: Run | None) -> Iterator[Node | str]:
        """The outermost constructs of a run; brackets and lone emphasis marks are looked through."""
        stack: list[Iterator[Node | str]] = [iter(self._inlines.nodes(run))] if run else []
        while stack:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
            elif isinstance(item, str) or item.kind not in _TRANSPARENT:
                yield item
            else:
                stack.append(self._children(item.parts))

    def _children(self, parts: tuple[str | Run, ...]) -> Iterator[Node | str]:
        for part in parts:
            if isinstance(part, str):
                yield part
            else:
                yield from self._inlines.nodes(part)

    def _pieces(self, parts: tuple[str | Run, ...]) -> list[str]:
        pieces: list[str] = []
        stack = [(self._children(parts), -1)]
        while stack:
            children, trimmed_from = stack[-1]
            item = next(children, None)
            if item is None:
                stack.pop()
                if trimmed_from >= 0:
                    pieces[trimmed_from:] = ["".join(pieces[trimmed_from:]).strip()]
            elif isinstance(item, str):
                pieces.append(item)
            elif item.kind not in _UNSEEN:
                below = self._children(item.parts) if item.parts else iter((self._own(item),))
                stack.append((below, len(pieces) if item.kind in _TRIMMED else -1))
        return pieces

    def _shown(self, node: Node) -> list[str]:
        if node.kind in _UNSEEN:
            return []
        if not node.parts:
            return [self._own(node)]
        pieces = self._pieces(node.parts)
        return ["".join(pieces).strip()] if node.kind in _TRIMMED else pieces

    def _own(self, node: Node) -> str:
        """What a construct without parts shows. A citation inside another's words stays as typed."""
        shown = self._inlines.text[node.start : node.end]
        if node.cited and node.cited[0].prefix is None:
            return f"@{node.cited[0].key} {self._inlines.text[node.cited[0].key_end : node.end]}".rstrip()
        if node.kind == "marker" and shown[2:-1] in self._footnotes:
            return ""
        return shown.replace("'", "’") if node.kind == "text" else shown


def _is_opaque(node: Node) -> bool:
    return node.kind not in ("text", "symbol", "at", "shown", "marker")


def walk(inlines: Inlines, runs: list[Run]) -> Iterator[Visit]:
    """The constructs that matter to citations, in order, outer before inner, those in a citation's words included."""
    pending: list[tuple[Iterator[Node], str, Node | None]]
    pending = [(inlines.nodes(run), "text", None) for run in reversed(runs)]
    while pending:
        nodes, within, holder = pending[-1]
        node = next(nodes, None)
        if node is None:
            pending.pop()
            continue
        if node.kind not in _INERT:
            yield Visit(node, within, holder)
        if not node.parts and not node.cited:
            continue
        inner = [part for part in node.parts if isinstance(part, Run)]
        inner += [run for cited in node.cited for run in (cited.prefix, cited.suffix) if run]
        holds = node if node.kind in ("cite", "image", "note", "brackets") else holder
        below = _within(node, within)
        pending += [(inlines.nodes(run), below, holds) for run in reversed(inner)]


def _within(node: Node, outer: str) -> str:
    if node.kind == "image" or outer == "image":
        return "image"
    if node.kind == "link" or outer == "link":
        return "link"
    return "citation" if node.kind == "cite" else outer
