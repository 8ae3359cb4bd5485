"""Every setting that is read anywhere, values that none of them expects, and what a run may make of them."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
from ast import literal_eval
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from evidence.policy import KEYS
from little_sites import ROOT, Site

VALUES = (
    *("None", "0", "-1", "1.5", "float('nan')", "10**30", "True", "False"),
    *(
        "''",
        "' '",
        "'\\0'",
        "'x\\x07y'",
        "'\\ud800'",
        "'../x'",
        "'/'",
        "'a/../../x'",
        "'x' * 100_000",
        "'{'",
        "'{x}'",
        "'('",
        "'%'",
    ),
    *("'no-such-file'", "'content'", "'references.bib'", "'.'"),
    *(
        "[]",
        "[1]",
        "[None]",
        "['']",
        "['../x']",
        "['\\0']",
        "['no-such-file']",
        "['(']",
        "[['a', ['b']]]",
        "[('(', 'x')]",
    ),
    *("{}", "{1: 2}", "{'a': 1}", "{'a': None}", "{'a': {'b': ['c']}}", "{1}", "()", "('a', 'b', 'c', 'd')"),
    *("b'x'", "object()", "lambda *a: 1", "__import__('pathlib').Path('x')", "int"),
)
"""As they stand in a settings file."""
_READ = re.compile(r"settings(?:\.get\(\s*|\[)[\"']([A-Z][A-Z_]{2,})[\"']")
_IN_THEME = re.compile(r"\b[A-Z]+(?:_[A-Z]+)*\b")
_MADE = {"SITE_CARD", "HOME_CTA", "IN_FORCE", "CORRECTIONS", "CHANGES", "CLAIM", "EVIDENCE_RUN"}
"""What the build itself gives the templates."""
CLINIC = ("name", "booking_url", "phone", "interest", "report_url")
_ALSO_TOLD = {"publish": "SITEURL", "wording": "references.bib:1:1", "lock": "references.bib:1:1"}
"""What is wrong instead, where the value is right in itself: an address that may not be published, a file that holds no words."""
_PROBLEM = re.compile(r" EV\d{3} ")


def names() -> list[str]:
    """The settings that Pelican, this package or the theme reads, and those within `EVIDENCE` and `CLINIC`."""
    from pelican.settings import DEFAULT_CONFIG

    pelican = Path(str(find_spec("pelican").origin)).parent  # type: ignore[union-attr]
    files = [*pelican.glob("*.py"), *(ROOT / "plugins/evidence").rglob("*.py")]
    read = {name for file in files for name in _READ.findall(file.read_text(encoding="utf-8"))}
    ours = set(_IN_THEME.findall((ROOT / "pelicanconf.py").read_text(encoding="utf-8")))
    theme = " ".join(file.read_text(encoding="utf-8") for file in (ROOT / "theme/templates").rglob("*.*"))
    known = {*DEFAULT_CONFIG, *read, *(ours & set(_IN_THEME.findall(theme)))} - _MADE - {"Y"}
    within = [f'EVIDENCE["{key}"]' for key in KEYS] + [f'CLINIC["{key}"]' for key in CLINIC]
    return [*sorted(known), *within]


def word(name: str) -> str:
    """What a line about a setting must say: its name."""
    return re.sub(r'.*\["(\w+)"\]', r"\1", name)


def with_setting(conf: str, name: str, value: str) -> str:
    return f"{conf}\n{name} = {value}\n"


def others(site: Site, output: str = "output") -> set[str]:
    """All that is in the project's folder and beside it, but the site, what is remembered and Python's own files."""
    left = (".evidence-cache", "__pycache__", "said")
    there = site.root.parent
    parts = Path(os.path.relpath(site.root / output, there)).parts
    found = (path.relative_to(there) for path in there.rglob("*"))
    return {
        path.as_posix()
        for path in found
        if path.parts[1:2] not in {(one,) for one in left} and path.parts[: len(parts)] != parts
    }


def amiss(name: str, code: int, text: str, *, build: bool) -> str:
    """What is wrong with how a run ended; "" if nothing is."""
    last = [line for line in text.splitlines() if line.startswith("evidence: ")]
    if "Traceback" in text or "internal error" in text:
        return "traceback or internal error"
    if code == 0 or (code == 1 and _PROBLEM.search(text)):
        return ""
    if code != 2:
        return f"exit {code}"
    if len(last) != 1 or (not build and len(text.strip().splitlines()) != 1):
        return f"{len(last)} lines"
    other = _ALSO_TOLD.get(word(name))
    return "" if word(name) in last[0] or (other and other in last[0]) else "no name"


def apart(run: Callable[[], int], folder: Path, seconds: int = 60) -> tuple[int, str]:
    """The exit code and the words of a run in a process of its own that begins with all that is loaded here."""
    said = folder / "said"
    child = os.fork()
    if not child:
        code = 99
        with contextlib.suppress(BaseException):
            import signal

            signal.alarm(seconds)
            stream = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(stream, 1)
            os.dup2(stream, 2)
            sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", write_through=True)
            sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", write_through=True)
            os.chdir(folder)
            code = _code(run)
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.read_text(encoding="utf-8", errors="replace")


def _code(run: Callable[[], int]) -> int:
    try:
        return run() or 0
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else (1 if stop.code else 0)
    except BaseException:
        import traceback

        traceback.print_exc()
        return 98


def check() -> int:
    from evidence.cli import main

    return main(["check"])


def build() -> int:
    from pelican import main

    main(["-s", "pelicanconf.py"])
    return 0


def _output(site: Site, name: str, value: str) -> str:
    """The folder that the site goes to: a new one beside or in the project's, or else the usual one."""
    given = literal_eval(value) if name == "OUTPUT_PATH" and re.fullmatch("'[^']*'", value) else ""
    if not given or len(given) > 200 or not given.isprintable():
        return "output"
    new = (site.root / given).resolve()
    return given if not new.exists() and new.is_relative_to(site.root.parent.resolve()) else "output"


def tried(site: Site, conf: str, name: str, value: str, *, every: bool = False) -> Iterator[tuple[str, str, str]]:
    """(what was run, what is wrong, what it said) of a check and a build with one odd setting, where something is wrong. What the
    check refuses, the build refuses by the same code: it is tried with `every` tenth of it, or with all."""
    site.write({"pelicanconf.py": with_setting(conf, name, value)})
    refused = False
    for run in (check, build):
        if refused and not every and crc32(f"{name}{value}".encode()) % 10:
            return
        shutil.rmtree(site.root / "output", ignore_errors=True)
        output = _output(site, name, value)
        before = others(site, output)
        code, text = apart(run, site.root)
        refused = code == 2
        found = amiss(name, code, text, build=run is build)
        strange = sorted(others(site, output) - before)
        shutil.rmtree((site.root / output).resolve(), ignore_errors=True)
        if found or strange:
            yield run.__name__, found or f"wrote {strange[:3]}", text
