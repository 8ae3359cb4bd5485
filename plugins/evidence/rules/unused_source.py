"""A source is cited nowhere.

It may be left over from a sentence that was deleted, or the citation that should name it may be misspelt. Cite it, list it with
`nocite` in an article's front matter, or delete the entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity
from evidence.targets import cited, target

BAD = (
    "Pain fell in one trial [@smith2020].\n",
    "Nothing was found. <!-- allow EV101: a sample -->\n",
)
GOOD = (
    "These are trials [@smith2020; @jones2019fluid; @lee2021; @smith2021].\n",
    "---\ntitle: T\ndate: 2026-11-24\nnocite: '@*'\n---\n\nPain fell in one trial [@smith2020].\n",
)


def check(case: Case) -> Iterator[Hit]:
    used = {target(found.citation.key, case.library).key for document in case.documents for found in cited(document)}
    listed = {key for document in case.documents for key, _ in document.nocite}
    if "*" in listed:
        return
    parents = set(_parents(case))
    for key, source in case.library.sources.items():
        if key not in used and key not in listed and key not in parents:
            yield Hit(source.key_place, f'"{key}" is cited nowhere', "cite it, or delete the entry", key=key)


def _parents(case: Case) -> Iterator[str]:
    """The entries that others inherit from or belong to."""
    for source in case.library.sources.values():
        for name in ("crossref", "xref", "entryset", "related"):
            yield from (key.strip() for key in source.value(name).split(","))


RULE = Rule("EV306", "unused-source", Severity.WARNING, "site", check, __doc__, BAD, GOOD, "site")
