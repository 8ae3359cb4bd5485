"""What a reviewer sees of a branch that edits one sentence, moves one, deletes one source and adds one uncited claim."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from evidence.cli import main
from little_sites import Site, commit, git
from markdown_it import MarkdownIt
from samples import NOTES, PEOPLE, RICH_BIB, RICH_VOCABULARY

MakeSite = Callable[..., Site]
SCHEMAS = Path(__file__).parents[1] / "schemas"
FORMATS = ("json", "html", "sarif", "junit", "csv", "markdown", "summary", "gitlab", "rdjson", "text")
HEAD = "---\ntitle: {}\nslug: {}\ndate: 2026-11-24\ncategory: Drips\n---\n\n"
PAIN = "At 60 minutes, fluids made no difference to pain [@jones2019fluid#pain-60min].\n\n"
NAUSEA = "Nausea was the same with fluids and without [@jones2019fluid#nausea].\n\n"
RELIEF = "Pain fell by 4.5 points with prochlorperazine in one trial [@smith2020#relief].\n\n"
PLACEBO = "Magnesium eased pain more than placebo in one trial of 80 people [@lee2021#pain].\n\n"
SAME = "In another trial, magnesium made no difference to pain [@smith2021#pain].\n\n"
UNCITED = "Magnesium causes flushing in many adults.\n\n"
SIGNED = "Reviewed by Ann Sample, MD"
NOT_YET = "Not yet reviewed by a clinician"


@pytest.fixture
def branch(site: MakeSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Site:
    """The branch, changed and not yet committed; on the main branch, every claim was signed."""
    made = site(
        {
            "content/articles/fluids.md": HEAD.format("Salt water", "fluids") + PAIN + NAUSEA,
            "content/articles/drugs.md": HEAD.format("Other drips", "drugs") + RELIEF + PLACEBO + SAME,
            "content/people.toml": PEOPLE,
            "content/vocabulary.toml": RICH_VOCABULARY,
            "references.bib": RICH_BIB,
            **{f"content/sources/{key}.toml": text for key, text in NOTES.items()},
        }
    )
    monkeypatch.chdir(made.root)
    git(made.root, "init", "-q")
    main(["check", "--format", "json", "--exit-zero"])
    claims = json.loads(capsys.readouterr().out)["claims"]
    assert main(["review", "sign", *(one["id"] for one in claims), "--by", "ann-sample", "--date", "2026-11-20"]) == 0
    capsys.readouterr()
    assert made.check().code == 0
    commit(made)
    bib = RICH_BIB[: RICH_BIB.index("@article{smith2021")]
    made.write(
        {
            "content/articles/fluids.md": HEAD.format("Salt water", "fluids")
            + PAIN.replace("no difference", "little difference")
            + NAUSEA
            + RELIEF
            + UNCITED,
            "content/articles/drugs.md": HEAD.format("Other drips", "drugs") + PLACEBO + SAME,
            "references.bib": bib,
        }
    )
    (made.root / "content/sources/smith2021.toml").unlink()
    return made


def reports(site: Site, folder: str) -> dict[str, str]:
    (site.root / folder).mkdir()
    outputs = [f"--output={name}={folder}/{name}" for name in FORMATS]
    done = site.check("--since", "main", "--format", "github", *outputs)
    assert done.code == 1, done.text
    found = {name: (site.root / folder / name).read_text(encoding="utf-8") for name in FORMATS}
    return {**found, "github": done.text}


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def test_every_report_tells_what_happened_and_two_runs_give_the_same_bytes(branch: Site) -> None:
    found = reports(branch, "one")
    assert found == reports(branch, "two")
    assert str(branch.root) not in "".join(found.values())

    text = found["text"]
    assert "claims since main: 1 added, 1 changed, 1 source changed, 2 sign-offs lapsed, 1 moved" in text
    assert "changed: At 60 minutes, fluids made [-no-] {+little+} difference to pain." in text
    assert "  = lost the sign-off by ann-sample of 2026-11-20" in text
    assert (
        "moved: Pain fell by 4.5 points with prochlorperazine in one trial.\n  = was in content/articles/drugs.md"
        in text
    )
    assert re.search(r"source changed: In another trial.*\n  = smith2021: no longer in the bibliography", text)
    assert "added: Magnesium causes flushing in many adults." in text
    assert "· signed: 3 of 6, 2 lapsed · blocked: nothing is published" in text

    for name in ("markdown", "summary"):
        html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(found[name])
        assert "fluids made <s>no</s> <strong>little</strong> difference to pain." in html
        assert html.index("Magnesium causes flushing") < html.index("fluids made <s>no</s>")
        assert "signed: 3 of 6, 2 lapsed" in html
        assert "EV702 lapsed-sign-off" in html
    assert len(found["markdown"]) < 60_000


def test_the_reports_are_valid_for_their_consumers(branch: Site) -> None:
    found = reports(branch, "one")
    jsonschema.Draft4Validator(schema("sarif-2.1.0")).validate(json.loads(found["sarif"]))
    jsonschema.Draft202012Validator(schema("rdjson")).validate(json.loads(found["rdjson"]))
    jsonschema.Draft202012Validator(schema("gitlab")).validate(json.loads(found["gitlab"]))
    xmlschema.XMLSchema11(SCHEMAS / "junit.xsd").validate(found["junit"])
    report = Path(__file__).parents[2] / "plugins/evidence/report.schema.json"
    jsonschema.Draft202012Validator(json.loads(report.read_text(encoding="utf-8"))).validate(
        json.loads(found["json"])
    )
    results = json.loads(found["sarif"])["runs"][0]["results"]
    assert {"EV101", "EV201", "EV702"} <= {one["ruleId"] for one in results}
    root = ET.fromstring(found["junit"])
    failed = [one.get("name", "") for one in root.iter("testcase") if one.find("failure") is not None]
    assert any(name.startswith("Magnesium causes flushing") for name in failed)
    assert any("::error file=content/articles/fluids.md" in line for line in found["github"].splitlines())


def test_the_page_for_people_shows_the_word_and_why_the_sign_off_lapsed(branch: Site) -> None:
    html = reports(branch, "one")["html"]
    section = html[html.index('id="signoffs"') : html.index('id="problems"')]
    assert "<del>no</del> <ins>little</ins>" in section
    assert "Accepted by ann-sample on 2026-11-20" in section
    assert "Changed since: the words" in section
    assert "Changed since: smith2021: no longer in the bibliography" in section
    assert section.count(NOT_YET) == 2
    card = re.search(r'<article class="card[^>]*data-signed="lapsed".*?</article>', html, re.DOTALL)
    assert card
    assert 'see <a href="#signoffs">why</a>' in card[0]


def test_one_changed_word_takes_the_review_off_the_page(branch: Site) -> None:
    git(branch.root, "checkout", "-q", "--", ".")
    assert branch.build().code == 0
    assert f"<strong>{SIGNED}.</strong>" in branch.output()["fluids/index.html"].decode()
    path = branch.root / "content/articles/fluids.md"
    path.write_text(path.read_text().replace("no difference", "little difference"))
    done = branch.build()
    assert done.code == 0, done.text
    page = branch.output()["fluids/index.html"].decode()
    assert NOT_YET in page
    assert "Reviewed by" not in page
    assert "reviewedBy" not in page
    assert SIGNED in branch.output()["drugs/index.html"].decode()
    assert "fluids made [-no-] {+little+} difference to pain." in done.text


def test_a_signature_that_was_taken_away_is_told(branch: Site) -> None:
    git(branch.root, "checkout", "-q", "--", ".")
    (branch.root / "content/reviews/fluids.toml").unlink()
    said = branch.check("--since", "main").text
    assert "claims since main: 2 sign-offs lapsed" in said
    assert (
        "sign-off lapsed: At 60 minutes, fluids made no difference to pain.\n  = lost the sign-off by ann-sample"
        in said
    )
