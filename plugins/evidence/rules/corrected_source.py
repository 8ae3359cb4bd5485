"""A source was corrected, replaced, or its publisher is concerned about it.

An erratum may change the very figure a sentence rests on; a work that was retracted and replaced stands in a new version;
an expression of concern means that somebody is looking into it. Read the notice, check the sentences that cite the source,
and cite the corrected version where there is one. `references.lock.json` says who told so, and where the notice is.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, MarkKind, Rule, Severity
from evidence.standing import TITLES, marks

_LOCK = """\
{{"schema": "evidence-lock/1", "sources": {{"lee2020": {{"answers": {{"pubmed": {{
  "checked": "2026-11-20", "entry": "e6653859af603daa", "state": "found", "id": "10.1000/fluids",
  "marks": [{{"kind": "{}", "date": "2021-05-01", "notice": "10.1000/notice"}}]}}}}, "failures": {{}}}}}}}}
"""
BAD = (_LOCK.format("expression of concern"), _LOCK.format("corrected"), _LOCK.format("retracted and replaced"))
GOOD = (_LOCK.format("superseded"), _LOCK.format("reinstated"))
_WORDS = {
    MarkKind.CONCERN: ("is under an expression of concern", "read the notice; cite another source if you can"),
    MarkKind.CORRECTED: ("was corrected", "check what the text takes from it against the notice"),
    MarkKind.REPLACED: ("was retracted and replaced", "check the text against the version that replaces it"),
}


def check(case: Case) -> Iterator[Hit]:
    for key, source in case.library.sources.items():
        for told in marks(source, case.library.lock):
            if told.mark.kind in _WORDS:
                words, fix = _WORDS[told.mark.kind]
                since = f" on {told.mark.date}" if told.mark.date else ""
                notice = f": {told.mark.notice}" if told.mark.notice else ""
                where = f"{TITLES.get(told.service, told.service)}, {told.checked}{notice}"
                yield Hit(source.key_place, f'"{key}" {words}{since} ({where})', fix, key)


RULE = Rule("EV308", "corrected-source", Severity.WARNING, "library", check, __doc__, BAD, GOOD, "lock")
