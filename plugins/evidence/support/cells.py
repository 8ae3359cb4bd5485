"""A cell of a table, read as a reader does: its figure is that of the group, and of the outcome, that stand by it.

The head of a column and the label of a row say whose figure it is: under "Valproate", "33 of 100" says that 33 of 100 given
valproate had what the row is about. The record must have that figure beside that group. Nothing is said of a cell that
names groups itself, since its words are held against the record as any sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from evidence.model import Block, Finding, Note, Source, Supported, Vocabulary
from evidence.support.agreement import agree
from evidence.support.arms import CONTROL, TREATED, Groups, groups_named, is_one_group, told_in_turn, told_of_groups
from evidence.support.evidence import meet, named, named_in
from evidence.support.figures import Figure, figures
from evidence.support.tables import Cell, Table, tables_by_row
from evidence.support.terms import GENERAL
from evidence.vocabulary import mentions

_MASS = re.compile(r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)[\s\u00a0-]?(mg|g|milligrams?|grams?)\b", re.IGNORECASE)
_WITH = re.compile(r"\W*(?:with|on|after|given|got|had|plus)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_GAP = re.compile(
    r"\b(?:differences?|gap|changes?|against|versus|vs\.?|compared|than|more|fewer|extra|effect|ratio|p|n|number|total|all|both)\b",
    re.IGNORECASE,
)
"""Stands in the head of a column that is of no group, but of two of them or of everybody."""
_AGAINST = re.compile(r"\b(?:against|versus|vs\.?|compared (?:with|to))\b", re.IGNORECASE)
_MOST_WORDS = 6
"""A cell with more words besides its figure says by itself what the figure is."""
_RESULTS = ("", "count", "share", "time", "month")
_TIMES = ("time", "month")
_SCORE = re.compile(
    r"(\d+(?:\.\d+)?)\s?(?:points?|mm|cm)\s(?:out\s)?of\s(10|100)\b(?!\s?(?:people|patients|adults|children|visits))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A figure and the cell it stands in; `group` is whose the cell says it is, `theirs` whose it is in the record.

    `theirs` is empty if the record names nobody whose it could be; `group` is empty if the cell does not.
    """

    block: Block
    figure: Figure
    group: str
    theirs: str
    source: Source
    finding: Finding


def misplaced(one: Supported, vocabulary: Vocabulary) -> Iterator[Misplaced]:
    """The figures of a row that stand under another group than that of the record, or of which that cannot be told."""
    table = _table(one)
    if table is None:
        return
    row = table.rows[one.document.blocks[one.claim.block].group]
    for cell in row:
        if sides := _sides(cell, row, vocabulary):
            if wrong := _exchanged(*sides, cell, one, vocabulary):
                yield wrong
            continue
        told = [] if _GAP.search(cell.head) else _told(cell, vocabulary)
        if told:
            if _are_told_in_turn(cell, told, vocabulary):
                continue
            arm = _arm(cell, table, vocabulary)
            found = (_of(figure, arm, cell, table, one, vocabulary) for figure in told)
            yield from (each for each in found if each)


