"""Readers would see other words than those that are checked: hidden, turned round, in letters that look like others, or in a comment without its end.

`Fluids did *not*{hidden} ease pain` says the contrary to whoever reads it, and a figure turned round is another figure. Write what
readers shall see, and delete what they shall not. Elements that show all that is in them, such as `<b>`, may stand. A comment
that does not end with `-->` before the next empty line is shown, comment and all. A word with an invisible character in it, in mathematical
bold, or with one letter of another alphabet is one word to readers and another to a program: type it anew in plain letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.letters import odd_words
from evidence.model import Block, BlockKind, Case, Document, Hit, Place, Rule, Severity
from evidence.places import block_place
from evidence.unlike import open_comments, unlike_in

BAD = (
    "Pain did *not*{hidden} fall in one trial [@smith2020].\n",
    "Pain fell in one trial [@smith2020]. <!-- look this up\n",
    "Pain f\u200bell in one trial [@smith2020].\n",
)
GOOD = (
    "Pain <b>fell</b> in one trial [@smith2020]. <!-- look this up -->\n",
    "In backticks, `<canvas>` and `<!--` are words.\n",
)
_FIX = "write in plain Markdown what readers shall see, and delete what they shall not"
_END = 'write "-->" behind it'


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        yield from _odd(document)
        found = {(hit.place.line, hit.place.column): hit for hit in _markup(document)}
        for block in document.blocks:
            if block.kind is not BlockKind.RAW:
                found |= {(hit.place.line, hit.place.column): hit for hit in _in_block(document.path, block)}
        yield from found.values()


def _in_block(path: str, block: Block) -> Iterator[Hit]:
    for start, end, name in unlike_in(block.text):
        yield _unlike(block_place(path, block, start, end), name)
    for start, end in open_comments(block.text):
        yield Hit(block_place(path, block, start, end), "the comment has no end, so readers would see it", _END)


def _markup(document: Document) -> Iterator[Hit]:
    """Also in tags that stand around blocks."""
    body = document.body
    above = document.text.count("\n") - body.count("\n")
    for start, end, name in unlike_in(body):
        line, column = body.count("\n", 0, start) + 1, start - body.rfind("\n", 0, start)
        place = Place(document.path, above + line, column, above + line, column + min(end - start, 80))
        yield _unlike(place, name)


def _odd(document: Document) -> Iterator[Hit]:
    """Words in letters that look like others, also in the front matter."""
    text = document.text
    for odd in odd_words(text):
        line, column = text.count("\n", 0, odd.start) + 1, odd.start - text.rfind("\n", 0, odd.start)
        place = Place(document.path, line, column, line, column + odd.end - odd.start)
        yield Hit(place, odd.what, odd.fix, replacements=(odd.plain,) if odd.plain else ())


def _unlike(place: Place, name: str) -> Hit:
    return Hit(place, f'"{name[:40]}" may hide words from readers or change how they read', _FIX)


RULE = Rule("EV109", "other-words", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
