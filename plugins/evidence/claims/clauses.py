"""Which part of a sentence asserts something: nothing of a question, of an order only the reason given with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evidence.claims.cues import Cues
from evidence.claims.shapes import definition_verb, is_finite, is_fragment, is_free_relative, main_verb, page_talk
from evidence.claims.short import short_verb
from evidence.claims.topics import names_topic
from evidence.claims.words import Word

_STOPS = frozenset(',;:—–()!?"')
_BREAKS = frozenset(";:—–(!.")
_OPENS_CLAUSE = frozenset("that which who before after until while".split())
_ORDERS = ("orders", "orders-or-nouns", "orders-or-adjectives")
_INFLECTED = ("s", "ed", "ing")
_TITLE = 5
_FRAGMENT = 4
_A = frozenset(("a", "an"))
_POINTS_AT = frozenset(("here", '"'))
_SUBJECTS = frozenset("the your you it they those this that you'll you're it'll it's they'll they're".split())
_WILL = frozenset(("will", "won't"))
_ARTICLES = frozenset(("the", "a", "an", "your", "it", "them", "this", "these"))
_CLOSERS = "\"')] "
_SINCE = frozenset("because since as though although but".split())
_OF_IT = frozenset("which who whom whose where".split())
_CLAUSE_STOPS = frozenset((",", "—", "–", ";", "("))
_OPENS_NOUN = frozenset("the a an one two no some most".split())
_ASKS = frozenset("what which how why whether who where".split())
_LEADS_ON = frozenset("see read visit click".split())
_WHEN = frozenset(("when", "if"))
_NO_ORDERS = frozenset((("have", "no"), ("have", "not"), ("have", "had"), ("have", "been")))


class Part(NamedTuple):
    """The words that assert, and why the others do not ("question", "instruction", "fragment", "definition", "disclaimer",
    "transition", or nothing). `plain`: the shape alone says that nothing is asserted; the words are only weighed to make sure.
    `verb`: the place of the verb, where the shape of a short sentence had to tell it."""

    words: Sequence[Word]
    reason: str
    cue: str
    plain: bool = False
    verb: int | None = None


def asserted(text: str, words: Sequence[Word], cues: Cues) -> Part:
    """The asserting part of a sentence. `text` is its bare text, `words` its words."""
    if text.rstrip(_CLOSERS).endswith("?"):
        return Part(_after_rhetoric(words, cues), "question", "?")
    if names_topic(text, words, cues):
        return Part((), "fragment", words[0].text)
    order = _order(words, cues)
    if order is None:
        verb = short_verb(text, words, cues)
        return _of_shape(words, cues) if verb is None else Part(words, "", "", verb=verb)
    reason = _reason(words, order, cues)
    conditional = _starts(words, _skip(words, 0), cues.grammar["opens-condition"]) > 0
    return Part(reason or (() if conditional else words), "instruction", words[order].text, plain=not reason)


def _of_shape(words: Sequence[Word], cues: Cues) -> Part:
    """A disclaimer, a title and talk of the page assert nothing; any other sentence asserts the whole of it.

    Fragments and definitions are hard to tell: longer ones are weighed, with their shape as a sign, and a second one if
    nothing in them says something of health. Meanings as in a glossary ("A drug that …") assert nothing."""
    for word in words:
        if "against.disclaimer:strong" in word.classes:
            return Part((), "disclaimer", word.text)
    spoken = sum(word.low[0].isalnum() for word in words)
    long = words if spoken >= _FRAGMENT and words[0].low not in _A else ()
    if is_free_relative(words, cues):
        return Part(_tail(words, cues), "fragment", words[0].text)
    if _is_title(words, cues):
        return Part((), "fragment", words[0].text)
    if (named := page_talk(words, cues)) is not None:
        return Part((), "transition", words[named].text)
    if is_fragment(words, cues):
        counted = any("number" in word.classes or word.low in cues.grammar["numbers"] for word in words)
        weighed = spoken > _TITLE and (counted or _says(words[2:]))
        if words[0].low in _A and any(word.low in _OPENS_CLAUSE for word in words[1:5]):
            weighed = False
        return Part(words if weighed else long, "fragment", words[0].text, plain=not weighed)
    if (verb := definition_verb(words, cues)) is not None:
        says = _says(words[verb:])
        here = words[0].low in _POINTS_AT
        return Part(words if says else () if here else long, "definition", words[verb].text, plain=not says)
    return Part(words, "", "")


def _tail(words: Sequence[Word], cues: Cues) -> Sequence[Word]:
    """The fact behind what is only named: "Whether it lasts, because no trial went on for longer", "…, which is not known"."""
    for place in range(2, len(words) - 3):
        low, before = words[place].low, words[place - 1].low
        after = words[place + 1].low
        if low in _SINCE or (low == "given" and after == "that"):
            joins = low == "because" or before in _CLAUSE_STOPS
        else:
            joins = (
                before in _CLAUSE_STOPS
                and low in _OF_IT
                and (after in cues.grammar["finite"] or after in _OPENS_NOUN)
            )
        plain = low == "because" or (low == "since" and len(words) - place > _FRAGMENT)
        if joins and (plain or any(is_finite(words, at, cues) for at in range(place + 1, len(words)))):
            return words[place + (low in _SINCE) + 2 * (low == "given") :]
    return ()


def _is_title(words: Sequence[Word], cues: Cues) -> bool:
    """ "Saline by drip: what one trial found"."""
    colon = next((place for place, word in enumerate(words) if word.low == ":"), 0)
    return bool(colon) and main_verb(words[:colon], cues) is None and is_free_relative(words[colon + 1 :], cues)


def _says(words: Sequence[Word]) -> bool:
    return any(one.startswith("predicate.") and one.endswith(":strong") for word in words for one in word.classes)


def _starts(words: Sequence[Word], place: int, phrases: frozenset[str]) -> int:
    """How many words of a phrase begin at the place; 0 for none."""
    lows = [word.low for word in words[place : place + 4]]
    return next((size for size in range(len(lows), 0, -1) if " ".join(lows[:size]) in phrases), 0)


def _after_rhetoric(words: Sequence[Word], cues: Cues) -> Sequence[Word]:
    """ "Why wait when a drip ends the pain?" asserts what comes after "when"."""
    first = _skip(words, 0)
    if not _starts(words, first, cues.grammar["asserted-questions"]):
        return ()
    for place, word in enumerate(words[first:], first):
        if word.low in cues.grammar["subordinators"]:
            return words[place + 1 :]
    return ()


def _skip(words: Sequence[Word], place: int) -> int:
    while place < len(words) and words[place].low in _STOPS:
        place += 1
    return place


def _order(words: Sequence[Word], cues: Cues) -> int | None:
    """Where the verb of an order stands: first, or first in the main clause after a condition or an opening."""
    first = _skip(words, 0)
    if first >= len(words):
        return None
    if _starts(words, first, cues.grammar["promises"]):
        return None
    if (found := _verb(words, first, cues)) is not None:
        return found
    if _is_bare_verb(words, first, cues) and main_verb(words[first + 1 :], cues) is None:
        return first
    if words[first].low in cues.grammar["opens-condition"] or _starts(words, first, cues.grammar["opens-condition"]):
        for place in range(first, min(len(words) - 1, first + 60)):
            if words[place].low in {",", "—", "–"} and (found := _verb(words, place + 1, cues)) is not None:
                return found
    for place in range(first, min(len(words) - 1, first + 60)):
        if words[place].low == "please" and (found := _verb(words, place + 1, cues)) is not None:
            return found
    return None


def _is_bare_verb(words: Sequence[Word], first: int, cues: Cues) -> bool:
    """Whether a sentence begins like an order: "Rest the joint", "Moisturise every day", not "Slow breathing helps"."""
    word, low = words[first], words[first].low
    after = words[first + 1].low if first + 1 < len(words) else ""
    listed = any(low in cues.grammar[name] for name in _ORDERS)
    if low in cues.grammar["finite"] or (not listed and (low.endswith(_INFLECTED) or low in cues.grammar["past"])):
        return False
    verb = listed or low in cues.grammar["verbs"]
    verb = verb or "predicate.efficacy:strong" in word.classes
    opens = after in cues.grammar["determiners"] or after.endswith("ly") or after in {"every", "at", "on", "to", "up"}
    return verb and (opens or after[:1].isdigit())


def _verb(words: Sequence[Word], place: int, cues: Cues) -> int | None:
    """The place of an order's verb, if an order begins here."""
    lead = False
    place = _skip(words, place)
    for _ in range(3):
        size = _starts(words, place, cues.grammar["before-order"])
        if not size or place + size >= len(words):
            break
        lead = lead or words[place].low in {"please", "do", "don't", "never", "always"}
        place = _skip(words, place + size)
    if place >= len(words):
        return None
    low = words[place].low
    after = words[place + 1].low if place + 1 < len(words) else ""
    if low in cues.grammar["orders-or-adjectives"] and not lead:
        return place if after in cues.grammar["determiners"] and not _finite_follows(words, place + 2, cues) else None
    if low in cues.grammar["orders-or-nouns"]:
        firm = lead or after in _ARTICLES
        return place if firm or not _finite_follows(words, place + 1, cues) else None
    known = low in cues.grammar["orders"] or low in cues.grammar["orders-or-adjectives"]
    if known and after not in {"is", "are", "was", "has", "can", "may"} and (low, after) not in _NO_ORDERS:
        return place
    return None


