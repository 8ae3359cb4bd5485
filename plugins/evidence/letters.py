"""Letters that readers and this program would take for others: invisible ones inside words, and those that only look like plain ones.

"cu\\u200bre" is read as "cure" by people and as two words by a program, and so is a word in mathematical bold, or with a Cyrillic "с". Text
pasted from other programs holds such letters without anybody's wish.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
_STYLED = "\u1d00-\u1d2b\u2100-\u2101\u210a-\u2115\u2118-\u211d\u2124\u2128-\u2149\u2460-\u24ff\ua730\ua731\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff\U0001f110-\U0001f189\U0001fbf0-\U0001fbf9"
"""Plain letters and digits in another dress: bold, script, wide, in circles and squares, small capitals."""
_FOREIGN = "\u0180-\u019f\u01a2-\u01ae\u01b1-\u01c3\u0250-\u02af\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b9\u03bd\u03bf\u03c1\u03c5\u0400-\u058f\u13a0-\u13ff"
"""Of other alphabets, or of phonetic writing: a word that mixes them with plain letters imitates another word. By themselves they may stand."""
_PLAIN = "A-Za-z0-9"
_IN_WORD = f"{_PLAIN}\u00c0-\u017f.,"
_ODD = re.compile(
    rf"(?<=[{_IN_WORD}])(?P<unseen>[{_UNSEEN}]+)(?=[{_IN_WORD}])"
    rf"|(?P<styled>[{_STYLED}])"
    rf"|(?<=[{_PLAIN}])(?P<behind>[{_FOREIGN}])|(?P<before>[{_FOREIGN}])(?=[{_PLAIN}])|(?<=\d[.,])(?P<part>[{_FOREIGN}])|(?P<whole>[{_FOREIGN}])(?=[.,]\d)"
    rf"|(?<=[{_PLAIN}])(?P<mark>[\u0300-\u036f\u20d0-\u20ff]+)"
)
_WORD = re.compile(rf"(?:[^\W_]|[{_UNSEEN}\u0300-\u036f\u20d0-\u20ff{_STYLED}]|(?<=\w)[.,'’](?=\w))+")
"""A word or a number, with all that is hidden in it."""


@dataclass(frozen=True, slots=True)
class OddWord:
    """A word with such letters at the offsets `start` to `end`; `what` says what is wrong, `plain` is the word as people read it, as far as known."""

    start: int
    end: int
    what: str
    plain: str

    @property
    def fix(self) -> str:
        """How to mend it."""
        return f'write "{self.plain}"' if self.plain else "type it anew in plain letters"


def odd_words(text: str) -> Iterator[OddWord]:
    """The words of a text with letters that are no plain ones, each told once."""
    if text.isascii():
        return
    until = 0
    for found in _ODD.finditer(text):
        if found.start() < until or (found["mark"] and len(unicodedata.normalize("NFC", _with_mark(found))) == 1):
            continue
        word = next((one for one in _around(text, found) if one.start() <= found.start() < one.end()), found)
        start, end = max(word.start(), found.start() - 40), min(word.end(), found.end() + 40)
        until = end
        yield OddWord(start, end, _what(found, text[start:end]), _plain(text[start:end]))


def _around(text: str, found: re.Match[str]) -> Iterator[re.Match[str]]:
    return _WORD.finditer(text, max(0, found.start() - 60), min(len(text), found.end() + 60))


def _with_mark(found: re.Match[str]) -> str:
    return found.string[found.start() - 1 : found.end()]


def _what(found: re.Match[str], word: str) -> str:
    code = f"U+{ord(found[0][0]):04X}"
    if found["unseen"]:
        return f'"{_seen(word)}" has an invisible character in it ({code})'
    if found["styled"]:
        return f'"{word}" is written in letters that only look like plain ones ({code})'
    if found["mark"]:
        return f'"{word}" has marks across its letters ({code})'
    return f'"{word}" mixes plain letters with one of another alphabet ({code})'


def _seen(word: str) -> str:
    return re.sub(f"[{_UNSEEN}]", "\N{REPLACEMENT CHARACTER}", word)


def _plain(word: str) -> str:
    """As far as Unicode says which letters are meant; empty if others are left."""
    plain = unicodedata.normalize("NFKC", re.sub(f"[{_UNSEEN}]", "", word))
    return plain if not _ODD.search(plain) else ""
