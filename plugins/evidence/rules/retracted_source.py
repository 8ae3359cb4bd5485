"""A source was retracted.

Its findings no longer stand, and a reader must not act on them. Cite another source, and look again at every sentence that
rested on this one. To cite it *as* retracted, write why into its note: `retracted_ok = "shown as an example of …"`; the
report then keeps a note of it. A work that was reinstated, or retracted and replaced, is not meant here, nor is a Cochrane
review withdrawn because it is out of date. `references.lock.json` says who told so; `evidence sources verify` asks anew. Where it is known
from elsewhere, begin the title of the entry with "RETRACTED: ", as publishers do.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.comparing import says_retracted
from evidence.model import Case, Hit, Lock, MarkKind, Rule, Severity, Source
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
        reason = source.note.retracted_ok.strip() if source.note else ""
        for what in _told(source, case.library.lock, reason):
            if reason:
                fix = "nothing, as long as the text says that it was retracted"
                yield Hit(source.key_place, f"{what}; cited all the same: {reason}", fix, key, severity=Severity.NOTE)
            else:
                fix = f'cite another source, or write retracted_ok = "why" in {case.policy.notes}/{key}.toml'
                yield Hit(source.key_place, what, fix, key)


def _told(source: Source, lock: Lock | None, reason: str) -> Iterator[str]:
    """That it was retracted, and who says so: the services that were asked, or else the title, or the note by a reason."""
    known = [one for one in marks(source, lock) if one.mark.kind is MarkKind.RETRACTED]
    for one in known:
        since = f" on {one.mark.date}" if one.mark.date else ""
        yield f'"{source.key}" was retracted{since} ({TITLES.get(one.service, one.service)}, {one.checked})'
    if not known and says_retracted(source.value("title")):
        yield f'the title of "{source.key}" says that it was retracted'
    elif not known and reason:
        yield f'the note of "{source.key}" says that it was retracted, and nobody who was asked does'


RULE = Rule("EV305", "retracted-source", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "lock")