def other_outcome_in_cells(one: Supported, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The outcomes that a head, the label or else the caption gives to a figure of a row, and those that it is of."""
    table = _table(one)
    for cell in table.rows[one.document.blocks[one.claim.block].group] if table else ():
        for figure in _told(cell, vocabulary):
            around = [named(words, "outcome", vocabulary) for words in (cell.head, cell.label)]
            if not any(around) and table:
                around = [named(table.caption, "outcome", vocabulary)]
            having = [finding for _, finding in _having(figure, one)] if any(around) else []
            theirs = [named_in((found.outcome, found.statement), "outcome", vocabulary) for found in having]
            if not having or not all(theirs):
                continue
            for ours in around:
                if ours and not any(meet(ours, its, vocabulary, "outcome") for its in theirs):
                    return ours, frozenset().union(*theirs)
    return frozenset(), frozenset()


def unscaled(words: str, notes: Iterable[Note]) -> str:
    """A score "of 100", "of 10" in the words, of a scale that no note speaks of: "5.5 points of 100"; empty if none."""
    texts = [text for note in notes for one in note.findings for text in (one.outcome, one.statement, one.quote)]
    for found in _SCORE.finditer(words) if "of 10" in words else ():
        scale = re.compile(
            rf"(?:\d\s?(?:points?|mm|cm)?\s(?:out\s)?of|\b0\s?(?:to|[-–—])|\bzero to|\bfrom 0 to)\s?{found[2]}\b"
            rf"|\b{found[2]}[\s-](?:points?|mm|cm|millimeters?|millimetres?)\b",
            re.IGNORECASE,
        )
        if not any(scale.search(text) for text in texts):
            return found[0]
    return ""


def _table(one: Supported) -> Table | None:
    if one.claim.where != "row":
        return None
    return tables_by_row(one.document).get(one.document.blocks[one.claim.block].group)


def _told(cell: Cell, vocabulary: Vocabulary) -> list[Figure]:
    """The results in a cell that is no sentence of its own."""
    plain = _BRACKETS.sub(" ", cell.words) if "(" in cell.words else cell.words
    if not any(map(str.isdigit, plain)) or groups_named(plain, vocabulary):
        return []
    found = [figure for figure in figures(plain) if figure.kind in _RESULTS and not figure.interval]
    rest = plain
    for figure in reversed(found):
        rest = rest[: figure.start] + rest[max(figure.end, figure.start + len(figure.words)) :]
    return found if len(_WORD.findall(rest)) <= _MOST_WORDS else []


def _arm(cell: Cell, table: Table, vocabulary: Vocabulary) -> Groups:
    """Whose figure it is: by the head, then by the label; a column without a name beside one "without" is of the treated."""
    head, label = _groups(cell.head, vocabulary), _groups(cell.label, vocabulary)
    if not head:
        beside = [_groups(one, vocabulary) for one in table.heads]
        if ("treatment", CONTROL) in frozenset().union(*beside) or _WITH.match(cell.head):
            head = frozenset({("treatment", TREATED)})
    kinds = {kind for kind, _ in head}
    return head | {(kind, id) for kind, id in label if kind not in kinds}


def _are_told_in_turn(cell: Cell, told: list[Figure], vocabulary: Vocabulary) -> bool:
    """True for "2.3 and 6.0" beside "Magnesium, dexamethasone with metoclopramide": the one is of the first, the other of the second."""
    several = len(told) > 1 or any(figure.partner is not None for figure in told)
    return several and sum(kind == "treatment" for kind, _ in _groups(cell.label, vocabulary)) > 1


def _sides(
    cell: Cell, row: Iterable[Cell], vocabulary: Vocabulary
) -> tuple[tuple[Figure, Groups], tuple[Figure, Groups]] | None:
    """The two figures of "60% against 31%" in a row that names two treatments in cells of their own: the first is of the first."""
    parts = _AGAINST.split(cell.words)
    if len(parts) != 2 or groups_named(cell.words, vocabulary):
        return None
    before, behind = ([one for one in figures(part) if one.kind in _RESULTS and not one.interval] for part in parts)
    label = _groups(cell.label, vocabulary)
    others = [
        _groups(one.words, vocabulary) for one in row if one is not cell and not any(map(str.isdigit, one.words))
    ]
    others = [its for its in others if any(kind == "treatment" for kind, _ in its)]
    if not before or not behind or len(others) != 1 or is_one_group(label, others[0], vocabulary) is not False:
        return None
    return (before[-1], label), (behind[0], others[0])


def _exchanged(
    first: tuple[Figure, Groups], second: tuple[Figure, Groups], cell: Cell, one: Supported, vocabulary: Vocabulary
) -> Misplaced | None:
    """The first of two figures, where every finding that has both gives each to the group of the other."""
    wrong: Misplaced | None = None
    for source, finding in one.findings:
        known = _known(finding.statement, finding.treatments, vocabulary)
        verdicts = {
            (mine, whose): any(
                agree(figure, other) and is_one_group(group, its, vocabulary) is True for other, its in known
            )
            for mine, (figure, _) in enumerate((first, second))
            for whose, (_, group) in enumerate((first, second))
        }
        if verdicts[0, 0] or verdicts[1, 1]:
            return None
        if verdicts[0, 1] and verdicts[1, 0]:
            wrong = wrong or Misplaced(cell.block, first[0], _name(first[1]), _name(second[1]), source, finding)
    return wrong


def _groups(words: str, vocabulary: Vocabulary) -> Groups:
    """All groups that a head or a label names; a dose by itself is one."""
    named_here = frozenset(
        group for group in groups_named(words, vocabulary) if group[0] != "dose" and group[1] not in GENERAL
    )
    doses = frozenset(("dose", _dose(*found.groups())) for found in _MASS.finditer(words))
    return named_here | doses


def _dose(number: str, unit: str) -> str:
    """A mass in one way of writing: "1,000 mg" and "1 g"."""
    value = float(number.replace(",", "")) * (1 if unit.lower().startswith("m") else 1000)
    return f"{value:g} mg"


def _alike(groups: Groups) -> Groups:
    return frozenset(
        (kind, _dose(*found.groups()) if kind == "dose" and (found := _MASS.fullmatch(id)) else id)
        for kind, id in groups
    )


def _having(figure: Figure, one: Supported) -> list[tuple[Source, Finding]]:
    """The findings that have a figure."""
    return [
        (source, finding)
        for source, finding in one.findings
        if any(agree(figure, other) for other in _results(finding.statement))
    ]


@lru_cache(maxsize=2_000)
def _results(statement: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures(statement) if figure.kind in _RESULTS)


@lru_cache(maxsize=2_000)
def _known(statement: str, treatments: tuple[str, ...], vocabulary: Vocabulary) -> tuple[tuple[Figure, Groups], ...]:
    """The figures of a statement whose group is known, each with its group."""
    told = told_in_turn(statement, vocabulary) + told_of_groups(statement, vocabulary)
    return tuple((its, _alike(groups)) for its, groups in told) or _only(statement, treatments, vocabulary)


def _only(statement: str, given: tuple[str, ...], vocabulary: Vocabulary) -> tuple[tuple[Figure, Groups], ...]:
    """All figures of a statement that names one treatment, as that one's: "After metoclopramide 6% felt very restless"."""
    every = {use.id for use in mentions(statement, vocabulary, "treatment")} or set(given)
    treatments = frozenset(("treatment", id) for id in every)
    if len(treatments) != 1 or ("treatment", CONTROL) in groups_named(statement, vocabulary):
        return ()
    return tuple((figure, treatments) for figure in figures(statement) if figure.kind in _RESULTS)


def _of(
    figure: Figure, arm: Groups, cell: Cell, table: Table, one: Supported, vocabulary: Vocabulary
) -> Misplaced | None:
    having = _having(figure, one)
    if not having or any(rest.source.note and rest.source.note.participants == figure.value for rest in one.rests):
        return None
    wrong: Misplaced | None = None
    unsure: Misplaced | None = None
    for source, finding in having:
        known = _known(finding.statement, finding.treatments, vocabulary)
        same = [its for other, its in known if agree(figure, other)]
        verdicts = [is_one_group(arm, its, vocabulary) for its in same]
        if any(verdicts):
            return None
        is_open = not same or any(verdict is None for verdict in verdicts) or _also(figure, finding, known)
        if not is_open:
            wrong = wrong or Misplaced(cell.block, figure, _name(arm), _name(same[0]), source, finding)
        elif figure.kind in _TIMES:
            continue  # most often how long all had it
        elif False in verdicts or (_compares(table, vocabulary) if arm else len({its for _, its in known}) > 1):
            unsure = unsure or Misplaced(cell.block, figure, _name(arm), "", source, finding)
    return unsure or wrong


def _also(figure: Figure, finding: Finding, known: Iterable[tuple[Figure, Groups]]) -> bool:
    """True if the statement has the figure once more, without a group; a gap told twice is of the same two groups."""
    if figure.sign:
        return False
    everywhere = [other for other in figures(finding.statement) if other.kind in _RESULTS and not other.interval]
    return sum(agree(figure, other) for other in everywhere) > sum(agree(figure, other) for other, _ in known)


def _compares(table: Table, vocabulary: Vocabulary) -> bool:
    """True if a table has a column, or a row, for each of two groups or more."""
    return any(
        len({groups for words in several if (groups := _groups(words, vocabulary))}) > 1
        for several in (table.heads, table.labels)
    )


def _name(groups: Groups) -> str:
    """The treatment of a group, else whatever else it is."""
    order = {"treatment": 0, "population": 1, "dose": 2}
    return min(groups, key=lambda group: (order.get(group[0], 3), group[1]), default=("", ""))[1]
