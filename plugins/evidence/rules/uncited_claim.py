"""A sentence claims something about health and names no source.

A reader who may act on a sentence must be able to see where it comes from. Put the key of the source, `[@key]`, into the
sentence that rests on it, before its full stop: a citation elsewhere in the paragraph does not cover it. A list is covered by
the cited sentence, ending in a colon, that introduces it; a row of a table by a citation in the row or in the caption
("Table 1. … [@key]"). What the title or the description claims, a cited sentence of the article must say too. A picture's
description and a call to action claim nothing. A short answer is read with its question, a cell with the head of its column. On a
page, orders and permissions on which health hangs need a source too: on medicines, on food before treatment, on driving, pregnancy,
symptoms and emergencies; so do doses. A row, an item or a short sentence that cites nothing among others that cite a source is taken
for a claim, unless it is a question, an order or a label. What your own search did not
find ("We found no trial of …", "Our sources do not say whether …") claims nothing of the world; "Nobody has tested …" does. Items, rows and fragments below a heading on harms, on who should not have
it, on benefits, uses or doses claim what the heading says; they are told once for each list. `evidence detect` shows which words make a sentence a claim. If it claims
nothing that a reader could act on, reword it, or say why directly after it: `<!-- allow EV101: reason -->`. A claim that was
not found is marked by hand: `[these words]{.claim}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence import headed
from evidence.claims import is_gap
from evidence.copied import copied, in_claim
from evidence.coverage import NEIGHBOUR
from evidence.model import Block, BlockKind, Case, Claim, Document, Hit, Library, Rule, Severity
from evidence.passages import sentences_of
from evidence.places import position

BAD = (
    "Magnesium relaxes blood vessels.\n",
    "Pain fell in one trial [@smith2020].\n\nMost people feel better within an hour.\n",
    "Migraine is common. Fluids eased pain in one trial [@smith2020].\n",
    "[The bag is warmed first]{.claim}.\n",
    "## Is a drip safe in pregnancy?\n\nYes.\n",
    "Stop your blood thinner two days before.\n",
    "Nobody has tested magnesium at home.\n",
    "## Side effects\n\n- nausea\n- low blood pressure\n- seizures\n",
    "| Medicine | Amount |\n|---|---|\n| Ondansetron | 80 mg, twice a day |\n",
    "Pain fell faster in one trial [@smith2020]. The gap is real. It was seen at two hours [@jones2019fluid].\n",
)
GOOD = (
    "Pain fell by 4.5 points in one trial [@smith2020].\n",
    "Who mixes the bag? What is in it?\n",
    "We found no trial of magnesium at home.\n",
    "In one trial [@smith2020]:\n\n- pain fell by 4.5 points with prochlorperazine\n- it fell by 2 points with placebo\n",
    "## Do I need an appointment?\n\nYes. Bring a list of your medicines.\n",
    "## Side effects\n\nIn one trial [@smith2020]:\n\n- nausea\n- low blood pressure\n",
    "Fluids ease pain. <!-- allow EV101: a sample of an advertisement -->\n",
)
_NEAR = 12
"""How many blocks away a citation may be to be proposed: a row or two."""
_FIX = "put [@key] before its full stop"
_GAP = 'cite a review that says so, or say what you looked for: "We found no trial of …"; else add <!-- allow EV101: reason -->'
_ELSEWHERE = {
    "title": ("the title", "cite a sentence of the article that says it, or reword the title"),
    "description": ("the description", "cite a sentence of the article that says it, or reword the description"),
    "summary": ("the summary", "cite a sentence of the article that says it, or reword the summary"),
    "picture": ("a picture's description", "describe what is to be seen, and say this in a cited sentence"),
    "hover": ("a text shown to who points at words", "say there what the words mean, and this in a cited sentence"),
    "code": ("a block of code", "take away the spaces or marks that make it code, and cite it"),
    "offer": ("a call to action", "offer a consultation, and claim nothing"),
    "term": ("the glossary", "say only what the word means; what is known of the thing belongs into an article"),
    "row": ("a row", "put [@key] into one of its cells, or into the table's caption"),
}


def check(case: Case) -> Iterator[Hit]:
    documents = {document.path: document for document in case.documents}
    for claim in case.claims:
        if claim.status == "uncited":
            document = documents.get(claim.place.path)
            what, fix = _told(claim, document)
            fix = _of_pasted(claim, document, case.library) or _of_list(claim, document, case) or fix
            yield Hit(claim.place, what, fix, claim=claim.id)


def _told(claim: Claim, document: Document | None) -> tuple[str, str]:
    if claim.kind == NEIGHBOUR:
        return f'no source for "{_short(claim.sentence, 60)}", while {claim.cue}', _as_beside(claim, document)
    if claim.kind == headed.KIND:
        return _below_heading(claim, document)
    said = f'"{_short(claim.said or claim.sentence, 60)}" ({claim.kind}: {_short(claim.cue, 40)})'
    if claim.where in _ELSEWHERE:
        what, fix = _ELSEWHERE[claim.where]
        return f"no source for what {what} claims: {said}", fix
    return f"no source for {said}", _of_gap(claim, document) or _repair(claim, document)


def _of_pasted(claim: Claim, document: Document | None, library: Library) -> str:
    """What to write for a citation that was pasted from elsewhere into the sentence, its row, or right behind it."""
    if document is None or claim.block < 0 or claim.where not in ("text", "row"):
        return ""
    block = document.blocks[claim.block]
    if block.kind is BlockKind.CELL:
        row = [one for one in document.blocks if one.kind is BlockKind.CELL and one.group == block.group]
        return next((found.repair for one in row for found in copied(one.text, library)), "")
    pasted = copied(block.text, library)
    return next((found.repair for found in pasted if in_claim(found, claim, block.text)), "")


def _of_list(claim: Claim, document: Document | None, case: Case) -> str:
    """Where the sentence that introduces the list is uncited as well: its source is for the items, too."""
    block = document.blocks[claim.block] if document and claim.block > 0 else None
    if document is None or block is None or "li" not in block.ancestors:
        return ""
    first = claim.block
    while first > 0 and "li" in document.blocks[first].ancestors:
        first -= 1
    said = [
        one
        for one in case.claims
        if one.place.path == document.path and one.block == first and one.status == "uncited" and one.where == "text"
    ]
    last = next(iter(sentences_of(document.blocks[first])[-1:]), None)
    if not last or not last.words.endswith(":") or not any(one.sentence == last.words for one in said):
        return ""
    return f'a source for "{_short(last.words, 40)}" is for its whole list; else put [@key] into each item'


def _of_gap(claim: Claim, document: Document | None) -> str:
    """What to do about "Nobody has tested it": seldom does a source say so, and one's own search is another statement."""
    near = document.blocks[claim.block].scan.clusters if document else ()
    return _GAP if is_gap(claim.said or claim.sentence) and not near else ""


