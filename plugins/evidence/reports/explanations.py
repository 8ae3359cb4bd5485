"""A rule's page for people, as plain text and as Markdown."""

from __future__ import annotations

import re

from evidence.model import Rule


def explanation(found: Rule) -> str:
    """What the rule flags, why, what to do, bad and good examples."""
    parts = [f"{found.code} {found.name} ({found.severity})", found.doc.strip()]
    for title, examples in (("Bad", found.bad), ("Good", found.good)):
        parts.append("\n\n".join([f"{title}:", *("\n".join(_indented(example)) for example in examples)]))
    return "\n\n".join(parts) + "\n"


def explanation_in_markdown(found: Rule) -> str:
    """The same with fenced examples, for places that render Markdown."""
    parts = [f"**{found.code} {found.name}** ({found.severity})", found.doc.strip()]
    language = "markdown" if found.language == "site" else found.language
    for title, examples in (("Bad", found.bad), ("Good", found.good)):
        parts += [f"{title}:", *(_fenced(example, language) for example in examples)]
    return "\n\n".join(parts) + "\n"


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in example.rstrip("\n").split("\n")]


def _fenced(example: str, language: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", example)), default=0))
    return f"{fence}{language}\n{example.rstrip()}\n{fence}"


def first_line(doc: str) -> str:
    """What the rule flags, in one sentence."""
    return doc.strip().split("\n", 1)[0]
