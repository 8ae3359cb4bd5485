"""The Retraction Watch data: one CSV file, from a path or an address, looked up by DOI and PMID."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence.model import Answer, AnswerState, Mark, MarkKind
from evidence.registry.client import Client, Page, Trouble
from evidence.registry.works import is_cochrane, is_newer_version

NAME = "retraction-watch"
_NEEDED = (
    "RetractionDate",
    "RetractionDOI",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
)
_NATURES = {
    "retraction": MarkKind.RETRACTED,
    "expression of concern": MarkKind.CONCERN,
    "correction": MarkKind.CORRECTED,
    "reinstatement": MarkKind.REINSTATED,
}
_LIMIT = 500_000_000
_OUT_OF_DATE = re.compile(r"withdraw|out of date|outdated|update", re.I)
_GRAVE = re.compile(r"misconduct|fals|fabricat|plagiar|unreliable|error|ethic|concern|duplicat|paper mill", re.I)


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices of the file by what they are about: `doi:10.…` or `pmid:…`; `day` is that of the newest one."""

    by_work: Mapping[str, tuple[Mark, ...]]
    day: str

    def about(self, ids: Mapping[str, str], entry: str, today: str) -> Answer:
        """What the file says of a work with these identifiers."""
        keys = [f"{kind}:{value.lower()}" for kind, value in sorted(ids.items())]
        marks = {mark for key in keys for mark in self.by_work.get(key, ())}
        id = ids.get("doi") or ids.get("pmid") or ""
        state = AnswerState.FOUND if marks else AnswerState.UNKNOWN
        return Answer(NAME, today, entry, state, id, marks=tuple(sorted(marks)), data=self.day)


def load(client: Client, where: str, root: Path) -> Notices:
    """The notices in the file at a path (relative to the project) or an address. Raises Trouble."""
    if "://" in where:
        return client.ask(
            NAME, where, lambda page: parse(_csv(page), client.day), accept="text/csv, */*", limit=_LIMIT
        )
    try:
        return parse((root / where).read_text(encoding="utf-8-sig", errors="replace"), client.day)
    except OSError as error:
        raise Trouble(f'the file "{where}" cannot be read: {error.strerror or error}') from error


def _csv(page: Page) -> str:
    if page.missing():
        raise Trouble("there is no file at its address (HTTP 404)")
    return page.text()


def parse(text: str, today: str) -> Notices:
    """The notices in the file's text; its day is that of its newest notice up to today. A file that is cut off, or is another file, is Trouble."""
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(rows, [])
        if any(name not in head for name in _NEEDED):
            raise Trouble("it is no Retraction Watch file (its columns have other names)")
        return _notices(head, rows, today)
    except csv.Error as error:
        raise Trouble(f"the file cannot be read, or is only half there ({error})") from error


def _notices(head: list[str], rows: Iterable[list[str]], today: str) -> Notices:
    place = {name: head.index(name) for name in _NEEDED}
    width = len([name for name in head if name])
    found: dict[str, list[Mark]] = {}
    newest = ""
    for number, row in enumerate(rows, 2):
        if not row:
            continue
        if len(row) < width:
            raise Trouble(f"row {number} of the file is cut off; fetch the file again")
        one = {name: row[index].strip() for name, index in place.items()}
        mark = _mark(one)
        newest = max(newest, mark.date) if mark.date <= today else newest
        if re.match(r"10\.", one["OriginalPaperDOI"]):
            found.setdefault(f"doi:{one['OriginalPaperDOI'].lower()}", []).append(mark)
        if re.fullmatch(r"[1-9]\d*", one["OriginalPaperPubMedID"]):
            found.setdefault(f"pmid:{one['OriginalPaperPubMedID']}", []).append(mark)
    if not newest:
        raise Trouble("the file holds no notices")
    return Notices({key: tuple(marks) for key, marks in found.items()}, newest)


def _mark(row: Mapping[str, str]) -> Mark:
    """A nature that is not known is told as a concern, so that somebody looks."""
    kind = _NATURES.get(row["RetractionNature"].lower(), MarkKind.CONCERN)
    reason, doi, notice = row["Reason"], row["OriginalPaperDOI"], row["RetractionDOI"].lower()
    if kind is MarkKind.RETRACTED:
        if re.search(r"retract(?:ed|ion)? and (?:replace|republi)", reason, re.I):
            kind = MarkKind.REPLACED
        elif is_cochrane(doi) and (
            is_newer_version(doi, notice) or (_OUT_OF_DATE.search(reason) and not _GRAVE.search(reason))
        ):
            kind = MarkKind.SUPERSEDED
    return Mark(kind, _day(row["RetractionDate"]), notice if notice.startswith("10.") else "")


def _day(text: str) -> str:
    """`11/20/2026 0:00` or `2026-11-20` → `2026-11-20`; empty if it is neither."""
    american = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if american:
        return f"{american[3]}-{int(american[1]):02}-{int(american[2]):02}"
    return text[:10] if re.match(r"\d{4}-\d{2}-\d{2}", text) else ""
