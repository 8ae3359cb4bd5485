"""What a claim rests on, as hashes, so that two versions can be held against each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from evidence.model import Basis, Citation, Claim, Document, Finding, Frame, Library, Source, Stated, Supported
from evidence.support.context import contexts, introduced, is_introduction
from evidence.targets import target

HOUSEKEEPING = frozenset("abstract comment file groups keywords owner timestamp urldate".split())
"""Fields that reference managers rewrite and that say nothing about which work is meant."""


def stated(
    claims: Iterable[Claim], documents: Iterable[Document], supported: Iterable[Supported], library: Library
) -> list[Stated]:
    """The claims in their order, each with the hash over the entries it cites and the findings it rests on, and its context."""
    by_path = {document.path: document for document in documents}
    around: dict[str, tuple[tuple[Frame, ...], ...]] = {}

    def context(claim: Claim) -> tuple[Frame, ...]:
        document = by_path.get(claim.place.path) if claim.block >= 0 else None
        if document is None:
            return ()
        if document.path not in around:
            around[document.path] = contexts(document)
        stands_in = around[document.path][claim.block]
        if claim.where == "text" and is_introduction(document.blocks[claim.block], claim.sentence):
            return (*stands_in, *introduced(document, claim.block))
        return stands_in

    resting = {(one.claim.id, one.claim.place): one for one in supported}
    entries = {key: _entry(source) for key, source in library.sources.items()}
    return [
        Stated(
            claim,
            tuple(
                _basis(claim, by_path.get(claim.place.path), resting.get((claim.id, claim.place)), library, entries)
            ),
            context(claim),
        )
        for claim in claims
    ]


def _basis(
    claim: Claim, document: Document | None, rests: Supported | None, library: Library, entries: Mapping[str, str]
) -> Iterator[Basis]:
    remaining = iter(rests.rests if rests else ())
    for citation in _citations(claim, document):
        aim = target(citation.key, library)
        rest = next(remaining, None) if aim.source else None
        findings = tuple((one.id, _hash(_finding(one))) for one in rest.findings) if rest else ()
        locator = " ".join(filter(None, (citation.locator_label, citation.locator)))
        said = tuple((one.id, words_of(one)) for one in rest.findings) if rest else ()
        yield Basis(aim.key, entries.get(aim.key, ""), findings, locator, aim.finding or "", said)


def _citations(claim: Claim, document: Document | None) -> Iterator[Citation]:
    if document is not None and claim.block >= 0:
        for block, number in claim.clusters:
            yield from document.blocks[block].scan.clusters[number].citations


def _entry(source: Source) -> str:
    fields = sorted((name, one.value) for name, one in source.fields.items() if name not in HOUSEKEEPING)
    people = [
        [role, *([one.family, one.given, one.particle, one.suffix] for one in names)]
        for role, names in sorted(source.creators.items())
    ]
    return _hash([source.type, fields, people])


def words_of(one: Finding) -> str:
    """A finding in words, on one line: what a reviewer reads of it."""
    at = f", {one.locator}" if one.locator else ""
    return " ".join(f"{one.outcome} ({one.effect}{at}): {one.statement}".split())


def _finding(one: Finding) -> list[object]:
    return [one.id, one.outcome, one.effect, one.statement, one.locator, one.quote, list(one.treatments)]


def _hash(data: object) -> str:
    """Sixteen hexadecimal digits of the SHA-256."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=True).encode()).hexdigest()[:16]
