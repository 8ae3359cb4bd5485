"""One source → what all services say of it. A service that fails is a `Failure`, and the others are asked all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from evidence.identifiers import clean_doi, clean_pmcid, clean_pmid
from evidence.lock import entry_hash
from evidence.model import Answer, AnswerState, Failure, Source
from evidence.registry import arxiv, crossref, datacite, openlibrary, pubmed
from evidence.registry.client import Client, Trouble
from evidence.registry.retraction_watch import Notices
from evidence.registry.works import Work, answer
from evidence.standing import identifiers

Outcome = Answer | Failure


def verify(client: Client, source: Source, notices: Notices | None) -> list[Outcome]:
    """What the services say of the source; empty if there is nothing to ask for."""
    look = _Look(client, source)
    outcomes = list(look.outcomes())
    if outcomes and notices is not None:
        outcomes.append(notices.about(look.ids, entry_hash(source), client.day))
    return outcomes


@dataclass
class _Look:
    client: Client
    source: Source
    ids: dict[str, str] = field(default_factory=dict)
    """DOI and PMID of the work, the entry's own and those learnt on the way."""

    def outcomes(self) -> Iterator[Outcome]:
        wanted = identifiers(self.source)
        self.ids = {kind: value for kind, value in wanted.items() if kind in ("doi", "pmid")}
        if "pmcid" in wanted:
            yield from self._convert(wanted["pmcid"])
        if "doi" in self.ids:
            yield self._doi(self.ids["doi"])
        if "pmid" in self.ids:
            yield self._asked("pubmed", self.ids["pmid"], pubmed.by_pmid, AnswerState.ABSENT)
        elif "doi" in self.ids:
            yield self._asked("pubmed", self.ids["doi"], pubmed.by_doi, AnswerState.UNKNOWN)
        if "isbn" in wanted:
            yield self._asked("openlibrary", wanted["isbn"], openlibrary.by_isbn, AnswerState.UNKNOWN)
        if "arxiv" in wanted:
            yield self._asked("arxiv", wanted["arxiv"], arxiv.by_id, AnswerState.ABSENT)

    def _asked(
        self, service: str, id: str, ask: Callable[[Client, str], Work | None], otherwise: AnswerState
    ) -> Outcome:
        try:
            work = ask(self.client, id)
        except Trouble as trouble:
            return self._failure(service, trouble)
        if work is None:
            return self._empty(service, id, otherwise)
        for kind in ("doi", "pmid"):
            if kind in work.ids:
                self.ids.setdefault(kind, work.ids[kind])
        return answer(work, id, entry_hash(self.source), self.client.day)

    def _doi(self, doi: str) -> Outcome:
        """Crossref, then DataCite; if neither holds the DOI, doi.org says whether there is such a DOI at all."""
        service = "crossref"
        try:
            work = crossref.by_doi(self.client, doi)
            if work is None:
                service = "datacite"
                work = datacite.by_doi(self.client, doi)
            if work is not None:
                return answer(work, doi, entry_hash(self.source), self.client.day)
            service = "doi.org"
            there = datacite.exists(self.client, doi)
            return self._empty(service, doi, AnswerState.UNKNOWN if there else AnswerState.ABSENT)
        except Trouble as trouble:
            return self._failure(service, trouble)

    def _convert(self, pmcid: str) -> Iterator[Outcome]:
        try:
            ids = pubmed.converted(self.client, pmcid)
        except Trouble as trouble:
            yield self._failure("pmc", trouble)
            return
        clean = {"doi": clean_doi(ids.get("doi", "")), "pmid": clean_pmid(ids.get("pmid", ""))}
        self.ids |= {kind: value for kind, value in clean.items() if value}
        if not ids:
            yield self._empty("pmc", clean_pmcid(pmcid) or pmcid, AnswerState.ABSENT)

    def _empty(self, service: str, id: str, state: AnswerState) -> Answer:
        return Answer(service, self.client.day, entry_hash(self.source), state, id)

    def _failure(self, service: str, trouble: Trouble) -> Failure:
        return Failure(service, self.client.day, str(trouble))
