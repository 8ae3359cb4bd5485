"""The little language in which lexicon files name phrases, made so that no pattern can be slow.

A pattern is a regular expression without `*`, `+` and counts, so that a match is never longer than the pattern allows and
the search is linear in the text. Instead there are three short hands: a space stands for a space or a hyphen, `{3}` for up
to three words, `#` for a figure. Letters match in any case; whole words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

_SPACE = r"(?:[\s\u2010-\u2015-]{1,3})"
_WORDS = r"(?:[^\s;:!?]{{1,40}}\s{{1,3}}){{0,{}}}"
_FIGURE = r"(?:\d[\d.,]{0,12})"
TOKEN = re.compile(
    r"(?P<escaped>\\.)|(?P<set>\[(?:\\.|[^\]\\])*\])|(?P<opening>\(\?(?::|=|!|<=|<!))|(?P<gap>\{[1-9]\}[ ]?)"
    r"|(?P<space>[ ])|(?P<figure>\#)|(?P<unbounded>[*+]|\{|\}|\(\?)|(?P<other>.)",
    re.DOTALL,
)
_MOST_CHOICES = 25


class PatternError(ValueError):
    """What is wrong with a pattern, as a lower-case fragment."""


def compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    """One expression for all of these patterns. Raises PatternError."""
    for pattern in patterns:
        translated(pattern)
    return _joined(patterns)


def _joined(patterns: Sequence[str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{''.join(_parts(pattern))})" for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4_000)
def made(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """As `compiled`, for patterns that are known to be sound; each made once."""
    return _joined(patterns)


class _Later:
    """An expression that is made when it is first asked for anything: few runs need any, and making them all takes long."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._patterns = patterns

    def __getattr__(self, name: str) -> Any:
        whole = made(self._patterns)
        for method in ("search", "match", "finditer"):
            setattr(self, method, getattr(whole, method))
        return getattr(whole, name)


def compiled_later(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """As `compiled`, for patterns that are known to be sound; made when it is first used."""
    return cast("re.Pattern[str]", _Later(patterns))


def translated(pattern: str) -> str:
    """The pattern as Python's `re` takes it. Raises PatternError."""
    if not pattern.strip():
        raise PatternError("the pattern is empty")
    text = "".join(_parts(pattern))
    if pattern.count("?") > _MOST_CHOICES * 2:
        raise PatternError("the pattern has too many choices; write several patterns")
    try:
        made = re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"the pattern cannot be read: {str(error).split(' at position')[0]}") from error
    if made.match(""):
        raise PatternError("the pattern matches nothing at all, so it would match everywhere")
    return text


def _parts(pattern: str) -> Iterator[str]:
    for found in TOKEN.finditer(pattern):
        kind, text = found.lastgroup, found[0]
        if kind == "unbounded":
            raise PatternError(f'"{text}" is not allowed here; write {{3}} for up to three words, or name the words')
        if kind == "escaped" and re.fullmatch(r"\\[1-9AZzgkN]", text):
            raise PatternError(f'"{text}" is not allowed here; name the words')
        if kind == "gap":
            yield _WORDS.format(text[1])
        elif kind == "space":
            yield _SPACE
        else:
            yield _FIGURE if kind == "figure" else text
