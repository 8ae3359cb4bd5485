"""Source notes: each fault with its place and repair, all at once; every source of the site has a sound note."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from evidence.library import parse_library, read_library
from evidence.library.notes import DESIGNS, EFFECTS, read_note
from evidence.library.vocabulary import read_vocabulary
from evidence.model import Fault, Library, Policy, Vocabulary
from evidence.rules import rule
from evidence.toml_places import Places
from evidence.vocabulary import compatible, mentions
from fault_cases import compare, fault_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import BIB, NOTE, VOCABULARY

ROOT = Path(__file__).parents[2]
NOTES = sorted((ROOT / "content/sources").glob("*.toml"))


@pytest.mark.parametrize(("title", "text", "expected"), fault_cases("notes/faults.txt"))
def test_cases(title: str, text: str, expected: list[str]) -> None:
    faults: list[Fault] = []
    vocabulary = read_vocabulary("vocabulary.toml", VOCABULARY, faults)
    read_note("content/sources/a.toml", text, vocabulary, faults)
    compare(faults, expected)


def test_what_can_be_read_is_kept_beside_what_cannot() -> None:
    faults: list[Fault] = []
    text = 'design = "cohort"\nparticipants = "many"\n[[finding]]\nid = "x"\n[[finding]]\noutcome = "pain"\n'
    note = read_note("content/sources/a.toml", text, Vocabulary(), faults)
    assert note is not None
    assert (note.key, note.design, note.participants) == ("a", "cohort", None)
    assert [finding.id for finding in note.findings] == ["x"]


@pytest.mark.parametrize(
    ("text", "what"),
    [("participants = " + "1" * 5000, "a number is too long"), ("a = " + "[" * 5000, "too many brackets")],
    ids=["number", "brackets"],
)
def test_what_no_reader_can_take_is_told_and_does_not_end_the_run(text: str, what: str) -> None:
    faults: list[Fault] = []
    assert read_note("content/sources/a.toml", text, Vocabulary(), faults) is None
    assert [what in fault.what for fault in faults] == [True]


def test_a_finding_is_about_the_notes_treatments_unless_it_names_its_own() -> None:
    text = """\
