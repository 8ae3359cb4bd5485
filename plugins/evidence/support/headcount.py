"""How many had what: 570 people of whom a fifth had fluids are not "570 people given fluids".

Where groups are compared, all who took part are those of every group. A sentence that says all of them were given the one treatment
makes a result of a part that of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from evidence.model import Rests, Source, Vocabulary
from evidence.support.arms import groups_named
from evidence.support.evidence import meet, named
from evidence.support.figures import figures

COMPARING = frozenset({"randomised trial", "non-randomised trial", "secondary analysis of trials"})
_PEOPLE = r"(?:people|persons|patients|adults|women|men|children|participants|of them|others)"
_GAVE = r"(?:given|on|had|got|took|taking|received|receiving|treated with|put on|who drank)"
_GIVEN = re.compile(
    rf"\s?(?:{_PEOPLE})?\s?(?:with (?:\w+ ){{1,3}}?(?:aura )?)?(?:(?:who|that|were|was|also|all|each|had been)\s+)*{_GAVE}\b(?P<what>[^.;,]*)",
    re.IGNORECASE,
)
_WAS_GIVEN = re.compile(
    r"(?P<what>[^.;,]*?)\b(?:was|were|had been) (?:\w+ )?(?:given|offered) to (?:the |all )?$", re.IGNORECASE
)
_ALL_HAD = re.compile(
    r"\b(?:all|everyone|everybody|each|every one)\b[^.;]{0,40}?\b(?:given|had|got|took|received)\b(?P<what>[^.;]*)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:pain|headaches?|relief|side effects?|nausea|less|more|fewer|no|better|worse|lasting|unwanted|attacks?)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:or|either|and|plus|with)\b", re.IGNORECASE)
_LEFT_OPEN = re.compile(
    r"\b(?:either|same|one of)\b|^\s*(?:the|an?|their|this)?\s*(?:drip|infusion|treatment|injection)s?\b(?! of)",
    re.IGNORECASE,
)
"""The placebo came by drip as well."""


def all_for_one(claim: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The number of all who took part, and the treatment that the claim says they all had, where only some did; else None."""
    for number, words, what in _given(claim):
        treatments = named(what, "treatment", vocabulary)
        groups = groups_named(what, vocabulary)
        if not treatments or (len({id for kind, id in groups if kind == "treatment"}) > 1 and _CHOICE.search(what)):
            continue
        if _LEFT_OPEN.search(what):
            continue
        for rest in rests:
            if _took_part(rest.source, number) and not _all_had(rest.source, number, treatments, vocabulary):
                return words, what.strip()
    return None


@lru_cache(maxsize=2_000)
def _given(text: str) -> tuple[tuple[float, str, str], ...]:
    """The numbers of people of a text that it says were given something: the number, its words, what they had."""
    return tuple(_each_given(text))


def _each_given(text: str) -> Iterator[tuple[float, str, str]]:
    for one in figures(text):
        if one.kind not in ("count", "") or one.denominator or not one.value.is_integer() or one.value < 2:
            continue
        start = one.start + len(one.words) if one.kind == "count" and not one.words[-1:].isdigit() else one.end
        for at in (one.end, start):
            if (found := _GIVEN.match(text, at)) and not _RESULT.match(found["what"].lstrip()):
                yield one.value, one.words, found["what"]
                break
        else:
            if found := _WAS_GIVEN.search(text[: one.start]):
                yield one.value, one.words, found["what"]


def _took_part(source: Source, number: float) -> bool:
    note = source.note
    return note is not None and note.design in COMPARING and note.participants == number


def _all_had(source: Source, number: float, treatments: Iterable[str], vocabulary: Vocabulary) -> bool:
    """True if the record says of this number of people, or of all, that they had one of the treatments."""
    texts = [one.statement for one in source.note.findings] if source.note else []
    had = [what for text in texts for its, _, what in _given(text) if its == number]
    had += [found["what"] for text in texts for found in _ALL_HAD.finditer(text)]
    return any(meet(treatments, named(what, "treatment", vocabulary), vocabulary, "treatment") for what in had)
