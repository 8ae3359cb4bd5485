"""Terms of the vocabulary that a sentence names and nothing recorded of its sources does.

Of a source pointed at by finding, that finding is the record, with what is background; of another, all its findings are.
A term that is denied or set apart ("rather than a drip") asserts nothing, and neither does one that names a medicine by
its use ("pain medicine").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from evidence.kept import kept
from evidence.model import Finding, Rests, Supported, Vocabulary
from evidence.support.evidence import named_in
from evidence.vocabulary import bears_out, broader, compatible, mentions

_APART = re.compile(
    r"(?:\bno(?! (?:clear |real )?(?:difference|effect|benefit|relief|change|gain|better|worse|more|less))\s+(?:[\w-]+,\s+)*(?:\S+\s+){0,2}(?:(?:or|nor)\s+(?:\S+\s+){0,2})?|\b(?:not(?! (?:clearly |really |much )?(?:differ|change|ease|lower|reduce|cut|improve|shorten|affect|lessen|relieve)\b)|nor|neither|never|without|outside|rather than|instead of|unlike|other than|apart from|as opposed to|differs? from)\b"
    r"\s+(?:\S+\s+){0,3}|not one (?:of \S+\s+)?(?:\S+\s+){0,5}|(?:none|nobody|no one|neither)\s+(?:\S+\s+){0,10}"
    r"|n['’]t\s+(?:\S+\s+){0,5}|nothing (?:on|about)\s+(?:\S+\s+){0,2})$",
    re.IGNORECASE,
)
_SETS_APART = re.compile(
    r"no|n['’]t|never|neither|without|outside|rather|instead|unlike|other|apart|opposed|differ", re.IGNORECASE
)
"""One of these stands in all that sets apart: quicker to look for, and seldom met."""
_CLAUSE_END = re.compile(r"[.;:]\s")
_NOT_IN = re.compile(
    r"\b(?:not|never)\s+(?:(?:in|one in|about|for|on|an?|the|people with|those with)\s+)*$", re.IGNORECASE
)
_BY_USE = re.compile(
    r"[\s-]+(?:\w+ )?(?:medicines?|medications?|drugs?|tablets?|pills?|clinics?|center|centre|diary)\b", re.IGNORECASE
)
_AGAINST = re.compile(r"\banti[\s-]?$", re.IGNORECASE)
_STATE = re.compile(r"\b(?:have|has|had|having|with) no\s+$", re.IGNORECASE)
_DENIED_VERB = re.compile(r"(?:\bnot|n['’]t)\s+$", re.IGNORECASE)
_VERB = re.compile(r"(?:shorten|lengthen|prevent|lower|reduc|weaken|slow)", re.IGNORECASE)
_EASES = re.compile(r"(?:eas|reliev|sooth)\w*", re.IGNORECASE)
_EASED = re.compile(r"\s+(?:(?:the|their|an?|such|some|severe|any)\s+)?")
"""From a verb to what it is said of."""
_NEAR = 60

_SENTENCE = re.compile(r"(?<=[.;])\s+")
_UNANSWERED = re.compile(
    r"\b(?:does not (?:list|tell|name|test|say)|gives? no (?:figures?|rates?)|could not be confirmed|(?:is|are|was|were) not (?:recorded|confirmed|told))\b",
    re.IGNORECASE,
)
"""Of a sentence of the record: what it names it leaves unanswered."""
_OPEN = re.compile(
    r"\b(?:not|no|nor|never|nobody|none|nothing|unknown|unclear|open|whether|leaves?|left|silent|little|cannot|without|missing|lacks?|unanswered|neither)\b|n['’]t\b|\?|^\W*(?:how|what|why|which|who|when|where)\b",
    re.IGNORECASE,
)
_ALSO_HAD = re.compile(
    r"^(?:many |some |all |most )?(?:patients|people|they|many|some)\b[^.;]{0,12}\balso (?:had|got|took)\b",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r"\b(?:also|too|as well|besides|alongside|together|with|added|plus|other|further|among|combined|on top|everyone|everybody|all|both)\b",
    re.IGNORECASE,
)

PLACES = frozenset({"emergency-department", "hospital-inpatients", "outpatients", "wellness-clients"})
GENERAL = PLACES | {"adults", "migraine", "headache"}
"""Where people are, and who all our sources are on: often named only to say where the source is not."""
TAKEN_FOR_ONE = frozenset({"pain-relief", "pain-freedom"})
EXCLUSIVE = (
    frozenset({"adults", "children"}),
    frozenset({"migraine-with-aura", "migraine-without-aura"}),
    frozenset({"episodic-migraine", "chronic-migraine"}),
    frozenset({"women", "men"}),
    PLACES,
)
"""Groups of people of whom one is not the other: a result in the one says nothing on the other."""


NARROWING = EXCLUSIVE[1:3]
"""Groups of whom a source that names neither has told nothing apart."""


def record(rests: tuple[Rests, ...]) -> str:
    """All that is recorded of the sources, as far as a sentence that cites them so rests on it."""
    return " ".join(read(rests))


@kept(most=2_000)
def read(rests: tuple[Rests, ...]) -> tuple[str, ...]:
    """The same, each text by itself: two sentences that rest on one finding share what was made of its text."""
    return tuple(text for rest in rests for text in _texts(rest) if text)


@kept(most=2_000)
def recorded(rests: tuple[Rests, ...]) -> tuple[str, ...]:
    """The statements and quotes a sentence rests on, each a text."""
    return tuple(text for rest in rests for one in findings_read(rest) for text in (one.statement, one.quote) if text)


def findings_read(rest: Rests) -> tuple[Finding, ...]:
    """The findings a citation may rest on: those it points at, with what is background; else all of the source."""
    every = rest.source.note.findings if rest.source.note else ()
    if not rest.points:
        return every
    return (*rest.findings, *(one for one in every if one.effect == "background" and one not in rest.findings))


def _texts(rest: Rests) -> Iterator[str]:
    yield rest.source.value("title") + "."
    if rest.source.note:
        yield rest.source.note.population + "."
    for one in findings_read(rest):
        yield from _words(one)


def _words(finding: Finding) -> tuple[str, ...]:
    return f"{finding.outcome}.", finding.statement, finding.quote


def unnamed(one: Supported, kind: str, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The ids that the sentence names and its sources do not, and those they name instead; the first may be empty."""
    texts = _borne_out(one) if kind == "treatment" else read(one.rests)
    theirs = _all_asserted(texts, kind, vocabulary)
    if kind != "population" and all(rest.points for rest in one.rests):
        pointed = [text for rest in one.rests for found in findings_read(rest) for text in _words(found)]
        pointed = list(_borne_out(one, heads=False)) if kind == "treatment" else pointed
        theirs = _all_asserted(pointed, kind, vocabulary) or theirs  # a title may name what other findings are on
    said = theirs
    if kind == "treatment":
        theirs = _members(theirs, vocabulary)
        theirs |= _treatments(one.rests, theirs)
    if not theirs:
        return frozenset(), theirs
    ours = _asserted(one.words, kind, vocabulary) - said
    if kind == "treatment":  # "Drip: prochlorperazine" is about prochlorperazine
        plain = ours - _classes(vocabulary)
        ours = plain if any(compatible(id, other, vocabulary, kind) for id in plain for other in theirs) else ours
    return frozenset(id for id in ours if not any(bears_out(other, id, vocabulary, kind) for other in theirs)), theirs


