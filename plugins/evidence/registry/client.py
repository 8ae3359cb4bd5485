"""Asking public services politely: who asks, how often, how long, how much, and what was asked already.

An answer is kept on disk once it was understood, so that a run that was stopped goes on where it was. Whatever goes
wrong is a `Trouble` in one line. It never means that there is nothing to find.
"""

from __future__ import annotations

import email.utils
import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import requests
from urllib3.exceptions import DecodeError, HTTPError, ProtocolError, ReadTimeoutError

from evidence import __version__

T = TypeVar("T")
ADDRESSES = {
    "crossref": "https://api.crossref.org",
    "datacite": "https://api.datacite.org",
    "doi.org": "https://doi.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1",
    "openlibrary": "https://openlibrary.org",
    "arxiv": "https://export.arxiv.org/api",
}
PAUSES = {"pubmed": 0.4, "pmc": 0.4, "arxiv": 3.0, "openlibrary": 1.0}
"""Seconds between two questions, as the services ask for: NCBI three a second, arXiv one in three seconds."""
PAUSE = 0.2
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_ANSWERS = (200, 404, 410)
_STRIKES = 2
"""Questions in a row that may stay without answer before a service is left alone for the rest of the run."""


_PASSING = (requests.Timeout, requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
"""What may be gone at the next try."""


class Trouble(Exception):
    """A question that got no usable answer: why, in a few words."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and how often to try."""

    tries: int = 4
    connect: float = 10
    read: float = 30
    whole: float = 120
    backoff: float = 1
    longest_wait: float = 120
    pause: float | None = None
    """Seconds between questions; None: what each service asks for."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a service sent: status, content type, bytes, and the day it was fetched."""

    status: int
    type: str
    body: bytes
    day: str
    url: str

    def missing(self) -> bool:
        """The service says that it has nothing there. Raises Trouble if a web page says so: it may be anybody's."""
        if self.status in (404, 410):
            self._refuse_web_page()
        return self.status in (404, 410)

    def json(self) -> Any:
        """The body as JSON. Raises Trouble if it is none."""
        self._refuse_web_page()
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Trouble("the answer is no JSON, or only half of it") from error

    def text(self) -> str:
        """The body as text. Raises Trouble if it is a web page."""
        self._refuse_web_page()
        return self.body.decode("utf-8-sig", "replace")

    def _refuse_web_page(self) -> None:
        start = self.body[:300].lstrip().lower()
        if "html" in self.type or start.startswith((b"<!doctype html", b"<html")):
            raise Trouble("a web page came instead of data; is there a log-in page between?")


@dataclass
class Client:
    """Asks services on behalf of `contact`; `day` is the day answers are dated with."""

    contact: str
    day: str
    cache: Path | None
    addresses: Mapping[str, str] = field(default_factory=dict)
    patience: Patience = Patience()
    sleep: Callable[[float], None] = time.sleep
    fresh: bool = False
    _last: dict[str, float] = field(default_factory=dict)
    _down: dict[str, str] = field(default_factory=dict)
    _strikes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.max_redirects = 5
        self._session.headers["User-Agent"] = f"evidence/{__version__} (mailto:{self.contact})"
        self._session.headers["Accept-Encoding"] = "gzip, deflate"

    def ask(
        self,
        service: str,
        path: str,
        read: Callable[[Page], T],
        *,
        accept: str = "application/json",
        limit: int = 20_000_000,
        statuses: tuple[int, ...] = _ANSWERS,
    ) -> T:
        """What `read` makes of the service's answer. Raises Trouble. `path` follows the service's address.

        An answer is kept only once `read` has understood it.
        """
        url = path if "://" in path else self.addresses.get(service, ADDRESSES.get(service, "")).rstrip("/") + path
        kept = None if self.fresh else self._kept(service, url)
        if kept is not None:
            try:
                return read(kept)
            except Trouble:
                pass
        page = self._fetch(service, url, accept, limit)
        if page.status not in statuses:
            raise Trouble(_refusal(page.status))
        try:
            made = read(page)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
            raise Trouble("the answer is not of the service's form") from error
        self._keep(service, url, page)
        return made

    # ------------------------------------------------------------------------------------------- fetching

    def _fetch(self, service: str, url: str, accept: str, limit: int) -> Page:
        if service in self._down:
            raise Trouble(self._down[service])
        why = ""
        for attempt in range(self.patience.tries):
            self._pause(service)
            wait = self.patience.backoff * 2**attempt
            try:
                page, asked_wait = self._once(url, accept, limit)
            except _PASSING as error:
                why = _why(error)
            else:
                if page.status not in _TRY_AGAIN:
                    self._strikes[service] = 0
                    return page
                why = "too many questions for it (HTTP 429)" if page.status == 429 else f"HTTP {page.status}"
                wait = wait if asked_wait is None else asked_wait
            if wait > self.patience.longest_wait:
                self._down[service] = f"it asks to wait {int(wait):,} s ({why})"
                raise Trouble(self._down[service])
            if attempt + 1 < self.patience.tries:
                self.sleep(wait)
        self._strikes[service] = self._strikes.get(service, 0) + 1
        if self._strikes[service] >= _STRIKES:
            self._down[service] = why
        raise Trouble(why)

    def _once(self, url: str, accept: str, limit: int) -> tuple[Page, float | None]:
        """One question: the page, and the seconds the service asks to wait."""
        try:
            with self._session.get(
                url,
                headers={"Accept": accept},
                timeout=(self.patience.connect, self.patience.read),
                stream=True,
            ) as response:
                body = self._body(response, limit)
                kind = response.headers.get("Content-Type", "").lower()
                page = Page(response.status_code, kind, body, self.day, url)
                return page, _retry_after(response.headers.get("Retry-After", ""))
        except requests.TooManyRedirects as error:
            raise Trouble("it sends in a circle (redirects)") from error
        except _PASSING:
            raise
        except (requests.RequestException, HTTPError, ValueError) as error:
            raise Trouble(_why(error)) from error

    def _body(self, response: requests.Response, limit: int) -> bytes:
        """The body, if it comes within the time and the size that are bearable.

        Read as it arrives: `iter_content` waits for a whole piece, however slowly its bytes drip in.
        """
        until = time.monotonic() + self.patience.whole
        pieces: list[bytes] = []
        size = 0
        while True:
            try:
                piece = response.raw.read1(65_536, decode_content=True)
            except ReadTimeoutError as error:
                raise requests.Timeout("no answer in time") from error
            except ProtocolError as error:
                raise requests.exceptions.ChunkedEncodingError("the answer broke off") from error
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise Trouble(f"the answer is longer than {limit:,} bytes")
            if time.monotonic() > until:
                raise requests.Timeout("no answer in time")

    def _pause(self, service: str) -> None:
        pause = PAUSES.get(service, PAUSE) if self.patience.pause is None else self.patience.pause
        ahead = self._last.get(service, float("-inf")) + pause - time.monotonic()
        if ahead > 0:
            self.sleep(ahead)
        self._last[service] = time.monotonic()

    # -------------------------------------------------------------------------------------------- keeping

    def _kept(self, service: str, url: str) -> Page | None:
        """The page as it was kept earlier the same day."""
        path = self._path(service, url)
        try:
            head, _, body = path.read_bytes().partition(b"\n") if path else (b"", b"", b"")
            data = json.loads(head)
            page = Page(int(data["status"]), str(data["type"]), body, str(data["day"]), str(data["url"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return page if page.day == self.day and page.url == url and len(body) == data.get("length") else None

    def _keep(self, service: str, url: str, page: Page) -> None:
        path = self._path(service, url)
        if path is None:
            return
        data = {"url": url, "status": page.status, "type": page.type, "day": page.day, "length": len(page.body)}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(json.dumps(data).encode() + b"\n" + page.body)
            part.replace(path)
        except OSError:
            return

    def _path(self, service: str, url: str) -> Path | None:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self.cache / service / name if self.cache else None


def _refusal(status: int) -> str:
    if status in (401, 403, 407, 511):
        return f"it lets nobody in (HTTP {status}); is there a log-in page between?"
    return f"it did not take the question (HTTP {status})"


def _why(error: Exception) -> str:
    text = str(error)
    if isinstance(error, requests.Timeout) or "timed out" in text:
        return "no answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection (certificate)"
    if "IncompleteRead" in text or isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the answer broke off"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    if isinstance(error, (requests.exceptions.ContentDecodingError, DecodeError)):
        return "the answer is garbled"
    return re.sub(r"\s+", " ", f"{type(error).__name__}: {text}")[:100]


def _retry_after(text: str) -> float | None:
    """Seconds to wait: a number, or an HTTP date (RFC 9110, 10.2.3)."""
    if re.fullmatch(r"\s*\d{1,9}\s*", text):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
