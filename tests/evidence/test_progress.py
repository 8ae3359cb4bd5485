"""A bar for people at a terminal, and silence for everybody else."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from evidence.progress import FEWEST, progress
from little_sites import Site


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, total: int = FEWEST) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("Checking", total) as done:
        for _ in range(total):
            done()
    return stream.getvalue()


def test_a_terminal_shows_how_far_how_fast_and_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, Terminal())
    assert f"{FEWEST}/{FEWEST}" in text
    assert "pages/s" in text
    assert "0:00:00" in text


def test_pipes_automatic_runs_and_short_runs_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO()) == ""
    assert shown(monkeypatch, Terminal(), FEWEST - 1) == ""
    for name, value in (("CI", "true"), ("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            assert shown(patch, Terminal()) == ""


def test_a_build_at_a_terminal_shows_a_bar_too(site: Callable[..., Site]) -> None:
    text = "---\ntitle: Page {0}\nslug: p{0}\ndate: 2026-11-24\n---\n\nWords.\n"
    little = site({f"content/pages/p{number}.md": text.format(number) for number in range(FEWEST // 2)})
    ours, theirs = pty.openpty()
    given = {**os.environ, "EVIDENCE_CACHE": "0"}
    command = [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py"]
    with subprocess.Popen(command, cwd=little.root, env=given, stdout=subprocess.DEVNULL, stderr=theirs) as run:
        os.close(theirs)
        told = b""
        with suppress(OSError):  # Linux tells so that the other side is closed
            while some := os.read(ours, 65536):
                told += some
    os.close(ours)
    assert run.returncode == 0, told.decode()
    assert b"Building" in told
    assert b"pages/s" in told
