"""The ways from a reference to the source itself: DOI, PMID, PMCID and address, http and https only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from evidence.identifiers import clean_doi, clean_isbn, clean_pmcid, clean_pmid, doi_url, safe_url
from evidence.model import Segment, Source

_ARXIV = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)", re.IGNORECASE)


def links(source: Source) -> Iterator[list[Segment]]:
    """One sentence per way. What is malformed is left out: rule EV303 tells of it."""
    isbn = clean_isbn(source.value("isbn"))
    if isbn:
        yield [Segment(f"ISBN: {isbn}")]
    doi = clean_doi(source.value("doi"))
    if doi:
        yield [Segment("doi: "), Segment(doi, href=doi_url(doi))]
    pmid = clean_pmid(source.value("pmid"))
    if pmid:
        yield [Segment("PMID: "), Segment(pmid, href=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/")]
    pmcid = clean_pmcid(source.value("pmcid"))
    if pmcid:
        yield [Segment("PMCID: "), Segment(pmcid, href=f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/")]
    arxiv = _ARXIV.fullmatch(source.value("eprint")) if source.value("eprinttype").lower() == "arxiv" else None
    if arxiv:
        address = "https://arxiv.org/abs/" + quote(arxiv[1], safe="/.")
        yield [Segment("arXiv: "), Segment(arxiv[1], href=address)]
    url = safe_url(source.value("url")) or safe_url(source.value("howpublished"))
    if url and not _said_already(url, doi, pmid, arxiv[1] if arxiv else None):
        yield [Segment("Available from: "), Segment(url, href=url)]


def address(source: Source) -> str:
    """Where it can be read: the first of its ways that leads anywhere; empty if none does."""
    return next((part.href for way in links(source) for part in way if part.href), "")


def _said_already(url: str, doi: str | None, pmid: str | None, arxiv: str | None) -> bool:
    """True for an address that is only another spelling of an identifier given before."""
    at = url.lower().split("://", 1)[1].rstrip("/")
    if doi and "doi.org/" in at:
        return True
    if pmid and re.search(rf"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/{pmid}$", at):
        return True
    return arxiv is not None and at == f"arxiv.org/abs/{arxiv.lower()}"
