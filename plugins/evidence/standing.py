"""What the lock says of a source: whether it is the work the entry means, and whether that still stands. Pure.

Three things are never confused: a mark was found; none was found in the data of a day; it could not be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.comparing import same_name, same_title, same_year, unmarked
from evidence.identifiers import clean_doi, clean_isbn, clean_pmcid, clean_pmid
from evidence.lock import entry_hash
from evidence.model import (
    Answer,
    AnswerState,
    Document,
    Library,
    Lock,
    Mark,
    MarkKind,
    Name,
    Policy,
    Record,
    Source,
)

TITLES = {
    "crossref": "Crossref",
    "datacite": "DataCite",
    "doi.org": "doi.org",
    "pubmed": "PubMed",
    "pmc": "PubMed Central",
    "openlibrary": "Open Library",
    "arxiv": "arXiv",
    "retraction-watch": "Retraction Watch",
}
"""The services by the names the lock gives them."""
NEEDED = {
    "doi": ("crossref", "datacite", "doi.org"),
    "pmid": ("pubmed",),
    "pmcid": ("pmc", "pubmed", "crossref"),
    "isbn": ("openlibrary",),
    "arxiv": ("arxiv",),
}
"""For each kind of identifier the services of which one must have answered."""
NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN", "arxiv": "arXiv id"}
_ARXIV = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)


def clean_arxiv(text: str) -> str | None:
    """An arXiv id without its version: `2101.00001`, or `math/0309136` from before 2007."""
    found = _ARXIV.fullmatch(text.strip())
    return found[1].lower() if found else None


def identifiers(source: Source) -> dict[str, str]:
    """The well-formed identifiers of the work itself, by kind, as far as look-ups need them.

    A PMCID is asked only if there is neither DOI nor PMID, an ISBN only if there is nothing else (a chapter has the
    ISBN of its book), an arXiv id only without a DOI.
    """
    clean = {"doi": clean_doi, "pmid": clean_pmid, "pmcid": clean_pmcid}
    found = {kind: value for kind, how in clean.items() if (value := how(source.value(kind)))}
    if "doi" in found or "pmid" in found:
        found.pop("pmcid", None)
    arxiv = clean_arxiv(source.value("eprint")) if source.value("eprinttype").lower() == "arxiv" else None
    if arxiv and "doi" not in found:
        found["arxiv"] = arxiv
    isbn = clean_isbn(source.value("isbn").split(",")[0])
    if isbn and not found and source.type in ("book", "mvbook", "collection", "proceedings", "manual", "misc"):
        found["isbn"] = isbn
    return found


def _own(source: Source, record: Record) -> Iterator[Answer]:
    """Answers about what the entry names now: unchanged since, or asked for by an identifier it still has."""
    ids = {value.lower() for value in identifiers(source).values()}
    current = entry_hash(source)
    for _, answer in sorted(record.answers.items()):
        if answer.entry == current or answer.id.lower() in ids:
            yield answer


# ------------------------------------------------------------------------------------------------- marks


@dataclass(frozen=True, slots=True)
class Told:
    """A mark and who told it."""

    mark: Mark
    service: str
    checked: str


_ORDER = list(MarkKind)


def marks(source: Source, lock: Lock | None) -> tuple[Told, ...]:
    """The marks that hold, worst first, each kind once. A later reinstatement lifts a retraction."""
    record = lock.records.get(source.key) if lock else None
    told = [
        Told(mark, one.service, one.checked) for one in (_own(source, record) if record else ()) for mark in one.marks
    ]
    kinds: dict[MarkKind, Told] = {}
    for one in sorted(told, key=lambda one: (_ORDER.index(one.mark.kind), -_number(one.mark.date), one.service)):
        kinds.setdefault(one.mark.kind, one)
    lifted, fallen = kinds.get(MarkKind.REINSTATED), kinds.get(MarkKind.RETRACTED)
    if lifted and fallen and lifted.mark.date >= fallen.mark.date:
        del kinds[MarkKind.RETRACTED]
    if MarkKind.REPLACED in kinds:
        kinds.pop(MarkKind.RETRACTED, None)
    return tuple(kinds.values())


def _number(day: str) -> int:
    return int(day.replace("-", "") or 0)


# ----------------------------------------------------------------------------------------------- identity


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something by which a service's work differs from the entry. `grave`: it is another work, or none at all."""

    what: str
    fix: str
    grave: bool


def doubts(source: Source, lock: Lock | None) -> tuple[Doubt, ...]:
    """How the works found differ from the entry, gravest first, each thing once."""
    record = lock.records.get(source.key) if lock else None
    found = list(_own(source, record)) if record else []
    every = [doubt for answer in found for doubt in _doubts(source, answer)]
    return tuple(sorted(dict.fromkeys(every), key=lambda doubt: not doubt.grave))


