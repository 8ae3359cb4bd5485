"""The words of a sentence as a reader sees them: a source that is a part of the sentence goes by its short name."""

from __future__ import annotations

import re

from evidence.model import Library
from evidence.references.people import label
from evidence.targets import target

_NARRATIVE = re.compile(r"(?<![\w.])-?@(?:\{([^{}]*)\}|([\w:.#$%&\-+?<>~/]*\w))")
_UNRATED = re.compile(r": (?:Not rated|Sin valorar)$")
"""The last cell of a row in a fact box: not a part of what the row says."""


def reader_words(sentence: str, library: Library) -> str:
    """`@smith2020 found …` → `Smith 2020 found …`; what names no source stays as it is."""

    def name(found: re.Match[str]) -> str:
        source = target(found[1] or found[2] or "", library).source
        return label(source) if source else found[0]

    return _NARRATIVE.sub(name, _UNRATED.sub("", sentence))
