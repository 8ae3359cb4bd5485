"""What is remembered between two runs: never what is out of date, damaged, or somebody else's."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from changing_sites import CHANGES, TEXTS, swap
from evidence import memory as memories
from evidence.brief import brief
from evidence.checking import with_claims
from evidence.errors import EvidenceError
from evidence.judging import Recall, alone, judged
from evidence.library import parse_library
from evidence.memory import FOLDER, NOTHING, Memory, key_of
from evidence.model import Case, Hit, Place, Policy
from evidence.project import Project, check_project, content_files, load_settings, project_from, read_documents
from evidence.reading import read
from evidence.reports import FORMATS, text
from evidence.rules import RULES
from evidence.wording import texts_of
from little_sites import PAGE, Site, site
from samples import HEAD, NOTES, RICH_BIB, RICH_VOCABULARY

__all__ = ["site"]

KEY = bytes(32)


pytestmark = pytest.mark.usefixtures("remembering")


def told(little: Site, *, remember: bool = True, in_sum_first: bool = True) -> tuple[str, ...]:
    """The reports on a site in several formats."""
    project = project_of(little)
    project = project if remember else replace(project, memory=NOTHING)
    in_sum = brief(project) if in_sum_first else None
    report = check_project(project, read_documents(project, content_files(project)))
    assert remember or in_sum is None
    if in_sum is not None:
        for colour in (False, True):
            assert text.render_brief(in_sum, colour=colour) == text.render(report, colour=colour)
        assert in_sum.failed is report.failed
    return tuple(FORMATS[name](report) for name in ("json", "text", "html", "sarif", "csv"))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_the_report_is_that_of_a_clean_run(
    site: Callable[..., Site], change: Callable[[Site], object]
) -> None:
    little = site({**TEXTS, "content/pages/about.md": PAGE})
    swap("pelicanconf.py", '"fail_on"', '"wording": ["words.toml"], "fail_on"')(little)
    first = told(little)
    assert told(little) == first == told(little, remember=False)
    change(little)
    outcomes = []
    for remember in (True, True, False):
        try:
            outcomes.append(told(little, remember=remember))
        except EvidenceError as error:
            outcomes.append((type(error).__name__, str(error)))
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_change_of_an_article_leaves_the_others_remembered(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    little = site(TEXTS)
    told(little)
    CHANGES["an article"](little)
    kept: list[tuple[str, str]] = []

    def noting(self: Memory, kind: str, name: str, key: bytes, value: object) -> None:
        kept.append((kind, name))

    monkeypatch.setattr(Memory, "keep", noting)
    told(little)
    more = "content/articles/more.md"
    assert set(kept) == {("documents", more), ("judged", more), ("gists", "")}


def test_another_version_of_the_code_recalls_nothing(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    little = site(TEXTS)
    first = told(little)
    for room in ("library", "checks"):
        monkeypatch.setattr(f"evidence.project.{room}.code_key", lambda: b"other")
    monkeypatch.setattr("evidence.reading.code_key", lambda: b"other")
    monkeypatch.setattr("evidence.judging.code_key", lambda: b"other")
    monkeypatch.setattr("evidence.brief.code_key", lambda: b"other")
    monkeypatch.setattr("evidence.library.code_key", lambda: b"other")
    values: list[object] = []
    recall = Memory.recall

    def noting(self: Memory, kind: str, name: str, key: bytes) -> object:
        values.append(found := recall(self, kind, name, key))
        return found

    monkeypatch.setattr(Memory, "recall", noting)
    assert told(little, in_sum_first=False) == first
    assert values
    assert all(value is None for value in values)


def test_a_check_in_sum_by_another_version_of_the_code_recalls_nothing(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    little = site(TEXTS)
    first = brief(project_of(little))
    for module in ("project.library", "project.checks", "reading", "judging", "brief", "library"):
        monkeypatch.setattr(f"evidence.{module}.code_key", lambda: b"other")
    values: list[object] = []
    recall = Memory.recall

    def noting(self: Memory, kind: str, name: str, key: bytes) -> object:
        values.append(found := recall(self, kind, name, key))
        return found

    monkeypatch.setattr(Memory, "recall", noting)
    assert brief(project_of(little)) == first
    assert values
    assert all(value is None for value in values)


def project_of(little: Site) -> Project:
    return project_from(load_settings(little.root / "pelicanconf.py"), little.root)


def test_the_code_key_is_of_the_cue_files_and_of_the_code() -> None:
    names = {path.suffix for path in Path(memories.__file__).parent.rglob("*") if path.is_file()}
    # ".prepared" is made of the cue files, and verified against them
    assert names - {".pyc", ".typed", ".prepared"} <= {
        *memories._MADE_OF,
        ".html",
        ".css",
        ".js",
    }  # a report's page is never kept


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:40],
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
    ],
)
def test_a_damaged_entry_is_made_again(site: Callable[..., Site], damage: Callable[[bytes], bytes]) -> None:
    little = site(TEXTS)
    first = told(little)
    files = [path for path in (little.root / FOLDER).rglob("*") if path.is_file()]
    sound = {path: path.read_bytes() for path in files}
    for path in files:
        path.write_bytes(damage(sound[path]))
    assert told(little) == first
    assert {path: path.read_bytes() for path in files} == sound


def test_what_is_kept_of_articles_that_are_gone_goes(site: Callable[..., Site]) -> None:
    little = site(TEXTS)
    folders = [little.root / FOLDER / kind for kind in ("documents", "judged")]
    told(little)
    before = [len(list(folder.iterdir())) for folder in folders]
    for folder in folders:
        (folder / "killed.1.part").write_bytes(b"half")
        os.utime(folder / "killed.1.part", (0, 0))
        (folder / "writing.2.part").write_bytes(b"half")
    (little.root / "content/articles/more.md").unlink()
    told(little)
    for folder, number in zip(folders, before, strict=True):
        assert len(list(folder.iterdir())) == number  # one entry less, and what another run is writing now
        assert not (folder / "killed.1.part").exists()
        assert (folder / "writing.2.part").exists()


def test_an_entry_makes_values_of_the_model_and_nothing_else(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "made",)

    memory = Memory(tmp_path / "folder")
    for value in (Evil(), RULES[0].check, Case, {"a": print}):
        body = pickle.dumps(value) if not isinstance(value, Evil) else _pickled(tmp_path / "made")
        path = memory._path("kind", "name")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(KEY + hashlib.sha256(body).digest() + body)
        if value is not Case:
            assert memory.recall("kind", "name", KEY) is None
    assert not (tmp_path / "made").exists()


def _pickled(path: Path) -> bytes:
    """A pickle that would make a file."""
    return b"cos\nsystem\n(S'touch " + str(path).encode() + b"'\ntR."


def test_a_folder_that_cannot_be_written_costs_time_only(site: Callable[..., Site]) -> None:
    little = site(TEXTS)
    little.write({FOLDER: "a file, where the folder should be\n"})
    assert told(little) == told(little, remember=False)


def test_automatic_checks_remember_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert memories.memory(tmp_path)
    monkeypatch.setenv("CI", "true")
    assert not memories.memory(tmp_path)
    monkeypatch.delenv("CI")
    monkeypatch.setenv("EVIDENCE_CACHE", "0")
    assert not memories.memory(tmp_path)


def test_the_public_site_is_never_built_from_memory(site: Callable[..., Site]) -> None:
    little = site(TEXTS)
    settings = load_settings(little.root / "pelicanconf.py")
    assert project_from(settings, little.root).memory
    settings |= {
        "SITEURL": "https://sound.clinic",
        "CLINIC": {**settings["CLINIC"], "booking_url": "https://sound.clinic/"},
    }
    settings["EVIDENCE"] = {**settings["EVIDENCE"], "publish": True}
    assert not project_from(settings, little.root).memory


def test_keys_tell_values_apart() -> None:
    values = (
        "a", b"a", ("a",), ("a", ""), ("", "a"), (("a",), ""), 1, True, 1.0, None, "None", {"a": "b"}, ("a", "b"),
        {"a": "b", "c": "d"}, {"c": "d", "a": "b"}, frozenset({"a"}), Place("a"), Place("a", 2), Hit(Place("a"), "b"),
    )  # fmt: skip
    assert len({key_of(value) for value in values}) == len(values)
    assert key_of(frozenset(map(str, range(50)))) == key_of(frozenset(map(str, reversed(range(50)))))
    with pytest.raises(TypeError):
        key_of(print)


EXAMPLES = [(rule.code, text) for rule in RULES if rule.language == "markdown" for text in (*rule.bad, *rule.good)]


def test_rules_find_in_one_document_at_a_time_what_they_find_in_all() -> None:
    documents = tuple(
        read(text if text.startswith("---") else HEAD + text, f"content/articles/{number}.md")
        for number, (_, text) in enumerate(EXAMPLES)
    )
    notes = {f"content/sources/{key}.toml": text for key, text in NOTES.items()}
    library = parse_library({"references.bib": RICH_BIB}, notes, {"content/vocabulary.toml": RICH_VOCABULARY})
    case = Case(documents, library, Policy(), frozenset({"consultation"}))
    rules = alone(RULES)
    whole = replace(with_claims(case), said=tuple(texts_of(documents, (), (), library)))
    together = {(rule.code, hit) for rule in rules for hit in rule.check(whole)}
    singly = {found for part in judged(case, rules, Recall()) for found in part.hits}
    assert singly == together
    assert len(singly) > 50
