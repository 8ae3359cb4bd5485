"""Formatted references: the style of Citing Medicine, case by case, and whatever is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from bibliography_cases import bibliography_cases
from evidence.library import parse_library
from evidence.model import Segment
from evidence.references import format_source, reference_list, safe_id
from evidence.references.bibtex import bibtex
from evidence.references.people import label
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]


def cases() -> list[ParameterSet]:
    return bibliography_cases(ROOT / "tests/cases/references/formats.txt")


def shown(segments: tuple[Segment, ...]) -> str:
    return "".join(f"[{part.text}]({part.href})" if part.href else part.text for part in segments)


@pytest.mark.parametrize(("bib", "expected"), cases())
def test_cases(bib: str, expected: list[str]) -> None:
    library = parse_library({"r.bib": bib}, {})
    assert not library.faults
    assert [text for source in library.sources.values() if (text := shown(format_source(source)))] == expected


TYPES = """
    article book booklet collection conference dataset inbook incollection inproceedings inreference manual mastersthesis
    misc newspaper online patent periodical phdthesis preprint proceedings report review software suppperiodical
    techreport thesis unpublished video www
""".split()
VALUES = {
    "author": "Lee, Jr, Bo and others", "editor": "van der Smith, Ann and {A Body}", "translator": "Jones, C", "title": "T",
    "subtitle": "S", "journal": "medRxiv", "journaltitle": "Headache", "booktitle": "Book", "year": "2020", "month": "mai",
    "day": "0", "date": "2020-21", "volume": "1", "number": "Suppl", "pages": "--", "eid": "e1", "publisher": "P",
    "institution": "I", "address": "Bern, MD", "edition": "x", "howpublished": "https://example.org", "url": "http://[::1",
    "urldate": "2020-13-45", "doi": "10.1000/x", "pmid": "0", "pmcid": "PMC", "isbn": "1", "eprint": "1706.03762v2",
    "eprinttype": "arxiv", "pubstate": "odd", "type": "preprint", "version": "1", "series": "S", "langid": "ngerman",
    "note": "N", "eventtitle": "E", "eventdate": "x", "venue": "V", "chapter": "1", "pagetotal": "x", "holder": "{H}",
}  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(TYPES), st.sets(st.sampled_from(sorted(VALUES))), st.data())
def test_any_fields_of_any_type_are_formatted(kind: str, names: set[str], data: st.DataObject) -> None:
    odd = data.draw(st.dictionaries(st.sampled_from(sorted(VALUES)), st.text(max_size=12), max_size=4))
    fields = {name: VALUES[name] for name in names} | {
        name: re.sub(r"[{}\\]", "", value) for name, value in odd.items()
    }
    body = "".join(f", {name} = {{{value}}}" for name, value in fields.items())
    segments = format_source(parse_library({"r.bib": f"@{kind}{{a{body}}}"}, {}).sources["a"])
    text = "".join(part.text for part in segments)
    assert not re.search(r"\s\.|\.\. |\(\)|\[\]|:\s*;|^[ .;:]", text) or odd, text
    assert all(part.href is None or re.match(r"https?://", part.href) for part in segments)


def test_numbers_follow_the_order_given_and_ids_are_unique() -> None:
    library = parse_library({"r.bib": "@misc{a, title={A}}\n@misc{b, title={B}, year=2020, author={Lee, Bo}}"}, {})
    made = reference_list(("b", "gone", "a"), library, {})
    assert [(one.number, one.key, one.label) for one in made] == [(1, "b", "Lee 2020"), (3, "a", "A")]


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (
            "title={Intravenous magnesium sulphate in the acute treatment of migraine. A double-blind study}, year=2002",
            "Intravenous magnesium sulphate … 2002",
        ),
        ("title={A page on drips}, year=2021", "A page on drips 2021"),
        (
            "title={Intravenous magnesium sulphate in the acute treatment of migraine. A study}, institution={A Body}, year=2002",
            "A Body 2002",
        ),
        ("title={Of a the and of a the and of a the and of a the and of a the and of a the}", "Of …"),
    ],
)
def test_a_source_without_authors_has_a_short_name_too(entry: str, name: str) -> None:
    assert label(parse_library({"r.bib": f"@misc{{a, {entry}}}"}, {}).sources["a"]) == name


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, min_size=2, max_size=6))
def test_ids_are_safe_and_never_shared(keys: list[str]) -> None:
    ids = [safe_id(key) for key in keys]
    assert len(set(ids)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", one) for one in ids)


def test_a_source_is_given_to_reference_managers_as_it_was_written() -> None:
    entry = "@article{a2020,\n  title  = {On {IV} \\& drips},\n  author = {Lee, Bo},\n  year   = {2020},\n}"
    given = entry.replace("}\n}", "},\n  abstract = {Long},\n}").replace("},},", "},")
    known = parse_library({"r.bib": given}, {}).sources["a2020"]
    assert bibtex(known) == entry
    assert (
        parse_library({"r.bib": bibtex(known)}, {}).sources["a2020"].fields["title"].raw == known.fields["title"].raw
    )
