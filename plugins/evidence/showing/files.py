"""The evidence of the site for other programs: JSON, and CSV for spreadsheets. The same site gives the same bytes.

What is said of a source or a finding is put into words once, however many sentences rest on it.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring

from evidence.model import Claim, Finding, Library
from evidence.showing import Basis, PublishedPage, Sentence, Shelf
from evidence.showing.words import reader_words
from evidence.spreadsheets import safe_cell

COLUMNS = (
    *("id", "sentence", "kind", "page", "title", "treatments", "outcomes"),
    *("source", "design", "participants", "finding", "outcome", "effect", "statement", "locator"),
)
_TOLD = ("id", "outcome", "effect", "statement", "locator")
"""What is told of a finding."""
_text = encode_basestring
_TOGETHER = 1000
"""So many sentences are written at once."""
_MARK, _NEXT = "\0", ",\n  "


def as_json(shelf: Shelf, site: str) -> Iterator[str]:
    """All sentences with their sources and findings, in the order of the pages, piece by piece. `site` is the site's address."""
    written: dict[tuple[str, tuple[str, ...]], str] = {}
    return _document(_sentence(one, site, written) for one in shelf.sentences)


def _sentence(one: Sentence, site: str, written: dict[tuple[str, tuple[str, ...]], str]) -> str:
    for basis in one.bases:
        key = basis.key, tuple(finding.id for finding in basis.findings)
        if key not in written:
            written[key] = _basis(basis, site)
    return _object(
        2,
        id=_text(one.id),
        sentence=_text(one.words),
        kind=_text(one.kind),
        page=_text(f"{site}/{one.url}"),
        title=_text(one.page.title),
        treatments=_list(3, map(_text, _named(one, 0))),
        outcomes=_list(3, map(_text, _named(one, 1))),
        sources=_list(3, (written[basis.key, tuple(each.id for each in basis.findings)] for basis in one.bases)),
    )


def _named(one: Sentence, part: int) -> list[str]:
    return list(dict.fromkeys(subject[part] for subject in one.subjects if subject[part]))


def _basis(basis: Basis, site: str) -> str:
    note = basis.source.note
    return _object(
        4,
        key=_text(basis.key),
        name=_text(basis.label),
        page=_text(f"{site}/{basis.url}"),
        design=_text(note.design if note else ""),
        participants="null" if note is None or note.participants is None else str(note.participants),
        findings=_list(
            5, (_object(6, **{name: _text(getattr(one, name)) for name in _TOLD}) for one in basis.findings)
        ),
    )


def all_claims(
    claims: Callable[[], Iterable[Claim]],
    library: Library,
    pages: Mapping[str, PublishedPage],
    shelf: Shelf | None,
    site: str,
) -> Iterator[str]:
    """Every claim of the published pages as JSON, piece by piece: what it says, where, of what kind, and the keys of its sources.

    A sentence that stands on two pages is listed twice, each time with its page. A claim without a source is one that its editor
    has exempted, and says so; one of a front matter has the page's address.
    """
    pages_of = _ByPage(shelf.sentences if shelf else ())

    def line(one: Claim, page: PublishedPage) -> str:
        shown = pages_of.next(page.url, one.id) if one.status == "cited" else None
        return _object(
            2,
            id=_text(one.id),
            sentence=_text(reader_words(one.sentence, library)),
            kind=_text(one.kind),
            status=_text(one.status),
            page=_text(f"{site}/{shown.url if shown else page.url}"),
            sources=_list(3, (_text(basis.key) for basis in shown.bases) if shown else ()),
        )

    return _document(
        line(one, page) for one in claims() if (page := pages.get(one.place.path)) and one.status != "uncited"
    )


class _ByPage:
    """Sentences by page and id. Only those of the page last asked for are held by id: of all it would take as much room as they do."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._on_page: dict[str, list[Sentence]] = defaultdict(list)
        for one in sentences:
            self._on_page[one.page.url].append(one)
        self._url, self._by_id = "", dict[str, list[Sentence]]()

    def next(self, url: str, id: str) -> Sentence | None:
        """The sentence with this id on this page; if it stands there twice, each time the one that comes next, and at last the last."""
        if url != self._url:
            self._url, self._by_id = url, defaultdict(list)
            for one in self._on_page.get(url, ()):
                self._by_id[one.id].append(one)
        there = self._by_id.get(id, [])
        if len(there) > 1:
            self._on_page[url] = [one for one in self._on_page[url] if one is not there[0]]
            return there.pop(0)
        return next(iter(there), None)


def as_csv(shelf: Shelf, site: str) -> Iterator[str]:
    """One row for each finding a sentence rests on, or for its source where the citation settles no finding; piece by piece."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    cells: dict[int, list[str]] = {}
    for number, one in enumerate(shelf.sentences):
        writer.writerows(_rows(one, site, cells))
        if number % _TOGETHER == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _rows(one: Sentence, site: str, cells: dict[int, list[str]]) -> Iterator[list[str | int | None]]:
    start = [one.id, one.words, one.kind, f"{site}/{one.url}", one.page.title]
    start = [safe_cell(cell) for cell in (*start, " ".join(_named(one, 0)), " ".join(_named(one, 1)))]
    for basis in one.bases:
        note = basis.source.note
        named = [safe_cell(basis.key), safe_cell(note.design if note else ""), note.participants if note else None]
        for finding in basis.findings or (None,):
            told = cells.get(id(finding))
            if told is None:
                cells[id(finding)] = told = _cells(finding)
            yield [*start, *named, *told]


def _cells(finding: Finding | None) -> list[str]:
    return [safe_cell(getattr(finding, name)) if finding else "" for name in _TOLD]


# ---------------------------------------------------------------------------------------------------- JSON
# Indented by one space a level, as `json.dumps(…, indent=1)` does it without the help of C.


def _document(listed: Iterable[str]) -> Iterator[str]:
    start, _mark, end = _object(0, version="1", claims=_list(1, [_MARK])).partition(_MARK)
    first = True
    for piece in listed:
        yield f"{start if first else _NEXT}{piece}"
        first = False
    yield _object(0, version="1", claims=_list(1, [])) + "\n" if first else f"{end}\n"


def _block(brackets: str, depth: int, items: Iterable[str]) -> str:
    start = "\n" + " " * (depth + 1)
    inner = f",{start}".join(items)
    return f"{brackets[0]}{start}{inner}\n{' ' * depth}{brackets[1]}" if inner else brackets


def _list(depth: int, items: Iterable[str]) -> str:
    return _block("[]", depth, items)


def _object(depth: int, **values: str) -> str:
    return _block("{}", depth, (f'"{name}": {value}' for name, value in values.items()))
