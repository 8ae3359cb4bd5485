"""A fact box does not set benefits and harms side by side, counted alike, with how sure each is.

`<!-- fact box -->` stands before a title (one paragraph with its source) and a table: outcomes in the first column, the numbers in the
next ones, "How sure" in the last. Both sides count out of the same number, and so do all rows that count people: 1 in 10 against 15 in
200 cannot be compared at a glance. Benefits come first, then harms, if only to say that nobody counted them. How sure an outcome is
stands there only if somebody set it: a review or guideline, cited in the cell, or a person of `content/people.toml`
("Low, rated by Ann Sample"). Otherwise write "Not rated". Where there are no numbers worth showing, say so:
`<!-- fact box: no reliable numbers -->` and a paragraph on why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from evidence.facts import BOX, NO_NUMBERS, RATING_DESIGNS, SURE, box_faults, has_rated, rated_by
from evidence.marks import blocks_after, leading_table, mark_place, marked
from evidence.model import Block, BlockKind, Case, Document, Hit, Place, Rule, Severity
from evidence.places import block_place
from evidence.support.assertion import names_harm
from evidence.targets import target

_HEAD = "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n---\n\n<!-- fact box -->\n\nAdults in one trial [@smith2020].\n\n"
_TOP = "| Of every 100 people | Placebo | Drip | How sure |\n|---|---|---|---|\n"
_HARM = "| Side effects | Not counted | Not counted | Not rated |\n"
BAD = (
    _HEAD + _TOP + "| Pain gone | 20 of 100 | 15 of 50 [@smith2020] | Not rated |\n" + _HARM,
    _HEAD + _TOP + "| Pain gone | 20 | 24 [@smith2020] | Low |\n" + _HARM,
    _HEAD + _TOP + "| Pain gone | 20 | 24 [@smith2020] | Not rated |\n",
    _HEAD + "What the trial left out [@smith2020].\n",
)
GOOD = (
    _HEAD + _TOP + "| Pain gone | 20 | 24 [@smith2020] | Not rated |\n" + _HARM,
    _HEAD.replace("fact box", "fact box: no reliable numbers"),
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for line, mark in marked(document, BOX):
            place, after = mark_place(document, line), blocks_after(document, line)
            if not after or after[0].kind is not BlockKind.PARAGRAPH or after[0].ancestors != ("p",):
                fix = "write one below the comment: who was treated with what, compared with what, and after how long"
                yield Hit(place, "no paragraph below <!-- fact box --> says what its numbers are of", fix)
            elif mark[1] and mark[1].lower() != NO_NUMBERS:
                yield Hit(
                    place,
                    f'the comment says "fact box: {mark[1]}", which means nothing',
                    f"write <!-- fact box -->, or <!-- fact box: {NO_NUMBERS} -->",
                )
            elif not mark[1]:
                yield from _table(document, place, leading_table(after[1:]), case)


def _table(document: Document, place: Place, cells: Sequence[Block], case: Case) -> Iterator[Hit]:
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.group)]
    if len(rows) < 2:
        fix = f"put one below that paragraph, or, if there is nothing to count, write <!-- fact box: {NO_NUMBERS} -->"
        yield Hit(place, "no table with numbers stands in the fact box", fix)
        return
    words = [[cell.text for cell in row] for row in rows]
    harms = case.anatomy.headings.get("harms", ())
    if harms:  # "Restlessness" is a harm as well as "Side effects"
        harms = (
            *harms,
            *(label.lower() for label in (row[0].strip() for row in words[1:]) if label and names_harm(label)),
        )
    for one in box_faults(words[0], words[1:], harms):
        cell = rows[one.row][one.column] if one.row >= 0 else None
        yield Hit(block_place(document.path, cell) if cell else place, one.what, one.fix)
    for row in rows[1:]:
        by = rated_by(row[-1].text)
        if by is not None:
            yield from _rated(row[-1], by, document, case)


def _rated(cell: Block, by: str, document: Document, case: Case) -> Iterator[Hit]:
    place = block_place(document.path, cell)
    if by == "@":
        for cluster in cell.scan.clusters:
            for citation in cluster.citations:
                source = target(citation.key, case.library).source
                if source and not (source.note and source.note.design in RATING_DESIGNS):
                    what = f'"{source.key}" is no review or guideline, and cannot say how sure all the evidence is'
                    yield Hit(place, what, 'cite one that rated it, or write "Not rated"', key=source.key)
                elif source and (sure := _sure(cell.text)) and not has_rated(source.note, sure):
                    what = f'nothing recorded of "{source.key}" rates the evidence as {sure}'
                    yield Hit(place, what, 'record the rating in its note, or write "Not rated"', key=source.key)
    elif by not in case.people:
        what = (
            f'"{by}" may not say how sure it is: nobody of that name stands in people.toml'
            if by
            else f'"{cell.text.strip()}" stands under "How sure", and nobody is named who rated it'
        )
        yield Hit(
            place, what, 'cite the review or guideline that did, name a person of people.toml, or write "Not rated"'
        )


def _sure(cell: str) -> str:
    """How sure a cell says it is, in the words of GRADE; empty if in none of them."""
    return next((sure for sure in sorted(SURE, key=len, reverse=True) if cell.lower().startswith(sure)), "")


RULE = Rule("EV642", "fact-box", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page")
