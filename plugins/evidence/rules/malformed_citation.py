"""Something looks meant as a citation and is none, or stands where it cannot be shown.

It would be published as raw text, or lose a source. Several keys are separated by semicolons, `[@a; @b]`; a bracket
that is opened is closed in the same paragraph; a citation stands in text, not in a picture's description, a title, an
address or a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model import Block, Case, Cluster, Document, Hit, Rule, Severity
from evidence.places import block_place

BAD = (
    "Pain fell in one trial [@smith2020.\n",
    "Pain fell in two trials [@smith2020, @jones2019fluid].\n",
    "Pain fell in one trial [@smith2020, #pain-60min].\n",
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


def _in_fields(document: Document) -> Iterator[Hit]:
    for name in _READER_FIELDS:
        found = document.meta.get(name)
        if found and (match := _IN_FIELD.search(found.value)):
            what = f'"{match[0]}" in the {name} would be shown as raw text'
            yield Hit(found.place, what, "cite in the body; the front matter cannot carry citations")


RULE = Rule("EV202", "malformed-citation", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
