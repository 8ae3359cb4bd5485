"""What is kept beside the byte code: made once, made again when what it was made of differs, and never trusted when damaged."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evidence.claims.cues import cues_from, load_cues
from evidence.prepared import prepared


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> dict[str, Any]:
        self.made += 1
        return {"words": ["caf\u00e9", 1.5], "number": self.made}


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "source.toml").write_text("a = 1", "utf-8")
    maker = Maker()
    return lambda: prepared("x", [tmp_path / "source.toml"], maker, tmp_path / "kept")


def kept_file(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "kept").iterdir()
    return file


def test_it_is_made_once(ask: Callable[[], Any]) -> None:
    assert ask() == {"words": ["caf\u00e9", 1.5], "number": 1}
    assert ask() == ask() == {"words": ["caf\u00e9", 1.5], "number": 1}


def test_it_is_made_again_when_its_source_changes(ask: Callable[[], Any], tmp_path: Path) -> None:
    ask()
    (tmp_path / "source.toml").write_text("a = 2", "utf-8")
    assert ask()["number"] == 2
    assert ask()["number"] == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: data[:64],
        lambda data: data.replace(b"number", b"numbir"),
        lambda data: b"\0" * len(data),
        lambda data: data[:64] + b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_not_there(
    ask: Callable[[], Any], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    ask()
    file = kept_file(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    assert ask()["number"] == 2
    assert ask()["number"] == 2


def test_where_nothing_may_be_written_it_is_made_each_time(
    ask: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be", "utf-8")
    assert ask()["number"] == 1
    assert ask()["number"] == 2
    (tmp_path / "kept").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert ask()["number"] == 3
    assert not (tmp_path / "kept").exists()


def test_the_cues_are_the_same_when_made_and_when_kept() -> None:
    from evidence.claims import cues, expanding

    folder = Path(cues.__file__).parent
    text, learned = ((folder / name).read_text("utf-8") for name in ("cues.toml", "learned.txt"))
    made, loaded = cues_from(expanding.expanded(text, "cues.toml", learned)), load_cues()
    for name in ("language", "single", "endings", "grammar", "points", "words", "kinds"):
        assert getattr(made, name) == getattr(loaded, name), name
    assert all(made.phrases[first] == loaded.phrases[first] for first in ("tennis", "blood", "side", "xyzzy"))
