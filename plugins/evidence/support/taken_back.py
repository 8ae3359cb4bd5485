"""A figure that a correction takes back: "We wrote that pain fell 4.6 points; it fell 4.5" claims the second only.

Only on the page of corrections, or below a heading that says "Corrections": elsewhere every figure is a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evidence.corrections import SLUG
from evidence.model import Document, Vocabulary
from evidence.support.context import contexts
from evidence.support.figures import figures
from evidence.vocabulary import mentions

_WROTE = re.compile(
    r"\b(?:we (?:first |had |once |wrongly |mistakenly )*(?:wrote|written|said|gave|given|put|stated|reported|printed|had)|(?:this|the|that|an?) (?:page|article|text|table|sentence|earlier version|first version|version) "
    r"(?:first |had |once |wrongly |mistakenly )*(?:said|gave|given|had|read|stated|put|wrote|told)|(?:was|were) (?:first |wrongly |mistakenly )+(?:given|put|told|stated|printed)(?: here)?|wrongly|mistakenly|by mistake|in error)\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"\W*(?:and |but )?(?:it|that|this|which) should (?:have (?:been|said|read|told)|be|say|read)\b", re.IGNORECASE
)
_JOIN = re.compile(r"\W*(?:and|but|when|while|whereas|where|although|though|instead)?\s*", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:.](?=\s|$)\s*|,\s+|\s(?:but|and (?=it\b|they\b|that\b|this\b)|when|while|whereas|where|although|though|instead)\s",
    re.IGNORECASE,
)
_NOT = re.compile(r",?\s*\b(?:not|instead of|rather than|in place of)\s+(?:by |for |about |in )?$", re.IGNORECASE)
_BUT = re.compile(r"\s*but\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:corrected|changed|mended)\b[^.;]{0,60}\bfrom\s+(?:about )?$", re.IGNORECASE)
_MAY_TAKE_BACK = re.compile(
    r"\b(?:wrote|written|said|gave|given|stated|reported|printed|read|put|told|had|wrongly|mistake\w*|error|not|instead|rather|corrected|changed|mended)\b",
    re.IGNORECASE,
)
_CORRECTIONS = re.compile(r"\bcorrect(?:ion|ed)s?\b", re.IGNORECASE)
_REACH = 90


def as_claimed(words: str, document: Document, block: int, vocabulary: Vocabulary) -> str:
    """The words of a sentence without the figures that it takes back, if it stands among corrections.

    Of the clause that tells what was written only the treatment is left, which the rest of the sentence is on.
    """
    if not (_MAY_TAKE_BACK.search(words) and _is_correction(document, block)):
        return words
    claimed = _without_denied(words)
    clauses = list(_clauses(claimed))
    wrong = [clause for clause in clauses if _WROTE.search(clause) and figures(clause)]
    if not wrong:
        return claimed
    left = " ".join(_SHOULD.sub(" ", clause).strip() for clause in clauses if clause not in wrong)
    named = mentions(" ".join(wrong), vocabulary, "treatment")
    if len({use.id for use in named}) == 1 and not mentions(left, vocabulary, "treatment"):
        left = f"{left.rstrip(' .')} with {' '.join(wrong)[named[0].start : named[0].end]}."
    return _JOIN.sub("", left, count=1)


def _without_denied(words: str) -> str:
    """The words without "not 4.6 points but", "instead of 4.6" and "from 4.6" of what was corrected."""
    for one in reversed(figures(words)):
        before = words[max(0, one.start - _REACH) : one.start]
        denied = _NOT.search(before) or _FROM.search(before)
        if denied:
            end = max(one.end, one.start + len(one.words))
            end = but.end() if (but := _BUT.match(words, end)) else end
            start = one.start - len(before) + denied.start() if _NOT.search(before) else one.start
            words = words[:start] + words[end:]
    return words


def _clauses(words: str) -> Iterator[str]:
    ends = [0, *(each.end() for each in _CLAUSE.finditer(words)), len(words)]
    for start, end in pairwise(ends):
        yield words[start:end]


def _is_correction(document: Document, block: int) -> bool:
    slug = document.meta.get("slug")
    if (slug and slug.value == SLUG) or document.path.rpartition("/")[2].partition(".")[0] == SLUG:
        return True
    return any(frame.kind == "heading" and _CORRECTIONS.search(frame.words) for frame in contexts(document)[block])
