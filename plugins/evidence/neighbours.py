"""What cites nothing while what stands beside it does: a row of a table, an item of a list, a sentence between two others.

Whoever cites nine of ten rows has not meant the tenth to go without. So what stands among cited rows, items or sentences and
states something is a claim, though its words alone would not make it one ("Heat: 30%", "The gap is real.").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from evidence.claims import Verdict, is_verdict
from evidence.model import Block, BlockKind
from evidence.passages import Sentence

KIND = "neighbour"
"""The kind of such a claim."""
_NO_STATEMENT = frozenset(
    "question instruction heading disclaimer transition definition fragment call-to-action".split()
)
_MOST_SURE = -30.0
"""An item of fewer points is left alone: the detector is sure of it."""
_BETWEEN, _VERDICT = -8.0, -40.0
"""The like for a sentence that refers to a cited one, and for one that says of its result how true or how large it is."""
_REFERRING = frozenset(
    "the this that these those it its they their both neither none such no nobody most all half few others each".split()
)
_LONGEST = 12
_SILENT = re.compile(
    r"[\W_]*|n\.?/?a\.?|none|nil|unknown|no (?:data|figures?|numbers?|information)\b.*|(?:was |were )?not (?:counted|rated|recorded|"
    r"reported|measured|known|tested|given|studied|applicable|stated|graded|available|looked at)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[^\W_]+")


def among_cited(blocks: Sequence[tuple[int, Block]]) -> frozenset[int]:
    """The indices of blocks that stand among cited ones: of the first cell of a row, of an item.

    Most of the other rows or items must cite a source, and two at least. Blocks of raw HTML are left out."""
    return frozenset((*_rows(blocks), *_items(blocks)))


def _rows(blocks: Sequence[tuple[int, Block]]) -> Iterable[int]:
    for is_cell, table in groupby(blocks, key=lambda one: one[1].kind is BlockKind.CELL):
        if is_cell:
            body = [one for one in table if "thead" not in one[1].ancestors]
            rows = [list(row) for _, row in groupby(body, key=lambda one: one[1].group)]
            yield from _left_over({row[0][0]: any(cell.scan.clusters for _, cell in row) for row in rows})


def _items(blocks: Sequence[tuple[int, Block]]) -> Iterable[int]:
    lists: dict[tuple[int, tuple[str, ...]], dict[int, bool]] = defaultdict(dict)
    for index, block in blocks:
        if "li" in block.ancestors:
            lists[block.group, block.ancestors][index] = bool(block.scan.clusters)
    for items in lists.values():
        yield from _left_over(items)


def _left_over(cited: Mapping[int, bool]) -> Iterable[int]:
    """Those that cite nothing, if most of the others do."""
    number = sum(cited.values())
    if number >= 2 and 2 * number > len(cited) - 1:
        yield from (index for index, one in cited.items() if not one)


def of_row(cells: Sequence[Sequence[Sentence]], judge: Callable[[str], Verdict]) -> Verdict | None:
    """The verdict on a row among cited ones; None if none of its cells but the first states anything."""
    said = [" ".join(sentence.words for sentence in cell) for cell in cells[1:]]
    if any(not is_silent(words) and judge(words).kind not in _NO_WORDS for words in said):
        return Verdict(True, KIND, "the other rows cite a source")
    return None


def is_silent(cell: str) -> bool:
    """Whether a cell of a table says only that there is nothing to say: "–", "Not rated"."""
    return _SILENT.fullmatch(cell) is not None


_NO_WORDS = frozenset(("question", "instruction", "heading"))


def of_item(verdict: Verdict) -> Verdict | None:
    """The verdict on a sentence of an item among cited ones, which its words alone do not make a claim."""
    if verdict.points is None or verdict.kind in _NO_STATEMENT or verdict.points < _MOST_SURE:
        return None
    return Verdict(True, KIND, "the other items cite a source", verdict.points)


def of_sentence(number: int, sentences: Sequence[Sentence], verdict: Verdict) -> Verdict | None:
    """The verdict on a short sentence of a paragraph that refers to a cited one beside it, as in "That is not chance."."""
    if verdict.points is None or verdict.kind in _NO_STATEMENT:
        return None
    near = [one for one in (number - 1, number + 1) if 0 <= one < len(sentences)]
    words = _WORD.findall(sentences[number].words)
    if len(words) > _LONGEST or not near or not all(sentences[one].clusters for one in near):
        return None
    if not words or words[0].lower() not in _REFERRING:
        return None
    if verdict.points < (_VERDICT if is_verdict(sentences[number].words) else _BETWEEN):
        return None
    return Verdict(True, KIND, "the sentences beside it cite a source", verdict.points)
