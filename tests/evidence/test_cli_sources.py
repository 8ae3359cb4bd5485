"""`evidence sources verify`, `add` and `list` on a little site, against the services on this machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from evidence.cli import main
from little_sites import ARTICLE, Site
from registries import BOOK, RW_HEAD, Registries, crossref, datacite, notice, pubmed, rw_row, update
from samples import LEE

MakeSite = Callable[..., Site]
DAY = "2026-11-25"
LOCK = "references.lock.json"
FLUIDS, SALT = "10.1000/fluids", "10.1000/salt"
BIB = LEE + LEE.replace("lee2020", "lee2021").replace(FLUIDS, SALT).replace("Fluids", "Salt")
TEXT = ARTICLE.replace("@smith2020", "@lee2020; @lee2021")


@dataclass
class Desk:
    """A little site whose settings ask the services on this machine."""

    site: Site
    capsys: pytest.CaptureFixture[str]

    def sources(self, *arguments: str) -> tuple[int, str]:
        """The exit code and what was said on both streams."""
        code = main(["sources", *arguments])
        said = self.capsys.readouterr()
        return code, said.out + said.err

    @property
    def lock(self) -> dict[str, dict[str, dict[str, dict[str, object]]]]:
        found: dict[str, dict[str, dict[str, dict[str, object]]]] = json.loads(self.text(LOCK))["sources"]
        return found

    def text(self, name: str) -> str:
        return (self.site.root / name).read_bytes().decode()


@pytest.fixture
def desk(
    site: MakeSite,
    registries: Registries,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    registries.works[FLUIDS] = crossref(FLUIDS)
    registries.works[SALT] = crossref(SALT, title=["Salt for migraine"])
    made = site({"references.bib": BIB, "content/articles/fluids.md": TEXT})
    settings = (made.root / "pelicanconf.py").read_text(encoding="utf-8")
    made.write({"pelicanconf.py": f"{settings}\nEVIDENCE |= {_settings(registries)}\n"})
    monkeypatch.chdir(made.root)
    monkeypatch.setattr("evidence.cli_sources.asking.today", lambda: DAY)
    return Desk(made, capsys)


def _settings(registries: Registries) -> dict[str, object]:
    return {"contact": "ed@clinic.org", "services": registries.addresses(), "retractions": "", "today": DAY}


# ------------------------------------------------------------------------------------------------ verify


def test_what_was_found_is_written_with_where_and_when(desk: Desk) -> None:
    code, said = desk.sources("verify")
    assert code == 0, said
    assert "lee2020: no mark found (2026-11-25)\n" in said
    assert said.endswith(
        "2 sources looked up, 0 not checkable (no identifier), 0 look-ups failed, 0 errors; wrote references.lock.json\n"
    )
    found = desk.lock["lee2020"]["answers"]["crossref"]
    assert found["checked"] == DAY
    assert (found["state"], found["title"], found["author"]) == ("found", "Fluids for migraine", "Lee")
    assert found["years"] == ["2020"]
    assert len(str(found["entry"])) == 16


def test_the_same_answers_give_the_same_bytes_and_a_second_run_asks_nobody(
    desk: Desk, registries: Registries
) -> None:
    desk.sources("verify")
    first, asked = desk.text(LOCK), len(registries.asked)
    assert desk.sources("verify")[0] == 0
    assert (desk.text(LOCK), len(registries.asked)) == (first, asked)
    desk.sources("verify", "--fresh")
    assert (desk.text(LOCK), len(registries.asked)) == (first, 2 * asked)


def test_a_source_alone(desk: Desk, registries: Registries) -> None:
    assert desk.sources("verify", "lee2021")[0] == 0
    assert list(desk.lock) == ["lee2021"]
    assert not any("fluids" in path for path in registries.questions("crossref"))
    assert desk.sources("verify", "lee2029") == (2, 'evidence: there is no source "lee2029" in references.bib\n')


def test_a_build_reads_the_lock_and_asks_nobody(desk: Desk, registries: Registries) -> None:
    assert "never verified: there is no references.lock.json" in desk.site.build().text
    assert registries.asked == []
    desk.sources("verify")
    asked = len(registries.asked)
    done = desk.site.build()
    assert (done.code, len(registries.asked)) == (0, asked), done.text
    assert "EV307" not in done.text


def test_the_public_site_is_built_only_from_verified_sources(desk: Desk) -> None:
    env = {"SITEURL": "https://clinic.org", "BOOKING_URL": "https://clinic.org/book"}
    done = desk.site.build(settings="publishconf.py", env=env)
    assert done.code == 1
    assert 'EV307 2 sources ("lee2020", "lee2021") were never verified: there is no references.lock.json' in done.text
    desk.sources("verify")
    assert desk.site.build(settings="publishconf.py", env=env).code == 0


def test_a_retracted_source_stops_the_build_until_the_note_says_why(desk: Desk, registries: Registries) -> None:
    registries.works[FLUIDS] = crossref(FLUIDS, **{"updated-by": [update("retraction")]})
    code, said = desk.sources("verify")
    assert code == 1
    assert "lee2020: retracted (2026-11-25)\n" in said
    assert 'references.bib:1:10 EV305 "lee2020" was retracted on 2021-05-03 (Crossref, 2026-11-25)' in said
    assert desk.site.build().code == 1
    note = 'design = "randomised trial"\nretracted_ok = "shown as retracted"\n'
    desk.site.write({"content/sources/lee2020.toml": note})
    done = desk.site.build()
    assert done.code == 0, done.text
    assert "cited all the same: shown as retracted" in done.text


@pytest.mark.parametrize(
    ("message", "code", "words"),
    [
        ({"title": ["Sleep in adolescent mice"]}, 1, 'EV307 the DOI of "lee2020" leads to another work: "Fluids for'),
        (
            {"author": [{"family": "Miller", "given": "Cy"}]},
            0,
            'EV307 warning: the first author of "lee2020" differs',
        ),
        ({"issued": {"date-parts": [[2001]]}}, 0, ""),
        ({"updated-by": [update("correction")]}, 0, "EV308 warning:"),
        ({"updated-by": [update("retraction", label="Retraction and replacement")]}, 0, "EV308 warning:"),
    ],
)
def test_title_author_and_year_are_compared(
    desk: Desk, registries: Registries, message: dict[str, object], code: int, words: str
) -> None:
    registries.works[FLUIDS] = crossref(FLUIDS, **message)
    found, said = desk.sources("verify")
    assert (found, words in said) == (code, True), said


def test_a_year_that_no_date_of_the_work_has(desk: Desk) -> None:
    desk.site.write({"references.bib": BIB.replace("year = {2020}", "year = {2015}", 1)})
    code, said = desk.sources("verify")
    assert code == 0
    assert 'EV307 warning: the year of "lee2020" differs: "2015" here, "2020" at Crossref' in said


def test_a_doi_that_does_not_exist_is_an_error(desk: Desk, registries: Registries) -> None:
    del registries.works[FLUIDS]
    code, said = desk.sources("verify")
    assert code == 1
    assert f'EV307 the DOI {FLUIDS} of "lee2020" does not exist (doi.org, 2026-11-25)' in said
    registries.handles.add(FLUIDS)
    assert desk.sources("verify", "--fresh")[0] == 0
    assert desk.lock["lee2020"]["answers"]["doi.org"]["state"] == "unknown"


def test_the_retraction_watch_file_by_path_and_by_address(desk: Desk, registries: Registries) -> None:
    desk.site.write({"rw.csv": RW_HEAD + rw_row(FLUIDS, day="11/20/2026 0:00")})
    registries.retractions = desk.text("rw.csv")
    for where in ("rw.csv", f"{registries.address}/retraction-watch/data.csv"):
        code, said = desk.sources("verify", "--retractions", where)
        assert code == 1
        assert '"lee2020" was retracted on 2026-11-20 (Retraction Watch, 2026-11-25)' in said
    other = desk.lock["lee2021"]["answers"]["retraction-watch"]
    assert (other["state"], other["data"], "marks" in other) == ("unknown", "2026-11-20", False)


@pytest.mark.parametrize("mood", ["429…", "503…", "hang…", "half…", "garbage…", "portal…", "403…", "half whole…"])
def test_a_failed_look_up_is_never_fine_and_never_loses_the_lock(
    desk: Desk, registries: Registries, mood: str
) -> None:
    registries.works[FLUIDS] = crossref(FLUIDS, **{"updated-by": [update("retraction")]})
    registries.searches[SALT] = ["7"]
    registries.articles["7"] = pubmed("7", "Salt for migraine.", SALT)
    desk.sources("verify")
    before = desk.lock
    registries.moods["crossref"] = [mood]
    code, said = desk.sources("verify", "--fresh")
    assert code == 1
    assert "lee2020: retracted (2026-11-25); Crossref: " in said
    assert "2 look-ups failed" in said
    for key, record in desk.lock.items():
        assert record["answers"] == before[key]["answers"]
        assert list(record["failures"]) == ["crossref"]
    registries.moods = {}
    desk.sources("verify", "--fresh")
    assert desk.lock == before


def test_one_service_without_an_answer_is_told_and_ends_with_1(desk: Desk, registries: Registries) -> None:
    registries.moods["pubmed"] = ["503…"]
    code, said = desk.sources("verify")
    assert code == 1
    assert "lee2020: no mark found (2026-11-25); PubMed: HTTP 503\n" in said
    assert "2 look-ups failed, 0 errors" in said


def test_without_any_answer_the_command_could_not_run(desk: Desk, registries: Registries) -> None:
    registries.moods = {service: ["503…"] for service in registries.addresses()}
    code, said = desk.sources("verify")
    assert code == 2
    assert said.splitlines()[-1] == "evidence: nothing could be looked up (Crossref: HTTP 503); the lock says so"
    assert "lee2020: not verified; Crossref: HTTP 503" in said
    assert desk.sources("list")[1].startswith("lee2020\t1\tfluids\t-\tnot verified\t-\n")


def test_a_run_that_was_stopped_goes_on_where_it_was(
    desk: Desk, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("evidence.cli_sources.verifying._line", stopped)
        assert desk.sources("verify") == (2, "evidence: stopped from the keyboard\n")
    assert list(desk.lock) == ["lee2020"]
    asked = len(registries.asked)
    assert desk.sources("verify")[0] == 0
    assert not any("fluids" in path for _, path, _ in registries.asked[asked:])


def test_without_the_retraction_watch_file_what_it_said_earlier_is_kept(desk: Desk) -> None:
    desk.site.write({"rw.csv": RW_HEAD + rw_row(FLUIDS)})
    desk.sources("verify", "--retractions", "rw.csv")
    before = desk.lock
    desk.site.write({"rw.csv": RW_HEAD + rw_row("10.1000/x")[:-30]})
    code, said = desk.sources("verify", "--retractions", "rw.csv")
    assert code == 1
    assert "evidence: Retraction Watch: row 2 of the file is cut off" in said
    assert desk.lock == before


def test_a_damaged_lock_or_bibliography_loses_nothing(desk: Desk) -> None:
    desk.sources("verify")
    before = desk.lock
    desk.site.write({"references.bib": BIB.replace("@article{lee2021,", "@article lee2021,")})
    desk.sources("verify")
    assert desk.lock["lee2021"] == before["lee2021"]
    desk.site.write({LOCK: "{half"})
    code, said = desk.sources("verify")
    assert (code, desk.text(LOCK)) == (2, "{half")
    assert len(said.splitlines()) == 1


def test_a_source_that_is_gone_leaves_the_lock(desk: Desk) -> None:
    desk.sources("verify")
    desk.site.write({"references.bib": LEE})
    desk.sources("verify")
    assert list(desk.lock) == ["lee2020"]


def test_pmid_pmcid_isbn_and_arxiv_are_asked_where_they_belong(desk: Desk, registries: Registries) -> None:
    fields = {"a": "pmid = {7}", "b": "pmcid = {PMC7}", "c": "eprint = {2101.00001}, eprinttype = {arxiv}"}
    entry = (
        "@article{{{}, author = {{Lee, Bo}}, title = {{Fluids for migraine}}, journal = {{J}}, year = 2020, {}}}\n"
    )
    book = "@book{d, author = {Sacks, Oliver}, title = {Migraine and drips}, publisher = {P}, year = 1995, isbn = {9783161484100}}\n"
    desk.site.write({"references.bib": "".join(entry.format(*one) for one in fields.items()) + book})
    registries.articles["7"] = pubmed("7")
    registries.conversions["PMC7"] = {"pmcid": "PMC7", "pmid": 7}
    registries.preprints["2101.00001"] = "12 pages"
    registries.books["ISBN:9783161484100"] = BOOK
    desk.sources("verify")
    asked = {key: sorted(record["answers"]) for key, record in desk.lock.items()}
    assert asked == {"a": ["pubmed"], "b": ["pubmed"], "c": ["arxiv"], "d": ["openlibrary"]}


def test_who_asks_must_be_said(desk: Desk, registries: Registries) -> None:
    settings = desk.text("pelicanconf.py")
    desk.site.write({"pelicanconf.py": settings.replace("'ed@clinic.org'", "''")})
    code, said = desk.sources("verify")
    assert (code, registries.asked) == (2, [])
    assert "the services want to know who asks" in said
    assert desk.sources("verify", "--contact", "someone")[0] == 2
    assert desk.sources("verify", "--contact", "ed@example.org")[0] == 2
    assert desk.sources("verify", "--contact", "eva@clinic.org")[0] == 0
    assert "mailto:eva@clinic.org" in registries.asked[0][2]["User-Agent"]


def test_on_a_terminal_a_bar_shows_how_far_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, said = desk.sources("verify")
    assert code == 0
    assert "lee2020: no mark found (2026-11-25)" in said


# --------------------------------------------------------------------------------------------------- add


def test_a_doi_becomes_an_entry_and_a_stub(desk: Desk, registries: Registries) -> None:
    registries.works["10.1000/new"] = crossref("10.1000/new", title=["Saline & <i>salt</i> in 50% of ED patients"])
    registries.searches["10.1000/new"] = ["9"]
    registries.articles["9"] = pubmed("9", "Saline.", "10.1000/new")
    code, said = desk.sources("add", "https://doi.org/10.1000/NEW")
    assert code == 0, said
    assert said == (
        "https://doi.org/10.1000/NEW: added as lee2020saline to references.bib, with content/sources/lee2020saline.toml\n"
    )
    bib = desk.text("references.bib")
    assert bib.startswith(BIB)
    assert bib.removeprefix(BIB) == (
        "\n@article{lee2020saline,\n"
        "  author  = {Lee, Bo and Smith, Ann M.},\n"
        "  title   = {Saline \\& salt in 50\\% of {ED} patients},\n"
        "  journal = {Headache: The Journal of Head and Face Pain},\n"
        "  year    = {2020},\n"
        "  volume  = {34},\n"
        "  number  = {4},\n"
        "  pages   = {713--716},\n"
        "  doi     = {10.1000/new},\n"
        "  pmid    = {9},\n"
        "  pmcid   = {PMC7000001},\n"
        "}\n"
    )
    assert 'design = "randomised trial"' in desk.text("content/sources/lee2020saline.toml")
    desk.site.write({"content/articles/fluids.md": TEXT.replace("@lee2021", "@lee2021; @lee2020saline")})
    done = desk.site.check()
    assert done.code == 0, done.text
    assert "EV310" not in done.text


@pytest.mark.parametrize(
    ("id", "entry", "more"),
    [
        ("PMID: 9", "@article{lee2020saline,", "pmid    = {9}"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC8/", "@article{lee2020saline,", "pmcid   = {PMC8}"),
        ("978-3-16-148410-0", "@book{sacks1995drips,", "publisher = {Picador}"),
        ("arXiv:2101.00001v2", "@online{lee2021model,", "eprinttype  = {arxiv}"),
        ("10.5281/zenodo.1", "@online{lee2020data,", "publisher = {Zenodo}"),
    ],
)
def test_every_kind_of_id(desk: Desk, registries: Registries, id: str, entry: str, more: str) -> None:
    registries.articles["9"] = pubmed("9", "Saline in the ED.", "10.1000/new")
    registries.conversions["PMC8"] = {"pmcid": "PMC8", "pmid": 9}
    registries.books["ISBN:9783161484100"] = BOOK
    registries.preprints["2101.00001"] = "12 pages"
    registries.data["10.5281/zenodo.1"] = datacite("10.5281/zenodo.1", title="Data on salt and tides")
    code, said = desk.sources("add", id)
    assert code == 0, said
    added = desk.text("references.bib").removeprefix(BIB)
    assert entry in added
    assert more in added
    assert desk.sources("add", id) == (0, f"{id}: is there already as {entry.split('{')[1][:-1]}; nothing added\n")
    assert desk.text("references.bib") == BIB + added


ODD = {
    "comments and preamble": "% ours\n@comment{x}\n@preamble{\"\\newcommand\"}\n@string{h = {Headache}}\n" + BIB + "trailing words\n",
    "line ends of Windows": BIB.replace("\n", "\r\n"),
    "no line end": BIB.rstrip("\n"),
    "mark at the start": "\ufeff" + BIB,
    "tabs, accents, blanks": BIB.replace("  author", "\tauthor").replace("Lee, Bo", "Lée, Bo") + "\n\n   \n",
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_in_the_bibliography_stays_byte_for_byte(desk: Desk, registries: Registries, name: str) -> None:
    registries.works["10.1000/new"] = crossref("10.1000/new", title=["Saline"])
    desk.site.write({"references.bib": ODD[name]})
    code, said = desk.sources("add", "10.1000/new")
    assert code == 0, said
    after = desk.text("references.bib")
    assert after.startswith(ODD[name])
    added = after.removeprefix(ODD[name])
    assert added.count("\n") == added.count("\r\n") or name != "line ends of Windows"
    assert "lee2020saline\t" in desk.sources("list")[1]


def test_an_entry_that_would_not_be_read_is_not_written(desk: Desk, registries: Registries) -> None:
    registries.works["10.1000/new"] = crossref("10.1000/new", title=["Saline"])
    damaged = BIB + "@article{\n"
    desk.site.write({"references.bib": damaged})
    code, said = desk.sources("add", "10.1000/new")
    assert code == 2
    assert "mend the file first" in said
    assert desk.text("references.bib") == damaged
    assert not (desk.site.root / "content/sources").exists()


def test_a_key_is_stable_and_never_taken_twice(desk: Desk, registries: Registries) -> None:
    for number in (1, 2):
        registries.works[f"10.1000/n{number}"] = crossref(f"10.1000/n{number}", title=[f"Saline and part {number}"])
    desk.site.write({"content/sources/lee2020saline.toml": "# mine\n"})
    code, said = desk.sources("add", "10.1000/n1", "10.1000/n2")
    assert code == 0, said
    assert "added as lee2020salineb " in said
    assert "added as lee2020salinec " in said
    assert desk.text("content/sources/lee2020saline.toml") == "# mine\n"


def test_the_same_work_under_another_id_is_not_added(desk: Desk, registries: Registries) -> None:
    registries.articles["9"] = pubmed("9")
    before = desk.text("references.bib")
    assert desk.sources("add", "9") == (0, "9: is there already as lee2020; nothing added\n")
    registries.articles["10"] = pubmed("10", "Salt for migraine.", "10.1000/other")
    assert desk.sources("add", "10") == (0, "10: is there already as lee2021; nothing added\n")
    assert desk.text("references.bib") == before


def test_a_retracted_work_is_added_with_a_warning(desk: Desk, registries: Registries) -> None:
    registries.articles["9"] = pubmed("9", "Saline.", "10.1000/new", notices=notice("RetractionIn"))
    code, said = desk.sources("add", "9")
    assert code == 1
    assert said.endswith("9: was retracted on 2021-05-03; do not cite it for what it found\n")


def test_what_cannot_be_found_is_not_added(desk: Desk, registries: Registries) -> None:
    before = desk.text("references.bib")
    assert desk.sources("add", "10.1000/none") == (1, "10.1000/none: no service knows it; nothing added\n")
    code, said = desk.sources("add", "smith2020")
    assert (code, said) == (1, "smith2020: is no DOI, PMID, PMCID, ISBN or arXiv id; nothing added\n")
    registries.moods["crossref"] = ["503…"]
    code, said = desk.sources("add", "10.1000/other")
    assert code == 2
    assert "10.1000/other: could not be looked up (HTTP 503); nothing added\n" in said
    assert desk.text("references.bib") == before


def test_hostile_answers_stay_inside_their_entry(desk: Desk, registries: Registries) -> None:
    bad = 'Saline}\n}\n@article{evil, title = {"""\x07\\write18{rm}'
    registries.works["10.1000/new"] = crossref("10.1000/new", title=[bad], publisher=bad, volume=bad)
    code, said = desk.sources("add", "10.1000/new")
    assert code == 0, said
    listed = desk.sources("list")[1]
    assert [line.split("\t")[0] for line in listed.splitlines()] == ["lee2020", "lee2021", "lee2020saline"]
    checked = desk.site.check().text
    assert "EV310 a note needs the field design" in checked
    assert "\n1 error, 2 warnings, 1 note " in checked


