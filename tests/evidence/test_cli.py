"""The command line: exit codes, formats, files outside the content, and what a newcomer gets wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from evidence.cli import main
from evidence.reading import read
from evidence.reports import FORMATS
from evidence.rules import RULES
from little_sites import ARTICLE, ROOT, Site

MakeSite = Callable[..., Site]


@pytest.fixture
def here(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Site:
    made = site()
    monkeypatch.chdir(made.root)
    return made


def test_clean_content_exits_with_0(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("· cleared\n")
    assert "0 errors, 0 warnings" in out


def test_problems_exit_with_1_and_exit_zero_does_not(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    here.write({"content/articles/x.md": ARTICLE.replace("@smith2020", "@smith202")})
    assert main(["check"]) == 1
    assert main(["check", "--exit-zero"]) == 0
    out = capsys.readouterr().out
    assert (
        'content/articles/x.md:8:67 EV201 no source "smith202" in references.bib; did you mean "smith2020"?\n'
        "  | … 4.5 points with fluids and 5.1 without in one study [@smith202].\n"
    ) in out.replace("Pain fell by ", "… ") or "^^^^^^^^^" in out


def test_the_json_report_is_valid_and_the_same_twice(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    here.write({"content/articles/x.md": ARTICLE.replace("[@smith2020]", "[see @smith2020, p. 714; -@no]")})
    outs = []
    for _ in range(2):
        assert main(["check", "--format", "json", "--output", "json=report.json"]) == 1
        outs.append(capsys.readouterr().out)
    assert outs[0] == outs[1] == (here.root / "report.json").read_text(encoding="utf-8")
    report = json.loads(outs[0])
    schema = json.loads((ROOT / "plugins/evidence/report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(report)
    assert str(here.root) not in outs[0]
    first, second, third = report["citations"]
    assert (first["key"], first["group"], first["claim"]) == ("smith2020", 1, report["claims"][0]["id"])
    assert (second["prefix"], second["locator_label"], second["locator"]) == ("see", "page", "714")
    assert (third["key"], third["mode"], third["group"]) == ("no", "suppress", second["group"])
    assert report["summary"]["verdict"] == "blocked"


def test_a_file_outside_the_content_without_front_matter(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    here.write({"notes/draft.md": "Fluids ease attacks.\n\nPain fell [@smith2020].\n"})
    assert main(["check", "notes/draft.md", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["path"], one["line"]) for one in report["problems"]] == [("EV101", "notes/draft.md", 1)]
    assert main(["check", "notes", "--format", "json"]) == 1


def test_a_file_in_a_folder_beside_the_project(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    beside = here.root.parent / "beside.md"
    beside.write_text("Pain fell [@smith2020].\n")
    assert main(["check", str(beside), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["citations"][0]["path"] == "../beside.md"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nowhere.md"], 'there is no file or folder "nowhere.md"'),
        (["check", "--settings", "nowhere.py"], "no settings file"),
        (["check", "--output", "report.json"], "FORMAT=FILE"),
        (["check", "--output", "xml=report.xml"], 'there is no format "xml"'),
        (["check", "--output", "md=report.md"], 'there is no format "md"; did you mean "markdown"?'),
        (["check", "--output", "json=content"], "cannot write content"),
        (["check", "--format", "jsno"], 'did you mean "json"?'),
        (["detect", "file.txt"], "cannot read file.txt"),
        (
            ["review", "sign", "abc", "--by", "ann"],
            'there is no person "ann" in content/people.toml; there is nobody yet',
        ),
        (["sources", "verify"], "the services want to know who asks"),
        (["explain", "EV999"], 'there is no rule "EV999"'),
        (["explain", "unknown-kye"], 'did you mean "unknown-key"?'),
        (["new", "???"], "no letters"),
    ],
)
def test_what_cannot_run_is_one_line_and_exit_code_2(
    here: Site, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    streams = capsys.readouterr()
    assert words in streams.err
    assert len(streams.err.strip().splitlines()) == 1
    assert streams.out == ""


def test_a_bibliography_in_latin_1_cannot_be_checked(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    here.write({"references.bib": "@book{b, title={Café}, author={A}, year=2001, publisher={P}}\n".encode("latin-1")})
    assert main(["check"]) == 2
    err = capsys.readouterr().err
    assert "references.bib:1:" in err
    assert "UTF-8" in err


def test_an_internal_error_is_one_line(
    here: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("evidence.cli.check_project", lambda *_, **__: 1 / 0)
    assert main(["check"]) == 2
    err = capsys.readouterr().err
    assert "internal error" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_explain_shows_every_rule(one: object, capsys: pytest.CaptureFixture[str]) -> None:
    code = one.code  # type: ignore[attr-defined]
    assert main(["explain", code]) == 0
    out = capsys.readouterr().out
    assert out.startswith(code)
    assert "\nBad:\n" in out
    assert "\nGood:\n" in out


def test_new_starts_a_draft_that_passes_the_check(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "Ginger: what’s known?"]) == 0
    path = Path("content/articles/ginger-whats-known.md")
    assert path.exists()
    assert main(["check"]) == 0
    assert main(["new", "Ginger: what’s known?"]) == 2
    assert "left as it is" in capsys.readouterr().err


def test_colour_only_in_a_terminal(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_wrong_command_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["chekc"], [], ["check", "--nonsense"], ["new"]):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_reader_who_has_seen_enough_changes_nothing(here: Site) -> None:
    here.write({"content/articles/x.md": ARTICLE.replace("@smith2020", "@smith202")})
    command = f"{sys.executable} -m evidence check --format json; echo $? >code"
    done = subprocess.run(["bash", "-c", f"({command}) | true"], cwd=here.root, capture_output=True, text=True)
    assert done.stderr == ""
    assert (here.root / "code").read_text() == "1\n"


def test_reports_go_to_several_files_and_leave_nothing_else(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--output", "json=out/a.json", "--output", "text=out/a.txt"]) == 0
    assert main(["check", "--output", "json=reprots/x/a.json"]) == 0
    assert (
        capsys.readouterr().err
        == "--output: made the folder out/ for out/a.json\n--output: made the folder reprots/ for reprots/x/a.json\n"
    )
    assert {path.name for path in Path("out").iterdir()} == {"a.json", "a.txt"}
    assert main(["check", "--output", "json=out"]) == 2
    assert not list(Path().glob("**/*.part"))


def test_every_format_in_one_run_and_the_same_bytes_in_the_next(here: Site) -> None:
    here.write(
        {"content/articles/x.md": ARTICLE.replace("slug: fluids", "slug: x").replace("@smith2020", "@smith202")}
    )
    written = []
    for seed in ("1", "2"):
        outputs = [f"--output={name}={seed}/{name}" for name in FORMATS]
        assert here.run("evidence", "check", *outputs, env={"PYTHONHASHSEED": seed}).code == 1
        written.append({name: (here.root / seed / name).read_bytes() for name in FORMATS})
    assert written[0] == written[1]
    for content in written[0].values():
        assert b"content/articles/x.md" in content
        assert str(here.root).encode() not in content


def test_the_report_is_the_same_from_another_folder(
    here: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format", "json"]) == 0
    first = capsys.readouterr().out
    monkeypatch.chdir("/")
    assert main(["check", "--format", "json", "--settings", str(here.root / "pelicanconf.py")]) == 0
    assert capsys.readouterr().out == first


def test_a_file_given_twice_or_through_a_link_is_checked_once(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    (here.root / "linked").symlink_to(here.root / "content")
    paths = ["content/articles/fluids.md", "linked/articles", str(here.root / "content/articles/fluids.md")]
    assert main(["check", *paths, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["articles"] == 1


@pytest.mark.parametrize(
    "title",
    ['"Quoted" words', "[1] Lists", "| pipes", "Мигрень и вода", "a: b: c", "x " * 200, "'q'", "-- dash", "#1"],
)
def test_new_keeps_any_title(here: Site, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--", title]) == 0
    path = Path(capsys.readouterr().out.split()[1])
    assert read(path.read_text(encoding="utf-8"), path.as_posix()).meta["title"].value == " ".join(title.split())
    assert main(["check"]) == 0


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("Pain fell [@smiht2020].", "Pain fell ["),
        ("Pain\tfell [@smiht2020].", "Pain fell ["),
        ("痛み [@smiht2020].", "xxxx ["),
        ("cafe\u0301 [@smiht2020].", "cafe ["),
    ],
)
def test_the_caret_stands_under_the_place(
    here: Site, line: str, before: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here.write(
        {"content/articles/x.md": ARTICLE.replace("slug: fluids", "slug: x").split("\n\n")[0] + f"\n\n{line}\n"}
    )
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines()[2] == "  | " + " " * len(before) + "^" * len("@smiht2020")


def test_a_very_long_line_is_cut_around_the_place(here: Site, capsys: pytest.CaptureFixture[str]) -> None:
    here.write(
        {
            "content/articles/x.md": ARTICLE.replace("slug: fluids", "slug: x").replace(
                "[@smith2020]", "very-" * 999 + " " + "[@smiht2020]"
            )
        }
    )
    assert main(["check"]) == 1
    printed = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(printed) if " EV201 " in line)
    shown, carets = printed[at + 1 : at + 3]
    assert len(shown) < 120
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "@smiht2020"
