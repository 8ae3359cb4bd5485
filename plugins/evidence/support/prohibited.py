"""Whether a sentence forbids a thing or allows it, in plain words: "avoid", "is unsafe", "is not for", "you cannot have it if".

A record that says "must not be used in pregnancy" is the record of "avoid it in pregnancy" as well, and "need not be avoided" is its
contrary. `prohibited.toml` lists the words. Of a sentence that does both, nothing is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from evidence.model import Finding, Rests, Vocabulary
from evidence.sentences import sentences
from evidence.support.phrases import Phrases, lists
from evidence.support.subject import content, stems
from evidence.support.terms import findings_read
from evidence.vocabulary import mentions

_OPEN = re.compile(
    r"\b(?:whether|unknown|unclear|uncertain|not (?:yet )?(?:known|clear|certain|shown)|nobody knows|no one knows|ask)\b|\?",
    re.IGNORECASE,
)
FORBIDS, ALLOWS = "forbids", "allows"
_TREATMENT = "treatment:"
_ORDERS = re.compile(
    r"\b(?:should|must|ought to|needs? to|has to|have to|is to|are to|best)\b[^.;]{0,20}\bavoid|^\W*(?:so |please |always )?avoid\b"
    r"|\b(?:should|must|ought|may|can) (?:not|never) (?:to )?(?:be )?(?:offer|giv|us|try|tri|tak|recommend|start|combin|receiv|get\b)|\b(?:can|must|should)(?:not|n?['’]t) (?:be )?(?:offer|giv|us|try|tri|tak|receiv|have\b|get\b)|\boff[- ](?:limits|the)\b|\bno-go\b|\bcontra-?indicat|\bforb[ai]d|\bprohibit|\bban(?:s|ned)?\b|\bbarred\b"
    r"|\bunsuitable\b|\bunsafe\b|\bnot (?:advised|recommended|suitable|safe|for)\b|\bnever (?:have|take|use|get|give|given|used)\b|\b(?:advis|warn)\w* [^.;]{0,20}(?:against|not to)\b"
    r"|\b(?:keep|stay) away\b|\bsteer clear\b|\bout of the question\b|\b(?:no|not an) option\b",
    re.IGNORECASE,
)
"""Of what forbids, what keeps people from a thing: "was not given" only tells what happened."""
_CAUTION = re.compile(
    r"\b(?:caution|careful|warn|danger|contra-?indicat|only|argues for|against|avoid|must not|not (?:been )?(?:approved|shown|tested))",
    re.IGNORECASE,
)
_ON_A_GROUND = re.compile(
    r"\b(?:in|if|when|while|during|with|who|whose|for|(?:by|of) (?:people|anyone|patients|women|men|adults|those|children|everyone)|people|anyone|patients|children)\b[^.;:]*",
    re.IGNORECASE,
)
_NO_GROUND = stems(
    "patient adult person women anyone everyone somebody history drip guideline society says label author offered given used taken tried received"
    " avoid avoided recommended advised suitable unsuitable safe unsafe option limits table contraindicated contraindication forbidden prohibited banned"
    " barred ruled warned warns advises steer clear keep stay away started combined allowed question never"
)
_LENGTH = 5
"""So many letters of a word are compared: "by injection" is "injected"."""
_PRONOUN = re.compile(r"\b(?:it|them|these|this)\b", re.IGNORECASE)
_LEAST = 2
"""How many content words a record's sentence must share with a sentence to be on the same thing."""


@cache
def _words() -> Mapping[str, Phrases]:
    path = Path(__file__).with_name("prohibited.toml")
    return lists("prohibited", tomllib.loads(path.read_text(encoding="utf-8")), (path, Path(__file__)))


@lru_cache(maxsize=5_000)
def stance(sentence: str) -> tuple[str, str]:
    """`forbids` or `allows` and the words that say so; two empty strings if it does neither, or both."""
    words = _words()
    allowed = [found.span() for found in words["allows"].finditer(sentence)]
    forbidden = next(_apart(words["forbids"], sentence, allowed), "") or next(
        _apart(words["harms"], sentence, allowed), ""
    )
    denied = [found.span() for found in words["forbids"].finditer(sentence)]
    allows = next(_apart(words["allows"], sentence, denied, longer=True), "")
    if bool(forbidden) == bool(allows):
        return "", ""
    return (FORBIDS, forbidden) if forbidden else (ALLOWS, allows)


