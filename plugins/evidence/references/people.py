"""People and bodies as *Citing Medicine* names them (chapter 1): `Smith AB Jr, van der Horn C, World Health Organization`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.model import Name, Source

AUTHORS = 6
"""After so many names comes "et al.": the short form that NLM's sample references allow (all would be the other)."""

_SUFFIXES = {"jr": "Jr", "sr": "Sr", "ii": "2nd", "iii": "3rd", "iv": "4th", "v": "5th", "2nd": "2nd", "3rd": "3rd"}
_BODIES = ("institution", "organization", "school")
_ROLES = {"author": "", "editor": "editor", "translator": "translator", "inventor": "inventor", "holder": "assignee"}


def creators(source: Source) -> str:
    """Who made it: authors, or editors, or a body."""
    if source.type == "patent":
        return _inventors(source)
    for role in ("author", "editor", "translator"):
        names = _listed(source.creators.get(role, ()), _ROLES[role])
        if names:
            return names
    return body(source)


def others(source: Source, *roles: str) -> list[str]:
    """Editors and translators of a work that has authors: `Lee B, Smith A, editors`."""
    first = next((role for role in ("author", "editor", "translator") if source.creators.get(role)), "")
    return [_listed(source.creators.get(role, ()), role) for role in roles if role != first]


def body(source: Source) -> str:
    """The institution, organisation or school."""
    return next((value for name in _BODIES if (value := source.value(name))), "")


_LONGEST = 60
_FEW = 5
_LOOSE = frozenset("a an and as at by de del el en for from in la las los of on or the to un una with y".split())
"""Words with which no name ends."""


def label(source: Source) -> str:
    """A short name for the source: `Lee 2020`, and for one without authors the first words of its title."""
    names = source.creators.get("author") or source.creators.get("editor") or ()
    who = f"{names[0].particle} {names[0].family}".strip() if names else body(source)
    return f"{who or _first_words(source.value('title')) or source.key} {source.value('year')}".strip()


def _first_words(title: str) -> str:
    """The title, or of a long one its first words: `Intravenous magnesium sulphate …`."""
    words = title.split()
    if len(title) <= _LONGEST or len(words) <= _FEW:
        return title
    kept = words[:_FEW]
    while len(kept) > 1 and kept[-1].casefold() in _LOOSE:
        kept.pop()
    return f"{' '.join(kept).rstrip('.,;:')} …"


def _inventors(source: Source) -> str:
    inventors = source.creators.get("inventor") or source.creators.get("author") or ()
    parts = [_listed(inventors, "inventor"), _listed(source.creators.get("holder", ()), "assignee")]
    return "; ".join(part for part in parts if part) or body(source)


def _listed(names: Sequence[Name], role: str = "") -> str:
    """`Smith AB, Jones C, editors`; after six, or where the entry says so, `et al.`"""
    known = [name for name in names if name != Name("others") and person(name)]
    shown = [person(name) for name in known[:AUTHORS]]
    if not shown:
        return ""
    more = len(known) > AUTHORS or Name("others") in names
    text = ", ".join([*shown, "et al."] if more else shown)
    plural = "" if len(known) == 1 and not more else "s"
    return f"{text}, {role}{plural}" if role else text


def person(name: Name) -> str:
    """`van der Horn AB 3rd`: family name with its particle, at most two initials, suffix without a full stop."""
    suffix = _SUFFIXES.get(name.suffix.lower().rstrip("."), name.suffix)
    given = "" if name.body else _initials(name.given)
    return " ".join(part for part in (name.particle, name.family, given, suffix) if part)


def _initials(given: str) -> str:
    """Two at most, without hyphens or full stops; a given name in a script without capitals is kept whole."""
    parts = [part for part in re.split(r"[\s.\-‐]+", given) if part]
    if parts and not any(char.lower() != char.upper() for char in given):
        return given
    letters = "".join(part if part.isupper() and len(part) <= 3 else part[0].upper() for part in parts)
    return letters[:2]
