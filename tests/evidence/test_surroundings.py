"""Odd surroundings: closed and full streams, a disk that cannot be written to, a strange locale, clock, terminal or folder.

What was found does not depend on them, and what cannot be done is told in one line.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.console import save
from evidence.errors import EvidenceError, SettingsError
from evidence.project import today
from little_sites import Site

MakeSite = Callable[..., Site]
WRONG = "---\ntitle: Other\nslug: other\ndate: 2026-11-24\n---\n\nOne [@nobody].\n"
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110


def shell(made: Site, line: str, **env: str) -> tuple[int, str]:
    """A line of `sh` in the project's folder: its exit code, and what it wrote to the file `said`."""
    given = {**os.environ, "PYTHON": sys.executable, "PYTHONDONTWRITEBYTECODE": "1", **env}
    done = subprocess.run(["sh", "-c", line], cwd=made.root, env=given, stdin=subprocess.DEVNULL, check=False)
    said = made.root / "said"
    return done.returncode, said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""


@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_nothing_of_what_was_found(site: MakeSite, streams: str) -> None:
    made = site()
    assert shell(made, f'"$PYTHON" -m evidence check {streams}')[0] == 0
    made.write({"content/articles/x.md": WRONG})
    assert shell(made, f'"$PYTHON" -m evidence check {streams}')[0] == 1


def test_a_build_that_cannot_tell_anything_still_publishes_what_is_sound(site: MakeSite) -> None:
    made = site()
    build = '"$PYTHON" -m pelican content -o output -s pelicanconf.py >&- 2>&-'
    assert shell(made, build)[0] == 0
    before = made.output()
    assert "fluids/index.html" in before
    made.write({"content/articles/x.md": WRONG})
    assert shell(made, build)[0] == 1
    assert made.output() == before


def test_nothing_is_read_from_a_closed_input(site: MakeSite) -> None:
    assert shell(site(), '"$PYTHON" -m evidence detect <&- >said 2>&1') == (0, "")


@FULL
def test_a_full_output_is_told_in_one_line(site: MakeSite) -> None:
    made = site()
    code, said = shell(made, '"$PYTHON" -m evidence check >/dev/full 2>said')
    assert (code, said) == (2, "evidence: cannot write to standard output: No space left on device\n")
    assert shell(made, '"$PYTHON" -m evidence explain EV000 2>/dev/full')[0] == 2


def test_whoever_reads_the_first_line_only_gets_the_same_answer(site: MakeSite) -> None:
    made = site({"content/articles/x.md": WRONG * 300})
    code, said = shell(made, '{ "$PYTHON" -m evidence check --format json 2>&1; echo $? >code; } | head -n 1 >said')
    assert code == 0
    assert said == "{\n"
    assert (made.root / "code").read_text() == "1\n"


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"TERM": "dumb", "COLUMNS": "1", "LINES": "0", "HOME": "/nowhere"},
        {"COLUMNS": "many", "TERM": "", "NO_COLOR": "", "TZ": "No/Where", "SOURCE_DATE_EPOCH": "253402300799"},
    ],
    ids=["plain C", "no terminal", "odd words"],
)
def test_locale_terminal_and_clock_change_no_word(site: MakeSite, env: dict[str, str]) -> None:
    made = site({"content/articles/ü.md": WRONG.replace("One", "“Größe” und 片頭痛")})
    plain = shell(made, '"$PYTHON" -m evidence check >said 2>&1')
    assert plain[0] == 1
    assert "“Größe”" in plain[1]
    assert shell(made, '"$PYTHON" -m evidence check >said 2>&1', **env) == plain


@pytest.mark.parametrize("moment", ["yesterday", "1e5", "99999999999999999", "-99999999999999999", "²"])
def test_a_clock_that_shows_no_time_is_told(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    with pytest.raises(SettingsError, match=f'SOURCE_DATE_EPOCH is "{moment}", which is no moment'):
        today()


@pytest.mark.parametrize("moment", [("0", "1970-01-01"), ("-1", "1969-12-31"), ("253402300799", "9999-12-31")])
def test_a_clock_may_be_far_off(monkeypatch: pytest.MonkeyPatch, moment: tuple[str, str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment[0])
    assert today() == moment[1]


def test_a_disk_that_may_not_be_written_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may write anywhere, so the refusal is played; a file system mounted read-only refuses even to unlink."""
    (tmp_path / "a.json").write_text("old")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("write_bytes", "unlink", "mkdir"):
        monkeypatch.setattr(Path, name, refuse)
    with pytest.raises(EvidenceError, match=r"^cannot write a\.json: Read-only file system$"):
        save(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_text() == "old"


@pytest.mark.parametrize("name", ["a%20b #?ü", "a'b\"c\nd", "{x} [y] * $(id)"])
def test_the_project_may_stand_in_any_folder(tmp_path: Path, site: MakeSite, name: str) -> None:
    made = site()
    here = tmp_path / name
    here.mkdir()
    for path in [one for one in made.root.iterdir() if one != here]:
        path.rename(here / path.name)
    moved = Site(here)
    done = moved.build()
    assert done.code == 0, done.text
    assert "fluids/index.html" in moved.output()
    assert moved.check().text in done.text


def test_a_folder_that_was_deleted_meanwhile_is_told_in_one_line(site: MakeSite) -> None:
    made = site({"gone/x": ""})
    code, said = shell(
        made,
        'exec 3>said; cd gone && rm -r ../gone && "$PYTHON" -m evidence check >../said 2>&1; echo $? >../code; :',
    )
    assert (code, (made.root / "code").read_text(), said) == (0, "2\n", said)
    assert len(said.splitlines()) == 1


def test_a_file_is_whole_whenever_the_run_that_writes_it_is_killed(tmp_path: Path) -> None:
    """What all commands write lock, ledger, bibliography and notes with: the old bytes or the new ones."""
    path = tmp_path / "a.json"
    old, new = b"old" * 1_000_000, b"new" * 1_000_000
    seen = set()
    for number in range(40):
        path.write_bytes(old)
        child = os.fork()
        if not child:
            save(path, new)
            os._exit(0)
        time.sleep(0.0002 * number)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(path.read_bytes())
    assert seen <= {old, new}
    assert old in seen
