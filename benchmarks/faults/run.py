"""Ends builds at every stage and looks at what is left: `python benchmarks/faults/run.py [SECONDS]` (default 240).

A copy of the site is built once. Then, until the time is over, an article is changed and a build of it is ended: by SIGKILL or
SIGTERM at a random moment, by a limit on memory or on the size of a file, or on a file system without room (a tmpfs; needs the
right to mount). After each the output must be, byte for byte, the old site or the new one. At last one build must go through, give
what a build into an empty folder gives, and leave nothing beside the output and the cache. Prints one line for each kind of end,
also if something was amiss.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEBIBYTE = 1 << 20
CACHE = ".evidence-cache"
PARTS = ("content", "theme", "plugins", "references.bib", "pelicanconf.py", "publishconf.py", "references.lock.json")


def copied(folder: Path) -> Path:
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, folder / name)
    return folder


def start(site: Path, output: Path, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pelican", "content", "-o", str(output), "-s", "pelicanconf.py"]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1795478400"}
    return subprocess.Popen(
        command, cwd=site, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=limit
    )


def printed(folder: Path) -> str:
    """A fingerprint of all files in a folder; "" if there is none."""
    if not folder.is_dir():
        return ""
    sums = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        sums.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()


def whole(site: Path, output: Path) -> str:
    """The fingerprint of a build that nothing disturbs. Raises if it fails."""
    one = start(site, output)
    text, _ = one.communicate()
    if one.returncode:
        raise RuntimeError(text[-2000:])
    return printed(output)


def changed(site: Path, number: int) -> None:
    page = site / "content/pages/about.md"
    text = re.sub(r"\n\nRevision \d+\.\n$", "\n", page.read_text(encoding="utf-8"))
    page.write_text(f"{text.rstrip()}\n\nRevision {number}.\n", encoding="utf-8")


def kill(sign: signal.Signals, took: float) -> Callable[[Path, Path], str]:
    def act(site: Path, output: Path) -> str:
        one = start(site, output)
        time.sleep(random.uniform(0.2, 1.1) * took)
        one.send_signal(sign)
        text, _ = one.communicate()
        return text

    return act


def limited(what: int, amount: int) -> Callable[[Path, Path], str]:
    def act(site: Path, output: Path) -> str:
        text, _ = start(site, output, lambda: resource.setrlimit(what, (amount, amount))).communicate()
        return text

    return act


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 240
    seed = int(os.environ.get("SEED", "1"))
    random.seed(seed)
    end = time.monotonic() + seconds
    told: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        site, room = copied(Path(name)), Path(name) / "room"
        output, spare = site / "output", Path(name) / "spare/output"
        whole(site, output)
        changed(site, 0)
        began = time.monotonic()  # of the second build, which remembers the first as those that are ended do
        old = whole(site, output)
        took = time.monotonic() - began
        room.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(room)], capture_output=True)
        ends: dict[str, Callable[[Path, Path], str]] = {
            "SIGKILL": kill(signal.SIGKILL, took),
            "SIGTERM": kill(signal.SIGTERM, took),
            "no file above 20 KiB": limited(resource.RLIMIT_FSIZE, 20 * 1024),
            "70 MiB of memory": limited(resource.RLIMIT_AS, 70 * MEBIBYTE),
            "90 MiB of memory": limited(resource.RLIMIT_AS, 90 * MEBIBYTE),
        }
        try:
            number = 0
            while time.monotonic() < end:
                number += 1
                kind, act = list(ends.items())[number % len(ends)]
                changed(site, number)
                text = act(site, output)
                now = printed(output)
                if now != old:
                    new = whole(site, spare)
                    assert now == new, (
                        f"{kind}, seed {seed}, round {number}: half a site is published\n{text[-2000:]}"
                    )
                told[kind, "the old site stands" if now == old else "the new site stands"] += 1
                told[kind, "a traceback is shown"] += "Traceback" in text
                old = now
            if mounted.returncode == 0:
                full = room / "output"
                first = whole(site, full)
                (room / "filler").write_bytes(
                    b"\0" * (shutil.disk_usage(room).free - 4 * 1024)
                )  # an edited site writes little
                changed(site, number + 1)
                one = start(site, full)
                text, _ = one.communicate()
                assert one.returncode == 2, text[-2000:]
                assert printed(full) == first, "a full disk: the site was changed"
                told["a full disk", "the old site stands"] += 1
                told["a full disk", "a traceback is shown"] += "Traceback" in text
                (room / "filler").unlink()
                assert whole(site, full) != first, "a full disk: the next build did not get through"
                assert sorted(path.name for path in room.iterdir()) == ["output"]
            else:
                print("no right to mount a tmpfs: the full disk was left out")
            last = whole(site, output)
            shutil.rmtree(spare.parent, ignore_errors=True)
            assert last == whole(site, spare), "the build after all is not what a clean build gives"
            left = [
                path.name for path in site.iterdir() if path.name not in {*PARTS, "output", "room", "spare", CACHE}
            ]
            assert not left, f"left behind: {left}"
        finally:
            for (kind, outcome), times in sorted(told.items()):
                print(f"{kind:22} {outcome:22} {times:4}", flush=True)
            if mounted.returncode == 0:
                subprocess.run(["umount", str(room)], check=False)
    print(f"{number} builds ended; the next one went through, as a clean one, and nothing is left behind")


if __name__ == "__main__":
    main()
