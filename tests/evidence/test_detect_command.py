"""`evidence detect`: a line out for every line in, from a file or a pipe, as JSON or for people."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from evidence.cli import main

LINES = (
    "Triptans relieve migraine.[@smith2020]",
    "",
    "# A heading",
    "|---|---|",
    "Drink water “slowly”. &amp;",
    "  Nausea affects 12% of patients.  ",
    "Une phrase\u2028française\x0c.",
)
COMMAND = [sys.executable, "-m", "evidence", "detect"]


def run(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, check=False, env=environment or None
    )


def test_every_line_has_its_line_in_the_same_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sentences.txt"
    file.write_bytes("\r\n".join(LINES).encode())
    assert main(["detect", str(file)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.split("\n")[:-1]]
    assert [one["sentence"] for one in found] == list(LINES)
    assert [one["claim"] for one in found] == [True, False, False, False, False, True, False]
    assert all(list(one) == ["sentence", "claim", "kind", "cue"] for one in found)
    assert (found[0]["kind"], found[0]["cue"]) == ("efficacy", "Triptans relieve migraine")
    assert (found[1]["kind"], found[1]["cue"]) == (None, None)


def test_standard_input_is_utf_8_whatever_the_locale() -> None:
    done = run(given="\ufeffKopfschmerz “é”\n\n".encode(), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert [json.loads(line)["sentence"] for line in done.stdout.decode().splitlines()] == ["Kopfschmerz “é”", ""]


def test_nothing_in_nothing_out() -> None:
    done = run()
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_lines_come_out_before_the_input_ends() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"Magnesium helps.\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["claim"] is True
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_that_goes_away_is_no_error_message() -> None:
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"Magnesium helps.\n")
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"Magnesium helps.\n" * 10)
        process.stdin.close()
        assert process.stderr.read() == b""
        process.wait()


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        ((), b"a\nb\xff\n", "standard input, line 2, is not UTF-8"),
        (("no/such/file",), b"", "cannot read no/such/file: No such file or directory"),
        (("--cues", "xx"), b"", 'there is no cue file "cues.xx.toml" for the language "xx"'),
    ],
)
def test_what_cannot_be_read_is_one_line_and_2(arguments: tuple[str, ...], given: bytes, message: str) -> None:
    done = run(*arguments, given=given)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"evidence: {message}")
    assert done.stderr.count(b"\n") == 1


def test_people_see_kind_and_words_without_colour_in_a_pipe() -> None:
    done = run("--format", "text", given=b"Triptans relieve migraine.\n\nAre they safe? It was raining.\n")
    assert done.stdout.decode() == (
        '● Triptans relieve migraine.\n  claim, efficacy: "Triptans relieve migraine"\n'
        "\n"
        '· Are they safe?\n  no claim, question: "?"\n'
        "· It was raining.\n  no claim\n"
    )
