"""A sentence held against the sentence of the record that is most like it: what the one denies, weighs or hedges, and the
other does not.

Only words that the two share are compared, and only if they share much: the record says "must not be given", the sentence
"may be given". `opposites.toml` lists the pairs of words that say the contrary of each other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import pairwise
from pathlib import Path

from evidence.model import Vocabulary
from evidence.sentences import sentences
from evidence.support.phrases import Phrases, lists, told
from evidence.support.subject import content, stems
from evidence.vocabulary import mentions

LEAST_SHARED, LEAST_POINTED, LEAST_OF_CLAUSE = 0.4, 0.25, 0.5
"""The share of the sentence's content words that a sentence of the record must have to be held against it; less will do
if the author pointed at the finding."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[,;:.!?]")
_CLAUSES = re.compile(
    r"[;:]|\b(?:but|while(?! (?:breastfeeding|pregnant|asleep|on|taking))|whereas|although|though|because|since|with or without|who)\b",
    re.IGNORECASE,
)
"""In a sentence of several clauses a denial may belong to any of them."""
SUBJECTS = frozenset(
    "migrain headach drip infus infusion infusions magnesium fluid pain attack salin placebo group comparison".split()
)
"""Denied or not by the build of a sentence alone: "no fluids eased pain", "fluids did not ease pain"."""
_NONE = re.compile(r"\bwithout\b|\bno (?:drip|fluids?|treatment|medicine)\b", re.IGNORECASE)
"""On one side of a comparison: it is told from the side of those who got nothing."""
_FOLLOWS, _SHARED_BEHIND = 8, 2
FEWEST = 4
"""How many content words a clause must have to be held against the record by itself."""
_AND = re.compile(r";\s|,\s+(?:and|but|so|yet)\s|\s(?:while|whereas)\s")
_PARTS = re.compile(r"[;:]\s|,\s+(?:and|but|so|while|which)\s")
_RATHER = re.compile(
    r"(?P<one>(?:[^\W\d_]+ ){1,2})(?:rather than|instead of|and not|not) (?P<other>[^\W\d_]+(?: [^\W\d_]+)?)",
    re.IGNORECASE,
)
_SETS_AGAINST = re.compile(r"rather than |instead of |not ", re.IGNORECASE)
_HEDGE_REACH = 16
_SCOPE_END = re.compile(r"[;:.]\s|,\s+(?:but|so)\s|\sthan\s")
SHARED_OF_HEDGED, PART_OF_HEDGED = 2, 0.5
"""How many content words a clause must share with a hedged one to be held against it, and which part of the shorter."""
_HEDGED_PARTS = re.compile(r"[.;:]\s|,\s+(?:and|but|so|yet|which)\s|,\s+in whom\s|\sin whom\s")
_CLAIMED_PARTS = re.compile(r"[.;:]\s|,\s|\s(?:and|but|while|whereas|so)\s|\sin whom\s")
_CAN = re.compile(r"\bcan\b(?! not|not)", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = re.compile(r"[;:.]")
_TOLD_AS = {"fall": "fell", "rise": "rose", "feel": "felt", "grow": "grew", "sink": "sank", "shrink": "shrank"}
"""What a denial makes of a verb: the record has "fell", the sentence "did not fall"."""
_REFUSES = re.compile(r"\bmay not (?:be )?(?:offer|given|used|recommended)", re.IGNORECASE)
"""Guidelines deny so; elsewhere "may not" is a hedge."""
_UNWANTED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bnobody)\s+(?:\w+\s+)?(?:want|advise|recommend|prefer|suggest|favou?r)", re.IGNORECASE
)
_FAILING = ("failed", "fails")
_REACH = 7
"""How many words behind a denial it may reach; a stop or a "but" ends it before."""


