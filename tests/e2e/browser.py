"""Finds a Chromium for the browser tests, or installs one. Run by `make test`; tests fail if there is none.

Looks at the variable CHROMIUM, then at the usual names on the PATH; then tries Debian's package (as root), then the
download of Playwright.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def found() -> str | None:
    """The path of a browser that is there already."""
    candidates = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES), MAC]
    known = next((path for path in candidates if path and Path(path).exists()), None)
    return known or _playwrights_own()


def _playwrights_own() -> str | None:
    """Takes a while to find out."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        path = str(driver.chromium.executable_path)
    return path if Path(path).exists() else None


def _install() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing the browser for the tests (Debian package chromium) …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-qq", "-y", "chromium"], check=False, **quiet)  # type: ignore[call-overload]
    if found() is None:
        print("Downloading the browser for the tests …", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """0 if there is a browser now; otherwise says what to do."""
    if found() is None:
        _install()
    path = found()
    if path is None:
        print("The browser tests need Chromium or Chrome: install one, or set CHROMIUM to its path.", file=sys.stderr)
        return 2
    print(f"Browser: {path}")
    return 0


@contextmanager
def opened() -> Iterator[Browser]:
    """The browser, closed at the end. Fails if there is none: a test of pages is never left out."""
    from playwright.sync_api import sync_playwright

    path = found()
    assert path, "no browser: run `python tests/e2e/browser.py`"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


if __name__ == "__main__":
    sys.exit(main())
