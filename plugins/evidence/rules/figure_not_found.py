"""A figure of the sentence is not in the source it cites.

A changed or misremembered figure is the commonest way for a cited sentence to be false. Every number, percentage, share, dose,
duration and year of the sentence must occur in the finding it points at, or in one of the findings of the source: in its
statement or quote, or as the number of participants, or as the year of the source. Rounding as people round is fine ("about 13
in 100" for 13.2 %). The end of an interval around a result is not the result, 37 % more is not 37 more in 100, "18 of 51" needs
51 people somewhere in the record, "5.5 points of 100" a record that says of how many points, and "22 to 20" is no range. A period told without a figure ("a week after") must be one that the record speaks of. Correct the figure; or, if the source does say it, add it to the finding in `content/sources/`, with its
place.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from evidence.comparing import year_of
from evidence.kept import kept
from evidence.model import Block, BlockKind, Case, Document, Finding, Hit, Rule, Severity, Supported
from evidence.passages import passage
from evidence.places import block_place, tables
from evidence.support.agreement import empty_spans, missing
from evidence.support.cells import unscaled
from evidence.support.figures import Figure, figures
from evidence.support.periods import foreign_periods
from evidence.support.specifics import foreign
from evidence.support.tables import OUT_OF, counted, counts_people, out_of, tables_by_row
from evidence.support.telling import beside, short
from evidence.support.terms import read

BAD = (
    "Pain fell by 5.5 points with fluids [@jones2019fluid#pain-60min].\n",
    "In a trial of 59 people, pain fell by 4.5 points with fluids [@jones2019fluid].\n",
)
GOOD = (
    "Pain fell by 4.5 points with fluids and 4.9 points without [@jones2019fluid#pain-60min].\n",
    "In a trial of 49 people, fluids made no difference to pain [@jones2019fluid].\n",
)
LATER = re.compile(
    r"\byears? (?:later|earlier|before|after|on)\b(?! the (?:drip|infusion|treatment|start))", re.IGNORECASE
)
SCALE = re.compile(r"\b(?:out of|of|0 (?:to|-|–)) ?(?:10|100)\b(?: points?)?")
"""What a head says of the scale of its column."""
SCALED = re.compile(r"\b(?P<unit>points?|mm|scale|score)\s+(?P<of>of (?:100|10)\b)")
"""What the label of a row says of the scale of its figures."""
ROUND = frozenset({10, 100, 1000, 10_000, 100_000})
"""Out of how many people a share may be told, whatever the record counts."""
FIX = "correct the figure, or add it to the finding if the source says it"


MOST = 2000
"""How many ways to take one finding of each source are tried; a sentence on more has all their figures at its choice."""
MOST_COMPARED = 300_000
"""How many pairs of figures are compared for one sentence: about a second. The articles of this site need up to 9,000."""


def check(case: Case) -> Iterator[Hit]:
    for one in case.supported:
        if any(rest.source.note is None for rest in one.rests):
            continue
        parts = [words for words in _parts(one) if figures(words)]
        known = [*_known(one), *_beside(one), *_apart(one, case)] if parts else []
        for words in parts:
            if _compared(words, one) > MOST_COMPARED:
                yield Hit(one.claim.place, *_too_many(one), key=one.rests[0].source.key, claim=one.claim.id)
                continue
            for figure in _fewest(missing(words, texts, known) for texts in _together(one)):
                yield Hit(one.claim.place, *_told(one, figure.words), key=one.rests[0].source.key, claim=one.claim.id)
        if score := unscaled(one.words, [rest.source.note for rest in one.rests if rest.source.note]):
            what = f'"{score}": nothing recorded of {one.rests[0].source.key} says of how many points'
            yield Hit(one.claim.place, what, FIX, key=one.rests[0].source.key, claim=one.claim.id)
        for span in empty_spans(one.words):
            what = f'"{span}" is no range: "{short(one.shown)}"'
            yield Hit(one.claim.place, what, FIX, key=one.rests[0].source.key, claim=one.claim.id)
        periods = foreign_periods(one.words, read(one.rests)) or filter(
            None, (foreign("time", one.words, one.rests, case.library.vocabulary),)
        )
        for period in periods:
            yield Hit(one.claim.place, *_told(one, period), key=one.rests[0].source.key, claim=one.claim.id)
    for document in case.documents:
        yield from _heads(document, [one for one in case.supported if one.document is document])


def _fewest(several: Iterable[tuple[Figure, ...]]) -> tuple[Figure, ...]:
    """The first of the shortest, without looking on once one is empty."""
    fewest: tuple[Figure, ...] | None = None
    for one in several:
        if not one:
            return one
        fewest = one if fewest is None or len(one) < len(fewest) else fewest
    return fewest or ()


def _heads(document: Document, claims: Sequence[Supported]) -> Iterator[Hit]:
    """A figure in the head of a table must be in a source that the table cites."""
    by_block: dict[int, list[Supported]] = defaultdict(list)
    for claim in claims:
        if claim.claim.where == "row":
            by_block[claim.claim.block].append(claim)
    for table in tables(document.blocks) if by_block else ():
        head = [document.blocks[number] for number in table if "thead" in document.blocks[number].ancestors]
        rows = [one for number in table for one in by_block.get(number, ())]
        if not rows or any(rest.source.note is None for one in rows for rest in one.rests):
            continue
        known = [figure for one in rows for figure in (*_known(one), *_beside(one))]
        texts = [text for one in rows for text in _texts(one)]
        keys = ", ".join(dict.fromkeys(rest.source.key for one in rows for rest in one.rests))
        for block in head:
            words = SCALE.sub(" ", passage(block).words)
            if out_of(words) in ROUND:
                words = OUT_OF.sub(" ", words)  # the cells below are held against the record as shares
            for figure in missing(words, texts, known):
                what = f'"{figure.words}" in the head of the table is not in what is recorded of {keys}'
                yield Hit(block_place(document.path, block), what, FIX, key=rows[0].rests[0].source.key)


def _parts(one: Supported) -> list[str]:
    """What must come from one finding: the sentence; of a row each cell with the first, which says what the row is about."""
    if one.claim.where != "row":
        return [one.words]
    cells = [passage(block).words for block in _cells(one.document)[one.document.blocks[one.claim.block].group]]
    scale = SCALED.search(cells[0])
    if scale and any(scale["of"] in text for text in _texts(one)):
        cells[0] = SCALED.sub(scale["unit"], cells[0])
    about = _without_doses(cells[0])
    group = one.document.blocks[one.claim.block].group
    table = tables_by_row(one.document).get(group)
    if table and counts_people(cell.words for cell in table.rows[group]):
        by_column = {id(cell.block): out_of(cell.head) or out_of(table.corner) for cell in table.rows[group]}
        blocks = _cells(one.document)[group]
        cells = [counted(words, by_column.get(id(block), 0)) for words, block in zip(cells, blocks, strict=True)]
    return [cells[0], *(f"{about}: {cell}" for cell in cells[1:])]


@kept(1)
def _cells(document: Document) -> dict[int, list[Block]]:
    """The cells of a document by their row."""
    found: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind is BlockKind.CELL:
            found[block.group].append(block)
    return found


def _without_doses(words: str) -> str:
    """What a row is about; the dose stands in every finding, or in one of its own."""
    for figure in reversed(figures(words)):
        if figure.kind in ("mass", "volume"):
            words = words[: figure.start] + words[figure.end :]
    return words


def _together(one: Supported) -> Iterator[list[str]]:
    """The texts that may bear out one sentence: of each source one finding on an effect, and all that is background.

    Figures of two findings in one sentence are most often a slip: pain at 2 hours under "1 hour". Whoever means two points
    at both.
    """
    choices = _choices(one)
    if not choices:
        yield _texts(one)
        return
    background = [
        found
        for choice, rest in zip(choices, one.rests, strict=True)
        for found in (rest.source.note.findings if rest.source.note and not rest.anchored else ())
        if found.effect == "background"
    ]
    for chosen in itertools.product(*(choice or (None,) for choice in choices)):
        yield [text for found in (*background, *chosen) if found for text in _words(found)]


def _choices(one: Supported) -> list[tuple[Finding, ...]]:
    """The findings of each source of which a sentence may rest on one; nothing if it rests on all it points at."""
    if all(rest.anchored for rest in one.rests):
        return []
    choices = [
        rest.findings if rest.anchored else rest.source.note.findings if rest.source.note else ()
        for rest in one.rests
    ]
    return choices if math.prod(len(choice) or 1 for choice in choices) <= MOST else []


def _compared(words: str, one: Supported) -> int:
    """How many pairs of figures there are to compare, in all."""
    choices = _choices(one)
    ways = math.prod(len(choice) or 1 for choice in choices)
    if ways == 1:
        return 0
    recorded = (max((_figures_of(found) for found in choice), default=0) for choice in choices)
    return ways * len(figures(words)) * sum(recorded)


def _figures_of(finding: Finding) -> int:
    return sum(len(figures(text, every=True)) for text in _words(finding))


def _too_many(one: Supported) -> tuple[str, str]:
    keys = " and ".join(dict.fromkeys(rest.source.key for rest in one.rests if not rest.anchored))
    what = f'there are too many findings of {keys} to try all with so many figures: "{short(one.shown)}"'
    return what, "point at the findings that the sentence rests on: [@key#finding]"


def _words(finding: Finding) -> tuple[str, str, str]:
    return finding.outcome, finding.statement, finding.quote


def _texts(one: Supported) -> list[str]:
    """What was recorded of the findings a sentence rests on."""
    return [text for rest in one.rests for finding in rest.findings for text in _words(finding)]


def _beside(one: Supported) -> list[Figure]:
    """Figures of what is background in the sources pointed at: who took part, what was given. Shares are findings.

    How many trials were joined may stand with any finding.
    """
    pointed = {id(finding) for rest in one.rests for finding in rest.findings}
    return [
        figure
        for rest in one.rests
        if rest.source.note
        for finding in rest.source.note.findings
        if id(finding) not in pointed
        for text in _words(finding)
        for figure in figures(text, every=True)
        if figure.kind == "studies" or (rest.anchored and finding.effect == "background" and figure.kind != "share")
    ]


def _known(one: Supported) -> list[Figure]:
    found: list[Figure] = []
    for rest in one.rests:
        note, year = rest.source.note, year_of(rest.source.value("year"))
        found += figures(f"{note.population}") if note else []
        found += (
            [Figure(float(note.participants), "count", 0.5, "participants")] if note and note.participants else []
        )
        found += [Figure(float(year), "year", 0.0, str(year))] if year is not None else []
    return found


def _apart(one: Supported, case: Case) -> list[Figure]:
    """The years between the source and others that the article cites: "Three years later the agency warned"."""
    if not LATER.search(one.words):
        return []
    cited = {
        year_of(rest.source.value("year"))
        for other in case.supported
        if other.document is one.document
        for rest in other.rests
    }
    mine = {year_of(rest.source.value("year")) for rest in one.rests}
    gaps = {abs(here - there) for here in mine for there in cited if here is not None and there is not None}
    return [Figure(12.0 * gap, "month", 0.0, f"{gap} years") for gap in sorted(gaps - {0})]


def _told(one: Supported, figure: str) -> tuple[str, str]:
    source, finding = next(iter(one.findings), (one.rests[0].source, None))
    what = f'"{figure}" is not in what is recorded of {source.key}'
    shown = f"; {beside(source, finding)}" if finding else ""
    return f'{what}: "{short(one.shown)}"{shown}', FIX


RULE = Rule("EV401", "figure-not-found", Severity.ERROR, "document", check, __doc__, BAD, GOOD, unless=("EV407",))
