"""Conditions, symptoms, medicines and nutrients that a sentence names and nothing recorded of its sources does.

What eases migraine need not ease vertigo, and what one medicine does another need not. The words are those that the detector
of claims knows, so that the check does not depend on what the editors' vocabulary lists;
two names of one term of the vocabulary are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence.claims import load_cues
from evidence.claims.words import bare, words
from evidence.model import KINDS, Vocabulary
from evidence.support.subject import content, stems
from evidence.vocabulary import bears_out, mentions

_NAMES = frozenset(f"entity.{kind}:strong" for kind in ("condition", "symptom", "medicine", "nutrient"))
_GENERAL = frozenset(
    """
    symptom symptoms aura attack attacks headache headaches migraine migraines deficiency medicine medicines medication
    medications drug drugs tablet tablets pill pills dose doses painkiller painkillers supplement supplements vitamin vitamins
    mineral minerals nutrient nutrients protein proteins peptide peptides water salt fluid fluids drip drips
    """.split()
)
"""Named in passing wherever headache is treated; whether they are meant, the other checks tell."""

_DAILY = re.compile(
    r"\b(?:better|improv\w*|help\w*|boost\w*|more|less|less|rais\w*|restor\w*|good for|worse|lower\w*|lift\w*)\b[^.;,]{0,24}?\b"
    r"(?P<what>sleep|mood|energy|memory|concentration|focus|appetite|stamina|digestion|immunity|vision|sight|hearing|balance|skin|hair|weight|work|fitness|libido)\b",
    re.IGNORECASE,
)
"""What people hope for besides: in the words that say it became better or worse."""
_DENIALS = frozenset("not nor neither never nothing unlike none nobody than instead".split())
_EFFECT = frozenset("difference effect benefit relief change help better worse more less ease eased easier".split())


def foreign(claim: str, recorded: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The conditions, symptoms, medicines and nutrients that the claim names and none of these texts does."""
    names = [*_conditions(claim), *(found["what"].lower() for found in _DAILY.finditer(claim))]
    if not names:
        return ()
    known, terms = frozenset[str](), {kind: set[str]() for kind in KINDS}
    for text in recorded:
        known |= content(text, vocabulary)
        for kind, ids in terms.items():
            ids.update(use.id for use in mentions(text, vocabulary, kind))
    return tuple(name for name in names if not _recorded(name, known, terms, vocabulary))


def _conditions(text: str) -> list[str]:
    found = words(bare(text), load_cues())
    names: list[str] = []
    behind = 0
    for at, word in enumerate(found):
        if at >= behind and word.classes & _NAMES and not _apart([one.low for one in found[max(0, at - 4) : at]]):
            name = " ".join(one.low for one in found[at : at + word.length])
            behind = at + word.length
            if name not in _GENERAL and name not in names and not name.startswith("anti") and not name.endswith("ed"):
                names.append(name)
    return names


def _apart(before: list[str]) -> bool:
    """True if the words before deny the name or set it apart: "nothing on vertigo", "rather than vertigo"."""
    return any(low in _DENIALS or low.endswith("n't") for low in before) and not _EFFECT & set(before)


def _recorded(name: str, known: frozenset[str], terms: dict[str, set[str]], vocabulary: Vocabulary) -> bool:
    """True if the record has all the words of the name, or a term of the vocabulary that means the same."""
    own = {kind: {use.id for use in mentions(name, vocabulary, kind)} for kind in KINDS}
    for kind, ids in own.items():
        if any(bears_out(other, one, vocabulary, kind) for one in ids for other in terms[kind]):
            return True
    return stems(name) <= known
