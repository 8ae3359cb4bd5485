"""The lock: what was verified, read and written; what it says of a source; and the rules that read it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from evidence.checking import check
from evidence.errors import UnreadableError
from evidence.library import parse_library
from evidence.lock import entry_hash, lock_text, merged, parse_lock, without_strangers
from evidence.model import (
    Answer,
    AnswerState,
    Case,
    Failure,
    Library,
    Lock,
    Mark,
    MarkKind,
    Policy,
    Problem,
    Record,
    Severity,
)
from evidence.policy import policy_from
from evidence.reading import read
from evidence.rules import RULES
from evidence.standing import identifiers, marks, status
from hypothesis import given
from hypothesis import strategies as st
from samples import HEAD, LEE

NOTE = "content/sources/lee2020.toml"
ENTRY = entry_hash(parse_library({"references.bib": LEE}, {}).sources["lee2020"])
FOUND = Answer(
    "crossref", "2026-11-20", ENTRY, AnswerState.FOUND, "10.1000/fluids", "Fluids for migraine", "Lee", ("2020",)
)


def library(*answers: Answer, bib: str = LEE, note: str = "", failures: tuple[Failure, ...] = ()) -> Library:
    read = parse_library({"references.bib": bib}, {NOTE: note} if note else {})
    record = Record({one.service: one for one in answers}, {one.service: one for one in failures})
    return replace(read, lock=Lock({"lee2020": record} if answers or failures else {}))


def problems(known: Library, policy: Policy | None = None) -> list[Problem]:
    document = read(HEAD + "Fluids did not help [@lee2020].\n", "content/articles/a.md")
    report = check(Case((document,), known, policy or Policy(), frozenset({"consultation"})), RULES)
    return [one for one in report.problems if one.code in ("EV305", "EV307", "EV308", "EV309")]


def told(known: Library, policy: Policy | None = None) -> list[tuple[str, str]]:
    return [(one.code, one.severity.value) for one in problems(known, policy)]


def marked(*given: Mark, service: str = "crossref") -> Answer:
    return replace(FOUND, service=service, marks=given)


# -------------------------------------------------------------------------------------- must be left alone


@pytest.mark.parametrize(
    "known",
    [
        library(FOUND),
        library(replace(FOUND, title="FLUIDS FOR MIGRAINE: a trial", years=("2019", "2021"))),
        library(FOUND, failures=(Failure("pubmed", "2026-11-24", "no connection"),)),
        library(bib=LEE.replace("doi = {10.1000/fluids},", "url = {https://example.org},")),
        library(FOUND, replace(FOUND, service="retraction-watch", state=AnswerState.UNKNOWN, data="2026-11-18")),
        library(FOUND, bib=LEE.replace("journal = {Headache}", "journal = {Pain}, keywords = {x}, note = {y}")),
        library(marked(Mark(MarkKind.REINSTATED, "2022-01-01")), marked(Mark(MarkKind.RETRACTED, "2021-01-01"), service="pubmed")),
    ],
    ids=["found", "in other words", "another service failed", "no identifier", "no notice", "other fields", "reinstated"],
)  # fmt: skip
def test_nothing_is_told(known: Library) -> None:
    assert told(known) == []


# ------------------------------------------------------------------------------------------------ the states


def test_three_states_are_never_confused() -> None:
    failed = (Failure("crossref", "2026-11-20", "no answer in time"),)
    doi = "doi = {10.1000/fluids},"
    assert (
        status(
            library(marked(Mark(MarkKind.RETRACTED))).sources["lee2020"],
            library(marked(Mark(MarkKind.RETRACTED))).lock,
        )
        == "retracted"
    )
    for known, words in (
        (library(FOUND), "no mark found"),
        (library(failures=failed), "not verified"),
        (library(), "not verified"),
        (replace(library(), lock=None), "not verified"),
        (library(bib=LEE.replace(doi, "")), "not checkable"),
        (library(replace(FOUND, service="doi.org", state=AnswerState.UNKNOWN, title="")), "not checkable"),
        (library(replace(FOUND, service="doi.org", state=AnswerState.ABSENT, title="")), "another work, or none"),
        (library(replace(FOUND, title="Sleep in adolescent mice")), "another work, or none"),
        (library(replace(FOUND, entry="0" * 16)), "changed since verified"),
        (library(marked(Mark(MarkKind.CONCERN))), "expression of concern"),
    ):  # fmt: skip
        assert status(known.sources["lee2020"], known.lock) == words


def test_without_a_lock_there_is_one_problem_for_all() -> None:
    bib = LEE + LEE.replace("lee2020", "lee2021").replace("10.1000/fluids", "10.1000/b").replace("Fluids", "Salt")
    found = problems(replace(library(bib=bib), lock=None))
    assert [(one.code, one.severity, one.place.path, one.place.line) for one in found] == [
        ("EV307", Severity.WARNING, "references.bib", 1)
    ]
    assert "evidence sources verify" in str(found[0].fix)


def test_many_sources_with_the_same_gap_are_told_once() -> None:
    failure = Failure("crossref", "2026-11-20", "no connection")
    for many in (3, 4):
        keys = [f"lee202{number}" for number in range(many)]
        bib = "".join(
            LEE.replace("lee2020", key).replace("fluids}", f"{key}}}").replace("Fluids", f"Drip {key}")
            for key in keys
        )
        failed = {key: Record({}, {"crossref": failure}) for key in keys}
        known = replace(library(bib=bib), lock=Lock(failed))
        asked = [one.message for one in problems(known) if one.code == "EV307"]
        never = [one.message for one in problems(replace(known, lock=Lock({}))) if one.code == "EV307"]
        if many == 3:
            assert asked[0] == '"lee2020" was asked about without an answer (Crossref: no connection)'
            assert (len(asked), len(never)) == (3, 3)
        else:
            assert never == ['4 sources ("lee2020", "lee2021", "lee2022" and 1 more) were never verified']
            assert asked == [
                '4 sources ("lee2020", "lee2021", "lee2022" and 1 more) were asked about without an answer (Crossref: no connection)'
            ]


def test_on_the_public_site_what_was_not_verified_is_an_error() -> None:
    site = {"SITEURL": "https://clinic.org", "CLINIC": {"booking_url": "https://clinic.org/book"}}
    codes = [rule.code for rule in RULES]
    publish = policy_from({**site, "EVIDENCE": {"publish": True}}, codes)
    assert told(library(), publish) == [("EV307", "error")]
    assert told(replace(library(), lock=None), publish) == [("EV307", "error")]
    assert told(library(FOUND), publish) == []
    assert told(library(replace(FOUND, author="Smith")), publish) == [("EV307", "warning")]


def test_an_entry_that_was_changed_is_told_with_the_day() -> None:
    changed = LEE.replace("Lee, Bo", "Lee, Bo and Smith, Ann")
    found = problems(library(FOUND, bib=changed))
    assert [one.message for one in found] == ['"lee2020" was changed since the verification of 2026-11-20']


def test_an_edited_fingerprint_is_told_as_a_changed_entry() -> None:
    (found,) = problems(library(replace(FOUND, entry="0" * 16)))
    assert (found.code, found.message) == ("EV307", '"lee2020" was changed since the verification of 2026-11-20')


def test_a_day_far_ahead_of_a_given_today_does_not_keep_a_source_verified() -> None:
    policy = Policy(today="2026-11-24")
    (found,) = problems(library(replace(FOUND, checked="2099-01-01")), policy)
    assert found.message == '"lee2020" was verified on 2099-01-01, long after today (2026-11-24)'
    assert problems(library(replace(FOUND, checked="2026-12-24")), policy) == []


@pytest.mark.parametrize("value", ['"2020"', '{"2020": 1}', "2020"])
def test_years_that_are_no_list_are_damage(value: str) -> None:
    text = lock_text(Lock({"a": Record({"crossref": replace(FOUND, years=("2020",))})}))
    damaged = re.sub(r'"years": \[[^]]*\]', f'"years": {value}', text)
    assert damaged != text
    with pytest.raises(UnreadableError, match="is not as it was written"):
        parse_lock(damaged, "references.lock.json")


def test_a_lock_that_is_too_old_is_told_once() -> None:
    bib = LEE + LEE.replace("lee2020", "lee2021").replace("10.1000/fluids", "10.1000/b").replace("Fluids", "Salt")
    known = library(replace(FOUND, checked="2026-08-01"), bib=bib)
    second = replace(FOUND, checked="2026-08-02", id="10.1000/b", title="Salt for migraine")
    second = replace(second, entry=entry_hash(known.sources["lee2021"]))
    assert known.lock is not None
    known = replace(known, lock=Lock({**known.lock.records, "lee2021": Record({"crossref": second})}))
    found = problems(known)
    assert [one.message for one in found] == [
        '2 sources ("lee2020", "lee2021") were last verified on 2026-08-01, more than 90 days before 2026-11-24'
    ]
    assert problems(known, Policy(verified_within=200)) == []
    assert told(known, Policy(verified_within=200, today="2027-06-01")) == [("EV307", "warning")]


# -------------------------------------------------------------------------------------------------- identity


def test_another_title_is_told_with_both_side_by_side() -> None:
    (found,) = problems(library(replace(FOUND, title="Sleep in <i>adolescent</i> mice")))
    assert (found.code, found.severity) == ("EV307", Severity.ERROR)
    assert found.message == (
        'the DOI of "lee2020" leads to another work: "Fluids for migraine" here, "Sleep in adolescent mice" at Crossref'
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Relief: fluids for migraine in adults", []),
        ("Relief", []),
        ("Sleep in adolescent mice", [("EV307", "error")]),
        ("Relief: sleep in adolescent mice", [("EV307", "error")]),
    ],
)
def test_a_title_is_compared_with_its_subtitle_too(title: str, expected: list[tuple[str, str]]) -> None:
    bib = LEE.replace("{Fluids for migraine}", "{Relief}, subtitle = {Fluids for migraine in adults}")
    entry = entry_hash(parse_library({"references.bib": bib}, {}).sources["lee2020"])
    assert told(library(replace(FOUND, entry=entry, title=title), bib=bib)) == expected


def test_another_title_may_be_kept_with_a_reason() -> None:
    known = library(replace(FOUND, title="Flüssigkeit bei Migräne"), note='record_ok = "the German title"\n')
    (found,) = problems(known)
    assert (found.severity, "the German title" in found.message) == (Severity.NOTE, True)


def test_an_identifier_that_does_not_exist_is_an_error() -> None:
    (found,) = problems(library(replace(FOUND, service="doi.org", state=AnswerState.ABSENT, title="")))
    assert (found.code, found.severity) == ("EV307", Severity.ERROR)
    assert "does not exist (doi.org, 2026-11-20)" in found.message


def test_doi_and_pmid_must_be_of_one_work() -> None:
    bib = LEE.replace("doi =", "pmid = {123}, doi =")
    entry = entry_hash(parse_library({"references.bib": bib}, {}).sources["lee2020"])
    pubmed = replace(FOUND, service="pubmed", entry=entry, id="123", ids={"pmid": "123", "doi": "10.1000/other"})
    found = problems(library(replace(FOUND, entry=entry), pubmed, bib=bib))
    assert [(one.severity, one.message) for one in found] == [
        (
            Severity.ERROR,
            'the identifiers of "lee2020" are of two works: DOI 10.1000/fluids here, 10.1000/other at PubMed',
        )
    ]
    assert told(library(replace(FOUND, entry=entry), replace(pubmed, ids={"doi": "10.1000/FLUIDS"}), bib=bib)) == []


def test_another_author_or_year_is_a_warning() -> None:
    found = problems(library(replace(FOUND, author="Smith", years=("2014",))))
    assert [(one.code, one.severity) for one in found] == [("EV307", Severity.WARNING)] * 2
    assert '"Lee" here, "Smith" at Crossref' in found[0].message + found[1].message


# ----------------------------------------------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("kind", "code", "severity"),
    [
        (MarkKind.RETRACTED, "EV305", "error"),
        (MarkKind.REPLACED, "EV308", "warning"),
        (MarkKind.CONCERN, "EV308", "warning"),
        (MarkKind.CORRECTED, "EV308", "warning"),
        (MarkKind.SUPERSEDED, "EV309", "warning"),
    ],
)
def test_each_mark_has_its_rule(kind: MarkKind, code: str, severity: str) -> None:
    assert told(library(marked(Mark(kind, "2021-05-01")))) == [(code, severity)]


def test_retracted_and_replaced_is_no_retraction_whoever_says_so() -> None:
    known = library(
        marked(Mark(MarkKind.RETRACTED, "2021")), marked(Mark(MarkKind.REPLACED, "2021"), service="pubmed")
    )
    assert told(known) == [("EV308", "warning")]


def test_a_retraction_after_a_reinstatement_stands() -> None:
    known = library(marked(Mark(MarkKind.REINSTATED, "2020-01-01"), Mark(MarkKind.RETRACTED, "2021-01-01")))
    assert told(known) == [("EV305", "error")]


def test_a_source_cited_as_retracted_stays_in_the_report_as_a_note() -> None:
    known = library(marked(Mark(MarkKind.RETRACTED, "2021-05-01")), note='retracted_ok = "an example of fraud"\n')
    (found,) = problems(known)
    assert (found.code, found.severity) == ("EV305", Severity.NOTE)
    assert (
        '"lee2020" was retracted on 2021-05-01 (Crossref, 2026-11-20); cited all the same: an example'
        in found.message
    )
    (found,) = problems(library(marked(Mark(MarkKind.RETRACTED)), note='retracted_ok = "  "\n'))
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("{RETRACTED}: Drips", [("EV305", "error")]),
        ("Retracted article: Drips", [("EV305", "error")]),
        ("Drips [Retracted]", [("EV305", "error")]),
        ("RETRACTED AND REPUBLISHED: Drips", []),
        ("WITHDRAWN: Drips", []),
        ("Retracted papers on drips: a survey", []),
    ],
)
def test_a_title_that_says_it_needs_nobody_to_be_asked(title: str, said: list[tuple[str, str]]) -> None:
    bib = f"@article{{lee2020, author={{Lee, Bo}}, title={{{title}}}, journal={{J}}, year={{2020}}}}"
    found = [one for one in told(library(bib=bib)) if one[0] == "EV305"]
    assert found == said


def test_a_reason_given_in_advance_is_told() -> None:
    (found,) = [one for one in problems(library(note='retracted_ok = "why"\n')) if one.code == "EV305"]
    assert found.severity is Severity.NOTE
    assert "nobody who was asked does" in found.message


def test_a_mark_stays_when_the_entry_is_mended_and_goes_when_it_names_another_work() -> None:
    fallen = marked(Mark(MarkKind.RETRACTED))
    assert ("EV305", "error") in told(library(fallen, bib=LEE.replace("Lee, Bo", "Lee, Bob")))
    assert told(library(fallen, bib=LEE.replace("10.1000/fluids", "10.1000/salt"))) == [("EV307", "warning")]


@pytest.mark.parametrize(
    ("note", "policy", "words"),
    [
        ('design = "guideline"\nsuperseded_by = "the guideline of 2025"\n', Policy(), "superseded by the guideline of 2025"),
        ('design = "guideline"\n', Policy(max_age={"guideline": 5}), '"lee2020" is a guideline of 2020; after 5 years one is too old'),
    ],
)  # fmt: skip
def test_superseded_or_too_old(note: str, policy: Policy, words: str) -> None:
    (found,) = problems(library(FOUND, note=note), policy)
    assert (found.code, found.severity) == ("EV309", Severity.WARNING)
    assert words in found.message
    assert problems(library(FOUND, note='design = "randomised trial"\n'), policy) == []


def test_a_rule_that_is_off_is_off() -> None:
    assert told(library(marked(Mark(MarkKind.RETRACTED))), Policy(severities={"EV305": None})) == []


# ---------------------------------------------------------------------------------------- reading and writing

days = st.dates().map(str)
text = st.text(max_size=12)
answers = st.builds(
    Answer,
    service=st.sampled_from(["crossref", "pubmed", "retraction-watch"]),
    checked=days,
    entry=text,
    state=st.sampled_from(AnswerState),
    id=text,
    title=text,
    author=text,
    years=st.lists(st.from_regex(r"[0-9]{4}", fullmatch=True), unique=True).map(sorted).map(tuple),
    ids=st.dictionaries(st.sampled_from(["doi", "pmid"]), text.filter(bool)),
    marks=st.sets(st.builds(Mark, st.sampled_from(MarkKind), days, text), max_size=3).map(sorted).map(tuple),
    data=text,
)
failures = st.builds(Failure, service=st.sampled_from(["crossref", "pubmed"]), on=days, why=text)
records = st.builds(
    Record,
    st.lists(answers, max_size=3).map(lambda many: {one.service: one for one in many}),
    st.lists(failures, max_size=2).map(lambda many: {one.service: one for one in many}),
)
locks = st.builds(Lock, st.dictionaries(text, records, max_size=3))


@given(locks)
def test_a_lock_comes_back_as_it_was_and_the_same_lock_gives_the_same_bytes(lock: Lock) -> None:
    written = lock_text(lock)
    assert parse_lock(written, "references.lock.json") == lock
    backwards = Lock(dict(reversed(list(lock.records.items()))))
    assert lock_text(backwards) == written


@given(locks, text, st.lists(failures, min_size=1))
def test_a_failure_never_loses_an_answer(lock: Lock, key: str, failed: list[Failure]) -> None:
    after = merged(lock, key, failed)
    assert after.records[key].answers == lock.records.get(key, Record()).answers
    assert all(after.records[other] == record for other, record in lock.records.items() if other != key)


def test_the_last_word_on_a_doi_replaces_the_words_of_the_others() -> None:
    absent = replace(FOUND, service="doi.org", state=AnswerState.ABSENT, title="")
    lock = merged(merged(Lock(), "lee2020", [absent]), "lee2020", [FOUND])
    assert set(lock.records["lee2020"].answers) == {"crossref"}
    broken = merged(lock, "lee2020", [Failure("datacite", "2026-11-24", "HTTP 503")])
    assert set(broken.records["lee2020"].answers) == {"crossref"}
    assert set(merged(broken, "lee2020", [FOUND]).records["lee2020"].failures) == set()
    assert without_strangers(broken, ["smith2020"]).records == {}


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "null",
        "<<<<<<< HEAD\n{}\n",
        '{"schema": "evidence-lock/2", "sources": {}}',
        '{"schema": "evidence-lock/1"}',
        '{"schema": "evidence-lock/1", "sources": {"a": {}}}',
        '{"schema": "evidence-lock/1", "sources": {"a": {"answers": {"crossref": {"checked": "today"}}, "failures": {}}}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_lock_is_one_line_and_never_read_as_fine(damage: str) -> None:
    with pytest.raises(UnreadableError) as error:
        parse_lock(damage, "references.lock.json")
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("references.lock.json")


def test_the_lock_is_as_the_docstring_says() -> None:
    record = Record({"crossref": marked(Mark(MarkKind.RETRACTED, "2021-05-01"))}, {})
    data = json.loads(lock_text(Lock({"lee2020": record})))
    assert data["schema"] == "evidence-lock/1"
    assert data["sources"]["lee2020"]["answers"]["crossref"]["marks"] == [{"kind": "retracted", "date": "2021-05-01"}]


def test_identifiers_are_asked_in_order_of_what_they_tell() -> None:
    bib = "@misc{{a, title = {{T}}, {}}}"

    def ids(fields: str) -> dict[str, str]:
        return identifiers(parse_library({"r.bib": bib.format(fields)}, {}).sources["a"])

    assert ids("doi = {https://doi.org/10.1000/A}, pmid = {5}, pmcid = {PMC7}") == {"doi": "10.1000/A", "pmid": "5"}
    assert ids("doi = {10.1000/a}, pmcid = {PMC7}, eprint = {2101.00001}, archiveprefix = {arXiv}") == {
        "doi": "10.1000/a"
    }
    assert ids("pmid = {5}, pmcid = {PMC7}, isbn = {978-3-16-148410-0}") == {"pmid": "5"}
    assert ids("pmcid = {PMC7}") == {"pmcid": "PMC7"}
    assert ids("eprint = {2101.00001v2}, archiveprefix = {arXiv}") == {"arxiv": "2101.00001"}
    assert ids("isbn = {978-3-16-148410-0}") == {"isbn": "9783161484100"}
    assert ids("url = {https://example.org}") == {}
    assert marks(parse_library({"r.bib": bib.format("")}, {}).sources["a"], None) == ()
