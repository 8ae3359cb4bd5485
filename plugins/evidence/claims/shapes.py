"""What a sentence is by its shape: where its verb stands, whether it has one, whether it only tells what a word means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from evidence.claims.cues import Cues
from evidence.claims.words import Word

_NOT_BEFORE_A_VERB = frozenset(
    "a an the of for in to with by from at on into your our my its their his her this these those each every no "
    "per about during than as or between without after before".split()
)
_PREPOSITIONS = frozenset("by in with for at to from as on of during after before among per up".split())
_OPENS_RELATIVE = frozenset("that which who whom whose why how where when if because what whether".split())
_BE = frozenset("is are was were am be been being has have had do does did".split())
_ADVERBS = frozenset("not also often usually always never rarely sometimes still only even just then now".split())
_AUXILIARIES = frozenset(
    "is are was were be been has have had do does did can could may might will would should must to".split()
)
_AFTER_A_VERB = frozenset(
    "the a an your it them their its our his her my you people more less up down out off away back both all one any no".split()
)
_MEANS = frozenset("is are means mean refers".split())
_CLOSED = _NOT_BEFORE_A_VERB | _OPENS_RELATIVE | frozenset("and or but not".split())
_POINTS = frozenset("our this the these next each every".split())
_TOLD = frozenset("listed described explained covered discussed summarised summarized".split())
_WHERE = frozenset("in on at below above here under elsewhere later next".split())
_PARTS = frozenset("our table box list figure next panel tab appendix glossary text full detail part more".split())
_STOPS_AND_OF = _PREPOSITIONS | frozenset(("", ",", ";", ":", "(", ")", "and", "or"))
_NOT_ING = frozenset("bring sting swing string spring thing cling fling sling anything something nothing".split())
_OPENS_GENUS = frozenset("a an the any one".split())
_LEFT_OPEN = frozenset("remains remain seems depends matters varies".split())
_LONG_SUBJECT = 10
_SHORT = 5


@lru_cache(maxsize=20_000)
def said(classes: frozenset[str]) -> bool:
    """Whether a word with these classes says something about health."""
    return any(one.startswith("predicate.") for one in classes)


@lru_cache(maxsize=20_000)
def named(classes: frozenset[str]) -> bool:
    """Whether a word with these classes names something of health."""
    return any(one.startswith("entity.") for one in classes)


def _is_ing(low: str) -> bool:
    return low.endswith("ing") and len(low) > 4 and low not in _NOT_ING


def _claims_verb(words: Sequence[Word], place: int) -> bool:
    """Whether the next verb belongs to this word: "that", "who", "when", but not the "when" of "when lying flat"."""
    after = words[place + 1].low if place + 1 < len(words) else ""
    return place > 0 and words[place].low in _OPENS_RELATIVE and not _is_ing(after)


@lru_cache(maxsize=256)
def main_verb(words: tuple[Word, ...], cues: Cues) -> int | None:
    """The place of the verb of the main clause: the first finite one that no relative pronoun before it claims."""
    claimed = False
    for place in range(len(words)):
        if _claims_verb(words, place):
            claimed = True
        elif is_finite(words, place, cues) or (claimed and _may_be_verb(words, place, cues)):
            if not claimed:
                return place
            claimed = False
    return None


def is_finite(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """Whether a word can be a finite verb where it stands; in doubt it can."""
    word, low = words[place], words[place].low
    before = _before(words, place)
    after = words[place + 1].low if place + 1 < len(words) else ""
    if low in cues.grammar["finite"] or low.endswith(("'d", "'ll", "'ve", "'re", "'m")):
        return before != "to"
    if (
        low in _CLOSED
        or before in _NOT_BEFORE_A_VERB
        or before in cues.grammar["modals"]
        or before in _BE
        or _is_ing(low)
    ):
        return False
    if low in cues.grammar["participles"]:
        return bool(place) and after not in _PREPOSITIONS and after not in {"", ",", ";", ":", ")"}
    if low in cues.grammar["past"]:
        return True
    if low.endswith("ed"):
        return bool(place) and len(low) > 4 and after not in _PREPOSITIONS
    known = low in cues.grammar["verbs"] or said(word.classes)
    return known and _in_place(words, place, after, cues)


def _before(words: Sequence[Word], place: int) -> str:
    """The word before, adverbs such as "not" and "also" left out after another verb: "may not suit"."""
    before = words[place - 1].low if place else ""
    if before in _ADVERBS and place > 1 and words[place - 2].low in _AUXILIARIES:
        return words[place - 2].low
    return before


def _in_place(words: Sequence[Word], place: int, after: str, cues: Cues) -> bool:
    """Whether a word that may also be a noun, such as "causes" or "sleep", stands like a verb."""
    word = words[place]
    noun = word.low not in cues.grammar["verbs"] or named(word.classes)
    if word.low.endswith("s") and not word.low.endswith("ss"):
        return after in _AFTER_A_VERB or (not noun and after != "of") or (not place and after not in _STOPS_AND_OF)
    if not place:
        return False
    before = words[place - 1].low
    return before.endswith(("s", "ly")) or before in cues.grammar["subjects"]


def is_fragment(words: Sequence[Word], cues: Cues) -> bool:
    """A title or a lead-in: without a verb, a number or a verdict such as "no benefit"."""
    real = [word for word in words if word.low[0].isalnum()]
    if not real or real[0].low in cues.grammar["free-relatives"]:
        return False
    if _has_verdict(words, cues) or (len(real) > 1 and real[0].low in cues.grammar["verbs"]):
        return False
    if len(real) > _SHORT and any("number" in word.classes for word in words):
        return False
    if any(word.low in {"%", "—", ":"} for word in words) and any("number" in word.classes for word in words):
        return False
    if main_verb(words, cues) is not None:
        return False
    return len(real) <= _SHORT or not _may_have_verb(words, cues)


def _may_have_verb(words: Sequence[Word], cues: Cues) -> bool:
    """Whether some word of a longer text might be its verb after all, as in "ACE inhibitors lengthen life"."""
    claimed = False
    for place in range(len(words)):
        if _claims_verb(words, place):
            claimed = True
        elif place and _may_be_verb(words, place, cues):
            if not claimed:
                return True
            claimed = False
    return False


def _may_be_verb(words: Sequence[Word], place: int, cues: Cues) -> bool:
    word, low, before = words[place], words[place].low, _before(words, place)
    after = words[place + 1].low if place + 1 < len(words) else ""
    if (
        before in _CLOSED - _OPENS_RELATIVE
        or before in _AUXILIARIES
        or before in cues.grammar["numbers"]
        or low in _CLOSED
    ):
        return False
    if _is_ing(low) or not low[0].isalpha() or low in cues.grammar["participles"]:
        return False
    if low in cues.grammar["verbs"] or low in cues.grammar["finite"]:
        return True
    if after in _STOPS_AND_OF or after in _OPENS_RELATIVE or named(word.classes):
        return False
    if said(word.classes):
        return low.endswith("s") or after in _AFTER_A_VERB
    return not word.classes and (low.endswith("s") or before.endswith("s"))


def _has_verdict(words: Sequence[Word], cues: Cues) -> bool:
    lows = [word.low for word in words]
    verdicts = cues.grammar["verdicts"]
    firsts = _first_words(verdicts)
    places = [place for place, low in enumerate(lows) if low in firsts]
    return any(" ".join(lows[place : place + size]) in verdicts for place in places for size in range(1, 4))


@lru_cache(maxsize=8)
def _first_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.split(" ", 1)[0] for phrase in phrases)


def is_free_relative(words: Sequence[Word], cues: Cues) -> bool:
    """ "What studies found when fluids were given", but not "What causes it is unknown" or "Which is why"."""
    real = [word for word in words if word.low[0].isalnum()]
    if not real or real[0].low not in cues.grammar["free-relatives"]:
        return False
    asks_who = real[0].low == "who"
    if (
        len(real) < 2
        or (real[1].low in cues.grammar["finite"] and not asks_who)
        or any(word.low in {":", "?"} for word in words)
    ):
        return False
    first = claimed = joined = False
    for place, word in enumerate(words[1:], 1):
        if first and word.low in {",", "—", "–", ";"}:
            return not _tells(words[:place])
        if word.low in _OPENS_RELATIVE:
            claimed = first
        elif word.low in {"and", "or"}:
            joined = first
        elif is_finite(words, place, cues):
            main = word.low in _AUXILIARIES | _LEFT_OPEN or (not joined and place < len(words) - 2)
            if first and not claimed and main:
                return False
            first, claimed, joined = True, False, False
    return first


def _tells(words: Sequence[Word]) -> bool:
    """Whether a verb comes right before a form of "be": "What they share is …"."""
    return any(
        word.low in {"is", "are", "was"}
        and 2 < place < len(words) - 1
        and words[place - 1].low not in _NOT_BEFORE_A_VERB
        for place, word in enumerate(words)
    )


def definition_verb(words: Sequence[Word], cues: Cues) -> int | None:
    """Where the verb stands of "An infusion is a way of …", "Here, a drip means …" or ""Steroid" means …"."""
    lows = [word.low for word in words]
    short = next(
        (place for place in range(1, min(_SHORT, len(lows) - 1)) if lows[place : place + 2] == ["stands", "for"]),
        None,
    )
    if short is not None:
        return short
    verb = next((place for place, low in enumerate(lows[:_LONG_SUBJECT]) if low in _MEANS), None)
    if verb is None:
        return next(
            (place + 1 for place in range(3, min(_LONG_SUBJECT, len(lows) - 1)) if _is_gloss(lows[: place + 1])), None
        )
    if not verb or any(lows[0] in cues.grammar[name] for name in ("first-plural", "first-person", "pronouns")):
        return None
    if lows[verb] not in {"is", "are"}:
        named = lows[0] == lows[verb - 1] == '"'
        return verb if named or lows[0] == "here" or lows[:2] == ["in", "this"] else None
    following = lows[verb + 1 : verb + 6]
    if _is_gloss(lows[:verb]) or (
        following[:1] in (["something"], ["someone"], ["when"]) and following[1:2] != ["of"]
    ):
        return verb
    if (
        not following
        or following[0] not in _OPENS_GENUS
        or following[1:2] == ["only"]
        or _has_verdict(words[verb:], cues)
    ):
        return None
    return verb if any(low in cues.grammar["genus"] for low in following[1:]) else None


def _is_gloss(subject: Sequence[str]) -> bool:
    """ "A drip, or infusion, …": the subject is named twice."""
    bare = [low for low in subject if low not in {"(", ")"}]
    return (
        bare[:1] in (["a"], ["an"])
        and bare[-1:] == [","]
        and any(bare[place : place + 2] == [",", "or"] for place in range(1, 5))
    )


def page_talk(words: Sequence[Word], cues: Cues) -> int | None:
    """Where a sentence names the page it tells of: "Our page on aura says more", "The signs are listed in …"."""
    verb = main_verb(words, cues)
    if verb is None or any(word.low == "that" for word in words[verb : verb + 2]):
        return None
    for place in range(min(verb, 4)):
        if words[place].low in cues.grammar["pages"] and words[0].low in _POINTS:
            return place
    lows = [word.low for word in words]
    if "we" in lows[:verb] and lows[verb] in cues.grammar["editing"] and cues.grammar["sources"] & set(lows):
        return verb
    for place in range(verb, min(len(lows) - 1, verb + 3)):
        if lows[place] in _TOLD and lows[place + 1] in _WHERE and _is_here(lows[place + 1 :], cues):
            return place
    return None


def _is_here(lows: Sequence[str], cues: Cues) -> bool:
    """Whether "listed in …" goes on with a part of the page, and not with somebody else's document."""
    if lows[0] not in {"in", "on", "under"}:
        return True
    near = set(lows[1:4])
    return bool(near & (cues.grammar["pages"] | _PARTS)) or not near
