"""A large site is held otherwise than a small one: what is told of it, and every file made of it, is the same."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from evidence import crew, folded
from evidence.folded import Folded
from evidence.memory import NOTHING
from evidence.model import Document, Report
from evidence.plugin.verdicts import Verdicts
from evidence.progress import FEWEST
from evidence.project import check_project, content_files, load_settings, project_from, read_documents
from evidence.reading import read
from evidence.reports import FORMATS
from little_sites import ROOT, Site, site
from samples import BIB, HEAD, NOTE

__all__ = ["site"]
ARTICLE = """\
---
title: Drips {0}
date: 2026-11-1{0}
slug: drips-{0}
category: Drips
---

## Key messages

- Pain fell by {0}.5 points with fluids in one trial [@smith2020].
- One more trial looked at fluids [@jones2019fluid].

A trial of fluids for migraine is described by @jones2019fluid. See [the others]({{filename}}drips-1.md).
"""
FILES = {
    "references.bib": BIB,
    "content/sources/jones2019fluid.toml": NOTE,
    "content/glossary.toml": '[trial]\nterm = "trial"\nmeaning = "A comparison."\n',
    **{f"content/articles/drips-{number}.md": ARTICLE.format(number) for number in range(1, 9)},
}
LARGE = "\nfrom evidence import crew, folded\n\ncrew.FEWEST = crew.MANY = folded.MANY = 1\n"
"""Settings are a program: with these, a site of any size is taken for a large one."""


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    project = replace(project_from(load_settings(ROOT / "pelicanconf.py"), ROOT), memory=NOTHING)
    return read_documents(project, content_files(project))


def test_a_folded_document_says_what_it_said(documents: tuple[Document, ...]) -> None:
    assert len(documents) > 10
    for one in documents:
        small = Folded(one)
        assert isinstance(small, Document)
        for field in fields(Document):
            assert getattr(small, field.name) == getattr(one, field.name), (one.path, field.name)
        assert small.draft == one.draft
        with pytest.raises(AttributeError):
            small.other  # noqa: B018


def test_a_folded_document_takes_a_third_of_the_room_at_most(documents: tuple[Document, ...]) -> None:
    kept = sum(len(one._text) + len(one._rest) for one in map(Folded, documents))
    assert kept < sum(len(one.text) + len(one.body) for one in documents)


def test_only_documents_of_large_sites_are_folded() -> None:
    whole = read(HEAD + "Words.\n", "content/articles/a.md")
    assert folded.folded(whole, folded.MANY - 1) is whole
    assert isinstance(folded.folded(whole, folded.MANY), Folded)
    odd = replace(whole, body="Other words.\n")
    assert folded.folded(odd, folded.MANY) is odd


def test_odd_characters_survive(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = replace(read(HEAD + "Words.\n", "content/articles/a.md"), text="é\ud800\n", body="\ud800\n")
    small = Folded(whole)
    assert (small.text, small.body) == (whole.text, whole.body)


def report(documents: tuple[Document, ...]) -> Report:
    project = replace(project_from(load_settings(ROOT / "pelicanconf.py"), ROOT), memory=NOTHING)
    return check_project(project, documents)


def test_what_was_found_is_found_again_when_it_was_laid_together(
    documents: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = report(documents)
    assert len(found.supported) > 100
    for many in (1, 10_000):
        monkeypatch.setattr(folded, "MANY", many)
        verdicts = Verdicts(found.claims, found.supported, found.library, {one.path: one for one in documents})
        assert list(verdicts.claims()) == list(found.claims)
        assert verdicts.sources == {rest.source.key for one in found.supported for rest in one.rests}
        for one in documents:
            own = [each for each in found.supported if each.document is one]
            assert list(verdicts.supported(one.path)) == own
        assert verdicts.supported("elsewhere.md") == ()


def test_all_reports_are_those_of_whole_documents(documents: tuple[Document, ...]) -> None:
    small = tuple(map(Folded, documents))
    one, other = report(documents), report(small)
    for name, form in FORMATS.items():
        assert form(one) == form(other), name


@pytest.mark.parametrize("cache", ["", "0"])
def test_a_large_site_is_built_as_a_small_one(site: Callable[..., Site], cache: str) -> None:
    little = site({**FILES, "content/vocabulary.toml": (ROOT / "content/vocabulary.toml").read_bytes()})
    env = {"CI": "", "EVIDENCE_CACHE": cache}
    sites = []
    for lines in ("", LARGE):
        path = little.root / "pelicanconf.py"
        path.write_text(path.read_text("utf-8") + lines, "utf-8")
        done = little.build(env=env)
        assert done.code == 0, done.text
        sites.append(little.output())
    assert sites[0] == sites[1]
    assert len(sites[0]) > 20


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("cores", [{0}, {0, 1}])
def test_a_bar_shows_how_far_the_reading_is(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, cores: set[int]
) -> None:
    little = site({f"content/pages/p{number}.md": HEAD + "Words.\n" for number in range(FEWEST)})
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: cores)
    monkeypatch.setattr(crew, "MANY", 1)
    monkeypatch.setattr(sys, "stderr", told := Terminal())
    project = project_from(load_settings(Path(little.root / "pelicanconf.py")), little.root)
    files = content_files(project)
    read_documents(project, files)
    assert "Reading" in told.getvalue()
    assert f"{len(files)}/{len(files)}" in told.getvalue()
