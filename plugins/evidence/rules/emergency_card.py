"""The emergency card is left out without a reason, the field that leaves it out says something else, or its words cannot be shown.

A headache can be an emergency, and the card that says when stands on every article. A page that is itself about emergencies may
leave it out: `red_flags: none: this page is the list itself`. The reason is needed, so that nobody leaves it out unthinking.

The article of the page type `emergency` gives the card its words, in a section "Emergency: call 911 if": a list of signs, and
perhaps paragraphs below it. There they are cited, checked and signed like all others; the card shows them without the citations.
So the section holds a list and paragraphs only, and its citations stand in brackets. An article of this type without the section is
warned of: the card then falls back to the theme's own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.anatomy import CARD, Part, card_left_out, card_sections, is_paragraph, is_sign, page_type
from evidence.model import Case, Document, Hit, Place, Rule, Severity
from evidence.passages import passage
from evidence.places import block_place

_PAGE = (
    "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n{}\n---\n\nPain fell by 4.5 points in one trial [@smith2020].\n"
)
_CARD = _PAGE.format("page_type: emergency") + "\n## Emergency: call 911 if\n\n{}\n"
BAD = (
    _PAGE.format("page_type: emergency"),
    _PAGE.format("red_flags: none"),
    _PAGE.format("red_flags: no"),
    _CARD.format("Pain fell by 4.5 points in one trial [@smith2020]."),
    _CARD.format("- pain fell by 4.5 points, as @smith2020 found."),
)
GOOD = (
    _PAGE.format("red_flags: none: this page is the list itself"),
    _PAGE.format("red_flags:"),
    _CARD.format("- pain fell by 4.5 points in one trial [@smith2020]."),
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        yield from _left_out(document)
        sections = card_sections(document, case.anatomy)
        for part in sections:
            yield from _not_shown(document, part)
        if not sections and page_type(document, case.anatomy).card and not document.draft and not document.faults:
            title = document.meta.get("title")
            told = "no section of this article gives the emergency card its words, so that the card shows the theme's own, compared with no source"
            fix = f'head the list of signs "Emergency: {next(iter(case.anatomy.headings.get(CARD, ())), "call 911 if")}"'
            yield Hit(title.place if title else Place(document.path), told, fix, severity=Severity.WARNING)


def _left_out(document: Document) -> Iterator[Hit]:
    field = document.meta.get("red_flags")
    if field and field.value.strip():
        reason = card_left_out(document)
        if reason is None:
            what = f'"red_flags: {field.value[:40]}" means nothing'
            yield Hit(field.place, what, "delete the line, or write none: and the reason")
        elif len(reason) < 4:
            yield Hit(field.place, "the emergency card is left out without a reason", "write none: and the reason")


def _not_shown(document: Document, part: Part) -> Iterator[Hit]:
    blocks = [document.blocks[index] for index in part.blocks]
    if not any(map(is_sign, blocks)):
        told = f'"{part.words}" gives the emergency card no list of signs'
        yield Hit(part.place, told, 'put a list with "- " below the heading')
    signs = False
    for block in blocks:
        signs = signs or is_sign(block)
        place = block_place(document.path, block)
        if not (is_sign(block) or (is_paragraph(block) and signs)):
            told = "this cannot stand on the emergency card, which shows a list of signs and paragraphs below it"
            yield Hit(place, told, "move it to another section")
        elif not passage(block).words.strip():
            yield Hit(place, "this would be empty on the emergency card", "write it in words, or delete it")
        else:
            for cluster in block.scan.clusters:
                if cluster.citations and not block.text.startswith("[", cluster.start):
                    told = (
                        "the emergency card shows no sources, and this sentence needs its source as one of its words"
                    )
                    where = block_place(document.path, block, cluster.start, cluster.end)
                    yield Hit(where, told, "put the citation in brackets behind the sentence")


RULE = Rule("EV607", "emergency-card", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page")
