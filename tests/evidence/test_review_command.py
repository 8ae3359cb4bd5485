"""`evidence review` in a little site: listing, walking, signing by id, and what the page then says."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.cli import main
from evidence.cli_review import desk
from evidence.model import Ledger
from evidence.project import Project, read_ledger
from little_sites import ARTICLE, BIB, Site
from samples import PEOPLE

MakeSite = Callable[..., Site]
SENTENCE = "Pain fell by 4.5 points with fluids and 5.1 without in one study."
LEDGER = "content/reviews/fluids.toml"
SECOND = "\nNausea was reported by 3 of 80 people [@smith2020].\n"
NOT_YET = "Not yet reviewed by a clinician"


class Review:
    """The command in a little site, with answers typed by a reviewer."""

    def __init__(self, site: Site, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.site, self._capsys, self._patch = site, capsys, patch

    def __call__(self, *arguments: str, answers: str = "") -> tuple[int, str]:
        self._patch.setattr("sys.stdin", io.StringIO(answers))
        code = main(["review", *arguments])
        told = self._capsys.readouterr()
        return code, told.out + told.err

    @property
    def claims(self) -> dict[str, str]:
        """The ids of the claims by their first words."""
        main(["check", "--format", "json"])
        found = json.loads(self._capsys.readouterr().out)["claims"]
        return {one["sentence"].split()[0]: one["id"] for one in found}

    @property
    def ledger(self) -> str:
        path = self.site.root / LEDGER
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def page(self) -> str:
        done = self.site.build()
        assert done.code == 0, done.text
        return self.site.output()["fluids/index.html"].decode()


@pytest.fixture
def review(site: MakeSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Review:
    made = site({"content/people.toml": PEOPLE, "content/articles/fluids.md": ARTICLE + SECOND})
    monkeypatch.chdir(made.root)
    return Review(made, capsys, monkeypatch)


def test_the_open_claims_are_listed(review: Review) -> None:
    code, said = review()
    assert code == 0
    lines = said.splitlines()
    assert lines[0].endswith(f" not signed: {SENTENCE}")
    assert lines[0].startswith("content/articles/fluids.md:8:1 ")
    assert lines[2:] == [
        "2 claims to sign of 2",
        "sign them with `.venv/bin/evidence review --by PERSON`, where PERSON is ann-sample or bo-sample",
    ]
    assert "0 claims to sign of 0" in review("content/pages/about.md")[1]
    assert "2 claims to sign of 2" in review("content/articles/fluids.md")[1]


def test_the_walk_tells_where_a_source_can_be_read(review: Review) -> None:
    with_doi = BIB.replace("volume  = {1},", "volume  = {1},\n  doi     = {10.1000/drips},")
    review.site.write({"references.bib": with_doi})
    said = review("--by", "ann-sample", answers="q\n")[1]
    assert "A trial of drips\n      to be read at https://doi.org/10.1000/drips\n" in said


def test_the_walk_shows_what_a_claim_rests_on_and_writes_each_answer_at_once(review: Review) -> None:
    code, said = review("--by", "ann-sample", answers="what\naccept\nq\n")
    assert code == 0
    assert (
        f"  {SENTENCE}\n  - smith2020: A trial of drips\n      no finding is recorded: read the source itself\n"
        in said
    )
    assert said.count("accept (a), reject (r), skip (s), quit (q)? ") == 3
    assert said.endswith("1 claim answered, 1 left\n")
    assert review.ledger.count("[[review]]") == 1
    code, said = review("--by", "ann-sample", answers="r\n\nr\nno such number there\n")
    assert "[1 of 1]" in said
    assert "a rejection needs a reason" in said
    assert review.ledger.count("[[review]]") == 2
    assert 'verdict = "reject"\nnote = "no such number there"' in review.ledger
    assert "0 claims answered, 0 left" in review("--by", "ann-sample")[1]
    assert review.site.check().code == 1


def test_the_end_of_the_input_is_quit_and_skipping_writes_nothing(review: Review) -> None:
    assert review("--by", "ann-sample", answers="s\n")[1].endswith("0 claims answered, 2 left\n")
    assert review.ledger == ""


def test_signing_by_id_and_the_page_says_who_reviewed_it_until_a_word_changes(review: Review) -> None:
    ids = review.claims
    assert NOT_YET in review.page()
    code, said = review("sign", ids["Pain"], "--by", "ann-sample", "--date", "2026-11-20")
    assert (code, said) == (0, f"1 claim signed by Ann Sample; wrote {LEDGER}\n")
    page = review.page()
    assert NOT_YET in page
    assert "reviewedBy" not in page
    review("sign", ids["Nausea"], "--by", "bo-sample", "--date", "2026-11-24", "--note", "read in full")
    page = review.page()
    assert NOT_YET not in page
    assert "<strong>Reviewed by Ann Sample, MD and Bo Sample, PhD.</strong>" in page
    assert "from 20 November 2026 to 24 November 2026: each of its 2 claims, with the sources and findings it" in page
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])[
        "@graph"
    ][0]
    assert data["lastReviewed"] == "2026-11-20"
    assert data["reviewedBy"][0] == {"@type": "Person", "name": "Ann Sample", "honorificSuffix": "MD"}
    feed = review.site.output()["feeds/all.atom.xml"].decode()
    assert "Reviewed by Ann Sample" in feed
    assert NOT_YET not in feed
    other = review.site.output()["about/index.html"].decode()
    assert "reviewedBy" not in other

    review.site.write({"content/articles/fluids.md": ARTICLE.replace("4.5", "4.6") + SECOND})
    page = review.page()
    assert NOT_YET in page
    assert "reviewedBy" not in page
    assert "Reviewed by Ann" not in page
    told = review.site.check().text
    assert 'EV702 warning: "Pain fell by [-4.5-] {+4.6+} points' in told
    code, said = review()
    assert " lapsed: Pain fell by [-4.5-] {+4.6+} points" in said


def test_signing_again_takes_the_place_of_the_lapsed_record(review: Review) -> None:
    review("sign", *review.claims.values(), "--by", "ann-sample")
    review.site.write({"content/articles/fluids.md": ARTICLE.replace("4.5", "4.6") + SECOND})
    review("sign", review.claims["Pain"], "--by", "bo-sample")
    assert review.ledger.count("[[review]]") == 2
    assert "4.5 points" not in review.ledger
    assert "0 errors, 0 warnings" in review.site.check().text


def test_a_claim_that_moved_keeps_its_signature_and_is_signed_again_where_it_is(review: Review) -> None:
    review("sign", *review.claims.values(), "--by", "ann-sample")
    other = ARTICLE.replace("slug: fluids", "slug: more").split("\n\nPain")[0] + SECOND
    review.site.write({"content/articles/fluids.md": ARTICLE, "content/articles/more.md": other})
    assert "0 errors, 0 warnings" in review.site.check().text
    _, said = review("sign", review.claims["Nausea"], "--by", "bo-sample")
    assert said == f"1 claim signed by Bo Sample; wrote {LEDGER}, content/reviews/more.toml\n"
    assert review.ledger.count("[[review]]") == 1


def test_the_ledger_is_sorted_and_the_same_twice(review: Review) -> None:
    ids = list(review.claims.values())
    for listed in (ids, ids[::-1]):
        review("sign", *listed, "--by", "ann-sample", "--date", "2026-11-20")
        assert re.findall(r'claim = "(\w+)"', review.ledger) == sorted(ids)


def test_many_claims_are_signed_as_if_one_after_the_other_and_the_ledger_is_read_twice_in_all(
    review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    review.site.write({"content/articles/drips.md": (ARTICLE + SECOND).replace("title: ", "title: More on ")})
    ids = list(review.claims.values())
    for id in ids:
        review("sign", id, "--by", "ann-sample", "--date", "2026-11-20")
    folder = review.site.root / "content/reviews"
    singly = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(singly) == ["drips.toml", "fluids.toml"]
    for path in folder.iterdir():
        path.unlink()
    read: list[Project] = []

    def counted(project: Project) -> Ledger:
        read.append(project)
        return read_ledger(project)

    monkeypatch.setattr(desk, "read_ledger", counted)
    review("sign", *ids, "--by", "ann-sample", "--date", "2026-11-20")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == singly
    assert len(read) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sign"], "give the ids of claims and who signs"),
        (["sign", "ID"], "give the ids of claims and who signs"),
        (["sign", "0123456789", "--by", "ann-sample"], 'there is no claim "0123456789"'),
        (["sign", "ID", "--by", "ann-smaple"], 'did you mean "ann-sample"?'),
        (["sign", "ID", "--by", "cy-sample"], '"cy-sample" is editor; only a clinician signs'),
        (["sign", "ID", "--by", "ann-sample", "--date", "2999-01-01"], "is in the future"),
        (["sign", "ID", "--by", "ann-sample", "--date", "2026-13-01"], "must be a day such as"),
        (["sign", "ID", "--by", "ann-sample", "--date", "20261120"], "must be a day such as"),
        (["sign", "ID", "--by", "ann-sample", "--verdict", "reject"], "a rejection needs a reason"),
        (["--verdict", "accept"], "--verdict goes with `evidence review sign ID --by PERSON`"),
        (["nowhere.md"], 'there is no file or folder "nowhere.md"'),
    ],
)
def test_what_cannot_be_signed_is_one_line_and_writes_nothing(
    review: Review, arguments: list[str], words: str
) -> None:
    id = review.claims["Pain"]
    code, said = review(*[id if word == "ID" else word for word in arguments])
    assert code == 2
    assert words in said
    assert said.count("\n") == 1
    assert not (review.site.root / "content/reviews").exists()


def test_an_author_cannot_sign_and_is_not_asked(review: Review) -> None:
    review.site.write({"content/articles/fluids.md": ARTICLE.replace("slug:", "authors: Ann Sample\nslug:")})
    code, said = review("sign", review.claims["Pain"], "--by", "ann-sample")
    assert (code, "wrote content/articles/fluids.md; somebody else must review it" in said) == (2, True)
    assert (
        review("--by", "ann-sample")[1]
        == "left out: 1 claim of articles that Ann Sample wrote\n0 claims answered, 0 left\n"
    )


def test_an_uncited_claim_can_be_rejected_but_not_signed(review: Review) -> None:
    review.site.write({"content/articles/fluids.md": ARTICLE + "\nMagnesium causes flushing in many adults.\n"})
    id = review.claims["Magnesium"]
    assert "names no source" in review("sign", id, "--by", "ann-sample")[1]
    assert review("sign", id, "--by", "ann-sample", "--verdict", "reject", "--note", "where is that from?")[0] == 0


def test_nothing_is_written_over_a_ledger_that_cannot_be_read(review: Review) -> None:
    review.site.write({LEDGER: "[[review]\n"})
    code, said = review("sign", review.claims["Pain"], "--by", "ann-sample")
    assert code == 2
    assert f"{LEDGER}:1:" in said
    assert "mend this first" in said
    assert review.ledger == "[[review]\n"


def test_required_stops_the_build_until_the_claims_are_signed(review: Review) -> None:
    settings = review.site.root / "pelicanconf.py"
    settings.write_text(settings.read_text().replace("EVIDENCE = {", 'EVIDENCE = {\n    "sign_off": "required",'))
    done = review.site.build()
    assert done.code == 1
    assert done.text.count("EV701 ") == 2
    review("sign", *review.claims.values(), "--by", "ann-sample")
    assert review.site.build().code == 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('"sometimes"', "EVIDENCE['sign_off'] is \"sometimes\"; use off or warn or required"),
        ('{"eficacy": "required"}', 'there is no kind of claims "eficacy"; did you mean "efficacy"?'),
        ('{"efficacy": "no"}', "EVIDENCE['sign_off']['efficacy'] is \"no\""),
        ("True", "EVIDENCE['sign_off'] is \"True\""),
    ],
)
def test_a_wrong_policy_ends_the_run(review: Review, value: str, words: str) -> None:
    settings = review.site.root / "pelicanconf.py"
    settings.write_text(settings.read_text().replace("EVIDENCE = {", f'EVIDENCE = {{\n    "sign_off": {value},'))
    code, said = review()
    assert (code, words in said) == (2, True), said


def test_a_file_that_is_no_text_ends_the_run_with_its_name(review: Review) -> None:
    review.site.write({LEDGER: b"\xff"})
    code, said = review()
    assert code == 2
    assert said.startswith(f"evidence: {LEDGER}: cannot be read")


def test_nobody_is_listed_in_the_sites_own_content() -> None:
    content = Path(__file__).parents[2] / "content"
    assert not re.search(r"^\s*\[", (content / "people.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert not (content / "reviews").exists()


NOTE = """\
design = "randomised trial"
[[finding]]
id = "pain"
outcome = "pain"
effect = "no difference"
statement = "Pain fell by 4.5 points with fluids and 5.1 points without."
"""


def test_a_claim_with_an_open_error_is_not_accepted_and_says_what_to_mend(review: Review) -> None:
    wrong = "\nBefore it stands this line. Pain fell by 9.9 points with fluids [@smith2020#pain].\n"
    review.site.write({"content/sources/smith2020.toml": NOTE, "content/articles/fluids.md": ARTICLE + wrong})
    said = review()[1]
    id = next(line.split()[1] for line in said.splitlines() if "9.9 points" in line)
    code, said = review("sign", id, "--by", "ann-sample")
    assert code == 2
    assert f"claim {id} has an open error" in said
    assert "content/articles/fluids.md:10:" in said
    assert "EV401" in said
    assert "it can be signed when that is mended" in said
    assert review.ledger == ""
    said = review("--by", "ann-sample", answers="s\na\nr\nthe figure is another\n")[1]
    assert (
        "  sentence before: Before it stands this line.\n  Pain fell by 9.9 points with fluids.\n  EV401 error: "
        in said
    )
    assert "it has an open error, and can be accepted when that is mended" in said
    assert review.ledger.count('verdict = "reject"') == 1


def test_the_walk_shows_columns_the_repeated_sentence_and_the_reason_of_an_exemption(review: Review) -> None:
    table = "\n## Results\n\n| Outcome | With fluids | Without |\n|---|---|---|\n| Pain | 4.5 points | 5.1 points [@smith2020] |\n"
    exempted = "\nFluids ease pain. <!-- allow EV101: quotes an advertisement -->\n"
    article = ARTICLE.replace("slug:", "description: Pain fell by 4.5 points with fluids and 5.1 without.\nslug:")
    assert article != ARTICLE
    review.site.write({"content/articles/fluids.md": article + table + exempted})
    said = review("--by", "ann-sample", answers="s\n" * 9)[1]
    assert "  heading: Results\n  columns: Outcome | With fluids | Without\n  Pain: 4.5 points: 5.1 points\n" in said
    assert "  no source of its own:\n  - the description repeats 9:1 (" in said
    assert f": {SENTENCE}\n" in said
    assert "  no source of its own:\n  - exempt from EV101: quotes an advertisement\n" in said
