"""Where in a source: `p. 3`, `chap. IV`, `{sec. 2, note}`, told apart from the other words after a key.

As pandoc does it (`Text.Pandoc.Citeproc.Locator`): of the terms of CSL's English locale it looks for these, and
"app. 3" or "art. 3" are words like any others. Tables, which pandoc does not look for, are understood too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

_TERMS: Mapping[str, str] = {
    "book": "book|books|bk.|bks.",
    "chapter": "chapter|chapters|chap.|chaps.|c.|cc.",
    "column": "column|columns|col.|cols.",
    "figure": "figure|figures|fig.|figs.",
    "folio": "folio|folios|fol.|fols.",
    "issue": "issue|issues|no.|nos.",
    "line": "line|lines|l.|ll.",
    "note": "note|notes|n.|nn.",
    "opus": "opus|opera|op.|opp.",
    "page": "page|pages|p.|pp.",
    "paragraph": "paragraph|paragraphs|para.|paras.|¶|¶¶",
    "part": "part|parts|pt.|pts.",
    "section": "section|sections|sec.|secs.|§|§§",
    "sub-verbo": "sub verbo|sub verbis|s.v.|s.vv.",
    "table": "table|tables|tbl.|tbls.",
    "verse": "verse|verses|v.|vv.",
    "volume": "volume|volumes|vol.|vols.",
}
LOCATOR_LABELS: Mapping[str, str] = MappingProxyType(
    {form: term for term, forms in _TERMS.items() for form in forms.split("|")}
)
"""What may be typed before a number (in any case) → CSL's name for it."""

_LONGEST = max(map(len, LOCATOR_LABELS)) + 4
_ROMAN = re.compile(r"M*(?:CM)?D?(?:CD)?C*(?:XC)?L?(?:XL)?X*(?:IX)?V?(?:IV)?I*")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_BRACKETS = {opening: frozenset(opening + "".join(_PAIRS[char] for char in opening)) for opening in ("([{", "{[")}


class Token(NamedTuple):
    """A piece of a suffix: a word, one mark of punctuation, a space, or (`opaque`) some markup as a whole."""

    text: str
    opaque: bool = False
    math: bool = False


class Located(NamedTuple):
    """A suffix taken apart. `label` and `locator` are None if there is no locator; then `rest` is all of it."""

    label: str | None
    locator: str | None
    rest: str


Match = tuple[bool, str, int]
"""Whether there is a number in it, its text, and the position after it."""


def is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"


def split(words: str) -> list[Token]:
    """Text as tokens: spaces and marks of punctuation (but the colon) stand alone."""
    tokens: list[Token] = []
    for piece in re.findall(r"[ \t\r\n]+|[^\W_]+|[\s\S]", words):
        joins = tokens and not piece.isspace() and not _alone(piece[0]) and not _alone(tokens[-1].text[0])
        if joins:
            tokens[-1] = Token(tokens[-1].text + piece)
        else:
            tokens.append(Token(" " if piece[0] in " \t\r\n" else piece))
    return tokens


def _alone(char: str) -> bool:
    return char.isspace() or (char != ":" and is_punctuation(char))


def locate(tokens: Sequence[Token]) -> Located:
    """A whole suffix → its locator and what follows it. Braces decide by themselves; `{}` says there is none."""
    at = 1 if _is(tokens, 0, ",") else 0
    at += _is_space(tokens, at)
    found = _delimited(tokens, at) or _integrated(tokens, at)
    if found is None:
        return Located(None, None, text_of(tokens))
    label, locator, after = found
    rest = text_of(tokens[after:])
    return Located(label or None, locator.strip() or None, rest)


def text_of(tokens: Sequence[Token]) -> str:
    return " ".join("".join(token.text for token in tokens).split())


def _is(tokens: Sequence[Token], at: int, char: str) -> bool:
    return at < len(tokens) and not tokens[at].opaque and tokens[at].text == char