NOT = "not … "
"""Stands before a word that is denied."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """What sets a sentence against the record: the words of each, and whether it is a hedge that was dropped.

    `denial` is true of what another wording of "no difference" may say as well, and not of "more" for "less".
    """

    ours: str
    theirs: str
    likest: str
    hedge: bool = False
    denial: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Opposites:
    denials: frozenset[str]
    ends: frozenset[str]
    doubts: Phrases
    hedges: Phrases
    hedged: Phrases
    hedged_clause: Phrases
    poles: tuple[tuple[Phrases, Phrases, bool], ...]


@cache
def _opposites() -> _Opposites:
    path = Path(__file__).with_name("opposites.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = data["opposites"]
    told = lists(
        "opposites",
        {
            "doubts": data["denials"]["doubts"],
            **data["hedges"],
            **{f"{side} {number}": pair[side] for number, pair in enumerate(pairs) for side in ("one", "other")},
        },
        (path, Path(__file__)),
    )
    return _Opposites(
        frozenset(data["denials"]["words"].split()),
        frozenset(data["denials"]["ends"].split()),
        told["doubts"],
        told["of_the_record"],
        told["of_the_sentence"],
        told["of_a_clause"],
        tuple(
            (told[f"one {number}"], told[f"other {number}"], pair.get("alone", False))
            for number, pair in enumerate(pairs)
        ),
    )


def hedged(text: str) -> bool:
    """True if the text says "may", or tells of a risk, a warning or chance."""
    return _opposites().hedged.search(text) is not None


def says_may(text: str) -> bool:
    """True if the text says "may", "might", "could", "can" or "possibly"."""
    return _opposites().hedges.search(text) is not None or _CAN.search(text) is not None


def hedge_dropped(claim: str, recorded: Iterable[str]) -> str:
    """The words behind a "may" of the record of which the claim says much without any hedge; or nothing."""
    known = _opposites()
    sentences_of = [sentence for text in recorded for sentence in _sentences(text)]
    for clause in _HEDGED_PARTS.split(claim):
        for part in _CLAIMED_PARTS.split(clause):
            if known.hedged_clause.search(part):
                break  # what follows in the same clause hangs on it: "may cause low calcium, thin bones"
            ours = _told(part)
            if len(ours) < SHARED_OF_HEDGED or _denied(part, known).denies:
                continue
            for scope in (scope for sentence in sentences_of for scope in _scopes(sentence, known)):
                theirs = _told(scope)
                shared = len(ours & theirs)
                if shared >= SHARED_OF_HEDGED and shared >= PART_OF_HEDGED * min(len(ours), len(theirs)):
                    return scope.strip(" .,;")
    return ""


@lru_cache(maxsize=5_000)
def _scopes(sentence: str, known: _Opposites) -> tuple[str, ...]:
    """The words behind each "may" or "can", as far as it reaches."""
    return tuple(
        " ".join(_SCOPE_END.split(sentence[found.start() :], maxsplit=1)[0].split()[:_HEDGE_REACH])
        for found in (*known.hedges.finditer(sentence), *_CAN.finditer(sentence))
    )


@lru_cache(maxsize=5_000)
def _told(clause: str) -> frozenset[str]:
    return stems(clause) - SUBJECTS


def contrast(
    claim: str, recorded: Iterable[str], vocabulary: Vocabulary, *, pointed: bool = False
) -> Contrast | None:
    """What the claim says the contrary of in the sentence of these texts that is most like it; None if nothing.

    `pointed` is true if the claim points at the findings that these texts are.
    """
    return _contrast(claim, tuple(recorded), vocabulary, pointed)


@lru_cache(maxsize=500)
def _contrast(claim: str, texts: tuple[str, ...], vocabulary: Vocabulary, pointed: bool) -> Contrast | None:
    """Kept, since more than one rule asks for it."""
    parts = [(claim, LEAST_POINTED if pointed else LEAST_SHARED)]
    clauses = _AND.split(claim)
    parts += [(clause, LEAST_OF_CLAUSE) for clause in clauses if len(clauses) > 1 and len(stems(clause)) >= FEWEST]
    for part, least in parts:
        if (likest := _likest(part, texts, vocabulary, least)) and (
            found := next(_contrasts(part, likest, claim, partial(_also_denied, claim, texts, vocabulary)), None)
        ):
            return found
    return None


def _likest(claim: str, recorded: Iterable[str], vocabulary: Vocabulary, least: float) -> str:
    ours = content(claim, vocabulary)
    best, share = "", least
    for text in recorded:
        for sentence in _sentences(text):
            found = len(ours & content(sentence, vocabulary)) / len(ours) if ours else 0.0
            if found >= share:
                best, share = sentence, found + 1e-9
    return best


@lru_cache(maxsize=5_000)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentences(text))


def _names(claim: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The treatments a sentence does not want: "they do not want hydromorphone first" denies no hydromorphone."""
    if not _UNWANTED.search(claim):
        return frozenset()
    return frozenset().union(*(stems(claim[use.start : use.end]) for use in mentions(claim, vocabulary, "treatment")))


