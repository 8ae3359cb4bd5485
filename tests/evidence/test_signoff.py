"""Sign-offs: what a signature covers, what lapses it and what does not, and a ledger that is not as it must be."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from evidence.checking import check, with_claims
from evidence.model import Ledger, Policy, Report, Severity, SignState
from evidence.reading import read
from evidence.rules import RULES
from evidence.signoff import authors_of
from evidence.signoff.ledger import parse_ledger
from evidence.signoff.records import ledger_text, seal, signed
from evidence.signoff.reviewed import reviews
from evidence.support.basis import stated
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HEAD, NOTES, PEOPLE, RICH_BIB
from signed_sites import BODY, LEDGER, NAUSEA, PAIN, PATH, case, problems, signed_by, states, told

RELIEF = "Pain fell by 4.5 points with prochlorperazine in one trial [@smith2020#relief]."
SIGNED = signed_by()


def test_nothing_is_said_where_nobody_looked() -> None:
    assert problems(replace(case(), ledger=None)) == []


def test_signed_claims_have_no_problem_and_the_ledger_reads_back_as_it_was_written() -> None:
    made = case(BODY, {LEDGER: SIGNED})
    assert states(made) == ["signed", "signed"]
    assert told(made) == []
    assert made.ledger
    assert ledger_text(made.ledger.signatures) == SIGNED


@pytest.mark.parametrize(
    "body",
    [
        "A line about the site.\n\n" + BODY,
        f"{NAUSEA}\n\n{PAIN}\n",
        BODY.replace("fluids made", "**fluids** made"),
        BODY + "\nWhere does it hurt?\n",
    ],
    ids=["a line before", "the other order", "emphasis", "a question"],
)
def test_a_change_elsewhere_and_a_move_within_the_article_lapse_nothing(body: str) -> None:
    assert set(states(case(body, {LEDGER: SIGNED}))) == {"signed"}


def test_a_claim_moved_to_another_article_keeps_its_signature() -> None:
    made = case({PATH: f"{NAUSEA}\n", "content/articles/b.md": f"{PAIN}\n"}, {LEDGER: SIGNED})
    assert states(made) == ["signed", "signed"]
    assert told(made) == []
    assert states(replace(made, documents=made.documents[1:], whole=False)) == ["signed"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"articles": BODY.replace("no difference", "little difference")},
            "fluids made [-no-] {+little+} difference to",
        ),
        ({"articles": BODY.replace("fluids made", "fluids, made")}, "[-fluids-] {+fluids,+}"),
        (
            {"notes": {"jones2019fluid": NOTES["jones2019fluid"].replace("4.9 points", "5.9 points")}},
            "jones2019fluid: its finding pain-60min changed",
        ),
        ({"bib": RICH_BIB.replace("Fluids for migraine", "Fluid for migraine")}, "jones2019fluid: its entry changed"),
        (
            {"articles": BODY.replace("#pain-60min]", "#pain-60min, p. 3]")},
            "jones2019fluid: cited at page 3 instead of no place",
        ),
        (
            {"articles": BODY.replace("#pain-60min]", "#pain-60min; @smith2020#relief]")},
            "smith2020: newly cited",
        ),
        (
            {"articles": BODY.replace("#pain-60min]", "#setting]")},
            "it rests on its finding setting too, it rests no longer on its finding pain-60min",
        ),
    ],
)
def test_a_changed_word_finding_entry_or_place_lapses_the_signature_and_is_shown(
    change: dict[str, object], words: str
) -> None:
    made = case(**{"articles": BODY, "reviews": {LEDGER: SIGNED}, **change})  # type: ignore[arg-type]
    assert states(made)[0] == "lapsed"
    lapsed = [one for one in problems(made) if one.code == "EV702"]
    assert words in lapsed[0].message
    assert "ann-sample signed it on 2026-11-20" in lapsed[0].message
    assert lapsed[0].place.path == PATH
    assert PATH not in reviews(with_claims(made).signoffs, made.ledger)


def test_a_finding_that_changed_is_shown_as_it_was_signed_and_as_it_is() -> None:
    now = NOTES["jones2019fluid"].replace("4.9 points", "5.9 points")
    found = told(case(BODY, {LEDGER: SIGNED}, notes={"jones2019fluid": now}))
    assert "its finding pain-60min changed: … with saline and [-4.9-] {+5.9+} points without it." in found[0]


def test_a_signature_of_before_findings_were_kept_holds_and_tells_that_one_changed() -> None:
    whole = with_claims(case())
    assert whole.ledger
    found = stated(whole.claims, whole.documents, whole.supported, whole.library)
    bare = [replace(one, basis=tuple(replace(each, said=()) for each in one.basis)) for one in found]
    old = ledger_text([signed(one, whole.ledger.people["ann-sample"], "2026-11-20", "accept") for one in bare])
    assert "said" not in old
    assert states(case(BODY, {LEDGER: old})) == ["signed", "signed"]
    now = NOTES["jones2019fluid"].replace("4.9 points", "5.9 points")
    lapsed = told(case(BODY, {LEDGER: old}, notes={"jones2019fluid": now}))
    assert lapsed[0].endswith("jones2019fluid: its finding pain-60min changed")


def test_a_finding_of_which_only_the_quotation_changed_is_told_without_words() -> None:
    now = NOTES["jones2019fluid"].replace('id = "pain-60min"', 'id = "pain-60min"\nquote = "no difference"')
    lapsed = told(case(BODY, {LEDGER: SIGNED}, notes={"jones2019fluid": now}))
    assert lapsed[0].endswith("jones2019fluid: its finding pain-60min changed")


def test_a_finding_that_is_not_rested_on_may_change() -> None:
    notes = {"jones2019fluid": NOTES["jones2019fluid"].replace("One emergency department", "Two departments")}
    assert states(case(BODY, {LEDGER: SIGNED}, notes=notes)) == ["signed", "signed"]


def test_housekeeping_in_the_bibliography_lapses_nothing() -> None:
    bib = RICH_BIB.replace("title = {Fluids", "abstract = {x}, title = {Fluids")
    assert bib != RICH_BIB
    assert states(case(BODY, {LEDGER: SIGNED}, bib=bib)) == ["signed", "signed"]


def test_the_same_sentence_twice_in_one_article_is_signed_once() -> None:
    twice = f"{BODY}\n{PAIN}\n"
    assert states(case(twice, {LEDGER: SIGNED})) == ["signed"] * 3
    other = f"{BODY}\n{PAIN.replace('jones2019fluid#pain-60min', 'smith2020#relief')}\n"
    assert states(case(other, {LEDGER: SIGNED})) == ["lapsed", "signed", "lapsed"]


# --------------------------------------------------------------------------------------------- the policy


def test_where_nobody_has_signed_anything_one_note_says_so() -> None:
    found = problems(case({PATH: BODY, "content/articles/b.md": f"{RELIEF}\n"}))
    assert [(one.code, one.severity.value, one.message) for one in found] == [
        ("EV701", "note", "no clinician has signed any of the 3 claims")
    ]


def test_of_a_single_claim_the_note_speaks_of_one() -> None:
    found = problems(case({PATH: f"{PAIN}\n"}))
    assert [(one.code, one.message) for one in found] == [("EV701", "no clinician has signed the only claim")]


def test_once_begun_each_article_has_one_warning_with_a_count() -> None:
    made = case({PATH: BODY, "content/articles/b.md": f"{RELIEF}\n"}, {LEDGER: signed_by(f"{PAIN}\n")})
    assert told(made) == [
        "EV701 warning: 1 of 2 claims is not signed off by a clinician",
        "EV701 warning: 1 of 1 claim is not signed off by a clinician",
    ]


def test_required_is_an_error_for_each_claim_and_stops_publication() -> None:
    report = check(case(BODY, policy=Policy(sign_off="required")), RULES)
    found = [one for one in report.problems if one.code == "EV701"]
    assert [one.severity for one in found] == [Severity.ERROR] * 2
    assert report.failed
    assert all(one.claim and one.claim in (one.fix or "") for one in found)


def test_required_of_one_kind_only() -> None:
    made = case(BODY, {LEDGER: signed_by(f"{RELIEF}\n")})
    kinds = {one.sentence.split()[0]: one.kind for one in with_claims(made).claims}
    policy = Policy(sign_off="off", sign_off_kinds={kinds["Nausea"]: "required"})
    wanted = sum(kind == kinds["Nausea"] for kind in kinds.values())
    found = [one for one in problems(replace(made, policy=policy)) if one.code == "EV701"]
    assert [one.severity for one in found] == [Severity.ERROR] * wanted


def test_off_says_nothing_of_missing_and_lapsed_ones() -> None:
    body = BODY.replace("no difference", "little difference")
    assert told(case(body, {LEDGER: SIGNED}, policy=Policy(sign_off="off"))) == []


def test_a_rejected_claim_is_an_error_whatever_the_policy() -> None:
    rejected = signed_by(f"{PAIN}\n", verdict="reject")
    for level in ("off", "warn", "required"):
        made = case(f"{PAIN}\n", {LEDGER: rejected}, policy=Policy(sign_off=level))
        assert told(made) == [
            'EV703 error: "At 60 minutes, fluids made no difference to pain." was rejected by ann-sample on 2026-11-20: why'
        ]


def test_drafts_and_claims_without_a_source_are_not_signed_yet() -> None:
    draft = (HEAD + BODY).replace("---\n\n", "status: draft\n---\n\n", 1)
    assert told(case(draft, policy=Policy(sign_off="required"))) == []
    assert told(case("Fluids ease pain.\n", policy=Policy(sign_off="required"))) == []


def test_a_signature_of_a_sentence_that_is_gone_is_told_but_not_where_only_one_file_is_checked() -> None:
    made = case(f"{PAIN}\n", {LEDGER: SIGNED})
    assert told(made) == [
        'EV702 warning: the signed sentence "Nausea was the same with fluids and without." is nowhere on the site any more'
    ]
    assert problems(made)[0].place.path == LEDGER
    assert told(replace(made, whole=False)) == []


# --------------------------------------------------------------------------------------------- the ledger


def spoiled(old: str, new: str) -> str:
    assert old in SIGNED
    return SIGNED.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("[[review]]\nclaim = \n", "this file cannot be read", 2),
        (spoiled('"ann-sample"', '"an-sample"'), 'there is no person "an-sample" in people.toml', 11),
        (spoiled('"ann-sample"', '"cy-sample"'), '"cy-sample" signed as editor; only a clinician signs', 11),
        (spoiled("2026-11-20", "2026-13-20"), "this file cannot be read", 13),
        (spoiled("2026-11-20", '"2026-11-20"'), '"date" is not a day', 13),
        (spoiled("2026-11-20", "2026-11-26"), "the date 2026-11-26 is in the future (today is 2026-11-25)", 13),
        (SIGNED + SIGNED, "is signed twice here; the first is on line 4", len(SIGNED.splitlines()) + 4),
        (spoiled("no difference", "a difference"), "the record was changed after it was signed", 10),
        (spoiled("ann-sample", "bo-sample"), "the record was changed after it was signed", 10),
        (spoiled("2026-11-20", "2026-11-24"), "the record was changed after it was signed", 10),
        (spoiled('note = ""', 'note = "read in full"'), "the record was changed after it was signed", 10),
        (spoiled('source = "jones', 'source = "smith'), "the record was changed after it was signed", 10),
        (re.sub('claim = "[0-9a-f]+"', 'claim = "0123456789"', SIGNED, count=1), "the record was changed after", 10),
        (
            spoiled('verdict = "accept"\nnote = ""', 'verdict = "reject"\nnote = "no"'),
            "the record was changed after",
            10,
        ),
        (spoiled("4.9 points", "5.9 points"), "the record was changed after it was signed", 10),
        (spoiled('verdict = "accept"', 'verdict = "maybe"'), 'there is no verdict "maybe"', 14),
        (spoiled('verdict = "accept"', 'verdict = "reject"'), "the rejection has no reason", 15),
        (spoiled('claim = "', 'claim = "x'), "is no id of a claim", 4),
        (spoiled("hash = ", "hsh = "), 'has no field "hsh"', 10),
        (spoiled('source = "', 'sauce = "'), "needs words for source", 7),
        (spoiled('role = "clinician"', 'role = "editor"'), '"ann-sample" signed as editor; only a clinician', 12),
        (spoiled('role = "clinician"\n', ""), "needs words for role", 3),
        (spoiled('person = "ann-sample"\n', ""), "needs words for person", 3),
        (spoiled("date = 2026-11-20\n", ""), "needs the field date", 3),
        (spoiled('verdict = "accept"\n', ""), "needs the field verdict", 3),
    ],
)
def test_a_bad_ledger_is_told_with_its_place_and_signs_nothing(text: str, words: str, line: int) -> None:
    made = case(BODY, {LEDGER: text})
    found = [one for one in problems(made) if one.code == "EV704"]
    assert any(words in one.message for one in found), [one.message for one in found]
    assert found[0].severity is Severity.ERROR
    assert found[0].place.path == LEDGER
    assert all(one.fix for one in found)
    assert PATH not in reviews(with_claims(made).signoffs, made.ledger)
    assert any(one.place.line == line for one in found), [(one.place.line, one.message) for one in found]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("[ann-sample\n", "this file cannot be read"),
        (PEOPLE.replace('interests = "none"', "", 1), 'the person "ann-sample" needs words for interests'),
        (PEOPLE.replace('credentials = "MD"', "", 1), 'the person "ann-sample" needs words for credentials'),
        (PEOPLE.replace('name = "Ann Sample"', "", 1), 'the person "ann-sample" needs words for name'),
        (PEOPLE.replace('role = "clinician"', 'role = "boss"', 1), 'there is no role "boss"'),
        (PEOPLE.replace("ann-sample", "Ann", 1), 'the id "Ann" is not made of a-z'),
        ("name = 1\n", "is not a table"),
    ],
)
def test_a_bad_list_of_people_is_told_and_nobody_of_it_signs(people: str, words: str) -> None:
    made = case(BODY, {LEDGER: SIGNED}, people=people)
    found = [one for one in problems(made) if one.code == "EV704"]
    assert words in found[0].message
    assert found[0].place.path == "content/people.toml"
    assert "signed" not in states(made)


def test_the_seal_of_words_beyond_ascii_stays_what_ledgers_hold() -> None:
    """Were it worked out otherwise, every signature on such a claim would lapse, and one by the old way would never hold again."""
    ledger = case(BODY, {LEDGER: SIGNED}).ledger
    assert ledger
    bare = replace(ledger.signatures[0], sentence="Naïve – 5 µg helped.", rests=(), context=None)
    assert seal(bare) == "6e355b204ff5be9c"
    assert seal(replace(bare, sentence="Naïve – 5 µg helped!")) != seal(bare)


def test_without_a_list_of_people_nothing_is_signed() -> None:
    made = case(BODY, {LEDGER: SIGNED}, people=None)
    assert "signed" not in states(made)
    assert {one.code for one in problems(made) if one.severity is Severity.ERROR} == {"EV704"}


@pytest.mark.parametrize("author", ["Ann Sample", "ann-sample", "Cy Sample; Ann  sample", "Cy Sample, Ann Sample"])
def test_nobody_reviews_their_own_work(author: str) -> None:
    body = HEAD.replace("title: T", f"title: T\nauthors: {author}") + BODY
    made = case(body, {LEDGER: SIGNED})
    assert set(states(made)) == {"void"}
    assert told(made)[0] == f'EV704 error: "ann-sample" signed a claim of {PATH}, which they wrote'
    assert states(case(body, {LEDGER: signed_by(body, "bo-sample")})) == ["signed", "signed"]


def test_the_sites_own_author_wrote_what_names_nobody() -> None:
    document = read(HEAD + BODY, PATH)
    assert authors_of(document, Policy(author="Ann Sample")) == {"ann sample"}
    assert set(states(case(BODY, {LEDGER: SIGNED}, policy=Policy(author="Ann Sample")))) == {"void"}


def test_the_person_in_the_readme_is_sound() -> None:
    readme = Path(__file__).parents[2] / "README.md"
    blocks = re.findall(r"```toml\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    (block,) = [one for one in blocks if "credentials = " in one]
    ledger = parse_ledger(block, {})
    assert ledger.faults == ()
    assert [one.role for one in ledger.people.values()] == ["clinician"]


# ---------------------------------------------------------------------------------------------- the page


def test_the_page_is_reviewed_only_with_every_claim_signed() -> None:
    made = with_claims(case(BODY, {LEDGER: SIGNED}))
    found = reviews(made.signoffs, made.ledger).get(PATH)
    assert found
    assert (found.line, found.claims, found.first) == ("Reviewed by Ann Sample, MD", 2, "2026-11-20")
    assert found.detail == (
        "Reviewed by Ann Sample, MD, on 20 November 2026: each of its 2 claims, with the sources and findings it rests on. "
        "Interests: Ann Sample: none"
    )
    part = with_claims(case(BODY, {LEDGER: signed_by(f"{PAIN}\n")}))
    assert reviews(part.signoffs, part.ledger).get(PATH) is None
    empty = with_claims(case("Where does it hurt?\n", {LEDGER: SIGNED}))
    assert reviews(empty.signoffs, empty.ledger).get(PATH) is None


def test_two_reviewers_on_two_days() -> None:
    one, other = signed_by(f"{PAIN}\n"), signed_by(f"{NAUSEA}\n", "bo-sample", day="2026-11-24")
    made = with_claims(case(BODY, {LEDGER: one, "content/reviews/other.toml": other}))
    found = reviews(made.signoffs, made.ledger).get(PATH)
    assert found
    assert found.line == "Reviewed by Ann Sample, MD and Bo Sample, PhD"
    assert "from 20 November 2026 to 24 November 2026" in found.detail


# ------------------------------------------------------------------------------------- for any words at all


@settings(deadline=None)  # a busy machine is no fault of the words
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.text(max_size=20).filter(str.isprintable))
def test_any_words_come_back_from_the_ledger(note: str, locator: str) -> None:
    whole = with_claims(case())
    assert whole.ledger
    known = stated(whole.claims, whole.documents, whole.supported, whole.library)[0]
    basis = replace(known.basis[0], locator=locator.strip())
    one = signed(
        replace(known, basis=(basis,)), whole.ledger.people["ann-sample"], "2026-11-20", "accept", note.strip()
    )
    back: Ledger = parse_ledger(PEOPLE, {LEDGER: ledger_text([one])})
    assert back.faults == ()
    assert [replace(found, place=one.place) for found in back.signatures] == [one]


def test_the_report_holds_the_states() -> None:
    report: Report = check(case(BODY, {LEDGER: SIGNED}), RULES)
    assert [one.state for one in report.signoffs.all] == [SignState.SIGNED] * 2


def test_somebody_whom_nobody_knows_is_told_once_with_the_number_of_blocks() -> None:
    strange = SIGNED.replace('"ann-sample"', '"dee-other"')
    found = [one for one in problems(case(BODY, {LEDGER: strange})) if one.code == "EV704"]
    assert [one.message for one in found] == ['there is no person "dee-other" in people.toml, whom 2 blocks name']
    assert found[0].fix == "add this person to people.toml, or delete the blocks"
    assert set(states(case(BODY, {LEDGER: strange}))) == {"not signed"}


def test_what_was_rejected_is_not_accepted_by_an_edit() -> None:
    no = SIGNED.replace('verdict = "accept"', 'verdict = "reject"').replace('note = ""', 'note = "not so"')
    assert "signed" not in states(case(BODY, {LEDGER: no}))
