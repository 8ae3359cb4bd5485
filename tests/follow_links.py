"""Serve a built site on this machine and let linkchecker follow its links. `make linkcheck` runs this.

Usage: follow_links.py OUTPUT [--external]. Exit code 0 if every link leads somewhere.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing for each request."""


def served(folder: Path) -> ThreadingHTTPServer:
    """A running server of the folder on a free port of 127.0.0.1; call `shutdown()` when done."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def check_links(folder: Path, *, external: bool) -> int:
    """linkchecker's exit code on the site in `folder`: its pages, their fragments, and other sites if `external`."""
    server = served(folder)
    start = f"http://127.0.0.1:{server.server_address[1]}/"
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch) / "linkcheckerrc"
        config.write_text("[AnchorCheck]\n[filtering]\nignorewarnings=http-robots-denied,url-rate-limited\n")
        command = [sys.executable, "-m", "linkcheck", "--config", str(config), "--no-status", "--threads", "8"]
        command += ["--check-extern"] if external else []
        pages = [f"{start}{path}" for path in ("", "404.html", "sitemap.xml", "feeds/all.atom.xml")]
        done = subprocess.run([*command, *pages], check=False, timeout=3000)
    server.shutdown()
    return done.returncode


if __name__ == "__main__":
    sys.exit(check_links(Path(sys.argv[1]), external="--external" in sys.argv))