def _apart(phrases: Phrases, sentence: str, others: list[tuple[int, int]], *, longer: bool = False) -> Iterator[str]:
    """The phrases in a sentence that are no part of others; with `longer`, also those that hold others."""
    for found in phrases.finditer(sentence):
        inside = [
            (start, end)
            for start, end in others
            if start < found.end()
            and found.start() < end
            and not (longer and found.start() <= start and end <= found.end())
        ]
        if not inside:
            yield found[0]


def same_stance(claim: str, recorded: Iterable[str], vocabulary: Vocabulary) -> bool:
    """True if a sentence forbids what one of these texts forbids: that treatment, or what a pronoun there stands for."""
    if stance(claim)[0] != FORBIDS:
        return False
    ours = content(claim, vocabulary)
    treatments = frozenset(one for one in ours if one.startswith(_TREATMENT))
    for text in recorded:
        first = next((f"{_TREATMENT}{use.id}" for use in mentions(text, vocabulary, "treatment")), "")
        for one in _each([text]):
            theirs = content(one, vocabulary) if stance(one)[0] == FORBIDS else frozenset()
            on_it = theirs & treatments or not treatments or (_PRONOUN.search(one) and first in treatments)
            if on_it and len(ours & theirs) >= _LEAST:
                return True
    return False


def forbidden_by(claim: str, recorded: Iterable[str]) -> bool:
    """True if a sentence forbids and one of these texts does."""
    return stance(claim)[0] == FORBIDS and any(stance(one)[0] == FORBIDS for one in _each(recorded))


def allowed_anyway(claim: str, recorded: Iterable[str], vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The words by which a sentence allows what the record forbids, and the record's sentence; None if it does not."""
    said, words = stance(claim)
    if said != ALLOWS or _OPEN.search(claim):
        return None
    ours = content(claim, vocabulary)
    every = _each(recorded)
    shared = [len(ours & content(one, vocabulary)) for one in every]
    most = max(shared, default=0)
    near = [one for one, number in zip(every, shared, strict=True) if number == most >= _LEAST]
    if any(stance(one)[0] != FORBIDS for one in near):
        return None
    return (words, near[0]) if near else None


def forbidden_beyond(claim: str, rests: tuple[Rests, ...], vocabulary: Vocabulary) -> str:
    """The words by which a sentence keeps people from a treatment, where no finding it may rest on warns or forbids on that ground; empty if one does.

    That people with heart disease "were left out of the trials, so the risk is not known" keeps them from nothing.
    """
    said, words = stance(claim)
    if said != FORBIDS or _OPEN.search(claim) or not _ORDERS.search(claim) or not _words()["forbids"].search(words):
        return ""
    ours = content(claim, vocabulary)
    treatments = frozenset(one for one in ours if one.startswith(_TREATMENT))
    if not treatments:
        return ""
    named = frozenset(
        stem for use in mentions(claim, vocabulary, "treatment") for stem in stems(claim[use.start : use.end])
    )
    told = frozenset().union(*(stems(found[0]) for found in _ON_A_GROUND.finditer(claim)))
    ground = {one[:_LENGTH] for one in told - named - _NO_GROUND}
    warning = [one for rest in rests for one in findings_read(rest) if _warns(one)]
    for finding in warning:
        theirs = stems(f"{finding.outcome}. {finding.statement} {finding.quote}")
        if not ground or any(one[:_LENGTH] in ground for one in theirs):
            return ""
    return words


def _warns(finding: Finding) -> bool:
    """True if a finding tells of a harm, advises against, or keeps anybody from the treatment."""
    if finding.effect == "harm" or finding.advice == "advised against" or _CAUTION.search(finding.statement):
        return True
    return any(_words()["forbids"].search(stance(one)[1]) for one in _each([finding.statement, finding.quote]))


def _each(texts: Iterable[str]) -> list[str]:
    return [text[start:end] for text in texts for start, end in sentences(text)]
