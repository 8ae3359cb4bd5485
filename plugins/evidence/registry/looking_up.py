"""What a person typed or pasted → an identifier → the work, for a new entry."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from evidence.identifiers import clean_doi, clean_isbn, clean_pmcid, clean_pmid
from evidence.registry import arxiv, crossref, datacite, openlibrary, pubmed
from evidence.registry.client import Client, Trouble
from evidence.registry.works import Work
from evidence.standing import clean_arxiv

Identifier = tuple[str, str]
"""Kind (`doi`, `pmid`, `pmcid`, `isbn`, `arxiv`) and clean value."""
_PUBMED = re.compile(
    r"^(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed|europepmc\.org/article/med)/(\d+)", re.I
)
_PMC = re.compile(
    r"^(?:pmc\.ncbi\.nlm\.nih\.gov/articles|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles|europepmc\.org/articles?(?:/pmc)?)/(PMC\d+)",
    re.I,
)
_ARXIV = re.compile(r"^(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/(.+?)(?:\.pdf)?/?$", re.I)
_DOI_IN_PATH = re.compile(r"/(10\.\d{4,9}/.+?)(?:/(?:full|pdf|epdf|abstract|html|meta|summary|references))?/?$", re.I)


def identify(text: str) -> Identifier | None:
    """The identifier in `10.1000/x`, `PMID: 123`, `PMC123`, `ISBN …`, `arXiv:2101.00001`, or in an address of one."""
    value = text.strip()
    if re.match(r"https?://", value, re.I):
        return _in_address(value)
    kinds = (
        ("doi", clean_doi),
        ("arxiv", clean_arxiv),
        ("isbn", clean_isbn),
        ("pmcid", _pmcid),
        ("pmid", clean_pmid),
    )
    return next(((kind, found) for kind, clean in kinds if (found := clean(value))), None)


def _pmcid(text: str) -> str | None:
    return clean_pmcid(text) if re.match(r"(?:PMCID:?\s*)?PMC", text, re.I) else None


def _in_address(address: str) -> Identifier | None:
    parts = urlsplit(address)
    path = f"{parts.hostname or ''}{unquote(parts.path)}"
    for kind, pattern in (("pmid", _PUBMED), ("pmcid", _PMC), ("arxiv", _ARXIV)):
        if found := pattern.match(path):
            value = clean_arxiv(found[1]) if kind == "arxiv" else found[1]
            return (kind, value.upper() if kind == "pmcid" else value) if value else None
    if (parts.hostname or "").lower() in ("doi.org", "dx.doi.org", "www.doi.org"):
        doi = clean_doi(unquote(parts.path).lstrip("/"))
    else:
        inside = _DOI_IN_PATH.search(unquote(parts.path))
        doi = clean_doi(inside[1]) if inside else None
    return ("doi", doi) if doi else None


def look_up(client: Client, identifier: Identifier) -> Work | None:
    """The work; None if the services know for certain, or as far as they can, that they have none. Raises Trouble."""
    kind, value = identifier
    if kind == "doi":
        work = crossref.by_doi(client, value) or datacite.by_doi(client, value)
        return _with_pubmed(client, work) if work else None
    if kind == "pmid":
        return pubmed.by_pmid(client, value)
    if kind == "pmcid":
        return _by_pmcid(client, value)
    if kind == "isbn":
        return openlibrary.by_isbn(client, value) or crossref.by_isbn(client, value)
    return arxiv.by_id(client, value)


def _by_pmcid(client: Client, pmcid: str) -> Work | None:
    ids = pubmed.converted(client, pmcid)
    if ids.get("pmid"):
        work = pubmed.by_pmid(client, ids["pmid"])
    else:
        work = look_up(client, ("doi", ids["doi"])) if ids.get("doi") else None
    return replace(work, fields={**work.fields, "pmcid": pmcid}, ids={**work.ids, "pmcid": pmcid}) if work else None


def _with_pubmed(client: Client, work: Work) -> Work:
    """The work with its PMID, kinds and marks from PubMed, if PubMed has it; it is no trouble if it cannot be asked."""
    try:
        found = pubmed.by_doi(client, work.id)
    except Trouble:
        return work
    if found is None:
        return work
    more = {kind: value for kind, value in found.ids.items() if kind in ("pmid", "pmcid")}
    return replace(
        work,
        ids={**work.ids, **more},
        fields={**work.fields, **more},
        marks=(*work.marks, *found.marks),
        kinds=found.kinds,
    )
