"""Files that mean harm or are broken in every way: each gives a problem with its place and repair, or a harmless page.

No traceback, no hang, and nothing written outside the output. The whole command runs, in this process.
"""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Callable

import pytest
from evidence.cli import main
from little_sites import BIB, Site
from patience import patience

MakeSite = Callable[..., Site]
HEAD = "---\ntitle: Other\nslug: other\ndate: 2026-11-24\n---\n\n"
CITED = "One [@smith2020].\n"
OTHER = "content/articles/x.md"


def _bib(old: str, new: str) -> dict[str, str | bytes]:
    assert old in BIB
    return {"references.bib": BIB.replace(old, new)}


def _head(old: str, new: str) -> dict[str, str | bytes]:
    assert old in HEAD
    return {OTHER: HEAD.replace(old, new) + CITED}


def _doubling(times: int) -> str:
    rest = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, times))
    return '@string{s0 = "lollollol"}\n' + rest + BIB.replace("{A trial of drips}", f"s{times - 1}")


BIBLIOGRAPHIES: dict[str, tuple[dict[str, str | bytes], str]] = {
    "braces in braces": (
        {"references.bib": "@article{smith2020, title = " + "{" * 100_000 + "x" + "}" * 100_000 + "}\n"},
        "references.bib:1:29 EV311",
    ),
    "braces never closed": ({"references.bib": "@article{smith2020, title = " + "{" * 100_000}, "references.bib:1:"),
    "a title of a megabyte": (_bib("A trial of drips", "word " * 200_000), ""),
    "ten thousand authors": (
        _bib("Smith, Ann and Lee, Bo", " and ".join(f"Smith{n}, Ann" for n in range(10_000))),
        "",
    ),
    "a circle of crossrefs": (
        {"references.bib": BIB + "@book{a, crossref={b}}\n@book{b, crossref={c}}\n@book{c, crossref={a}}\n"},
        "references.bib:9:",
    ),
    "a circle of strings": (
        {"references.bib": "@string{a = b}\n@string{b = a}\n" + BIB},
        'references.bib:1:13 EV311 there is no @string "b"',
    ),
    "strings that double": ({"references.bib": _doubling(60)}, "EV311 the @strings in the field"),
    "a null byte": (_bib("drips", "dr\0ips"), ""),
    "a mark that turns the text round": (_bib("drips", "dr\u202eips"), ""),
    "keys": (
        {
            "references.bib": BIB
            + "".join(
                f"@misc{{{key}, title={{T {key}}}, author={{A B}}, year={{2020}}, url={{https://example.org/}}}}\n"
                for key in ("__proto__", "constructor", "../x", "..", "<b>", "Smith2020", "a/../../b", "k" * 5000)
            )
        },
        "",
    ),
    "a bad byte": ({"references.bib": BIB.encode() + b"\xe9"}, "references.bib:9:1: byte 0xe9"),
    "UTF-16": ({"references.bib": BIB.encode("utf-16")}, "references.bib:1:1: byte 0xff"),
    "commands in commands": (_bib("drips", "\\a{" * 10_000 + "}" * 10_000), "EV311 more than a hundred braces"),
    "an address that is none": (_bib("volume", "url = {http://[::1}, volume"), "references.bib:6:"),
}
_DEEP = "x = " + "[" * 100_000 + "]" * 100_000 + "\n"
TOML: dict[str, tuple[str | bytes, str]] = {
    "brackets in brackets": (_DEEP, "there are too many brackets inside each other"),
    "tables in tables": (
        "x = " + "{a=" * 50_000 + "1" + "}" * 50_000,
        "there are too many brackets inside each other",
    ),
    "a key of many parts": ("\n[" + ".".join(["a"] * 50_000) + "]\n", ":2:1"),
    "a number of many digits": ("\n\nx = " + "9" * 10_000 + "\n", ":3:1"),
    "a null byte": ('x = "a\0b"\n', ":1:7"),
    "half a pair of UTF-16": ('x = "\\ud800"\n', ":1:12"),
    "a name of JavaScript": ('[__proto__]\nx = "y"\n', "__proto__"),
    "an open text": ('x = """' + 'a"' * 100_000, "unterminated string"),
    "a bad byte": (b'x = "caf\xe9"\n', "e9"),
    "a mark that turns the text round": (
        '# \u202e\nx = "4\u202e5"\n',
        "an invisible control character here (U+202E)",
    ),
    "one that is written as an escape": ('y = "\\\\u202e"\nx = ["a\\u0007"]\n', ":2:8"),
}
FILES = (
    "content/sources/smith2020.toml",
    "content/vocabulary.toml",
    "content/ctas.toml",
    "content/people.toml",
    "content/reviews/ann.toml",
    "content/anatomy.toml",
    "content/glossary.toml",
)
LOCKS: dict[str, str | bytes] = {
    "brackets in brackets": "[" * 200_000,
    "a number of many digits": '{"schema": ' + "9" * 10_000 + "}",
    "nothing": "",
    "null": "null",
    "infinity": '{"schema": 1e999, "sources": {}, "problems": []}',
    "a list": "[]",
    "a null byte": "\0",
    "a bad byte": b"\xe9",
    "other kinds": '{"schema": "evidence-lock/1", "sources": {"smith2020": []}, "problems": {}}',
}
ARTICLES: dict[str, tuple[dict[str, str | bytes], str]] = {
    "an empty file": ({OTHER: b""}, "x.md:1:1 EV001 the front matter has no title"),
    "a byte order mark": ({OTHER: b"\xef\xbb\xbf" + (HEAD + CITED).encode()}, ""),
    "line ends of Windows": ({OTHER: (HEAD + CITED).replace("\n", "\r\n").encode()}, ""),
    "line ends of old Macs": ({OTHER: (HEAD + CITED).replace("\n", "\r").encode()}, ""),
    "a null byte": ({OTHER: HEAD + "a\0b"}, "x.md:7:2 EV001 the character U+0000"),
    "marks that turn a figure round": (
        {OTHER: HEAD + "by \u202e5.4\u202c points"},
        "x.md:7:4 EV001 the character U+202E",
    ),
    "the same as a reference": ({OTHER: HEAD + "by &#x0202E;5.4 points"}, "x.md:7:4 EV001 the character U+202E"),
    "UTF-16": ({OTHER: (HEAD + CITED).encode("utf-16")}, "x.md:1:1 EV001 byte 0xff"),
    "all bytes": ({OTHER: bytes(range(256)) * 100}, "EV001"),
    "lines of hyphens": ({OTHER: b"---\n" * 10_000}, "x.md:1:1 EV001"),
    "rows of headings": ({OTHER: "---\ntitle: x\n" * 10_000}, "x.md:1:1 EV001"),
    "ten thousand citations": ({OTHER: HEAD + " ".join(["Word [@smith2020, p. 714]."] * 10_000)}, ""),
    "a tower of brackets": ({OTHER: HEAD + "[" * 50_000 + "@smith2020" + "]" * 50_000}, ""),
    "links that lead out": (
        {OTHER: HEAD + "[a]({filename}../../../etc/passwd) [b]({static}/../../etc/passwd) [@smith2020].\n"},
        'x.md:7:5 EV801 "../../../etc/passwd" leads to no file',
    ),
    "a link that is no address": ({OTHER: HEAD + "[a]({static}//[) [@smith2020].\n"}, "x.md:7:5 EV801"),
    "a link to a note": (
        {OTHER: HEAD + "[a]({static}/ctas.toml) [@smith2020].\n"},
        'x.md:7:5 EV801 "/ctas.toml" is no picture, document or data',
    ),
    "a link to a hidden file": (
        {OTHER: HEAD + "[a]({static}/.env) [@smith2020].\n", "content/.env": "x"},
        "x.md:7:5 EV801",
    ),
    "two versions of a sentence": (
        {OTHER: f"{HEAD}<<<<<<< HEAD\n{CITED}||||||| base\n=======\n{CITED}>>>>>>> other\n"},
        'x.md:7:1 EV001 "<<<<<<<" is left from a merge',
    ),
    "half of a merge": ({OTHER: f"{HEAD}{CITED}>>>>>>> other\n"}, 'x.md:8:1 EV001 ">>>>>>>" is left from a merge'),
    "two versions of the head": (
        _head("Other", "Other\n<<<<<<< HEAD\nsubtitle: a\n=======\nsubtitle: b\n>>>>>>> other"),
        'x.md:3:1 EV001 "<<<<<<<" is left from a merge',
    ),
    "a heading that is underlined": (
        {OTHER: f"{HEAD}Water\n-------\n\n{CITED}\n| a | b |\n|---|---|\n||||||| \n"},
        "",
    ),
    "a title of a megabyte": (_head("Other", "word " * 200_000), "x.md:2:8 EV608"),
    "a number too long": ({OTHER: HEAD + "Fluids eased pain by " + "9" * 5_000 + " %.\n" + CITED}, "x.md:7:1 EV101"),
    "a day after all days": (_head("2026-11-24", "9999-12-31T23:59:59+23:59"), ""),
    "a name of JavaScript": (_head("slug", "__proto__: x\nslug"), "x.md:3:1 EV001"),
    "indented from the start": (_head("title", "  status: draft\ntitle"), "x.md:2:1 EV001"),
    "ten thousand authors": (_head("slug", "authors: " + "; ".join(f"A{n}" for n in range(10_000)) + "\nslug"), ""),
    "a slug that climbs": (_head("slug: other", "slug: ../../other"), 'x.md:3:7 EV001 "../../other" cannot be part'),
    "a page that climbs": (_head("slug", "save_as: ../x.html\nslug"), "x.md:3:10 EV001"),
    "template syntax": ({OTHER: HEAD + "{{ 7*7 }} {% include 'x' %} [@smith2020].\n"}, ""),
}
NAMES = {
    "a b.md": "",
    "a'b.md": "",
    'a"b.md': "",
    "ü.md": "",
    "-rf.md": "",
    "{{x}}.md": "",
    "<script>.md": "",
    "$(id);x.md": "",
    "a%2f..%2fb.md": "",
    "a\nb.md": "the file's name has characters that cannot be shown",
    "ü\u202e.md": "the file's name has characters that cannot be shown",
}