design = "guideline"
treatments = ["iv-fluids", "magnesium"]
[[finding]]
id = "both"
[[finding]]
id = "one"
treatments = ["magnesium"]
[[finding]]
id = "none"
treatments = []
"""
    note = read_note("content/sources/a.toml", text, Vocabulary(), [])
    assert note is not None
    assert [finding.treatments for finding in note.findings] == [("iv-fluids", "magnesium"), ("magnesium",), ()]
    assert [finding.place.line for finding in note.findings if finding.place] == [3, 5, 8]


# ------------------------------------------------------------------------------------------------ in a library


def library(notes: dict[str, str], terms: dict[str, str] | None = None) -> Library:
    return parse_library(
        {"references.bib": BIB}, {f"content/sources/{name}": text for name, text in notes.items()}, terms
    )


def test_a_note_belongs_to_a_source() -> None:
    found = library({"smith2020.toml": NOTE, "jones2019.toml": NOTE})
    assert [(fault.place.path, fault.fix) for fault in found.faults] == [
        ("content/sources/jones2019.toml", 'rename it to "jones2019fluid.toml"?')
    ]
    assert found.sources["smith2020"].note is not None
    assert found.sources["jones2019fluid"].note is None


def test_a_stray_note_is_never_to_take_the_file_of_another() -> None:
    found = library({"smith2020.toml": NOTE, "smithh2020.toml": NOTE})
    assert [fault.fix for fault in found.faults] == ["rename the file to the key of its source"]
    found = library({"smith2020.toml": NOTE, "jonesWaterByDrip2019.toml": NOTE})
    assert [fault.fix for fault in found.faults] == ['rename it to "jones2019fluid.toml"?']


def test_treatments_are_held_against_the_vocabulary_if_there_is_one() -> None:
    with_treatment = 'treatments = ["iv-fluids"]\n' + NOTE
    assert library({"smith2020.toml": NOTE}).faults == ()
    other = library(
        {"smith2020.toml": with_treatment}, {"content/vocabulary.toml": VOCABULARY.replace("iv-fluids", "x")}
    )
    assert [fault.what for fault in other.faults] == ['there is no treatment "iv-fluids" in the vocabulary']
    without = library({"smith2020.toml": with_treatment})
    assert without.faults == ()
    assert [use.id for use in mentions("Two IV fluids.", without.vocabulary, "treatment")] == ["iv-fluids"]
    assert library({"smith2020.toml": with_treatment}, {"content/vocabulary.toml": VOCABULARY}).faults == ()


def test_a_broken_vocabulary_is_told_at_its_own_place() -> None:
    found = library({}, {"content/vocabulary.toml": "[treatments.a]\n"})
    assert [(fault.code, fault.place.path, fault.place.line) for fault in found.faults] == [
        ("EV310", "content/vocabulary.toml", 1)
    ]


# ------------------------------------------------------------------------------------------------ the rule's page


@pytest.mark.parametrize("word", [*DESIGNS, *EFFECTS])
def test_the_page_of_the_rule_lists_every_allowed_word(word: str) -> None:
    found = rule("EV310")
    assert found is not None
    assert f"- `{word}`: " in found.doc


# ------------------------------------------------------------------------------------------------ the real notes


def real() -> Library:
    return read_library(ROOT, Policy())


def test_every_source_has_a_sound_note_with_a_finding() -> None:
    found = real()
    assert found.faults == ()
    assert [path.stem for path in NOTES] == sorted(found.sources)
    for source in found.sources.values():
        assert source.note is not None
        assert source.note.findings, source.key
        assert all(finding.statement.endswith(".") for finding in source.note.findings), source.key


def test_the_note_in_the_readme_is_sound() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (block,) = [one for one in blocks if "design = " in one]
    faults: list[Fault] = []
    note = read_note("content/sources/balbin2016fluids.toml", block, real().vocabulary, faults)
    assert faults == []
    assert note is not None
    assert [finding.id for finding in note.findings] == ["pain-60min"]


def test_every_treatment_of_a_note_is_named_in_words_that_the_vocabulary_finds() -> None:
    found = real()
    for source in found.sources.values():
        for finding in source.note.findings if source.note else ():
            words = f"{finding.outcome}. {finding.statement}"
            named = [use.id for use in mentions(words, found.vocabulary, "treatment")]
            if finding.effect == "background" or not finding.treatments:
                continue
            assert any(
                compatible(treatment, name, found.vocabulary, "treatment")
                for treatment in finding.treatments
                for name in named
            ), (source.key, finding.id)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_damage_never_raises_and_is_always_told_in_the_file(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(NOTES)).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = min(start + data.draw(st.integers(0, 60)), len(text))
    damaged = text[:start] + data.draw(st.text("\"[]{}=,.#\n'\\a1 ", max_size=6)) + text[end:]
    faults: list[Fault] = []
    note = read_note("content/sources/a.toml", damaged, Vocabulary(), faults)
    assert note is not None or faults
    lines = damaged.split("\n")
    for fault in faults:
        assert 1 <= fault.place.line <= fault.place.end_line <= len(lines)
        assert 1 <= fault.place.column <= len(lines[fault.place.line - 1]) + 1


# ------------------------------------------------------------------------------------------------ places in TOML

_KEYS = st.text("abc_-", min_size=1, max_size=3)
_VALUES = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text('ab "#=[]{},\n\\é', max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=6,
)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[" + ", # ]\n".join(map(_toml, value)) + "\n]"
    return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"


@settings(deadline=None, max_examples=200)
@given(st.lists(st.dictionaries(_KEYS, _VALUES, max_size=4), min_size=1, max_size=3))
def test_the_place_of_each_value_holds_that_value(tables: list[dict[str, Any]]) -> None:
    text = "# x = 1\n" + "".join(
        f"[[t]] # {number}\n" + "".join(f"{key} = {_toml(value)} # [\n" for key, value in one.items())
        for number, one in enumerate(tables)
    )
    data = tomllib.loads(text)
    places = Places("t.toml", text)
    lines = text.split("\n")
    for number, one in enumerate(data["t"]):
        for key, value in one.items():
            place = places.value(("t", number, key))
            stretch = "\n".join(lines[place.line - 1 : place.end_line])
            first = place.column - 1
            last = len(stretch) - len(lines[place.end_line - 1]) + place.end_column - 1
            assert tomllib.loads(f"v = {stretch[first:last]}")["v"] == value
            assert lines[places.key(("t", number, key)).line - 1].startswith(f"{key} = ")
