"""Pictures from the numbers of a table: what is drawn, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from evidence.errors import EvidenceError
from evidence.library import parse_library
from evidence.markup import render
from evidence.reading import read
from little_sites import ARTICLE, BIB, Site

HEAD = "---\ntitle: Fluids\ndate: 2026-11-24\n---\n"
LIBRARY = parse_library({"references.bib": BIB}, {}, {})
TABLE = """\
| Group | Better |
|---|---|
| Fluids | 33 of 100 people (range 24 to 42) [@smith2020] |
| None | 4 of 100 people [@smith2020] |
"""
MARK = "<!-- picture: people -->\n\n"


def html(body: str) -> str:
    return render(read(HEAD + body, "x.md"), LIBRARY).html


def dots(page: str, kind: str) -> list[int]:
    return [path.count("M") for path in re.findall(rf'<path class="{kind}" d="([^"]*)"', page)]


def test_each_count_gets_as_many_dots_as_it_says() -> None:
    page = html(MARK + TABLE)
    assert dots(page, "some") == [33, 4]
    assert dots(page, "rest") == [67, 96]
    assert page.count('<svg aria-hidden="true" class="people-picture"') == 2  # the words beside it are heard once
    assert "33 of 100 people (range 24 to 42)" in page
    assert page.count('role="doc-biblioref"') == 2
    assert "<!--" not in page
    assert "style=" not in page


def test_a_table_without_the_comment_stays_as_it_is() -> None:
    assert "<svg" not in html(TABLE)


def test_none_and_all_can_be_drawn() -> None:
    page = html(MARK + TABLE.replace("33 of 100", "0 of 49").replace("4 of 100", "49 of 49"))
    assert dots(page, "some") == [49]
    assert dots(page, "rest") == [49]
    assert 'viewBox="0 0 100 50"' in page


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (MARK + "Words.\n", 'no table follows "picture: people"'),
        (MARK, 'no table follows "picture: people"'),
        (MARK.replace("people", "cake") + TABLE, '"picture: cake" is unknown'),
        (MARK + TABLE.replace("4 of 100", "4 of 49"), "counts out of 49 and of 100"),
        (MARK + TABLE.replace(" of 100 people", "%"), "no cell of the table"),
        (MARK + TABLE.replace("of 100", "of 200"), "count at most 100 people"),
        (MARK + TABLE.replace("33 of", "101 of"), "no more than all of them"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_the_file(body: str, told: str) -> None:
    with pytest.raises(EvidenceError) as error:
        html(body)
    assert str(error.value).startswith("x.md: ")
    assert told in str(error.value)


def test_the_check_tells_it_before_the_build(site: Callable[..., Site]) -> None:
    done = site({"content/articles/fluids.md": ARTICLE + "\n" + MARK + TABLE.replace("4 of 100", "4 of 49")}).check()
    assert done.code == 1
    assert "content/articles/fluids.md:10:1 EV640" in done.text
    assert "counts out of 49 and of 100; count the same number" in done.text
