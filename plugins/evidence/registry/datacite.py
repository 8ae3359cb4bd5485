"""DataCite's REST API (`/dois/{doi}`), and doi.org itself, which knows every DOI there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from evidence.model import Mark, MarkKind, Name
from evidence.registry.client import Client, Page, Trouble
from evidence.registry.works import Work, title_marks

NAME = "datacite"
HANDLES = "doi.org"
_SUPERSEDED = ("IsObsoletedBy", "IsPreviousVersionOf")


def by_doi(client: Client, doi: str) -> Work | None:
    """The work with this DOI; None if DataCite does not hold it, which says nothing of the DOI. Raises Trouble."""
    return client.ask(NAME, f"/dois/{quote(doi, safe='')}", read, accept="application/vnd.api+json, application/json")


def exists(client: Client, doi: str) -> bool:
    """Whether any agency registered the DOI. Raises Trouble."""
    return client.ask(HANDLES, f"/api/handles/{quote(doi, safe='/')}", _read_handle)


def _read_handle(page: Page) -> bool:
    """Response codes of the handle system: 1 found, 100 no such handle, 200 a handle without such values."""
    code = page.json()["responseCode"]
    if code not in (1, 100, 200):
        raise Trouble(f"doi.org answers with code {code}")
    return bool(code != 100)


def read(page: Page) -> Work | None:
    """The work in an answer."""
    if page.missing():
        return None
    attributes = page.json()["data"]["attributes"]
    doi = str(attributes["doi"]).lower()
    titles = [str(one.get("title", "")) for one in attributes["titles"] if not one.get("titleType")]
    title = (titles or [""])[0]
    year = str(attributes.get("publicationYear") or "")
    publisher = attributes.get("publisher") or ""
    name = publisher.get("name", "") if isinstance(publisher, dict) else str(publisher)
    fields = {"publisher": name, "doi": doi, "url": str(attributes.get("url") or "")}
    return Work(
        service=NAME,
        id=doi,
        title=title,
        authors=tuple(_name(one) for one in attributes.get("creators") or []),
        years=(year,) if year else (),
        ids={"doi": doi},
        marks=(*_marks(attributes), *title_marks(title, doi)),
        type="online" if fields["url"] else "misc",
        fields={key: value for key, value in fields.items() if value},
    )


def _name(creator: Mapping[str, Any]) -> Name:
    if creator.get("familyName"):
        return Name(str(creator["familyName"]), str(creator.get("givenName", "")))
    family, comma, given = str(creator.get("name", "")).partition(", ")
    person = comma and creator.get("nameType") != "Organizational"
    return Name(family, given) if person else Name(str(creator.get("name", "")), body=True)


def _marks(attributes: Mapping[str, Any]) -> Iterator[Mark]:
    for related in attributes.get("relatedIdentifiers") or []:
        if related.get("relationType") in _SUPERSEDED:
            yield Mark(MarkKind.SUPERSEDED, notice=str(related.get("relatedIdentifier", "")).lower())
