"""How far a recommendation goes: "must be offered", "should", "may", "must not"; "Level A"; "low evidence". Each is another recommendation."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GRADE = re.compile(
    r"\b(?P<modal>must|should|may)\s+(?P<never>not\s+|never\s+)?(?:be\s+)?(?:offer(?:ed)?|given|used|recommended)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"\b(?P<level>very low|low|moderate|high)(?:[- ](?:certainty|quality|strength))?\s+evidence\b", re.IGNORECASE
)
_LEVEL = re.compile(r"\bLevel\s+(?P<level>[A-CU])\b")


def foreign_grade(claim: str, record: str) -> tuple[str, str] | None:
    """The words of a recommendation of the claim that the record makes otherwise, and those of the record; None if it does not.

    Only told if the record grades at all; what it leaves ungraded is not compared.
    """
    for pattern in (_GRADE, _LEVEL, _QUALITY):
        ours = list(_grades(pattern, claim))
        known = dict(_grades(pattern, record)) if ours else {}
        for grade, words in ours:
            if known and grade not in known:
                return words, next(iter(known.values()))
    return None


def _grades(pattern: re.Pattern[str], text: str) -> Iterator[tuple[tuple[str, bool], str]]:
    for found in pattern.finditer(text):
        groups = found.groupdict()
        yield ((groups.get("modal") or groups.get("level") or "").lower(), bool(groups.get("never"))), found[0]
