"""Cue files: what is wrong in one is said with the file and the place."""

from __future__ import annotations

from importlib import resources

import pytest
from evidence.claims.cues import load_cues, read_cues
from evidence.errors import SettingsError

ENGLISH = resources.files("evidence.claims").joinpath("cues.toml").read_text(encoding="utf-8")


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
        ("[points]", "[points", "cues.x.toml is not TOML"),
    ],
)
def test_what_is_wrong_in_a_cue_file_is_said(old: str, new: str, message: str) -> None:
    assert old in ENGLISH
    with pytest.raises(SettingsError) as caught:
        read_cues(ENGLISH.replace(old, new, 1), "cues.x.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("cues.x.toml")


@pytest.mark.parametrize("name", ["xx", "../en", "", "en/..", "a\0b"])
def test_a_language_without_a_cue_file_is_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        load_cues(name)
