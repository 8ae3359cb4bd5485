"""The bibliography: real files are read, damage is told and stays where it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from evidence.errors import UnreadableError
from evidence.library import nearest_keys, parse_library, read_library
from evidence.model import Library, Name, Policy
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
REAL = (ROOT / "references.bib").read_text(encoding="utf-8")


def cases(name: str) -> list[ParameterSet]:
    """The cases of a file: its .bib text, and the lines that tell what is read of it."""
    text = (ROOT / f"tests/cases/bibliography/{name}.txt").read_text(encoding="utf-8")
    found = []
    for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        title, rest = part.split("\n", 1)
        bib, expected = rest.split("\n--\n")
        found.append(pytest.param(bib, [line for line in expected.strip().splitlines() if line], id=title))
    return found


@pytest.mark.parametrize(
    ("bib", "expected"), [case for name in ("damage", "managers", "latex") for case in cases(name)]
)
def test_cases(bib: str, expected: list[str]) -> None:
    library = parse_library({"r.bib": bib}, {})
    wanted = [line.removeprefix("fault ").split(" ", 1) for line in expected if line.startswith("fault ")]
    told = [(f"{fault.place.line}:{fault.place.column}", fault.what) for fault in library.faults]
    assert sorted(place for place, _ in told) == sorted(place for place, _ in wanted), told
    for place, words in wanted:
        assert any(words in what for at, what in told if at == place), told
    for line in expected:
        kind, _, rest = line.partition(" ")
        assert kind in ("fault", "source", "people")
        if kind == "source":
            key, fields = rest.split(" ", 1)
            for name, value in re.findall(r"([\w-]+)=(.*?)(?: \| (?=[\w-]+=)|$)", fields):
                assert library.sources[key].value(name) == value
        elif kind == "people":
            key, role, people = rest.split(" ", 2)
            assert " | ".join(_shown(name) for name in library.sources[key].creators[role]) == people


def _shown(name: Name) -> str:
    if name.body:
        return f"{{{name.family}}}"
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.suffix, name.given) if part)


def names(author: str) -> tuple[Name, ...]:
    return parse_library({"r.bib": f"@misc{{a, author = {{{author}}}}}"}, {}).sources["a"].creators["author"]


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Lee, Bo and Ann Smith", (Name("Lee", "Bo"), Name("Smith", "Ann"))),
        (r"M{\"u}ller, J{\"o}rg", (Name("Müller", "Jörg"),)),
        ("{World Health Organization} and others", (Name("World Health Organization", body=True), Name("others"))),
        ("{{Body and Soul}}", (Name("Body and Soul", body=True),)),
        ("von der Heide, Jr, Ann", (Name("Heide", "Ann", "von der", "Jr"),)),
        ("family=Lee, given=Bo, prefix=van", (Name("Lee", "Bo", "van"),)),
        ("A, B, C, D, E", (Name("A, B, C, D, E"),)),
    ],
)
def test_names(author: str, expected: tuple[Name, ...]) -> None:
    assert names(author) == expected


def test_the_place_of_a_value_is_where_it_stands() -> None:
    library = parse_library({"r.bib": "\n@article{a,\n  doi = {10.1 x},\n}"}, {})
    place = library.sources["a"].fields["doi"].place
    assert (place.line, place.column, place.end_column) == (3, 10, 16)


def test_keys_that_differ_in_case_are_two_and_each_suggests_the_other() -> None:
    library = parse_library(
        {"r.bib": "@misc{Lee2020, title={A}}\n@misc{lee2020, title={B}}\n@misc{lee2020, title={C}}"}, {}
    )
    assert list(library.sources) == ["Lee2020", "lee2020"]
    assert [source.value("title") for source in library.duplicates] == ["C"]
    assert nearest_keys("LEE2020", library) == ("Lee2020", "lee2020")


def test_a_key_given_out_anew_is_recognised_by_its_name_and_year() -> None:
    library = parse_library(
        {"r.bib": "@misc{balbinIntravenousFluids2016, title={A}}\n@misc{jones2016, title={B}}"}, {}
    )
    assert nearest_keys("balbin2016fluids", library) == ("balbinIntravenousFluids2016",)
    assert nearest_keys("balbin2017fluids", library) == ()


def write(root: Path, name: str, data: bytes) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(data)


def read(root: Path, *paths: str) -> Library:
    return read_library(root, Policy(bibliography=paths))


def test_byte_order_mark_line_ends_and_several_files(tmp_path: Path) -> None:
    write(tmp_path, "a.bib", b"\xef\xbb\xbf@misc{a,\r\n title = {A},\r\n}\r\n")
    write(tmp_path, "b/b.bib", b"@misc{b, title = {B}}\n@misc{a, title = {C}}")
    library = read(tmp_path, "a.bib", "b/b.bib")
    assert list(library.sources) == ["a", "b"]
    assert library.sources["a"].fields["title"].place.line == 2
    assert [(one.key_place.path, one.key_place.line) for one in library.duplicates] == [("b/b.bib", 2)]


def test_an_empty_bibliography_is_fine(tmp_path: Path) -> None:
    write(tmp_path, "a.bib", b"")
    assert dict(read(tmp_path, "a.bib").sources) == {}


def test_what_cannot_be_read_at_all_ends_the_run(tmp_path: Path) -> None:
    write(tmp_path, "a.bib", "@misc{a,\n title = {Caf\xe9},\n}".encode("latin-1"))
    with pytest.raises(UnreadableError, match=r'^a\.bib:2:14: byte 0xe9 is not UTF-8 \(in Latin-1 it would be "é"\)'):
        read(tmp_path, "a.bib")
    with pytest.raises(UnreadableError, match=r'no file "gone\.bib".*bibliography'):
        read(tmp_path, "gone.bib")


def test_the_real_bibliography_is_sound() -> None:
    library = parse_library({"references.bib": REAL}, {})
    assert library.faults == ()
    assert len(library.sources) >= 40


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_damage_never_raises_and_never_takes_entries_that_start_a_line(data: st.DataObject) -> None:
    text = REAL[:6000].rsplit("\n@", 1)[0]
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.sampled_from(["", "{", "}", '"', ",", "@", "\\", "#", "%", "=", "@book{", "\x00", "é"]))
    damaged = text[:at] + put + text[at + cut :]
    library = parse_library({"r.bib": damaged}, {})
    opened = re.findall(r"^@\w+\{([^\s,{}]+),$", damaged, flags=re.MULTILINE)
    lost = [key for key in opened if key not in library.sources]
    assert not lost or library.faults, (lost, put, at, cut)


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet='@{}(),="#%\\ \nabc', max_size=80))
def test_any_text_is_read_without_raising(text: str) -> None:
    parse_library({"r.bib": text}, {})


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={" + "{" * 100_000 + "}" * 100_000 + "}}",
        "@misc{a, title={x\n" * 20_000,
        "@misc{a, author={" + " and ".join(f"A{number}, B" for number in range(10_000)) + "}}",
        "".join(f"@misc{{k{number}, crossref={{k{number + 1}}}}}\n" for number in range(3_000)),
        "@misc{a,t={" + "\\a" * 100_000 + "}}",
    ],
    ids=["nested braces", "unclosed entries", "authors", "chain of crossrefs", "backslashes"],
)
def test_hostile_files_are_read(text: str) -> None:
    assert parse_library({"r.bib": text}, {}).sources


def test_invisible_characters_are_told_and_take_nothing_with_them() -> None:
    library = parse_library({"r.bib": "@misc{a, title={A\x00B}, \x01 year=2020}\n@misc{b, title={C\u202eD}}"}, {})
    assert [(fault.place.line, fault.place.column, fault.what[-8:]) for fault in library.faults] == [
        (1, 18, "(U+0000)"),
        (1, 23, "(U+0001)"),
        (2, 18, "(U+202E)"),
    ]
    assert library.sources["a"].value("title") == "A B"
    assert library.sources["a"].value("year") == "2020"
    assert library.sources["b"].value("title") == "C D"
