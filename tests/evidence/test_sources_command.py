"""`evidence sources verify`, `add` and `list`, against a local server that answers as the services do."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.cli import main
from evidence.library.notes import DESIGNS
from evidence.registry.entry import design_of
from little_sites import ROOT, Site
from registries import BOOK, RW_HEAD, Registries, crossref, datacite, pubmed, rw_row

MakeSite = Callable[..., Site]
Run = Callable[..., tuple[int, str]]
BIB = """\
% kept by hand
@article{lee2020,
  author = {Lee, Bo}, title = {Fluids for migraine}, journal = {Headache}, year = {2020}, doi = {10.1000/fluids},
}
@article{smith2020,
  author = {Smith, Ann}, title = {A trial of drips}, journal = {Headache}, year = {2020}, volume = {1}, pages = {713--716},
}
"""
ARTICLE = "---\ntitle: Notes\nslug: notes\ndate: 2026-11-24\ncategory: Notes\n---\n\nPain fell in one trial [@lee2020; @smith2020].\n"
OFFER = '[consultation]\nheading = "Book"\ntext = "Text."\nbutton = "Go"\n'
TODAY = ["--date", "2026-11-25"]
PUBLIC = {"SITEURL": "https://migraine.heally.com", "BOOKING_URL": "https://heally.com/book"}


@pytest.fixture
def here(site: MakeSite, registries: Registries, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose services are the local server's; one of its two sources has a DOI, known to Crossref."""
    more = {
        "contact": "ed@clinic.org",
        "retractions": f"{registries.address}/retraction-watch/",
        "services": registries.addresses(),
    }
    settings = (ROOT / "pelicanconf.py").read_text(encoding="utf-8") + f"\nEVIDENCE.update({more!r})\n"
    made = site(
        {
            "pelicanconf.py": settings,
            "references.bib": BIB,
            "content/articles/fluids.md": ARTICLE,
            "content/ctas.toml": OFFER,
        }
    )
    registries.works["10.1000/fluids"] = crossref("10.1000/fluids")
    registries.retractions = RW_HEAD + rw_row("10.1000/other")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def run(here: Site, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command of `evidence sources`: its exit code and all it said."""

    def command(*arguments: str) -> tuple[int, str]:
        code = main(["sources", *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def answers(here: Site, key: str = "lee2020") -> dict[str, dict[str, object]]:
    lock = json.loads((here.root / "references.lock.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, object]] = lock["sources"][key]["answers"]
    return found


# ------------------------------------------------------------------------------------------------ verify


def test_verify_writes_what_was_found_where_and_when(here: Site, run: Run) -> None:
    code, said = run("verify", *TODAY)
    assert code == 0, said
    assert "lee2020: no mark found (2026-11-25)" in said
    assert "smith2020: not checkable" in said
    assert "1 source asked about, 1 not checkable" in said
    found = answers(here)
    assert (found["crossref"]["state"], found["crossref"]["checked"]) == ("found", "2026-11-25")
    assert (found["pubmed"]["state"], found["retraction-watch"]["data"]) == ("unknown", "2021-05-03")
    assert "smith2020" not in json.loads((here.root / "references.lock.json").read_text())["sources"]


def test_nobody_is_asked_without_a_contact(here: Site, run: Run, registries: Registries) -> None:
    here.write({"pelicanconf.py": (ROOT / "pelicanconf.py").read_text(encoding="utf-8")})
    code, said = run("verify")
    assert (code, "--contact" in said, registries.asked) == (2, True, [])
    assert not (here.root / "references.lock.json").exists()


@pytest.mark.parametrize(
    "mood", ["429", "500", "503", "reset", "half", "half whole", "hang", "garbage", "portal", "empty"]
)
def test_a_failure_is_told_and_keeps_what_was_known(here: Site, run: Run, registries: Registries, mood: str) -> None:
    run("verify", *TODAY)
    before = answers(here)
    registries.moods = {name: [f"{mood}…"] for name in (*registries.addresses(), "retraction-watch")}
    code, said = run("verify", "--date", "2026-11-26")
    assert code == 2, said
    assert "nothing could be looked up" in said
    assert answers(here) == before


@pytest.mark.parametrize("mood", ["429", "garbage", "half", "portal 404"])
def test_a_first_look_up_that_fails_is_not_read_as_fine(
    here: Site, run: Run, registries: Registries, mood: str
) -> None:
    registries.moods["crossref"] = [f"{mood}…"]
    code, said = run("verify", *TODAY)
    assert code == 1, said
    assert "lee2020: not verified; Crossref: " in said
    assert "crossref" not in answers(here)
    done = here.check()
    assert 'EV307 warning: "lee2020" could not be verified (Crossref: ' in done.text


def test_a_run_that_was_stopped_goes_on_where_it_was(here: Site, run: Run, registries: Registries) -> None:
    run("verify", *TODAY)
    asked = len(registries.asked)
    assert asked >= 3
    code, _ = run("verify", *TODAY)
    assert (code, len(registries.asked)) == (0, asked)
    run("verify", "--fresh", *TODAY)
    assert len(registries.asked) == 2 * asked


@pytest.mark.parametrize(
    ("title", "row", "words"),
    [
        ("Sleep in adolescent mice", "", "leads to another work"),
        ("Fluids for migraine", rw_row("10.1000/fluids"), "EV305"),
    ],
)
def test_another_work_and_a_retraction_stop_the_build(
    here: Site, run: Run, registries: Registries, title: str, row: str, words: str
) -> None:
    registries.works["10.1000/fluids"] = crossref("10.1000/fluids", title)
    registries.retractions = RW_HEAD + rw_row("10.1000/other") + row
    code, said = run("verify", *TODAY)
    assert (code, words in said) == (1, True), said
    done = here.build()
    assert (done.code, words in done.text) == (1, True), done.text


def test_a_retraction_watch_file_from_disk(here: Site, run: Run) -> None:
    here.write({"rw.csv": RW_HEAD + rw_row("10.1000/fluids", "Expression of concern")})
    code, said = run("verify", "--retractions", "rw.csv", *TODAY)
    assert (code, "lee2020: expression of concern" in said) == (0, True), said
    code, said = run("verify", "--retractions", "none.csv", *TODAY)
    assert (code, 'the file "none.csv" cannot be read' in said) == (1, True), said
    assert answers(here)["retraction-watch"]["marks"]


def test_a_build_never_asks_and_the_public_one_needs_a_verification(
    here: Site, run: Run, registries: Registries
) -> None:
    assert here.build().code == 0
    done = here.build(settings="publishconf.py", env=PUBLIC)
    assert (done.code, 'EV307 "lee2020" was never verified' in done.text) == (1, True), done.text
    assert registries.asked == []
    run("verify", *TODAY)
    asked = len(registries.asked)
    day = {"SOURCE_DATE_EPOCH": "1795600000"}
    done = here.build(settings="publishconf.py", env={**PUBLIC, **day})
    assert done.code == 0, done.text
    late = here.build(settings="publishconf.py", env={**PUBLIC, "SOURCE_DATE_EPOCH": "1815600000"})
    assert (late.code, "last verified on 2026-11-25" in late.text) == (1, True), late.text
    assert len(registries.asked) == asked


# --------------------------------------------------------------------------------------------------- add


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_add_keeps_every_byte_and_writes_an_entry_and_a_note(
    here: Site, run: Run, registries: Registries, ends: str
) -> None:
    before = (BIB + "% comment at the end, with {a brace}").replace("\n", ends).encode()
    here.write({"references.bib": before})
    registries.works["10.1000/salt"] = crossref("10.1000/salt", "Salt & water for NASA pilots")
    registries.searches["10.1000/salt"] = ["123"]
    registries.articles["123"] = pubmed("123", doi="10.1000/salt")
    code, said = run("add", "https://doi.org/10.1000/SALT")
    assert code == 0, said
    after = (here.root / "references.bib").read_bytes()
    assert after.startswith(before)
    added = after[len(before) :].decode().replace("\r\n", "\n")
    assert "@article{lee2020salt," in added
    assert r"{Salt \& water for {NASA} pilots}" in added
    assert "pmid" in added
    note = tomllib.loads((here.root / "content/sources/lee2020salt.toml").read_text(encoding="utf-8"))
    assert note == {"design": "randomised trial"}
    assert "lee2020salt\t" in run("list")[1]


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("10.1000/fluids", "is there already as lee2020"),
        ("10.1000/nowhere", "no service knows it"),
        ("fluids for migraine", "is no DOI, PMID, PMCID, ISBN or arXiv id"),
    ],
)
def test_what_is_not_added_changes_nothing(here: Site, run: Run, id: str, words: str) -> None:
    _, said = run("add", id)
    assert words in said
    assert (here.root / "references.bib").read_text(encoding="utf-8") == BIB
    assert not list((here.root / "content").glob("sources/*"))


@pytest.mark.parametrize("mood", ["429", "half", "garbage", "portal", "hang"])
def test_a_failed_look_up_adds_nothing(here: Site, run: Run, registries: Registries, mood: str) -> None:
    registries.works["10.1000/salt"] = crossref("10.1000/salt", "Salt for migraine")
    registries.moods["crossref"] = [f"{mood}…"]
    code, said = run("add", "10.1000/salt")
    assert (code, "nothing was added" in said) == (2, True), said
    assert (here.root / "references.bib").read_text(encoding="utf-8") == BIB


def test_each_kind_of_identifier_is_added(here: Site, run: Run, registries: Registries) -> None:
    registries.articles["123"] = pubmed("123", "Salt by drip.", "10.1000/salt")
    registries.articles["124"] = pubmed("124", "Sugar by drip.", "10.1000/sugar")
    registries.conversions["PMC7000002"] = {"pmcid": "PMC7000002", "pmid": "124"}
    registries.data["10.5281/zenodo.1"] = datacite("10.5281/zenodo.1", "Records of drips")
    registries.books["ISBN:9783161484100"] = BOOK
    registries.preprints["2101.00001"] = "12 pages"
    ids = ["PMID: 123", "PMC7000002", "10.5281/zenodo.1", "978-3-16-148410-0", "arXiv:2101.00001v2"]
    code, said = run("add", *ids)
    assert code == 0, said
    assert said.count(": added as ") == len(ids)
    for one in ids:
        assert f"{one}: is there already" in run("add", one)[1]


def test_a_retracted_work_is_added_with_a_warning(here: Site, run: Run, registries: Registries) -> None:
    registries.works["10.1000/gone"] = crossref("10.1000/gone", "RETRACTED: Gold by drip")
    code, said = run("add", "10.1000/gone")
    assert (code, "was retracted" in said) == (1, True), said


def test_the_designs_of_stubs_are_those_of_notes() -> None:
    kinds = ("Practice Guideline", "Network Meta-Analysis", "Meta-Analysis", "Systematic Review", "Case Reports")
    assert {design_of([kind]) for kind in kinds} <= set(DESIGNS)
    assert design_of(["Journal Article"]) == ""


# -------------------------------------------------------------------------------------------------- list


def test_list_tells_use_design_and_status(here: Site, run: Run, registries: Registries) -> None:
    here.write({"content/sources/lee2020.toml": 'design = "randomised trial"\n'})
    assert run("list")[1].splitlines() == [
        "lee2020\t1\tfluids\trandomised trial\tnot verified\t-",
        "smith2020\t1\tfluids\t-\tnot checkable\t-",
    ]
    assert registries.asked == []
    run("verify", *TODAY)
    code, said = run("list", "--format", "json")
    row = json.loads(said)[0]
    assert (code, row["status"], row["checked"]) == (0, "no mark found", "2026-11-25")
    assert row["cited_in"] == ["content/articles/fluids.md"]


def test_a_damaged_lock_is_one_line(here: Site, run: Run) -> None:
    Path("references.lock.json").write_text("{", encoding="utf-8")
    code, said = run("list")
    assert (code, said.count("\n")) == (2, 1), said
    assert Path("references.lock.json").read_text(encoding="utf-8") == "{"
