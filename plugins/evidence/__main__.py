"""The command `evidence`, also as `python -m evidence`. What was told before of the very same files starts nothing more."""

from __future__ import annotations

import io
import sys


def main() -> int:
    """Run the command line."""
    if sys.argv[1:] == ["check"]:
        from evidence.again import told_again
        from evidence.console import say, wants_colour

        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        told = told_again(colour=wants_colour(sys.stdout))
        if told is not None:
            say(told[0])
            return told[1]
    from evidence.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
