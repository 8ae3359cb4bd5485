"""The baseline: what it lets pass, what not, that it only shrinks, and that its size stands in every report."""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from evidence.cli import main
from little_sites import ARTICLE, Site, commit, git

MakeSite = Callable[..., Site]
NAME = "baseline.json"
FLUSHING = "Magnesium causes flushing in many adults."
NAUSEA = "Nausea is a side effect of magnesium in adults."
HEAD = "---\ntitle: Old\nslug: {0}\ndate: 2026-11-24\ncategory: Drips\n---\n\n"
OLD = HEAD.format("old") + f"{FLUSHING}\n\n{NAUSEA}\n"
TWICE = "@article{doe2019,\n  title = {A},\n}\n"


class Late:
    """A site with problems that has just adopted the checks."""

    def __init__(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        self.site, self._capsys = site, capsys

    def check(self, *options: str) -> tuple[int, str]:
        code = main(["check", *options])
        told = self._capsys.readouterr()
        return code, told.out + told.err

    @property
    def entries(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads((self.site.root / NAME).read_text(encoding="utf-8"))["problems"]
        return found

    def write(self, name: str, text: str) -> None:
        self.site.write({f"content/articles/{name}.md": text})


@pytest.fixture
def late(site: MakeSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Late:
    made = site({"content/articles/old.md": OLD})
    settings = made.root / "pelicanconf.py"
    settings.write_text(settings.read_text().replace("EVIDENCE = {", f'EVIDENCE = {{\n    "baseline": "{NAME}",'))
    monkeypatch.chdir(made.root)
    return Late(made, capsys)


@pytest.fixture
def begun(late: Late) -> Late:
    late.check("--create-baseline")
    return late


def test_it_is_made_once_and_lets_pass_what_there_was(late: Late) -> None:
    code, said = late.check()
    assert (code, f'there is no file "{NAME}"' in said, "--create-baseline" in said) == (2, True, True)
    code, said = late.check("--create-baseline")
    assert code == 0
    assert f"evidence: wrote {NAME}, which lets 2 problems pass\n" in said
    assert said.count("(in the baseline)") == 2
    assert "0 errors" in said
    assert "· baseline: 2 problems ·" in said
    before = (late.site.root / NAME).read_bytes()
    assert "exists already; --update-baseline makes it smaller" in late.check("--create-baseline")[1]
    assert (late.site.root / NAME).read_bytes() == before
    assert late.site.build().code == 0


def test_every_new_problem_stops_publication(begun: Late) -> None:
    begun.write("new", HEAD.format("new") + "Fluids ease headaches in most adults.\n")
    code, said = begun.check()
    assert code == 1
    assert "content/articles/new.md:8:1 EV101 " in said
    assert begun.site.build().code == 1


def test_the_same_problem_once_more_is_new(begun: Late) -> None:
    begun.write("new", HEAD.format("new") + f"{FLUSHING}\n")
    code, said = begun.check()
    assert code == 1
    assert "1 error," in said


def test_a_claim_that_moves_takes_its_entry_with_it(begun: Late) -> None:
    begun.write("old", HEAD.format("old") + f"A line before.\n\n{NAUSEA}\n")
    begun.write("new", HEAD.format("new") + f"{FLUSHING}\n")
    assert begun.check()[0] == 0
    assert "idle" not in begun.check()[1]


def test_a_changed_word_is_a_new_claim(begun: Late) -> None:
    begun.write("old", OLD.replace("many", "most"))
    code, said = begun.check()
    assert code == 1
    assert "baseline: 1 problem, 1 idle" in said


def test_what_was_mended_is_idle_until_it_is_taken_out_and_cannot_come_back(begun: Late) -> None:
    begun.write("old", HEAD.format("old") + f"{FLUSHING}\n")
    code, said = begun.check()
    assert code == 0
    assert f"{NAME}:2:1 EV904 warning: the baseline names a problem that is no longer there, such as EV101 " in said
    assert begun.check("content/articles/old.md")[1].count("EV904") == 0
    code, said = begun.check("--update-baseline")
    assert f"wrote {NAME}, which lets 1 problem pass" in said
    assert "idle" not in said
    begun.write("old", OLD)
    assert begun.check()[0] == 1


def test_updating_never_adds(begun: Late) -> None:
    begun.write("new", HEAD.format("new") + "Fluids ease headaches in most adults.\n")
    before = begun.entries
    assert begun.check("--update-baseline")[0] == 1
    assert begun.entries == before


def test_an_empty_one_asks_to_be_deleted(begun: Late) -> None:
    begun.write("old", HEAD.format("old") + "Where does it hurt?\n")
    said = begun.check("--update-baseline")[1]
    assert begun.entries == []
    assert "EV904 warning: the baseline is empty" in said


def test_a_problem_without_a_claim_is_known_by_its_words(late: Late) -> None:
    bib = (late.site.root / "references.bib").read_text()
    cited = ARTICLE.replace("[@smith2020]", "[@smith2020; @doe2019]")
    late.site.write({"references.bib": bib + TWICE, "content/articles/fluids.md": cited})
    late.check("--create-baseline")
    assert {one["path"] for one in late.entries if "path" in one} == {"references.bib"}
    assert late.check()[0] == 0
    late.site.write({"references.bib": f"% a line more\n\n{bib}{TWICE}"})
    assert late.check()[0] == 0
    late.site.write({"references.bib": bib + TWICE.replace("doe2019", "roe2019")})
    assert late.check()[0] == 1


def test_files_that_cannot_be_read_never_pass(late: Late) -> None:
    late.site.write({"content/articles/bad.md": b"\xff", "content/reviews/x.toml": "[[review]\n"})
    code, _ = late.check("--create-baseline")
    assert code == 1
    assert {one["rule"] for one in late.entries} == {"EV101"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", f"{NAME}:1:1: is no JSON"),
        ("[]", f'{NAME}: is not of the schema "evidence-baseline/1"'),
        (
            '{"schema": "evidence-baseline/1", "problems": [1]}',
            "has an entry (number 1) that is not as it was written",
        ),
        (
            '{"schema": "evidence-baseline/1", "problems": [\n{"rule": "EV001", "claim": "0123456789"}]}',
            f"{NAME}:2:1: names EV001, which no baseline lets pass",
        ),
        (
            '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101", "claim": "0123456789", "number": 0}]}',
            "lets 0 problems pass",
        ),
        (
            '{"schema": "evidence-baseline/1", "problems": [{"rule": "EV101"}]}',
            "has an entry (number 1) that is not as it was written",
        ),
        (
            '{"schema": "evidence-baseline/1", "problems": [\n{"rule": "EV101", "claim": "0123456789"},\n'
            '{"rule": "EV101", "claim": "0123456789"}]}',
            "names EV101 of line 2 again",
        ),
    ],
)
def test_a_damaged_baseline_ends_the_run(late: Late, text: str, words: str) -> None:
    late.site.write({NAME: text})
    code, said = late.check()
    assert (code, words in said) == (2, True), said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--create-baseline", "content/articles/old.md"], "needs the whole site"),
        (["--create-baseline", "--update-baseline"], "give one of them"),
        (["--update-baseline"], "there is no file"),
    ],
)
def test_what_cannot_be_done_is_told(late: Late, options: list[str], words: str) -> None:
    code, said = late.check(*options)
    assert (code, words in said) == (2, True), said
    assert not (late.site.root / NAME).exists()


