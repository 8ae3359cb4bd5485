"""Which files of the last build stand, and which must be made again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from evidence.last_build import LastBuild
from evidence.memory import FOLDER, Memory
from evidence.publishing import beside_staging, put_in_place, staging_folder

KEYS = {"index.html": b"k" * 16, "one/index.html": b"1" * 16, "two/index.html": b"2" * 16}


def begun(root: Path) -> tuple[LastBuild, Path, Path]:
    output = root / "output"
    staging = staging_folder(output)
    return LastBuild(Memory(root / FOLDER), root, output, beside_staging(staging)), staging, output


def built(root: Path, keys: dict[str, bytes] = KEYS) -> list[str]:
    """Build a site of files whose text is their key; tells what had to be made."""
    last, staging, output = begun(root)
    made = []
    for name, key in keys.items():
        if not last.stands(name, key):
            made.append(name)
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(key)
            last.made(name, key, path)
    put_in_place(last.joined(staging), output, (), last.spare)
    last.remember()
    last.forget()
    files = {one.relative_to(output).as_posix(): one.read_bytes() for one in output.rglob("*") if one.is_file()}
    assert files == keys
    assert not list(root.glob(".output*"))
    return made


def test_what_is_made_of_the_same_stands_build_after_build(tmp_path: Path) -> None:
    assert built(tmp_path) == list(KEYS)
    for _ in range(4):
        assert built(tmp_path) == []


def test_only_what_is_made_of_something_else_is_made_again_and_nothing_is_left_over(tmp_path: Path) -> None:
    built(tmp_path)
    changed = {**KEYS, "one/index.html": b"x" * 16}
    assert built(tmp_path, changed) == ["one/index.html"]
    assert built(tmp_path, changed) == []
    less = {name: key for name, key in changed.items() if name != "two/index.html"}
    assert built(tmp_path, less) == []
    assert not (tmp_path / "output/two").exists()
    assert built(tmp_path) == ["one/index.html", "two/index.html"]


@pytest.mark.parametrize("folder", ["output", f"{FOLDER}/spare"])
@pytest.mark.parametrize("times", [True, False], ids=["with its old times", "now"])
def test_a_file_that_somebody_wrote_is_not_trusted(tmp_path: Path, folder: str, times: bool) -> None:
    built(tmp_path)
    built(tmp_path)
    for path in (tmp_path / folder).rglob("one/index.html"):
        found = path.stat()
        path.write_bytes(b"!" * 16)
        if times:
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    built(tmp_path)  # asserts that every file holds what it must


def test_no_file_is_written_in_place_into_the_site_that_stands(tmp_path: Path) -> None:
    built(tmp_path)
    standing = (tmp_path / "output/one/index.html").open("rb")
    built(tmp_path, {**KEYS, "one/index.html": b"x" * 16})
    built(tmp_path, {**KEYS, "one/index.html": b"y" * 16})
    with standing:
        assert standing.read() == KEYS["one/index.html"]


def test_a_build_that_ends_early_leaves_the_site_and_no_folder(tmp_path: Path) -> None:
    built(tmp_path)
    built(tmp_path)
    last, staging, _ = begun(tmp_path)
    (staging / "half.html").write_text("half")
    last.forget()
    staging_folder(tmp_path / "output").rmdir()
    assert built(tmp_path) == []


def test_of_two_builds_at_once_one_takes_the_spare_and_both_are_right(tmp_path: Path) -> None:
    built(tmp_path)
    built(tmp_path)
    first, _, output = begun(tmp_path)
    second = LastBuild(Memory(tmp_path / FOLDER), tmp_path, output, tmp_path / "second")
    assert all(first.stands(name, key) for name, key in KEYS.items())
    assert all(second.stands(name, key) for name, key in KEYS.items())
    first.forget()
    (tmp_path / "staging").mkdir()
    whole = second.joined(tmp_path / "staging")
    assert {name: (whole / name).read_bytes() for name in KEYS} == KEYS
