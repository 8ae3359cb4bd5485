"""Prose stands in raw HTML, where claims and citations cannot be seen.

What stands inside `<div>`, `<p>`, `<table>` and other HTML blocks is published as it is, without being read as
Markdown: a claim in it would be checked by nobody. Write it as Markdown. If the box itself is needed, open it with
`<div markdown="1">`, and its inside is read like everything else.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "<div>Drips end an attack in minutes.</div>\n",
    "<table><tr><td>Magnesium</td><td>9 in 10 felt better</td></tr></table>\n",
)
GOOD = (
    '<div markdown="1">\n\nPain fell by 4.5 points in one trial [@smith2020].\n\n</div>\n',
    "<!-- a note to other editors -->\n\nPain fell by 4.5 points in one trial [@smith2020].\n",
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for place, words in document.hidden:
            what = f'"{words}" stands in raw HTML, where claims cannot be checked'
            yield Hit(place, what, 'write it as Markdown, or open the box with <div markdown="1">')


RULE = Rule("EV102", "unseen-prose", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
