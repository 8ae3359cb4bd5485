"""Links in the folder of what is remembered: nothing is written, read or deleted where they lead."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.last_build import LastBuild, spare_of
from evidence.memory import FOLDER, NOTHING, Memory, memory
from evidence.ordinary import read_ordinary
from evidence.publishing import put_in_place, staging_folder

KEY = b"k" * 32


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of somebody's own, outside of the project."""
    folder = tmp_path / "mine"
    (folder / "articles").mkdir(parents=True)
    (folder / "precious.txt").write_text("precious")
    return folder


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path, mine: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "documents").symlink_to(mine)
    held = Memory(tmp_path / FOLDER)
    held.keep("documents", "a", KEY, "text")
    assert held.recall("documents", "a", KEY) is None
    held.forget("documents", ())
    assert sorted(path.name for path in mine.iterdir()) == ["articles", "precious.txt"]
    held.keep("others", "a", KEY, "text")
    assert held.recall("others", "a", KEY) == "text"


def test_nothing_is_remembered_behind_a_link(tmp_path: Path, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVIDENCE_CACHE", raising=False)
    monkeypatch.delenv("CI", raising=False)
    assert memory(tmp_path)
    (tmp_path / FOLDER).symlink_to(mine)
    assert memory(tmp_path) is NOTHING


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_an_entry_that_is_no_file_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    held = Memory(tmp_path / FOLDER)
    held.keep("a", "b", KEY, "text")
    (entry,) = (tmp_path / FOLDER / "a").iterdir()
    entry.unlink()
    make(entry)
    assert held.recall("a", "b", KEY) is None
    assert not held.knows("a", "b", KEY)


def test_a_file_with_a_hole_of_a_terabyte_fills_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(OSError, match="larger than 1 GiB"):
        read_ordinary(path)


@pytest.mark.parametrize("where", ["spare", "spare/site", "spare/site/articles"])
def test_a_spare_that_leads_elsewhere_is_not_brought_up_to_date(tmp_path: Path, mine: Path, where: str) -> None:
    output = tmp_path / "output"
    (output / "articles").mkdir(parents=True)
    (output / "articles/x.html").write_text("x")
    spare = spare_of(tmp_path, output)
    link = Path(str(tmp_path / FOLDER / where).replace("spare/site", f"spare/{spare.name}"))
    link.parent.mkdir(parents=True)
    link.symlink_to(mine)
    held, beside, staging = Memory(tmp_path / FOLDER), tmp_path / "beside", tmp_path / "staging"
    first = LastBuild(NOTHING, tmp_path, output, tmp_path / "no-such-folder")
    first._memory = held
    first.made("articles/x.html", KEY, output / "articles/x.html")
    first._next = first._made
    first.remember()
    staging.mkdir()
    (staging / "index.html").write_text("new")
    last = LastBuild(held, tmp_path, output, beside)
    last.stands("articles/x.html", KEY)
    put_in_place(last.joined(staging), output, (), last.spare)
    last.forget()
    assert sorted(path.name for path in mine.rglob("*")) == ["articles", "precious.txt"]
    assert not output.is_symlink()


def test_what_a_killed_build_seems_to_have_left_is_no_link(tmp_path: Path, mine: Path) -> None:
    output, spare = tmp_path / "output", tmp_path / "cache/spare/site"
    (tmp_path / ".output-before").symlink_to(mine)
    (tmp_path / ".output-building-on-999999").symlink_to(mine)
    staging_folder(output, spare)
    assert not output.exists()
    assert not spare.exists()
    assert (mine / "precious.txt").exists()
