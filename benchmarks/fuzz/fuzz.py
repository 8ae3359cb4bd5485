"""Coverage-guided fuzzing: `python benchmarks/fuzz/fuzz.py TARGET -max_total_time=120` (`pip install atheris` first).

TARGET is one of the names below; the options after it are libFuzzer's. A target fails on any exception, on a fault without a
line of the text or without a repair, and on 20 seconds for one input of at most 4096 bytes. What it finds is written to a file
`crash-…` beside the call; `python benchmarks/fuzz/fuzz.py TARGET crash-…` runs it again. No sample is kept: what was found became tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
with atheris.instrument_imports(include=["evidence"]):
    from fuzz_targets import TARGETS


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: fuzz.py {'|'.join(TARGETS)} [libFuzzer options]")
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup([*sys.argv, "-timeout=20", "-max_len=4096"], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
