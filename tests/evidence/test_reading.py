"""Reading: every stretch of prose and every citation is found, and its place is where the author wrote it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evidence.model import Block, BlockKind, Document
from evidence.places import block_place
from evidence.reading import dialect, read, read_bytes, read_file
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = "---\ntitle: T\ndate: 2026-11-24\n---\n\n"

WHOLE = (
    HEAD
    + """\
# A heading [@a]

Para one *with* [@b] and
second line [@c]. <!-- allow EV101: because -->

<!-- allow EV101: the next one -->

- item one [@d]
    - nested item [@e]

        para in nested [@f]

- item two

    ```
    code [@no]
    ```

1. one
2. x [@g]

| a | b |
|---|---|
| 1 | two [@h] |
| [@i] | c\\|d [@j] |

Term
:   def [@k]

> quote [@l]
> more\ttab\t[@m] and\t[@m2]

Foot[^1].

[^1]: the note [@n]
    goes on.

    Second para [@o].

<div>raw html prose [@p]</div>

<div markdown="1">
md inside [@q]

* list [@r]
</div>

```python
x [@no]
```

    indented [@no]

[@s]: not a definition

Repeated [@t].

Repeated [@t].

<p title="[@no]">
"""
)


def cited_texts(document: Document) -> list[tuple[str, str]]:
    """(what the scan found, what stands at its place in the file) for every cluster."""
    lines = document.text.split("\n")
    pairs = []
    for block in document.blocks:
        for cluster in block.scan.clusters:
            place = block_place(document.path, block, cluster.start, cluster.end)
            found = block.text[cluster.start : cluster.end]
            if place.line == place.end_line:
                pairs.append((found, lines[place.line - 1][place.column - 1 : place.end_column - 1]))
    return pairs


def test_every_citation_is_found_once_and_stands_where_its_place_says() -> None:
    pairs = cited_texts(read(WHOLE, "x.md"))
    assert [found for found, _ in pairs] == [there for _, there in pairs]
    keys = sorted(found for found, _ in pairs)
    expected = [*"abcdefghijklmnopqr", "m2", "s", "t", "t"]
    assert keys == sorted(f"[@{key}]" for key in expected)


def test_kinds_of_blocks() -> None:
    kinds = {block.text.split("[")[0].strip(): block.kind for block in read(WHOLE, "x.md").blocks}
    assert kinds["A heading"] is BlockKind.HEADING
    assert kinds["nested item"] is BlockKind.ITEM
    assert kinds["two"] is BlockKind.CELL
    assert kinds["Term"] is BlockKind.TERM
    assert kinds["def"] is BlockKind.DEFINITION
    assert kinds["the note"] is BlockKind.FOOTNOTE
    assert kinds["quote"] is BlockKind.PARAGRAPH


def test_repeated_paragraphs_have_places_of_their_own() -> None:
    document = read(WHOLE, "x.md")
    repeated = [block_place("", block).line for block in document.blocks if block.text.startswith("Repeated")]
    assert [document.text.split("\n")[line - 1] for line in repeated] == ["Repeated [@t]."] * 2
    assert repeated[0] < repeated[1]


def test_prose_in_raw_html_is_reported_with_its_place() -> None:
    [(place, words)] = read(WHOLE, "x.md").hidden
    assert words == "raw html prose [@p]"
    assert WHOLE.split("\n")[place.line - 1][place.column - 1 :].startswith("raw html")


def test_exemptions_know_their_block() -> None:
    document = read(WHOLE, "x.md")
    first, second = document.exemptions
    assert (first.reason, document.blocks[first.block].text[:4]) == ("because", "Para")
    assert (second.reason, document.blocks[second.block].text[:4]) == ("the next one", "item")
    assert (second.offset, first.place.line, first.place.column) == (None, 9, 19)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("---\ntitle: T\ndate: 2026-02-30\n---\n\nHello.\n", 3, 7, '"2026-02-30" is not a date'),
        ("---\ntitle: T\ndate: yesterday\n---\n\nHello.\n", 3, 7, "is not a date"),
        ("---\ndate: 2026-11-24\n---\n\nHello.\n", 1, 1, "no title"),
        ("---\ntitle:\ndate: 2026-11-24\n---\n\nHello.\n", 1, 1, "no title"),
        ("---\ntitle: T\n---\n\nHello.\n", 1, 1, "no date"),
        ("---\ntitle: T\ndate: 2026-11-24\n\nHello.\n", 1, 1, "never closed"),
        ("---\ntitle: T\ntitle: U\ndate: 2026-11-24\n---\n\nHello.\n", 3, 1, "given twice"),
        ("---\ntitle: T\ndate: 2026-11-24\nwhat is this\n---\n\nHello.\n", 4, 1, "name: value"),
        ("---\ntitle: T\ndate: 2026-11-24\nstatus: darft\n---\n\nHello.\n", 4, 9, "not a status"),
        ("---\ntitle: T\ndate: 2026-11-24\nslug: ../../etc\n---\n\nHello.\n", 4, 7, "address"),
        ("---\ntitle: T\ndate: 2026-11-24\nsave_as: ../x.html\n---\n\nHello.\n", 4, 10, "out of the site"),
        ("---\ntitle: T\ndate: 2026-11-24\n---\n\nHel\x07lo.\n", 6, 4, "U+0007"),
        ("---\ntitle: T\ndate: 2026-11-24\n---\n\nHel\ufffelo.\n", 6, 4, "U+FFFE"),
        ("", 1, 1, "no title"),
    ],
)
def test_what_would_make_a_page_vanish_is_a_fault_with_its_place(
    text: str, line: int, column: int, words: str
) -> None:
    faults = read(text, "x.md").faults
    assert (line, column) in [(fault.place.line, fault.place.column) for fault in faults]
    assert any(words in fault.what for fault in faults)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 'Quoted: yes'\ndate: 2026-11-24\ntags:\n  - a\n  - b\n---\n\nHello.\n",
        "Title: Quoted: yes\nDate: 2026-11-24 10:00\nTags: a, b\n\nHello.\n",
        "\ufeff---\r\ntitle: Quoted: yes\r\ndate: 2026-11-24\r\ntags: [a, b]\r\n---\r\n\r\nHello.\r\n",
        "---\ntitle: >\n  Quoted:\n  yes\ndate: 2026-11-24\n# a comment\ntags: a, b\n...\n\nHello.\n",
    ],
)
def test_front_matter_as_editors_write_it(text: str) -> None:
    document = read_bytes(text.encode(), "x.md")
    assert document.faults == ()
    assert (document.meta["title"].value, document.meta["tags"].value) == ("Quoted: yes", "a, b")
    assert [block.text for block in document.blocks] == ["Hello."]


def test_a_loose_file_needs_no_front_matter_and_prose_with_a_colon_stays_prose() -> None:
    document = read("Note: drips work.\n", "x.md", "loose")
    assert document.faults == ()
    assert [block.text for block in document.blocks] == ["Note: drips work."]


def test_a_wrong_byte_is_told_with_line_and_column() -> None:
    [fault] = read_bytes("---\ntitle: Café\n---\n".encode("latin-1"), "x.md").faults
    assert (fault.place.line, fault.place.column) == (2, 11)
    assert "0xe9" in fault.what
    assert "é" in fault.what


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    [fault] = read_file(tmp_path, "gone.md", "article").faults
    assert "cannot be read" in fault.what


def test_nocite() -> None:
    document = read("---\ntitle: T\ndate: 2026-11-24\nnocite: |\n  @a, @b\n---\n\nx\n", "x.md")
    assert [key for key, _ in document.nocite] == ["a", "b"]


FRAGMENTS = st.sampled_from(
    [
        "Plain words [@a].",
        "Two lines\nof words [@a; @b] here.",
        "* item [@a]\n* item two [@b]\n\n    more of it [@c]",
        "1. one [@a]\n\n    * nested\n      [@b]",
        "> quoted [@a]\n> > deeper [@b]",
        "| x [@a] | y |\n|---|---|\n| [@b] | z |",
        "Term [@a]\n:   meaning [@b]",
        "```\n[@no] code\n```",
        "    [@no] indented",
        "## Heading [@a] ##",
        "Setext [@a]\n===========",
        "text[^f] [@a]",
        "<!-- [@no] -->",
        '<div markdown="1">\n\ninside [@a]\n\n</div>',
        "a\ttab\t[@a]",
        "Entities &amp; “quotes” [@a] — and *[@b]*",
        "*** \n\n[@a]",
        "[link](http://x.example/ 'title') [@a]",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(FRAGMENTS, min_size=1, max_size=8))
def test_places_hold_for_any_sequence_of_blocks(fragments: list[str]) -> None:
    document = read(HEAD + "\n\n".join(fragments) + "\n\n[^f]: note [@n]\n", "x.md")
    for found, there in cited_texts(document):
        assert found == there


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_reading_never_raises(text: str) -> None:
    document = read(text, "x.md", "loose")
    assert isinstance(document, Document)
    assert all(isinstance(block, Block) for block in document.blocks)


_ROWS = st.sampled_from(
    [
        *("*[AB]: one\n", "*[A B]: two words\n", "*[AB C]:\n", "*[-x-]: three\n", "*[]: x\n", "*[AB]: ''\n", "*[A.]: dot\n", "*[A]: AB\n"),
        *("[a]: http://x/\n", "[b]:\n", "[c]: <u> 'T'\n", "[c]: <u>\n", "[ ]: z\n", "[^1]: note\n", "[@smith2020]: x\n", "[a][a] [b] [c]"),
        *("AB and A B and -x- AB", "x-AB-x A", "A. A.B", " text\n", "\n", "\n\n", "# H\n", "---\n", ": def\n", "    code\n", "> q\n", "- i\n"),
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_ROWS, min_size=2, max_size=12).map("".join))
def test_rows_that_are_read_at_once_mean_what_they_mean_one_by_one(text: str) -> None:
    def converted(pattern: str | None, many: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(dialect, "_MANY_NAMES", many)
            for name in ("_ADDRESSES", "_MEANINGS") if pattern else ():
                patch.setattr(dialect, name, re.compile(pattern or ""))
            md = dialect.markdown()
            return md.convert(text), dict(md.references)

    assert converted(None, 0) == converted("(?!)", 1 << 30)
