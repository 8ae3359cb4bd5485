"""One browser and one served site for all tests of a worker, and a page that tells what goes wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import opened
from follow_links import served
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with opened() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    with served(built) as there:
        yield there


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a phone, in which an error on the console or in a script fails the test."""
    shown = browser.new_page(viewport={"width": 360, "height": 800})
    shown.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    shown.on("pageerror", lambda error: pytest.fail(str(error)))
    yield shown
    shown.close()
