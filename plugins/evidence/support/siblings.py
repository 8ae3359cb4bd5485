"""The share of one finding told of what another finding of the same source is on: 53.7 % "needed prevention" where 53.7 % needed bed rest."""

from __future__ import annotations

import re

from evidence.model import Finding, Rests
from evidence.support.agreement import agree
from evidence.support.figures import figures
from evidence.support.subject import stems

_LENGTH = 6
"""So many letters of a word are compared: "preventive medicine" is "prevention"."""
_BARE = {
    word[:_LENGTH]
    for word in "people patients groups trials studies treatment medicine result outcome headache migraine attack minutes months weeks hours score quality pain relief freedom effects adverse reported given fluids magnesium".split()
}
_WORD = re.compile(r"[a-z]{4,}")


def of_a_sibling(claim: str, rest: Rests) -> tuple[str, Finding] | None:
    """A word for the outcome of another finding, and that finding, where the shares of the claim are only of the one pointed at."""
    shares = [one for one in figures(claim) if one.kind == "share"]
    if not shares or rest.source.note is None or len(rest.findings) != 1:
        return None
    pointed = rest.findings[0]
    own = _starts(f"{pointed.outcome} {pointed.statement} {pointed.quote} {rest.source.note.population}")
    said = {word[:_LENGTH]: word for word in _WORD.findall(claim.lower()) if stems(word)}
    for other in rest.source.note.findings:
        if other is pointed or (other.effect == "background") != (pointed.effect == "background"):
            continue
        theirs = figures(other.statement, every=True)
        if any(agree(one, known) for one in shares for known in theirs):
            continue
        if not any(known.kind == "share" for known in theirs):
            continue
        for start in sorted((_starts(other.outcome) - own - _BARE) & said.keys()):
            return said[start], other
    return None


def _starts(text: str) -> frozenset[str]:
    return frozenset(word[:_LENGTH] for word in _WORD.findall(text.lower()) if stems(word))
