"""A label says what happens and how sure that is, and nobody set it, or the text below says it more surely.

`<!-- evidence: what happens = …; how sure = …; set by = … -->` stands directly below the heading of one outcome. What happens is one of
helps, little or no difference, harms, not known; how sure is high, moderate, low or very low, and with very low it is not known what
happens. A certainty belongs to all evidence on an outcome, so that software never works it out: a person of `content/people.toml` sets
it, by name, or a review or guideline has rated it (`set by = @key`). The sentences below keep to it: with low certainty nothing is
"probably" so, and with very low certainty nothing "may" be so, since readers remember the "may" and drop the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from evidence.facts import LABEL, RATING_DESIGNS, Fault, Label, has_rated, label_of
from evidence.marks import blocks_after, blocks_before, mark_place, marked
from evidence.model import BlockKind, Case, Document, Hit, Place, Rule, Severity
from evidence.support.assertion import assertions
from evidence.targets import target

_HEAD = "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n---\n\n## What was found\n\n"
_LABEL = "<!-- evidence: what happens = {}; how sure = {}; set by = {} -->\n\n{}\n"
_FOUND = "Pain fell in one trial [@smith2020]."
BAD = (
    _HEAD + _LABEL.format("helps", "low", "", _FOUND),
    _HEAD + _LABEL.format("helps", "very low", "@lee2021", _FOUND),
    _HEAD + _LABEL.format("helps", "certain", "@lee2021", _FOUND),
    _HEAD + _LABEL.format("helps", "high", "@smith2020", _FOUND),
    _HEAD + _LABEL.format("not known", "very low", "@lee2021", "Fluids may ease pain [@smith2020]."),
)
GOOD = (
    _HEAD + _LABEL.format("not known", "very low", "@lee2021", "We do not know if fluids ease pain [@smith2020]."),
    _HEAD + _FOUND + "\n",
)
_TOO_SURE = {"low": re.compile(r"\b(?:probably|likely)\b", re.IGNORECASE)}
_TOO_SURE["very low"] = re.compile(r"\b(?:probably|likely|may|might|can|could|promising)\b", re.IGNORECASE)
_EFFECTS = frozenset({"efficacy", "comparison", "timing"})


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for line, mark in marked(document, LABEL):
            place, label = mark_place(document, line), label_of(mark[1])
            if isinstance(label, Fault):
                yield Hit(place, label.what, label.fix)
                continue
            if not _below_a_heading(document, line):
                yield Hit(
                    place, "the evidence label stands below no heading", "put it directly below that of its outcome"
                )
            yield from _set_by(label, place, case)
            yield from _too_sure(label, document, line, case)


def _below_a_heading(document: Document, line: int) -> bool:
    before = blocks_before(document, line)
    return bool(before) and before[-1].kind is BlockKind.HEADING


def _set_by(label: Label, place: Place, case: Case) -> Iterator[Hit]:
    if label.by.startswith("@"):
        source = target(label.by[1:], case.library).source
        if source is None:
            yield Hit(
                place, f'no source "{label.by[1:]}" has rated this', "name one of the bibliography, or a person"
            )
        elif not (source.note and source.note.design in RATING_DESIGNS):
            what = f'"{source.key}" is no review or guideline, and cannot say how sure all the evidence is'
            yield Hit(place, what, "name one that rated it, or a person", key=source.key)
        elif not has_rated(source.note, label.sure):
            what = f'nothing recorded of "{source.key}" rates the evidence as {label.sure}'
            fix = f"name who did, or record the rating in content/sources/{source.key}.toml"
            yield Hit(place, what, fix, key=source.key)
    elif label.by not in case.people:
        fix = "write the name as in people.toml, or name a review or guideline that rated it, as @key"
        yield Hit(place, f'nobody called "{label.by}" may say how sure the evidence is', fix)


def _too_sure(label: Label, document: Document, line: int, case: Case) -> Iterator[Hit]:
    if label.sure == "high":
        return
    pattern = _TOO_SURE.get(label.sure)
    below = takewhile(lambda block: block.kind is not BlockKind.HEADING, blocks_after(document, line))
    parts = {id(block) for block in below}
    for claim in case.claims:
        if claim.place.path != document.path or claim.block < 0 or claim.kind not in _EFFECTS:
            continue
        if id(document.blocks[claim.block]) in parts:
            found = pattern.search(claim.sentence) if pattern else None
            words = found[0] if found else _stated(claim.sentence)
            if words:
                fix = {"very low": "write “we do not know if …”", "low": "write “may”"}.get(
                    label.sure, "write “probably”"
                )
                what = f'"{words}" is more than {label.sure} certainty carries'
                yield Hit(claim.place, what, fix, claim=claim.id)


def _stated(sentence: str) -> str:
    """The words that state an effect as a fact; a sentence that tells what one study found states none."""
    told = (one for one in assertions(sentence) if one.direction in ("benefit", "harm"))
    return next((one.words for one in told if one.strength == "bare" and not one.report), "")


RULE = Rule("EV643", "evidence-label", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page")
