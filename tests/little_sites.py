"""Little sites to build: a folder of files, the settings of the real site, its theme."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from loaded import run_copy, standard

ROOT = Path(__file__).parents[1]
ARTICLE = """\
---
title: Fluids: what is known
slug: fluids
date: 2026-11-24
category: Drips
---

Pain fell by 4.5 points with fluids and 5.1 without in one study [@smith2020].
"""
PAGE = "---\ntitle: About\nslug: about\n---\n\nThis site is about drips.\n"
BIB = """\
@article{smith2020,
  author  = {Smith, Ann and Lee, Bo},
  title   = {A trial of drips},
  journal = {Headache},
  year    = {2020},
  volume  = {1},
  pages   = {713--716},
}
"""


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said (both streams)."""

    code: int
    text: str


@dataclass(frozen=True)
class Site:
    """A little project on disk."""

    root: Path

    def write(self, files: Mapping[str, str | bytes]) -> Site:
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def run(self, *command: str, env: Mapping[str, str] | None = None, anew: bool = False) -> Done:
        """Run a program here: a copy of one that is loaded already, where that will do and it need not be begun `anew`."""
        given = {**standard(), **(env or {})}
        copied = None if anew else run_copy(command, self.root, given)
        if copied is not None:
            return Done(*copied)
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=self.root, env=given, text=True, capture_output=True, check=False
        )
        return Done(done.returncode, done.stdout + done.stderr)

    def build(self, *options: str, settings: str = "pelicanconf.py", env: Mapping[str, str] | None = None) -> Done:
        return self.run("pelican", "content", "-o", "output", "-s", settings, *options, env=env)

    def check(self, *options: str) -> Done:
        return self.run("evidence", "check", *options)

    def output(self) -> dict[str, bytes]:
        """Every published file by its path."""
        folder = self.root / "output"
        return {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }


def git(root: Path, *arguments: str) -> str:
    """What git prints, as somebody who does not exist."""
    identity = ("-c", "user.name=Ann Example", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


def commit(site: Site, message: str = "a change") -> None:
    """Record the content as it is."""
    git(site.root, "add", "-A", "content", "references.bib")
    git(site.root, "commit", "-qm", message)


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Site]:
    """Makes a little site with one sound article, of which no parts are asked, and one page; more files, or others, as given."""

    def make(files: Mapping[str, str | bytes] | None = None) -> Site:
        for name in ("pelicanconf.py", "publishconf.py"):
            shutil.copy(ROOT / name, tmp_path / name)
        (tmp_path / "theme").symlink_to(ROOT / "theme")
        (tmp_path / "plugins").symlink_to(ROOT / "plugins")
        (tmp_path / "content").mkdir()
        shutil.copy(ROOT / "content/ctas.toml", tmp_path / "content/ctas.toml")
        standard = {"content/articles/fluids.md": ARTICLE, "content/pages/about.md": PAGE, "references.bib": BIB}
        anatomy = (ROOT / "plugins/evidence/anatomy/anatomy.toml").read_text(encoding="utf-8")
        standard |= {"content/anatomy.toml": re.sub(r"(?m)^(needs|fields) = .*$", r"\1 = []", anatomy)}
        return Site(tmp_path).write({**standard, **(files or {})})

    return make


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once for all tests that look at it, by whichever of the test processes comes first."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    target = shared / "real-site"
    with (shared / "real-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            done = Site(ROOT).run("pelican", "content", "-o", str(target), "-s", "pelicanconf.py", anew=True)
            assert done.code == 0, done.text
    return target
