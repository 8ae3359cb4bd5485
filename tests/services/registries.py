"""The services on this machine: Crossref, DataCite, doi.org, PubMed, the id converter, Open Library, arXiv and a
Retraction Watch file, in their own formats, and in all the moods that real services have.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from evidence.registry import Client, Patience

JSON, XML, TEXT = "application/json;charset=utf-8", "text/xml; charset=UTF-8", "text/plain;charset=utf-8"
Reply = tuple[int, str, bytes]
QUICK = Patience(tries=3, connect=1, read=1.0, whole=1.5, backoff=0.01, longest_wait=5, pause=0)


# ----------------------------------------------------------------------------------------------- answers


def crossref(doi: str, **more: Any) -> dict[str, Any]:
    """`/works/{doi}` as Crossref answers it, cut to the fields that say something."""
    message = {
        "indexed": {"date-parts": [[2026, 11, 1]], "date-time": "2026-11-01T10:00:00Z", "timestamp": 1793527200000},
        "publisher": "Wiley",
        "issue": "4",
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "published-print": {"date-parts": [[2020, 4]]},
        "DOI": doi.lower(),
        "type": "journal-article",
        "created": {"date-parts": [[2020, 1, 5]], "date-time": "2020-01-05T09:15:32Z", "timestamp": 1578215732000},
        "page": "713-716",
        "source": "Crossref",
        "title": ["Fluids for migraine"],
        "prefix": doi.split("/")[0],
        "volume": "34",
        "author": [
            {"given": "Bo", "family": "Lee", "sequence": "first", "affiliation": []},
            {"given": "Ann M.", "family": "Smith", "sequence": "additional", "affiliation": []},
        ],
        "member": "311",
        "container-title": ["Headache: The Journal of Head and Face Pain"],
        "short-container-title": ["Headache"],
        "language": "en",
        "issued": {"date-parts": [[2020, 4]]},
        "ISSN": ["0017-8748", "1526-4610"],
        "URL": f"https://doi.org/{doi.lower()}",
        "relation": {},
        "published": {"date-parts": [[2020, 4]]},
        **more,
    }
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}


def update(kind: str, doi: str = "10.1000/notice", source: str = "publisher", label: str = "") -> dict[str, Any]:
    """One item of `updated-by` or `update-to`."""
    return {
        "updated": {"date-parts": [[2021, 5, 3]], "date-time": "2021-05-03T00:00:00Z", "timestamp": 1620000000000},
        "DOI": doi,
        "type": kind,
        "source": source,
        "label": label or kind.replace("_", " ").capitalize(),
    }


def datacite(doi: str, title: str = "Fluids for migraine", **more: Any) -> dict[str, Any]:
    attributes = {
        "doi": doi.lower(),
        "prefix": doi.split("/")[0],
        "identifiers": [],
        "creators": [
            {
                "name": "Lee, Bo",
                "nameType": "Personal",
                "givenName": "Bo",
                "familyName": "Lee",
                "affiliation": [],
                "nameIdentifiers": [],
            }
        ],
        "titles": [{"title": title}],
        "publisher": "Zenodo",
        "publicationYear": 2020,
        "types": {"ris": "DATA", "bibtex": "misc", "citeproc": "dataset", "resourceTypeGeneral": "Dataset"},
        "relatedIdentifiers": [],
        "url": "https://zenodo.org/record/1",
        "state": "findable",
        **more,
    }
    return {"data": {"id": doi.lower(), "type": "dois", "attributes": attributes, "relationships": {}}}


def pubmed(
    pmid: str,
    title: str = "Fluids for migraine.",
    doi: str = "10.1000/fluids",
    kinds: tuple[str, ...] = ("Journal Article", "Randomized Controlled Trial"),
    notices: str = "",
) -> str:
    """An `efetch` answer: XML after PubMed's DTD."""
    types = "".join(f'<PublicationType UI="D016428">{kind}</PublicationType>' for kind in kinds)
    listed = f"<CommentsCorrectionsList>{notices}</CommentsCorrectionsList>" if notices else ""
    return f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Automated"><PMID Version="1">{pmid}</PMID>
