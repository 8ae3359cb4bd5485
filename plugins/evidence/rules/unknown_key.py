"""A citation names a key that is not in the bibliography.

Keys are compared exactly: `[@Smith2020]` is not `[@smith2020]`. Correct the key, or add the source to
`references.bib`. If the `@` was not meant as a citation (a handle, say), write `\\@`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidence.library import nearest_keys
from evidence.model import Case, Hit, Library, Mode, Place, Rule, Severity
from evidence.targets import cited, respelt, target, with_finding

BAD = (
    "Pain fell in one trial [@smiht2020].\n",
    "@Smith2020 found no difference.\n",
)
GOOD = (
    "Pain fell in one trial [@smith2020].\n",
    "Write to us at \\@example, or to info@example.org, about the trial [@smith2020].\n",
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for found in cited(document):
            wanted = target(found.citation.key, case.library)
            if wanted.source is None:
                hit = _hit(wanted.key, found.place, case.library, found.citation.mode)
                near = nearest_keys(wanted.key, case.library)[:2]
                yield replace(hit, replacements=respelt(found, [with_finding(key, wanted.finding) for key in near]))
        for key, place in document.nocite:
            if key != "*" and target(key, case.library).source is None:
                yield _hit(key, place, case.library, Mode.NORMAL)


def _hit(key: str, place: Place, library: Library, mode: Mode) -> Hit:
    where = " or ".join(library.paths) or "the bibliography"
    if not library.sources:
        return Hit(place, f'no source "{key}": {where} has no entries at all', "check that the file is the right one")
    near = nearest_keys(key, library)
    if near:
        fix = "did you mean " + " or ".join(f'"{name}"' for name in near[:2]) + "?"
    elif mode is Mode.NARRATIVE:
        fix = f"add the source, or write \\@{key} if it is not a citation"
    else:
        fix = "correct the key, or add the source"
    return Hit(place, f'no source "{key}" in {where}', fix, key=key)


RULE = Rule("EV201", "unknown-key", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
