"""Document → the file its page is saved in, as Pelican works it out from the settings and the front matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from unidecode import unidecode

from evidence.model import Document

_PATTERNS = {
    "ARTICLE_SAVE_AS": "{slug}.html",
    "ARTICLE_LANG_SAVE_AS": "{slug}-{lang}.html",
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "PAGE_LANG_SAVE_AS": "pages/{slug}-{lang}.html",
}
"""Pelican's own standards, for settings that do not say."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The patterns of a site's settings. `own` are the pages that belong to no document."""

    patterns: Mapping[str, str] = field(default_factory=lambda: dict(_PATTERNS))
    lang: str = "en"
    own: frozenset[str] = frozenset()

    def of_all(self, documents: Iterable[Document]) -> dict[str, str]:
        """By path: the address of each document that is published, where the settings let it be known."""
        published = (one for one in documents if one.kind != "loose" and _value(one, "status").lower() not in _APART)
        found = ((document.path, self._of(document)) for document in published)
        return {path: address for path, address in found if address is not None}

    def _of(self, document: Document) -> str | None:
        chosen = _value(document, "save_as")
        if chosen:
            return chosen
        slug = _value(document, "slug") or slugify(_value(document, "title"))
        if not slug:
            return "" if _value(document, "title") else None
        lang = _value(document, "lang").lower() or self.lang
        name = f"{document.kind.upper()}_{'' if lang == self.lang else 'LANG_'}SAVE_AS"
        try:
            return self.patterns[name].format(slug=slug, lang=lang) or None
        except (KeyError, IndexError, ValueError, AttributeError):
            return None  # the pattern asks for more than is known here, such as the date


_EVIDENCE = ("sources/index.html", "evidence/index.html", "glossary/index.html", "search/index.html")
"""The pages that are made of other files than documents."""
_APART = ("draft", "skip")
"""Drafts stand in a folder of their own; what is skipped stands nowhere."""


def addresses_from(settings: Mapping[str, Any]) -> Addresses:
    """The patterns in a site's settings."""
    patterns = {name: str(settings.get(name, standard)) for name, standard in _PATTERNS.items()}
    templates = settings.get("DIRECT_TEMPLATES") or ("index", "tags", "categories", "authors", "archives")
    own = {str(settings.get(f"{str(name).upper()}_SAVE_AS", f"{name}.html")) for name in templates}
    return Addresses(
        patterns, str(settings.get("DEFAULT_LANG", "en")).lower(), frozenset({*filter(None, own), *_EVIDENCE})
    )


def slugify(title: str) -> str:
    """The title as part of an address: as Pelican does it unless told otherwise."""
    words = unidecode(unicodedata.normalize("NFKC", title))
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", words).strip()).lower()


def _value(document: Document, name: str) -> str:
    found = document.meta.get(name)
    return found.value.strip() if found else ""
