"""The build of a sentence: its end, its subject and its joints are seen as signs."""

from __future__ import annotations

import pytest
from evidence.claims.build import of_build
from evidence.claims.cues import load_cues
from evidence.claims.shapes import main_verb
from evidence.claims.words import words

CUES = load_cues()


def build(text: str) -> set[str]:
    found = words(text, CUES)
    return set(of_build(text, found, main_verb(found, CUES), CUES))


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Looking after your cannula at home", {"ends-open", "ends-open-no-verb"}),
        ("careful with potassium if you are on lisinopril", {"ends-open-lower", "joins-if"}),
        ("Three soups that count as drinks:", {"ends-colon"}),
        ("It worked!", {"ends-cry", "of-it-past"}),
        ("A nurse will check your pulse.", {"of-staff-modal", "future", "of-a-modal"}),
        ("Most people felt better.", {"of-people-past"}),
        ("Most patients felt better.", {"of-studied-past"}),
        ("The bags were filled by hand.", {"passive-past"}),
        ("In a trial of 60 adults, ginger eased nausea.", {"opens-in-study"}),
        ("Fluids relieve headache because they restore volume.", {"joins-because", "entity-around-predicate"}),
    ],
)
def test_the_build_of_a_sentence_is_seen(text: str, signs: set[str]) -> None:
    assert signs <= build(text)


def test_a_sentence_with_a_full_stop_has_no_sign_of_its_end() -> None:
    for text in ("Ginger eases nausea.", '"Ginger eases nausea."', "Ginger eases nausea (it does)."):
        assert not {sign for sign in build(text) if sign.startswith("ends-")}, text
    assert build("") == set()
