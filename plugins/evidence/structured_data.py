"""schema.org data about a page for machines: what it is about, when it changed, what it cites. No ratings.

`reviewedBy` and `lastReviewed` stand there only for a page of which every claim is signed, and `lastReviewed` is the day of the
oldest of these signatures: since then every claim has been read as it stands, while a newer day would be true of some only.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from evidence.model import Reference

_POLICIES = (
    ("publishingPrinciples", "methods"),
    ("correctionsPolicy", "corrections"),
    ("ownershipFundingInfo", "about"),
)


def json_ld(
    *,
    kind: str,
    url: str,
    site_url: str,
    title: str,
    description: str,
    lang: str,
    published: str | None,
    modified: str | None,
    publisher: str,
    references: Sequence[Reference],
    slugs: Collection[str] = (),
    reviewers: Sequence[tuple[str, str]] = (),
    reviewed_on: str = "",
    trail: Sequence[tuple[str, str]] = (),
    image: str = "",
) -> str:
    """A JSON-LD graph, escaped so that no text in it can close the script element it stands in.

    `image` is the address of the page's card. `trail` is the way from the home page to this one, as names and addresses, the page itself not among them. `reviewers` are names with credentials; without them nothing is said of a review. `slugs` are those of the site's pages: a policy is named only if there is a page to read it on.
    """
    page: dict[str, Any] = {
        "@type": "MedicalWebPage" if kind == "article" else "WebPage",
        "@id": f"{url}#page",
        "url": url,
        "name": title,
        "inLanguage": lang,
        "description": description,
        "datePublished": published,
        "dateModified": modified or published,
        "publisher": {"@id": f"{site_url}/#publisher"},
        "citation": [_work(url, reference) for reference in references],
    }
    if kind == "article":
        page |= {"headline": title, "author": page["publisher"], "image": image}
        page["about"] = {"@type": "MedicalCondition", "name": "Migraine"}
        page["medicalAudience"] = {"@type": "MedicalAudience", "audienceType": "Patient"}
    if kind == "article" and reviewers and reviewed_on:
        page["reviewedBy"] = [
            {"@type": "Person", "name": name, "honorificSuffix": credentials} for name, credentials in reviewers
        ]
        page["lastReviewed"] = reviewed_on
    organisation = {
        "@type": "Organization",
        "@id": f"{site_url}/#publisher",
        "name": publisher,
        "url": f"{site_url}/",
    }
    for field, slug in _POLICIES:
        if slug not in slugs:
            continue
        organisation[field] = f"{site_url}/{slug}/"
    crumbs = [_breadcrumbs(url, [*trail, (title, url)])] if trail else []
    graph = {"@context": "https://schema.org", "@graph": [_filled(page), organisation, *crumbs]}
    return escaped(json.dumps(graph, ensure_ascii=False))


def _breadcrumbs(url: str, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def escaped(text: str) -> str:
    """JSON with the characters that mean something to an HTML parser, or end a line in JavaScript, as escapes."""
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


_THE_WORK = (
    "https://doi.org/",
    "https://pubmed.ncbi.nlm.nih.gov/",
    "https://pmc.ncbi.nlm.nih.gov/",
    "https://arxiv.org/",
)
"""Addresses made of an identifier are of the work and no other. Another one may be of a summary that somebody else wrote."""
_TYPES = {"article": "ScholarlyArticle", "book": "Book", "incollection": "Chapter", "inbook": "Chapter"}


def _work(url: str, reference: Reference) -> dict[str, Any]:
    source = reference.source
    if source is None:
        return {"@type": "CreativeWork", "name": reference.label}
    same = [part.href for part in reference.segments if part.href and part.href.startswith(_THE_WORK)]
    return _filled(
        {
            "@type": _TYPES.get(source.type, "CreativeWork"),
            "@id": f"{url}#{reference.id}",
            "name": source.value("title"),
            "author": [
                {"@type": "Organization" if name.body else "Person", "name": f"{name.given} {name.family}".strip()}
                for name in source.creators.get("author", ())
                if name.family != "others"
            ],
            "datePublished": source.value("year"),
            "sameAs": same[0] if same else None,
        }
    )
