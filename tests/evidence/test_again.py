"""What is told again without a check: only what the check would tell, of the very same files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from changing_sites import CHANGES, TEXTS, swap
from evidence.__main__ import main as command
from evidence.again import Asked, told_again
from evidence.cli import main
from evidence.memory import FOLDER, code_key, key_of, memory
from little_sites import PAGE, Site, site
from samples import PEOPLE

__all__ = ["site"]


pytestmark = pytest.mark.usefixtures("remembering")


@pytest.fixture
def little(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> Site:
    made = site({**TEXTS, "content/pages/about.md": PAGE})
    swap("pelicanconf.py", '"fail_on"', '"wording": ["words.toml"], "fail_on"')(made)
    monkeypatch.chdir(made.root)
    return made


def checked(capsys: pytest.CaptureFixture[str]) -> tuple[str, int]:
    capsys.readouterr()
    code = main(["check"])
    return capsys.readouterr().out, code


def test_the_same_is_told_of_the_same_files(little: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert told_again(colour=False) is None
    first = checked(capsys)
    assert told_again(colour=False) == first
    assert told_again(colour=True) is None
    assert first[1] == 1
    assert "EV" in first[0]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_is_told_of_other_files(
    little: Site, change: Callable[[Site], object], capsys: pytest.CaptureFixture[str]
) -> None:
    checked(capsys)
    change(little)
    assert told_again(colour=False) is None
    checked(capsys)
    shutil.rmtree(FOLDER)
    anew = checked(capsys)
    assert told_again(colour=False) == anew or anew[1] == 2


OTHER_CHANGES: dict[str, Callable[[Site], object]] = {
    "a picture": lambda little: little.write({"content/images/new.png": b"new"}),
    "a template": lambda little: little.write({"own/templates/base.html": "<p>Guaranteed</p>"}),
    "a folder in place of a file": lambda little: little.write({"content/articles/third.md/inner.txt": "x"}),
    "a line end": lambda little: (little.root / "content/articles/more.md").write_bytes(
        (little.root / "content/articles/more.md").read_bytes().replace(b"\n", b"\r\n")
    ),
    "the settings of the public site": lambda little: little.write({"publishconf.py": "SITENAME = 'x'\n"}),
    "a link": lambda little: (little.root / "content/articles/linked.md").symlink_to("more.md"),
    "the byte before the date": lambda little: _same_date(little.root / "content/articles/more.md"),
}


def _same_date(path: Path) -> None:
    """Another byte, with the size and all dates that a program can set as they were."""
    times = path.stat()
    path.write_bytes(path.read_bytes().replace(b"one trial", b"two trial"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("change", OTHER_CHANGES.values(), ids=OTHER_CHANGES.keys())
def test_whatever_is_read_counts(
    little: Site, change: Callable[[Site], object], capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(little.root / "theme", little.root / "own")
    swap("pelicanconf.py", 'THEME = "theme"', 'THEME = "own"')(little)
    first = checked(capsys)
    assert told_again(colour=False) == first
    change(little)
    assert told_again(colour=False) is None


def test_a_copy_of_a_project_is_told_nothing_of_the_other(
    little: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checked(capsys)
    copy = tmp_path / "copy"
    shutil.copytree(little.root, copy, symlinks=True)
    monkeypatch.chdir(copy)
    assert told_again(colour=False) is None


def test_settings_that_are_no_plain_values_are_never_taken_for_the_same(
    little: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    swap("pelicanconf.py", 'SITENAME = "', 'class Name(str): pass\nSITENAME = Name("x")\nOTHER = "')(little)
    checked(capsys)
    assert told_again(colour=False) is None


def test_settings_that_nobody_asks_for_may_be_anything(little: Site, capsys: pytest.CaptureFixture[str]) -> None:
    swap("pelicanconf.py", 'SITENAME = "', 'JINJA_FILTERS = {"x": lambda x: x}\nSITENAME = "')(little)
    first = checked(capsys)
    assert told_again(colour=False) == first


def test_settings_know_what_they_were_asked_for() -> None:
    settings = Asked({"A": 1, "B": 2, "C": 3})
    assert settings.get("A") == 1
    assert "B" in settings
    assert settings.get("D") is None
    assert settings.names == {"A", "B", "D"}
    assert {**settings} == {"A": 1, "B": 2, "C": 3}
    assert settings.names == {"A", "B", "C", "D", ""}
    assert settings.asked({"C", "D"}) == {"C": 3}
    assert settings.asked({"C", ""}) == {"C": 3, "": ["A", "B", "C"]}


@pytest.mark.parametrize("kind", ["asked", "told"])
@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:-1] + b"?"])
def test_what_is_damaged_is_not_told(
    little: Site, kind: str, damage: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    first = checked(capsys)
    (path,) = (little.root / FOLDER / kind).iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert told_again(colour=False) is None
    assert checked(capsys) == first
    assert told_again(colour=False) == first


def commanded(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    monkeypatch.setattr(sys, "argv", ["evidence", "check"])
    capsys.readouterr()
    code = command()
    return capsys.readouterr().out, code


def test_the_command_makes_no_check_where_nothing_changed(
    little: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = commanded(capsys, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("evidence.cli.main", lambda: 9)
        assert commanded(capsys, patch) == first
        little.write({"content/articles/third.md": "Fluids cure migraine.\n"})
        assert commanded(capsys, patch) == ("", 9)
    assert commanded(capsys, monkeypatch) != first


def test_the_command_checks_whatever_is_odd_in_what_was_kept(
    little: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = commanded(capsys, monkeypatch)
    memory(little.root).keep("asked", "", key_of(code_key()), ("odd",))
    assert commanded(capsys, monkeypatch) == first


def test_the_keyboard_stops_the_command_in_one_line(
    little: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("evidence.again.told_again", stopped)
    with pytest.raises(SystemExit) as end:
        commanded(capsys, monkeypatch)
    assert end.value.code == 2
    assert capsys.readouterr().err == "evidence: stopped from the keyboard\n"


SPY = """
import json, os, sys
seen = set()
def note(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], str | os.PathLike):
        seen.add((event.split(".")[0], os.path.relpath(os.fspath(arguments[0]))))
