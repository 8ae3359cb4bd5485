"""Whether a source bears out the sentence that cites it: cases that an editor can extend, and that nothing is told twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence.checking import check
from evidence.library import parse_library
from evidence.model import Case, Library, Policy
from evidence.reading import read
from evidence.rules import RULES
from evidence.support.contrast import contrast
from evidence.support.periods import foreign_periods
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HEAD

CASES = Path(__file__).parents[1] / "cases/support"


def library(folder: Path, vocabulary: Path | None = None) -> Library:
    notes = {
        f"content/sources/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((folder / "sources").glob("*.toml"))
    }
    terms = {"content/vocabulary.toml": ((vocabulary or folder) / "vocabulary.toml").read_text(encoding="utf-8")}
    return parse_library({"references.bib": (folder / "references.bib").read_text(encoding="utf-8")}, notes, terms)


LIBRARY, CLOSE = library(CASES), library(CASES / "close")
ADDED = library(CASES / "added", CASES / "close")
PLAIN = library(CASES / "plain", CASES / "close")
TURNED = library(CASES / "turned", CASES / "close")
VERDICTS = library(CASES / "verdicts", CASES / "close")
CLINIC = library(CASES / "clinic", CASES / "close")


def cases(folder: Path) -> list[tuple[str, str]]:
    lines = (folder / "sentences.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.rpartition(" | ") for line in lines if line and not line.startswith("#")]
    return [(sentence, codes) for sentence, _, codes in pairs]


def codes(sentence: str, library: Library = LIBRARY) -> list[str]:
    document = read(f"{HEAD}{sentence}\n", "content/articles/a.md")
    report = check(Case((document,), library, Policy()), RULES)
    return sorted({problem.code for problem in report.problems if problem.code.startswith("EV4")} - {"EV406"})


def test_the_libraries_of_the_cases_are_sound() -> None:
    assert not LIBRARY.faults
    assert not CLOSE.faults
    assert not ADDED.faults
    assert not PLAIN.faults
    assert not TURNED.faults
    assert not VERDICTS.faults
    assert not CLINIC.faults


@pytest.mark.parametrize(("sentence", "expected"), cases(CASES))
def test_sentences(sentence: str, expected: str) -> None:
    assert codes(sentence) == ([] if expected == "-" else expected.split())


@pytest.mark.parametrize(("sentence", "expected"), cases(CASES / "close"))
def test_sentences_on_which_one_step_decides(sentence: str, expected: str) -> None:
    assert codes(sentence, CLOSE) == ([] if expected == "-" else expected.split())


@pytest.mark.parametrize(("sentence", "expected"), cases(CASES / "added"))
def test_sentences_that_add_to_their_source_or_turn_it_round(sentence: str, expected: str) -> None:
    assert codes(sentence, ADDED) == ([] if expected == "-" else expected.split())


@pytest.mark.parametrize(("sentence", "expected"), cases(CASES / "plain"))
def test_sentences_as_people_put_them(sentence: str, expected: str) -> None:
    assert codes(sentence, PLAIN) == ([] if expected == "-" else expected.split())


@pytest.mark.parametrize(("sentence", "expected"), cases(CASES / "turned"))
def test_sentences_turned_counted_or_mixed_in_their_own_words(sentence: str, expected: str) -> None:
    assert codes(sentence, TURNED) == ([] if expected == "-" else expected.split())


@pytest.mark.parametrize(("sentence", "expected"), cases(CASES / "verdicts"))
def test_verdicts_chance_reasons_and_findings_that_nobody_gave(sentence: str, expected: str) -> None:
    assert codes(sentence, VERDICTS) == ([] if expected == "-" else expected.split())


ROWS = """
| Tested | Against | Who | What was found |
|---|---|---|---|
"""


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Eptinezumab | Placebo | 480 people | Half were free of pain after 4 hours against 9 hours", []),
        ("Eptinezumab | Placebo | 480 people | Half were free of pain after 9 hours against 4 hours", ["EV402"]),
        ("Placebo | Eptinezumab | 480 people | Half were free of pain after 9 hours versus 4 hours", []),
        ("Placebo | Eptinezumab | 480 people | Half were free of pain after 4 hours versus 9 hours", ["EV402"]),
    ],
)
def test_the_first_figure_is_of_the_treatment_that_a_row_names_first(row: str, expected: list[str]) -> None:
    assert codes(f"{ROWS}| {row} [@winner2021relief#pain-freedom] |", VERDICTS) == expected


@pytest.mark.parametrize(("sentence", "expected"), cases(CASES / "clinic"))
def test_sentences_of_a_clinic_s_page(sentence: str, expected: str) -> None:
    assert codes(sentence, CLINIC) == ([] if expected == "-" else expected.split())


def test_a_wrong_key_is_told_once() -> None:
    """Figures, finding and treatment are wrong with it; one message says so."""
    assert codes("At 60 minutes pain had fallen 4.5 points with saline and 4.9 points without [@survey].") == [
        "EV403"
    ]


def test_what_is_recorded_is_shown_beside_a_figure_that_is_not_in_it() -> None:
    document = read(
        f"{HEAD}Visits with fluids took 202 minutes against 151 [@fluids#stay].\n", "content/articles/a.md"
    )
    found = [one for one in check(Case((document,), LIBRARY, Policy()), RULES).problems if one.code == "EV401"]
    assert [one.message for one in found] == [
        '"151" is not in what is recorded of fluids: "Visits with fluids took 202 minutes against 151."; '
        'fluids#stay (harm): "Visits with fluids were longer: 202 minutes against 131."'
    ]


def test_a_finding_of_a_source_without_a_note_is_no_error_of_the_program() -> None:
    document = read(f"{HEAD}Visits took longer [@fluids#nothing].\n", "content/articles/a.md")
    entries = "@misc{fluids, title = {T}, year = 2020}\n@misc{other, title = {U}, year = 2020}"
    bare = parse_library({"references.bib": entries}, {"content/sources/other.toml": NAUSEA}, {})
    assert "EV405" not in {one.code for one in check(Case((document,), bare, Policy()), RULES).problems}


def test_a_period_is_known_by_its_length_too() -> None:
    assert foreign_periods("They were asked within a day.", ["after 24 hours"]) == ()
    assert foreign_periods("They were asked within a week.", ["after 24 hours"]) == ("within a week",)


NAUSEA = """
design = "randomised trial"
participants = 120
population = "adults with migraine in an emergency department"
treatments = ["metoclopramide"]
[[finding]]
id = "nausea"
outcome = "nausea at 60 minutes"
effect = "benefit"
statement = "At 60 minutes nausea was gone in 40 of 60 people (67%) with 10 mg of metoclopramide by IV and 24 of 60 (40%) with salt water."
locator = "p. 1"
"""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In one trial, metoclopramide by IV eased nausea", []),
        ("In one trial, metoclopramide by IV relieved the nausea", []),
        ("In one trial, metoclopramide by IV eased pain", ["EV403"]),
    ],
)
def test_what_a_verb_of_relief_says_is_said_of_the_symptom_behind_it(sentence: str, expected: list[str]) -> None:
    entry = (
        "@article{trial, author = {Smith, Ann}, title = {A trial}, journal = {Pain}, year = {2020}, pages = {1--9}}"
    )
    terms = {"content/vocabulary.toml": (CASES / "close/vocabulary.toml").read_text(encoding="utf-8")}
    library = parse_library({"references.bib": entry}, {"content/sources/trial.toml": NAUSEA}, terms)
    assert codes(f"{sentence} [@trial#nausea].", library) == expected


MANY = "9" * 5000
STRANGE = [
    *({"year": year} for year in ("20²0", "²", "٢٠٢٠", MANY, "-1")),
    *({"pages": pages} for pages in (f"{MANY}--{MANY}9", f"1--{MANY[:4000]}", "²--³", "٢--٥")),
]


@pytest.mark.parametrize("fields", STRANGE, ids=str)
@pytest.mark.parametrize("sentence", ["Pain fell by 4.5 points", "Three years later, pain fell by 4.5 points"])
def test_years_and_pages_that_are_none_harm_nothing(sentence: str, fields: dict[str, str]) -> None:
    known = {"author": "Smith, Ann", "title": "A trial", "journal": "Pain", "year": "2020", "pages": "1--9", **fields}
    entry = "".join(f"{name} = {{{words}}}, " for name, words in known.items())
    note = (CASES / "sources/fluids.toml").read_text(encoding="utf-8")
    terms = {"content/vocabulary.toml": (CASES / "vocabulary.toml").read_text(encoding="utf-8")}
    library = parse_library(
        {"references.bib": f"@article{{fluids, {entry}}}"}, {"content/sources/fluids.toml": note}, terms
    )
    text = f"{HEAD}{sentence} with fluids [@fluids#pain, p. 3].\n\nIt fell by 4.5 points [@fluids, pp. 3-{MANY}].\n"
    policy = Policy(max_age={"randomised trial": 5})
    report = check(Case((read(text, "content/articles/a.md"),), library, policy), RULES)
    assert len(report.supported) == 2


TABLE = "| Pain | {head} |\n|---|---|\n| {row} |\n"
FLUIDS, DAYS = "Fell | 4.5 points with fluids [@fluids#pain]", "Fell | 7.7 days on 100 mg [@doses#days]"


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ([("After 60 minutes", FLUIDS)], []),
        ([("After 90 minutes", FLUIDS)], ["EV401"]),
        ([("After 60 minutes", FLUIDS), ("After 12 weeks", DAYS)], []),
        ([("After 12 weeks", FLUIDS), ("After 12 weeks", DAYS)], ["EV401"]),
        ([("After 60 minutes", FLUIDS), ("After 60 minutes", DAYS)], ["EV401"]),
    ],
)
def test_the_figures_of_a_table_s_head_are_those_of_its_own_sources(
    tables: list[tuple[str, str]], expected: list[str]
) -> None:
    drawn = [TABLE.format(head=head, row=row) for head, row in tables]
    assert codes("\n".join(f"{one}\nSo it was.\n" for one in drawn)) == expected
    assert codes("\n".join(drawn)) == expected


@pytest.mark.parametrize("without_words", ["%", "—", "(…)", "* * *"])
def test_a_record_may_have_a_sentence_without_words(without_words: str) -> None:
    said = "Pain fell by 4.5 points with fluids."
    assert contrast(said, [f"{said} {without_words}", without_words], LIBRARY.vocabulary) is None
    assert contrast(without_words, [said], LIBRARY.vocabulary) is None


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from("no not fluids pain may chance rose fell than more 4.5 , . but without".split()), max_size=25
    )
)
def test_a_text_never_contradicts_itself(words: list[str]) -> None:
    text = " ".join(words)
    found = contrast(text, [text], LIBRARY.vocabulary)
    assert found is None or found.hedge is False
    contrast(text, [], LIBRARY.vocabulary)