def _finite_follows(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """Whether a finite verb comes before the next stop, as in "Exercise three times a week lowers blood pressure"."""
    for at in range(place, min(len(words), place + 9)):
        word = words[at]
        if word.low in _STOPS or word.low in cues.grammar["subordinators"] or word.low in _OPENS_CLAUSE:
            return False
        if is_finite(words, at, cues) and "figure" not in "".join(word.classes):
            return True
    return False


def _reason(words: Sequence[Word], order: int, cues: Cues) -> Sequence[Word]:
    """The part of an order that gives a fact: after "because", ", which", ", as it", a semicolon or a dash."""
    size = _starts(words, order, cues.grammar["asserts-anyway"])
    if size:
        return words[order + size :]
    asks = words[order].low in cues.grammar["embeds-question"]
    for place in range(order + 1, len(words) - 1):
        low, before = words[place].low, words[place - 1].low
        listed = low in {"you", "your"} and not _finite_follows(words, place + 1, cues)
        if low == "because" or (before in {",", "—", "–"} and low in cues.grammar["reasons"] and not listed):
            return words[place:]
        if low in {"and", "or"} and {word.low for word in words[place + 2 : place + 6]} & _WILL:
            return words[place + 1 :]
        if low in {"and", "or"} and place > order + 1 and _clause_follows(words, place + 1, before, cues):
            return words[place + 1 :]
        if low in _BREAKS and _verb(words, place + 1, cues) is None:
            rest = words[place + 1 :]
            titled = words[order].low in _LEADS_ON
            if not asks or (low != "(" and not titled and _states(rest, cues)):
                return rest
        if low in {"that", "which"} and not asks and place > order + 1 and _effect_follows(words, place):
            return words[place:]
    return ()


def _states(words: Sequence[Word], cues: Cues) -> bool:
    """Whether what stands behind "Tell the staff about your kidneys:" is a fact, and not what to tell or to ask."""
    first = words[_skip(words, 0)].low if _skip(words, 0) < len(words) else ""
    asked = first in _ASKS or first in cues.grammar["finite"] or first in cues.grammar["you"]
    if first in _WHEN and not any(word.low == "," for word in words):
        return False
    if not first or asked or first in cues.grammar["first-person"] or first in cues.grammar["first-plural"]:
        return False
    return main_verb(words, cues) is not None


def _clause_follows(words: Sequence[Word], place: int, before: str, cues: Cues) -> bool:
    """Whether a new subject and its verb come next: "Drink less and your pace suffers", "Turn it round, and 60% had none"."""
    counted = before == "," and ("number" in words[place].classes or words[place].low in cues.grammar["numbers"])
    if words[place].low not in _SUBJECTS and not counted:
        return False
    until = next((at for at in range(place, len(words)) if words[at].low in _STOPS), len(words))
    return any(is_finite(words, at, cues) for at in range(place, min(until, place + 5)))


def _effect_follows(words: Sequence[Word], place: int) -> bool:
    return any(
        one.startswith("predicate.") and one.endswith(":strong")
        for word in words[place + 1 : place + 6]
        for one in word.classes
    )