def _borne_out(one: Supported, *, heads: bool = True) -> tuple[str, ...]:
    """What is recorded, without what it only leaves open, or was given besides what was looked at.

    That a source does not tell the harms of ketorolac, or that patients "also had magnesium", bears out no sentence on these
    but one that says so. `heads` are the titles of the sources and the people they are about.
    """
    leaves_open, besides = _OPEN.search(one.words) is not None, _BESIDES.search(one.words) is not None
    if heads and leaves_open and besides:
        return read(one.rests)
    return _left(one.rests, leaves_open, besides, heads)


def _left(rests: tuple[Rests, ...], leaves_open: bool, besides: bool, heads: bool) -> tuple[str, ...]:
    texts: list[str] = []
    for rest in rests:
        if heads:
            texts += [
                rest.source.value("title") + ".",
                (rest.source.note.population if rest.source.note else "") + ".",
            ]
        for found in findings_read(rest):
            outcome, *said = _words(found)
            aimed = rest.anchored and found in rest.findings  # what is said of it, the other rules look at
            left = said if aimed else [_without(text, not leaves_open, not besides) for text in said]
            if any(left):
                texts += [outcome, *left]
    return tuple(filter(None, texts))


@lru_cache(maxsize=5_000)
def _without(text: str, unanswered: bool, besides: bool) -> str:
    """The text without the sentences that leave a thing unanswered, or tell what else was given."""
    if not (unanswered and _UNANSWERED.search(text)) and not (besides and _ALSO_HAD.search(text)):
        return text
    return " ".join(
        part
        for part in _SENTENCE.split(text)
        if not (unanswered and _UNANSWERED.search(part)) and not (besides and _ALSO_HAD.search(part))
    )


