"""What the settings and `anatomy.toml` ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.model.places import Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """What the settings ask for. Paths are relative to the project root, with `/`."""

    bibliography: tuple[str, ...] = ("references.bib",)
    notes: str = "content/sources"
    content: str = "content"
    articles: tuple[str, ...] = ("articles",)
    pages: tuple[str, ...] = ("pages",)
    cta: str = "consultation"
    claims: str = "detect"
    """What needs a citation: sentences that are detected as claims, or `every-sentence`."""
    language: str = "en"
    """The language of documents that name none."""
    fail_on: Severity = Severity.ERROR
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity by rule code; None switches a rule off."""
    lock: str = "references.lock.json"
    verified_within: int = 90
    """Days after which a verification is too old."""
    max_age: Mapping[str, int] = field(default_factory=lambda: {"guideline": 15, "position statement": 15})
    """Years after which a source of a design is too old."""
    today: str = ""
    """The day of the run where ages are counted to, as `2026-11-25`; else the newest day the content itself names."""
    contact: str = ""
    """The e-mail address that is given to the services asked."""
    retractions: str = ""
    """A Retraction Watch file: a path or an address."""
    wording: tuple[str, ...] = ()
    """The site's own files of words to avoid."""
    evidence_within: int = 24
    """Months after which the evidence of an article is too old."""
    services: Mapping[str, str] = field(default_factory=dict)
    """Addresses of services that differ from the usual ones, by the service's name."""
    sign_off: str = "warn"
    """What a claim without a valid sign-off is: `off`, `warn` or `required`."""
    sign_off_kinds: Mapping[str, str] = field(default_factory=dict)
    """The same for kinds of claims that differ."""
    author: str = ""
    """Who wrote the articles that name nobody."""
    baseline: str = ""
    """The file of problems that the site had when it adopted the gate; empty for none."""


@dataclass(frozen=True, slots=True)
class PageType:
    """What an article of one type must have: parts by role, fields of the front matter, and whether an offer may follow it."""

    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    offer: bool = True
    orders: bool = False
    """Whether its key messages may tell readers what to do, as those on emergencies must."""
    card: bool = False
    """Whether an article of this type gives the emergency card its words."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What pages are made of: `anatomy.toml`. Nothing is asked for where a mapping is empty.

    `headings` are the words by which a part is known, by role; `types` by name, the first for articles that name none.
    `promises` are patterns a title may not hold. An offer's text must hold one pattern of each of `offer_says` (by what it
    is to say); none of its words may hold one of `offer_never` (by what that is). `no_offer_on` are slugs and templates.
    """

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    types: Mapping[str, PageType] = field(default_factory=dict)
    promises: tuple[str, ...] = ()
    offer_says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offer_never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_offer_on: tuple[str, ...] = ()
    disclaimer: str = ""
    """The sentence of an offer that says who decides: no claim that needs a source."""