def test_without_the_setting_there_is_none(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    made = site()
    monkeypatch.chdir(made.root)
    assert main(["check", "--create-baseline"]) == 2


def test_against_an_earlier_revision_it_may_not_grow(late: Late) -> None:
    root = late.site.root
    git(root, "init", "-q")
    commit(late.site)
    late.check("--create-baseline")
    assert late.check("--since", "HEAD")[0] == 0
    git(root, "add", NAME)
    git(root, "commit", "-qm", "a baseline")
    late.write("new", HEAD.format("new") + "Fluids ease headaches in most adults.\n")
    (root / NAME).unlink()
    late.check("--create-baseline")
    assert late.check()[0] == 0
    code, said = late.check("--since", "HEAD")
    assert code == 1
    assert "EV905 the baseline lets a problem pass that it did not before, such as EV101 " in said


def test_its_size_stands_in_every_report(begun: Late) -> None:
    size = "the baseline lets 2 problems pass (2 EV101)"
    for name in ("text", "markdown", "summary", "html", "github", "gitlab", "rdjson", "sarif"):
        code, said = begun.check("--format", name)
        assert (code, size.replace("(2 EV101)", "") in said.replace("`", "")) == (0, True), name
    found = json.loads(begun.check("--format", "json")[1])
    assert [one["message"] for one in found["problems"] if one["code"] == "EV903"] == [size]
    assert found["summary"]["errors"] == 0
    root = ET.fromstring(begun.check("--format", "junit")[1])
    assert root.get("failures") == "0"
    assert any(size in (one.text or "") for one in root.iter("system-out"))
