"""Identifiers of works: what a well-formed one looks like, and the address it leads to. None means malformed."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"\\^`{|}\x00-\x1f\x7f]+$")
_PMID = re.compile(r"[1-9]\d{0,7}$")
_PMCID = re.compile(r"(?:PMC)?([1-9]\d{0,8})(?:\.\d+)?$", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def clean_doi(text: str) -> str | None:
    """`10.prefix/suffix` (DOI Handbook, 2.2), from a bare DOI, `doi:` or an address of doi.org."""
    doi = _DOI_PREFIX.sub("", text.strip())
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
    digits = re.sub(r"[\s‐-―-]", "", re.sub(r"^ISBN:?\s*", "", text.strip(), flags=re.IGNORECASE)).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - place) * _digit(char) for place, char in enumerate(digits))
        return digits if total % 11 == 0 else None
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum((3 if place % 2 else 1) * int(char) for place, char in enumerate(digits))
        return digits if total % 10 == 0 else None
    return None


def clean_issn(text: str) -> str | None:
    """An ISSN, `1234-567X`, whose check digit holds (ISO 3297: modulo 11)."""
    digits = re.sub(r"[\s‐-―-]", "", text.strip()).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits):
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
