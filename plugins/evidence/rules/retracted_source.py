"""A source was retracted.

Its findings no longer stand, and a reader must not act on them. Cite another source, and look again at every sentence that
rested on this one. To cite it *as* retracted, write why into its note: `retracted_ok = "shown as an example of …"`; the
report then keeps a note of it. A work that was reinstated, or retracted and replaced, is not meant here, nor is a Cochrane
review withdrawn because it is out of date. `references.lock.json` says who told so; `evidence sources verify` asks anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, MarkKind, Rule, Severity
from evidence.standing import TITLES, marks

_LOCK = """\
{{"schema": "evidence-lock/1", "sources": {{"lee2020": {{"answers": {{"{}": {{
  "checked": "2026-11-20", "entry": "e6653859af603daa", "state": "found", "id": "10.1000/fluids",
  "marks": [{{"kind": "{}", "date": "2021-05-01"}}]}}}}, "failures": {{}}}}}}}}
"""
BAD = (_LOCK.format("crossref", "retracted"), _LOCK.format("retraction-watch", "retracted"))
GOOD = (_LOCK.format("pubmed", "retracted and replaced"), _LOCK.format("crossref", "corrected"))


def check(case: Case) -> Iterator[Hit]:
    for key, source in case.library.sources.items():
        for told in marks(source, case.library.lock):
            if told.mark.kind is not MarkKind.RETRACTED:
                continue
            since = f" on {told.mark.date}" if told.mark.date else ""
            what = f'"{key}" was retracted{since} ({TITLES.get(told.service, told.service)}, {told.checked})'
            reason = source.note.retracted_ok.strip() if source.note else ""
            if reason:
                fix = "nothing, as long as the text says that it was retracted"
                yield Hit(source.key_place, f"{what}; cited all the same: {reason}", fix, key, severity=Severity.NOTE)
            else:
                fix = f'cite another source, or write retracted_ok = "why" in {case.policy.notes}/{key}.toml'
                yield Hit(source.key_place, what, fix, key)


RULE = Rule("EV305", "retracted-source", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "lock")
