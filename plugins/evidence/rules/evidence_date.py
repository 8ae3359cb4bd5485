"""An article on effects does not say up to when the evidence was looked for, or that was too long ago.

What is known changes. `evidence_to: 2026-08` tells readers the month up to which sources were looked for, and after 24 months
(`EVIDENCE["evidence_within"]`) somebody must look again: a search that stopped years ago misses what came since. Ages are
counted to the day of publication, or while writing to the newest day that the content itself names.

`evidence new` leaves the month open, since no program can know when somebody looked; an empty line is told as well.

In an article that names no `page_type` this is a warning while writing; on the public site (`make publish`) it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.anatomy import page_type, weight
from evidence.model import Case, Document, Hit, Place, Rule, Severity

_PAGE = """\
---
title: Drips
description: What one trial found.
date: 2026-11-24
cta: none
{}---

## Key messages

- Prochlorperazine eased pain more than placebo in one trial of 80 people [@smith2020#relief].

## Harms

Our sources do not name any.

## Other options

Ask what else there is.

## What we do not know

We do not know what the trial left out [@smith2020].

## Questions to ask

- What is in the bag?
"""
BAD = (
    _PAGE.format(""),
    _PAGE.format("evidence_to: 2023-01\n"),
    _PAGE.format("evidence_to: last summer\n"),
    _PAGE.format("evidence_to:\n"),
)
GOOD = (_PAGE.format("evidence_to: 2026-08\n"), _PAGE.format("evidence_to: 2025-01\n"))
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-\d\d)?")
_EFFECTS = frozenset({"efficacy", "safety", "comparison", "timing", "population"})


def gather(case: Case) -> tuple[str, Place] | Hit | None:
    """What a document says, and where; or what is wrong where it says nothing."""
    (document,) = case.documents
    field = document.meta.get("evidence_to")
    words = field.value.strip() if field else ""
    place = field.place if field else Place(document.path)
    if words:
        return words, place
    if field and "evidence_to" in page_type(document, case.anatomy).fields and not document.faults:
        what = "evidence_to is empty: nobody has said up to which month studies were looked for"
        fix = "look for studies, and write that month, such as 2026-08"
        return Hit(place, what, fix, severity=weight("EV610", document, case))
    if not _is_needed(document, case):
        return None
    what = "the article claims effects, and does not say up to when evidence was looked for"
    return Hit(place, what, "add a line such as evidence_to: 2026-08", severity=weight("EV610", document, case))


def check(case: Case) -> Iterator[Hit]:
    now = case.today
    for _, found in case.gathered.get("EV610", ()):
        if found is None:
            continue
        if isinstance(found, Hit):
            yield found
            continue
        words, place = found
        month = _MONTH.fullmatch(words)
        if not month:
            yield Hit(place, f'"{words[:40]}" is no month', "write it as 2026-08")
        elif now:
            months = (int(now[:4]) - int(month[1])) * 12 + int(now[5:7]) - int(month[2])
            limit = case.policy.evidence_within
            if months > limit:
                what = f"evidence was looked for up to {words}, {months} months before {now[:7]}"
                yield Hit(place, what, f"look again; after {limit} months it is too old")
            elif months < 0:
                yield Hit(place, f"evidence_to {words} lies in the future of {now[:7]}", "correct the month")


def _is_needed(document: Document, case: Case) -> bool:
    if "evidence_to" not in page_type(document, case.anatomy).fields:
        return False
    effects = {
        finding.effect for one in case.supported if one.document.path == document.path for _, finding in one.findings
    }
    return bool(effects - {"background"}) or any(
        claim.place.path == document.path and claim.kind in _EFFECTS for claim in case.claims
    )


RULE = Rule("EV610", "evidence-date", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page", gather=gather)
