"""A source as an entry for a reference manager."""

from __future__ import annotations

from evidence.model import Source

_PRIVATE = frozenset("abstract comment file groups keywords owner timestamp".split())
"""Fields that reference managers write for themselves."""


def bibtex(source: Source) -> str:
    """The entry as the bibliography of the site has it, with what it inherits."""
    fields = [(name, one.raw) for name, one in source.fields.items() if name not in _PRIVATE and one.raw]
    width = max((len(name) for name, _ in fields), default=0)
    lines = (f"  {name:{width}} = {{{' '.join(raw.split())}}}," for name, raw in fields)
    return "\n".join((f"@{source.type}{{{source.key},", *lines, "}"))