sys.addaudithook(note)
{}
seen = [one for one in seen if os.path.exists(one[1]) and one[1] != "." and not one[1].startswith((".evidence-cache", ".."))]
print(json.dumps(sorted(seen)), file=sys.stderr)
"""


def test_no_file_is_read_by_a_check_that_is_not_looked_at_here(little: Site) -> None:
    def spied(program: str) -> set[tuple[str, str]]:
        command = [sys.executable, "-c", SPY.format(program)]
        env = {**os.environ, "CI": "", "EVIDENCE_CACHE": ""}
        done = subprocess.run(command, cwd=little.root, capture_output=True, text=True, check=True, env=env)
        return {tuple(one) for one in json.loads(done.stderr)}

    checking = spied("from evidence.cli import main; main(['check'])")
    telling = spied("from evidence.again import told_again; assert told_again(colour=False)")
    assert {path for event, path in checking if event == "open"} <= {
        path for event, path in telling if event == "open"
    }
    assert {path for event, path in checking if event == "os"} <= {path for event, path in telling if event == "os"}
    assert ("open", "content/articles/more.md") in telling


def test_sites_with_a_baseline_and_sign_offs_are_told_again_until_one_of_these_changes(
    little: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    swap("pelicanconf.py", '"fail_on"', '"baseline": "known.json", "fail_on"')(little)
    little.write({"content/people.toml": PEOPLE, "content/reviews/ann-sample.toml": "[[signature]]\n"})
    assert main(["check", "--create-baseline"]) in (0, 1)
    for change in (
        {"content/people.toml": PEOPLE + "\n"},
        {"content/reviews/ann-sample.toml": ""},
        {"known.json": "{}"},
    ):
        first = checked(capsys)
        assert told_again(colour=False) == first
        little.write(change)
        assert told_again(colour=False) is None
