"""The command `evidence`, also as `python -m evidence`. What was told before of the very same files starts nothing more."""

from __future__ import annotations

import io
import sys


def main() -> int:
    """Run the command line."""
    told = _told_again() if sys.argv[1:] == ["check"] else None
    if told is not None:
        from evidence.console import say

        say(told[0])
        return told[1]
    from evidence.cli import main as run

    return run()


def _told_again() -> tuple[str, int] | None:
    """Whatever is wrong here, the check itself tells it, in its own words."""
    from evidence.again import told_again
    from evidence.console import wants_colour

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return told_again(colour=wants_colour(sys.stdout))
    except KeyboardInterrupt:
        print("evidence: stopped from the keyboard", file=sys.stderr)
        sys.exit(2)
    except Exception:
        return None


if __name__ == "__main__":
    sys.exit(main())
