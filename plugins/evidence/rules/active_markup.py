"""Something in the text would act in the reader's browser: a script, a form, a handler, an address that is script.

What is pasted from another page may bring a script, a frame or a `javascript:` link along. It could follow readers about, or
show them words that nobody has checked. Delete it; a link leads to `https:`, `mailto:` or `tel:`, or to a page of the site.
The reason of an exemption may name such a thing, since it stands on no page.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.active import active_in
from evidence.exemptions import in_reason
from evidence.model import Case, Hit, Place, Rule, Severity

BAD = (
    "Pain fell in one trial [@smith2020]. [More](javascript:show())\n",
    '<script src="https://example.org/a.js"></script>\n\nPain fell in one trial [@smith2020].\n',
)
GOOD = (
    "Pain fell in one trial [@smith2020]. [More](https://example.org/)\n",
    "Drips ease pain. <!-- allow EV101: the form asks, with <script>, what they were told -->\n",
    "In backticks, `<script>` is a word.\n",
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        above = document.text.count("\n") - document.body.count("\n")
        for start, end, name in active_in(document.body):
            line = document.body.count("\n", 0, start) + 1
            column = start - document.body.rfind("\n", 0, start)
            place = Place(document.path, above + line, column, above + line, column + min(end - start, 80))
            if in_reason(document, place):
                continue
            what = f'"{" ".join(name.split())[:40]}" would act in the reader\'s browser'
            yield Hit(place, what, "delete it; a link leads to https:, mailto: or tel:, or to a page of the site")


RULE = Rule("EV104", "active-markup", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
