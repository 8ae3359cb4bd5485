"""Whether a sentence claims something about health, of what kind, and by which of its words.

A sentence is stripped of its marks, cut into words, and each word or phrase is looked up in the cue file. Questions
assert nothing, orders only the reason given with them. What is left is weighed: words of health and of what is said
about health speak for a claim, words of services, stories, feelings, methods and other subjects against it. No clock,
no disk, no network: the same sentence and cues give the same verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from evidence.claims.clauses import Part, asserted
from evidence.claims.cues import Cues
from evidence.claims.gaps import untested
from evidence.claims.harms import is_of_harm
from evidence.claims.kinds import claim_words, kind_of, reason_of, reason_words
from evidence.claims.shapes import main_verb, named
from evidence.claims.short import short_verb
from evidence.claims.weighing import signs, weigh
from evidence.claims.words import bare, words

_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)")
_SPOKEN = re.compile(r'[:,]\s"([A-Z][^"]{3,300}[.!])"')
"""A whole sentence between quotation marks."""
_REPORTED = re.compile(
    r"(?P<before>(?:[^\W_][\w'.-]*\s){1,6})(?:(?:told|tells) (?:us|me|you|patients|clients|readers)|says|said|swears|promises|promised|insists)"
    r"\s(?:that\s)?(?P<said>(?!that\b|about\b|so\b|more\b|less\b|to\b|what\b|how\b|no\b|nothing\b)[\w'].{3,300})"
)
"""A sentence in somebody's mouth without such marks: "Our nurse says magnesium cures migraine."."""
_ASKS = frozenset("what how why where when who which if whether".split())
_JOINED = re.compile(r",? (?:and|but|so) |; | [–—] |, ")
_MOST_JOINED = 20
_TREATMENTS = ("entity.nutrient", "entity.care", "entity.medicine")
_ILLS = ("entity.condition", "entity.symptom", "entity.body")
_EXPLAINS = frozenset(("means", "mean", "is", "are", "was", "were", "include", "includes"))
"""Verbs of clauses that may say what a word stands for."""
_FEWEST_WORDS = 3
_NEAR = 3
"""So many words a subject has at most."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Verdict:
    """A judged sentence.

    `kind` is one of `cues.KINDS` for a claim; otherwise what the sentence is instead (`question`, `instruction`,
    `heading` or one of `cues.REASONS`), None if no word told. `cue` holds the deciding words, joined by " … ". `points`
    is what it weighs, more than 0 for a claim; None if nothing was weighed.
    """

    claim: bool
    kind: str | None
    cue: str | None
    points: float | None = field(default=None, compare=False)


_NOTHING = Verdict(False, None, None)


@lru_cache(maxsize=2_000)
def detect(sentence: str, cues: Cues) -> Verdict:
    """Judge one sentence, which may carry Markdown marks and citations. Never raises."""
    if _HEADING.match(sentence):
        return Verdict(False, "heading", "#")
    text = bare(sentence)
    if not _LETTER.search(text):
        return _NOTHING
    own = _own(text, cues)
    if own.claim or own.kind in ("question", "disclaimer"):
        return own
    if (joined := next(_joined(text, cues), None)) is not None or own.kind == "instruction":
        return joined or own
    if (gap := untested(text)) and any(named(word.classes) for word in words(text, cues)):
        return Verdict(True, "research", gap, own.points)
    return next((said for one in _repeated(text, cues) if (said := _own(one, cues)).claim), own)


def _repeated(text: str, cues: Cues) -> Iterator[str]:
    """What the sentence repeats from somebody's mouth: whoever repeats it, publishes it."""
    if '"' in text:
        yield from _SPOKEN.findall(text)
    if found := _REPORTED.match(text):
        before = found["before"].lower().split()
        if before[0] not in _ASKS and not cues.grammar["pages"] & set(before):
            yield found["said"][0].upper() + found["said"][1:]


def _joined(text: str, cues: Cues) -> Iterator[Verdict]:
    """Claims in what is joined to a sentence on something else: "We open at nine, and fluids stop the pain." Only a treatment that
    does something to an ill or the body counts: what else is joined to a story or an offer is mostly more of it."""
    for part in _JOINED.split(text)[1:_MOST_JOINED]:
        clause = part.strip()
        if len(clause.split()) < _FEWEST_WORDS:
            continue
        clause = clause[0].upper() + clause[1:].rstrip(".!") + "."
        own = words(clause, cues)
        verb = main_verb(own, cues)
        verb = short_verb(clause, own, cues) if verb is None else verb
        if verb is None or not 0 < verb <= _NEAR or own[verb].low in _EXPLAINS:
            continue
        before, after = ([one for word in some for one in word.classes] for some in (own[:verb], own[verb + 1 :]))
        if any(one.startswith("entity.people") for one in before):
            continue
        if any(one.startswith(_TREATMENTS) for one in before) and any(one.startswith(_ILLS) for one in after):
            found = _own(clause, cues)
            if found.claim and found.cue:
                as_written = part.strip()[0] + found.cue[1:] if found.cue[0] == clause[0] else found.cue
                yield replace(found, cue=as_written)


def _own(text: str, cues: Cues) -> Verdict:
    """The verdict on a bare text that is taken as a whole."""
    part = _part(text, cues)
    found = _signs(text, cues) if part.words else frozenset()
    points = weigh(part.words, found, cues) if part.words else None
    if points is not None and points > 0:
        kind = kind_of(part.words, found, cues)
        if kind != "safety" and is_of_harm(
            text, part.words, main_verb(tuple(part.words), cues) if part.verb is None else part.verb
        ):
            kind = "safety"
        return Verdict(True, kind, claim_words(part.words, kind, cues) or None, points)
    if part.reason:
        return Verdict(False, part.reason, part.cue, points)
    reason = reason_of(part.words, cues)
    return Verdict(False, reason, reason_words(part.words, reason) if reason else None, points)


def score(sentence: str, cues: Cues) -> float:
    """The points of a sentence, more than 0 for a claim; those of one that asserts nothing are the cue file's `start`."""
    text = bare(sentence)
    return weigh(_part(text, cues).words, _signs(text, cues), cues)


@lru_cache(maxsize=500)
def _signs(text: str, cues: Cues) -> frozenset[str]:
    """Kept, as the part is, since a sentence that is no claim is soon asked for its points, too."""
    return frozenset(signs(text, _part(text, cues), cues))


@lru_cache(maxsize=500)
def _part(text: str, cues: Cues) -> Part:
    return asserted(text, words(text, cues), cues)
