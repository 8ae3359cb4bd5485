"""One browser with one window and one served site for all tests of a worker, and a page that tells what goes wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import opened
from follow_links import served
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with opened() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    with served(built) as there:
        yield there


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """To open one takes the browser longer than to show a page in it."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(window: Page) -> Iterator[Page]:
    """A page as wide as a phone, in which an error on the console or in a script fails the test; begun with nothing in it, and
    nothing of the test before."""

    wrong: list[str] = []  # to fail in the midst of an event would end the browser for all tests to come

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    def script(error: Error) -> None:
        wrong.append(str(error))

    window.set_viewport_size({"width": 360, "height": 800})
    window.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
    window.mouse.move(0, 0)
    window.on("console", console)
    window.on("pageerror", script)
    yield window
    window.goto("about:blank")
    window.remove_listener("console", console)
    window.remove_listener("pageerror", script)
    window.context.clear_cookies()
    assert wrong == []


@contextmanager
def requests(page: Page) -> Iterator[list[str]]:
    """The addresses that a page asks for meanwhile."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    yield asked
    page.remove_listener("request", note)