@cache
def _classes(vocabulary: Vocabulary) -> frozenset[str]:
    """The treatments that are broader than another."""
    every = vocabulary.terms.get("treatment", {})
    return frozenset(above for id in every for above in broader(id, vocabulary, "treatment") - {id})


def _members(ids: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The treatments without those that only say what another of them is: "prochlorperazine, an anti-nausea medicine"."""
    classes = {above for id in ids for above in broader(id, vocabulary, "treatment") - {id}}
    return ids - classes


def other_outcome(one: Supported, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The outcome the sentence names and the one its findings measured instead, of two that are often taken for one."""
    here = _asserted(one.words, "outcome", vocabulary) & TAKEN_FOR_ONE
    there = _all_asserted(_pointed(one.rests), "outcome", vocabulary) & TAKEN_FOR_ONE if here else here
    return (here, there) if here and there and not here & there else (frozenset(), frozenset())


def _treatments(rests: Iterable[Rests], by_words: frozenset[str]) -> frozenset[str]:
    """The treatments of the notes: of one on a single treatment always, of others if no words name any."""
    lists = [rest.source.note.treatments for rest in rests if rest.source.note]
    return frozenset(id for ids in lists if len(ids) == 1 or not by_words for id in ids)


def _pointed(rests: Iterable[Rests]) -> list[str]:
    """The words of the findings that are pointed at."""
    return [text for rest in rests if rest.points for found in rest.findings for text in _words(found)]


def asserted(words: str, kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The ids of the terms of a kind that a text names and does not set apart."""
    return _asserted(words, kind, vocabulary)


def _all_asserted(texts: Iterable[str], kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset().union(*(_asserted(text, kind, vocabulary) for text in texts))


@lru_cache(maxsize=5_000)
def _asserted(words: str, kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(_each_asserted(words, kind, vocabulary))


def _each_asserted(words: str, kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    for use in mentions(words, vocabulary, kind):
        before = words[max(0, use.start - _NEAR) : use.start]
        clause = _CLAUSE_END.split(before)[-1]
        if kind == "outcome" and words[use.start : use.end].isupper() and use.end - use.start > len("PAIN"):
            continue  # the name of a trial: RELIEF
        if kind == "outcome" and _EASES.fullmatch(words, use.start, use.end):
            of = _EASED.match(words, use.end)
            if of and any(
                other.id != use.id and other.start in range(use.end, of.end() + 1)
                for other in mentions(words, vocabulary, kind)
            ):
                continue  # what "eases nausea" does is said of nausea
        if kind == "outcome" and (
            _STATE.search(clause) or (_DENIED_VERB.search(clause) and _VERB.match(words, use.start))
        ):
            yield use.id  # "had no nausea", "did not shorten attacks" are on an outcome, and deny none
        elif not (_is_apart(clause) or _AGAINST.search(before) or _BY_USE.match(words, use.end)):
            yield use.id


def is_set_apart(words: str, start: int) -> bool:
    """True if the words that lead up to this place deny what stands there or set it apart."""
    return _is_apart(_CLAUSE_END.split(words[max(0, start - _NEAR) : start])[-1])


def _is_apart(clause: str) -> bool:
    """True if the words that lead up to a term deny it or set it apart."""
    return _SETS_APART.search(clause) is not None and _APART.search(clause) is not None


def foreign_people(one: Supported, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The people by condition whom the sentence names and its sources do not, with whom they name.

    A source that says whom it is not about ("people with fibromyalgia, not migraine") is on none of these.
    """
    said = _asserted(one.words, "population", vocabulary)
    theirs = _all_asserted(read(one.rests), "population", vocabulary)
    denied = frozenset(id for text in read(one.rests) for id in _denied(text, vocabulary)) - theirs if said else said
    ours = frozenset(
        id
        for id in said - GENERAL
        if not any(compatible(id, other, vocabulary, "population") for other in theirs | denied)
    )
    return ours | (said & denied), theirs


def _denied(words: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The people of whom a record says that they are not those it is about."""
    for use in mentions(words, vocabulary, "population"):
        if _NOT_IN.search(words, max(0, use.start - _NEAR), use.start):
            yield use.id


def other_people(one: Supported, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The group of people the sentence names and the one its sources name instead, if nobody is in both."""
    ours = _asserted(one.words, "population", vocabulary)
    pointed = named_in(_pointed(one.rests), "population", vocabulary) if ours else ours
    for groups in EXCLUSIVE if ours else ():
        here, there = ours & groups, pointed & groups
        if not there or here & PLACES:
            there |= named_in(read(one.rests), "population", vocabulary) & groups
        if here and not here & there and (there or groups in NARROWING):
            return here, there
    return frozenset(), frozenset()
