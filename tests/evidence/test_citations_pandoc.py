"""Our citation grammar against pandoc's own syntax tree: key, mode, grouping, prefix and whole suffix."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from citation_cases import cases, differential

ROOT = Path(__file__).parents[2]
RANDOM_CASES, SEED = 900, 2026

ADDRESS = "an address is no citation, whatever stands in it; pandoc does not know bare addresses by default"
TEX = "pandoc knows how many arguments each TeX command takes and what is an error in them; here TeX means nothing"
RAW_SCRIPT = (
    "pandoc takes escapes out of a super- or subscript before it looks for citations; an escaped @ is none here"
)
DIFFERENT = {
    "https://x.org/@user/post": ADDRESS,
    "see https://x.org/a?b=@c for more [@a]": ADDRESS,
    "www.x.org/@user": ADDRESS,
    "as on https://medium.com/@drdoe [@a].": ADDRESS,
    "https://x.org/@y and https://x.org/@z [see @b]": ADDRESS,
    "\\textbf @a": TEX,
    "\\emph-@ä2": TEX,
    "*\\em\nph{word}* @a": TEX,
    "\\emph{[@a], p <\\[ 0.05}": TEX,
    "^\\@b^": RAW_SCRIPT,
    "~&#64;b~": RAW_SCRIPT,
}
"""Texts on which we differ from pandoc on purpose, or whose reading by pandoc is an accident, and why."""


@pytest.fixture(scope="module")
def campaign() -> ModuleType:
    return differential()


def test_cases_agree_with_pandoc(campaign: ModuleType) -> None:
    texts = [case.text for case in cases() if case.text not in DIFFERENT]
    assert len(texts) > 300
    assert list(campaign.compare(texts)) == []


def test_random_texts_agree_with_pandoc(campaign: ModuleType) -> None:
    texts = [text for text in campaign.random_cases(RANDOM_CASES, SEED) if text not in DIFFERENT]
    assert len(texts) > 600
    assert list(campaign.compare(texts)) == []


def test_known_differences_still_differ(campaign: ModuleType) -> None:
    assert {text for text, _, _ in campaign.compare(DIFFERENT)} == set(DIFFERENT)
