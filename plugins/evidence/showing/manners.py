"""What a finding lets one say of an effect, by the kind of its source: where chance did not decide who got the treatment, two
things went together, and why is not known; a guideline says what to offer, and not what happened.

The answer is a name. The theme has the words for it, `macros/evidence.html`.
"""

from __future__ import annotations

from evidence.library.notes import ADVISING
from evidence.model import Finding, Note

_LINKED = frozenset({"cohort", "case-control study", "cross-sectional survey"})
_SEEN = frozenset({"audit", "case series", "case report"})
_WARNING = frozenset({"label", "regulatory document"})
_WAYS = {
    "non-randomised trial": "chosen",
    "animal study": "animals",
    "laboratory study": "laboratory",
    **dict.fromkeys(_LINKED, "linked"),
    **dict.fromkeys(_SEEN, "seen"),
}
_SAID_OTHERWISE = frozenset({"benefit", "harm", "mixed", "no difference"})


def manner(finding: Finding, note: Note | None) -> str:
    """`benefit`, `no difference`, `harm`, `mixed`, `unclear` or `background`, as its note has it, where the study can say so; else one of
    them behind what kind of study it was, such as `linked harm`; of advice what is advised; "" if a guideline's note does not say that."""
    design = note.design if note else ""
    if finding.advice:
        return finding.advice
    if design in ADVISING and finding.effect not in ("unclear", "background"):
        return ""
    if finding.effect not in _SAID_OTHERWISE:
        return finding.effect
    if design in _WARNING:
        return "warned harm" if finding.effect == "harm" else finding.effect
    return f"{_WAYS[design]} {finding.effect}" if design in _WAYS else finding.effect
