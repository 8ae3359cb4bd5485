"""How fast the check and the build are, as ratios to plain Pelican on the same articles in the same run.

    .venv/bin/python benchmarks/speed/measure.py            # 100 articles, 2,000 sources
    .venv/bin/python benchmarks/speed/measure.py --articles 1000 --repeat 1

CPU time is user and system time of the whole process tree. Of several runs the least counts, since other programs can only
make a run slower. Plain Pelican reads the same Markdown files with its default theme and leaves the citations as text.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus

BIN = Path(sys.executable).parent
CACHE = ".evidence-cache"
PLAIN = """\
PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = []
STATIC_PATHS = []
SITENAME = "plain"
SITEURL = "http://localhost:8000"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_PAGINATION = 12
THEME = "notmyidea"
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU and of the clock, and the most memory that one process held, in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """What a command costs. Raises SystemExit with its output if it fails."""
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=told, env=environment())
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{told.read()[-3000:].decode()}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """As on a machine where nothing is set up: with memory, and with Python's own files of byte code."""
    unset = ("CI", "EVIDENCE_CACHE", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name not in unset}


def least(command: Sequence[str], folder: Path, repeat: int, before: Callable[[int], object]) -> Cost:
    """The least of each cost over some runs; `before` sets the stage for each."""
    costs = []
    for number in range(repeat):
        before(number)
        costs.append(run(command, folder))
    return Cost(min(c.cpu for c in costs), min(c.wall for c in costs), min(c.memory for c in costs))


def forget(folder: Path) -> None:
    """Remove all that earlier runs left."""
    shutil.rmtree(folder / CACHE, ignore_errors=True)
    shutil.rmtree(folder / "output", ignore_errors=True)


def edit(folder: Path, number: int, article: str = "what-is-migraine-") -> None:
    """Change one word of one article."""
    path = sorted((folder / "content" / "articles").glob(f"{article}*.md"))[0]
    path.write_text(
        path.read_text("utf-8") + f"\nThis page was looked through for the {'again ' * number}next time.\n", "utf-8"
    )


def measured(folder: Path, repeat: int) -> dict[str, Cost]:
    """All that is measured, by what was done."""
    check = [str(BIN / "evidence"), "check"]
    build = [str(BIN / "pelican"), "content", "-o", "output", "-s", "pelicanconf.py"]
    plain = [str(BIN / "pelican"), "content", "-o", "plain", "-s", "plainconf.py"]
    (folder / "plainconf.py").write_text(PLAIN, "utf-8")
    found = {
        "plain Pelican": least(plain, folder, repeat, lambda _: shutil.rmtree(folder / "plain", ignore_errors=True))
    }
    found["check, cold"] = least(check, folder, repeat, lambda _: forget(folder))
    found["check, nothing changed"] = least(check, folder, repeat, lambda _: None)
    found["check, one article changed"] = least(check, folder, repeat, lambda number: edit(folder, number))
    found["full build, cold"] = least(build, folder, repeat, lambda _: forget(folder))
    found["build, one article changed"] = least(build, folder, repeat, lambda number: edit(folder, number))
    shutil.move(folder / "output", folder / "edited")
    forget(folder)
    run(build, folder)
    if differing := _differing(folder / "edited", folder / "output"):
        sys.exit(f"the build after an edit differs from a clean one: {', '.join(differing[:5])}")
    return found


def _differing(one: Path, other: Path) -> list[str]:
    names = {path.relative_to(top).as_posix() for top in (one, other) for path in top.rglob("*") if path.is_file()}
    _, differ, gone = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return [*differ, *gone]


def site(repeat: int) -> dict[str, Cost]:
    """The check of this site itself, from a copy."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content", "theme", "references.bib", "pelicanconf.py", "publishconf.py"):
            (shutil.copytree if (corpus.SITE / part).is_dir() else shutil.copy)(corpus.SITE / part, folder / part)
        check = [str(BIN / "evidence"), "check"]
        cold = least(check, folder, repeat, lambda _: forget(folder))
        warm = least(check, folder, repeat, lambda _: None)
        changed = least(check, folder, repeat, lambda number: edit(folder, number, "what-is-migraine"))
        bare = least([sys.executable, "-c", "pass"], folder, repeat, lambda _: None)
        return {
            "Python starts and stops": bare,
            "this site: check, cold": cold,
            "this site: check, nothing changed": warm,
            "this site: check, one article changed": changed,
        }


def table(costs: dict[str, Cost], base: Cost) -> str:
    """The costs as a Markdown table; times as ratios to the base's."""
    lines = ["| what | CPU | wall | memory, MB |", "|---|---:|---:|---:|"]
    lines += [
        f"| {name} | {one.cpu / base.cpu:.3f} | {one.wall / base.wall:.3f} | {one.memory:.0f} |"
        for name, one in costs.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the check and the build are")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--citations", type=int, default=25, help="of an article; 0 for all that the site's own have")
    parser.add_argument("--keep", metavar="FOLDER", help="write the corpus there, and leave it")
    options = parser.parse_args()
    small = site(options.repeat)
    told = (f"{name} {cost.cpu:.2f} ({cost.wall:.2f})" for name, cost in small.items())
    print("seconds of CPU (and by the clock):", "; ".join(told), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name)
        folder.mkdir(parents=True, exist_ok=True)
        corpus.write(folder, options.articles, options.sources, options.citations or None)
        texts = [path.read_text("utf-8") for path in (folder / "content" / "articles").glob("*.md")]
        words, citations = (
            sum(map(len, map(cut, texts))) // len(texts) for cut in (str.split, corpus.CITATION.findall)
        )
        sources = len(list((folder / "content" / "sources").glob("*.toml")))
        costs = measured(folder, options.repeat)
    base = costs["plain Pelican"]
    print(
        f"\n{len(texts)} articles of {words} words with {citations} citations, {sources} sources with notes; least of {options.repeat}"
    )
    print(f"1.0 is {base.cpu:.2f} s of CPU, {base.wall:.2f} s by the clock\n")
    print(table(costs, base))


if __name__ == "__main__":
    main()
