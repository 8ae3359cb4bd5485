"""Texts that make naive parsers quadratic: at these sizes that would take many minutes, so a hang shows."""

from __future__ import annotations

import pytest
from evidence.markup import render
from evidence.model import Library
from evidence.reading import read
from patience import patience

CASES = {
    "opening brackets": ("[" * 200_000, 0),
    "pairs of brackets": ("[]" * 200_000, 0),
    "a tower of brackets": ("[" * 20_000 + "@a" + "]" * 20_000, 1),
    "unclosed citations": ("[@a " * 20_000, 20_000),
    "citations in a paragraph": (" ".join(f"word [@k{number}]" for number in range(10_000)), 10_000),
    "citations in a bracket": ("[" + "; ".join(f"@k{number}" for number in range(10_000)) + "]", 1),
    "a line of five megabytes": ("word and more words here. " * 200_000, 0),
    "backticks": ("`a " * 100_000, 0),
    "stars": ("*a " * 100_000, 0),
    "unclosed tags": ("<a " * 100_000, 0),
    "unclosed comments": ("<!-- " * 100_000, 0),
    "tags": ("<b>" * 100_000, 0),
    "links in links": ("[" * 10_000 + "a" + "](b)" * 10_000, 0),
    "dollars": ("$a " * 100_000, 0),
    "quotes in quotes": (">" * 5_000 + " x", 0),
    "rows of a table": ("|a|b|\n|-|-|\n" + "|x [@a]|y|\n" * 5_000, 5_000),
    "items of a list": ("- line [@a]\n" * 10_000, 10_000),
    "footnotes": ("".join(f"[^{number}]: note\n\n" for number in range(5_000)), 0),
    "fences": ("```\n" * 20_001, 0),
    "comments": ("<!-- a --> " * 20_000 + "[@a]", 1),
    "lists in lists": ("- " * 20_000 + "[@a]", 1),
    "numbers in numbers": ("1. " * 20_000 + "[@a]", 1),
    "lists and quotes": ("- > " * 10_000 + "[@a]", 1),
    "braced keys": ("@{" * 20_000, 0),
    "environments": ("\\begin{a} " * 20_000 + "[@a]", 1),
    "rules in rows": ("***\n" * 30_000, 0),
    "labels without addresses": ("[a]:\n" * 20_000, 0),
    "words over lines": ("a\nb\n---\n" * 15_000 + "[@a]", 1),
    "headings in rows": ("# H\n" * 25_000, 0),
    "code and bars": ("a|b\n-|-\n" + "`|" * 60_000, 0),
    "labels of abbreviations": ("*[a\n" * 40_000, 0),
    "abbreviations": ("".join(f"*[A{n}]: a\n" for n in range(10_000)) + "\n[@a]", 1),
    "link definitions": ("".join(f"[r{n}]: u\n\nx [@a] [r{n}]\n\n" for n in range(2_000)), 2_000),
}
SHOWN = {
    "opening brackets": "[" * 20_000,
    "a tower of brackets": "[" * 20_000 + "@a" + "]" * 20_000,
    "unclosed links": "[a](" * 20_000,
    "unclosed pictures": "![" * 20_000,
    "emphasis": "*a" * 20_000,
    "strong": "a**" * 10_000,
    "code": "` " * 20_000,
    "character references": "&amp;" * 20_000,
    "escapes": "\\[" * 20_000,
    "quotes": "\"'" * 10_000,
    "citations in a paragraph": " ".join(f"*word* [@k{number}]" for number in range(3_000)),
    "a line of two megabytes": "word and more words here. " * 80_000,
}
"""What a page is made of: here Python-Markdown's inline stage runs, too."""


@pytest.mark.parametrize("name", CASES)
def test_hostile_text_is_read_in_reasonable_time(name: str) -> None:
    text, clusters = CASES[name]
    with patience():
        document = read(text, "x.md", "loose")
    assert sum(len(block.scan.clusters) for block in document.blocks) == clusters


@pytest.mark.parametrize("name", SHOWN)
def test_hostile_text_is_shown_in_reasonable_time(name: str) -> None:
    document = read(SHOWN[name], "x.md", "loose")
    with patience():
        html = render(document, Library(sources={})).html
    assert len(html) >= len(SHOWN[name]) / 4
    assert not any(char >= "\U000f0000" for char in html)
