"""When words that sound like advertising are none: denied, quoted from others, asked, or told with their figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from evidence.model import Said

_WORD = r"[^\s,;:.!?–—()]{1,40}"
_DENIAL = re.compile(
    r"(?:(?<!\w)(?:not|never|no|cannot|can't|nor|neither|without|nobody|nothing|none|hardly|far from|rather than|instead of)"
    r"|(?<=\w)n't)(?!\w)(?!\s(?:only|just|merely|simply|wonder|matter|doubt|question|longer|more|needles?|waiting)\b)"
    rf"(?:\s{{1,3}}{_WORD}){{0,4}}\s{{0,3}}[\"“(]?$",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(?:\b(?:do|does|did|can|could|should|must) ?not|n't|\bcannot|\bnobody|\bno one) "
    r"(?:can |could |yet |really |clearly )?(?:knows?|tell|say|claim|promise|mean|prove|show|call|guarantee)\b[^;–—]{0,160}$"
    r"|\bwhether\b[^;–—]{0,120}$|\b(?:unknown|unclear|not known|not clear)\b[^;–—]{0,80}$",
    re.IGNORECASE,
)
_REACH = 240
_QUOTED = re.compile(r"“[^“”]{1,600}”|\"[^\"]{1,600}\"")
_ATTRIBUTED = re.compile(
    r"\b(?:says?|said|writes?|wrote|claim(?:s|ed|ing)?|advert\w{0,10}|ads?|slogans?|labels?|labelled|calls?|called|told|states?"
    r"|stated|promis(?:e|es|ed)|quot(?:e|es|ed)|phrases?|words?|terms?|named?)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:[\s\"“(*_-]|Q(?:[.):]\s|(?=\W*$))|\d{1,3}[.)]\s){0,6}(?:and |but |so )?(?:what|which|who|whom|whose|how|when|where|why|is|are|was|were|am|do|does|did|has|have|had"
    r"|can|could|may|might|will|would|should|must|if|for|on|to|in|at|by|about)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?]+(?=[\s*_\"”)\]]|$)")
_BEGINS = re.compile(r"[.!?:]+[*_\"”)\]]{0,6}(?:\s|$)")
"""Where a sentence ends, and behind what one begins: "Q:", the question before, a label."""
_SOUGHT = re.compile(r"\bwhy (?:wait|suffer|settle)|\b(?:are|have) you (?:tired|sick|ready|fed|had)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|a third|a quarter)\b", re.IGNORECASE)
_N = r"\d[\d.,]{0,12}"
_ABSOLUTE = re.compile(
    rf"\b{_N} (?:people |adults |patients )?(?:of|in|out of) (?:every |the )?{_N}\b|\b(?:per|in every|of every|out of) (?:100|1,?000)\b"
    rf"|\bfrom (?:about )?{_N}%? (?:[a-z]+ ){{0,4}}to {_N}"
    rf"|\b(?:for|in) (?:about )?every {_N} (?:people|patients|adults)|\b{_N} (?:more|fewer|less) (?:[a-z]+ ){{0,3}}(?:per|in|of) "
    rf"|\b(?:against|versus|vs\.?|compared with|and|but) {_N}%"
    rf"|\b{_N} (?:points?|mm|days?|hours?|attacks?) (?:of|on|with|without|against|more|less|fewer)\b",
    re.IGNORECASE,
)


def denied(said: Said, start: int, end: int) -> bool:
    """A negation stands before it in its clause, or the sentence says that one does not know."""
    before = said.words[max(0, start - _REACH) : start].replace("’", "'")
    return _DENIAL.search(before) is not None or _UNKNOWN.search(before) is not None


def quoted(said: Said, start: int, end: int) -> bool:
    """It stands between quotation marks, in a sentence that says whose words they are."""
    quotations = _spans(_QUOTED, said.words)
    before = bisect_left(quotations, (start, 0)) - 1
    if before < 0 or end >= quotations[before][1]:
        return False
    return _elsewhere(_spans(_ATTRIBUTED, said.words), *quotations[before])


def asked(said: Said, start: int, end: int) -> bool:
    """It stands in a question to be answered. "Tired of headaches?" and "Why wait?" are none.

    A question in bold and its answer come as one sentence ("**Is it safe?** Nobody knows."), and "Q:" may stand before it, so
    only the question itself is looked at."""
    ends = _spans(_ENDS, said.words)
    after = bisect_left(ends, (end - 1, 0))
    if after == len(ends) or "?" not in said.words[slice(*ends[after])]:
        return False
    begins = _spans(_BEGINS, said.words)
    before = bisect_left(begins, (start + 1, 0)) - 1
    while before >= 0 and begins[before][1] > start:
        before -= 1
    return _is_question(said.words[begins[before][1] if before >= 0 else 0 : ends[after][1]])


@lru_cache(maxsize=16)
def _is_question(words: str) -> bool:
    return bool(_ASKED.match(words)) and not _SOUGHT.search(words)


def _figured(said: Said, start: int, end: int) -> bool:
    return _elsewhere(_spans(_FIGURE, said.words), start, end)


# A long sentence may have thousands of hits, so what is asked of each is looked up in the sentence once.


@lru_cache(maxsize=64)
def _spans(pattern: re.Pattern[str], words: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in pattern.finditer(words))


@lru_cache(maxsize=64)
def _has(pattern: re.Pattern[str], words: str) -> bool:
    return pattern.search(words) is not None


def _elsewhere(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order and apart, lies outside of the stretch."""
    return bool(spans) and (spans[0][1] <= start or spans[-1][0] >= end)


def _sourced(said: Said, start: int, end: int) -> bool:
    return said.cited


def _both(said: Said, start: int, end: int) -> bool:
    return said.cited and _has(_FIGURE, said.words)


def _absolute(said: Said, start: int, end: int) -> bool:
    return _has(_ABSOLUTE, said.around or said.words)


EXCUSES: Mapping[str, Callable[[Said, int, int], bool]] = {
    "denial": denied,
    "quotation": quoted,
    "question": asked,
    "figure": _figured,
    "source": _sourced,
    "figure and source": _both,
    "absolute numbers": _absolute,
}
"""Whether each excuse holds for the words between two offsets of a sentence."""
