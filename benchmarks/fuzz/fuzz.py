"""Coverage-guided fuzzing: `python benchmarks/fuzz/fuzz.py TARGET -max_total_time=120` (`pip install atheris` first).

TARGET is one of the names below; the options after it are libFuzzer's. A target fails on any exception, on a fault without a
line of the text or without a repair, and on 20 seconds for one input of at most 4096 bytes. It starts from the cases of `tests/cases`.
What it finds is written to a file `crash-…` beside the call; `python benchmarks/fuzz/fuzz.py TARGET crash-…` runs it again. No sample
is kept: what was found became tests.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris

TESTS = Path(__file__).parents[2] / "tests"
sys.path.insert(0, str(TESTS))
with atheris.instrument_imports(include=["evidence"]):
    from fuzz_targets import TARGETS

CASES = {
    "citations": ("citations", "documents"),
    "bibliography": ("bibliography", "references"),
    "front_matter": ("documents",),
    "note": ("notes", "support/sources"),
    "tables": ("vocabulary", "notes"),
    "article": ("documents", "citations", "support/sentences.txt"),
}
"""Where what a target reads is to be found, under `tests/cases`."""
LONGEST = 4096


def seeds(name: str) -> Iterator[bytes]:
    """Cases that a target may begin with."""
    if name == "support":
        lines = (TESTS / "cases/support/figures.txt").read_text(encoding="utf-8").splitlines()
        pairs = [line.split(" | ") for line in lines if line.count(" | ") == 2]
        yield from (f"{evidence}\n{claim}".encode() for claim, evidence, _ in pairs)
        return
    for start in (TESTS / "cases" / one for one in CASES[name]):
        for path in sorted(start.rglob("*.*")) if start.is_dir() else [start]:
            text = path.read_bytes()
            yield from text.split(b"\n== " if b"\n== " in text else b"\n\n")


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: fuzz.py {'|'.join(TARGETS)} [libFuzzer options]")
    name = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(one for one in seeds(name) if len(one) <= LONGEST):
            (Path(folder) / str(number)).write_bytes(seed)
        again = any(not one.startswith("-") for one in sys.argv[1:])
        child = os.fork()
        if not child:  # libFuzzer ends the process it runs in
            TARGETS[name](b"")  # what is worked out once is no part of what an input takes
            atheris.Setup(
                [*sys.argv, "-timeout=20", f"-max_len={LONGEST}", *([] if again else [folder])], TARGETS[name]
            )
            atheris.Fuzz()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.exit(code)


if __name__ == "__main__":
    main()
