"""The words of a message that sets a sentence beside a finding."""

from __future__ import annotations

from evidence.model import Finding, Source


def short(words: str, length: int = 60) -> str:
    """The first words, with an ellipsis if some are left out."""
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


def beside(source: Source, finding: Finding, length: int = 90) -> str:
    """A finding as it is shown beside a sentence."""
    return f'{source.key}#{finding.id} ({finding.effect}): "{short(finding.statement, length)}"'