<DateCompleted><Year>2020</Year><Month>09</Month><Day>14</Day></DateCompleted>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1526-4610</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>34</Volume><Issue>4</Issue><PubDate><Year>2020</Year><Month>Apr</Month></PubDate></JournalIssue>
<Title>Headache</Title><ISOAbbreviation>Headache</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle><Pagination><StartPage>713</StartPage><EndPage>716</EndPage><MedlinePgn>713-6</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Lee</LastName><ForeName>Bo</ForeName><Initials>B</Initials></Author>
<Author ValidYN="Y"><LastName>Smith</LastName><ForeName>Ann M</ForeName><Initials>AM</Initials></Author></AuthorList>
<Language>eng</Language><PublicationTypeList>{types}</PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2020</Year><Month>01</Month><Day>05</Day></ArticleDate></Article>{listed}
</MedlineCitation><PubmedData><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="doi">{doi}</ArticleId>
<ArticleId IdType="pmc">PMC7000001</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>
"""


def notice(kind: str, pmid: str = "20137807") -> str:
    """One item of PubMed's list of comments and corrections."""
    return (
        f'<CommentsCorrections RefType="{kind}"><RefSource>Headache. 2021 May 3;61(5):1</RefSource>'
        f'<PMID Version="1">{pmid}</PMID></CommentsCorrections>'
    )


ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query%3D%26id_list%3D{id}" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list={id}&amp;start=0&amp;max_results=1</title>
  <id>http://arxiv.org/api/abc</id>
  <updated>2026-11-24T00:00:00-05:00</updated>{entry}
