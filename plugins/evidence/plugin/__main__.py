"""`python -m evidence.plugin`: Pelican, with what is wrong with the settings file in one line and exit code 2.

Pelican reads the settings before anything of this package is loaded, and shows a traceback if it cannot. `make` builds this way;
its options are Pelican's own.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import pelican

from evidence.console import tell, visible
from evidence.plugin.watch import speak_plainly


def main() -> None:
    """Raises SystemExit with Pelican's exit code, or with 2 if the settings file itself ends the run."""
    sys.argv[0] = "pelican"
    speak_plainly()
    try:
        pelican.main()
    except SystemExit as stop:
        last = traceback.extract_tb(stop.__traceback__)[-1]
        if not last.filename.endswith("conf.py"):
            raise
        why = f": {stop.code}" if stop.code else ""
        tell(f"evidence: {visible(f'{Path(last.filename).name}:{last.lineno} stopped the build{why}')}\n")
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
