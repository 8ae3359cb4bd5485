"""Makes the fixtures of other modules known to all tests, and its values importable by them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from evidence.memory import code_key

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "e2e"), str(HERE / "services")]

from browsing import address, browser, phone, window  # noqa: E402
from little_sites import built, site  # noqa: E402
from registries import registries, waits  # noqa: E402

__all__ = ["address", "browser", "built", "phone", "registries", "site", "waits", "window"]


@pytest.fixture(autouse=True)
def _remembering_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a run leaves no file of its own behind, and no test hangs on another; `remembering` turns it on."""
    monkeypatch.setenv("EVIDENCE_CACHE", "0")


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on an editor's machine: what was worked out is kept."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("EVIDENCE_CACHE", raising=False)
    code_key.cache_clear()
    yield
    code_key.cache_clear()
