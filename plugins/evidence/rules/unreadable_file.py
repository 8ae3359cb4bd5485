"""A Markdown file cannot be read, in whole or in part: its encoding, its front matter, its date.

The site generator skips such a file with a line in its log and publishes the rest, so that a page silently vanishes.
Here nothing is published until the file is mended. A file in which a merge left its marks counts as one that cannot be read, since two
versions of a sentence stand in it and nobody has chosen.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "---\ntitle: IV fluids\ndate: 2026-02-30\n---\n\nWater is wet [@smith2020].\n",
    "---\ndate: 2026-11-24\n---\n\nThis article has no title [@smith2020].\n",
)
GOOD = (
    "---\ntitle: Fluids: what is known\ndate: 2026-11-24\n---\n\nWater is wet [@smith2020].\n",
    "---\ntitle: 'Migraine'\ndate: 2026-11-24 09:30\ntags:\n- fluids\n---\n\nWater is wet [@smith2020].\n",
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for fault in document.faults:
            yield Hit(fault.place, fault.what, fault.fix)


RULE = Rule("EV001", "unreadable-file", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
