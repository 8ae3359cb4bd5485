"""What stands below a heading on harms, benefits, uses or doses. The cases stand in `tests/cases/headed.txt`."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from evidence.checking import check
from evidence.claims import detect_on_page, load_cues
from evidence.coverage import claims_of
from evidence.headed import KIND
from evidence.model import Case, Library, Policy
from evidence.reading import read
from evidence.rules import RULES
from samples import HEAD

CASES = Path(__file__).parents[1] / "cases/headed.txt"


def cases() -> list[tuple[str, str, list[str]]]:
    found = []
    for part in re.split(r"^== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, rest = part.split("\n", 1)
        text, _, expected = rest.partition("\n--\n")
        found.append((title, text + "\n", expected.strip().splitlines()))
    return found


@pytest.mark.parametrize(("title", "text", "expected"), cases(), ids=[case[0] for case in cases()])
def test_cases(title: str, text: str, expected: list[str]) -> None:
    judge = partial(detect_on_page, cues=load_cues())
    claims = claims_of(read(HEAD + text, "a.md"), judge)
    assert [one.sentence for one in claims if one.kind == KIND] == expected


def told(text: str) -> list[tuple[int | None, str]]:
    report = check(Case((read(HEAD + text, "a.md"),), Library({}), Policy()), RULES)
    return [(one.place.line, one.message) for one in report.problems if one.code in ("EV101", "EV901")]


def test_a_list_is_told_once_at_its_first_item_with_its_heading() -> None:
    assert told("## Side effects\n\n- seizures\n- heart block\n") == [
        (8, 'no source for what stands below "Side effects": "seizures; heart block"')
    ]


def test_a_list_can_be_exempted_as_a_whole() -> None:
    assert told("## Side effects\n\n<!-- allow EV101: a bad example -->\n\n- seizures\n- heart block\n") == []
