"""Taking the place of the old site in one step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from evidence import publishing
from evidence.errors import EvidenceError


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


@pytest.mark.parametrize("exchange", [True, False], ids=["one step", "two renames"])
def test_the_new_site_replaces_the_old_one(tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchange:
        monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    output = folder(tmp_path / "output", "old")
    (output / ".git").write_text("kept")
    (output / "gone.html").write_text("old")
    staging = publishing.staging_folder(output)
    (staging / "index.html").write_text("new")
    publishing.put_in_place(staging, output, [".git"])
    assert {path.name: path.read_text() for path in output.iterdir()} == {"index.html": "new", ".git": "kept"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_a_build_killed_between_two_renames_is_undone(tmp_path: Path) -> None:
    folder(tmp_path / ".output-before", "old")
    publishing.staging_folder(tmp_path / "output")
    assert (tmp_path / "output/index.html").read_text() == "old"


def test_only_what_dead_builds_left_is_cleared_away(tmp_path: Path) -> None:
    alive = folder(tmp_path / f".output-building-{os.getppid()}", "alive")
    dead = folder(tmp_path / ".output-building-99999999", "dead")
    publishing.staging_folder(tmp_path / "output")
    assert alive.exists()
    assert not dead.exists()


def test_precious_folders_are_never_replaced(tmp_path: Path) -> None:
    content = folder(tmp_path / "content", "x")
    for output in (tmp_path, content):
        with pytest.raises(EvidenceError, match="choose another"):
            publishing.check_output(output, [content])
    publishing.check_output(tmp_path / "output", [content])


def test_the_spare_of_a_killed_build_goes_back_unless_there_is_another(tmp_path: Path) -> None:
    spare, left = tmp_path / "cache/spare/x", tmp_path / ".output-building-on-999999999"
    for text in ("first", "second"):
        left.mkdir()
        (left / "page.html").write_text(text)
        publishing.staging_folder(tmp_path / "output", spare)
        assert (spare / "page.html").read_text() == "first"
        assert not left.exists()
