"""A build that remembers makes the same site as one from nothing: after any change, and beside any other run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest
from evidence.memory import FOLDER
from evidence.publishing import put_in_place, staging_folder
from little_sites import ROOT, Site
from samples import BIB, NOTE

ARTICLE = "content/articles/fluids.md"
OTHER = "content/articles/other.md"
OTHER_TEXT = """\
---
title: Other drips
date: 2026-11-24
description: What drips are.
slug: other
---

A trial of fluids for migraine is described by @jones2019fluid.

The article on fluids is [here]({filename}fluids.md).
"""
GLOSSARY = '[trial]\nterm = "trial"\nmeaning = "A comparison."\n'
FILES = {
    "references.bib": BIB,
    OTHER: OTHER_TEXT,
    "content/glossary.toml": GLOSSARY,
    "content/sources/jones2019fluid.toml": NOTE,
}
REMEMBERING = {"CI": "", "EVIDENCE_CACHE": ""}


@pytest.fixture
def made(site: Callable[..., Site]) -> Site:
    """A site that was built and remembers it; its theme is a copy that may be changed."""
    little = site({**FILES, "content/vocabulary.toml": (ROOT / "content/vocabulary.toml").read_bytes()})
    (little.root / "theme").unlink()
    copytree(ROOT / "theme", little.root / "theme")
    done = little.build(env=REMEMBERING)
    assert done.code == 0, done.text
    return little


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def from_nothing(site: Site, settings: str = "pelicanconf.py") -> dict[str, bytes]:
    done = site.run("pelican", "content", "-o", "clean", "-s", settings, env={"EVIDENCE_CACHE": "0"})
    assert done.code == 0, done.text
    return files(site.root / "clean")


def entries(site: Site, kind: str) -> dict[str, int]:
    """The entries of a kind, each with what changes when it is written anew."""
    return {path.name: path.stat().st_ino for path in (site.root / FOLDER / kind).iterdir()}


def replaced(site: Site, name: str, old: str, new: str) -> None:
    path = site.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


CHANGES: Mapping[str, tuple[str, str, str, int, bool]] = {
    # what: file, old words, new words, pages made anew, whether templates are translated anew
    "nothing": (OTHER, "Other drips", "Other drips", 0, False),
    "an article": (OTHER, "A trial", "One trial", 1, False),
    "a title": (OTHER, "title: Other drips", "title: Further drips", 1, False),
    "an address": (OTHER, "slug: other", "slug: another", 1, False),
    "the title of a source": ("references.bib", "Fluids for migraine", "Fluids in migraine", 0, False),
    "the name of a source in a sentence": ("references.bib", "Jones", "Janes", 1, False),
    "a note": ("content/sources/jones2019fluid.toml", "Pain fell", "Pain came down", 0, False),
    "the vocabulary": ("content/vocabulary.toml", 'label = "', 'label = "some ', 0, False),
    "the glossary": ("content/glossary.toml", 'term = "trial"', 'term = "article"', 0, False),
    "the offer": ("content/ctas.toml", 'heading = "', 'heading = "Please: ', 0, False),
    "a template": ("theme/templates/article.html", "<article", "<article data-new", 0, True),
    "a macro": ("theme/templates/macros/evidence.html", "better with IT", "it is better with IT", 0, True),
    "a setting": ("pelicanconf.py", 'SITENAME = "', 'SITENAME = "New ', 0, False),
    "how templates are read": ("pelicanconf.py", '"trim_blocks": True', '"trim_blocks": False', 0, True),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_touches_what_it_must_and_no_more(made: Site, what: str) -> None:
    name, old, new, pages, translated = CHANGES[what]
    rendered, templates = entries(made, "rendered"), entries(made, "templates")
    replaced(made, name, old, new)
    done = made.build(env=REMEMBERING)
    assert done.code == 0, done.text
    assert files(made.root / "output") == from_nothing(made)
    again = entries(made, "rendered")
    assert sum(rendered.get(key) != number for key, number in again.items()) == pages
    again = entries(made, "templates")
    assert any(templates.get(key) != number for key, number in again.items()) is translated


def test_an_article_taken_away_is_nowhere_any_more(made: Site) -> None:
    (made.root / OTHER).unlink()
    assert made.build(env=REMEMBERING).code == 0
    built = files(made.root / "output")
    assert built == from_nothing(made)
    assert not any(b"Other drips" in text for text in built.values())


def test_what_is_remembered_may_be_deleted_or_damaged(made: Site) -> None:
    first = files(made.root / "output")
    for number, path in enumerate(sorted((made.root / FOLDER).rglob("*"))):
        if path.is_file():
            data = path.read_bytes()
            path.write_bytes((data[:-1], data[:50], b"", data[:-1] + bytes([data[-1] ^ 1]))[number % 4])
    assert made.build(env=REMEMBERING).code == 0
    assert files(made.root / "output") == first


# ----------------------------------------------------------------------------------------- two runs at once


def started(site: Site, *command: str) -> subprocess.Popen[str]:
    given = {**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1", **REMEMBERING}
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=site.root,
        env=given,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def ended(runs: list[subprocess.Popen[str]]) -> Iterator[str]:
    for run in runs:
        text = run.communicate(timeout=120)[0]
        assert run.returncode == 0, text
        yield text


def test_two_builds_and_a_check_at_once_neither_mix_nor_harm_each_other(made: Site) -> None:
    settings = (made.root / "pelicanconf.py").read_text("utf-8")
    made.write({"otherconf.py": settings.replace('SITENAME = "', 'SITENAME = "Other ')})
    clean = [from_nothing(made, name) for name in ("pelicanconf.py", "otherconf.py")]
    assert clean[0] != clean[1]
    alone = made.run("evidence", "check", "--format", "json", env={"EVIDENCE_CACHE": "0"}).text
    for number in range(3):
        if number == 1:  # now with nothing remembered, and no site yet
            subprocess.run(["rm", "-r", str(made.root / FOLDER), str(made.root / "output")], check=True)
        builds = [
            started(made, "pelican", "content", "-o", "output", "-q", "-s", name)
            for name in ("pelicanconf.py", "otherconf.py")
        ]
        check = started(made, "evidence", "check", "--format", "json")
        told = list(ended([check, *builds]))
        assert told[0] == alone
        assert files(made.root / "output") in clean
        assert not list(made.root.glob(".output*"))
        assert not list((made.root / FOLDER).rglob("*.part"))
    assert made.build(env=REMEMBERING).code == 0
    assert files(made.root / "output") == clean[0]


def test_of_two_first_builds_the_later_takes_the_place_of_the_earlier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "output"
    staging = staging_folder(output)
    (staging / "index.html").write_text("later")
    exists = Path.exists

    def just_before(path: Path) -> bool:
        if path == output and not exists(output):
            output.mkdir()
            (output / "index.html").write_text("earlier")
            return False
        return exists(path)

    monkeypatch.setattr(Path, "exists", just_before)
    put_in_place(staging, output)
    assert (output / "index.html").read_text() == "later"
    assert not exists(staging)


def test_a_killed_build_leaves_the_spare_to_the_next_one(made: Site) -> None:
    made.write({OTHER: OTHER_TEXT.replace("Other drips", "More drips")})
    assert made.build(env=REMEMBERING).code == 0
    (spare,) = (made.root / FOLDER / "spare").iterdir()
    kept = (spare / "about/index.html").stat().st_ino
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    spare.rename(made.root / f".output-building-on-{ended.pid}")  # as it is while a build goes on
    made.write({OTHER: OTHER_TEXT})
    assert made.build(env=REMEMBERING).code == 0
    assert (made.root / "output/about/index.html").stat().st_ino == kept
    assert files(made.root / "output") == from_nothing(made)
    assert not list(made.root.glob(".output-*"))
