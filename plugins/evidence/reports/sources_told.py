"""The sources in a comparison, in words: which are new, what is recorded otherwise of the others, and what a claim rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.model import Change, ChangeKind, Claim, Finding, NewSource, Report, Source, SourceChange
from evidence.references.people import label
from evidence.reports.differences import by_claim
from evidence.reports.totals import counted
from evidence.standing import status

DECIDED = (ChangeKind.UNCITED, ChangeKind.ADDED, ChangeKind.REPLACED, ChangeKind.CHANGED, ChangeKind.SOURCE)
"""What happened to a claim so that it must be held against its sources again."""
MOST = 4
"""How many findings of a source are shown below one claim."""


def about(one: NewSource, report: Report) -> str:
    """Author, year, title, design, standing and use of a new source."""
    source = one.source
    note = source.note
    design = note.design if note and note.design else "no design recorded"
    people = f", {note.participants:,} people" if note and note.participants else ""
    cited = f"cited by {counted(len(one.claims), 'claim')}" if one.claims else "cited by no claim"
    title = source.value("title") or "no title"
    return f"{label(source)}: {title}; {design}{people}; {standing(source, report)}; {cited}"


def standing(source: Source, report: Report) -> str:
    """Whether it was verified, and what that found."""
    found = status(source, report.library.lock)
    return f"verified, {found}" if found == "no mark found" else found


def findings_of(source: Source) -> Iterator[str]:
    """Its findings, or that none is recorded."""
    found = source.note.findings if source.note else ()
    yield from (finding_told(one) for one in found)
    if not found:
        yield "no finding is recorded"


def finding_told(one: Finding) -> str:
    """A finding in one line."""
    return f"{one.id} ({one.effect}): {one.statement}"


def named(one: SourceChange) -> str:
    """The source, or the finding, as an author cites it."""
    return f"{one.key}#{one.finding}" if one.finding else one.key


def resting(one: SourceChange) -> str:
    """How many claims rest on it."""
    verb = "rests" if len(one.claims) == 1 else "rest"
    return f"{counted(len(one.claims), 'claim')} {verb} on it" if one.claims else "no claim rests on it"


@dataclass(frozen=True, slots=True)
class Rest:
    """One source below a claim: its key, and what it found in words."""

    key: str
    finding: str
    words: str


def rests_of(report: Report) -> dict[Claim, tuple[Rest, ...]]:
    """By claim of now what it cites, with the findings it rests on."""
    return {
        one.claim: tuple(rest for each in one.rests for rest in _rests(each.source, each.findings))
        for one in report.supported
    }


def _rests(source: Source, findings: Sequence[Finding]) -> Iterator[Rest]:
    if not findings:
        known = len(source.note.findings) if source.note else 0
        yield Rest(
            source.key,
            "",
            "none of its findings is on what the sentence names" if known else "no finding is recorded",
        )
    yield from (Rest(source.key, one.id, f"({one.effect}) {one.statement}") for one in findings[:MOST])
    if len(findings) > MOST:
        yield Rest(source.key, "", f"and {counted(len(findings) - MOST, 'more finding')}")


def claims_to_read(report: Report) -> dict[Change, tuple[Rest, ...]]:
    """By change what the claim rests on now, where that must be read again; claims told with their sources are left out."""
    known = rests_of(report)
    listed = report.changes.all if report.changes else ()
    return {one: known.get(one.after, ()) for one in listed if one.after and one.kind in DECIDED and not one.told}


def lapses(report: Report) -> dict[Claim, str]:
    """By claim that lost a sign-off, whose it was, in words; for claims that are told with their sources."""
    return {claim: f"lost the sign-off by {one.lapsed}" for claim, one in by_claim(report).items() if one.lapsed}
