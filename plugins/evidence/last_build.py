"""What of the last build still holds: files of the site that need not be made again.

Each file that is written under a key, a hash of all it was made from, is noted with what the file system says of it (its inode, size
and times). In the next build a file stands if its key is the same and the file is still the very one that was noted. What was
changed or replaced by anybody since then is made again, and so is all of it where the notes are gone or damaged.

The site that was replaced by the last build waits in the folder of what is remembered (the spare), so that the next build need only
bring it up to date: most of its files are right already. Files are never written in place, only replaced: two folders may share one.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from evidence.memory import FOLDER, Memory, code_key, is_no_link
from evidence.publishing import remove

_KIND = "site"
_Fact = tuple[bytes, int, int, int, int]
"""A key, then inode, size, time of the last change of content and of the last change at all, in nanoseconds."""


def spare_of(root: Path, output: Path) -> Path:
    """Where the site waits that the last build of this output replaced."""
    return root / FOLDER / "spare" / sha256(os.fsencode(output)).hexdigest()[:16]


class LastBuild:
    """The files of a site that stands in `output`, and those of the one before it. `beside` is a folder that does not exist yet,
    in which the next site may be put together."""

    def __init__(self, memory: Memory, root: Path, output: Path, beside: Path) -> None:
        self._memory, self._output, self._beside = memory, output, beside
        self._name = str(output)
        spare = spare_of(root, output)
        self.spare = spare if memory and is_no_link(spare.parent) else None
        """Where the site that is replaced goes; None if nothing is remembered."""
        known = memory.recall(_KIND, self._name, code_key()) if memory else None
        self._live: dict[str, _Fact] = known[0] if known else {}
        self._spared: dict[str, _Fact] = known[1] if known else {}
        self._stands: dict[str, _Fact] = {}
        self._made: dict[str, _Fact] = {}
        self._next: dict[str, _Fact] = {}
        self._folders: dict[str, bool] = {"": True}
        if self.spare is not None:
            self._claim(self.spare)

    def _claim(self, spare: Path) -> None:
        """Take the spare for this build alone: of two builds at once one gets it, the other begins with an empty folder."""
        with suppress(OSError):
            if is_no_link(spare):
                spare.rename(self._beside)
            else:
                spare.unlink()  # a site was never a link: what it leads to is none of ours
        if not self._beside.is_dir():
            self._spared = {}

    @property
    def standing(self) -> Collection[str]:
        """The files that need not be made, by their paths below the site's folder."""
        return self._stands.keys()

    def stands(self, name: str, key: bytes) -> bool:
        """Whether the file made under this very key is there. If so it will be in the next site."""
        if not key:
            return False
        known = self._spared.get(name)
        if not self._is_inside(name.rpartition("/")[0]):
            return False
        if known and known[0] == key and _fact(key, f"{self._beside}/{name}") == known:
            self._stands[name] = known
            return True
        known = self._live.get(name)
        if known and known[0] == key and _fact(key, f"{self._output}/{name}") == known and self._linked(name, known):
            self._stands[name] = known
            return True
        return False

    def _is_inside(self, folder: str) -> bool:
        """Whether a folder of the next site is none that a link has put elsewhere."""
        if folder not in self._folders:
            real = is_no_link(Path(f"{self._beside}/{folder}"))
            self._folders[folder] = real and self._is_inside(folder.rpartition("/")[0])
        return self._folders[folder]

    def _linked(self, name: str, known: _Fact) -> bool:
        """Have the file of the site that stands in the next one too; false if it was replaced in this very moment."""
        old, new = f"{self._output}/{name}", f"{self._beside}/{name}"
        try:
            try:
                os.link(old, new)
            except FileNotFoundError:
                Path(new).parent.mkdir(parents=True, exist_ok=True)
                os.link(old, new)
            except FileExistsError:
                Path(new).unlink()
                os.link(old, new)
        except OSError:
            return False
        now = _fact(known[0], new)
        return now is not None and now[:4] == known[:4]

    def made(self, name: str, key: bytes, path: Path) -> None:
        """Note that a file was made under a key."""
        if key and (fact := _fact(key, str(path))):
            self._made[name] = fact

    def doubt(self, name: str) -> None:
        """There is something to be said about a file, and again in the next build."""
        self._made.pop(name, None)

    def joined(self, staging: Path) -> Path:
        """The whole next site: what stands, and what was made in `staging`. Raises OSError."""
        beside = self._beside
        if not self._stands:
            self._next = dict(self._confirmed(staging, self._made))
            remove(beside)
            return staging
        folders, files = _contents(staging)
        expected = self._stands.keys() | files
        parents = {parent for name in expected for parent in _parents(name)} | folders
        _clear(beside, expected, parents)
        for folder in sorted(folders):
            (beside / folder).mkdir(exist_ok=True)
        for name in files:
            (staging / name).replace(beside / name)
        standing = {name: fact for name, fact in self._stands.items() if name not in files}
        self._next = dict(self._confirmed(beside, {**standing, **self._made}))
        if gone := next((name for name in standing if name not in self._next), None):
            raise OSError(f'the file "{gone}" was changed while the site was built; build again')
        remove(staging)
        return beside

    @staticmethod
    def _confirmed(folder: Path, noted: dict[str, _Fact]) -> Iterator[tuple[str, _Fact]]:
        """What was noted and is there, as it is now. A file that somebody wrote again since is another one."""
        for name, known in noted.items():
            now = _fact(known[0], f"{folder}/{name}")
            if now and now[:4] == known[:4]:
                yield name, now

    def remember(self) -> None:
        """Keep what was noted, once the next site stands and the one before it is the spare. Where both have the same file, it was
        touched by being put into the second folder, and what is known of it now holds for both."""
        if self._memory:
            now = self._next
            spared = {
                name: now[name] if name in now and now[name][:4] == one[:4] else one
                for name, one in self._live.items()
            }
            self._memory.keep(_KIND, self._name, code_key(), (now, spared))

    def forget(self) -> None:
        """The build has ended. Where it failed, the spare goes back: what in it is still right is seen file by file."""
        if self.spare is not None and self._beside.is_dir():
            with suppress(OSError):
                self.spare.parent.mkdir(parents=True, exist_ok=True)
                self._beside.rename(self.spare)
        remove(self._beside)


def _fact(key: bytes, path: str) -> _Fact | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return key, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _parents(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _contents(folder: Path) -> tuple[set[str], set[str]]:
    """The folders and the files in a folder, however deep, by their paths in it."""
    folders: set[str] = set()
    files: set[str] = set()
    start = len(str(folder)) + 1
    for place, inner, names in os.walk(folder):
        here = place[start:]
        prefix = f"{here}/" if here else ""
        links = {name for name in inner if os.path.islink(os.path.join(place, name))}  # noqa: PTH114, PTH118
        folders.update(prefix + name for name in inner if name not in links)
        files.update(prefix + name for name in (*names, *links))
    return folders, files


def _clear(folder: Path, files: Collection[str], folders: Collection[str]) -> None:
    """Delete what is in a folder and should not be."""
    waiting = [""]
    while waiting:
        here = waiting.pop()
        with os.scandir(folder / here) as entries:
            for entry in entries:
                name = f"{here}/{entry.name}" if here else entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder and name in folders:
                    waiting.append(name)
                elif is_folder:
                    shutil.rmtree(entry.path)
                elif name not in files:
                    os.unlink(entry.path)  # noqa: PTH108
