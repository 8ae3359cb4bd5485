"""A block of inline Markdown → the words a reader sees, each with its place in the block, and what stands in them.

Citations, comments, tags, addresses and marks of emphasis are taken out, entities and escapes are read; pictures are set
apart, since their descriptions are judged on their own. One pass, linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

from evidence.kept import kept
from evidence.model import Block
from evidence.sentences import sentences

_TOKEN = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<comment><!--(?:(?!<!--|-->).)*-->)"
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|[^\s<>@]{1,64}@)[^\s<>]*>)"
    r"|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<note>\[\^[^\]\s]{1,80}\])"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<attributes>\{:[^{}\n]*\})"
    r"|(?P<marks>\*+|(?<!\w)_+|_+(?!\w))",
    re.DOTALL,
)
_TARGET = re.compile(
    r"\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)(?:\s+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_LABEL = re.compile(r"[ ]?\[[^\[\]]{0,200}\]")
_GAP = re.compile(r"\s+([.,;:!?)\]])")
_CLAIM = re.compile(r"\{\s*\.claim\s*\}")
_MOST_BLOCKS = 2_000
"""Rules ask for the same blocks of one document in turn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Citations that stand together: where in the passage's words, which cluster of the block, and if narrative."""

    at: int
    cluster: int
    narrative: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a block, or of a picture's description in it.

    `pieces` are (offset in `words`, offset in the block), in order; between two of them both run alike. `claimed` are the
    stretches that an author marked as claims, `comments` the block's offsets of its comments.
    """

    words: str
    pieces: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...] = ()
    claimed: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Passage, ...] = ()

    def offset(self, at: int) -> int:
        """The offset in the block of a character of the words."""
        number = max(bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1, 0)
        words, block = self.pieces[number] if self.pieces else (0, 0)
        return block + at - words


_LEAD = re.compile(r"\s*(\*\*|__)(?:(?!\1).)+\1\s*(?:\*\*|__)?", re.DOTALL)
_LONGEST_LEAD = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage: its words, its stretch of the passage and of the block, and the citations it carries.

    `last` is the end of the sentence in the block with the citations that follow its full stop; `claimed` is true if an
    author marked it, or words of it, as a claim.
    """

    words: str
    span: tuple[int, int]
    start: int
    end: int
    last: int
    clusters: tuple[int, ...] = ()
    claimed: bool = False


@kept(_MOST_BLOCKS)
def passage(block: Block) -> Passage:
    """The words of a block."""
    return _Reader(block).read()


