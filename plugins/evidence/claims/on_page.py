"""A sentence of a page, judged as `detect` does, and for what asserts nothing by its form but is acted on all the same.

Questions that ask for assent, orders and permissions on which health hangs, and doses: a page needs a source for them.
"""

from __future__ import annotations

import re

from evidence.claims.advice import advice
from evidence.claims.answers import is_short_answer, stated, statement
from evidence.claims.cues import Cues
from evidence.claims.detection import Verdict, detect
from evidence.claims.doses import dose
from evidence.claims.words import bare

_WELL = re.compile(
    r"\b(?:well|better|fit|normal|recovered|cured|healed|yourself|(?:pain|symptom|headache)-free|on your feet)\b[^.;]{0,20}\b(?:in|within|after)\s+(?:\w+\s){0,2}(?:seconds?|minutes?|hours?|days?|weeks?)\b",
    re.IGNORECASE,
)

_SAFE = re.compile(
    r"\W*(?:it|they|this|these|both) (?:is|are) (?:not )?(?:\w+ )?(?:safe|harmless|dangerous|risky|toxic|addictive)\b",
    re.IGNORECASE,
)

_REAL = re.compile(
    r"\b(?:gaps?|differences?|effects?|benefits?|gains?|results?|improvements?|harms?|links?)\b[^.;?]{0,40}?\b(?:is|was|are|were) (?:very |quite |not |no |surely |certainly )?"
    r"(?:real|genuine|true|clear|proven|certain|(?:just |only |mere |down to |due to |by )?chance|a fluke|an accident)\b",
    re.IGNORECASE,
)
"""What was found, and how sure that is, without saying of what: "The gap at 1 hour is real"."""


def detect_on_page(sentence: str, cues: Cues) -> Verdict:
    """Judge one sentence of a page, which may carry Markdown marks and citations."""
    verdict = detect(sentence, cues)
    if verdict.claim or verdict.kind == "heading":
        return verdict
    text = bare(sentence)
    if told := stated(text):
        found = detect_on_page(told, cues)
        return found if found.claim else verdict
    question, mark, answer = text.partition("? ")
    if mark and is_short_answer(
        answer
    ):  # a question in bold and its answer are one sentence: "**Does it work?** Yes."
        found = detect_on_page(statement(f"{question}?", answer), cues)
        return found if found.claim else verdict
    sign = advice(text, cues) or dose(text, cues)
    if sign is None and (well := _WELL.search(text)):
        sign = "timing", well[0]
    if sign is None and (safe := _SAFE.match(text)):
        sign = "safety", safe[0]
    if sign is None and (real := _REAL.search(text)):
        sign = "comparison", real[0]
    return Verdict(True, *sign) if sign else verdict
