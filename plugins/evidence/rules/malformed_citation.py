"""Something looks meant as a citation and is none, or stands where it cannot be shown.

It would be published as raw text, or lose a source. Several keys are separated by semicolons, `[@a; @b]`; a bracket
that is opened is closed in the same paragraph; a citation stands in text, not in a picture's description, a title, an
address or a tag. What was pasted from elsewhere, such as `[1]`, `\\cite{key}`, `[key]` or `(Smith 2020)` where the bibliography
has that work, is no citation here; a bracket that is meant as words is written `\\[1\\]`. Where the sentence lacks its source as
well, EV101 says what to write, and nothing is told twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.copied import Copied, copied, in_claim
from evidence.model import Block, BlockKind, Case, Claim, Cluster, Document, Hit, Rule, Severity
from evidence.passages import sentences_of
from evidence.places import block_place

BAD = (
    "Pain fell in one trial [@smith2020.\n",
    "Pain fell in two trials [@smith2020, @jones2019fluid].\n",
    "Pain fell in one trial [@smith2020, #pain-60min].\n",
    "Pain fell by 4.5 points in one trial [@smith2020; see @jones2019fluid], and by 5.1 points in another [1].\n",
    "The trials were small \\cite{smith2020} [@smith2020].\n",
)
GOOD = (
    "There were two trials [@smith2020; @jones2019fluid].\n",
    "Pain fell in one trial [see @smith2020, p. 714, and the comment there].\n",
)
_READER_FIELDS = ("title", "description", "summary", "subtitle")
_FINDING = re.compile(r"[,\s]+(#[A-Za-z0-9][\w-]*)(?=\s*[;,\]])")
_IN_FIELD = re.compile(r"\[-?@[^\]]*\]")


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for block in document.blocks:
            for slip in block.scan.slips:
                yield Hit(block_place(document.path, block, slip.start, slip.end), slip.what, slip.fix)
            for cluster in block.scan.clusters:
                yield from _cannot_be_shown(document, block, cluster)
                yield from _finding_apart(document, block, cluster)
        for place, typed, key in document.unshown:
            what = f'no reader would see the citation "{typed}" here: it stands in a tag, an address, a title or code'
            yield Hit(place, what, "set it apart from the brackets, marks of code and tags around it", key=key)
        yield from _in_fields(document)
        yield from _pasted(document, case)


def _cannot_be_shown(document: Document, block: Block, cluster: Cluster) -> Iterator[Hit]:
    slipped = any(slip.start < cluster.end and cluster.start < slip.end for slip in block.scan.slips)
    if cluster.within == "image" and not slipped:
        place = block_place(document.path, block, cluster.start, cluster.end)
        what = "a citation in a picture's description cannot be shown"
        yield Hit(place, what, "move it into the text or the caption", key=cluster.citations[0].key)


def _finding_apart(document: Document, block: Block, cluster: Cluster) -> Iterator[Hit]:
    """`[@key #finding]` points at nothing, and readers would see the finding's id."""
    for one in cluster.citations:
        apart = _FINDING.match(block.text, one.end, cluster.end)
        if apart:
            place = block_place(document.path, block, one.start, apart.end())
            what = f'"{apart[1]}" stands apart from its key, so it points at no finding and would be shown'
            yield Hit(place, what, f"write @{one.key}{apart[1]}", key=one.key)


def _pasted(document: Document, case: Case) -> Iterator[Hit]:
    """Citations from elsewhere, but for those in sentences that EV101 tells to lack a source, and how to mend that."""
    told = [one for one in case.claims if one.place.path == document.path and one.status == "uncited"]
    for number, block in enumerate(document.blocks):
        for found in copied(block.text, case.library) if block.kind is not BlockKind.RAW else ():
            if _is_none(found, block, document) and not any(_holds(one, number, found, document) for one in told):
                place = block_place(document.path, block, found.start, found.end)
                words = "" if found.keys else f", or `{_escaped(found.typed)}` if these are mere words"
                yield Hit(place, f'"{found.typed}" is not read as a citation', f"{found.repair}{words}")


def _is_none(found: Copied, block: Block, document: Document) -> bool:
    """Whether readers would take it for a citation. A name and a year are one where the sentence has no other."""
    if found.kind in ("number", "key", "command"):
        return not re.search(rf"^ {{0,3}}{re.escape(found.typed)}:", document.body, re.MULTILINE)
    if found.kind not in ("author", "narrated") or not found.keys or block.kind is BlockKind.HEADING:
        return False
    return not any(one.clusters for one in sentences_of(block) if one.start <= found.start < one.last)


def _holds(claim: Claim, number: int, found: Copied, document: Document) -> bool:
    if claim.block < 0:
        return False
    one, other = document.blocks[claim.block], document.blocks[number]
    if one.kind is other.kind is BlockKind.CELL:
        return one.group == other.group
    return claim.block == number and in_claim(found, claim, other.text)


def _escaped(typed: str) -> str:
    return re.sub(r"([\[\]^\\])", r"\\\1", typed)


def _in_fields(document: Document) -> Iterator[Hit]:
    for name in _READER_FIELDS:
        found = document.meta.get(name)
        if found and (match := _IN_FIELD.search(found.value)):
            what = f'"{match[0]}" in the {name} would be shown as raw text'
            yield Hit(found.place, what, "cite in the body; the front matter cannot carry citations")


RULE = Rule("EV202", "malformed-citation", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
