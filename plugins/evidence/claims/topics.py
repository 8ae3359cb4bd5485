"""Titles and headings that name a topic: "IV lidocaine for migraine", "Lidocaine drips: what is known", "Easing an attack"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.claims.cues import Cues
from evidence.claims.shapes import main_verb, named
from evidence.claims.words import Word

_ARTICLES = frozenset("the a an your it them this these".split())
_ASKS = frozenset("what which how why whether who where when if".split())
_FOR = frozenset(("for", "against", "in"))
_JOINS = frozenset("and or by a an the of as vs versus vein drip".split())
_WIDER = frozenset("in during after before at and or with without by among".split())
_PRAISES = re.compile(
    r"predicate\.(?:(?:safety|comparison|timing|guideline|testimonial|dose|prevalence):\w+|efficacy:strong)"
)
_PRAISED = frozenset(
    "proven new effective relief hope help answer remedy solution fast good great ideal natural".split()
)
_KNOWN = re.compile(
    r"(?:what|how much|which)\s(?:\w+\s){0,3}?(?:is|are|was|were|has been|have been|we)\s(?:(?:not|yet|still|and|really)\s){0,3}"
    r"(?:known|unknown|know|found|tested|tried|studied|reported|said|shown|seen)(?:\s(?:and|or)\s(?:what\s)?(?:is\s)?(?:not|unknown|unclear))?",
    re.IGNORECASE,
)
_OF = re.compile(r"\s(?:of|about|on|for)\s", re.IGNORECASE)
_MOST, _MOST_FOR = 6, 9


def names_topic(text: str, words: Sequence[Word], cues: Cues) -> bool:
    """Whether a bare text without a full stop only names what it is about; `words` are its words."""
    if not words or not text[-1:].isalnum():
        return False
    lows = [word.low for word in words[:3]]
    act = lows[0].endswith("ing") and len(words) == 3 and lows[1] in _ARTICLES
    if act or (len(lows) == 3 and lows[1] == "and" and lows[2] in _ASKS):
        return True
    colon = next((place for place, word in enumerate(words) if word.low == ":"), None)
    if colon is not None:
        return _KNOWN.fullmatch(text.partition(":")[2].strip()) is not None and _of_thing(words[:colon], cues)
    if (known := _KNOWN.match(text)) and (of := _OF.match(text, known.end())):
        return _of_thing(words[len(text[: of.end()].split()) :], cues)
    return any(word.low in _FOR for word in words[1:]) and _of_thing(words, cues)


def _of_thing(words: Sequence[Word], cues: Cues) -> bool:
    """ "Lidocaine", "Nerve blocks for cluster headache in adults": a treatment, and perhaps for what and whom."""
    place = next((at for at, word in enumerate(words) if word.low in _FOR), len(words))
    thing, whom = words[:place], words[place + 1 :]
    if not 0 < len(thing) <= _MOST or len(whom) > _MOST_FOR or not any(named(word.classes) for word in thing):
        return False
    if not all(_is_of_thing(word, cues) for word in thing):
        return False
    if place == len(words):
        return True
    plain = [word for word in whom if word.low not in _WIDER]
    return (
        main_verb(tuple(whom), cues) is None
        and any(named(word.classes) for word in plain)
        and not any(_praises(word) or "number" in word.classes or not word.low[0].isalnum() for word in plain)
    )


def _is_of_thing(word: Word, cues: Cues) -> bool:
    if word.low in _JOINS or word.low == "blocks":
        return True
    verb = word.low in cues.grammar["verbs"] and not named(word.classes)
    finite = word.low in cues.grammar["finite"] or word.low in cues.grammar["past"]
    return not (verb or finite or word.low.endswith("ed") or not word.low[0].isalnum() or _praises(word))


def _praises(word: Word) -> bool:
    if named(word.classes) and not any(
        one.startswith("predicate.") and one.endswith("strong") for one in word.classes
    ):
        return word.low in _PRAISED
    return word.low in _PRAISED or any(_PRAISES.match(one) for one in word.classes)
