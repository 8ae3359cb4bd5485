"""A citation points at a finding that the source's note does not have.

`[@jones2019fluid#pain-60min]` rests on the finding with the id `pain-60min` in `content/sources/jones2019fluid.toml`.
Correct the id, or record the finding there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from evidence.model import Case, Hit, Rule, Severity
from evidence.targets import cited, respelt, target, with_finding

BAD = (
    "Pain fell in one trial [@jones2019fluid#pain-60].\n",
    "Pain fell in one trial [@smith2020#pain-60min].\n",
)
GOOD = (
    "Fluids made no difference to pain in one trial [@jones2019fluid#pain-60min].\n",
    "Fluids made no difference to pain in one trial [@jones2019fluid].\n",
)

_ODD_HYPHEN = re.compile(r"[\u2010-\u2015\u2212](?=\w)")


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for found in cited(document):
            wanted = target(found.citation.key, case.library)
            if wanted.source is None or wanted.finding is None:
                continue
            note = wanted.source.note
            known = [finding.id for finding in note.findings] if note else []
            if wanted.finding in known:
                continue
            path = note.place.path if note else f"{case.policy.notes}/{wanted.key}.toml"
            near = get_close_matches(wanted.finding, known, 1)
            fix = f'did you mean "{wanted.key}#{near[0]}"?' if near else f"record it in {path}"
            if _ODD_HYPHEN.match(found.block.text, found.citation.end):
                odd = found.block.text[found.citation.end]
                fix = f'the "{odd}" behind it is a special hyphen from a word processor; type a plain "-"'
            what = f'no finding "{wanted.finding}" in {path}'
            better = respelt(found, [with_finding(wanted.key, one) for one in near])
            yield Hit(found.place, what, fix, key=wanted.key, replacements=better)


RULE = Rule("EV204", "unknown-finding", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
