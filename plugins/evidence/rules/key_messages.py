"""Key messages are too few or too many, are not cited, or tell readers what to do.

Some people read nothing else. So there are two or three, as a list; each tells a finding and carries its source; and none tells
readers what they should do, since that depends on them. Only pages on emergencies (`orders = true` in `anatomy.toml`) may. Of a key
message that EV101 tells to lack its source it is not told a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.anatomy import page_type, parts_of
from evidence.claims import detect, load_cues
from evidence.model import Block, BlockKind, Case, Claim, Document, Hit, Rule, Severity
from evidence.passages import sentences_of
from evidence.places import block_place
from evidence.support.telling import short

_HEAD = "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n---\n\n## Key messages\n\n"
_ITEM = "- Pain fell by 4.5 points in one trial [@smith2020].\n"
BAD = (
    _HEAD + _ITEM,
    _HEAD + _ITEM * 4,
    _HEAD + _ITEM + "- Bags are clear.\n",
    _HEAD + "- Ask for prochlorperazine first [@smith2020].\n",
    _HEAD + "Pain fell by 4.5 points in one trial [@smith2020].\n",
)
GOOD = (
    _HEAD + _ITEM * 2,
    _HEAD + _ITEM + "- Fluids made no clear difference to pain [@jones2019fluid#pain-60min].\n",
)
FEWEST, MOST = 2, 3
ORDER = re.compile(
    r"\W*(?:(?:ask|take|get|stop|avoid|try|use|choose|insist|demand|request|book|skip)\b|you (?:should|must|need to|ought to)\b)",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for part in parts_of(document, case.anatomy) if document.kind == "article" else ():
            if part.role == "key-messages":
                items = [document.blocks[index] for index in part.blocks if "li" in document.blocks[index].ancestors]
                if len(items) > MOST:
                    where = block_place(document.path, items[MOST])
                    yield Hit(where, f"there are {len(items)} key messages", f"keep the {MOST} that matter most")
                elif 0 < len(items) < FEWEST:
                    yield Hit(
                        part.place,
                        "there is one key message",
                        "add the next that matters: a harm, or what is not known",
                    )
                elif not items and part.blocks:
                    yield Hit(part.place, "the key messages are no list", "begin each with a hyphen and a space")
                orders = page_type(document, case.anatomy).orders
                uncited = {one.block: one for one in reversed(case.claims) if _is_uncited(one, document)}
                for index in part.blocks:
                    if "li" in document.blocks[index].ancestors:
                        yield from _item(document, document.blocks[index], orders, uncited.get(index))


def _is_uncited(claim: Claim, document: Document) -> bool:
    return claim.status == "uncited" and claim.place.path == document.path


def _item(document: Document, item: Block, orders: bool, uncited: Claim | None) -> Iterator[Hit]:
    """`uncited` is the first claim of the item for which EV101 asks the same citation."""
    if item.kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH):
        return
    if not item.scan.clusters:
        place, claim = (uncited.place, uncited.id) if uncited else (block_place(document.path, item), None)
        yield Hit(place, "this key message has no source", "put [@key] before its full stop", claim=claim)
    for sentence in sentences_of(item):
        told = detect(sentence.words, load_cues()).kind == "instruction" or ORDER.match(sentence.words)
        if not orders and told:
            what = f'this key message tells readers what to do: "{short(sentence.words)}"'
            yield Hit(
                block_place(document.path, item, sentence.start, sentence.end), what, "say what was found instead"
            )


RULE = Rule("EV606", "key-messages", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page", unless=("EV101",))
