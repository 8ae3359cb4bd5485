"""Which tests reach which code: `python benchmarks/mutation/reached.py OUT.json` runs all tests once, but for those of the browser.

In a copy of the package each block of statements says that it was reached, in memory that all processes of a test share. What is
remembered within a process (`functools.cache`) says again what was reached when it was worked out, for each test that asks for it;
so do fixtures that several tests share. Written are, for each test, how long it took and the blocks it reached, for each block its
file and first line, the blocks that are reached before any test, and the tests that failed.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from slips import PACKAGE, ROOT, files, marked, placed, text_of

PARTS = (
    "plugins", "tests", "content", "theme", "references.bib", "references.lock.json", "pelicanconf.py", "publishconf.py",
    "README.md", "pyproject.toml", "docs", "Makefile", ".github", "requirements.lock", "requirements-test.lock", "benchmarks",
)  # fmt: skip
TESTS = ("tests/evidence", "tests/theme")
HITS = """\
import functools, mmap, re
_file = open({path!r}, "r+b")
hits = mmap.mmap(_file.fileno(), 0)
_COUNT = {count}  # behind them, the number of the test
_lru, _depth = functools.lru_cache, 0
def taken():
    now = hits[:_COUNT]
    hits[:_COUNT] = bytes(_COUNT)
    return now
def put(more):
    both = int.from_bytes(hits[:_COUNT], "big") | int.from_bytes(more, "big")
    hits[:_COUNT] = both.to_bytes(_COUNT, "big")
def numbers(some):
    return [found.start() for found in re.finditer(b"\\x01", some)]
def _cached(function, *given):
    @_lru(*given)
    def kept(*args, **named):
        global _depth
        before = taken()
        _depth += 1
        try:
            value = function(*args, **named)
        finally:
            _depth -= 1
            reached = numbers(hits[:_COUNT])
            put(before)
        return [value, reached, hits[_COUNT:]]
    @functools.wraps(function)
    def asked(*args, **named):
        found = kept(*args, **named)
        if _depth or found[2] != hits[_COUNT:]:
            for one in found[1]:
                hits[one] = 1
            if not _depth:
                found[2] = hits[_COUNT:]
        return found[0]
    asked.cache_clear, asked.cache_info = kept.cache_clear, kept.cache_info
    return asked
def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return lru_cache()(maxsize)
    def wrap(function):
        ours = function.__module__.startswith("evidence")
        return _cached(function, maxsize, typed) if ours else _lru(maxsize, typed)(function)
    return wrap
functools.lru_cache = lru_cache
functools.cache = lambda function: lru_cache(None)(function)
"""


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    for one in PARTS:
        source, leave = ROOT / one, shutil.ignore_patterns("__pycache__", "mutation")
        if source.is_dir():
            shutil.copytree(source, folder / one, ignore=leave)
        elif source.exists():
            shutil.copy(source, folder / one)
    return folder


def settle(copy: Path) -> None:
    """Makes this process, and those it begins, use the copy."""
    os.chdir(copy)
    sys.path[:0] = [str(copy / "plugins"), str(copy / "tests")]
    os.environ["PYTHONPATH"] = str(copy / "plugins")
    from hypothesis import HealthCheck, settings

    settings.register_profile(
        "unhurried", deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    settings.load_profile("unhurried")


def asked(base: Path, tests: Sequence[str] = TESTS) -> list[str]:
    warned = "ignore::pytest.PytestAssertRewriteWarning"
    return ["-q", "-s", "--no-header", "-p", "no:cacheprovider", "-W", warned, f"--basetemp={base}", *tests]


class Noting:
    """Notes what each test reached."""

    def __init__(self) -> None:
        import _reached_  # type: ignore[import-not-found]

        self.reached = _reached_
        self.tests: dict[str, Any] = {}
        self.failed: set[str] = set()
        self.shared: dict[Any, list[int]] = {}
        self.first: list[int] = []

    def pytest_collection_finish(self) -> None:
        self.first = self.reached.numbers(self.reached.taken())

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None]:
        before = self.reached.taken()
        yield
        if fixturedef.scope != "function":
            self.shared[fixturedef] = self.reached.numbers(self.reached.hits[: self.reached._COUNT])
        self.reached.put(before)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Generator[None]:
        count = self.reached._COUNT
        self.reached.taken()
        self.reached.hits[count:] = (int.from_bytes(self.reached.hits[count:], "big") + 1).to_bytes(8, "big")
        began = time.monotonic()
        yield
        found = set(self.reached.numbers(self.reached.taken()))
        for named in item._fixtureinfo.name2fixturedefs.values():
            found.update(*(self.shared.get(one, ()) for one in named))
        self.tests[item.nodeid] = [round(time.monotonic() - began, 3), sorted(found)]

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.add(report.nodeid)


def blocks() -> Iterator[tuple[str, int]]:
    for _, file in files():
        tree = ast.parse(text_of(file))
        for line in sorted({block for _, (block, _) in placed(tree)}):
            yield file.relative_to(PACKAGE).as_posix(), line


def main() -> None:
    out, every = Path(sys.argv[1]).absolute(), list(blocks())
    with tempfile.TemporaryDirectory() as name:
        copy = copied(Path(name) / "copy")
        hits = Path(name) / "hits"
        hits.write_bytes(bytes(len(every) + 8))
        (copy / "plugins/_reached_.py").write_text(HITS.format(path=str(hits), count=len(every)))
        number: dict[str, dict[int, int]] = {}
        for at, (file, line) in enumerate(every):
            number.setdefault(file, {})[line] = at
        for file, lines in number.items():
            tree = marked(ast.parse(text_of(PACKAGE / file)), lines)
            (copy / "plugins/evidence" / file).write_text(ast.unparse(tree), encoding="utf-8")
        init = copy / "plugins/evidence/__init__.py"
        init.write_text(
            re.sub(r"(?m)^from __future__.*$|\Z", r"\g<0>\nimport _reached_  # noqa", init.read_text(), count=1)
        )
        settle(copy)
        notes = Noting()
        pytest.main(asked(Path(name) / "base", sys.argv[2:] or TESTS), [notes])
    out.write_text(
        json.dumps({"blocks": every, "first": notes.first, "failed": sorted(notes.failed), "tests": notes.tests})
    )
    print(len(every), "blocks", len(notes.tests), "tests", len(notes.failed), "failed")


if __name__ == "__main__":
    main()
