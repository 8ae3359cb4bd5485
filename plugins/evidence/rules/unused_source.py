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


def gather(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that a document cites, and those that it lists."""
    (document,) = case.documents
    used = (target(found.citation.key, case.library).key for found in cited(document))
    return tuple(dict.fromkeys(used)), tuple(key for key, _ in document.nocite)


def check(case: Case) -> Iterator[Hit]:
    gathered = case.gathered.get("EV306", ())
    listed = {key for _, (_, keys) in gathered for key in keys}
    if "*" in listed:
        return
    used = listed.union(*(keys for _, (keys, _) in gathered))
    for key, place in case.outline.loose:
        if key not in used:
            yield Hit(place, f'"{key}" is cited nowhere', "cite it, or delete the entry", key=key)


RULE = Rule("EV306", "unused-source", Severity.WARNING, "site", check, __doc__, BAD, GOOD, "site", gather=gather)