@kept(_MOST_BLOCKS)
def sentences_of(block: Block) -> tuple[Sentence, ...]:
    """The sentences of a block, each with its citations.

    A bracketed citation after a full stop belongs to the sentence before it; a narrative one opens the next. A few words in
    bold that open the block are the title of the sentence behind them, and one with it.
    """
    words = passage(block)
    spans = sentences(words.words)
    if len(spans) > 1 and _is_lead(block.text[: words.offset(spans[1][0])]):
        spans = ((spans[0][0], spans[1][1]), *spans[2:])
    owned: list[list[int]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for mark in words.marks:
        number = bisect_right(starts, mark.at) - 1
        if number >= 0 and not mark.narrative and mark.at <= starts[number] and number > 0:
            number -= 1  # it stands right before this sentence's first word
        if spans:
            owned[max(number, 0)].append(mark.cluster)
    return tuple(_sentence(block, words, span, owned[number]) for number, span in enumerate(spans))


def _is_lead(text: str) -> bool:
    return len(text.split()) <= _LONGEST_LEAD and _LEAD.fullmatch(text) is not None


def _sentence(block: Block, words: Passage, span: tuple[int, int], owned: list[int]) -> Sentence:
    start, end = words.offset(span[0]), words.offset(span[1] - 1) + 1
    clusters = [block.scan.clusters[number] for number in owned]
    return Sentence(
        words=tidy(words.words[span[0] : span[1]]),
        span=span,
        start=min([start, *(cluster.start for cluster in clusters)]),
        end=end,
        last=max([end, *(cluster.end for cluster in clusters)]),
        clusters=tuple(owned),
        claimed=any(a < span[1] and span[0] < b for a, b in words.claimed),
    )


def tidy(words: str) -> str:
    """On one line, without the gap that a citation leaves before a full stop."""
    return _GAP.sub(r"\1", " ".join(words.split()))


class _Reader:
    """Reads one block left to right; made, used once, and dropped."""

    def __init__(self, block: Block) -> None:
        self._text = block.text
        self._clusters = block.scan.clusters
        self._words: list[str] = []
        self._length = 0
        self._pieces: list[tuple[int, int]] = []
        self._marks: list[Mark] = []
        self._claimed: list[tuple[int, int]] = []
        self._pictures: list[Passage] = []
        self._open: list[_Opened] = []

    def read(self) -> Passage:
        at = 0
        for number, cluster in enumerate(self._clusters):
            if cluster.start < at:
                continue
            self._prose(at, cluster.start)
            first = cluster.citations[0]
            self._marks.append(Mark(self._length, number, first.mode == "narrative"))
            if first.mode == "narrative":
                self._put(self._text[first.start : first.end], first.start)
            at = cluster.end
        self._prose(at, len(self._text))
        words = tuple(self._pieces), tuple(self._marks), tuple(self._claimed), tuple(self._pictures)
        return Passage("".join(self._words), *words)

    def _prose(self, start: int, end: int) -> None:
        text, at = self._text, start
        while at < end and (found := _TOKEN.search(text, at, end)) is not None:
            self._put(text[at : found.start()], at)
            at = max(self._token(found, end), found.end())
        self._put(text[at:end], at)

    def _put(self, words: str, at: int) -> None:
        if words:
            self._pieces.append((self._length, at))
            self._words.append(words.replace("\n", " "))
            self._length += len(words)

    def _token(self, found: re.Match[str], end: int) -> int:
        """Deal with one mark; returns where to go on."""
        text, kind = found[0], found.lastgroup
        if kind == "escaped":
            self._put(text[1], found.start() + 1)
        elif kind == "ticks":
            return self._code(found, end)
        elif kind == "address":
            self._put(text[1:-1], found.start() + 1)
        elif kind == "tag" and re.match(r"</?(?:br|hr|p|div|li)\b", text, re.IGNORECASE):
            self._put(" ", found.start())
        elif kind == "entity":
            self._put(unescape(text)[:1], found.start())
        elif kind == "open":
            self._open.append(_Opened(text[0] == "!", self._length, len(self._words), len(self._pieces)))
        elif kind == "close":
            return self._closed(found, end)
        return found.end()

    def _code(self, found: re.Match[str], end: int) -> int:
        close = re.compile(rf"(?<!`){found[0]}(?!`)").search(self._text, found.end(), min(end, found.end() + 4000))
        if close is None:
            return found.end()
        self._put(self._text[found.end() : close.start()], found.end())
        return close.end()

    def _closed(self, found: re.Match[str], end: int) -> int:
        """The end of a link, a picture, a marked claim, or of words in brackets, which are shown as typed."""
        if not self._open:
            self._put("]", found.start())
            return found.end()
        opened = self._open.pop()
        text, at = self._text, found.end()
        claim = _CLAIM.match(text, at, end)
        target = None if claim else _TARGET.match(text, at, end) or _LABEL.match(text, at, end)
        if opened.picture:
            self._picture(opened)
        elif claim:
            self._claimed.append((opened.at, self._length))
        elif target is None and not self._marks_inside(opened):
            self._put("]", found.start())
        matched = claim or target
        return matched.end() if matched else at

    def _marks_inside(self, opened: _Opened) -> bool:
        return bool(self._marks) and self._marks[-1].at >= opened.at

    def _picture(self, opened: _Opened) -> None:
        """Take the description out of the words and keep it as a passage of its own."""
        words = "".join(self._words[opened.words :])
        pieces = tuple((at - opened.at, block) for at, block in self._pieces[opened.pieces :])
        self._pictures.append(Passage(words, pieces))
        del self._words[opened.words :], self._pieces[opened.pieces :]
        self._length = opened.at
        self._put(" ", pieces[0][1] if pieces else 0)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A bracket that may open a link or a picture: how much had been read before it."""

    picture: bool
    at: int
    words: int
    pieces: int
