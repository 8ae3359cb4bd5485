"""Serve a built site on this machine and let linkchecker follow its links. `make linkcheck` runs this.

Usage: follow_links.py OUTPUT [--external]. Exit code 0 if every link leads somewhere.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# AnchorCheck is left out: it fetches a page again for each of its fragments, and `tests/theme/test_site.py` sees them all.
RULES = "[filtering]\nignorewarnings=http-robots-denied,url-rate-limited,url-content-type-unparseable\n"
OURS = "[checking]\nmaxrequestspersecond=500\n"
"""Our own server need not be spared; the hosts of external links are asked at linkchecker's own pace."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing for each request."""

    def end_headers(self) -> None:
        self.send_header("LinkChecker", "ours")  # without it linkchecker asks no faster than ten times a second
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of the folder, on a free port of this machine, while the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def check_links(folder: Path, *, external: bool) -> int:
    """linkchecker's exit code on the site in `folder`: its pages, and other sites if `external`."""
    with served(folder) as start, tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch) / "linkcheckerrc"
        config.write_text(RULES if external else OURS + RULES)
        command = [sys.executable, "-m", "linkcheck", "--config", str(config), "--no-status", "--threads", "8"]
        command += ["--check-extern"] if external else []
        pages = [f"{start}{path}" for path in ("", "404.html", "sitemap.xml", "feeds/all.atom.xml")]
        done = subprocess.run([*command, *pages], check=False, timeout=3000)
    return done.returncode


if __name__ == "__main__":
    sys.exit(check_links(Path(sys.argv[1]), external="--external" in sys.argv))
