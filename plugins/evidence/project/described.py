"""A project on disk: where it is, what its settings ask for, and what a page may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidence.addresses import Addresses
from evidence.glossary import Term
from evidence.memory import NOTHING, Memory
from evidence.model import Anatomy, Meta, Policy, Rule
from evidence.offers import Offer
from evidence.tongues import Tongue


@dataclass(frozen=True, slots=True)
class Project:
    """A project's root folder, what its settings ask for, and what a page may ask for.

    `ignored` are patterns of file names and `excluded` folders of the content, by kind, that are not published.
    """

    root: Path
    policy: Policy
    offers: Mapping[str, Offer] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    excluded: Mapping[str, frozenset[str]] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    templates: frozenset[str] = frozenset()
    theme: Path | None = None
    glossary: tuple[Term, ...] = ()
    own_rules: tuple[Rule, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)
    """The texts, by path, that `own_rules` were made of."""
    anatomy: Anatomy = field(default_factory=Anatomy)
    shown: tuple[Meta, ...] = ()
    """The texts of the settings that readers see."""
    clinic: Mapping[str, Meta] = field(default_factory=dict)
    memory: Memory = NOTHING
    tongues: Mapping[str, Tongue] = field(default_factory=dict)
    """The theme's own words in other languages."""
