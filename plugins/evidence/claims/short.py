"""Short sentences: "Magnesium cures migraine.", "Droperidol prolongs QT.", "Two patients died.".

Where a sentence is long, a word that may be a noun or a verb ("cures", "triggers") is told by what stands around it. In a few
words that leaves too little, so here the whole is looked at: a subject without a preposition, a word that may be its verb, and
what stands behind that.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.claims.cues import Cues
from evidence.claims.shapes import main_verb, named, said
from evidence.claims.words import Word

MOST = 6
_FEWEST = 2
_ENDS = (".", "!")
_CLOSERS = "\"')] "
_NO_SUBJECT = frozenset(
    "a an the of for in to with by from at on into per about during than as between without after before and or but not no"
    " how why what when where who which if whether that your our my its their his her".split()
)
_NO_OBJECT = frozenset(
    ("of", "for", "and", "or", "in", "by", "with", "from", "to", "on", "at", "vs", "versus", "per", "as")
)
_OF_VERBS = ("yses", "izes", "ises", "ens", "ates", "ifies")
_SINGULAR_IN_S = ("ss", "us", "is", "'s")
_OUTCOMES = frozenset("results effects benefits harms findings improvements gains differences outcomes".split())
_OF_SYMPTOMS = frozenset(
    "throbs hurts aches itches burns stings pounds pulsates spreads worsens lingers eases".split()
)
"""What a condition does, in words that may name a symptom as well: "Migraine throbs."."""
_FEW = 5
_STOPS = frozenset((":", ",", ";", "(", ")", "—", "–"))


def short_verb(text: str, words: Sequence[Word], cues: Cues) -> int | None:
    """The place of the verb of a sentence of at most six words that the usual look finds none in; None if there is none.

    `text` is its bare text. With a full stop a word in -s between two others is the verb unless it is known to be a noun;
    without one it must be known to say something of health, as titles and items of lists have no stop."""
    if not _FEWEST <= len(words) <= MOST or any(word.low in _STOPS for word in words):
        return None
    if main_verb(tuple(words), cues) is not None or any(word.low.endswith("ed") for word in words):
        return None
    stopped = text.rstrip(_CLOSERS).endswith(_ENDS)
    for place in range(1, len(words)):
        if words[place - 1].low in _NO_SUBJECT:
            return None
        if _is_verb(words, place, cues, stopped=stopped):
            return place
    return None


def tells_of_health(text: str, words: Sequence[Word], verb: int | None) -> bool:
    """Whether a few words with a full stop say something of health, of a subject of health or of results, and nothing else:
    "Relief lasts hours.", "Results fade." """
    real = [word for word in words if word.low[0].isalnum()]
    if verb == 0 and len(real) > 1 and _is_plural_subject(words[0]) and said(words[1].classes):
        verb = 1  # "results" and "symptoms" may be verbs, and here are none
    if verb is None or len(real) > _FEW or not text.rstrip(_CLOSERS).endswith("."):
        return False
    if any(one.startswith("against.") or one == "money" for word in words for one in word.classes):
        return False
    about = any(named(word.classes) or word.low in _OUTCOMES for word in words[:verb])
    return about and any(said(word.classes) for word in words[verb : verb + 3])


def _is_plural_subject(word: Word) -> bool:
    return word.low in _OUTCOMES or (word.low.endswith("s") and named(word.classes))


def _is_verb(words: Sequence[Word], place: int, cues: Cues, *, stopped: bool) -> bool:
    word, before = words[place], words[place - 1]
    low = word.low
    if not low.endswith("s") or low.endswith(_SINGULAR_IN_S) or len(low) < 4 or not low.isalpha():
        return False
    if before.low.endswith("s") and not before.low.endswith(_SINGULAR_IN_S) and not before.text[:1].isupper():
        return False  # "drips costs": a plural has no verb in -s; a name may end in s
    if before.low in cues.grammar["numbers"] or before.low[0].isdigit():
        return False
    verb = low in cues.grammar["verbs"] or said(word.classes)
    after = words[place + 1] if place + 1 < len(words) else None
    if after is None:
        if stopped and low in _OF_SYMPTOMS and named(before.classes):
            return True
        verb = low in cues.grammar["verbs"] or low.endswith(_OF_VERBS)
        return stopped and verb and not named(word.classes) and low not in _OUTCOMES
    if after.low in _NO_OBJECT or not after.low[0].isalnum():
        return False
    if stopped:
        return verb or not named(word.classes)
    return verb and said(word.classes) and named(after.classes)
