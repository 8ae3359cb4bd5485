"""An article asks for a call to action that does not exist.

The front matter's `cta` names a table of `content/ctas.toml`, or `none`. Wording and addresses come from there and
from the settings, never from the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "---\ntitle: Drips\ndate: 2026-11-24\ncta: consultatoin\n---\n\nPain fell in one trial [@smith2020].\n",
    "---\ntitle: Drips\ndate: 2026-11-24\ncta: Book now\n---\n\nPain fell in one trial [@smith2020].\n",
)
GOOD = (
    "---\ntitle: Drips\ndate: 2026-11-24\ncta: consultation\n---\n\nPain fell in one trial [@smith2020].\n",
    "---\ntitle: Drips\ndate: 2026-11-24\ncta: none\n---\n\nPain fell in one trial [@smith2020].\n",
)


def check(case: Case) -> Iterator[Hit]:
    known = sorted({*case.offers, "none"})
    for document in case.documents:
        chosen = document.meta.get("cta")
        if chosen and chosen.value and chosen.value not in known:
            near = get_close_matches(chosen.value, known, 1)
            fix = f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(known)}"
            what = f'there is no call to action "{chosen.value}"'
            yield Hit(chosen.place, what, fix, replacements=tuple(near))


RULE = Rule("EV601", "unknown-offer", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
