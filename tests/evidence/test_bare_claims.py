"""What the site's own articles claim is found without its citations, which are its author's word that it needs a source."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from evidence.claims import detect, is_verdict, load_cues
from evidence.coverage import claims_of
from evidence.reading import read
from samples import HEAD

ROOT = Path(__file__).parents[2]
BENCHMARK = ROOT / "benchmarks/claims"
JUDGE = partial(detect, cues=load_cues())

sys.path.insert(0, str(BENCHMARK))
bare = import_module("bare")

FLOOR = 0.93
"""Of the cited sentences of the site's articles; a fortieth of them claim nothing by the rule and cite what they tell of."""


def test_most_cited_sentences_of_the_site_are_found_without_their_citations() -> None:
    found = total = 0
    for path in bare.english(ROOT / "content/articles"):
        document = read(path.read_text(encoding="utf-8"), path.name)
        for claim in bare.cited(document):
            total += 1
            found += bare.found_alone(claim)
    assert total > 300
    assert found >= FLOOR * total, f"{found} of {total}"


def test_sentences_kept_from_the_fit_are_judged_right() -> None:
    lines = (BENCHMARK / "held-back-bare.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    claims = [sentence for _, _, sentence, label, *_ in rows if label == "claim"]
    others = [sentence for _, _, sentence, label, *_ in rows if label == "not"]
    found = sum(JUDGE(sentence).claim for sentence in claims)
    alarms = sum(JUDGE(sentence).claim for sentence in others)
    assert found >= 0.7 * len(claims), f"{found} of {len(claims)}"
    assert alarms <= 0.1 * len(others), f"{alarms} of {len(others)}"


def uncited(text: str) -> list[str]:
    return [one.sentence for one in claims_of(read(HEAD + text, "a.md"), JUDGE) if one.status == "uncited"]


ABOUT = "In one trial pain fell by 4.5 points with the drip and by 2.1 without [@jones2019fluid]."
LATER = "At two hours 40 of 100 people were free of pain [@jones2019fluid]."


@pytest.mark.parametrize(
    "sentence",
    [
        "The gap at 1 hour is real.",
        "The gap is real.",
        "That is not chance.",
        "It works.",
        "The lead was huge.",
        "This is beyond dispute.",
    ],
)
def test_a_verdict_on_a_cited_result_needs_a_source(sentence: str) -> None:
    assert uncited(f"{ABOUT} {sentence} {LATER}\n") == [sentence]
    assert uncited(f"{ABOUT} {sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence", ["It comes next.", "Is it real?", "Ask how large it was.", "See the table below."]
)
def test_other_short_sentences_beside_a_cited_result_do_not(sentence: str) -> None:
    assert uncited(f"{ABOUT} {sentence} {LATER}\n") == []


TABLE = "| Trigger | Share who named it |\n|---|---|\n| Hormones, in women | 65.1% [@a] |\n| Sleep | 49.8% [@a] |\n"


def test_a_row_among_cited_rows_needs_a_source_and_a_silent_one_does_not() -> None:
    assert uncited(TABLE + "| Weather | 53.2% |\n") == ["Weather: 53.2%"]
    assert uncited(TABLE + "| Weather | Not counted |\n") == []


def test_a_cell_is_judged_behind_its_head() -> None:
    table = "| Trigger | People with migraine who named it |\n|---|---|\n| Weather | 53.2% |\n"
    assert uncited(table) == ["Weather: 53.2%"]
    assert uncited(table.replace("People with migraine who named it", "Visitors who named it")) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The difference at 2 hours isn't chance.", True),
        ("That's a fact.", True),
        ("These findings do not hold.", True),
        ("The answer comes below.", False),
        ("Tom is right.", False),
        ("It's raining.", False),
        ("", False),
        ("...", False),
    ],
)
def test_a_verdict_is_known_by_its_words(sentence: str, expected: bool) -> None:
    assert is_verdict(sentence) is expected
