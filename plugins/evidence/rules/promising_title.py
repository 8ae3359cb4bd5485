"""A title is too long, or promises an outcome.

Titles stand alone in lists, in search results and in shared links, where nobody sees the sources. So a title is a question or a
topic ("IV fluids for migraine: what is known") and not a result; and it has at most 70 characters, since more are cut off. What
counts as a promise is in `anatomy.toml`; a denial ("no benefit found") is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from evidence.model import Case, Hit, Rule, Said, Severity
from evidence.wording import Entry, found
from evidence.wording.patterns import compiled

_PAGE = "---\ntitle: {}\ndate: 2026-11-24\ncta: none\n---\n\nPain fell by 4.5 points in one trial [@smith2020].\n"
BAD = (
    _PAGE.format("Drips for faster relief"),
    _PAGE.format("What is known, and what is not known so far, about drips for people who have migraine"),
)
GOOD = (_PAGE.format("Drips for migraine: what is known"), _PAGE.format("Do drips help?"))
LONGEST = 70


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        title = document.meta.get("title")
        if title and len(title.value) > LONGEST:
            what = f"the title has {len(title.value)} characters"
            yield Hit(title.place, what, f"keep it to {LONGEST}; more are cut off in lists and search results")
        if title and document.kind == "article" and case.anatomy.promises:
            said = Said(title.value, "title", title.place)
            for place, words in found(_entry(case.anatomy.promises), said):
                yield Hit(place, f'the title promises: "{words}"', "make it a question or a topic")


@cache
def _entry(promises: tuple[str, ...]) -> Entry:
    """The promises, looked for like the words of the lexicon, so that a denial or a question is none."""
    return Entry("EV608", "promising-title", Severity.ERROR, "", "", "", compiled(promises), (), ())


RULE = Rule("EV608", "promising-title", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "page")
