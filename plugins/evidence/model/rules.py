"""A rule, and all that it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.model.claims import Claim, Said, Supported
from evidence.model.documents import Document, Meta
from evidence.model.places import Place, Severity
from evidence.model.policy import Anatomy, Policy
from evidence.model.problems import Hit
from evidence.model.signing import Ledger, SignOffs
from evidence.model.sources import Library


@dataclass(frozen=True, slots=True)
class Outline:
    """What the rules on the whole site, and the report in sum, need of the library.

    `loose` are the entries, by key with the place of the key, that belong to no other entry; `asked` is the newest day on which
    something was asked about one.
    """

    sources: int
    loose: tuple[tuple[str, Place], ...]
    asked: str


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One HTML page as it was written, and the offer that should stand on it; None if there must be none.

    `card` is true if the page must show the emergency card.
    """

    path: str
    html: str
    offer: tuple[str, ...] | None = None
    """Its heading, text and button."""
    card: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule may look at."""

    documents: tuple[Document, ...]
    library: Library
    policy: Policy
    offers: frozenset[str] = frozenset()
    """The ids of the calls to action that a page may choose."""
    offered: tuple[Meta, ...] = ()
    """The words of the calls to action, with their places."""
    settings: tuple[Meta, ...] = ()
    """The texts of the settings that readers see, with their places."""
    clinic: Mapping[str, Meta] = field(default_factory=dict)
    """The clinic's `name`, `booking_url` and `phone`, where the settings give them."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """By category: the id of the call to action that its articles show."""
    anatomy: Anatomy = Anatomy()
    built: tuple[BuiltPage, ...] = ()
    """The pages as they were written, once they are."""
    said: tuple[Said, ...] = ()
    """Every sentence that reaches a reader; `checking` finds them."""
    claims: tuple[Claim, ...] = ()
    """The claims of all documents and of the calls to action, in order; `checking` finds them."""
    supported: tuple[Supported, ...] = ()
    """The cited claims with their findings; `checking` looks them up."""
    templates: frozenset[str] = frozenset()
    """The names of the theme's templates that a page may choose; none if the theme is unknown."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """By path of a document: where its page will be saved, where that is known; `""` if nothing names the page."""
    files: frozenset[str] = frozenset()
    """Every file in the content folder, relative to the project root."""
    own_addresses: frozenset[str] = frozenset()
    """Where the site's own pages are saved, such as the home page and the lists."""
    ledger: Ledger | None = None
    """Who may sign and who signed what; None where sign-offs are not looked at."""
    signoffs: SignOffs = SignOffs()
    """How each claim stands; `checking` finds it out."""
    people: frozenset[str] = frozenset()
    """The names of those who may say how sure the evidence is."""
    whole: bool = True
    """Whether `documents` are the whole site."""
    gathered: Mapping[str, tuple[tuple[str, Any], ...]] = field(default_factory=dict)
    """By code of a rule that looks at several documents at once: by path in order, what it gathered of each."""
    outline: Outline = Outline(0, (), "")
    """The library in outline; `checking` draws it."""
    today: str = ""
    """The day that ages are counted to; `checking` finds it. Empty if nothing tells one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for. `doc` is its page for people: what it flags, why, what to do instead.

    `scope` says what it needs at once: one `document`, the `library`, or the whole `site`. `bad` and `good` are
    complete little examples, at least two each, run by the tests. `language` says of what: an article (`markdown`), an
    article that is the whole site (`site`), a bibliography (`bibtex`), a source note (`toml`), a sentence whose sources are left
    out (`text`), an article held to the anatomy (`page`), calls to action (`offer`), settings, or a page as built (`html`).
    `unless` are the codes of rules that say more of the same claim: where one of them speaks, this one is silent.
    """

    code: str
    name: str
    severity: Severity
    scope: str
    check: Callable[[Case], Iterator[Hit]]
    doc: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    language: str = "markdown"
    unless: tuple[str, ...] = ()
    gather: Callable[[Case], Any] | None = None
    """For a rule that looks at several documents at once: what it needs of a case with one document, as texts, numbers, tuples
    and values of the model. That is remembered, and `check` finds it in `Case.gathered`."""
