"""Each service's answers in its own format: which work it is, and what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence.model import Mark, MarkKind, Name
from evidence.registry import Client, Trouble, arxiv, crossref, datacite, load, openlibrary, pubmed
from evidence.registry.retraction_watch import parse
from registries import BOOK, QUICK, RW_HEAD, Registries, notice, rw_row, update
from registries import crossref as crossref_answer
from registries import datacite as datacite_answer
from registries import pubmed as pubmed_answer

DAY = "2026-11-25"
DOI = "10.1000/fluids"
COCHRANE = "10.1002/14651858.CD005296.pub2"


@pytest.fixture
def client(registries: Registries) -> Client:
    return Client("ed@clinic.org", DAY, None, registries.addresses(), QUICK, lambda _: None)


def kinds(marks: tuple[Mark, ...]) -> set[str]:
    return {mark.kind.value for mark in marks}


# ----------------------------------------------------------------------------------------------- Crossref


def test_crossref_tells_the_work(registries: Registries, client: Client) -> None:
    registries.works[DOI] = crossref_answer(DOI, subtitle=["a post hoc analysis"])
    work = crossref.by_doi(client, "10.1000/FLUIDS")
    assert work is not None
    assert (work.title, work.years, work.marks) == ("Fluids for migraine: a post hoc analysis", ("2020",), ())
    assert work.authors == (Name("Lee", "Bo"), Name("Smith", "Ann M."))
    assert work.fields["pages"] == "713--716"
    assert "mailto=ed%40clinic.org" in registries.questions("crossref")[0]
    assert crossref.by_doi(client, "10.1000/nothing") is None


ODD = [
    "10.1000/a,b",
    "10.1002/(SICI)1096-8628(19960122)61:3<216::AID-AJMG3>3.0.CO;2-S",
    "10.1000/a;b#c?d=e%20&f+g/h",
    "10.1000/naïve",
]


@pytest.mark.parametrize("doi", ODD)
def test_odd_dois_are_quoted(registries: Registries, client: Client, doi: str) -> None:
    registries.works[doi.lower()] = crossref_answer(doi, **{"updated-by": [update("retraction")]})
    registries.data[doi.lower()] = datacite_answer(doi)
    work, other = crossref.by_doi(client, doi), datacite.by_doi(client, doi)
    assert work is not None
    assert other is not None
    assert (work.id, other.id) == (doi.lower(), doi.lower())
    assert kinds(work.marks) == {"retracted"}
    assert datacite.exists(client, doi)
    assert not datacite.exists(client, doi + "x")


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, set()),
        ({"updated-by": [update("retraction")]}, {"retracted"}),
        ({"updated-by": [update("retraction", source="retraction-watch"), update("retraction")]}, {"retracted"}),
        ({"updated-by": [update("withdrawal")]}, {"retracted"}),
        ({"updated-by": [update("removal")]}, {"retracted"}),
        ({"updated-by": [update("correction")]}, {"corrected"}),
        ({"updated-by": [update("erratum")]}, {"corrected"}),
        ({"updated-by": [update("corrigendum")]}, {"corrected"}),
        ({"updated-by": [update("expression_of_concern")]}, {"expression of concern"}),
        ({"updated-by": [update("expression-of-concern")]}, {"expression of concern"}),
        ({"updated-by": [update("partial_retraction")]}, {"expression of concern"}),
        ({"updated-by": [update("retraction", label="Retraction and replacement")]}, {"retracted and replaced"}),
        ({"updated-by": [update("retraction"), update("reinstatement")]}, {"retracted", "reinstated"}),
        ({"updated-by": [update("new_version")]}, {"superseded"}),
        ({"updated-by": [update("some_new_word")]}, {"corrected"}),
        ({"relation": {"is-replaced-by": [{"id-type": "doi", "id": "10.1000/b"}]}}, {"superseded"}),
        ({"title": ["RETRACTED: Fluids for migraine"]}, {"retracted"}),
        ({"title": ["RETRACTED ARTICLE: Fluids for migraine"]}, {"retracted"}),
        ({"title": ["WITHDRAWN: Fluids for migraine"]}, {"retracted"}),
        ({"title": ["Fluids for migraine [Retracted]"]}, {"retracted"}),
        ({"title": ["[Retracted] Fluids for migraine"]}, {"retracted"}),
        ({"title": ["Retracted and Republished: Fluids for migraine"]}, {"retracted and replaced"}),
        # the notice itself, which is about another work
        ({"update-to": [update("retraction", "10.1000/other")]}, set()),
        ({"title": ["RETRACTED: Fluids"], "update-to": [update("retraction", "10.1000/other")]}, set()),
        # retracted in place: the publisher updates the very DOI
        ({"update-to": [update("retraction", DOI)]}, {"retracted"}),
        # the words in an ordinary title
        ({"title": ["Retracted articles in neurology: a survey"]}, set()),
        ({"title": ["Retracted papers: a survey"]}, set()),
        ({"title": ["Withdrawn treatments for migraine"]}, set()),
        ({"title": ["Withdrawn drugs: what became of them"]}, set()),
        ({"title": ["Citations to articles (retracted and not)"]}, set()),
    ],
)
def test_crossref_marks(registries: Registries, client: Client, more: dict[str, object], found: set[str]) -> None:
    registries.works[DOI] = crossref_answer(DOI, **more)
    work = crossref.by_doi(client, DOI)
    assert work is not None
    assert kinds(work.marks) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"updated-by": [update("withdrawal")]}, {"superseded"}),
        ({"updated-by": [update("retraction", "10.1002/14651858.CD005296.pub3")]}, {"superseded"}),
        ({"updated-by": [update("new_version", "10.1002/14651858.CD005296.pub3")]}, {"superseded"}),
        ({"title": ["WITHDRAWN: Fluids"], "updated-by": [update("retraction")]}, {"superseded"}),
        ({"updated-by": [update("retraction", "10.1002/14651858.CD009999")]}, {"retracted"}),
    ],
)
def test_a_withdrawn_cochrane_review_is_no_retraction(
    registries: Registries, client: Client, more: dict[str, object], found: set[str]
) -> None:
    registries.works[COCHRANE.lower()] = crossref_answer(COCHRANE, **more)
    work = crossref.by_doi(client, COCHRANE)
    assert work is not None
    assert kinds(work.marks) == found


def test_a_web_page_that_says_404_is_nobodys_word_on_a_doi(registries: Registries, client: Client) -> None:
    for service, ask in (("crossref", crossref.by_doi), ("datacite", datacite.by_doi), ("doi.org", datacite.exists)):
        registries.moods[service] = ["portal 404"]
        with pytest.raises(Trouble, match="log-in page"):
            ask(client, DOI)


def test_crossref_in_bare_bones(registries: Registries, client: Client) -> None:
    registries.works[DOI] = {
        "status": "ok",
        "message": {"DOI": DOI, "title": [], "author": [{"name": "The DRIP Group"}]},
    }
    work = crossref.by_doi(client, DOI)
    assert work is not None
    assert (work.title, work.years, work.authors) == ("", (), (Name("The DRIP Group", body=True),))


# ----------------------------------------------------------------------------------------------- DataCite


def test_datacite_tells_the_work(registries: Registries, client: Client) -> None:
    registries.data[DOI] = datacite_answer(DOI, publisher={"name": "Zenodo"})
    work = datacite.by_doi(client, DOI)
    assert work is not None
    assert (work.title, work.years, work.authors, work.marks) == (
        "Fluids for migraine",
        ("2020",),
        (Name("Lee", "Bo"),),
        (),
    )
    registries.data[DOI] = datacite_answer(
        DOI, relatedIdentifiers=[{"relationType": "IsObsoletedBy", "relatedIdentifier": "10.1000/B"}]
    )
    work = datacite.by_doi(client, DOI)
    assert work is not None
    assert work.marks == (Mark(MarkKind.SUPERSEDED, notice="10.1000/b"),)


# ------------------------------------------------------------------------------------------------- PubMed


def test_pubmed_tells_the_work(registries: Registries, client: Client) -> None:
    registries.articles["123"] = pubmed_answer("123", "Effect of <i>IV</i> fluids &amp; H<sub>2</sub>O.")
    work = pubmed.by_pmid(client, "123")
    assert work is not None
    assert work.title == "Effect of IV fluids & H2O"
    assert (work.authors[0], work.years, work.marks) == (Name("Lee", "Bo"), ("2020",), ())
    assert work.ids == {"doi": DOI, "pmcid": "PMC7000001", "pmid": "123"}
    assert (work.fields["journal"], work.fields["pages"]) == ("Headache", "713--716")
    asked = registries.questions("pubmed")[0]
    assert "tool=evidence" in asked
    assert "email=ed%40clinic.org" in asked


def test_a_pmid_that_does_not_exist_is_told_from_one_that_fails(registries: Registries, client: Client) -> None:
    assert pubmed.by_pmid(client, "99999999") is None
    registries.articles["123"] = '<?xml version="1.0"?><PubmedArticleSet></PubmedArticleSet>'
    with pytest.raises(Trouble, match="does not send the record"):
        pubmed.by_pmid(client, "123")
    registries.articles["123"] = pubmed_answer("124")
    with pytest.raises(Trouble, match="another record"):
        pubmed.by_pmid(client, "123")
    registries.articles["123"] = pubmed_answer("123")
    for mood, words in (
        ("half whole", "only half"),
        ("portal", "log-in page"),
        ("other xml", "form"),
        ("garbage", "no XML"),
    ):
        registries.moods["pubmed"] = [mood]
        with pytest.raises(Trouble, match=words):
            pubmed.by_pmid(client, "123")


def test_a_search_that_finds_other_works_finds_nothing(registries: Registries, client: Client) -> None:
    registries.searches[DOI] = ["124", "123"]
    registries.articles["124"] = pubmed_answer("124", doi="10.1000/other")
    assert pubmed.by_doi(client, DOI.replace("fluids", "salt")) is None
    registries.articles["123"] = pubmed_answer("123", doi="10.1000/FLUIDS")
    work = pubmed.by_doi(client, DOI)
    assert work is not None
    assert work.id == "123"


RETRACTED = ("Journal Article", "Retracted Publication")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, set()),
        ({"notices": notice("RetractionIn")}, {"retracted"}),
        ({"kinds": RETRACTED, "notices": notice("RetractionIn")}, {"retracted"}),
        ({"kinds": RETRACTED}, {"retracted"}),
        ({"kinds": RETRACTED, "notices": notice("RetractedandRepublishedIn")}, {"retracted and replaced"}),
        ({"notices": notice("RetractionIn") + notice("RepublishedIn")}, {"retracted and replaced"}),
        ({"notices": notice("ErratumIn")}, {"corrected"}),
        ({"notices": notice("CorrectedandRepublishedIn")}, {"corrected"}),
        ({"notices": notice("ExpressionOfConcernIn")}, {"expression of concern"}),
        ({"notices": notice("UpdateIn")}, {"superseded"}),
        # the notice itself, or what it is about
        ({"kinds": ("Retraction of Publication",), "notices": notice("RetractionOf")}, set()),
        ({"notices": notice("ErratumFor") + notice("CommentIn") + notice("UpdateOf")}, set()),
        ({"notices": notice("ExpressionOfConcernFor") + notice("RetractedandRepublishedFrom")}, set()),
        ({"title": "RETRACTED: Fluids for migraine."}, {"retracted"}),
        ({"title": "WITHDRAWN: Fluids.", "doi": COCHRANE, "kinds": RETRACTED, "notices": notice("RetractionIn")}, {"superseded"}),
        ({"doi": COCHRANE, "kinds": RETRACTED, "notices": notice("UpdateIn")}, {"superseded"}),
        ({"doi": COCHRANE, "kinds": RETRACTED, "notices": notice("RetractionIn")}, {"retracted"}),
    ],
)  # fmt: skip
def test_pubmed_marks(registries: Registries, client: Client, given: dict[str, str], found: set[str]) -> None:
    registries.articles["123"] = pubmed_answer("123", **given)  # type: ignore[arg-type]
    work = pubmed.by_pmid(client, "123")
    assert work is not None
    assert kinds(work.marks) == found
    assert all(mark.date == "2021-05-03" for mark in work.marks if mark.notice == "PMID 20137807")


def test_pmcids_are_converted(registries: Registries, client: Client) -> None:
    registries.conversions["PMC7"] = {"pmcid": "PMC7", "pmid": 123, "doi": DOI}
    assert pubmed.converted(client, "PMC7") == {"pmid": "123", "doi": DOI}
    assert pubmed.converted(client, "PMC8") == {}
    registries.moods["pmc"] = ["other shape"]
    with pytest.raises(Trouble):
        pubmed.converted(client, "PMC7")


# ------------------------------------------------------------------------------------- Open Library, arXiv


def test_open_library_tells_the_book(registries: Registries, client: Client) -> None:
    registries.books["ISBN:9783161484100"] = BOOK
    work = openlibrary.by_isbn(client, "9783161484100")
    assert work is not None
    assert (work.title, work.years) == ("Migraine and drips: a history", ("1995",))
    assert (work.authors, work.fields["publisher"]) == ((Name("Sacks", "Oliver"),), "Picador")
    assert openlibrary.by_isbn(client, "9780000000000") is None


def test_arxiv_tells_the_preprint(registries: Registries, client: Client) -> None:
    registries.preprints = {"2101.00001": "12 pages", "2101.00002": "This paper has been withdrawn by the author"}
    work = arxiv.by_id(client, "2101.00001")
    assert work is not None
    assert (work.title, work.years) == ("A model of cortical spreading depression", ("2021",))
    assert (work.authors[0], work.marks) == (Name("Lee", "Bo K."), ())
    withdrawn = arxiv.by_id(client, "2101.00002")
    assert withdrawn is not None
    assert kinds(withdrawn.marks) == {"retracted"}
    assert arxiv.by_id(client, "2101.99999") is None


# ---------------------------------------------------------------------------------------- Retraction Watch


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (rw_row("10.1000/other"), set()),
        (rw_row(DOI), {"retracted"}),
        (rw_row("10.1000/FLUIDS"), {"retracted"}),
        (rw_row("Unavailable", pmid="123"), {"retracted"}),
        (rw_row(DOI, "Expression of concern"), {"expression of concern"}),
        (rw_row(DOI, "Correction", "+Error in Data;"), {"corrected"}),
        (rw_row(DOI, "Retraction", "+Retract and Replace;"), {"retracted and replaced"}),
        (rw_row(DOI) + rw_row(DOI, "Reinstatement", day="6/1/2022 0:00"), {"retracted", "reinstated"}),
        (rw_row(DOI, "Something new"), {"expression of concern"}),
        (rw_row(DOI, reason="+Withdrawal;"), {"retracted"}),
    ],
)
def test_retraction_watch_marks(rows: str, found: set[str]) -> None:
    answer = parse(RW_HEAD + rw_row("10.1000/x") + rows, DAY).about({"doi": DOI, "pmid": "123"}, "e", DAY)
    assert kinds(answer.marks) == found
    assert answer.checked == DAY


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("+Withdrawal;+Out of Date;", "superseded"), ("+Withdrawal;+Falsification/Fabrication of Data;", "retracted")],
)
def test_retraction_watch_on_cochrane(reason: str, kind: str) -> None:
    answer = parse(RW_HEAD + rw_row(COCHRANE, reason=reason), DAY).about({"doi": COCHRANE}, "e", DAY)
    assert kinds(answer.marks) == {kind}


def test_the_day_of_the_data_is_that_of_its_newest_notice() -> None:
    rows = rw_row("10.1000/a", day="11/20/2026 0:00") + rw_row("10.1000/b", day="1/2/2027 0:00") + rw_row("10.1000/c")
    notices = parse(RW_HEAD + rows, DAY)
    assert notices.day == "2026-11-20"
    assert notices.about({"doi": DOI}, "e", DAY).data == "2026-11-20"


def test_the_newer_header_with_a_comma_at_its_end(registries: Registries) -> None:
    text = RW_HEAD.replace("Notes\n", "Notes,\n") + rw_row(DOI).replace(",No,\n", ",No,,\n")
    assert kinds(parse(text, DAY).about({"doi": DOI}, "e", DAY).marks) == {"retracted"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no Retraction Watch file"),
        ("<!DOCTYPE html><html></html>", "no Retraction Watch file"),
        ("Title,DOI\nx,10.1/a\n", "no Retraction Watch file"),
        (RW_HEAD, "holds no notices"),
        (RW_HEAD + rw_row(DOI)[:-30], "cut off"),
        (RW_HEAD + rw_row("10.1/a") + '4242,"Fluids, and', "half there"),
    ],
)
def test_another_file_or_half_of_it_is_trouble(text: str, words: str) -> None:
    with pytest.raises(Trouble, match=words):
        parse(text, DAY)


def test_the_file_comes_from_a_path_or_an_address(registries: Registries, client: Client, tmp_path: Path) -> None:
    registries.retractions = RW_HEAD + rw_row(DOI)
    (tmp_path / "rw.csv").write_text(registries.retractions, encoding="utf-8")
    for where in ("rw.csv", f"{registries.address}/retraction-watch/data.csv"):
        assert kinds(load(client, where, tmp_path).about({"doi": DOI}, "e", DAY).marks) == {"retracted"}
    for mood, words in (("portal", "log-in page"), ("half…", "broke off")):
        registries.moods["retraction-watch"] = [mood]
        with pytest.raises(Trouble, match=words):
            load(client, f"{registries.address}/retraction-watch/other.csv", tmp_path)
    registries.retractions, registries.moods = None, {}
    with pytest.raises(Trouble, match="no file"):
        load(client, f"{registries.address}/retraction-watch/gone.csv", tmp_path)
    with pytest.raises(Trouble, match="cannot be read"):
        load(client, "nowhere.csv", tmp_path)
