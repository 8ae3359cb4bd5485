"""What a template reads of what it is given, found by looking at its text and at that of every template it takes in.

A page can only change with what its template reads, so this decides when it must be made again. Whatever cannot be foreseen (a
template chosen while another runs, chance, the time of day) is no reason to guess: such a template is used again for every build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from jinja2 import Environment, TemplateError, meta, nodes

from evidence.memory import Memory, code_key, key_of

_KIND = "reads"
_HIDDEN = re.compile(r"_\w+")
_UNFORESEEN = frozenset({"now", "today", "utcnow", "settings", "lipsum", "random", "attr"})
"""Names in a template that may bring in more than can be seen in its text."""


_Part = tuple[frozenset[str], frozenset[str], tuple[str, ...], bytes]
"""The names and words of one template, the templates it takes in, and the key of its text."""


@dataclass(frozen=True, slots=True)
class Reads:
    """The names that a template and its parts take from what they are given, and the words by which they may ask for a part of it;
    `key` is that of their texts."""

    names: frozenset[str]
    words: frozenset[str]
    key: bytes


class TemplateReads:
    """What the templates of one environment read."""

    def __init__(self, environment: Environment, memory: Memory) -> None:
        self._environment, self._memory = environment, memory
        self._seen: dict[str, _Part | None] = {}
        self._known: dict[str, Reads | None] = {}

    def of(self, name: str) -> Reads | None:
        """What a template reads; None if that cannot be foreseen."""
        if name not in self._known:
            self._known[name] = self._joined(name)
        return self._known[name]

    def _joined(self, name: str) -> Reads | None:
        taken: dict[str, _Part] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in taken:
                continue
            found = self._one(one)
            if found is None:
                return None
            taken[one] = found
            waiting += found[2]
        parts = [taken[one] for one in sorted(taken)]
        return Reads(_all(part[0] for part in parts), _all(part[1] for part in parts), key_of(*(p[3] for p in parts)))

    def _one(self, name: str) -> _Part | None:
        if name not in self._seen:
            self._seen[name] = self._looked(name)
        return self._seen[name]

    def _looked(self, name: str) -> _Part | None:
        assert self._environment.loader is not None
        try:
            text = self._environment.loader.get_source(self._environment, name)[0]
        except (TemplateError, OSError, UnicodeDecodeError):
            return None
        key = key_of(code_key(), name, text)
        known = self._memory.recall(_KIND, name, key)
        if known is None:
            try:
                known = _look(self._environment.parse(text))
            except TemplateError:
                return None
            self._memory.keep(_KIND, name, key, known)
        return (*known, key) if known else None


def _look(tree: nodes.Template) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]] | tuple[()]:
    """Names, words and further templates; nothing at all where they cannot be foreseen."""
    others = tuple(meta.find_referenced_templates(tree))
    words = {one.attr for one in tree.find_all(nodes.Getattr)}
    words |= {str(one.value) for one in tree.find_all(nodes.Const)}
    words |= {str(getattr(one, "name", "")) for one in tree.find_all((nodes.Filter, nodes.Name, nodes.Test))}
    if None in others or _UNFORESEEN & words or any(map(_HIDDEN.fullmatch, words)):
        return ()
    return frozenset(meta.find_undeclared_variables(tree)), frozenset(words), tuple(one for one in others if one)


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return reduce(frozenset.union, sets, frozenset())
