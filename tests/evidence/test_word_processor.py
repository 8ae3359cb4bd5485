"""What word processors make of an editor's text: each message names the very character, since on the screen it looks right."""

from __future__ import annotations

import pytest
from evidence.library import parse_library
from evidence.model import Case, Policy
from evidence.reading import read
from evidence.rules import unknown_finding
from evidence.toml_text import TomlFault, toml_data
from samples import HEAD, NOTES, RICH_BIB


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("funding = “not stated”\n", "instead of the curly ones"),
        ("[Anna Meier]\n", "[first-last]"),
        ("funding = none stated\n", 'write name = "value"'),
    ],
)
def test_a_table_that_is_none(text: str, fix: str) -> None:
    with pytest.raises(TomlFault) as told:
        toml_data(text)
    assert fix in told.value.fix


def test_a_long_dash_before_the_front_matter() -> None:
    (fault,) = [one for one in read("—\ntitle: T\n---\n\nText.\n", "a.md").faults if "dash" in one.what]
    assert (fault.place.line, fault.fix) == (1, "write three hyphens: ---")


def test_a_special_hyphen_in_the_name_of_a_finding() -> None:
    library = parse_library(
        {"references.bib": RICH_BIB}, {f"content/sources/{key}.toml": text for key, text in NOTES.items()}
    )
    document = read(HEAD + "Pain did not change [@jones2019fluid#pain‑60min].\n", "a.md")
    (told,) = unknown_finding.check(Case((document,), library, Policy()))
    assert 'special hyphen from a word processor; type a plain "-"' in str(told.fix)
