"""What speaks for and against a claim in the words of a sentence: named signs, each worth the points of the cue file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from evidence.claims.build import of_build
from evidence.claims.clauses import Part
from evidence.claims.cues import ENTITIES, KINDS, Cues
from evidence.claims.figures import is_number, of_figure, of_statistics
from evidence.claims.results import of_results
from evidence.claims.shapes import main_verb, named, said
from evidence.claims.short import tells_of_health
from evidence.claims.words import Word

_OF_HEALTH = ("efficacy", "mechanism", "safety", "symptom", "guideline", "research", "testimonial")
_ENTITY_STRONG = frozenset(f"entity.{name}:strong" for name in ENTITIES)
_ENTITY_WEAK = frozenset(f"entity.{name}:weak" for name in ENTITIES)
_PREDICATE_STRONG = frozenset(f"predicate.{name}:strong" for name in _OF_HEALTH)
_PREDICATE_WEAK = (
    frozenset(f"predicate.{name}:{strength}" for name in KINDS for strength in ("strong", "weak")) - _PREDICATE_STRONG
)
_PERSONS = ("first-person", "first-plural", "third-person", "you")
_FAMILIES = {"against": "against", "predicate": "says", "entity": "about"}
_THIS = frozenset("our this the these your next".split())
_MOST = 3
_SHORT, _LONG = 4, 14
_FEW = 4
_NOT = frozenset(
    "not no never nor cannot can't don't doesn't didn't isn't aren't won't wasn't hasn't haven't without".split()
)
_SAYS = frozenset("says said writes wrote recalls adds told explains tells laughs".split())
_THIS_ONE = frozenset(("this", "that", "it", "these"))
_ANSWERS = frozenset(("it", "they", "this", "that", "these", "those", "both"))
_CAN = frozenset("can may might could will would cannot can't won't".split())


def weigh(words: Sequence[Word], found: Set[str], cues: Cues) -> float:
    """The points of the asserting words of a sentence and of the signs found in it: more than 0 for a claim."""
    of_signs = sum(cues.points.get(sign, 0.0) for sign in found)
    return cues.points["start"] + of_signs + sum(word_points(words, cues).values())


def word_points(words: Sequence[Word], cues: Cues) -> dict[str, float]:
    """What each different word is worth by itself, in a long sentence less: by the root of the number of words."""
    lows = spoken(words)
    share = max(_FEW, len(lows)) ** -0.5
    return {low: share * cues.words[low] for low in lows if low in cues.words}


def spoken(words: Sequence[Word]) -> list[str]:
    """The different words in lower case, without stops and numbers, in order."""
    return list(dict.fromkeys(word.low for word in words if word.low[0].isalpha()))


def signs(text: str, part: Part, cues: Cues) -> set[str]:
    """The signs of a sentence. `entity-strong-2` is there if two different words or phrases are strongly of health."""
    words = part.words
    counts = _counts(words, cues)
    found = {f"{name}-{number}" for name, count in counts.items() for number in range(1, min(count, _MOST) + 1)}
    if part.reason:
        found.add(f"shape-{part.reason}")
        if part.plain:
            found.add(f"shape-{part.reason}-plain")
    found.update(of_statistics(text))
    found.update(_of_whole(counts, words))
    found.update(_of_opening(text, words, cues))
    verb = main_verb(words, cues) if part.verb is None else part.verb
    found.update(_of_verb(words, verb, cues))
    found.update(of_build(text, words, verb, cues))
    found.update(of_results(words, verb))
    if tells_of_health(text, words, verb):
        found.add("short-of-health")
    return found


def _of_verb(words: Sequence[Word], verb: int | None, cues: Cues) -> Iterator[str]:
    """How the main verb stands, and who or what its subject is."""
    if verb is None:
        yield "verb-none"
        return
    low, subject = words[verb].low, words[:verb]
    tense = _tense(low, cues)
    yield f"verb-{tense}"
    of_health = any(named(word.classes) for word in subject)
    predicate = any(said(word.classes) for word in words[verb : verb + 3])
    if of_health:
        yield f"subject-entity-{tense}"
        if predicate:
            yield "subject-entity-predicate"
    elif len(subject) == 1 and subject[0].low in _ANSWERS:
        yield "subject-answers"
        if predicate:
            yield "subject-answers-predicate"
    elif subject and not subject[0].classes and any(word.low in cues.grammar["third-person"] for word in subject):
        yield f"subject-person-{tense}"
    if predicate:
        yield f"predicate-{tense}"
    if low in _CAN and any(named(word.classes) for word in words[verb:]):
        yield "can-entity"
    if any(word.low in cues.grammar["pages"] for word in subject):
        yield "subject-page"
    if any(named(word.classes) for word in subject):
        yield "subject-entity"
    if any(word.low in {"we", "we've", "we'll"} for word in subject):
        following = {word.low for word in words[verb : verb + 3]}
        yield "we-find" if following & cues.grammar["findings"] else "we-do"
    if any(word.low == "our" for word in subject):
        yield "subject-our"
    if any(word.low in cues.grammar["pages"] and words[place].low in _THIS for place, word in enumerate(words[1:])):
        yield "names-page"
    if any(said(word.classes) for word in words[verb : verb + 2]):
        yield "verb-predicate"


def _tense(low: str, cues: Cues) -> str:
    if low in cues.grammar["past"] or (low.endswith("ed") and len(low) > 4):
        return "past"
    if low in cues.grammar["modals"]:
        return "modal"
    return "linking" if low in cues.grammar["linking"] else "present"


def _counts(words: Sequence[Word], cues: Cues) -> Counter[str]:
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for place, word in enumerate(words):
        if word.low not in seen:
            seen.add(word.low)
            for sign in _of_word(word.low, word.classes, cues):
                counts[sign] += 1
        if is_number(word, cues):
            counts.update(of_figure(words, place, cues))
        if place and _is_name(word, words[place - 1]):
            counts["name"] += 1
    return counts


@lru_cache(maxsize=20_000)
def _of_word(low: str, classes: frozenset[str], cues: Cues) -> tuple[str, ...]:
    """The signs that one word, or the phrase it opens, gives."""
    return tuple(_signs_of(low, classes, cues))


def _signs_of(low: str, classes: frozenset[str], cues: Cues) -> Iterator[str]:
    if classes & _ENTITY_STRONG:
        yield "entity-strong"
    elif classes & _ENTITY_WEAK:
        yield "entity-weak"
    if classes & _PREDICATE_STRONG:
        yield "predicate-strong"
    elif classes & _PREDICATE_WEAK:
        yield "predicate-weak"
    for one in classes:
        family, _, name = one.partition(".")
        if family in _FAMILIES:
            yield f"{_FAMILIES[family]}-{name.replace(':', '-')}"
    if "money" in classes:
        yield "money"
    yield from (name for name in ("modals", "general", *_PERSONS) if low in cues.grammar[name])
    if low in cues.grammar["past"] or (low.endswith("ed") and len(low) > 4):
        yield "past"


def _is_name(word: Word, before: Word) -> bool:
    """A capital inside a sentence that no entity explains: a person, a place, a brand."""
    capital = word.text[:1].isupper() and not word.text.isupper() and "'" not in word.text[:2]
    return capital and before.low not in {'"', ":", "!", "?"} and not named(word.classes)


def _of_whole(counts: Counter[str], words: Sequence[Word]) -> Iterator[str]:
    entities = counts["entity-strong"] + counts["entity-weak"]
    against = {name for name in counts if name.startswith("against")}
    personal = counts["first-person"] + counts["third-person"] + counts["first-plural"]
    elsewhere = counts["against-another-subject-strong"] + counts["against-another-subject-weak"]
    if not entities:
        yield "no-entity"
    if not counts["predicate-strong"] and not counts["predicate-weak"] and not counts["number"]:
        yield "no-predicate"
    if not counts["entity-strong"] and not counts["predicate-strong"]:
        yield "only-weak"
    if counts["entity-strong"] and counts["predicate-strong"]:
        yield "both-strong"
    content = sum(word.low[0].isalpha() and len(word.low) > 3 for word in words)
    unknown = sum(word.low[0].isalpha() and len(word.low) > 3 and not word.classes for word in words)
    yield from (f"unknown-{number}" for number in (2, 4, 6) if unknown >= number)
    yield from (
        f"known-share-{share}" for share in (50, 75) if content and 100 * (content - unknown) >= share * content
    )
    if not any(name.endswith("strong") for name in against):
        yield "nothing-strong-against"
    if not against and counts["entity-strong"]:
        yield "nothing-against-entity"
    if not against and entities and not personal and not counts["name"]:
        yield "nothing-against-general"
    for sure in ("share", "figure-strong", "duration", "statistics"):
        if counts[sure] and entities:
            yield f"{sure}-of-entity"
    if entities and personal and not counts["past"]:
        yield "personal-present-entity"
    if counts["past"] and (personal or counts["name"]):
        yield "past-personal"
    if elsewhere > 1.5 * counts["entity-strong"] + 0.5 * counts["entity-weak"]:
        yield "mostly-another-subject"


def _of_opening(text: str, words: Sequence[Word], cues: Cues) -> Iterator[str]:
    real = [word for word in words if word.low[0].isalnum()]
    if not real:
        return
    for name in ("pronouns", "general", *_PERSONS):
        if real[0].low in cues.grammar[name]:
            yield f"opens-{name}"
    if any(named(word.classes) for word in real[:2]):
        yield "opens-entity"
    if real[0].low == "the":
        yield "opens-the"
    if len(real) < _SHORT:
        yield "very-short"
    elif len(real) > _LONG:
        yield "long"
    if text[:1] in "\"'":
        yield "quotation"
        if real[0].low in cues.grammar["first-person"] or any(word.low in _SAYS for word in words):
            yield "quotation-person"
    if "\u2605" in text:
        yield "stars"
    first = real[0]
    if first.low.endswith("s") and len(first.low) > 3 and first.low not in cues.grammar["pronouns"]:
        yield "opens-plural"
    if any(word.low in _NOT for word in words):
        yield "negated"
    for before, word in pairwise(words):
        if before.low == "your" and "entity.body" in "".join(word.classes):
            yield "your-body"
        if before.low in _THIS_ONE and named(word.classes):
            yield "this-entity"
