"""A work found → an entry that reads back as the work, a key that stays, and a stub."""

from __future__ import annotations

import tomllib

import pytest
from evidence.comparing import same_name, same_title, words
from evidence.library import parse_library
from evidence.model import Name, Source
from evidence.registry import identify
from evidence.registry.entry import appended, bibtex, design_of, key_for, note_stub
from evidence.registry.works import Work
from hypothesis import given
from hypothesis import strategies as st

BALBIN = Name("Balbin", "Jerome Edward B.")


def work(title: str = "Fluids", author: Name = BALBIN, years: tuple[str, ...] = ("2016",), **fields: str) -> Work:
    return Work("crossref", "10.1000/x", title, (author,), years, type="article", fields={"journal": "J", **fields})


def read_back(made: Work) -> Source:
    read = parse_library({"references.bib": bibtex(made, "key2016")}, {})
    assert read.faults == ()
    (source,) = read.sources.values()
    return source


@pytest.mark.parametrize(
    ("title", "author", "years", "key"),
    [
        ("Intravenous fluids for migraine: a post hoc analysis", BALBIN, ("2016",), "balbin2016fluids"),
        ("Migraine and the effect of magnesium", Name("Müller-Lüdenscheidt"), ("2019", "2020"), "mullerludenscheidt2020magnesium"),
        ("Headache", Name("O’Brien", "Ann"), ("2020",), "obrien2020headache"),
        ("The 3rd edition of the classification", Name("Headache Classification Committee of the IHS", body=True), ("2018",), "hcci2018edition"),
        ("偏頭痛", Name("山田"), ("2020",), "shantian2020piantoutong"),
        ("Salt", Name("Łoś"), (), "losndsalt"),
    ],
)  # fmt: skip
def test_a_key_says_who_when_and_about_what(title: str, author: Name, years: tuple[str, ...], key: str) -> None:
    assert key_for(work(title, author, years), ()) == key


def test_a_key_that_is_taken_in_any_case_is_not_used_again() -> None:
    assert key_for(work(), {"BALBIN2016fluids", "balbin2016fluidsb"}) == "balbin2016fluidsc"


AS_READ = {
    "Effect of H<sub>2</sub>O &amp; salt: 50% of $5": "Effect of H2O & salt: 50% of $5",
    "RETRACTED: Salt_and #1": "Salt_and #1",
    "Migraine in the ED\u200b and\u00ad MgSO4\x07": "Migraine in the ED and MgSO4",
    "Naïve “use” of 5-HT – a trial": "Naïve “use” of 5-HT – a trial",
}


@pytest.mark.parametrize("title", AS_READ)
def test_a_title_reads_as_it_is_written(title: str) -> None:
    assert words(read_back(work(title)).value("title")) == words(AS_READ[title])


@pytest.mark.parametrize(
    "name",
    [Name("van der Berg", "Jan"), Name("Gilstrap", "Larry C.", suffix="III"), Name("The DRIP and Salt Group", body=True)],
)  # fmt: skip
def test_a_name_reads_as_it_is_written(name: Name) -> None:
    (read,) = read_back(work(author=name)).creators["author"]
    assert (words(f"{read.particle} {read.family}"), read.given, read.suffix) == (
        words(name.family),
        name.given,
        name.suffix,
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(words)


@given(texts, texts, texts)
def test_whatever_a_service_sends_stays_inside_its_field(title: str, family: str, journal: str) -> None:
    made = work(title, Name(family, body=True), journal=journal)
    source = read_back(made)
    assert set(source.fields) <= {"author", "title", "journal", "year"}


plain = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="<>&{}\\`'")).filter(words)


@given(plain, plain)
def test_visible_text_reads_back_as_the_same_words(title: str, family: str) -> None:
    source = read_back(work(title, Name(family, body=True)))
    assert same_title(source.value("title"), title)
    assert same_name(source.creators["author"][0], family)


@given(texts, texts)
def test_a_stub_is_read_as_toml_whatever_the_title(title: str, family: str) -> None:
    assert tomllib.loads(note_stub(work(title, Name(family)), "key2016")) == {"design": ""}


@given(st.binary(max_size=60))
def test_what_was_there_comes_first_byte_for_byte(data: bytes) -> None:
    after = appended(data, "@misc{a,\n}\n")
    assert after.startswith(data)
    assert after.removeprefix(data).replace(b"\r\n", b"\n").strip() == b"@misc{a,\n}"


def test_the_most_telling_kind_of_study_is_the_design() -> None:
    assert design_of(("Journal Article", "Randomized Controlled Trial")) == "randomised trial"
    assert design_of(("Systematic Review", "Meta-Analysis")) == "meta-analysis"
    assert design_of(("Journal Article", "Retracted Publication")) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1016/j.ajem.2015.12.080", ("doi", "10.1016/j.ajem.2015.12.080")),
        ("doi:10.1000/x", ("doi", "10.1000/x")),
        ("https://doi.org/10.1000/a%2Cb", ("doi", "10.1000/a,b")),
        ("https://onlinelibrary.wiley.com/doi/full/10.1111/head.12345", ("doi", "10.1111/head.12345")),
        ("https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD005296.pub2/full", ("doi", "10.1002/14651858.CD005296.pub2")),
        ("26795891", ("pmid", "26795891")),
        ("PMID: 26795891", ("pmid", "26795891")),
        ("https://pubmed.ncbi.nlm.nih.gov/26795891/", ("pmid", "26795891")),
        ("PMC4864000", ("pmcid", "PMC4864000")),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmc4864000/", ("pmcid", "PMC4864000")),
        ("978-3-16-148410-0", ("isbn", "9783161484100")),
        ("ISBN 0-306-40615-2", ("isbn", "0306406152")),
        ("arXiv:2101.00001v2", ("arxiv", "2101.00001")),
        ("math/0309136", ("arxiv", "math/0309136")),
        ("https://arxiv.org/pdf/2101.00001v3.pdf", ("arxiv", "2101.00001")),
        ("smith2020", None),
        ("978-3-16-148410-1", None),
        ("https://example.org/article/12345", None),
        ("0", None),
        ("", None),
    ],
)  # fmt: skip
def test_what_was_pasted_is_told_apart(text: str, found: tuple[str, str] | None) -> None:
    assert identify(text) == found
