"""What somebody may have meant, among few words and among very many."""

from __future__ import annotations

import pytest
from evidence.alike import Alike
from evidence.library import nearest_keys, parse_library
from patience import patience

MANY = [f"author{number}{year}title" for number in range(400) for year in range(2000, 2025)]


@pytest.mark.parametrize("crowd", [[], MANY], ids=["few", "many"])
@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("smiht2020pain", "smith2020pain"),
        ("Smith2020pain", "smith2020pain"),
        ("smith2020pian", "smith2020pain"),
        ("smith2020", "smith2020pain"),
        ("balbin2016fluid", "balbin2016fluids"),
    ],
)
def test_a_slip_is_recognized(crowd: list[str], wrong: str, meant: str) -> None:
    assert Alike([*crowd, "smith2020pain", "balbin2016fluids", *crowd]).to(wrong)[:1] == [meant]


@pytest.mark.parametrize("crowd", [[], MANY], ids=["few", "many"])
def test_nothing_is_suggested_for_what_is_like_nothing(crowd: list[str]) -> None:
    assert Alike([*crowd, "smith2020pain"]).to("q") == []
    assert Alike(crowd).to("") == []


def test_all_keys_of_a_large_bibliography_may_be_wrong() -> None:
    """As after another format of keys was chosen: 2,500 look-ups among 10,000 keys, each of which took half a second."""
    library = parse_library({"references.bib": "".join(f"@misc{{{key}, title={{T}}}}\n" for key in MANY)}, {})
    with patience():
        assert all(nearest_keys(f"{key[9:]}_{key}", library) is not None for key in MANY[::4])
    assert nearest_keys(MANY[7].upper(), library)[0] == MANY[7]


def test_all_parents_strings_and_notes_may_be_wrong() -> None:
    bib = "".join(
        f"@string{{{key} = later{key} # {{x}}}}\n@book{{{key}, crossref={{of{key}}}}}\n" for key in MANY[:1500]
    )
    notes = {f"content/sources/x{key}.toml": 'design = "review"\n' for key in MANY[:1500]}
    with patience():
        faults = parse_library({"references.bib": bib}, notes).faults
    assert sum("which is in no file" in fault.what for fault in faults) == 1500
    assert sum("there is no @string" in fault.what for fault in faults) == 1500