def told(made: Site, problem: dict[str, str | int]) -> str:
    """A problem in one line: it has a place that there is, words, and a repair."""
    path, line, column = made.root / str(problem["path"]), int(problem["line"]), int(problem["column"])
    if path.is_file():
        data = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        assert line <= data.count(b"\n") + 1, problem
    assert column >= 1, problem
    assert problem["message"], problem
    assert problem["fix"], problem
    return f"{problem['path']}:{line}:{column} {problem['code']} {problem['message']}; {problem['fix']}"


def checked(made: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """How `evidence check` ends, and what it says; what holds for all of them is looked at here."""
    before = sorted(path for path in made.root.rglob("*"))
    monkeypatch.chdir(made.root)
    with patience():
        code = main(["check", "--format", "json"])
    out, err = capsys.readouterr()
    assert not re.search(r"Traceback|internal error", out + err)
    assert code in (0, 1, 2)
    text = err
    if code == 2:
        assert not out
        assert len(err.strip().splitlines()) == 1, err[-500:]
    else:
        assert not err
        problems = json.loads(out)["problems"]
        text = "\n".join(told(made, problem) for problem in problems)
        assert (code == 1) == any(problem["severity"] == "error" for problem in problems)
    assert sorted(path for path in made.root.rglob("*")) == before
    return code, text


@pytest.mark.parametrize("name", [*BIBLIOGRAPHIES])
def test_a_hostile_bibliography(
    site: MakeSite, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files, place = BIBLIOGRAPHIES[name]
    code, text = checked(site(files), monkeypatch, capsys)
    assert place in text
    assert (code == 0) <= (not place)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", [*TOML])
def test_a_hostile_table(
    site: MakeSite, file: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content, words = TOML[name]
    code, text = checked(site({file: content}), monkeypatch, capsys)
    assert code in (1, 2)
    assert file in text
    assert words in text


@pytest.mark.parametrize("file", ["references.lock.json", "baseline.json"])
@pytest.mark.parametrize("name", [*LOCKS])
def test_a_hostile_record(
    site: MakeSite, file: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = site({file: LOCKS[name]})
    conf = made.root / "pelicanconf.py"
    conf.write_text(conf.read_text().replace("EVIDENCE = {", 'EVIDENCE = {\n    "baseline": "baseline.json",', 1))
    if file != "baseline.json":
        made.write({"baseline.json": json.dumps({"schema": "evidence-baseline/1", "problems": []})})
    code, text = checked(made, monkeypatch, capsys)
    assert code == 2
    assert file in text


@pytest.mark.parametrize("name", [*ARTICLES])
def test_a_hostile_article(
    site: MakeSite, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files, place = ARTICLES[name]
    code, text = checked(site(files), monkeypatch, capsys)
    assert place in text
    assert code == (1 if place else 0), text[-500:]


@pytest.mark.parametrize("name", [*NAMES])
def test_a_hostile_file_name(
    site: MakeSite, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = checked(site({f"content/articles/{name}": HEAD + CITED}), monkeypatch, capsys)
    assert NAMES[name] in text
    assert code == (1 if NAMES[name] else 0)


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "device", "loop"])
@pytest.mark.parametrize("file", [*FILES, "references.bib", "references.lock.json", OTHER])
def test_what_is_no_file_is_told_and_not_waited_for(
    site: MakeSite, file: str, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = site()
    path = made.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    monkeypatch.chdir(path.parent)  # the path of a socket may have 108 characters only
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made_socket:
            made_socket.bind(path.name)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero" if kind == "device" else path.name)
    code, text = checked(made, monkeypatch, capsys)
    if (file, kind) == (OTHER, "folder"):
        assert code == 0  # a folder is looked into, whatever its name
    else:
        assert code in (1, 2)
        assert file in text


def test_a_file_that_may_not_be_read_or_goes_away_is_told(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The superuser may read everything, so the refusal is played."""
    made = site({OTHER: HEAD + CITED})
    real, why = os.open, PermissionError(13, "Permission denied")

    def refused(path: str, flags: int) -> int:
        if str(path).endswith("x.md"):
            raise why
        return real(path, flags)

    monkeypatch.setattr("evidence.ordinary.os.open", refused)
    code, text = checked(made, monkeypatch, capsys)
    assert code == 1
    assert "x.md:1:1 EV001 the file cannot be read: Permission denied" in text
    why = FileNotFoundError(2, "No such file or directory")  # type: ignore[assignment]
    code, text = checked(made, monkeypatch, capsys)
    assert "x.md:1:1 EV001 the file cannot be read: No such file" in text


@pytest.mark.parametrize("text", ["Word [@smith2020]. ", "T\n---\n", "drips [@smith2020] x. "])
def test_time_grows_with_the_size_and_not_with_its_square(
    site: MakeSite, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Eight times the text: eight times the work, or about sixty times if something looks at all of it again and again."""
    made = site()

    def taken(times: int) -> float:
        made.write({OTHER: HEAD + text * times})
        start = time.process_time()
        checked(made, monkeypatch, capsys)
        return time.process_time() - start

    taken(10)
    small = taken(400)
    assert taken(3_200) < 24 * small + 1
