"""Which sentences are claims. The sentences stand in `tests/cases/claims`, one a line: `kind | …` or `not why | …`.

`not_yet.txt` holds those the detector still gets wrong: whoever makes it judge one of them right moves it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence.claims.cues import KINDS, REASONS, load_cues
from evidence.claims.detection import Verdict, detect
from hypothesis import given
from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases" / "claims"
CUES = load_cues()


def cases(path: Path) -> list[tuple[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(label.strip(), sentence.strip()) for label, _, sentence in (line.partition("|") for line in lines)]


FILES = sorted(CASES.glob("*.txt"))
RIGHT = [case for path in FILES if path.name != "not_yet.txt" for case in cases(path)]
WRONG = cases(CASES / "not_yet.txt")


def is_claim(label: str) -> bool:
    return not label.startswith("not ")


@pytest.mark.parametrize(("label", "sentence"), RIGHT)
def test_claims_are_found_and_other_sentences_left_alone(label: str, sentence: str) -> None:
    assert detect(sentence, CUES).claim is is_claim(label)


@pytest.mark.parametrize(("label", "sentence"), WRONG)
def test_what_is_not_yet_right_is_known(label: str, sentence: str) -> None:
    assert detect(sentence, CUES).claim is not is_claim(label), "right now: move it to the other cases"


def test_the_cases_are_labelled_with_known_kinds_and_are_unique() -> None:
    labels = {label for label, _ in RIGHT + WRONG}
    assert {label for label in labels if is_claim(label)} == set(KINDS)
    sentences = [sentence for _, sentence in RIGHT + WRONG]
    assert len(set(sentences)) == len(sentences) > 250
    assert len(WRONG) < len(RIGHT) / 10


@pytest.mark.parametrize(("kind", "sentence"), cases(CASES.parent / "kinds.txt"))
def test_the_kind_is_told_where_little_decides_it(kind: str, sentence: str) -> None:
    verdict = detect(sentence, CUES)
    assert (verdict.claim, verdict.kind) == (True, kind)


def test_most_kinds_are_told_right() -> None:
    claims = [(label, detect(sentence, CUES).kind) for label, sentence in RIGHT if is_claim(label)]
    assert sum(label == kind for label, kind in claims) > 0.5 * len(claims)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Triptans relieve migraine.", Verdict(True, "efficacy", "Triptans relieve migraine")),
        ("Do triptans relieve migraine?", Verdict(False, "question", "?")),
        ("Drink water slowly.", Verdict(False, "instruction", "Drink")),
        ("## Triptans relieve migraine", Verdict(False, "heading", "#")),
        ("CGRP stands for calcitonin gene-related peptide.", Verdict(False, "definition", "stands")),
        ("It was raining.", Verdict(False, None, None)),
        ("Too much magnesium.", Verdict(False, "fragment", "Too")),
        ("An infusion is a way of giving a medicine slowly.", Verdict(False, "definition", "is")),
        ('"Steroid" means dexamethasone.', Verdict(False, "definition", "means")),
        ("", Verdict(False, None, None)),
        ("|---|:--:|", Verdict(False, None, None)),
        ("[@smith2020; @jones2021, p. 4]", Verdict(False, None, None)),
        ("Rest 2h.", Verdict(False, "instruction", "Rest")),
        ("Then rest it", Verdict(False, "instruction", "rest")),
        ("When pain starts, slow down", Verdict(False, "instruction", "slow")),
    ],
)
def test_the_words_that_decided_are_told(sentence: str, verdict: Verdict) -> None:
    assert detect(sentence, CUES) == verdict


@pytest.mark.parametrize(
    "marked",
    [
        "**Triptans** relieve *migraine*.",
        "- Triptans relieve migraine.",
        "2. Triptans relieve migraine.",
        "> Triptans relieve migraine. [@smith2020, p. 3]",
        "Triptans relieve [migraine](https://example.org/a_(b))[3].",
        "Triptans relieve [migraine][ref] [1, 2–4].",
        "| Triptans | relieve migraine. |",
        "Triptans relieve <em>migraine</em>.<!-- seen -->",
        "Triptans&nbsp;relieve mi\u00adgraine.[^1]",
        "[Triptans relieve migraine.]{.claim}",
    ],
)
def test_marks_and_citations_are_no_matter(marked: str) -> None:
    verdict = detect(marked, CUES)
    assert (verdict.claim, verdict.kind) == (True, "efficacy")
    assert verdict.cue is not None
    assert verdict.cue.replace(" … ", " ").split()[-2:] == ["relieve", "migraine"]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("It must not be taken in pregnancy.", "must not be taken in pregnancy"),
        ("Women on the pill clear it more slowly.", "Women … the pill clear … more slowly"),
        ("One in six of us will have it at some point.", "One in six of us … at some point"),
        ("Suitable from age 12.", "Suitable from age"),
        ("Botox gave me my weekends back.", "Botox … me my … back"),
        ("It was a small one, mind.", "It was … small … mind"),
        (
            "You mustn't do it with type 1 diabetes or if you're on gliflozins, as the acid in the blood can kill.",
            "mustn't … type 1 diabetes … can kill",
        ),
    ],
)
def test_the_words_told_are_the_four_that_say_most_in_their_order(sentence: str, words: str) -> None:
    """What it is about and what is said of it; phrases whole, neighbours together."""
    assert detect(sentence, CUES).cue == words


def test_an_order_is_a_claim_if_a_fact_is_given_with_it() -> None:
    assert not detect("Avoid grapefruit juice.", CUES).claim
    assert detect("Avoid grapefruit juice, which raises the level of the drug in your blood.", CUES).claim
    assert detect("Avoid grapefruit juice because it raises the level of the drug in your blood.", CUES).claim
    assert not detect("Ask your doctor which painkiller is safe in pregnancy.", CUES).claim


def test_an_idiom_is_not_about_health() -> None:
    assert not detect("The new invoices are a headache for every accountant.", CUES).claim


@given(st.text())
def test_any_text_gets_a_verdict(text: str) -> None:
    verdict = detect(text, CUES)
    assert verdict == detect(text, CUES)
    assert verdict.kind is None or verdict.kind in {
        *KINDS,
        *REASONS,
        "question",
        "instruction",
        "heading",
        "fragment",
    }
    assert (verdict.kind in KINDS) is verdict.claim


WORDS = st.sampled_from(
    "migraine magnesium relieves pain we our is the a risk of may because , ; ? ! — ( ) [ ] * _ 12 mg % Drink if".split()
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_the_deciding_words_are_words_of_the_sentence(text: str) -> None:
    verdict = detect(text, CUES)
    if verdict.claim or verdict.kind in REASONS:
        assert verdict.cue
        left = text.replace("*", "").split()
        for word in verdict.cue.replace(" … ", " ").split():
            assert any(word in one for one in left)


@pytest.mark.parametrize(
    "piece",
    ["[", "<", "<!--", "![", "**", "&am", "(", "a ", "migraine ", "take, if when, ", "the level of ", "@x[", "1,"],
)
def test_a_huge_sentence_takes_no_longer_than_its_length(piece: str) -> None:
    detect((piece * 200_000)[:200_000], CUES)


@pytest.mark.parametrize(
    "sentence",
    [
        "Seizures have been reported.",
        "Low blood pressure was common.",
        "Restlessness was reported in 6% after metoclopramide.",
        "Akathisia was common after metoclopramide.",
        "DHE narrows blood flow to the womb.",
        "Opioids kill.",
        "Two patients died.",
        "Nausea was more frequent with DHE.",
        "Metoclopramide causes restlessness.",
        "One person had a seizure after lidocaine.",
        "Liver damage was reported with valproate.",
        "High doses have not been studied in pregnancy.",
    ],
)
def test_harm_is_safety_even_in_the_words_of_research_or_of_effect(sentence: str) -> None:
    """The kind decides who must sign."""
    assert detect(sentence, CUES).kind == "safety"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Nausea fell with metoclopramide.", "efficacy"),
        ("Magnesium prevents seizures in pre-eclampsia.", "efficacy"),
        ("In one trial pain fell more with magnesium than with placebo.", "research"),
        ("Antibiotics kill the bacteria.", "efficacy"),
    ],
)
def test_what_does_good_is_not_safety(sentence: str, kind: str) -> None:
    assert detect(sentence, CUES).kind == kind
