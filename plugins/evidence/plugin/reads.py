"""What a template reads of what it is given, seen while it is translated, together with every template it takes in.

A page can only change with what its template reads, so this decides when it must be made again. Whatever cannot be foreseen (a
template chosen while another runs, chance, the time of day) is no reason to guess: such a template is used again for every build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from jinja2 import Environment, TemplateError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from evidence.memory import Memory, code_key, key_of

_KIND = "reads"
_SPECIAL = re.compile("[&<>\"']")
_HIDDEN = re.compile(r"_\w+")
_UNFORESEEN = frozenset({"now", "today", "utcnow", "settings", "lipsum", "random", "attr", "place", "key_place"})
"""Names in a template that may bring in more than can be seen in its text, or what the keys of pages leave out."""

_Seen = tuple[frozenset[str], frozenset[str], tuple[str, ...]] | tuple[()]
"""The names and words of one template, and the templates it takes in; nothing at all where they cannot be foreseen."""


@dataclass(frozen=True, slots=True)
class Reads:
    """The names that a template and its parts take from what they are given, and the words by which they may ask for a part of it;
    `key` is that of their texts."""

    names: frozenset[str]
    words: frozenset[str]
    key: bytes


class Seeing(CodeGenerator):
    """Translates templates as usual, and keeps what was seen of each in `seen`, by its name."""

    def __init__(self, environment: Environment, name: str | None, *more: Any, **options: Any) -> None:
        super().__init__(environment, name, *more, **options)
        self._undeclared: set[str] = set()

    def enter_frame(self, frame: Frame) -> None:
        """Called by Jinja for each part of a template that has names of its own."""
        super().enter_frame(frame)
        for action, name in frame.symbols.loads.values():
            if action == "resolve" and name not in self.environment.globals:
                self._undeclared.add(str(name))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Called by Jinja for each value in the text of a template. As part of a text it needs no type that says it is escaped."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Called by Jinja once for each template."""
        super().visit_Template(node, frame)
        self.environment.seen[self.name] = _look(node, frozenset(self._undeclared))  # type: ignore[attr-defined]


def _escaped(value: Any) -> str:
    """What `escape` makes of a value, as a plain text."""
    kind = type(value)
    if kind is Markup or (kind is str and _SPECIAL.search(value) is None):
        return value  # type: ignore[no-any-return]
    return str(escape(value))


def see_all(environment: Environment) -> None:
    """From now on it is seen what the templates of an environment read."""
    environment.seen = {}  # type: ignore[attr-defined]
    environment.escaped = _escaped  # type: ignore[attr-defined]
    environment.code_generator_class = Seeing


class TemplateReads:
    """What the templates of one environment read."""

    def __init__(self, environment: Environment, memory: Memory) -> None:
        self._environment, self._memory = environment, memory
        self._seen: dict[str, tuple[_Seen, bytes]] = {}
        self._known: dict[str, Reads | None] = {}

    def of(self, name: str) -> Reads | None:
        """What a template reads; None if that cannot be foreseen."""
        if name not in self._known:
            self._known[name] = self._joined(name)
        return self._known[name]

    def _joined(self, name: str) -> Reads | None:
        taken: dict[str, tuple[_Seen, bytes]] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in taken:
                taken[one] = found = self._one(one)
                if not found[0]:
                    return None
                waiting += found[0][2]
        parts = [taken[one] for one in sorted(taken)]
        names, words = _all(seen[0] for seen, _ in parts if seen), _all(seen[1] for seen, _ in parts if seen)
        return Reads(names, words, key_of(*(key for _, key in parts)))

    def _one(self, name: str) -> tuple[_Seen, bytes]:
        if name not in self._seen:
            self._seen[name] = self._looked(name)
        return self._seen[name]

    def _looked(self, name: str) -> tuple[_Seen, bytes]:
        environment = self._environment
        assert environment.loader is not None
        try:
            text = environment.loader.get_source(environment, name)[0]
            environment.get_template(name)  # translates it, if that is not remembered
        except (TemplateError, OSError, UnicodeDecodeError):
            return (), b""
        key = key_of(code_key(), name, text)
        seen: _Seen | None = environment.seen.get(name)  # type: ignore[attr-defined]
        if seen is None:
            seen = self._memory.recall(_KIND, name, key)
        else:
            self._memory.keep(_KIND, name, key, seen)
        if seen is None:
            tree = environment.parse(text)
            seen = _look(tree, frozenset(meta.find_undeclared_variables(tree)))
            self._memory.keep(_KIND, name, key, seen)
        return seen, key


def _look(tree: nodes.Template, undeclared: frozenset[str]) -> _Seen:
    words: set[str] = set()
    others: list[str | None] = []
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        waiting += node.iter_child_nodes()
        kind = type(node)
        if kind is nodes.Getattr:
            words.add(node.attr)  # type: ignore[attr-defined]
        elif kind is nodes.Const:
            words.add(str(node.value))  # type: ignore[attr-defined]
        elif kind in (nodes.Name, nodes.Filter, nodes.Test):
            words.add(node.name)  # type: ignore[attr-defined]
        elif isinstance(node, nodes.Extends | nodes.FromImport | nodes.Import | nodes.Include):
            named = node.template
            others.append(named.value if isinstance(named, nodes.Const) and isinstance(named.value, str) else None)
    if None in others or _UNFORESEEN & words or any(map(_HIDDEN.fullmatch, words)):
        return ()
    return undeclared, frozenset(words), tuple(one for one in others if one)


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return reduce(frozenset.union, sets, frozenset())
