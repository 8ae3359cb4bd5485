"""What a heading makes of the words below it: under "Side effects" the item "seizures" says that the treatment can cause seizures.

Such an item is no sentence, and its words alone claim nothing. A reader puts the heading before them, so the heading is put before
them here as well, and the sentence of both is judged. What is below a heading on harms, benefits, uses or doses is looked at, or
below a line in bold, or one that ends in a colon, that says as much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence.claims import Verdict
from evidence.model import Block, BlockKind
from evidence.neighbours import is_silent
from evidence.passages import passage, sentences_of, tidy

KIND = "listed"
"""The kind of such a claim."""
_OPEN = re.compile(
    r"\b(?:do(?:es)? not know|don't know|not known|unknown|not yet clear|unclear|questions?|asks?|sources?|references|reading|glossary|report(?:ing)?"
    r"|how (?:we|this)|studies looked|was counted|options|instead|alternatives)\b",
    re.IGNORECASE,
)
"""What stands below such a heading says nothing of the treatment, or by itself what it says."""
_SECTIONS = (
    (
        re.compile(
            r"\bwho (?:should|must|can|may) ?not\b|\bwho (?:shouldn't|mustn't|can't)\b|\bcontra-?indications?\b|\bwhen not to\b|\bnot (?:suitable )?for (?:you|people|everyone|everybody)\b"
            r"|\b(?:do not|don't|never) (?:have|take|use) (?:it|this|one|a drip)\b",
            re.IGNORECASE,
        ),
        "It is not for people with {}.",
    ),
    (
        re.compile(
            r"\b(?:side[- ]effects?|harms?|risks?|dangers?|unwanted effects?|adverse (?:effects?|events?|reactions?)|complications?|downsides?|interactions?|what can go wrong|cautions?|warnings?)\b",
            re.IGNORECASE,
        ),
        "It can cause {}.",
    ),
    (re.compile(r"\b(?:dos(?:es?|ages?|ing)|how much is given)\b", re.IGNORECASE), "The dose is {}."),
    (
        re.compile(
            r"\b(?:benefits?|indications?|what (?:it|this|they|we|drips|the drip) (?:treats?|helps?|does|do|eases?|is for)|(?:is|are)? ?used for|uses of|helps? (?:with|against)|good for"
            r"|conditions (?:we treat|treated)|who (?:it helps|benefits))\b",
            re.IGNORECASE,
        ),
        "It can help against {}.",
    ),
)
_NOTHING = re.compile(
    r"\b(?:not known|unknown|unclear|we (?:do not|don't|cannot) (?:know|say|tell)|we (?:found|have|know of) no|no (?:trials?|stud(?:y|ies)|sources?)|not (?:been )?(?:studied|tested|counted|reported|looked at)"
    r"|none of (?:our|the|these) sources|nothing is known)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:which|what|whether|how|who|whom|when|where|why|if|is|are|does|do|can|will)\b", re.IGNORECASE
)
_LINK = re.compile(r"\s*\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])[.\s]*")
_ELSE = frozenset("question instruction heading transition disclaimer call-to-action service method cited".split())
_IN_LIST = frozenset(("li", "dl"))
_BOLD = re.compile(r"\s*(\*\*|__)(?:(?!\1).)+\1:?\s*", re.DOTALL)
_LEVEL = re.compile(r"h([1-6])")
_FEW = 8
_LONGEST = 25


@dataclass(frozen=True, slots=True)
class Headed:
    """What says what its heading says of it and names no source: the first and the last of its blocks, the heading's words, and
    the items, labels of rows or sentences, one at least. `kind` is `list`, `table` or `paragraph`."""

    kind: str
    first: int
    last: int
    heading: str
    told: tuple[str, ...]


def headed(
    blocks: Sequence[tuple[int, Block]], free: Callable[[int], bool], judge: Callable[[str], Verdict]
) -> Iterator[Headed]:
    """The lists, tables and paragraphs of fragments that say what their heading says, each once, in order.

    `blocks` are those of a document with their indices; `free` tells of one whether nothing in it is a claim and no source is
    for it."""
    sections: list[tuple[int, str, str]] = [(0, "", "")]
    lead = ("", "")
    before: Block | None = None
    for kind, stretch in groupby(blocks, key=_kind):
        run = list(stretch)
        for index, block in run if kind in ("heading", "paragraph") else ():
            words = _words(block)
            if kind == "heading":
                lead, before = ("", ""), None
                _enter(sections, block, words)
                continue
            told = words if lead[1] or sections[-1][2] else ""
            if opened := _lead(block, words):
                lead = opened
            elif told and free(index) and not _NOTHING.search(words) and _is_bare(block, judge):
                heading, template = lead if lead[1] else sections[-1][1:]
                if judge(template.format(_inner(words))).claim:
                    yield Headed("paragraph", index, index, heading, (words,))
            before = block
        heading, template = lead if lead[1] else sections[-1][1:]
        if kind in ("list", "table"):
            if template and not (before is not None and _speaks_for_it(before)):
                yield from _of_run(kind, run, heading, template, free, judge)
            lead, before = ("", ""), None


def _kind(one: tuple[int, Block]) -> str:
    block = one[1]
    if block.kind is BlockKind.HEADING:
        return "heading"
    if block.kind is BlockKind.CELL:
        return "table"
    return "list" if not _IN_LIST.isdisjoint(block.ancestors) else "paragraph"


def _enter(sections: list[tuple[int, str, str]], block: Block, words: str) -> None:
    """A heading ends the sections of its level; one that says nothing else goes on with what is above it."""
    level = next((int(found[1]) for tag in reversed(block.ancestors) if (found := _LEVEL.fullmatch(tag))), 1)
    while len(sections) > 1 and sections[-1][0] >= level:
        sections.pop()
    above = sections[-1]
    template = _template(words)
    sections.append((level, above[1] or words, above[2]) if template is None else (level, words, template))


def _template(words: str) -> str | None:
    """The sentence that a heading makes of what stands below it: empty if that says nothing of a treatment, None if it tells neither."""
    plain = words.replace("\u2019", "'")
    if _OPEN.search(plain):
        return ""
    return next((template for pattern, template in _SECTIONS if pattern.search(plain)), None)


def _lead(block: Block, words: str) -> tuple[str, str] | None:
    """A line in bold, or a few words before a colon, that stand for a heading."""
    bold = _BOLD.fullmatch(block.text) is not None
    if len(words.split()) > _FEW or not (bold or words.endswith(":")) or block.scan.clusters:
        return None
    template = _template(words)
    return (words.rstrip(":"), template) if template else None


def _speaks_for_it(before: Block) -> bool:
    """Whether what introduces a list names a source, or says that nothing is known."""
    return bool(before.scan.clusters) or _NOTHING.search(passage(before).words) is not None


def _of_run(
    kind: str,
    run: Sequence[tuple[int, Block]],
    heading: str,
    template: str,
    free: Callable[[int], bool],
    judge: Callable[[str], Verdict],
) -> Iterator[Headed]:
    found: list[tuple[int, str]] = []
    rows = _items(run) if kind == "list" else _rows(run)
    for row in rows:
        words = _words(row[0][1])
        says = len(row) == 1 or not all(is_silent(_words(cell)) for _, cell in row[1:])
        bare = says and all(free(index) for index, _ in row) and _is_bare(row[0][1], judge)
        if bare and judge(template.format(_inner(words))).claim:
            found.append((row[0][0], words))
    if found:
        yield Headed(kind, found[0][0], found[-1][0], heading, tuple(words for _, words in found))


def _items(run: Sequence[tuple[int, Block]]) -> list[list[tuple[int, Block]]]:
    """The items of a list, each by itself, and a term with its meanings."""
    items: list[list[tuple[int, Block]]] = []
    for one in run:
        if one[1].kind is BlockKind.DEFINITION and items:
            items[-1].append(one)
        else:
            items.append([one])
    return items


def _rows(run: Sequence[tuple[int, Block]]) -> list[list[tuple[int, Block]]]:
    """The rows of a table's body; none if a head names a source, which is for its whole column."""
    if any(block.scan.clusters for _, block in run if "thead" in block.ancestors):
        return []
    body = [one for one in run if "thead" not in one[1].ancestors]
    return [list(row) for _, row in groupby(body, key=lambda one: one[1].group)]


def _is_bare(block: Block, judge: Callable[[str], Verdict]) -> bool:
    """Whether a block is a few words that assert nothing by themselves, and no question, order, link or sentence."""
    said = sentences_of(block)
    words = _words(block)
    if not said or not 0 < len(words.split()) <= _LONGEST or _ASKS.match(words) or _LINK.fullmatch(block.text):
        return False
    kinds = [judge(one.words).kind for one in said]
    if not _ELSE.isdisjoint(filter(None, kinds)) or is_silent(words):
        return False
    return kinds[0] == "fragment" or not words.endswith((".", "!", ":"))


def _words(block: Block) -> str:
    return tidy(passage(block).words)


def _inner(words: str) -> str:
    """As it stands inside a sentence."""
    plain = words.rstrip(".;, ")
    return plain if plain[1:2].isupper() else plain[:1].lower() + plain[1:]
