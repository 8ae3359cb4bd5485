"""A page asks for a template that the theme does not have.

The front matter's `template` names a file of `theme/templates/`, without its ending. Leave the line out unless the page
needs a layout of its own: articles and pages have theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "---\ntitle: Drips\ndate: 2026-11-24\ntemplate: artcle\n---\n\nPain fell in one trial [@smith2020].\n",
    "---\ntitle: Drips\ndate: 2026-11-24\ntemplate: ../secret\n---\n\nPain fell in one trial [@smith2020].\n",
)
GOOD = (
    "---\ntitle: Drips\ndate: 2026-11-24\ntemplate: article\n---\n\nPain fell in one trial [@smith2020].\n",
    "---\ntitle: Drips\ndate: 2026-11-24\n---\n\nPain fell in one trial [@smith2020].\n",
)


def check(case: Case) -> Iterator[Hit]:
    known = sorted(case.templates)
    for document in case.documents:
        chosen = document.meta.get("template")
        if known and chosen and chosen.value and chosen.value not in known:
            near = get_close_matches(chosen.value, known, 1)
            fix = f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(known)}, or delete the line"
            yield Hit(chosen.place, f'the theme has no template "{chosen.value}"', fix)


RULE = Rule("EV602", "unknown-template", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
