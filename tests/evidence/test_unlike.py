"""Markup by which readers would see other words than those that are checked."""

from __future__ import annotations

import pytest
from evidence.model import Case, Library, Policy
from evidence.passages import passage
from evidence.reading import read
from evidence.rules import other_words
from samples import HEAD

TELLS = (
    *(
        "*not*{hidden}",
        "*not*{: hidden=hidden }",
        "<span hidden>not</span>",
        "<span\nHIDDEN\n>not</span>",
        "*not*{.vh}",
    ),
    *('<b class="x vh">not</b>', "<b class=vh>not</b>", '<b title=">" hidden>not</b>', '*not*{title="}" hidden}'),
    *("<bdo dir=rtl>4.5</bdo>", '*4.5*{dir="rtl"}', "<s>not</s>", "<del>not</del>", "<x-y>not</x-y>", "<? not ?>"),
    *("<canvas>not</canvas>", "<title>not</title>", "<plaintext>", "<![CDATA[ not ]]>", "<b aria-label=x>not</b>"),
    *("<!-- not", "a <!--x>not<!--> b", "a <!-- b <!-- c --> d", "a <!-- b\n\nc --> d", "\\`<s>not</s>\\`"),
    *('<div hidden markdown="1">\n\nnot\n\n</div>', "~~~ of words\n<s>not</s>\n~~~", " ```a\n<s>not</s>\n ```"),
    "```\na\n````\n\n<s>b</s>\n\n```\n\n<s>not</s>",
)
PASSES = (
    *("<b>a</b> H<sub>2</sub>O<br> <abbr title='hidden'>x</abbr>", "`<s>`, `<!--` and `{hidden}`", "<!-- a --> b"),
    *(
        "```\n<s>a</s> <!--\n```",
        "- a\n\n    ```\n    <s>b</s>\n    ```",
        "x < y and y > z, in <https://example.org/s>",
    ),
    *(
        '<div class="box" markdown="1">\n\na\n\n</div>',
        "<!-- a\n\nb -->\n\nc",
        "[a]{.claim} ![b](c){width=1}",
        "\\<!-- a",
    ),
    *("hidden, class, dir and {braces} {hiddenness}", "*a*{#hidden .box}", '<a href="/vh" title="class: vh">a</a>'),
)


def told(text: str) -> list[tuple[int, str]]:
    document = read(f"{HEAD}{text}\n\nMore.\n", "content/articles/x.md")
    return [(hit.place.line, hit.what) for hit in other_words.check(Case((document,), Library({}), Policy()))]


@pytest.mark.parametrize("text", TELLS)
def test_it_is_told_with_its_line(text: str) -> None:
    lines = [line for line, _ in told(text)]
    assert lines
    assert 5 < min(lines) <= max(lines) <= 6 + text.count("\n")


@pytest.mark.parametrize("text", PASSES)
def test_what_shows_all_its_words_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_each_is_told_once() -> None:
    assert len(told("*not*{hidden} and <s>not</s> <!-- a")) == 3


def test_a_comment_without_its_end_is_read_by_the_check_as_by_readers() -> None:
    (block,) = read(f"{HEAD}The sky is blue <!-- drips cure.\n", "content/articles/x.md").blocks
    assert passage(block).words == "The sky is blue <!-- drips cure."
