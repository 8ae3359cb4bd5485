"""Whatever an editor does, in whatever order: what is recalled is what a clean run finds, in every format, byte for byte."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from changing_sites import TEXTS
from evidence import judging
from evidence.brief import brief
from evidence.errors import EvidenceError
from evidence.memory import FOLDER, NOTHING, Memory
from evidence.model import Document
from evidence.project import check_project, content_files, load_settings, project_from, read_documents
from evidence.reports import FORMATS, text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from little_sites import PAGE, Site, site
from samples import HEAD

__all__ = ["site"]

THIRD = """
Prochlorperazine eased pain in one trial of 80 people [@smith2020#relief]. Fluids made no difference [@jones2019fluid].
"""
ALL = {
    **TEXTS,
    "content/pages/about.md": PAGE,
    "content/articles/third.md": HEAD.replace("title: T", "title: Third\nslug: third") + THIRD,
}


pytestmark = pytest.mark.usefixtures("remembering")


def told(root: Path, *, remember: bool) -> dict[str, str]:
    """By format all that is told of a site; of one that cannot be checked, why."""
    try:
        project = project_from(load_settings(root / "pelicanconf.py"), root)
        project = project if remember else replace(project, memory=NOTHING)
        in_sum = brief(project)
        report = check_project(project, read_documents(project, content_files(project)))
    except EvidenceError as error:
        return {"error": str(error)}
    found = {name: form(report) for name, form in FORMATS.items()}
    return found if in_sum is None else {**found, "text": text.render_brief(in_sum)}


_SWAPS = (
    ("benefit", "no difference"), ("no difference", "harm"), ("4.5", "3.5"), ("49", "51"), ("pain", "nausea"), ("Fluids", "Magnesium"),
    ("2020", "2009"), ("@smith2020", "@lee2021"), ("#pain", "#relief"), ("one trial", "two trials"), ("migraine", "headache"),
    ("eased", "cured"), ("\n\n", "\n\n<!-- allow EV401: a reason -->\n\n"), ("status", "state"), ("slug: more", "slug: third"),
    ("\n", "\r\n"), ("adults", "children"), ("date: 2026", "status: draft\ndate: 2026"),
)  # fmt: skip


def _write(root: Path, name: str, change: tuple[str, int, int]) -> None:
    """A change of a file: some words for others, a line lost or said twice, the file gone, or back as it was."""
    path, (what, one, other) = root / name, change
    if what == "back" or not path.exists():
        path.write_text(ALL[name], "utf-8")
    elif what == "gone":
        path.unlink()
    elif what == "swapped":
        old, new = _SWAPS[one % len(_SWAPS)]
        said = path.read_bytes().decode()
        at = [found.start() for found in re.finditer(re.escape(old), said)]
        if at:
            start = at[other % len(at)]
            path.write_bytes((said[:start] + new + said[start + len(old) :]).encode())
    else:
        lines = path.read_bytes().decode().split("\n")
        number = one % len(lines)
        lines[number : number + 1] = [] if what == "lost" else [lines[number]] * 2
        path.write_bytes("\n".join(lines).encode())


NAMES = sorted(name for name in ALL if name.startswith("content/") or name.endswith((".bib", "words.toml")))
STEPS = st.tuples(
    st.sampled_from(NAMES),
    st.tuples(
        st.sampled_from(("swapped", "swapped", "swapped", "lost", "twice", "gone", "back")),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
)


@pytest.fixture
def little(site: Callable[..., Site]) -> Site:
    made = site(ALL)
    conf = (made.root / "pelicanconf.py").read_text("utf-8")
    made.write({"pelicanconf.py": conf.replace('"fail_on"', '"wording": ["words.toml"], "fail_on"')})
    return made


@settings(
    max_examples=int(os.environ.get("ROWS", "10")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_what_is_recalled_is_what_is_found(little: Site, steps: list[list[tuple[str, tuple[str, int, int]]]]) -> None:
    little.write(ALL)
    for together in steps:
        for name, change in together:
            _write(little.root, name, change)
        assert told(little.root, remember=True) == told(little.root, remember=False)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=3), when=st.integers(0, 25))
def test_the_memory_may_go_at_any_moment(
    little: Site, steps: list[tuple[str, tuple[str, int, int]]], when: int
) -> None:
    little.write(ALL)
    told(little.root, remember=True)
    for name, change in steps:
        _write(little.root, name, change)
    left, recall, keep = [when], Memory.recall, Memory.keep

    def counted() -> None:
        left[0] -= 1
        if left[0] == 0:
            shutil.rmtree(little.root / FOLDER, ignore_errors=True)

    def recalled(self: Memory, kind: str, name: str, key: bytes) -> object:
        counted()
        return recall(self, kind, name, key)

    def kept(self: Memory, kind: str, name: str, key: bytes, value: object) -> None:
        counted()
        keep(self, kind, name, key, value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Memory, "recall", recalled)
        patch.setattr(Memory, "keep", kept)
        found = told(little.root, remember=True)
    assert found == told(little.root, remember=False)


@pytest.mark.parametrize(
    ("name", "old", "new", "anew"),
    [
        ("content/sources/lee2021.toml", '"benefit"', '"no difference"', {"more"}),
        ("content/sources/jones2019fluid.toml", "4.5 points", "3.5 points", {"more", "fluids", "third"}),
        ("content/sources/smith2021.toml", '"no difference"', '"benefit"', set()),
        ("references.bib", "@article{lee2021,", "@article{new2024,\n title = {New}}\n\n@article{lee2021,", None),
        ("content/vocabulary.toml", '"magnesium drip"', '"a bag of salts"', {"more", "fluids", "third", "about"}),
        ("content/ctas.toml", 'heading = "', 'heading = "Please: ', set()),
        ("references.lock.json", "", '{"schema": "evidence-lock/1", "sources": {}}', set()),
        ("content/articles/third.md", "one trial", "a trial", {"third"}),
    ],
)
def test_a_change_has_judged_anew_what_it_touches(
    little: Site, name: str, old: str, new: str, anew: set[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    little.write({"pelicanconf.py": (little.root / "pelicanconf.py").read_text("utf-8")})
    told(little.root, remember=True)
    judged: set[str] = set()
    own = judging._judged

    def noting(document: Document, *others: object) -> object:
        judged.add(Path(document.path).stem)
        return own(document, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "_judged", noting)
    before = (little.root / name).read_text("utf-8") if (little.root / name).exists() else ""
    assert old in before
    little.write({name: before.replace(old, new, 1) if old else new})
    found = told(little.root, remember=True)
    assert anew is None or judged == anew
    assert found == told(little.root, remember=False)
