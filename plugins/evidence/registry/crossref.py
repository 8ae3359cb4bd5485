"""Crossref's REST API: `/works/{doi}`, and `/works?filter=isbn:…` for books."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from evidence.model import Mark, MarkKind, Name
from evidence.registry.client import Client, Page, Trouble
from evidence.registry.works import Work, is_cochrane, settled, title_marks

NAME = "crossref"
_UPDATES = {
    "retraction": MarkKind.RETRACTED,
    "removal": MarkKind.RETRACTED,
    "withdrawal": MarkKind.RETRACTED,
    "reinstatement": MarkKind.REINSTATED,
    "partial_retraction": MarkKind.CONCERN,
    "expression_of_concern": MarkKind.CONCERN,
    "new_version": MarkKind.SUPERSEDED,
    "new_edition": MarkKind.SUPERSEDED,
}
"""Crossmark's types of updates; all others (correction, erratum, corrigendum, clarification …) correct a work."""
_TYPES = {
    "journal-article": "article",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "incollection",
    "reference-entry": "incollection",
    "proceedings-article": "inproceedings",
    "report": "techreport",
    "dissertation": "phdthesis",
    "posted-content": "online",
}


def by_doi(client: Client, doi: str) -> Work | None:
    """The work with this DOI; None if Crossref does not hold it, which says nothing of the DOI. Raises Trouble."""
    return client.ask(NAME, f"/works/{quote(doi, safe='')}?mailto={quote(client.contact)}", read)


def by_isbn(client: Client, isbn: str) -> Work | None:
    """A book that Crossref has under this ISBN."""
    address = f"/works?filter=isbn:{isbn},type:book&rows=1&mailto={quote(client.contact)}"
    return client.ask(NAME, address, _first)


def _first(page: Page) -> Work | None:
    items = page.json()["message"]["items"]
    return work(items[0]) if items else None


def read(page: Page) -> Work | None:
    """The work in an answer."""
    if page.missing():
        return None
    data = page.json()
    if data.get("status") != "ok" or not data["message"].get("DOI"):
        raise Trouble("the answer is not of the service's form")
    return work(data["message"])


def work(message: Mapping[str, Any]) -> Work:
    """One work as Crossref describes it."""
    title = ": ".join(part for part in (_one(message, "title"), _one(message, "subtitle")) if part)
    doi = str(message["DOI"]).lower()
    years = {str(found) for name in _DATES if (found := _year(message.get(name)))}
    kind = _TYPES.get(str(message.get("type")), "misc")
    people = message.get("author") or (message.get("editor") if kind == "book" else None) or []
    return Work(
        service=NAME,
        id=doi,
        title=title,
        authors=tuple(name for one in people if (name := _name(one)).family),
        years=tuple(sorted(years)),
        ids={"doi": doi},
        marks=settled(tuple(_marks(message, title, doi)), title, doi),
        type=kind,
        fields=_fields(message, kind, doi),
    )


_DATES = ("issued", "published", "published-print", "published-online")


def _one(message: Mapping[str, Any], name: str) -> str:
    values = message.get(name) or [""]
    return str(values[0] if isinstance(values, list) else values)


def _year(date: Any) -> int | None:
    parts = (date or {}).get("date-parts") or [[None]]
    return int(parts[0][0]) if parts[0] and parts[0][0] else None


def _name(person: Mapping[str, Any]) -> Name:
    if person.get("name"):
        return Name(str(person["name"]), body=True)
    return Name(str(person.get("family", "")), str(person.get("given", "")), suffix=str(person.get("suffix", "")))


def _marks(message: Mapping[str, Any], title: str, doi: str) -> Iterator[Mark]:
    """Notices about this work. `update-to` is on a notice and about another work, unless it names this very DOI."""
    about = [one for one in message.get("update-to") or [] if str(one.get("DOI", "")).lower() == doi]
    for update in [*(message.get("updated-by") or []), *about]:
        kind = re.sub(r"[\s-]+", "_", str(update.get("type", "")).lower())
        parts = ((update.get("updated") or {}).get("date-parts") or [[]])[0]
        day = "-".join(f"{int(part):02}" for part in parts if part)
        yield Mark(_kind(kind, str(update.get("label", "")), doi), day, str(update.get("DOI", "")).lower())
    for related in (message.get("relation") or {}).get("is-replaced-by", []):
        yield Mark(MarkKind.SUPERSEDED, notice=str(related.get("id", "")).lower())
    if not message.get("update-to") or about:
        yield from title_marks(title, doi)


def _kind(kind: str, label: str, doi: str) -> MarkKind:
    if "replace" in f"{kind} {label.lower()}" or "republi" in f"{kind} {label.lower()}":
        return MarkKind.REPLACED
    if kind == "withdrawal" and is_cochrane(doi):
        return MarkKind.SUPERSEDED
    return _UPDATES.get(kind, MarkKind.RETRACTED if kind.startswith("retract") else MarkKind.CORRECTED)


def _fields(message: Mapping[str, Any], kind: str, doi: str) -> dict[str, str]:
    container = _one(message, "container-title")
    place = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(kind)
    pages = re.sub(r"\s*[-–—]+\s*", "--", str(message.get("page", "")))
    found = {
        place or "": container,
        "volume": str(message.get("volume", "")),
        "number": str(message.get("issue", "")),
        "pages": pages or str(message.get("article-number", "")),
        "publisher": "" if kind == "article" else str(message.get("publisher", "")),
        "address": "" if kind == "article" else str(message.get("publisher-location", "")),
        "edition": str(message.get("edition-number", "")),
        "doi": doi,
        "isbn": _one(message, "ISBN") if kind == "book" else "",
        "url": f"https://doi.org/{quote(doi, safe='/:;()._-')}" if kind == "online" else "",
    }
    return {name: value for name, value in found.items() if name and value}
