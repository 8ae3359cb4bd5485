"""What a pronoun stands for: of "Eptinezumab is an antibody. It is given by drip." the second sentence is on eptinezumab.

Only told where the sentence before, in the same paragraph, begins with the one treatment that it names, or says what it is, and the pronoun's own sentence names
none: "It is not known whether …" stands for nothing.
"""

from __future__ import annotations

import re

from evidence.model import Supported, Vocabulary
from evidence.passages import sentences_of
from evidence.vocabulary import mentions

_PRONOUN = re.compile(
    r"\W*(?:it|they|(?:this|the|these) (?:medicines?|drugs?|treatments?))(?=\b)(?!['’]ll)", re.IGNORECASE
)
_STANDS_FOR_NOTHING = re.compile(
    r"\W*(?:it|they)\b[^.;]{0,60}\b(?:whether|that|if|how|what|to|who|say|says|said|call|found|find)\b", re.IGNORECASE
)
_IS_SUCH = re.compile(r"\s+(?:is|are)\s+(?:an?|the|one)\b", re.IGNORECASE)
"""Behind the one that a definition is of: "Magnesium is a mineral"."""
_SUBJECT = 16
"""How many characters from the beginning of a sentence its subject may be named."""


def resolved(one: Supported, vocabulary: Vocabulary) -> str:
    """The words of a sentence with the treatment in place of the pronoun they begin with; empty if they begin with none, or if it is open."""
    pronoun = _PRONOUN.match(one.words)
    if pronoun is None or one.claim.where != "text" or _STANDS_FOR_NOTHING.match(one.words):
        return ""
    before = [each for each in sentences_of(one.document.blocks[one.claim.block]) if each.end <= one.claim.start]
    uses = mentions(before[-1].words, vocabulary, "treatment") if before else ()
    if not uses or uses[0].start > _SUBJECT:
        return ""
    if len({use.id for use in uses}) != 1 and not _IS_SUCH.match(before[-1].words, uses[0].end):
        return ""
    return f"{before[-1].words[uses[0].start : uses[0].end]} {one.words[pronoun.end() :]}"
