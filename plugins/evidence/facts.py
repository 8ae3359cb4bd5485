"""The fact box and the evidence label: what an editor writes for them, and what is wrong with it. Words in, faults out.

A fact box is a comment, a title and a table:

    <!-- fact box -->

    Adults in emergency care: a drip or placebo, after 1 hour [@key].

    | Of every 100 people | Placebo | Drip | How sure |
    |---|---|---|---|
    | Pain gone | 20 | 24 | Low [@review] |
    | Side effects | 5 | 9 | Not rated |

Both sides count out of the same number; benefits come first, then harms; nobody's certainty is made up. Where there are no numbers,
`<!-- fact box: no reliable numbers -->` stands before one paragraph that says so. An evidence label stands below a heading:

    <!-- evidence: what happens = little or no difference; how sure = low; set by = @review -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from evidence.model import Note

BOX = re.compile(r"\s*<!--\s*fact box\s*(?::\s*(.*?)\s*)?-->\s*")
LABEL = re.compile(r"\s*<!--\s*evidence:\s*(.*?)\s*-->\s*")
NO_NUMBERS = "no reliable numbers"
SURE = ("high", "moderate", "low", "very low")
"""How sure a body of evidence makes one, after GRADE."""
HAPPENS = ("helps", "little or no difference", "harms", "not known")
RATING_DESIGNS = frozenset({"guideline", "systematic review", "meta-analysis", "network meta-analysis"})
"""Sources that weigh all studies of a question, and so may say how sure it is."""

_LAST = ("how sure", "certeza")
UNRATED = ("not rated", "sin valorar")
"""What stands in the last cell of a row that nobody has rated."""
_CERTAINTY = re.compile(r"\s*(high|moderate|very low|low|alta|moderada|muy baja|baja)\b", re.IGNORECASE)
_OUT_OF = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*((?:[^\W\d_]+\s+){0,2}?)(?:of|in|out of|per|de|de cada)\s+(?:every\s+|cada\s+)?(\d[\d,]*)\b"
)
_EVERY = re.compile(r"\b(?:(?:of|in) every|per|de cada)\s+(\d[\d,]*)\b", re.IGNORECASE)
_CITED = re.compile(r"\[[^\]]*@[^\]]*\]")
_LONGEST = 12
_PEOPLE = ("", "people", "adults", "children", "persons", "patients", "participants", "personas")


@dataclass(frozen=True, slots=True)
class Label:
    """What one outcome's evidence says, and who set that: a person's name, or `@key` of a source that rated it."""

    happens: str
    sure: str
    by: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and how to mend it; `row` and `column` of the cell it is in, -1 where it is the whole box."""

    what: str
    fix: str
    row: int = -1
    column: int = -1


_SHAPE = "write <!-- evidence: what happens = …; how sure = …; set by = … -->"


def has_rated(note: Note | None, sure: str) -> bool:
    """True if the note is of a review or guideline and says that the certainty, or the evidence, is so: "low evidence"."""
    if note is None or note.design not in RATING_DESIGNS:
        return False
    word, of = rf"(?<!very )\b{re.escape(sure)}\b", r"\b(?:certainty|evidence|quality|strength)\b"
    rating = rf"{word}\s+(?:\w+\s+)?{of}|{of}[^.;]{{0,30}}{word}"
    return any(re.search(rating, f"{one.statement} {one.quote}", re.IGNORECASE) for one in note.findings)


def label_of(words: str) -> Label | Fault:
    """The label in the words behind `evidence:`."""
    given = {}
    for part in filter(None, (one.strip() for one in words.split(";"))):
        name, sign, value = part.partition("=")
        if not sign or name.strip() not in ("what happens", "how sure", "set by") or name.strip() in given:
            return Fault(f'"{part}" means nothing in an evidence label', _SHAPE)
        given[name.strip()] = value.strip()
    for name, known in (("what happens", HAPPENS), ("how sure", SURE)):
        if given.get(name) not in known:
            near = get_close_matches(given.get(name, ""), known, 1)
            fix = f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(known)}"
            return Fault(f'an evidence label with "{name} = {given.get(name, "")}"', fix)
    if not given.get("set by"):
        return Fault(
            "nobody is named who set how sure the evidence is",
            "name a person of people.toml, or a review or guideline that rated it, as set by = @key",
        )
    label = Label(given["what happens"], given["how sure"], given["set by"])
    if (label.sure == "very low") != (label.happens == "not known"):
        return Fault(
            f'"what happens = {label.happens}" does not go with "how sure = {label.sure}"',
            'with very low certainty it is "not known" what happens, and only then',
        )
    return label


