"""Whether a figure is a level or a change: pain that "was 4.5 points" is not pain that "fell by 4.5 points".

The words before a figure, back to the figure before it, say which it is; of two figures in one sentence, the second is as the
first where it has no such words of its own. What the words leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from evidence.support.agreement import agree
from evidence.support.figures import Figure, figures

LEVEL, CHANGE = "level", "change"

_FELL = (
    "f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|rose|risen|rises?|sank|eas(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|(?:went|gone|go|goes|came|come|was|were|is) (?:down|up)"
    "|down|shr[aiu]nk|reduc(?:e|es|ed|ing)|cut(?:s|ting)?|lower(?:s|ed|ing)|declin(?:e|es|ed)|decreas(?:e|es|ed|ing)|increas(?:e|es|ed|ing)"
    "|rais(?:e|es|ed|ing)|chang(?:e|es|ed)|better|worse|favou?red|gain(?:s|ed)|los[te]s?"
)
_NOUN = "falls?|drops?|reductions?|decreases?|declines?|rises?|increases?|changes?|improvements?|gains?|gaps?|differences?|cuts?|loss(?:es)?|edge"
_CUES = re.compile(
    rf"\b(?:(?P<noun>(?:the|a|an|in|by|of|median|mean|average|with)\s+(?:[\w()]+\s+){{0,3}}?(?:{_NOUN}))\b|(?P<change>{_FELL})\b"
    r"|(?P<open>(?:it|that|this|these|those|which|they) (?:was|were|is|are))\b"
    r"|(?P<level>was|were|is|are|stood|stands|averaged?|rated?|scored?|reach(?:es|ed)?|measured|remained|stayed|came to|put"
    r"|(?:had|have|has|having|left|still)(?=\W+(?:[\w-]+\W+){0,3}$))\b)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?P<to>to|from|at|of)\s+(?:(?:about|around|a|an|the|just|only|mean|median|average|some)\s+)*$", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?:by|another|further)\s+(?:(?:about|around|a|an|the|just|only|mean|median|average|of|some|more|than|at|least)\s+)*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s?(?:%|points?|mm|days?|in \d+|(?!or\b)\w+)?\s?(?<!or )(?:more|fewer|less|lower|higher|better|worse|sooner|faster|quicker|shorter|longer)\b",
    re.IGNORECASE,
)
_SOONER = re.compile(
    r"\s?(?:minutes?|hours?|days?|weeks?)\s(?:sooner|faster|quicker|shorter|longer)\b", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"people|patients|adults|children|women|men|visits|trials|studies|programs|groups|times", re.IGNORECASE
)
_COUNTS_PEOPLE = re.compile(
    r"\s?(?:of (?:the |these )?)?(?:\d+ )?(?:people|patients|adults|children|women|men|visits|trials|studies)\b",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\d\s(?:(?:more|fewer|less)\s)?(?:migraine|headache)\sdays\b|\d\s(?:fewer\s|more\s)?days a (?:month|week)\b",
    re.IGNORECASE,
)
"""Days that are counted, and no time at which something was measured."""
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=\S)")
_WHEN = re.compile(
    r"\b(?:after|at|within|by|in|for|over|about|of)\s+(?:\d+(?:\.\d+)?|an?|one|two|three|four|half an|the first|week|weeks|dose)\s*(?:\d+|minutes?|hours?|days?|weeks?|months?)?\b",
    re.IGNORECASE,
)


def told_otherwise(claim: str, recorded: Iterable[str]) -> tuple[Figure, str] | None:
    """A figure that the claim tells as a level where all texts that have it tell a change, or the other way round, and what
    it is there; None if there is none."""
    ours = [pair for pair in told(claim) if pair[1]]
    if not ours:
        return None
    theirs = [pair for text in recorded for pair in told(text)]
    for figure, kind in ours:
        kinds = {
            its
            for one, its in theirs
            if (agree(figure, one) and one.kind == figure.kind) or _is_same_bare(figure, one)
        }
        if kinds and kind not in kinds and "" not in kinds:
            return figure, next(iter(kinds))
    return None


def _is_same_bare(one: Figure, other: Figure) -> bool:
    return {one.kind, other.kind} == {"", "count"} and agree(one, other)


@lru_cache(maxsize=5_000)
def told(text: str) -> tuple[tuple[Figure, str], ...]:
    """The figures of a text that are on a scale or count days or hours, each `level`, `change` or an empty string."""
    return tuple(pair for sentence in _SENTENCE.split(text) for pair in _in_sentence(sentence))


def _in_sentence(sentence: str) -> Iterator[tuple[Figure, str]]:
    last, behind = "", 0
    for figure in figures(sentence):
        if figure.kind == "time" and _DAYS.search(sentence, figure.start, figure.end + 24):
            plain = figure._replace(
                kind="", value=figure.value / figure.size, slack=figure.slack / figure.size, size=1.0
            )
            kind = _kind(sentence[behind : figure.start], sentence, figure)
            last = last if kind is None else kind
            behind = figure.end
            yield plain, last
            continue
        if figure.kind == "time":
            if _SOONER.match(sentence, figure.end):
                yield figure, CHANGE
            elif _WHEN.search(sentence[max(0, figure.start - 8) : figure.end + 1]):
                yield figure, LEVEL
            continue
        if figure.kind not in ("", "count") or figure.denominator or _is_people(figure, sentence):
            continue
        if figure.interval:
            continue
        if figure.words[0].isalpha():
            continue  # "three attacks" are counted
        kind = _kind(sentence[behind : figure.start], sentence, figure)
        last = last if kind is None else kind
        behind = figure.end
        yield figure, last


def _is_people(figure: Figure, sentence: str) -> bool:
    return _PEOPLE.search(figure.words) is not None or _COUNTS_PEOPLE.match(sentence, figure.end) is not None


def _kind(before: str, sentence: str, figure: Figure) -> str | None:
    """What the words make of a figure; an empty string if they may mean either, None if they say nothing."""
    if figure.sign or _MORE.match(sentence, figure.end) or _MORE.search(figure.words) or _BY.search(before):
        return CHANGE
    to = _TO.search(before)
    cues = list(_CUES.finditer(before))
    if to and to["to"].lower() == "from":
        return LEVEL
    if to and to["to"].lower() == "to" and figure.partner is None:
        return LEVEL if cues else None
    if any(one["noun"] for one in cues):
        return CHANGE
    if not cues:
        return None
    return next(kind for kind, name in ((CHANGE, "change"), (LEVEL, "level"), ("", "open")) if cues[-1][name])
