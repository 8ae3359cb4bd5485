"""An article lacks a part that readers need: key messages, a fact box, harms, other options, what is not known, questions, sources.

An article that tells what a drip does and not what else there is, or what it may do wrong, is half a truth. Each part is known
by the words of its heading, and must have something below it; sources are listed by themselves once a sentence cites one, and a fact
box (EV642) is known by the comment before it. What
a page needs depends on its type (`page_type`: the first of `anatomy.toml`, unless the front matter names another, such as
`emergency`). Headings and types are in `plugins/evidence/anatomy/anatomy.toml`; a file `content/anatomy.toml` takes its place.

In an article that names no `page_type` this is a warning while writing; on the public site (`make publish`) it is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from evidence.anatomy import page_type, parts_of, role_of, type_name, weight
from evidence.facts import BOX
from evidence.marks import marked
from evidence.model import Case, Document, Hit, Place, Rule, Severity
from evidence.targets import cited

_HEAD = "---\ntitle: Drips\ndescription: About drips.\ndate: 2026-11-24\nevidence_to: 2026-08\ncta: none\n---\n\n"
WHOLE = """\
## Key messages

- Pain fell by 4.5 points in one trial [@smith2020].

## What was found

<!-- fact box: no reliable numbers -->

One trial cannot tell [@smith2020].

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
    _HEAD + WHOLE.replace("## Harms\n\nOur sources do not name any.\n\n", ""),
    _HEAD + WHOLE.replace("Ask what else there is.\n\n", ""),
    _HEAD + WHOLE.replace("<!-- fact box: no reliable numbers -->\n\n", ""),
    _HEAD.replace("cta: none", "cta: none\npage_type: tretment") + WHOLE,
)
GOOD = (
    _HEAD + WHOLE,
    _HEAD.replace("cta: none", "cta: none\npage_type: emergency")
    + WHOLE.replace("## Harms\n\nOur sources do not name any.\n\n", ""),
)
_NAMES = {
    "key-messages": "key messages",
    "harms": "part on harms",
    "options": "part on other options",
    "unknown": "part on what is not known",
    "questions": "questions to ask",
}

_HEADINGS = {"unknown": "What we do not know"}
"""Headings that say more than the words by which a part is known."""


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        named = document.meta.get("page_type")
        if named and case.anatomy.types and named.value not in case.anatomy.types:
            near = get_close_matches(named.value, list(case.anatomy.types), 1)
            fix = f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(case.anatomy.types)}"
            yield Hit(named.place, f'there is no page type "{named.value}"', fix, replacements=tuple(near))
        elif not document.faults:
            yield from _missing(document, case)


def _missing(document: Document, case: Case) -> Iterator[Hit]:
    parts = parts_of(document, case.anatomy)
    top, name = _top(document), type_name(document, case.anatomy)
    for role in page_type(document, case.anatomy).needs:
        own = [part for part in parts if part.role == role]
        what = _NAMES.get(role, role)
        if role == "sources":
            if not any(cited(document)):
                fix = "cite what its sentences rest on, as [@key]"
                yield Hit(top, "the article has no source", fix, severity=weight("EV605", document, case))
        elif role == "fact-box":
            if not any(marked(document, BOX)):
                told = f"the article has no fact box (page type {name})"
                fix = "put one where the numbers are: <!-- fact box --> before a title and a table, or <!-- fact box: no reliable numbers -->"
                yield Hit(top, told, fix, severity=weight("EV605", document, case))
        elif not own:
            heading = _HEADINGS.get(role) if role_of(_HEADINGS.get(role, ""), case.anatomy.headings) == role else None
            heading = heading or case.anatomy.headings[role][0].capitalize()
            told, fix = f"the article has no {what} (page type {name})", f'add a heading "## {heading}" with its text'
            yield Hit(top, told, fix, severity=weight("EV605", document, case))
        elif not any(part.blocks for part in own):
            yield Hit(own[0].place, f'nothing stands below "{own[0].words}"', "write it, or delete the heading")


def _top(document: Document) -> Place:
    title = document.meta.get("title")
    return title.place if title else Place(document.path)


RULE = Rule("EV605", "missing-part", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page")