def _is_space(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and not tokens[at].opaque and tokens[at].text.isspace()


def _delimited(tokens: Sequence[Token], at: int) -> tuple[str, str, int] | None:
    if not _is(tokens, at, "{"):
        return None
    at += 1
    while _is_space(tokens, at):
        at += 1
    labelled = _label(tokens, at, lambda here: here < len(tokens))
    if labelled:
        label, at = labelled
    else:
        # pandoc looks for a single digit here; `{33}` is a locator without a label
        label = "page" if at < len(tokens) and re.fullmatch("[0-9]", tokens[at].text) else ""
    locator = ""
    while found := _balanced(tokens, at, "{[", lambda here: _any(tokens, here)):
        locator, at = locator + found[1], found[2]
    return (label, locator, at + 1) if _is(tokens, at, "}") else None


def _any(tokens: Sequence[Token], at: int) -> Match | None:
    return (True, tokens[at].text, at + 1) if at < len(tokens) else None


def _integrated(tokens: Sequence[Token], at: int) -> tuple[str, str, int] | None:
    def numbered(here: int) -> bool:
        found = _word(tokens, here, first=True)
        return found is not None and found[0]

    labelled = _label(tokens, at, numbered)
    label = labelled[0] if labelled else "page"
    at = labelled[1] if labelled else at
    wanted: Callable[[Match], bool] = (lambda found: found[0]) if labelled else (lambda found: _digits(found[1]))
    found = _word(tokens, at, first=not labelled) if labelled else _word(tokens, at, first=True)
    if found is None or not wanted(found):
        return None
    locator = ""
    while found and wanted(found):
        locator, at = locator + found[1], found[2]
        found = _word(tokens, at, first=False)
    return label, locator, at


def _digits(words: str) -> bool:
    return any(char in "0123456789" for char in words)


def _label(tokens: Sequence[Token], at: int, limit: Callable[[int], bool]) -> tuple[str, int] | None:
    """The longest label that starts here and ends where `limit` holds."""
    best, grown, here = None, "", at
    while here < len(tokens) and len(grown) <= _LONGEST:
        grown, here = grown + tokens[here].text, here + 1
        term = LOCATOR_LABELS.get(grown.strip().casefold())
        if term and limit(here):
            best = term, here
    return best


def _word(tokens: Sequence[Token], at: int, *, first: bool) -> Match | None:
    before = ""
    if not first and (_is(tokens, at, ",") or _is(tokens, at, ";")):
        before, at = tokens[at].text, at + 1
    if _is_space(tokens, at):
        before, at = before + " ", at + 1
    found = _balanced(tokens, at, "([{", lambda here: _pages(tokens, here))
    return (found[0], before + found[1], found[2]) if found else None


def _balanced(tokens: Sequence[Token], at: int, opening: str, inner: Callable[[int], Match | None]) -> Match | None:
    """One or more of `inner`, each bare or in one pair of brackets."""
    numbered, words, start = False, "", at
    while found := _surrounded(tokens, at, opening, inner):
        numbered, words, at = numbered or found[0], words + found[1], found[2]
    return (numbered, words, at) if at > start else None


def _surrounded(tokens: Sequence[Token], at: int, opening: str, inner: Callable[[int], Match | None]) -> Match | None:
    def bare(here: int) -> Match | None:
        return None if _bracket(tokens, here) in _BRACKETS[opening] else inner(here)

    char = _bracket(tokens, at)
    if not char or char not in opening:
        return bare(at)
    numbered, words, after = bare(at + 1) or (False, "", at + 1)
    if _is(tokens, after, _PAIRS[char]):
        return numbered, char + words + _PAIRS[char], after + 1
    return None


def _bracket(tokens: Sequence[Token], at: int) -> str | None:
    """The token's text, if it can be a bracket at all."""
    return tokens[at].text if at < len(tokens) and not tokens[at].opaque else None


def _pages(tokens: Sequence[Token], at: int) -> Match | None:
    first = _unit(tokens, at)
    numbered, words, after = first or (False, "", at)
    while _is(tokens, after, ".") and (unit := _unit(tokens, after + 1)):
        numbered, words, after = numbered or unit[0], f"{words}.{unit[1]}", unit[2]
        if first is None:
            break
    return (numbered, words, after) if after > at else None


def _unit(tokens: Sequence[Token], at: int) -> Match | None:
    if at < len(tokens) and not tokens[at].opaque and _is_roman(tokens[at].text):
        return True, tokens[at].text, at + 1
    here = at
    while here < len(tokens) and _within_unit(tokens[here]):
        here += 1
    words = "".join(token.text for token in tokens[at:here])
    return (_digits(words), words, here) if here > at else None


def _is_roman(words: str) -> bool:
    return bool(words) and _ROMAN.fullmatch(words.upper()) is not None


def _within_unit(token: Token) -> bool:
    if token.opaque:
        return not token.math
    if token.text.isspace():
        return False
    return not (len(token.text) == 1 and token.text not in "-–:" and is_punctuation(token.text))
