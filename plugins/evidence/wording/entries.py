"""One entry of a lexicon: words to avoid, why, and what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.model import Severity

EXCUSES = ("denial", "quotation", "question", "figure", "source", "figure and source", "absolute numbers", "outcome")
"""What an entry may let pass: see `excuses` for what each means."""
STANDARD = ("denial", "quotation", "question")


@dataclass(frozen=True, slots=True)
class Entry:
    """Words to avoid. `pattern` finds them, and each of `patterns` some of them; `allow` is what they may be part of; `near` must stand in the same sentence,
    `unless` must not. `spare` and `graver` name places (`wording.WHERE`): where it does not count, and where it is an error.
    `excuses` name what lets it pass. `must_match` and `must_not_match` are run by the tests, or at the start of each run for a
    site's own files.
    """

    code: str
    name: str
    severity: Severity
    flags: str
    reason: str
    suggestion: str
    pattern: re.Pattern[str]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]
    allow: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    excuses: tuple[str, ...] = STANDARD
    spare: tuple[str, ...] = ()
    graver: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
