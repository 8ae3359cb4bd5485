"""What a sentence stands in: headings, lists and tables are part of what is signed and of what is compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evidence.changes import changes
from evidence.checking import with_claims
from evidence.reading import read
from evidence.signoff.ledger import parse_ledger
from evidence.signoff.records import seal
from evidence.support.basis import stated
from evidence.support.context import contexts
from samples import HEAD, PEOPLE
from signed_sites import LEDGER, PATH, case, signed_by, states, told

CARE = """\
## Act now

### Call 911 or go to the nearest emergency department

Call 911 if the headache:

- came suddenly and is the worst you have had [@jones2019fluid]
- came with a fever [@jones2019fluid]

### Call a doctor the same day

Call your doctor if the headache:

- is new after the age of 50 [@jones2019fluid]

## What was found

Pain after an hour, in 49 people [@jones2019fluid].

| Outcome | With 1 liter | Without |
|---|---|---|
| Fall in pain | 4.5 points | 4.9 points [@jones2019fluid] |

Nausea was the same with fluids and without [@jones2019fluid#nausea].
"""
SUDDEN = "- came suddenly and is the worst you have had [@jones2019fluid]\n"
DOCTOR = "Call your doctor if the headache:\n\n"
CHANGES = [
    (
        CARE.replace("With 1 liter | Without", "Without | With 1 liter"),
        1,
        'column headings changed from "Outcome | With 1 liter | Without" to "Outcome | Without | With 1 liter"',
    ),
    (
        CARE.replace(SUDDEN, "").replace(DOCTOR, DOCTOR + SUDDEN),
        1,
        'moved under "Act now" > "Call a doctor the same day", '
        'was under "Act now" > "Call 911 or go to the nearest emergency department"; '
        'moved in the list "Call your doctor if the headache:", was in the list "Call 911 if the headache:"',
    ),
    (
        CARE.replace("### Call 911 or go to the nearest emergency department", "### Ask your clinic within a week"),
        2,
        'heading changed from "Call 911 or go to the nearest emergency department" to "Ask your clinic within a week"',
    ),
    (CARE.replace("Act now", "Wait"), 3, 'heading changed from "Act now" to "Wait"'),
    (
        CARE.replace("Call 911 if", "Do nothing if"),
        2,
        'introduction of its list changed from "Call 911 if the headache:" to "Do nothing if the headache:"',
    ),
    (
        CARE.replace("in 49 people", "in 49 horses"),
        1,
        'words above its table changed from "Pain after an hour, in 49 people." to "Pain after an hour, in 49 horses."',
    ),
    (
        CARE.replace("### Call 911 or go to the nearest emergency department\n\n", ""),
        2,
        'moved under "Act now", was under "Act now" > "Call 911 or go to the nearest emergency department"',
    ),
]


@pytest.mark.parametrize(("after", "number", "words"), CHANGES)
def test_a_changed_context_lapses_the_signatures_and_is_told_by_the_comparison(
    after: str, number: int, words: str
) -> None:
    assert after != CARE
    assert set(states(case(CARE, {LEDGER: signed_by(CARE)}))) == {"signed"}
    made = case(after, {LEDGER: signed_by(CARE)})
    lapsed = [line for line in told(made) if "EV702" in line]
    assert states(made).count("lapsed") >= number
    assert sum(f"ann-sample signed it on 2026-11-20: {words}" in line for line in lapsed) == number
    old, new = (with_claims(one) for one in (case(CARE), made))
    first, second = (stated(one.claims, one.documents, one.supported, one.library) for one in (old, new))
    found = changes(first, second)
    assert sum(one.kind.value == "context changed" and "; ".join(one.context) == words for one in found) == number


LIST = """\
## Act now

Do this for one of these signs [@jones2019fluid]:

- **Sudden onset:** all at once.
- **Fever.**

## Wait

Do this for these [@jones2019fluid#setting]:

- **Change.**

Table 1. What to do [@jones2019fluid#nausea].

| Sign | Do |
|---|---|
| Fever | Call |
"""


def test_an_item_that_is_no_claim_is_part_of_what_the_sentence_above_its_list_says() -> None:
    line = "- **Sudden onset:** all at once.\n"
    assert set(states(case(LIST, {LEDGER: signed_by(LIST)}))) == {"signed"}
    made = case(LIST.replace(line, "").replace("- **Change", f"{line}- **Change"), {LEDGER: signed_by(LIST)})
    lapsed = [line for line in told(made) if "EV702" in line]
    assert len(lapsed) == 2
    assert 'on 2026-11-20: it no longer introduces "Sudden onset: all at once."' in lapsed[0]
    assert 'on 2026-11-20: it now introduces "Sudden onset: all at once."' in lapsed[1]
    rows = told(case(LIST.replace("Fever | Call", "Fever | Sleep"), {LEDGER: signed_by(LIST)}))
    assert 'it no longer introduces "Fever: Call"; it now introduces "Fever: Sleep"' in " ".join(rows)


@pytest.mark.parametrize(
    "after",
    [
        f"A line about the site.\n\n{CARE}",
        CARE.replace("## What was found", "## Questions to ask\n\n- What is in it?\n\n## What was found"),
        CARE.replace("Call 911 if", "Call  **911** if"),
        CARE.replace(
            "### Call 911 or go to the nearest emergency department",
            "### Call 911 or go to the nearest *emergency* department",
        ),
    ],
    ids=["a line before", "another part", "emphasis", "emphasis in a heading"],
)
def test_what_changes_elsewhere_lapses_nothing(after: str) -> None:
    assert set(states(case(after, {LEDGER: signed_by(CARE)}))) == {"signed"}


def test_a_record_of_before_the_context_was_recorded_has_lapsed() -> None:
    body = "Nausea was the same with fluids and without [@jones2019fluid#nausea].\n"
    ledger = case(body, {LEDGER: signed_by(body)}).ledger
    assert ledger
    one = ledger.signatures[0]
    old = signed_by(body).replace("context = []\n", "").replace(one.hash, seal(replace(one, context=None)))
    assert "context" not in old
    assert not parse_ledger(PEOPLE, {LEDGER: old}).faults
    made = case(body, {LEDGER: old})
    assert states(made) == ["lapsed"]
    assert "its headings, list and table were not recorded when it was signed" in told(made)[0]


def test_a_record_whose_context_was_edited_signs_nothing() -> None:
    edited = signed_by(CARE).replace("Act now", "Wait")
    faults = parse_ledger(PEOPLE, {LEDGER: edited}).faults
    assert len(faults) == 3
    assert all("was changed after it was signed" in one.what for one in faults)
    odd = parse_ledger(PEOPLE, {LEDGER: signed_by(CARE).replace('"heading: Act now"', '"Act now"')}).faults
    assert odd[0].what == '"Act now" is not what a sentence can stand in'
    assert '"heading: " or' in (odd[0].fix or "")


def test_what_was_signed_in_one_article_is_open_in_another_that_says_it_under_another_heading() -> None:
    other = "content/articles/b.md"
    first, second = (f"## {name}\n\nNausea was the same [@jones2019fluid#nausea].\n" for name in ("Found", "Doubts"))
    assert states(case({PATH: first, other: second}, {LEDGER: signed_by(first)})) == ["signed", "not signed"]
    assert states(case({PATH: first, other: first}, {LEDGER: signed_by(first)})) == ["signed", "signed"]
    assert states(case({other: second}, {LEDGER: signed_by(first)})) == ["lapsed"]


def test_lists_in_lists_lists_behind_lists_terms_and_two_tables() -> None:
    text = """\
## A

Outer:

- one says:
    - inner

1. another list

Term
:   what it means

| a | b |
|---|---|
| 1 | 2 |

| c | d |
|---|---|
| 3 | 4 |

Table 2. Below.
"""
    document = read(HEAD + text, PATH)
    shown = {
        block.text: [f"{frame.kind}: {frame.words}" for frame in frames]
        for block, frames in zip(document.blocks, contexts(document), strict=True)
    }
    assert shown["one says:"] == ["heading: A", "list: Outer:"]
    assert shown["inner"] == ["heading: A", "list: Outer:", "list: one says:"]
    assert shown["another list"] == ["heading: A"]
    assert shown["what it means"] == ["heading: A", "term: Term"]
    assert shown["1"] == ["heading: A", "columns: a | b"]
    assert shown["3"] == ["heading: A", "caption: Table 2. Below.", "columns: c | d"]
