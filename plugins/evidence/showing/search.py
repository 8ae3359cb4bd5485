"""All that a reader can look up, from A to Z, and the words that each entry can be found by.

The list is a page of the site and needs no script. A script that searches it loads one small file with the words of
each page; what somebody looks for never leaves the browser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from json.encoder import encode_basestring

from evidence.glossary import ADDRESS, Term
from evidence.showing import Shelf, ShownSource

_SHORTEST = 3
_COMMON = frozenset(
    "and are but for from had has have how not our than that the their them then there these they this was were what when where which"
    " who will with you your".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look up. `kind` is `article`, `page`, `source`, `treatment` (what rests on evidence of it) or `term`; `summary` is its one line; by `words` it can be found too."""

    kind: str
    title: str
    url: str
    summary: str = ""
    lang: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries under one letter; `#` for those that begin with none."""

    letter: str
    entries: tuple[Entry, ...]


def entries(pages: Iterable[Entry], shelf: Shelf | None, glossary: Iterable[Term]) -> tuple[Entry, ...]:
    """Pages, sources, treatments and terms, in the order of the alphabet."""
    sources = shelf.sources if shelf else ()
    found = [
        *pages,
        *(Entry("source", one.label, one.url, _title(one)) for one in sources),
        *(
            Entry(
                "treatment",
                f"{one.label[:1].upper()}{one.label[1:]}: the evidence",
                one.url,
                words=" ".join(one.names),
            )
            for one in (shelf.treatments if shelf else ())
            if one.label
        ),
        *(Entry("term", one.term, f"{ADDRESS}#{one.id}", one.meaning, words=one.short) for one in glossary),
    ]
    return tuple(sorted(found, key=lambda one: (plain(one.title), one.url)))


def _title(shown: ShownSource) -> str:
    """The title of a source, unless the source goes by it already."""
    title = shown.source.value("title")
    return "" if shown.label.startswith(title) else title


def from_a_to_z(listed: Iterable[Entry]) -> tuple[Letter, ...]:
    """The entries under their letters."""
    return tuple(Letter(letter, tuple(group)) for letter, group in groupby(listed, key=_letter))


def _letter(entry: Entry) -> str:
    first = plain(entry.title)[:1].upper()
    return first if first.isalpha() else "#"


def plain(text: str) -> str:
    """Small letters without accents, and words only: as both sides of a search are compared."""
    bare = unicodedata.normalize("NFD", text.casefold()).translate(_BARE)
    return " ".join(re.findall(r"\w+", bare))


class _Bare(dict[int, str | int]):
    """For `str.translate`: no marks that stand above or below letters. Each character is looked up once."""

    def __missing__(self, code: int) -> str | int:
        self[code] = found = "" if unicodedata.combining(chr(code)) else code
        return found


_BARE = _Bare()


def index(listed: Iterable[Entry], texts: Mapping[str, Callable[[], str]]) -> Iterator[str]:
    """By address, the different words of each entry that has more of them than its line in the list shows, as JSON, piece by piece;
    `texts` give those of pages, as `sections_of` does."""
    found = {one.url: one for one in listed if one.words or one.url in texts}
    start = "{"
    for url, one in found.items():
        first, *sections = (texts[url]() if url in texts else "").split("\n")
        words = " ".join(sorted({*words_of(one.words).split(), *first.split()}))
        lines = "\n".join((words, *sections))
        yield f"{start}{_text(url)}:{_text(lines)}"
        start = ","
    yield "}\n" if found else "{}\n"


_text = encode_basestring


_SECTION = re.compile(r'<h[23] id="([^"]+)"[^>]*>(.*?)</h[23]>', re.DOTALL)


def sections_of(html: str) -> str:
    """The words of a page: in the first line those before its first heading, then a line for each section, with tabs between its words,
    its id and its name."""
    first, *rest = _SECTION.split(html)
    lines = [words_of(first)]
    for id, name, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", name)).split())
        lines.append("\t".join((words_of(text), unescape(id), shown)))
    return "\n".join(lines)


def words_of(html: str) -> str:
    """The different words of an HTML text that a search may find it by, in order."""
    text = plain(unescape(re.sub(r"<[^>]+>", " ", html)))
    kept = (word for word in text.split() if len(word) >= _SHORTEST and word not in _COMMON)
    return " ".join(sorted(set(kept)))
