"""Asking politely, and never taking a failure for an answer."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from evidence.registry import Client, Patience, Trouble
from evidence.registry.client import Page
from registries import QUICK, Registries, crossref

DAY = "2026-11-25"


def client(registries: Registries, cache: Path | None = None, waits: list[float] | None = None) -> Client:
    sleep = (waits if waits is not None else []).append
    return Client("ed@clinic.org", DAY, cache, registries.addresses(), QUICK, sleep)


def title(page: Page) -> str:
    return str(page.json()["message"]["title"][0])


def ask(asker: Client) -> str:
    return asker.ask("crossref", "/works/10.1000%2Ffluids", title)


@pytest.fixture
def fluids(registries: Registries) -> Registries:
    registries.works["10.1000/fluids"] = crossref("10.1000/fluids")
    return registries


def test_says_who_asks(fluids: Registries) -> None:
    assert ask(client(fluids)) == "Fluids for migraine"
    ((_, _, headers),) = fluids.asked
    assert headers["User-Agent"].startswith("evidence/")
    assert "mailto:ed@clinic.org" in headers["User-Agent"]


def test_reads_compressed_answers_in_chunks(fluids: Registries) -> None:
    fluids.moods["crossref"] = ["zipped"]
    assert ask(client(fluids)) == "Fluids for migraine"


PASSING = ["429", "500", "503", "reset", "half", "hang", "drip"]
LASTING = {
    "portal": "log-in page",
    "portal as json": "log-in page",
    "garbage": "no JSON",
    "empty": "no JSON",
    "null": "not of the service's form",
    "list": "not of the service's form",
    "other shape": "",
    "half whole": "no JSON, or only half of it",
    "400": "HTTP 400",
    "403": "HTTP 403",
    "badly zipped": "garbled",
    "circle": "in a circle",
}


@pytest.mark.parametrize("mood", PASSING)
def test_tries_again_what_may_pass(fluids: Registries, mood: str) -> None:
    waits: list[float] = []
    fluids.moods["crossref"] = [mood]
    assert ask(client(fluids, waits=waits)) == "Fluids for migraine"
    assert waits == [QUICK.backoff]


@pytest.mark.parametrize("mood", PASSING)
def test_gives_up_in_one_line(fluids: Registries, mood: str) -> None:
    fluids.moods["crossref"] = [f"{mood}…"]
    with pytest.raises(Trouble) as trouble:
        ask(client(fluids))
    assert "\n" not in str(trouble.value)
    assert len(fluids.asked) == QUICK.tries


@pytest.mark.parametrize("mood", LASTING)
def test_what_is_no_answer_is_trouble_and_is_not_kept(fluids: Registries, mood: str, tmp_path: Path) -> None:
    fluids.moods["crossref"] = [mood] if mood != "circle" else ["circle"] * 6
    asker = client(fluids, tmp_path)
    if mood == "other shape":
        assert ask(asker) == "x"
        return
    with pytest.raises(Trouble) as trouble:
        ask(asker)
    assert LASTING[mood] in str(trouble.value)
    assert ask(asker) == "Fluids for migraine"


def test_waits_as_long_as_it_is_told_to(fluids: Registries) -> None:
    waits: list[float] = []
    fluids.moods["crossref"] = ["429 soon"]
    ask(client(fluids, waits=waits))
    assert waits == [2.0]


def test_does_not_wait_until_tomorrow(fluids: Registries) -> None:
    waits: list[float] = []
    fluids.moods["crossref"] = ["429 tomorrow"]
    asker = client(fluids, waits=waits)
    with pytest.raises(Trouble, match="asks to wait 86,400 s"):
        ask(asker)
    with pytest.raises(Trouble, match="asks to wait 86,400 s"):
        ask(asker)
    assert (waits, len(fluids.asked)) == ([], 1)


def test_leaves_a_service_alone_that_does_not_answer(fluids: Registries) -> None:
    fluids.moods["crossref"] = ["503…"]
    asker = client(fluids)
    for _ in range(5):
        with pytest.raises(Trouble, match="HTTP 503"):
            ask(asker)
    assert len(fluids.asked) == 2 * QUICK.tries


def test_pauses_between_questions(fluids: Registries) -> None:
    waits: list[float] = []
    asker = Client("ed@clinic.org", DAY, None, fluids.addresses(), Patience(pause=30), waits.append)
    for _ in range(3):
        ask(asker)
    assert len(waits) == 2
    assert all(20 < wait <= 30 for wait in waits)


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        asker = Client("ed@clinic.org", DAY, None, {"crossref": address}, QUICK, lambda _: None)
        with pytest.raises(Trouble, match="no connection"):
            ask(asker)


def test_an_answer_is_kept_for_the_day(fluids: Registries, tmp_path: Path) -> None:
    ask(client(fluids, tmp_path))
    fluids.moods["crossref"] = ["500…"]
    assert ask(client(fluids, tmp_path)) == "Fluids for migraine"
    fresh = Client("ed@clinic.org", DAY, tmp_path, fluids.addresses(), QUICK, lambda _: None, fresh=True)
    tomorrow = Client("ed@clinic.org", "2026-11-26", tmp_path, fluids.addresses(), QUICK, lambda _: None)
    for asker in (fresh, tomorrow):
        with pytest.raises(Trouble):
            ask(asker)


def test_a_damaged_cache_is_asked_again(fluids: Registries, tmp_path: Path) -> None:
    ask(client(fluids, tmp_path))
    (kept,) = (tmp_path / "crossref").iterdir()
    for damage in (b"", b"{}\n", b"\x00\xff", kept.read_bytes()[:-20]):
        kept.write_bytes(damage)
        assert ask(client(fluids, tmp_path)) == "Fluids for migraine"


def test_an_endless_answer_is_refused(fluids: Registries) -> None:
    fluids.works["10.1000/fluids"] = crossref("10.1000/fluids", title=["x" * 100_000])
    with pytest.raises(Trouble, match="longer than"):
        client(fluids).ask("crossref", "/works/10.1000%2Ffluids", title, limit=50_000)


def test_a_slow_answer_ends(fluids: Registries) -> None:
    fluids.moods["crossref"] = ["drip…"]
    start = time.monotonic()
    with pytest.raises(Trouble, match="in time"):
        ask(client(fluids))
    assert time.monotonic() - start < 20
