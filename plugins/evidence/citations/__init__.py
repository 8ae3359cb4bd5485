"""Pandoc's citation grammar over one block of inline Markdown: text → citations and slips.

`scan` agrees with pandoc 3's reader `markdown` on which citations there are, their keys, modes, clusters, prefixes
and suffixes, but for the cases listed with reasons in `tests/evidence/test_citations_pandoc.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from evidence.citations.inlines import Cited, Inlines, Node
from evidence.citations.locators import LOCATOR_LABELS, locate
from evidence.citations.slips import slips
from evidence.citations.words import Visit, Words, walk
from evidence.model import Citation, Cluster, Mode, Scan, Slip

__all__ = ["LOCATOR_LABELS", "example_labels", "scan"]

_BLANK_LINE = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")
_BARE_URL = re.compile(r"(?:\b[A-Za-z][A-Za-z0-9+.-]{1,20}://|\bwww\.)[^\s<>{}\[\]]*+")
_EXAMPLE = re.compile(
    r" {0,3}(?:\(@(?P<round>[^\W_]+(?:[_-][^\W_]+)*)\)|@(?P<plain>[^\W_]+(?:[_-][^\W_]+)*)[.)])(?!\S)"
)
_URL_CHARACTERS = "/=~+:%&?#"


def scan(
    text: str,
    *,
    link_labels: Collection[str] = (),
    footnotes: Collection[str] = (),
    examples: Collection[str] = (),
) -> Scan:
    """The citations and slips of a paragraph, heading, cell …, in order of position. Never raises.

    `link_labels` are the labels the document defines for links, `footnotes` its defined footnotes, `examples` those
    of its numbered examples. Clusters are disjoint, but one that stands in another's words (`within` is `citation`;
    always a slip too) follows it.
    """
    if "@" not in text and "＠" not in text:
        return Scan(())
    inlines = Inlines(text, link_labels, examples)
    regions = [region for region in _regions(text) if re.search("[@＠]", text[slice(*region)])]
    runs = [run for start, end in regions for run in inlines.read(start, end)]
    addresses = _Addresses(text)
    held = [visit for visit in walk(inlines, runs) if addresses.hold(visit.node)]
    reach_out = any(
        addresses.reaches_out(visit.node) for visit in held
    )  # and take the bracket behind the address along
    if reach_out and (silenced := addresses.silenced()) != text:
        return scan(silenced, link_labels=link_labels, footnotes=footnotes, examples=examples)
    visits = [visit for visit in walk(inlines, runs) if not addresses.hold(visit.node)]
    words = Words(inlines, footnotes)
    clusters = [_cluster(visit, words) for visit in visits if visit.node.kind == "cite"]
    numbered = [_numbered(label, found) for label, found in _examples(text) if label in examples]
    return Scan(tuple(clusters), tuple(sorted([*numbered, *slips(inlines, visits)], key=_place)))


def example_labels(text: str) -> Iterator[str]:
    """The labels of pandoc's numbered examples, `(@label) …` or `@label. …` at the start of a paragraph."""
    return (label for label, _ in _examples(text))


def _examples(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for start, end in _regions(text):
        while found := _EXAMPLE.match(text, start, end):
            yield found["round"] or found["plain"], found
            start = text.find("\n", found.end(), end) + 1 or end


def _numbered(label: str, found: re.Match[str]) -> Slip:
    what = f'"{found[0].strip()}" at the start of a paragraph numbers an example and cites nothing'
    return Slip(found.start(), found.end(), what, f"write `[@{label}]`, or begin with a word")


def _place(slip: Slip) -> tuple[int, int]:
    return slip.start, slip.end


def _regions(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between blank lines: nothing inline reaches over one."""
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield start, blank.start()
        start = blank.end()
    yield start, len(text.rstrip())


class _Addresses:
    """Bare addresses in a text: pandoc takes the `@user` in one for a citation, and no author ever means it as one."""

    def __init__(self, text: str) -> None:
        self._text = text
        bare = _BARE_URL.finditer(text) if "://" in text or "www." in text else ()
        self._spans = [found.span() for found in bare]

    def hold(self, node: Node) -> bool:
        if not self._spans or node.kind != "cite" or node.cited[0].prefix is not None:
            return False
        return self._end(node.start) > 0

    def reaches_out(self, node: Node) -> bool:
        """Whether what an address holds ends behind it."""
        return node.end > self._end(node.start)

    def silenced(self) -> str:
        """The text, its characters at the same places, with no `@` in an address where it could be read as a citation."""
        text = list(self._text)
        for start, end in self._spans:
            for at in range(start + 1, end):
                suppressed = text[at - 1] == "-" and at > 1
                if text[at] == "@" and text[at - 1 - suppressed] in _URL_CHARACTERS:
                    text[at] = "-"
        return "".join(text)

    def _end(self, at: int) -> int:
        """Where the address ends that holds an `@` at this place; 0 if none does."""
        before = bisect_left(self._spans, (at, 0)) - 1
        inside = before >= 0 and at < self._spans[before][1] and self._text[at - 1] in _URL_CHARACTERS
        return self._spans[before][1] if inside else 0


def _cluster(visit: Visit, words: Words) -> Cluster:
    node = visit.node
    citations = tuple(_citation(cited, words) for cited in node.cited)
    return Cluster(node.start, node.end, citations, visit.within)


def _citation(cited: Cited, words: Words) -> Citation:
    located = locate(words.tokens(cited.suffix, cited.spaced))
    return Citation(
        key=cited.key,
        mode=Mode(cited.mode),
        prefix=words.text(cited.prefix),
        suffix=located.rest,
        locator_label=located.label,
        locator=located.locator,
        start=cited.position,
        end=cited.key_end,
    )


def _read_words(text: str, *, link_labels: Collection[str] = (), footnotes: Collection[str] = ()) -> dict[int, str]:
    """Where each citation stands → all words after its key, locator included. For comparing with pandoc."""
    inlines = Inlines(text, link_labels)
    runs = [run for start, end in _regions(text) for run in inlines.read(start, end)]
    words = Words(inlines, footnotes)
    cited = [cited for visit in walk(inlines, runs) for cited in visit.node.cited]
    return {one.position: words.text(one.suffix) for one in cited}
