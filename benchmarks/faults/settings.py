"""Tries odd values for every setting: `python benchmarks/faults/settings.py [--all] [PATTERN …]` (default: all names).

A little site is checked and built with each value of `tests/odd_settings.py` in the place of each setting that Pelican, this package
or the theme reads. Each run must end as ever, or with 2 and one line that names the setting; no traceback, and nothing is written
beside the output. What the check refuses is built once in ten times; with `--all` always. Prints what ends otherwise, and how
many were tried.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from contextlib import chdir, redirect_stdout, suppress
from fnmatch import fnmatch
from importlib import import_module
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import pelican.plugins._utils  # noqa: E402, F401
from evidence import plugin  # noqa: E402, F401
from little_sites import ARTICLE, BIB, PAGE, Site  # noqa: E402
from odd_settings import VALUES, apart, build, check, names, tried, word  # noqa: E402


def little(folder: Path) -> Site:
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "theme").symlink_to(ROOT / "theme")
    (folder / "plugins").symlink_to(ROOT / "plugins")
    anatomy = (ROOT / "plugins/evidence/anatomy/anatomy.toml").read_text(encoding="utf-8")
    return Site(folder).write(
        {
            "content/articles/fluids.md": ARTICLE.replace("category: Drips", "category: Drips\ntags: a, b"),
            "content/pages/about.md": PAGE,
            "content/ctas.toml": (ROOT / "content/ctas.toml").read_bytes(),
            "content/anatomy.toml": re.sub(r"(?m)^(needs|fields) = .*$", r"\1 = []", anatomy),
            "content/images/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
            "references.bib": BIB,
        }
    )


def load(site: Site) -> None:
    """Load here what a check and a build load, and work out what a check works out of the package's own files: each of thousands
    of runs begins with it."""
    for run in (check, build):
        code, text = apart(lambda run=run: run() or print(*sys.modules), site.root)  # type: ignore[misc]
        assert code == 0, text
        for name in text.splitlines()[-1].split():
            with suppress(Exception):
                import_module(name)
    with chdir(site.root), redirect_stdout(StringIO()):
        check()


def main() -> None:
    os.environ |= {"NO_COLOR": "1", "EVIDENCE_CACHE": "0", "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}
    every = "--all" in sys.argv
    patterns = [one for one in sys.argv[1:] if one != "--all"] or ["*"]
    wanted = [one for one in names() if any(fnmatch(word(one), pattern) for pattern in patterns)]
    conf = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    wrong, began = 0, time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "site").mkdir()
        site = little(Path(folder) / "site")
        load(site)
        for name in wanted:
            for value in VALUES:
                for run, what, text in tried(site, conf, name, value, every=every):
                    wrong += 1
                    print(f"{name} = {value}: {run}: {what}: {text.strip()[-300:]!r}", flush=True)
    print(f"{len(wanted)} settings, {len(VALUES)} values each: {wrong} amiss; {time.process_time() - began:.0f} s")


if __name__ == "__main__":
    main()
