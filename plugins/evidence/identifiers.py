"""Identifiers of works: what a well-formed one looks like, and the address it leads to. None means malformed."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_DOI_WORD = re.compile(r"doi:?\s*", re.IGNORECASE)
# `<`, `>` and `;` stand in many old ones (SICI); a mark at the end, or a printer's dash, comes from copying a sentence
_DOI = re.compile(
    r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"\\^`{|}\x00-\x1f\x7f-\xa0\u00ad\u200b-\u206f\ufeff]*[^\s.,;:\"\\^`{|}\x00-\x1f\x7f-\xa0\u00ad\u200b-\u206f\ufeff]"
)
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_PMCID = re.compile(r"(?:PMC)?([1-9][0-9]{0,8})(?:\.[0-9]+)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def clean_doi(text: str) -> str | None:
    """`10.prefix/suffix` (DOI Handbook, 2.2), from a bare DOI, `doi:` or an address of doi.org."""
    doi = text.strip()
    address = _DOI_ADDRESS.match(doi)
    doi = unquote(doi[address.end() :]) if address else _DOI_WORD.sub("", doi, count=1) if doi[:1] in "dD" else doi
    return doi if _DOI.fullmatch(doi) else None


def doi_url(doi: str) -> str:
    """The address a clean DOI resolves at."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")


def clean_pmid(text: str) -> str | None:
    """A PubMed id: one to eight digits."""
    value = re.sub(r"^(?:PMID:?\s*)", "", text.strip(), flags=re.IGNORECASE)
    return value if _PMID.fullmatch(value) else None


def clean_pmcid(text: str) -> str | None:
    """A PubMed Central id, `PMC` and digits."""
    found = _PMCID.fullmatch(re.sub(r"^PMCID:?\s*", "", text.strip(), flags=re.IGNORECASE))
    return f"PMC{found[1]}" if found else None


def clean_isbn(text: str) -> str | None:
    """An ISBN without hyphens whose check digit holds (ISO 2108: modulo 11 for ten digits, modulo 10 for thirteen)."""
    digits = re.sub(r"[\s‐-―-]", "", re.sub(r"^ISBN(?:-1[03])?:?\s*", "", text.strip(), flags=re.IGNORECASE)).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        total = sum((10 - place) * _digit(char) for place, char in enumerate(digits))
        return digits if total % 11 == 0 else None
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        total = sum((3 if place % 2 else 1) * int(char) for place, char in enumerate(digits))
        return digits if total % 10 == 0 else None
    return None


def clean_issn(text: str) -> str | None:
    """An ISSN, `1234-567X`, whose check digit holds (ISO 3297: modulo 11)."""
    digits = re.sub(r"[\s‐-―-]", "", re.sub(r"^e?ISSN:?\s*", "", text.strip(), flags=re.IGNORECASE)).upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        return None
    total = sum((8 - place) * _digit(char) for place, char in enumerate(digits))
    return f"{digits[:4]}-{digits[4:]}" if total % 11 == 0 else None


def _digit(char: str) -> int:
    return 10 if char == "X" else int(char)


def safe_url(text: str) -> str | None:
    """An http or https address with a host and nothing hidden in it: no spaces, quotes, controls or user names."""
    url = text.strip()
    if _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    fine = parts.scheme in ("http", "https") and host and "@" not in parts.netloc and re.search(r"[^.]", host)
    return url if fine else None
