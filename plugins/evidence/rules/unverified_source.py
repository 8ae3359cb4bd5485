"""A source was not verified, its entry was changed since, or the verification is too old.

A reference that looks right may not exist, or its DOI may lead to another work: the mark of an invented source. So each
source that has a DOI, PMID, PMCID, ISBN or arXiv id is looked up by `evidence sources verify`, which writes
`references.lock.json`; builds read that file and never the network. On the public site (`make publish`) this is an error.
Another title than the one in the entry, two identifiers of two works, or an identifier that does not exist, are always an
error; if the entry is right all the same, write why into the source's note: `record_ok = "…"`. Another first author or
year is a warning. Sources without an identifier cannot be looked up, and are not meant here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evidence.model import Case, Hit, Place, Rule, Severity, Source
from evidence.standing import Gap, checked, doubts, gap, identifiers

_LOCK = """\
{{"schema": "evidence-lock/1", "sources": {{"lee2020": {{"answers": {{"crossref": {{
  "checked": "{}", "entry": "e6653859af603daa", "state": "found", "id": "10.1000/fluids",
  "title": "{}", "author": "Lee", "years": ["2020"]}}}}, "failures": {{}}}}}}}}
"""
BAD = (
    _LOCK.format("2026-11-20", "Sleep in adolescent mice"),
    _LOCK.format("2025-11-20", "Fluids for migraine"),
    '{"schema": "evidence-lock/1", "sources": {}}\n',
)
GOOD = (
    _LOCK.format("2026-11-20", "Fluids for migraine"),
    _LOCK.format("2026-11-20", "FLUIDS FOR MIGRAINE: a &lt;i&gt;trial&lt;/i&gt;"),
)
_AGAIN = "run `.venv/bin/evidence sources verify`"
_MANY = 3
"""The most sources with the same gap that are told one by one."""


def check(case: Case) -> Iterator[Hit]:
    checkable = [source for source in case.library.sources.values() if identifiers(source)]
    start = Place((case.library.paths or case.policy.bibliography)[0])
    if case.library.lock is None:
        if checkable:
            many = _named([source.key for source in checkable])
            what = f"{many} never verified: there is no {case.policy.lock}"
            yield Hit(start, what, _AGAIN)
        return
    yield from _gaps(checkable, case, start)
    for source in case.library.sources.values():
        yield from _doubts(source, case)
    yield from _age(checkable, case, start)


def _gaps(sources: list[Source], case: Case, start: Place) -> Iterator[Hit]:
    """One hit for each source, or one for all where many lack the same: a service that was down is one thing to mend."""
    alike: dict[Gap, list[Source]] = {}
    for source in sources:
        if found := gap(source, case.library.lock):
            alike.setdefault(found, []).append(source)
    for found, lacking in alike.items():
        if len(lacking) > _MANY:
            yield Hit(start, _told(found, _named([source.key for source in lacking])), _AGAIN)
        else:
            for source in lacking:
                yield Hit(source.key_place, _told(found, f'"{source.key}" was'), _AGAIN, key=source.key)


def _named(keys: list[str]) -> str:
    """How many sources they are, with the first keys: `"a" was`, `5 sources ("a", "b", "c" and 2 more) were`."""
    if len(keys) == 1:
        return f'"{keys[0]}" was'
    shown = ", ".join(f'"{key}"' for key in keys[:_MANY])
    more = f" and {len(keys) - _MANY} more" if len(keys) > _MANY else ""
    return f"{len(keys)} sources ({shown}{more}) were"


def _told(found: Gap, who: str) -> str:
    return {
        "never": f"{who} never verified",
        "changed": f"{who} changed since the verification of {found.why}",
        "failed": f"{who} asked about without an answer ({found.why})",
    }[found.kind]


def _doubts(source: Source, case: Case) -> Iterator[Hit]:
    reason = source.note.record_ok.strip() if source.note else ""
    for doubt in doubts(source, case.library.lock):
        severity = Severity.ERROR if doubt.grave else Severity.WARNING
        if reason:
            what = f"{doubt.what}; kept all the same: {reason}"
            yield Hit(source.key_place, what, "nothing", source.key, severity=Severity.NOTE)
        else:
            yield Hit(source.key_place, doubt.what, doubt.fix, source.key, severity=severity)


def _age(sources: list[Source], case: Case, start: Place) -> Iterator[Hit]:
    """One hit for all that are too old: they age together. A day far ahead of what the settings give as today, which would keep
    a source from ageing, is told too; without it, the newest day in the files is today."""
    now = case.today
    days = [(day, source.key) for source in sources if (day := checked(source, case.library.lock))]
    old = sorted((day, key) for day, key in days if now and _days(day, now) > case.policy.verified_within)
    if old:
        many = _named([key for _, key in old])
        what = f"{many} last verified on {old[0][0]}, more than {case.policy.verified_within} days before {now}"
        yield Hit(start, what, _AGAIN)
    ahead = sorted((day, key) for day, key in days if now and _days(day, now) < -case.policy.verified_within)
    if ahead:
        many = _named([key for _, key in ahead])
        yield Hit(start, f"{many} verified on {ahead[-1][0]}, long after today ({now})", _AGAIN)


def _days(one: str, other: str) -> int:
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        return 0


RULE = Rule("EV307", "unverified-source", Severity.WARNING, "library", check, __doc__, BAD, GOOD, "lock")
