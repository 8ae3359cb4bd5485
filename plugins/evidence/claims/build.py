"""How a sentence is built, as signs: how it ends, who its subject is, how its clauses are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidence.claims.cues import Cues
from evidence.claims.shapes import named, said
from evidence.claims.words import Word

_CLOSERS = "\"') "
_JOINTS = frozenset("so which because since as when if but while although though unless where than whether".split())
_BE = frozenset("is are was were be been being am".split())
_STAFF = frozenset(
    "nurse nurses doctor doctors physio clinician clinicians consultant consultants gp team physician pharmacist midwife"
    " therapist practitioner specialist paramedic medic staff receptionist anaesthetist radiographer dietitian".split()
)
_PEOPLE = frozenset(
    "people patients women men adults children teenagers babies sufferers those anyone everyone someone most many some few"
    " others runners athletes clients members person patient child adult".split()
)
_STUDY = frozenset(
    "study studies trial trials review reviews meta-analysis analysis evidence data research researchers".split()
)
_STUDIED = frozenset("participants volunteers subjects patients animals mice rats samples data".split())
_ALONE = {
    "the": "the", "a": "a", "an": "a", "my": "my", "our": "our", "your": "your", "i": "i", "we": "we", "you": "you",
    "he": "person", "she": "person", "his": "person", "her": "person", "it": "it", "this": "this", "that": "this",
    "they": "they", "their": "they", "these": "these", "those": "these", "there": "there", "no": "no", "its": "it",
    "who": "who", "what": "who", "each": "each", "every": "each", "all": "each", "both": "each",
}  # fmt: skip


def of_build(text: str, words: Sequence[Word], verb: int | None, cues: Cues) -> Iterator[str]:
    """The signs of the whole build of a sentence; `text` is its bare text, `words` those of its asserting part,
    `verb` the place of its main verb."""
    yield from _of_end(text, verb is not None)
    yield from _of_subject(words, verb, cues)
    lows = [word.low for word in words]
    yield from (f"joins-{low}" for low in dict.fromkeys(lows[1:]) if low in _JOINTS)
    for before, word in pairwise(words):
        if before.low in _BE and (word.low in cues.grammar["participles"] or word.low.endswith("ed")):
            yield "passive-past" if before.low in {"was", "were"} else "passive"
        if before.low in {"has", "have"} and word.low == "been":
            yield "perfect"
        if before.low in {"am", "pm"} or (word.low in {"am", "pm"} and before.low[0].isdigit()):
            yield "clock"
        if before.low in {"more", "less", "fewer", "better", "worse"} or (
            word.low.endswith("er") and before.low == "the"
        ):
            yield "comparative"
    entities = [place for place, word in enumerate(words) if named(word.classes)]
    predicates = [place for place, word in enumerate(words) if said(word.classes)]
    if entities and predicates and entities[0] < predicates[-1] and predicates[0] < entities[-1]:
        yield "entity-around-predicate"
    if lows and lows[0] in {"in", "among", "for", "of"}:
        near = set(lows[1:6])
        if near & _STUDY:
            yield "opens-in-study"
        elif near & _PEOPLE:
            yield "opens-in-people"


def _of_end(text: str, has_verb: bool) -> Iterator[str]:
    """Titles and items of lists end without a stop, but so do the sentences of people who write in haste."""
    last = text.rstrip(_CLOSERS)[-1:]
    if last == "!":
        yield "ends-cry"
    elif last == ":":
        yield "ends-colon"
    elif last and last not in ".?…":
        first = next((letter for letter in text if letter.isalpha()), "A")
        yield "ends-open-lower" if first.islower() else "ends-open"
        if not has_verb:
            yield "ends-open-no-verb"


def _of_subject(words: Sequence[Word], verb: int | None, cues: Cues) -> Iterator[str]:
    """Who or what the sentence is about, by the first word, and whether that stands for people at large."""
    real = [word for word in (words if verb is None else words[:verb]) if word.low[0].isalnum()]
    if verb is None or not real:
        return
    lows = [word.low for word in real]
    first = _ALONE.get(lows[0])
    if first is None:
        first = "number" if lows[0][0].isdigit() or lows[0] in cues.grammar["numbers"] else "bare"
    after = {word.low for word in words[verb : verb + 3]}
    modal = words[verb].low in cues.grammar["modals"]
    past = words[verb].low in cues.grammar["past"] or words[verb].low.endswith("ed")
    tense = "modal" if modal else "past" if past else "present"
    yield f"of-{first}-{tense}"
    if any(named(word.classes) for word in words[verb:]):
        yield f"of-{first}-on-entity"
    if any(said(word.classes) for word in words[verb : verb + 4]):
        yield f"of-{first}-says"
    group = (
        "staff"
        if _STAFF & set(lows)
        else "studied"
        if _STUDIED & set(lows) and past
        else "people"
        if _PEOPLE & set(lows)
        else ""
    )
    if group:
        yield f"of-{group}-{tense}"
    elif first == "bare" and lows[-1].endswith("s") and not past:
        yield "of-plural"
    if "will" in after or words[verb].low.endswith("'ll"):
        yield "future"