def _doubts(source: Source, answer: Answer) -> Iterator[Doubt]:
    where = TITLES.get(answer.service, answer.service)
    ids = identifiers(source)
    asked = next((NAMES[kind] for kind, value in ids.items() if value.lower() == answer.id.lower()), "identifier")
    if answer.state is AnswerState.ABSENT:
        what = f'the {asked} {answer.id} of "{source.key}" does not exist ({where}, {answer.checked})'
        yield Doubt(what, "look the work up; a source that cannot be found must not be cited", True)
    if answer.state is not AnswerState.FOUND:
        return
    if source.value("title") and answer.title and not _same_title(source, answer.title):
        what = f'the {asked} of "{source.key}" leads to another work: {_beside(source.value("title"), answer.title, where)}'
        yield Doubt(what, "correct the entry, or look the work up again", True)
        return
    yield from _crossed(source, answer, where)
    first = _first(source)
    if first and answer.author and not same_name(first, answer.author):
        what = f'the first author of "{source.key}" differs: {_beside(first.family, answer.author, where)}'
        yield Doubt(what, "correct the entry", False)
    if not same_year(source.value("year"), answer.years):
        what = f'the year of "{source.key}" differs: {_beside(source.value("year"), ", ".join(answer.years), where)}'
        yield Doubt(what, "correct the entry", False)


def _beside(ours: str, theirs: str, where: str) -> str:
    return f'"{unmarked(ours)}" here, "{unmarked(theirs)}" at {where}'


def _same_title(source: Source, title: str) -> bool:
    own, subtitle = source.value("title"), source.value("subtitle")
    return same_title(own, title) or (bool(subtitle) and same_title(f"{own}: {subtitle}", title))


def _crossed(source: Source, answer: Answer, where: str) -> Iterator[Doubt]:
    """A DOI, PMID and PMCID of one entry must be of one work."""
    clean = {"doi": clean_doi, "pmid": clean_pmid, "pmcid": clean_pmcid}
    for kind, how in clean.items():
        ours, theirs = how(source.value(kind)), answer.ids.get(kind, "")
        if ours and theirs and ours.lower() != theirs.lower() and answer.id.lower() != ours.lower():
            what = (
                f'the identifiers of "{source.key}" are of two works: {NAMES[kind]} {ours} here, {theirs} at {where}'
            )
            yield Doubt(what, f"correct the {NAMES[kind]}, or delete it", True)


def _first(source: Source) -> Name | None:
    names = source.creators.get("author") or source.creators.get("editor") or ()
    return names[0] if names and not names[0].body and names[0] != Name("others") else None


# -------------------------------------------------------------------------------------------------- gaps


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a source does not count as verified: `never`, `failed`, `changed`."""

    kind: str
    why: str = ""


def gap(source: Source, lock: Lock | None) -> Gap | None:
    """What is missing for the source to be verified as it stands now; None if nothing is, or nothing could be."""
    wanted = identifiers(source)
    record = lock.records.get(source.key) if lock else None
    for kind in wanted:
        answers = [one for name in NEEDED[kind] if record and (one := record.answers.get(name))]
        if any(one.entry == entry_hash(source) for one in answers):
            continue
        failed = [two for name in NEEDED[kind] if record and (two := record.failures.get(name))]
        if answers and not failed:
            return Gap("changed", max(one.checked for one in answers))
        if failed:
            return Gap("failed", f"{TITLES.get(failed[0].service, failed[0].service)}: {failed[0].why}")
        return Gap("never")
    return None


def checked(source: Source, lock: Lock | None) -> str:
    """The day since when nothing was asked again: the oldest of the latest answers that count; empty if there is none."""
    record = lock.records.get(source.key) if lock else None
    days = [
        max(one.checked for one in answers)
        for kind in identifiers(source)
        if record and (answers := [one for name in NEEDED[kind] if (one := record.answers.get(name))])
    ]
    return min(days, default="")


def written(document: Document) -> str:
    """The newest day that the front matter of a document names; empty if it names none."""
    return _newest(meta.value[:10] for name in ("date", "modified") if (meta := document.meta.get(name)))


def asked(library: Library) -> str:
    """The newest day since when nothing was asked again about a source; empty if there is none."""
    return _newest(checked(source, library.lock) for source in library.sources.values()) if library.lock else ""


def today(policy: Policy, days: Iterable[str]) -> str:
    """The day that ages are counted to: the setting, or the newest day in the articles and in the lock. No clock."""
    return policy.today or _newest(days)


def _newest(days: Iterable[str]) -> str:
    return max((day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)), default="")


def status(source: Source, lock: Lock | None) -> str:
    """One word or two for lists and reports: the worst that is known."""
    found = marks(source, lock)
    if found and found[0].mark.kind is MarkKind.RETRACTED:
        return MarkKind.RETRACTED.value
    if any(doubt.grave for doubt in doubts(source, lock)) and not (source.note and source.note.record_ok):
        return "another work, or none"
    told = next((one.mark.kind.value for one in found), "")
    if told:
        return told
    if not identifiers(source):
        return "not checkable"
    missing = gap(source, lock)
    if missing:
        return "changed since verified" if missing.kind == "changed" else "not verified"
    record = lock.records.get(source.key) if lock else None
    unknown = record and all(one.state is AnswerState.UNKNOWN for one in _own(source, record))
    return "not checkable" if unknown else "no mark found"
