"""The catalogue: every rule is documented, its examples behave, and the README lists it."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from evidence.addresses import addresses_from
from evidence.anatomy import standard
from evidence.baseline import applied, held_against
from evidence.baseline.files import parse_baseline
from evidence.checking import check
from evidence.library import parse_library
from evidence.lock import parse_lock
from evidence.model import Anatomy, BuiltPage, Case, Library, Meta, Place, Policy, Report, Rule
from evidence.offers import parse_offers
from evidence.reading import read
from evidence.rules import RULES, baseline_size, rule
from evidence.signoff.ledger import parse_ledger
from evidence.since import compared
from evidence.wording import lexicon
from samples import ARTICLE, HEAD, LEE, NOTES, PEOPLE, RICH_BIB, RICH_VOCABULARY

ROOT = Path(__file__).parents[2]


def report_on(example: str, language: str) -> Report:
    """The report on a rule's example: an article in a little site, the bibliography of one, or a source note."""
    note_path = "content/sources/jones2019fluid.toml"
    if language == "bibtex":
        library = parse_library({"references.bib": example}, {})
        documents = [read(HEAD + _cites_all(example), "content/articles/example.md")]
    elif language == "lock":
        library = replace(
            parse_library({"references.bib": LEE}, {}), lock=parse_lock(example, "references.lock.json")
        )
        documents = [read(HEAD + "Fluids did not help [@lee2020].\n", "content/articles/example.md")]
    else:
        notes = {f"content/sources/{key}.toml": text for key, text in NOTES.items()}
        notes |= {note_path: example} if language == "toml" else {}
        library = parse_library({"references.bib": RICH_BIB}, notes, {"content/vocabulary.toml": RICH_VOCABULARY})
        documents = [read(ARTICLE if language == "toml" else _whole(example), "content/articles/example.md")]
    if language == "html":
        page = BuiltPage("index.html", example, ("Advice", "Ask us.", "Book"), card=True)
        return check(Case((), library, Policy(), clinic=CLINIC, built=(page,)), RULES)
    if language in ("offer", "settings"):
        return check(_configured(example, language, library), RULES)
    if language == "markdown":
        documents.append(read(ARTICLE.replace("title: T", "title: Other"), "content/articles/a.md"))
    if language == "since":
        then, now = (read(_whole(part), "content/articles/example.md") for part in example.split("\n\nnow:\n\n"))
        report = check(Case((now,), library, Policy()), RULES)
        return compared(report, Case((then,), library, Policy()), "main", {})
    ledger = None
    if language == "reviews":
        documents = [
            read(
                HEAD + "At 60 minutes, fluids made no difference to pain [@jones2019fluid#pain-60min].\n",
                "content/articles/example.md",
            )
        ]
        ledger = parse_ledger(PEOPLE, {"content/reviews/example.toml": example} if example else {})
    if language == "baseline":
        documents = [read(HEAD + "Magnesium drips stop attacks.\n", "content/articles/example.md")]
    case = Case(
        documents=tuple(documents),
        ledger=ledger,
        library=library,
        policy=Policy(),
        offers=frozenset({"consultation"}),
        templates=frozenset({"article", "page"}),
        files=frozenset({"content/articles/example.md", "content/trial.pdf", "content/secret.html"}),
        addresses=addresses_from({}).of_all(documents),
        clinic=CLINIC,
        anatomy=standard() if language == "page" else Anatomy(),
    )
    report = check(case, RULES)
    if language == "baseline" and example:
        before = parse_baseline(baseline_size.BAD[0], "baseline.json")
        return held_against(applied(report, parse_baseline(example, "baseline.json")), before)
    return report


def _configured(example: str, language: str, library: Library) -> Case:
    """A site with these calls to action, or these settings, and nothing else."""
    if language == "offer":
        offers = parse_offers(example, "content/ctas.toml").values()
        said = tuple(meta for offer in offers for meta in offer.said)
        return Case((), library, Policy(), offered=said, anatomy=standard())
    clinic = ast.literal_eval(example.split(" = ", 1)[1])
    return Case((), library, Policy(), clinic={name: _setting(name, value) for name, value in clinic.items()})


def _setting(name: str, value: str) -> Meta:
    return Meta(name, value, Place("pelicanconf.py"))


CLINIC = {
    "name": _setting("name", "Example Clinic"),
    "booking_url": _setting("booking_url", "https://clinic.org/book"),
    "phone": _setting("phone", "+1 555 0100"),
}


def _whole(example: str) -> str:
    return example if example.startswith("---") else HEAD + example


def _cites_all(bib: str) -> str:
    keys = re.findall(r"@\w+\{\s*([^,\s]+)", bib)
    return "All sources " + "".join(f"[@{{{key}}}]" for key in dict.fromkeys(keys)) + ".\n"


def _ids(one: Rule) -> str:
    return f"{one.code}-{one.name}"


@pytest.mark.parametrize("one", RULES, ids=_ids)
def test_bad_examples_are_flagged_and_good_ones_are_clean(one: Rule) -> None:
    for example in one.bad:
        assert one.code in {problem.code for problem in report_on(example, one.language).problems}, example
    for example in one.good:
        found = report_on(example, one.language).problems
        assert one.code not in {problem.code for problem in found}, example


@pytest.mark.parametrize("one", [one for one in RULES if one.language == "markdown"], ids=_ids)
def test_good_markdown_examples_break_no_rule_at_all(one: Rule) -> None:
    for example in one.good:
        assert report_on(example, one.language).problems == (), example


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [one.code for one in RULES]
    assert codes == sorted(set(codes))
    assert len({one.name for one in RULES}) == len(RULES)
    assert all(re.fullmatch(r"EV\d{3}", code) for code in codes)


@pytest.mark.parametrize("one", RULES, ids=_ids)
def test_docs_are_complete(one: Rule) -> None:
    assert len(one.doc.split()) >= 20
    assert len(one.bad) >= 2
    assert len(one.good) >= 2
    assert one.scope in {"document", "library", "site"}


@pytest.mark.parametrize("one", RULES, ids=_ids)
def test_messages_are_lower_case_fragments_with_a_repair(one: Rule) -> None:
    for example in one.bad:
        for problem in report_on(example, one.language).problems:
            if problem.code == one.code:
                assert not problem.message.endswith(".")
                assert not re.match(r"[A-Z][a-z]", problem.message), problem.message
                assert problem.fix
                assert "\n" not in problem.message + problem.fix


def test_every_rule_has_its_file_or_its_entry_in_the_lexicon() -> None:
    files = {path.stem for path in (ROOT / "plugins/evidence/rules").glob("*.py")} - {"__init__", "wording"}
    assert len(files) + len(lexicon()) == len(RULES)


def table() -> str:
    """The README's table of rules."""
    rows = [
        f"| {one.code} | {one.name} | {one.severity} | {one.doc.strip().splitlines()[0].rstrip('.')} |"
        for one in RULES
    ]
    return "\n".join(["| code | name | severity | what it flags |", "|---|---|---|---|", *rows])


def test_the_readme_is_in_step() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("<!-- rules -->\n")[1].split("\n<!-- /rules -->")[0]
    assert shown == table(), f"put this into README.md:\n\n{table()}\n"


def test_rules_are_found_by_code_or_name() -> None:
    found = rule("ev201")
    assert found is not None
    assert found is rule("unknown-key")
    assert rule("EV999") is None
