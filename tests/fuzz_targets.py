"""What any bytes at all must leave unharmed: shared by the suite's small budget and the long runs of benchmarks/fuzz.

Each takes bytes and fails on any exception, and on a fault without a line of the text or without a repair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

from evidence.baseline.files import parse_baseline
from evidence.checking import check
from evidence.citations import scan
from evidence.errors import EvidenceError
from evidence.library import parse_library
from evidence.library.notes import read_note
from evidence.lock import parse_lock
from evidence.markup import render
from evidence.model import Case, Fault, Finding, Note, Place, Policy, Term, Vocabulary
from evidence.offers import parse_offers
from evidence.reading import read_bytes
from evidence.rules import RULES
from evidence.signoff.ledger import parse_ledger
from evidence.vocabulary import build

BIB = "@article{a, author = {Smith, Ann}, title = {A trial of drips}, journal = {Pain}, year = {2020}, pages = {1--9}}\n"
LIBRARY = parse_library({"references.bib": BIB}, {})
TERMS = build([Term("drip", "treatment", "drip"), Term("adults", "population", "adults")])
HEAD = b"---\ntitle: T\ndate: 2026-11-24\n---\n\n"


def _placed(faults: Iterable[Fault], text: str) -> None:
    for one in faults:
        assert 1 <= one.place.line <= text.count("\n") + 2, one
        assert one.place.column >= 1, one
        assert one.what, one
        assert one.fix, one


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def citations(data: bytes) -> None:
    text = _text(data)
    for cluster in scan(text).clusters:
        assert 0 <= cluster.start < cluster.end <= len(text)
        assert all(text[one.start : one.end].lstrip("-").startswith("@") for one in cluster.citations)


def bibliography(data: bytes) -> None:
    text = _text(data)
    _placed(parse_library({"references.bib": text}, {}).faults, text)


def front_matter(data: bytes) -> None:
    document = read_bytes(b"---\n" + data, "x.md", "article")
    _placed(document.faults, _text(b"---\n" + data))


def note(data: bytes) -> None:
    faults: list[Fault] = []
    text = _text(data)
    read_note("content/sources/a.toml", text, Vocabulary(), faults)
    _placed(faults, text)


def tables(data: bytes) -> None:
    """What else the editors write as TOML or a program as JSON."""
    text = _text(data)
    for parse in (
        lambda: parse_offers(text, "ctas.toml"),
        lambda: parse_ledger(text, {"content/reviews/a.toml": text}, "2026-11-25", "content"),
        lambda: parse_lock(text, "references.lock.json"),
        lambda: parse_baseline(text, "baseline.json"),
    ):
        with suppress(EvidenceError):
            parse()


def support(data: bytes) -> None:
    """A sentence held against a finding: the first line is the finding, the rest cites it, at it and at its source."""
    statement, _, sentence = _text(data).partition("\n")
    known = LIBRARY.sources["a"]
    finding = Finding("f", "pain", "benefit", statement, quote=statement)
    note = Note(
        "a",
        Place("content/sources/a.toml"),
        design="randomised trial",
        population=statement,
        treatments=("drip",),
        findings=(finding,),
    )
    library = replace(LIBRARY, sources={"a": replace(known, note=note)}, vocabulary=TERMS)
    said = " ".join(sentence.split())
    text = HEAD + f"Pain fell {said} [@a#f].\n\nPain fell {said} [@a].\n".encode()
    check(Case((read_bytes(text, "content/articles/x.md", "article"),), library, Policy(), files=frozenset()), RULES)


def article(data: bytes) -> None:
    """A whole article: read, checked by every rule, and shown."""
    document = read_bytes(HEAD + data, "content/articles/x.md", "article")
    report = check(Case((document,), LIBRARY, Policy(), files=frozenset()), RULES)
    for problem in report.problems:
        assert problem.place.line >= 1
    if not document.faults:
        with suppress(EvidenceError):  # a citation where none can be shown stops the build in one line
            render(document, LIBRARY)


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (citations, bibliography, front_matter, note, tables, support, article)
}
