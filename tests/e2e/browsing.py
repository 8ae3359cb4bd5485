"""One browser with one window and one served site for all tests of a worker, and a page that tells what goes wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            pytest.fail(message.text)

    def script(error: Error) -> None:
        pytest.fail(str(error))

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


@contextmanager
def requests(page: Page, seen: Callable[[str], object]) -> Iterator[Page]:
    """The page, while each address it asks for is told."""

    def asked(request: Request) -> None:
        seen(request.url)

    page.on("request", asked)
    yield page
    page.remove_listener("request", asked)
