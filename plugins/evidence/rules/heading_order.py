"""Headings skip a level, begin too high, or are empty.

People who hear a page jump from heading to heading, and a level that is missing sounds like a part that is. The page's title is
its only heading of the first level, so the text begins with `##`, and `###` stands only below a `##`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.anatomy import parts_of
from evidence.model import Case, Hit, Rule, Severity

_TEXT = "Pain fell by 4.5 points in one trial [@smith2020].\n"
BAD = (f"# Pain\n\n{_TEXT}", f"## Pain\n\n#### After an hour\n\n{_TEXT}", f"### Pain\n\n{_TEXT}")
GOOD = (f"## Pain\n\n### After an hour\n\n{_TEXT}\n## Sleep\n\nNobody asked.\n", _TEXT)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        before = 1
        for part in parts_of(document, case.anatomy):
            if part.level == 1 and document.kind != "loose":
                yield Hit(
                    part.place,
                    f'"{part.words[:40]}" is a heading of the first level',
                    "begin it with ##; the title is the first",
                )
            elif part.level > before + 1 and not (before == 1 and document.kind == "loose"):
                what = f'"{part.words[:40]}" has {part.level} hashes, and the heading before it {before if before > 1 else "none"}'
                yield Hit(part.place, what, f"begin it with {'#' * (before + 1)}")
            before = max(part.level, 1)


RULE = Rule("EV612", "heading-order", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