def box_faults(head: Sequence[str], rows: Sequence[Sequence[str]], harms: Sequence[str] = ()) -> Iterator[Fault]:
    """What is wrong with a fact box's table. Cells are Markdown; `harms` are words by which a row on harms is known."""
    if len(head) < 3 or head[-1].strip().lower() not in _LAST:
        yield Fault(
            'the fact box does not say how sure its numbers are: its last column is not headed "How sure"',
            'add that column, and write "Not rated" into it where nobody rated it',
            0,
            -1,
        )
        return
    yield from _denominators(head, rows)
    for number, row in enumerate(rows, 1):
        last = len(row) - 1
        if not row[last].strip().lower().startswith(UNRATED) and not _CERTAINTY.match(row[last]):
            fix = f'write one of {", ".join(SURE)} and who rated it, or "Not rated"'
            yield Fault(f'"{row[last].strip()}" under "How sure" is no rating', fix, number, last)
    kinds = [
        any(re.search(rf"(?<!\w){re.escape(one.removesuffix('s'))}s?(?!\w)", row[0].lower()) for one in harms)
        for row in rows
    ]
    if harms and True not in kinds:
        yield Fault(
            "the fact box tells of benefits only, and no row tells of harms",
            'add a row such as "Side effects", if only with "Not counted"',
        )
    elif harms and False in kinds[kinds.index(True) :]:
        yield Fault(
            "in the fact box a row on a benefit stands below one on a harm",
            "put the rows on benefits first, and those on harms below them",
        )


def rated_by(cell: str) -> str | None:
    """Who rated a cell of the last column: "@" if a source is cited, or the words behind "rated by"; empty if nobody is
    named, None if it is not rated."""
    if not _CERTAINTY.match(cell):
        return None
    if _CITED.search(cell):
        return "@"
    named = re.search(r"\brated by\s+([^,;)]+)", cell)
    return named[1].strip() if named else ""


def _denominators(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Fault]:
    """The same number of people on both sides, and in all rows; of a scale the same on both sides."""
    base = next((_number(found[1]) for cell in head if (found := _EVERY.search(cell))), None)
    people: int | None = base
    for number, row in enumerate(rows, 1):
        own: tuple[int | None, str] | None = None
        for column, cell in list(enumerate(row))[1:-1]:
            words = _CITED.sub("", cell)
            found = _OUT_OF.search(words)
            if not re.search(r"\d", words):
                continue
            if "%" in words:
                yield Fault(
                    f'"{words.strip()}" is a percentage, and a fact box counts people',
                    'write it as people, such as "7 of 100"',
                    number,
                    column,
                )
                continue
            total, unit = (_number(found[3]), _unit(found[2])) if found else (base, "")
            if total is None:
                fix = 'say out of how many, such as "7 of 100", or head the first column "Of every 100 people"'
                yield Fault(f'"{words.strip()}" does not say out of how many', fix, number, column)
                continue
            counts_people = unit.lower() in _PEOPLE and not (found and "." in found[1])
            if own and own != (total, unit):
                yield Fault(
                    f"in this row one group is counted out of {own[0]}, and the other out of {total}: nobody can compare them at a glance",
                    'count both out of the same number, such as "20 of 100" and "30 of 100"', number, column,
                )  # fmt: skip
            own = own or (total, unit)
            if unit.lower() in _PEOPLE[1:] and found and "." in found[1]:
                yield Fault(f'"{found[0]}" counts a part of a person', "round it to whole people", number, column)
            if counts_people and people is not None and people != total:
                yield Fault(
                    f"this row counts people out of {total}, and a row above out of {people}: nobody can compare them at a glance",
                    "count out of the same number in all rows", number, column,
                )  # fmt: skip
            people = people if people is not None or not counts_people else total


def _unit(words: str) -> str:
    """What is counted: "points", or "people" of "fewer people"."""
    return re.sub(r"\b(?:fewer|more|less)\b", "", words).strip()


def _number(digits: str) -> int:
    """How many people; all numbers longer than any of people are one."""
    plain = digits.replace(",", "")
    return int(plain) if len(plain) <= _LONGEST else 10**_LONGEST
