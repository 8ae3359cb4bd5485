"""A picture of people as dots is asked for, and cannot be drawn.

`<!-- picture: people -->` stands alone before a table. Each cell that begins with a count, such as "33 of 100 people", is drawn as dots. All counts
of a table are out of the same number, at most 100, because dots are there to be compared. Without a table, or with counts of
different groups, the picture would mislead or be missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.counts import MARK, fault
from evidence.marks import blocks_after, leading_table, mark_place, marked
from evidence.model import Case, Document, Hit, Rule, Severity

_HEAD = "<!-- picture: people -->\n\n| Group | Better |\n|---|---|\n"
BAD = (
    _HEAD + "| Fluids | 33 of 100 people [@smith2020] |\n| None | 4 of 49 people [@smith2020] |\n",
    "<!-- picture: people -->\n\nPain fell in one trial [@smith2020].\n",
)
GOOD = (
    "What each group was given:\n\n| Group | Given |\n|---|---|\n| One | Saline [@jones2019fluid] |\n",
    "<!-- a note for editors -->\n\nPain fell in one trial [@smith2020].\n",
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for line, mark in marked(document, MARK):
            wrong = fault(mark[1], _cells(document, line))
            if wrong:
                yield Hit(mark_place(document, line), *wrong)


def _cells(document: Document, line: int) -> list[str] | None:
    """The cells below the head of the table that follows the line; None if something else does, or nothing."""
    table = leading_table(blocks_after(document, line))
    return [block.text for block in table if "thead" not in block.ancestors] if table else None


RULE = Rule("EV640", "undrawable-picture", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