</feed>
"""
ATOM_ENTRY = """
  <entry>
    <id>http://arxiv.org/abs/{id}v1</id>
    <updated>2021-01-05T18:00:00Z</updated>
    <published>2021-01-03T18:00:00Z</published>
    <title>A model of
  cortical spreading depression</title>
    <summary>  We model a wave. </summary>
    <author><name>Bo K. Lee</name></author>
    <author><name>Ann Smith</name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">{comment}</arxiv:comment>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="q-bio.NC" scheme="http://arxiv.org/schemas/atom"/>
    <category term="q-bio.NC" scheme="http://arxiv.org/schemas/atom"/>
  </entry>"""
BOOK = {
    "url": "https://openlibrary.org/books/OL7440033M/Migraine",
    "key": "/books/OL7440033M",
    "title": "Migraine and drips",
    "subtitle": "a history",
    "authors": [{"url": "https://openlibrary.org/authors/OL1A/Oliver_Sacks", "name": "Oliver Sacks"}],
    "number_of_pages": 350,
    "identifiers": {"isbn_13": ["9783161484100"], "openlibrary": ["OL7440033M"]},
    "publishers": [{"name": "Picador"}],
    "publish_places": [{"name": "London"}],
    "publish_date": "August 1995",
}
RW_HEAD = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,RetractionDOI,"
    "RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes\n"
)


def rw_row(doi: str, nature: str = "Retraction", reason: str = "+Unreliable Results;", **more: str) -> str:
    """One row of the Retraction Watch file."""
    day, notice_doi, pmid = (
        more.get("day", "5/3/2021 0:00"),
        more.get("notice", "10.1000/notice"),
        more.get("pmid", "0"),
    )
    return (
        f'4242,"Fluids, and more",(HSC) Medicine - Neurology;,"University of X, Y, Z;",Headache,Wiley,United States,'
        f"Bo Lee;Ann Smith,,Clinical Study;,{day},{notice_doi},0,4/1/2020 0:00,{doi},{pmid},{nature},{reason},No,\n"
    )


# ------------------------------------------------------------------------------------------------ server


@dataclass
class Registries:
    """What the services hold, what mood each is in, and what they were asked.

    `moods` holds for each service the moods of its next questions, the last one for ever if it ends in "…".
    """

    address: str = ""
    works: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    handles: set[str] = field(default_factory=set)
    articles: dict[str, str] = field(default_factory=dict)
    searches: dict[str, list[str]] = field(default_factory=dict)
    conversions: dict[str, dict[str, Any]] = field(default_factory=dict)
    books: dict[str, Any] = field(default_factory=dict)
    preprints: dict[str, str] = field(default_factory=dict)
    retractions: str | None = None
    moods: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def addresses(self) -> dict[str, str]:
        names = ("crossref", "datacite", "doi.org", "pubmed", "pmc", "openlibrary", "arxiv")
        return {name: f"{self.address}/{name}" for name in names}

    def questions(self, service: str) -> list[str]:
        """The paths that a service was asked for."""
        return [path for name, path, _ in self.asked if name == service]

    def mood(self, service: str) -> str:
        waiting = self.moods.get(service, [])
        if not waiting:
            return "fine"
        return waiting[0].rstrip("…") if waiting[0].endswith("…") else waiting.pop(0)

    def reply(self, service: str, path: str, query: dict[str, list[str]]) -> Reply:
        found: Reply = getattr(self, "_" + service.replace(".", "_").replace("-", "_"))(path, query)
        return found

    def _crossref(self, path: str, query: dict[str, list[str]]) -> Reply:
        if not path.startswith("/works/"):
            isbn = re.search(r"isbn:(\w+)", query.get("filter", [""])[0])
            items = [
                one["message"] for one in self.works.values() if isbn and isbn[1] in one["message"].get("ISBN", [])
            ]
            return _json({"status": "ok", "message-type": "work-list", "message": {"items": items}})
        raw = path.removeprefix("/works/")
        if re.search(r"[,;()<>/\s]", raw):
            return 400, TEXT, b"Bad Request"
        found = self.works.get(unquote(raw).lower())
        return _json(found) if found is not None else (404, TEXT, b"Resource not found.")

    def _datacite(self, path: str, query: dict[str, list[str]]) -> Reply:
        found = self.data.get(unquote(path.removeprefix("/dois/")).lower())
        gone = {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}
        return _json(found) if found is not None else _json(gone, 404)

    def _doi_org(self, path: str, query: dict[str, list[str]]) -> Reply:
        doi = unquote(path.removeprefix("/api/handles/"))
        known = {one.lower() for one in (*self.works, *self.data, *self.handles)}
        if doi.lower() in known:
            return _json({"responseCode": 1, "handle": doi, "values": [{"index": 1, "type": "URL"}]})
        return _json({"responseCode": 100, "handle": doi}, 404)

    def _pubmed(self, path: str, query: dict[str, list[str]]) -> Reply:
        id = query.get("id", [""])[0]
        if path == "/esearch.fcgi":
            term = re.sub(r'^"|"\[doi\]$', "", query["term"][0]).lower()
            ids = self.searches.get(term, [])
            return _json({"header": {"type": "esearch"}, "esearchresult": {"count": str(len(ids)), "idlist": ids}})
        if path == "/esummary.fcgi":
            known = (
                {"uid": id, "title": "x"}
                if id in self.articles
                else {"uid": id, "error": "cannot get document summary"}
            )
            return _json({"header": {"type": "esummary"}, "result": {"uids": [id], id: known}})
        if id not in self.articles:
            return (
                400,
                XML,
                b"<?xml version='1.0'?><eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>",
            )
        return 200, XML, self.articles[id].encode()

    def _pmc(self, path: str, query: dict[str, list[str]]) -> Reply:
        id = query["ids"][0]
        record = self.conversions.get(id, {"pmcid": id, "status": "error", "errmsg": "Identifier not found in PMC"})
        return _json({"status": "ok", "response-date": "2026-11-24", "records": [{"requested-id": id, **record}]})

    def _openlibrary(self, path: str, query: dict[str, list[str]]) -> Reply:
        key = query["bibkeys"][0]
        return _json({key: self.books[key]} if key in self.books else {})

    def _arxiv(self, path: str, query: dict[str, list[str]]) -> Reply:
        id = query["id_list"][0]
        entry = ATOM_ENTRY.format(id=id, comment=self.preprints[id]) if id in self.preprints else ""
        return 200, "application/atom+xml; charset=UTF-8", ATOM.format(id=id, entry=entry).encode()

    def _retraction_watch(self, path: str, query: dict[str, list[str]]) -> Reply:
        return (404, TEXT, b"") if self.retractions is None else (200, "text/csv", self.retractions.encode())


def _json(data: Any, status: int = 200) -> Reply:
    return status, JSON, json.dumps(data).encode()


PORTAL = b"<!DOCTYPE html><html><head><title>Welcome to Hotel WiFi</title></head><body>Log in</body></html>"
SHAPES = {
    "portal": (200, "text/html", PORTAL),
    "portal as json": (200, JSON, PORTAL),
    "portal 404": (404, "text/html", PORTAL),
    "garbage": (200, JSON, b"\x00\xff\x13garbage{{{"),
    "empty": (200, JSON, b""),
    "null": (200, JSON, b"null"),
    "list": (200, JSON, b"[1, 2]"),
    "other shape": (200, JSON, b'{"status": "ok", "message": {"title": "x"}, "data": 3, "result": [], "records": {}}'),
    "other xml": (200, XML, b"<rss><channel/></rss>"),
    "400": (400, TEXT, b"Bad Request"),
    "403": (403, "text/html", PORTAL),
    "429": (429, TEXT, b"Rate limit exceeded"),
    "429 soon": (429, TEXT, b""),
    "429 tomorrow": (429, TEXT, b""),
    "500": (500, "text/html", b"<html>oops</html>"),
    "503": (503, TEXT, b""),
}  # fmt: skip
WAITS = {"429 soon": "2", "429 tomorrow": "86400"}


class _Handler(BaseHTTPRequestHandler):
    registries: Registries
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        service, _, rest = parts.path.lstrip("/").partition("/")
        self.registries.asked.append((service, self.path, dict(self.headers)))
        mood = self.registries.mood(service)
        if mood in SHAPES:
            status, kind, body = SHAPES[mood]
            self._send(status, kind, body, WAITS.get(mood))
            return
        status, kind, body = self.registries.reply(service, f"/{rest}", parse_qs(parts.query))
        getattr(self, "_" + mood.replace(" ", "_"))(status, kind, body)

    def _send(self, status: int, kind: str, body: bytes, wait: str | None = None, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if wait:
            self.send_header("Retry-After", wait)
        self.end_headers()
        self.wfile.write(body)

    def _fine(self, status: int, kind: str, body: bytes) -> None:
        self._send(status, kind, body)

    def _zipped(self, status: int, kind: str, body: bytes) -> None:
        """Compressed and in chunks, as most services send."""
        packed = gzip.compress(body)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(packed), 50):
            piece = packed[start : start + 50]
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def _badly_zipped(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _half(self, status: int, kind: str, body: bytes) -> None:
        """The connection breaks in the middle of the answer."""
        self._send(status, kind, body[: len(body) // 2], length=len(body))
        self.close_connection = True

    def _half_whole(self, status: int, kind: str, body: bytes) -> None:
        """Half an answer that says it is whole."""
        self._send(status, kind, body[: len(body) // 2])

    def _hang(self, status: int, kind: str, body: bytes) -> None:
        self.registries.closing.wait(3.0)
        self.close_connection = True

    def _drip(self, status: int, kind: str, body: bytes) -> None:
        """A byte now and then, so that no single read takes too long."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(30):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                break
            time.sleep(0.1)
        self.close_connection = True

    def _reset(self, status: int, kind: str, body: bytes) -> None:
        self.close_connection = True

    def _circle(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(302)
        self.send_header("Location", self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to say."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a client that went away, which is what it should do in some of the moods."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def _serving() -> Iterator[Registries]:
    registries = Registries()
    handler = type("Handler", (_Handler,), {"registries": registries})
    server = _Server(("127.0.0.1", 0), handler)
    registries.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield registries
    finally:
        registries.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def registries() -> Iterator[Registries]:
    """All services, empty and in a good mood."""
    with _serving() as made:
        yield made


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Makes the command line's client quick; the seconds it would have waited are here."""
    waited: list[float] = []

    def quick(**given: Any) -> Client:
        return Client(**given, patience=QUICK, sleep=waited.append)

    monkeypatch.setattr("evidence.registry.Client", quick)
    return waited


MakeClient = Callable[..., Client]