def _also_denied(claim: str, texts: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    return _denied_somewhere(texts) | _names(claim, vocabulary)


def _denied_somewhere(texts: tuple[str, ...]) -> frozenset[str]:
    known = _opposites()
    return frozenset(
        stem for text in texts for sentence in _sentences(text) for stem in _denied(sentence, known).denied
    )


def _contrasts(claim: str, likest: str, whole: str, also_denied: Callable[[], frozenset[str]]) -> Iterator[Contrast]:
    known = _opposites()
    ours, theirs = _denied(claim, known), _denied(likest, known)
    if (
        ours.denies != theirs.denies
        and not _CLAUSES.search(claim)
        and (claim is whole or not _denied(whole, known).denies)
    ):
        turned = (ours.denied.keys() & theirs.plain.keys() - also_denied()) | (
            theirs.denied.keys() & ours.plain.keys()
        )
        if told := sorted(stem for stem in turned if stem.isalpha() and stem not in SUBJECTS):
            yield Contrast(ours.said(told[0]), theirs.said(told[0]), likest, denial=True)
    poles, its_poles = _poles(claim, known), _poles(likest, known)
    for pair in sorted(poles.keys() & its_poles.keys()):
        (one, other, alone), here_ours, here_theirs = known.poles[pair], poles[pair], its_poles[pair]
        for number, away in ((0, other), (1, one)):
            word, contrary = here_ours[number], here_theirs[1 - number]
            if theirs.denies and not alone and not _stands_by_itself(contrary, likest, claim, known):
                continue
            if not word or not contrary or away.search(whole.replace(word, " ")):
                continue
            if ours.denies and _denied(claim.replace(word, " "), known).denies:
                continue
            if _other_side(claim, likest, word, contrary):
                continue
            if not here_theirs[number] or (alone and away is other):
                yield Contrast(word, contrary, likest, denial=alone)
    if before := _turned(claim, likest):
        yield Contrast(*before, likest)
    if not ours.denies and not known.hedged.search(whole):
        said = {stem for word in _WORD.findall(claim) for stem in stems(word)}
        for its in known.hedges.finditer(likest):
            follows = _PLAIN.findall(_STOP.split(likest[its.end() :], maxsplit=1)[0])[:_FOLLOWS]
            if sum(bool((stems(word) & said) - SUBJECTS) for word in follows) >= _SHARED_BEHIND:
                yield Contrast("", " ".join([its[0], *follows]), likest, hedge=True)


def _stands_by_itself(words: str, sentence: str, claim: str, known: _Opposites) -> bool:
    """True if the part of a sentence that has these words denies nothing, and is on what the claim is on."""
    part = next((part for part in _PARTS.split(sentence) if words in part), sentence)
    return not _denied(part, known).denies and len(_told(part) & _told(claim)) >= _SHARED_BEHIND


@lru_cache(maxsize=5_000)
def _poles(text: str, known: _Opposites) -> Mapping[int, tuple[str, str]]:
    """By the number of a pair of opposites the words of the text that are the one, and the other; of those it has."""
    lists = told(text).lists
    found: dict[int, tuple[str, str]] = {}
    for number, (one, other, _) in enumerate(known.poles):
        if one.may_be_among(lists) or other.may_be_among(lists):
            words = tuple(match[0] if (match := phrases.search(text)) else "" for phrases in (one, other))
            if any(words):
                found[number] = (words[0], words[1])
    return found


def _other_side(claim: str, likest: str, mine: str, its: str) -> bool:
    """True for "visits without fluids were shorter than with them" and "visits with fluids were longer", and for "less often after magnesium than after salt water" and "more often after salt water than after magnesium"."""
    _, than, ours = claim.partition(mine)[2].partition(" than ")
    if than and bool(_NONE.search(claim.partition(mine)[0])) != bool(_NONE.search(likest.partition(its)[0])):
        return True
    between, also, _ = likest.partition(its)[2].partition(" than ")
    return bool(than and also and stems(_STOP.split(ours)[0]) & stems(between))


def _turned(claim: str, likest: str) -> tuple[str, str] | None:
    """ "Evidence rather than opinion" where the record has "opinion rather than evidence"."""
    ours = _RATHER.search(claim) if _SETS_AGAINST.search(claim) and _SETS_AGAINST.search(likest) else None
    theirs = _RATHER.search(likest) if ours else None
    if not ours or not theirs:
        return None
    here, away = ([stems(found[name]) for name in ("one", "other")] for found in (ours, theirs))
    turned = here[0] & away[1] and here[1] & away[0] and not here[0] & away[0]
    return (ours[0], theirs[0]) if turned else None


@dataclass(frozen=True, slots=True)
class _Denials:
    """The words a sentence denies and those it does not, by stem, and whether it denies anything."""

    denied: Mapping[str, str]
    plain: Mapping[str, str]
    denies: bool

    def said(self, stem: str) -> str:
        return f"{NOT}{self.denied[stem]}" if stem in self.denied else self.plain[stem]


@lru_cache(maxsize=5_000)
def _denied(text: str, known: _Opposites) -> _Denials:
    denied: dict[str, str] = {}
    plain: dict[str, str] = {}
    left, denies = 0, known.doubts.search(text) is not None
    before = ""
    every = [found.lower().replace("’", "'") for found in _WORD.findall(text)]
    every = [_TOLD_AS.get(word, word) for word in every]
    for word, following in pairwise([*every, ""]):
        before, last = word, before
        if word in _FAILING and following != "to":
            continue  # "need not have failed older medicines"
        if last in ("may", "might") and word == "not" and not _REFUSES.search(text):
            continue  # a hedge
        if word in known.denials or word.endswith("n't"):
            left, denies = _REACH, True
        elif not word[0].isalnum() or word in known.ends:
            left = 0
        else:
            told_as = denied if left > 0 else plain
            for stem in stems(word):
                told_as[stem] = word
            left -= 1
    for stem in denied.keys() & plain.keys():
        del denied[stem], plain[stem]
    return _Denials(denied, plain, denies)
