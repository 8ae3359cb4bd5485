"""The kind of a claim, and the words of the sentence that made it one; or why it is none, and the words for that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from math import fsum
from operator import itemgetter

from evidence.claims.cues import KINDS, Cues
from evidence.claims.words import Word

# What the predicates of a kind count for: clear and rare kinds more, kinds whose words are everywhere less.
_WORTH = {
    "mechanism": 0.8,
    "prevalence": 0.4,
    "population": 0.6,
    "efficacy": 1.0,
    "timing": 0.6,
    "safety": 1.2,
    "research": 1.0,
    "guideline": 1.4,
    "symptom": 0.8,
    "testimonial": 3.0,
    "comparison": 0.8,
    "dose": 1.0,
}
_WEAK = 0.35
# What the subject adds to a kind: a trial speaks for research, a symptom for symptoms.
_SUBJECTS = {
    "research": ("research", 1.2),
    "symptom": ("symptom", 0.4),
    "condition": ("prevalence", 0.2),
    "medicine": ("safety", 0.2),
    "body": ("mechanism", 0.2),
}
_MOST = 3
_MOST_WORDS = 4


def kind_of(words: Sequence[Word], found: Set[str], cues: Cues) -> str:
    """One of `KINDS`: the kind that the signs found are worth most for, by the points of the cue file."""
    if not cues.kinds:
        return _by_predicates(words)

    starts, by_sign = _by_sign(cues)
    worth = map(fsum, zip(starts, *[by_sign[sign] for sign in found if sign in by_sign], strict=True))
    return max(zip(KINDS, worth, strict=True), key=itemgetter(1))[0]


@lru_cache(maxsize=8)
def _by_sign(cues: Cues) -> tuple[tuple[float, ...], Mapping[str, tuple[float, ...]]]:
    """What each kind is worth from the start, in the order of `KINDS`, and what each sign adds to each."""
    of_kinds = [cues.kinds[kind] for kind in KINDS]
    every = {sign for signs in of_kinds for sign in signs}
    found = {sign: tuple(signs.get(sign, 0.0) for signs in of_kinds) for sign in every}
    return found.pop("start", (0.0,) * len(KINDS)), found


def _by_predicates(words: Sequence[Word]) -> str:
    """The kind whose predicates weigh most in the words, at most three of each strength."""
    found = Counter(one for word in words for one in word.classes)

    def weight(kind: str) -> float:
        strong, weak = (min(found[f"predicate.{kind}:{strength}"], _MOST) for strength in ("strong", "weak"))
        subjects = sum(
            extra for name, (of, extra) in _SUBJECTS.items() if of == kind and found[f"entity.{name}:strong"]
        )
        return _WORTH[kind] * (strong + _WEAK * weak) + subjects

    return max(KINDS, key=weight)


def reason_of(words: Sequence[Word], cues: Cues) -> str | None:
    """What the sentence is instead of a claim, by the words that speak against it; None if no word does."""
    counts: dict[str, float] = defaultdict(float)
    for word in words:
        for one in word.classes:
            family, _, rest = one.partition(".")
            name, _, strength = rest.partition(":")
            if family == "against":
                counts[name] += -cues.points.get(f"against-{name}-{strength}-1", -0.1)
    best = max(counts, key=lambda name: (counts[name], name), default=None)
    return best if best is not None and counts[best] > 0 else None


def claim_words(words: Sequence[Word], kind: str, cues: Cues) -> str:
    """The words that made it a claim: what it is about and what is said of it, in the sentence's order."""
    ranks = [(_rank(word.classes, kind), place) for place, word in enumerate(words) if word.classes]
    best = sorted(((rank, place) for rank, place in ranks if rank), key=lambda pair: (-pair[0], pair[1]))
    return _joined(words, [place for _, place in best[:_MOST_WORDS]] or _worth_most(words, cues))


def _worth_most(words: Sequence[Word], cues: Cues) -> list[int]:
    """The places of the words that are worth most by themselves, for a sentence in which no class told."""
    places = [place for place, word in enumerate(words) if word.low[0].isalnum()]
    return sorted(places, key=lambda place: (-cues.words.get(words[place].low, 0.0), place))[:_MOST_WORDS]


def reason_words(words: Sequence[Word], reason: str) -> str:
    """The words that spoke against it."""
    places = [
        place for place, word in enumerate(words) if any(one.startswith(f"against.{reason}:") for one in word.classes)
    ]
    strong = [place for place in places if f"against.{reason}:strong" in words[place].classes]
    return _joined(words, (strong or places)[:_MOST_WORDS])


@lru_cache(maxsize=20_000)
def _rank(classes: frozenset[str], kind: str) -> int:
    strong = any(one.startswith(("entity", "predicate")) and one.endswith("strong") for one in classes)
    if f"predicate.{kind}:strong" in classes:
        return 5
    if any(one.startswith("entity") and one.endswith("strong") for one in classes):
        return 4
    if strong or f"predicate.{kind}:weak" in classes:
        return 3
    if any(one.startswith("entity") for one in classes):
        return 2
    return 1 if any(one.startswith("predicate") for one in classes) else 0


def _joined(words: Sequence[Word], places: Sequence[int]) -> str:
    """The words at the places, phrases whole, in order; neighbours together, others with " … " between."""
    taken = sorted({at for place in places for at in range(place, min(len(words), place + words[place].length))})
    pieces: list[str] = []
    for number, at in enumerate(taken):
        if number and taken[number - 1] == at - 1:
            pieces[-1] += " " + words[at].text
        else:
            pieces.append(words[at].text)
    return " … ".join(pieces)
