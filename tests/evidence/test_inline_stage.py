"""The inline stage tries a pattern only where it can find something, and so makes the same page as if it tried all."""

from __future__ import annotations

import random

import pytest
from evidence.reading import inline_stage
from evidence.reading.dialect import markdown

PIECES = (
    *(
        "word",
        " ",
        "\n",
        "  \n",
        "`",
        "``",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "![",
        "[^1]",
        "<",
        ">",
        "<b>",
        "</b>",
        "http://a.b",
    ),
    *(
        "<http://a.b>",
        "<me@a.b>",
        "&",
        "&amp;",
        "&#8212;",
        "*",
        "**",
        "_",
        "__",
        "'",
        '"',
        "''",
        "--",
        "---",
        "'90s",
        "s",
        ".",
    ),
    *(
        "{.claim}",
        ": ",
        "|",
        "!",
        "-",
        "\N{EN DASH}",
        "\u00a0",
        "[a]: http://a.b",
        "[a]",
        "[a][a]",
        "(http://a.b 'x')",
    ),
)


def page(text: str) -> str:
    return markdown().convert(text)


@pytest.mark.parametrize("seed", range(40))
def test_no_construct_is_missed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 25))) + "\n\n[a]: http://a.b\n" for _ in range(25)]
    made = [page(text) for text in texts]
    monkeypatch.setattr(inline_stage, "_MARKS", {})
    assert made == [page(text) for text in texts]


def test_the_marks_of_all_patterns_are_known() -> None:
    md = markdown()
    for name in ("inline", "smarty"):
        patterns = md.treeprocessors[name].inlinePatterns  # type: ignore[attr-defined]
        known = [name for name in inline_stage._MARKS if name in patterns]
        assert len(known) == len(patterns)
