"""A sentence claims something about health and names no source.

A reader who may act on a sentence must be able to see where it comes from. Put the key of the source, `[@key]`, into the
sentence that rests on it, before its full stop: a citation elsewhere in the paragraph does not cover it. A list is covered by
the cited sentence, ending in a colon, that introduces it; a row of a table by a citation in the row or in the caption
("Table 1. … [@key]"). What the title or the description claims, a cited sentence of the article must say too. A picture's
description and a call to action claim nothing. A short answer is read with its question, a cell with the head of its column. On a
page, orders and permissions on which health hangs need a source too: on medicines, on food before treatment, on driving, pregnancy,
symptoms and emergencies; so do doses. A row, an item or a short sentence that cites nothing among others that cite a source is taken
for a claim, unless it is a question, an order or a label. Items, rows and fragments below a heading on harms, on who should not have
it, on benefits, uses or doses claim what the heading says; they are told once for each list. `evidence detect` shows which words make a sentence a claim. If it claims
nothing that a reader could act on, reword it, or say why directly after it: `<!-- allow EV101: reason -->`. A claim that was
not found is marked by hand: `[these words]{.claim}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence import headed
from evidence.coverage import NEIGHBOUR
from evidence.model import Case, Claim, Document, Hit, Rule, Severity
from evidence.places import position

BAD = (
    "Magnesium relaxes blood vessels.\n",
    "Pain fell in one trial [@smith2020].\n\nMost people feel better within an hour.\n",
    "Migraine is common. Fluids eased pain in one trial [@smith2020].\n",
    "[The bag is warmed first]{.claim}.\n",
    "## Is a drip safe in pregnancy?\n\nYes.\n",
    "Stop your blood thinner two days before.\n",
    "## Side effects\n\n- nausea\n- low blood pressure\n- seizures\n",
    "| Medicine | Amount |\n|---|---|\n| Ondansetron | 80 mg, twice a day |\n",
    "Pain fell faster in one trial [@smith2020]. The gap is real. It was seen at two hours [@jones2019fluid].\n",
)
GOOD = (
    "Pain fell by 4.5 points in one trial [@smith2020].\n",
    "Who mixes the bag? What is in it?\n",
    "In one trial [@smith2020]:\n\n- pain fell by 4.5 points with prochlorperazine\n- it fell by 2 points with placebo\n",
    "## Do I need an appointment?\n\nYes. Bring a list of your medicines.\n",
    "## Side effects\n\nIn one trial [@smith2020]:\n\n- nausea\n- low blood pressure\n",
    "Fluids ease pain. <!-- allow EV101: a sample of an advertisement -->\n",
)
_NEAR = 12
"""How many blocks away a citation may be to be proposed: a row or two."""
_FIX = "put [@key] before its full stop"
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
            what, fix = _told(claim, documents.get(claim.place.path))
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
    return f"no source for {said}", _repair(claim, document)


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
    side = "the sentence before" if near.start < claim.start else "the next sentence"
    return f"[{_short(keys, 40)}] at {line}:{column} covers only {side}; if it is for both, repeat it before this full stop"


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


RULE = Rule("EV101", "uncited-claim", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
