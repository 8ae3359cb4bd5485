"""What a sentence says a guideline thinks of a treatment, in words of its own: it "insists on" what the note has it allow.

The words are those of `stance.toml`. They are held against the advice that the finding records; a stance that is denied is left to the
other checks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evidence.model import Finding, Source, Vocabulary
from evidence.support.evidence import meet, named
from evidence.support.phrases import Phrases, lists

GRADING = frozenset({"guideline", "position statement"})
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|neither|nor|cannot|without|whether|if|longer|nothing|none|nobody|what|why|how)|n['’]t)\b[^.;:,]{0,30}$",
    re.IGNORECASE,
)
_ITS_OWN = re.compile(
    r"guidelines?|society|statement|recommend\w*|it\b|they\b|offered|authors|level|choices?|options?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, eq=False)
class _Stance:
    name: str
    says: Phrases
    advice: frozenset[str]
    unless: Phrases


@cache
def _stances() -> tuple[_Stance, ...]:
    path = Path(__file__).with_name("stance.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))["stance"]
    told = lists(
        "stance",
        {f"{one['name']} {part}": one[part] for one in data for part in ("says", "unless")},
        (path, Path(__file__)),
    )
    return tuple(
        _Stance(one["name"], told[f"{one['name']} says"], frozenset(one["advice"]), told[f"{one['name']} unless"])
        for one in data
    )


def advised_otherwise(
    claim: str, pairs: Iterable[tuple[Source, Finding]], vocabulary: Vocabulary
) -> tuple[str, Source, Finding] | None:
    """The words of a stance that none of the findings on the claim's treatments takes, and the first of them; None if all is well."""
    known = [pair for pair in pairs if pair[1].advice or (_grades(pair[0]) and pair[1].effect == "unclear")]
    if not known or not _ITS_OWN.search(claim):
        return None
    ours = named(claim, "treatment", vocabulary)
    on_it = [pair for pair in known if meet(ours, pair[1].treatments, vocabulary, "treatment")]
    for one in _stances() if on_it else ():
        for found in one.says.finditer(claim):
            if _DENIED.search(claim[: found.start()]):
                continue
            if not any(_takes(one, finding) for _, finding in on_it):
                return found[0], *on_it[0]
    return None


def _takes(one: _Stance, finding: Finding) -> bool:
    return finding.advice in one.advice or one.unless.search(finding.statement) is not None


def _grades(source: Source) -> bool:
    return source.note is not None and source.note.design in GRADING
