"""What a sentence is by its shape: where its verb stands, whether it has one, whether it only tells what a word means."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.claims.cues import Cues
from evidence.claims.words import Word

_NOT_BEFORE_A_VERB = frozenset(
    "a an the of for in to with by from at on into your our my its their his her this these those each every no "
    "per about during than as or between without after before".split()
)
_PREPOSITIONS = frozenset("by in with for at to from as on of during after before among per".split())
_OPENS_RELATIVE = frozenset("that which who whom whose why how where when if because what whether".split())
_MAIN = frozenset("is are was were has have does do can may might will would should must depends".split())
_BE = frozenset("is are was were am be been being has have had do does did".split())
_MEANS = frozenset("is are means mean refers".split())
_CLOSED = _NOT_BEFORE_A_VERB | _OPENS_RELATIVE | frozenset("and or but not".split())
_OPENS_GENUS = frozenset("a an the any one".split())
_LONG_SUBJECT = 10
_SHORT = 5


def main_verb(words: Sequence[Word], cues: Cues) -> int | None:
    """The place of the verb of the main clause: the first finite one that no relative pronoun before it claims."""
    claimed = False
    for place, word in enumerate(words):
        if place and word.low in _OPENS_RELATIVE:
            claimed = True
        elif is_finite(words, place, cues):
            if not claimed:
                return place
            claimed = False
    return None


def is_finite(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """Whether a word can be a finite verb where it stands; in doubt it can."""
    word, low = words[place], words[place].low
    before = words[place - 1].low if place else ""
    after = words[place + 1].low if place + 1 < len(words) else ""
    if low in cues.grammar["finite"] or low.endswith(("'d", "'ll", "'ve", "'re", "'m")):
        return before != "to"
    if before in _NOT_BEFORE_A_VERB or before in cues.grammar["modals"] or before in _BE or low.endswith("ing"):
        return False
    if low in cues.grammar["participles"]:
        return bool(place) and after not in _PREPOSITIONS and after not in {"", ",", ";", ":", ")"}
    if low in cues.grammar["past"]:
        return True
    if low.endswith("ed"):
        return bool(place) and len(low) > 4 and after not in _PREPOSITIONS
    known = low in cues.grammar["verbs"] or any(one.startswith("predicate.") for one in word.classes)
    return known and _in_place(words, place, after, cues)


def _in_place(words: Sequence[Word], place: int, after: str, cues: Cues) -> bool:
    """Whether a word that may also be a noun, such as "causes" or "sleep", stands like a verb."""
    word = words[place]
    noun = any(one.startswith("entity.") for one in word.classes)
    if word.low.endswith("s") and not word.low.endswith("ss"):
        return after in cues.grammar["determiners"] if noun else after != "of"
    if not place:
        return False
    before = words[place - 1].low
    return before.endswith(("s", "ly")) or before in cues.grammar["subjects"]


def is_fragment(words: Sequence[Word], cues: Cues) -> bool:
    """A title or a lead-in: without a verb, a number or a verdict such as "no benefit", or all one free relative."""
    real = [word for word in words if word.low[0].isalnum()]
    if not real:
        return False
    if real[0].low in cues.grammar["free-relatives"]:
        return _is_free_relative(real, words, cues)
    if any("number" in word.classes for word in words) or _has_verdict(words, cues):
        return False
    if main_verb(words, cues) is not None:
        return False
    return len(real) <= _SHORT or not any(_may_be_verb(words, place, cues) for place in range(1, len(words)))


def _may_be_verb(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """Whether a word of a longer text might be its verb after all, as in "ACE inhibitors lengthen life"."""
    word, before = words[place], words[place - 1].low
    if (
        before in _NOT_BEFORE_A_VERB
        or before in {"to", "or"}
        or word.low.endswith("ing")
        or not word.low[0].isalpha()
    ):
        return False
    if word.low in cues.grammar["verbs"] or any(one.startswith("predicate.") for one in word.classes):
        return word.low not in cues.grammar["participles"]
    return not word.classes and (word.low.endswith("s") or before.endswith("s")) and word.low not in _CLOSED


def _has_verdict(words: Sequence[Word], cues: Cues) -> bool:
    lows = [word.low for word in words]
    verdicts = cues.grammar["verdicts"]
    return any(" ".join(lows[place : place + size]) in verdicts for place in range(len(lows)) for size in range(1, 4))


def _is_free_relative(real: Sequence[Word], words: Sequence[Word], cues: Cues) -> bool:
    """ "What studies found when fluids were given", but not "What causes it is unknown" or "Which is why"."""
    if len(real) < 2 or real[1].low in cues.grammar["finite"] or any(word.low in {":", "?"} for word in words):
        return False
    first = claimed = False
    for place, word in enumerate(words[1:], 1):
        if first and word.low in {",", "—", "–", ";"}:
            return True
        if word.low in _OPENS_RELATIVE:
            claimed = first
        elif is_finite(words, place, cues):
            if first and not claimed and (word.low in _MAIN or words[place - 1].low not in {"and", "or"}):
                return False
            first, claimed = True, False
    return first


def definition_verb(words: Sequence[Word], cues: Cues) -> int | None:
    """Where the verb stands of "An infusion is a way of …", "Here, a drip means …" or ""Steroid" means …"."""
    lows = [word.low for word in words]
    verb = next((place for place, low in enumerate(lows[:_LONG_SUBJECT]) if low in _MEANS), None)
    if not verb or any(lows[0] in cues.grammar[name] for name in ("first-plural", "first-person", "pronouns")):
        return None
    if lows[verb] not in {"is", "are"}:
        named = lows[0] == lows[verb - 1] == '"'
        return verb if named or lows[0] == "here" or lows[:2] == ["in", "this"] else None
    following = lows[verb + 1 : verb + 6]
    if not following or following[0] not in _OPENS_GENUS or _has_verdict(words[verb:], cues):
        return None
    return verb if any(low in cues.grammar["genus"] for low in following[1:]) else None
