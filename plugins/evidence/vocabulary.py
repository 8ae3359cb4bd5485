"""The terms of the controlled vocabulary, found in running text.

A term is found by its label or any of its synonyms: whole words, the longest first, in any case of letters, singular or
plural, with spaces or hyphens between the words. `i.v.` reads as `IV`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from evidence.kept import kept
from evidence.model import KINDS, Term, TermUse, Vocabulary

_WORD = re.compile(r"\b[iI\u0130\u0131]\.\s?[vV]\.|[^\W_]+(?:['’][sS\u017f]\b)?")
"""All letters that are an i or an s in any case are named: an expression that does not mind case takes twice as long."""
_GAP = re.compile(r"[\s\-‐‑‒–/'’*_%]{1,4}")
"""What may stand between two words of one term: no comma, full stop or bracket."""


def mentions(text: str, vocabulary: Vocabulary, kind: str) -> tuple[TermUse, ...]:
    """The terms of a kind (`treatment`, `population` or `outcome`) that the text names, in order, without overlap.

    For plain words: citations should be taken out before, since the id of a finding is made of words too. The time is
    linear in the length of the text, because no term has more words than the longest in the vocabulary.
    """
    return _mentions(text, vocabulary).get(kind, ())


@lru_cache(maxsize=5_000)
def _mentions(text: str, vocabulary: Vocabulary) -> Mapping[str, tuple[TermUse, ...]]:
    """Those of all kinds that the text names: who asks for one most often asks for the others as well."""
    firsts = _firsts(vocabulary)
    found = [(_word(match[0]), *match.span()) for match in _WORD.finditer(text)]
    uses: dict[str, list[TermUse]] = {}
    free: dict[str, int] = {}
    for at, (word, start, _) in enumerate(found):
        for kind in firsts.get(word, ()):
            if at < free.get(kind, 0):
                continue
            phrases = vocabulary.phrases[kind]
            term, last, here = "", at, at
            words: tuple[str, ...] = (word,)
            while words in phrases:
                if phrases[words]:
                    term, last = phrases[words], here
                here += 1
                if here == len(found) or not _GAP.fullmatch(text, found[here - 1][2], found[here][1]):
                    break
                words = (*words, found[here][0])
            if term:
                uses.setdefault(kind, []).append(TermUse(term, start, found[last][2]))
            free[kind] = last + 1
    return {kind: tuple(several) for kind, several in uses.items()}


@kept(most=16)
def _firsts(vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """The kinds of terms that a word may begin: few words of a text begin any."""
    firsts: dict[str, tuple[str, ...]] = {}
    for kind, phrases in vocabulary.phrases.items():
        for word in {words[0] for words in phrases}:
            firsts[word] = (*firsts.get(word, ()), kind)
    return firsts


def phrase(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: one key for `Triptans`, `triptan` and `TRIPTAN`."""
    return tuple(_word(match[0]) for match in _WORD.finditer(name))


@lru_cache(maxsize=20_000)
def _word(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold()
    if plain.startswith("i."):
        return "iv"
    plain = re.sub(r"['’]s$", "", plain)
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "xes", "ches", "shes")):
        return plain[:-2]
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain


def build(terms: Iterable[Term]) -> Vocabulary:
    """The vocabulary of these terms. Of two terms with the same name the first keeps it."""
    by_kind: dict[str, dict[str, Term]] = {kind: {} for kind in KINDS}
    phrases: dict[str, dict[tuple[str, ...], str]] = {kind: {} for kind in KINDS}
    for term in terms:
        by_kind[term.kind][term.id] = term
        index = phrases[term.kind]
        for words in filter(None, map(phrase, term.names)):
            for length in range(1, len(words)):
                index.setdefault(words[:length], "")
            index[words] = index.get(words) or term.id
    return Vocabulary(by_kind, phrases)


@lru_cache(maxsize=10_000)
def broader(id: str, vocabulary: Vocabulary, kind: str) -> frozenset[str]:
    """The term itself and all that are broader, however far up: magnesium by drip is magnesium, and a drip."""
    terms = vocabulary.terms.get(kind, {})
    reached: set[str] = set()
    waiting = [id]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += terms[one].broader if one in terms else ()
    return frozenset(reached)


def compatible(one: str, other: str, vocabulary: Vocabulary, kind: str) -> bool:
    """True if a sentence on the one may speak of the other: they are the same, or one is broader than the other."""
    return one in broader(other, vocabulary, kind) or other in broader(one, vocabulary, kind)


def bears_out(record: str, claim: str, vocabulary: Vocabulary, kind: str) -> bool:
    """True if a record on the one may bear out a claim on the other: as `compatible`, but not from a class to one of its members.

    What was found with triptans bears out nothing on zolmitriptan; what was found with zolmitriptan is on a triptan.
    """
    if record != claim and record in broader(claim, vocabulary, kind):
        return not _members(record, vocabulary, kind) & broader(claim, vocabulary, kind)
    return compatible(record, claim, vocabulary, kind)


@lru_cache(maxsize=1_000)
def _members(id: str, vocabulary: Vocabulary, kind: str) -> frozenset[str]:
    """The ids of the members of a class; none if the term is no class."""
    term = vocabulary.terms.get(kind, {}).get(id)
    names = (phrase(member.split("=")[0]) for member in (term.members if term else ()))
    return frozenset(filter(None, (vocabulary.phrases[kind].get(words) for words in names)))
