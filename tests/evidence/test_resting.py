"""Which findings readers are shown for a sentence, and in what words: cases that an editor can extend."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence.judging import claims_in
from evidence.library import parse_library
from evidence.model import Policy
from evidence.reading import read
from evidence.showing.plain import plain_words
from evidence.showing.resting import settled
from evidence.support.evidence import supported
from samples import HEAD

CASES = Path(__file__).parents[1] / "cases/showing"
LIBRARY = parse_library(
    {"references.bib": (CASES / "references.bib").read_text(encoding="utf-8")},
    {f"content/sources/{path.name}": path.read_text(encoding="utf-8") for path in (CASES / "sources").glob("*.toml")},
    {"content/vocabulary.toml": (CASES / "vocabulary.toml").read_text(encoding="utf-8")},
)


def cases(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.rpartition(" | ") for line in lines if line and not line.startswith("#")]
    return [(given, wanted) for given, _, wanted in pairs]


def test_the_library_of_the_cases_is_sound() -> None:
    assert not LIBRARY.faults


@pytest.mark.parametrize(("sentence", "wanted"), cases("told.txt"))
def test_which_findings_a_sentence_tells(sentence: str, wanted: str) -> None:
    text = sentence.removeprefix("after: ").replace(" // ", " ")
    document = read(f"{HEAD}{text}\n", "content/articles/a.md")
    (*_, one) = supported((document,), claims_in(document, Policy()), LIBRARY)
    told = [finding.id for rest in one.rests for finding in settled(one, rest, LIBRARY.vocabulary)]
    assert told == ([] if wanted == "-" else wanted.split())


@pytest.mark.parametrize(("said", "wanted"), cases("plain.txt"))
def test_statistics_are_told_in_words(said: str, wanted: str) -> None:
    assert plain_words(said) == wanted