# -------------------------------------------------------------------------------------------------- list


def test_the_list_says_where_what_and_how_it_stands(
    desk: Desk, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.site.write({"content/sources/lee2020.toml": 'design = "cohort"\n'})
    registries.works[SALT] = crossref(SALT, title=["Salt for migraine"], **{"updated-by": [update("retraction")]})
    before = desk.sources("list")
    assert before == (0, "lee2020\t1\tfluids\tcohort\tnot verified\t-\nlee2021\t1\tfluids\t-\tnot verified\t-\n")
    desk.sources("verify")
    code, said = desk.sources("list", "--format", "json")
    assert code == 0
    assert json.loads(said)[1] == {
        "key": "lee2021",
        "cited_by": 1,
        "cited_in": ["content/articles/fluids.md"],
        "design": None,
        "status": "retracted",
        "checked": DAY,
    }
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert desk.sources("list")[1].splitlines() == [
        "source   cited  in      design  status         checked",
        "lee2020      1  1 page  cohort  no mark found  2026-11-25",
        "lee2021      1  1 page  -       retracted      2026-11-25",
    ]


def test_the_list_asks_nobody_and_needs_no_contact(desk: Desk, registries: Registries) -> None:
    desk.site.write({"pelicanconf.py": desk.text("pelicanconf.py").replace("'ed@clinic.org'", "''")})
    assert desk.sources("list")[0] == 0
    assert registries.asked == []


def test_a_check_loads_no_http_library(desk: Desk) -> None:
    program = "import sys; from evidence.cli import main; main(['check']); print('requests' in sys.modules)"
    made = Path("probe.py")
    made.write_text(program, encoding="utf-8")
    assert desk.site.run("probe").text.rstrip().endswith("False")


def test_what_is_no_id_is_told_before_anybody_is_asked_who_asks(desk: Desk, registries: Registries) -> None:
    desk.site.write({"pelicanconf.py": desk.text("pelicanconf.py").replace("'ed@clinic.org'", "''")})
    told = "notanid: is no DOI, PMID, PMCID, ISBN or arXiv id; nothing added\n"
    assert desk.sources("add", "notanid") == (1, told)
    code, said = desk.sources("add", "notanid", "10.1000/new")
    assert (code, registries.asked) == (2, [])
    assert said.startswith(told)
    assert "the services want to know who asks" in said
