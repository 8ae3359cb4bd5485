"""Cue files: what is wrong in one is said with the file and the place."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from evidence.claims.cues import Cues, cues_from, load_cues
from evidence.claims.detection import detect
from evidence.claims.expanding import expanded, read_words
from evidence.errors import SettingsError

ENGLISH = resources.files("evidence.claims").joinpath("cues.toml").read_text(encoding="utf-8")


def read_cues(text: str, file: str, learned: str = "") -> Cues:
    return cues_from(expanded(text, file, learned))


def test_words_are_found_in_their_forms() -> None:
    single = load_cues().single
    for word in ("migraine", "migraines", "relieve", "relieves", "relieved", "relieving", "allergies", "biopsy"):
        assert any(one.endswith(":strong") for one in single[word]), word
    assert load_cues("en") is load_cues("en")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('language = "en"', "language = 3", '"language" must be a word such as "en"'),
        ("[idioms]", "[idiom]", '"idiom" is not known in the top'),
        ("[entity.condition]", "[entity.conditions]", '"conditions" is not known in entity'),
        ("[figure]", "[against.figure]", '"figure" is not known in against'),
        ('inflect = "noun"', 'inflect = "plural"', '"inflect" of [entity.condition] must be one of noun, verb, none'),
        ('inflect = "noun"', 'inflects = "noun"', '"inflects" is not known in [entity.condition]'),
        ("migraine, headache,", "migraine, , headache,", '"strong" of [entity.condition] has an empty entry'),
        ("itis/7", "itis", 'the ending "itis" is not of the form itis/7'),
        ("start = ", "start = true # ", '"start" of [points] must be a number'),
        ("start = ", "stop = ", '"start" of [points] is missing'),
        ("modals = ", "modal = ", '"modal" is not known in [grammar]'),
        ("[points]", "[points", '; close the header with "]"'),
        ("[kinds.dose]", "[kinds.doses]", '"doses" is not known in kinds'),
        ("[kinds.dose]", "[other.dose]", '"other" is not known in the top'),
        ("[kinds.dose]", "[kinds.dose]\nnumber-9 = true", '"number-9" of [kinds.dose] must be a number'),
        ("[kinds.dose]", '[kinds.dose]\nnumber-9 = "3"', '"number-9" of [kinds.dose] must be a number'),
    ],
)
def test_what_is_wrong_in_a_cue_file_is_said(old: str, new: str, message: str) -> None:
    assert old in ENGLISH
    with pytest.raises(SettingsError) as caught:
        read_cues(ENGLISH.replace(old, new, 1), "cues.x.toml")
    assert message in str(caught.value)
    assert re.match(r"cues\.x\.toml:\d+:\d+: ", str(caught.value))


def test_the_place_is_that_of_the_value() -> None:
    line = ENGLISH.count("\n", 0, ENGLISH.index("[kinds.dose]")) + 2
    with pytest.raises(SettingsError, match=rf"^cues\.x\.toml:{line}:12: "):
        read_cues(ENGLISH.replace("[kinds.dose]", "[kinds.dose]\nnumber-9 = true", 1), "cues.x.toml")


def test_each_kind_needs_its_table() -> None:
    head = ENGLISH.partition("\n[kinds.")[0]
    assert read_cues(head, "cues.x.toml").kinds == {}
    with pytest.raises(SettingsError, match=r"cues\.x\.toml:\d+:1: the table \[kinds\.mechanism\] is missing"):
        read_cues(f"{head}\n[kinds.dose]\nstart = 1\n", "cues.x.toml")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Triptans relieve migraine.", "efficacy"),
        ("Magnesium causes flushing.", "mechanism"),
        ("Migraine affects one in seven people.", "prevalence"),
        ("The trial measured migraine in children.", "research"),
    ],
)
def test_where_kinds_have_no_table_the_words_of_each_tell_them(sentence: str, kind: str) -> None:
    cues = read_cues(ENGLISH.partition("\n[kinds.")[0], "cues.x.toml")
    verdict = detect(sentence, cues)
    assert (verdict.claim, verdict.kind) == (True, kind)


def test_learned_words_are_read() -> None:
    assert read_words("# a remark\n\n12 headache dizziness\n-3 kettle\n") == {
        "headache": 12.0,
        "dizziness": 12.0,
        "kettle": -3.0,
    }


@pytest.mark.parametrize("line", ["headache 12", "12", "1.5 headache", "12345 headache", "+ headache", "١٢ headache"])
def test_a_line_of_learned_words_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_cues(ENGLISH, "cues.x.toml", f"# a remark\n3 kettle\n{line}\n")
    assert str(caught.value).startswith("learned.txt:3:1: this is not a number with words after it")
    assert line[:40] in str(caught.value)


@pytest.mark.parametrize("name", ["xx", "../en", "", "en/..", "a\0b"])
def test_a_language_without_a_cue_file_is_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        load_cues(name)
