"""How the check and the build grow: CPU and memory for a site, and for one of ten times as many articles.

    .venv/bin/python benchmarks/speed/growth.py                                   # 1,000 and 10,000 articles
    .venv/bin/python benchmarks/speed/growth.py --articles 100 --sources 200 --times 4

The larger site has as many sources as articles, at least those of the smaller one. At a terminal the bars of the commands are
shown: how far, how fast, and how long it will take. Memory is what one process held at most, and what all of them held together
at most, pages that they share counted once (the sum of their proportional set sizes, looked at four times a second).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import corpus
from measure import BIN, environment, forget

_EVERY = 0.25
COMMANDS = {
    "check, cold": (str(BIN / "evidence"), "check"),
    "full build, cold": (str(BIN / "pelican"), "content", "-o", "output", "-s", "pelicanconf.py"),
}


@dataclass
class Held:
    """MB: the most that each process held, by its number, and the most that all held together."""

    single: dict[int, float] = field(default_factory=dict)
    together: float = 0.0

    def look(self, process: int) -> None:
        """Look at a process and all that it has started."""
        together = 0.0
        for number in _family(process):
            with suppress(OSError, StopIteration):
                self.single[number] = max(self.single.get(number, 0.0), _told(f"/proc/{number}/status", "VmHWM:"))
                together += _told(f"/proc/{number}/smaps_rollup", "Pss:")
        self.together = max(self.together, together)


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _told(file: str, name: str) -> float:
    lines = Path(file).read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


@contextmanager
def _watched(process: int) -> Iterator[Held]:
    held, done = Held(), threading.Event()

    def watch() -> None:
        while not done.wait(_EVERY):
            held.look(process)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield held
    finally:
        done.set()
        thread.join()


def run(command: Sequence[str], folder: Path) -> tuple[float, float, Held]:
    """Seconds of CPU and of the clock, and the memory held. Bars go to the terminal. Raises SystemExit if the command fails."""
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        bars = None if sys.stderr.isatty() else told
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=bars, env=environment())
        with _watched(process.pid) as held:
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{told.read()[-3000:].decode()}")
    return used.ru_utime + used.ru_stime, wall, held


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How the check and the build grow")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    small = options.articles, options.sources
    large = options.articles * options.times, max(options.sources, options.articles * options.times)
    print("| articles | sources | what | CPU, s | of linear | clock, s | one process, MB | together, MB |")
    print("|---:|---:|---|---:|---:|---:|---:|---:|", flush=True)
    known: dict[str, float] = {}
    for articles, sources in (small, large):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            corpus.write(folder, articles, sources)
            notes = len(list((folder / "content" / "sources").glob("*.toml")))
            for what, command in COMMANDS.items():
                forget(folder)
                cpu, wall, held = run(command, folder)
                each = known.setdefault(what, cpu / articles)
                most = max(held.single.values(), default=0.0)
                print(
                    f"| {articles:,} | {notes:,} | {what} | {cpu:.1f} | {cpu / articles / each:.2f} | {wall:.0f} "
                    f"| {most:.0f} | {held.together:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
