"""An older revision of a project's files, read from git without checking out: nothing in the working tree is touched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import EvidenceError, SettingsError

_ORDINARY = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the repository that holds the folder `root`; paths are relative to that folder, with `/`."""

    root: Path
    commit: str

    def files(self, paths: Iterable[str]) -> dict[str, str]:
        """By path, the git object of every ordinary file at or below these paths; what is not there is left out."""
        inside = sorted(path for path in set(paths) if not path.startswith(("../", "/")))
        listed = _git(self.root, "ls-tree", "-r", "-z", self.commit, "--", *inside) if inside else b""
        found = {}
        for line in filter(None, listed.split(b"\0")):
            about, path = line.split(b"\t", 1)
            mode, _, name = about.decode().split()
            if mode in _ORDINARY:
                found[os.fsdecode(path)] = name
        return found

    def read(self, files: Mapping[str, str]) -> dict[str, bytes]:
        """The contents of files, given by path with their git objects."""
        if not files:
            return {}
        data = _git(self.root, "cat-file", "--batch", given="\n".join(files.values()).encode() + b"\n")
        found, at = {}, 0
        for path, name in files.items():
            end = data.index(b"\n", at)
            header = data[at:end].split()
            if len(header) != 3 or header[1] != b"blob":
                raise EvidenceError(
                    f'--since: git does not have "{path}" of that revision here; fetch the whole history'
                )
            size = int(header[2])
            found[path] = data[end + 1 : end + 1 + size]
            assert header[0].decode() == name
            at = end + 2 + size
        return found


def revision(root: Path, name: str) -> Revision:
    """The revision of this name: a commit, a branch, a tag, `HEAD~1` … Raises EvidenceError, in one line, if there is none."""
    _git(root, "rev-parse", "--git-dir")
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip()
        if not found.isalnum():  # "^main" names what is not in it
            raise SettingsError("no commit")
    except EvidenceError:
        shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = (
            "this clone is shallow: fetch the history with `git fetch --unshallow`"
            if shallow
            else "name a commit, a branch or a tag, such as main or HEAD~1"
        )
        raise SettingsError(f'--since: there is no revision "{name[:100]}" here; {hint}') from None
    return Revision(root, found.decode())


def _git(root: Path, *arguments: str, given: bytes | None = None) -> bytes:
    env = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, env=env, input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise EvidenceError("--since needs git, which is not installed; install it, or leave --since out") from None
    except OSError as error:
        raise EvidenceError(f"--since: git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        if "not a git repository" in said:
            raise SettingsError(
                "--since: the project is not in a git repository, so there is no earlier version of it"
            )
        raise EvidenceError(f"--since: git {arguments[0]} failed: {said or f'exit code {done.returncode}'}")
    return done.stdout
