"""What happened to claims between two versions: plain-text cases, and that no claim is lost or told twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from evidence.changes import changes
from evidence.changes.order import out_of_order
from evidence.changes.words import difference
from evidence.coverage import claim_id
from evidence.model import Basis, Change, ChangeKind, Claim, Fate, Place, Stated
from hypothesis import given
from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases/changes.txt"


def stated(path: str, line: int, sentence: str, *basis: Basis) -> Stated:
    return Stated(Claim(claim_id(sentence), Place(path, line), sentence, "claim", "", "cited"), basis)


def version(text: str) -> tuple[list[Stated], dict[str, str]]:
    found: list[Stated] = []
    renamed: dict[str, str] = {}
    path = ""
    for number, line in enumerate(text.strip().splitlines(), 1):
        if line.startswith("# "):
            path, _, name = line[2:].partition(" => ")
            renamed |= {path: name} if name else {}
            continue
        sentence, *sources = line.split(" | ")
        basis = []
        for source in sources:
            key, entry, findings, *locator = source.split()
            id, _, made = findings.rpartition(":")
            basis.append(Basis(key, entry.strip("-"), ((id or "pain", made),), " ".join(locator)))
        found.append(stated(path, number, sentence, *basis))
    return found, renamed


def told(change: Change) -> str:
    marks = {Fate.KEPT: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}
    words = " ".join(marks[one.fate].format(one.text) for one in change.words) or change.claim.sentence
    ways = [change.before, change.after]
    paths = [one.place.path for one in ways if one]
    extras = [f"from {paths[0]}"] if len(set(paths)) == 2 else []
    extras += ["moved"] if change.moved else []
    extras += ["; ".join(change.sources)] if change.sources else []
    return f"{change.kind.value}: {words}" + (f" ({', '.join(extras)})" if extras else "")


def cases() -> list[tuple[str, str, str, list[str]]]:
    found = []
    for part in re.split(r"^== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, rest = part.split("\n", 1)
        before, after, expected = re.split(r"^--\n", rest, flags=re.MULTILINE)
        found.append((title, before, after, expected.strip().splitlines()))
    return found


@pytest.mark.parametrize(("title", "before", "after", "expected"), cases(), ids=[case[0] for case in cases()])
def test_cases(title: str, before: str, after: str, expected: list[str]) -> None:
    old, renamed = version(before)
    new, _ = version(after)
    assert [told(one) for one in changes(old, new, renamed)] == expected


SENTENCES = st.lists(st.text("ab cd", min_size=1, max_size=12), max_size=12)
VERSIONS = st.dictionaries(st.sampled_from(["a.md", "b.md"]), SENTENCES)


def made(articles: dict[str, list[str]]) -> list[Stated]:
    return [stated(path, n, one) for path, listed in sorted(articles.items()) for n, one in enumerate(listed, 1)]


@given(VERSIONS, VERSIONS)
def test_every_claim_is_kept_or_told_exactly_once(before: dict[str, list[str]], after: dict[str, list[str]]) -> None:
    old, new = made(before), made(after)
    found = changes(old, new)
    assert found == changes(old, new)
    for listed, ends in ((old, [one.before for one in found]), (new, [one.after for one in found])):
        told_of = Counter(one.place for one in ends if one)
        assert set(told_of.values()) <= {1}
        assert set(told_of) <= {one.claim.place for one in listed}
    kinds = Counter(one.kind for one in found)
    assert len(new) - len(old) == kinds[ChangeKind.ADDED] - kinds[ChangeKind.REMOVED]


@given(VERSIONS)
def test_nothing_happened_to_the_same_claims(articles: dict[str, list[str]]) -> None:
    assert changes(made(articles), made(articles)) == ()


@given(st.text("ab ", max_size=20), st.text("ab ", max_size=20))
def test_a_difference_holds_both_sentences(before: str, after: str) -> None:
    found = difference(before, after)
    for sentence, other in ((before, Fate.NEW), (after, Fate.GONE)):
        words = " ".join(one.text for one in found if one.fate is not other)
        assert words.split() == (sentence.split() if found else [])
    assert bool(found) == (before.split() != after.split())


@given(st.lists(st.integers(0, 50), unique=True))
def test_what_kept_its_order_ascends(numbers: list[int]) -> None:
    moved = out_of_order(numbers)
    kept = [one for one in numbers if one not in moved]
    assert kept == sorted(kept)
    assert not numbers or kept
