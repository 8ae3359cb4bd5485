"""An article has no description, or one that is too long.

The description is what people see in lists, search results and feeds before they choose to read. One or two plain sentences, at
most 200 characters, say what the page is about; what it claims, a cited sentence of the article must say too (EV101).

In an article that names no `page_type` this is a warning while writing; on the public site (`make publish`) it is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.anatomy import page_type, weight
from evidence.model import Case, Hit, Place, Rule, Severity

_PAGE = """\
---
title: Drips
date: 2026-11-24
evidence_to: 2026-08
cta: none
page_type: emergency
description: {}
---

## Key messages

- Pain fell by 4.5 points in one trial [@smith2020].

## What we do not know

We do not know what the trial left out [@smith2020].

## Questions to ask

- What is in the bag?
"""
BAD = (_PAGE.format(""), _PAGE.format("What this page is about. " * 9))
GOOD = (_PAGE.format("What one trial found."), _PAGE.format("What is in the bag, and what to ask."))
LONGEST = 200


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        field = document.meta.get("description")
        words = field.value.strip() if field else ""
        if not words and "description" in page_type(document, case.anatomy).fields and not document.faults:
            place = field.place if field else Place(document.path)
            fix = "add a line description: with one or two plain sentences"
            yield Hit(place, "the article has no description", fix, severity=weight("EV609", document, case))
        elif field and len(words) > LONGEST:
            yield Hit(field.place, f"the description has {len(words)} characters", f"keep it to {LONGEST}")


RULE = Rule("EV609", "page-description", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page")