def _below_heading(claim: Claim, document: Document | None) -> tuple[str, str]:
    """What stands below a heading and says what that says of it; the whole list or table is told once."""
    what = f'no source for what stands below "{_short(claim.cue, 40)}": "{_short(claim.sentence, 60)}"'
    if claim.where == "row":
        return what, "put [@key] into each row, or into the table's caption"
    if document and "li" in document.blocks[claim.block].ancestors:
        return what, "introduce the list by a sentence with its source that ends in a colon, or cite one in each item"
    return what, "say it in a sentence with its source"


def _as_beside(claim: Claim, document: Document | None) -> str:
    """The nearest citation of the block or, in a table or a list, of the blocks near it, and how to repeat it here."""
    blocks = dict(enumerate(document.blocks)) if document else {}
    near = [
        (abs(index - claim.block), abs(cluster.start - claim.start), index, cluster)
        for index, block in blocks.items()
        if abs(index - claim.block) <= _NEAR
        for cluster in block.scan.clusters
    ]
    if not near:
        return _ELSEWHERE["row"][1] if claim.where == "row" else _FIX
    _, _, index, cluster = min(near, key=lambda one: one[:3])
    line, column = position(blocks[index].spans, cluster.start)
    keys = "; ".join(f"@{citation.key}" for citation in cluster.citations)
    where = "into one of its cells" if claim.where == "row" else "before its full stop"
    return (
        f"if it rests on [{_short(keys, 40)}] at {line}:{column}, too, repeat that {where}; else cite its own source"
    )


def _repair(claim: Claim, document: Document | None) -> str:
    """Where the nearest citation of the paragraph stands, if there is one, and how to move it."""
    block = document.blocks[claim.block] if document else None
    near = min(
        block.scan.clusters if block else (),
        key=lambda cluster: min(abs(cluster.start - claim.end), abs(claim.start - cluster.end)),
        default=None,
    )
    if block is None or near is None:
        return _FIX
    line, column = position(block.spans, near.start)
    keys = "; ".join(f"@{citation.key}" for citation in near.citations)
    side = _covered(block, near.start, claim)
    return f"[{_short(keys, 40)}] at {line}:{column} covers only {side}; if it is for both, repeat it before this full stop"


def _covered(block: Block, at: int, claim: Claim) -> str:
    """Which sentence a citation covers, as seen from a claim: the one next to it, or by its words where others lie between."""
    own = next((one for one in sentences_of(block) if one.start <= at < one.last or at < one.end), None)
    between = [
        one for one in sentences_of(block) if own and min(own.end, claim.end) < one.end <= max(own.start, claim.start)
    ]
    if own and between:
        return f'"{_short(own.words, 40)}"'
    return "the sentence before" if at < claim.start else "the next sentence"


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


RULE = Rule("EV101", "uncited-claim", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
