"""After any row of edits, the build that remembers the last one makes the very site that a build from nothing makes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree

import pytest
from evidence.memory import FOLDER
from little_sites import ROOT, Site
from samples import BIB, NOTE

REMEMBERING = {"CI": "", "EVIDENCE_CACHE": ""}
NOTES = "content/sources/jones2019fluid.toml"
MORE = "@misc{lee2021, author = {Lee, Bo}, title = {A page on drips}, year = {2021}, url = {https://a.example/}}\n"


def article(number: int, **given: str) -> str:
    front = {
        "title": f"Drips {number}",
        "date": f"2026-11-{10 + number % 15}",
        "slug": f"drips-{number}",
        "category": ("Drips", "Care")[number % 2],
        "tags": "one, two",
        "description": f"What drips of kind {number} are.",
        **given,
    }
    head = "\n".join(f"{name}: {value}" for name, value in front.items())
    return f"""\
---
{head}
---

## Key messages

- Pain fell by {number}.5 points with fluids in one trial [@smith2020].
- One more trial looked at fluids [@jones2019fluid].

## What is known

A trial of fluids for migraine is described by @jones2019fluid. See [the others]({{filename}}/articles/first.md).

![A drip]({{static}}/images/drip.svg)
"""


FILES = {
    "references.bib": BIB + MORE,
    NOTES: NOTE,
    "content/glossary.toml": '[trial]\nterm = "trial"\nmeaning = "A comparison."\n',
    "content/images/drip.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "content/articles/first.md": article(1),
    "content/articles/second.md": article(2),
    "content/articles/third.md": article(3, tags="two", modified="2026-11-28"),
}


def swapped(name: str, old: str, new: str) -> Callable[[Path, int], object]:
    """Takes one word for another in a file, and the other for the one if that is there already."""

    def change(root: Path, number: int) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text or new in text, (name, old)
        text = text.replace(new, "\0").replace(old, new).replace("\0", old)
        (root / name).write_text(text, "utf-8")

    return change


def written(name: str, text: Callable[[int], str]) -> Callable[[Path, int], object]:
    """Writes a file anew, or deletes it where it is: the article that others link to stays."""

    def change(root: Path, number: int) -> None:
        path = root / name
        if path.exists() and number % 3 == 0:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(number), "utf-8")

    return change


def renamed(root: Path, number: int) -> None:
    files = sorted((root / "content/articles").glob("[a-z]*.md"))
    path = [one for one in files if one.name != "first.md"][0 if number % 2 else -1]
    path.rename(path.with_name(f"renamed-{number}.md"))


THIRD = "content/articles/extra.md"
EDITS: Mapping[str, Callable[[Path, int], object]] = {
    "an article": written(THIRD, lambda number: article(number, slug=f"extra-{number}")),
    "its text": written(THIRD, lambda number: article(number, slug="extra") + f"\nSomething {number}.\n"),
    "its title": written(THIRD, lambda number: article(4, slug="extra", title=f"Extra {number}")),
    "its state": written(THIRD, lambda number: article(4, slug="extra", status=("draft", "hidden")[number % 2])),
    "its topic": written(THIRD, lambda number: article(4, slug="extra", category=f"Topic {number}")),
    "a translation": written(
        "content/articles/es.md",
        lambda number: (
            f"---\ntitle: Sueros {number}\ndate: 2026-11-20\nslug: drips-1\nlang: es\n---\n\nUn texto [@smith2020].\n"
        ),
    ),
    "a citation": written(
        "content/articles/cites.md",
        lambda number: article(5, slug="cites") + f"\nPain fell by {number} points in a study [@lee2021].\n",
    ),
    "the address of a linked article": swapped("content/articles/first.md", "slug: drips-1", "slug: drips-one"),
    "the name of a file": renamed,
    "a page": written(
        "content/pages/methods.md", lambda number: f"---\ntitle: Method {number}\nslug: methods\n---\n\nText.\n"
    ),
    "corrections": written(
        "content/pages/corrections.md",
        lambda number: (
            f"---\ntitle: Corrections\nslug: corrections\n---\n\n## All\n\n### 2026-11-{10 + number % 18}: Drips\n\nA word was wrong.\n"
        ),
    ),
    "the title of a source": swapped("references.bib", "A trial of drips", "One trial of drips"),
    "an author": swapped("references.bib", "Smith, Ann", "Smyth, Ann"),
    "the order of the bibliography": lambda root, number: (root / "references.bib").write_text(
        "\n" * number + (root / "references.bib").read_text("utf-8"), "utf-8"
    ),
    "a note": swapped(NOTES, "Pain fell", "Pain came down"),
    "the vocabulary": written(
        "content/vocabulary.toml",
        lambda number: (
            f'[treatments.iv-fluids]\nlabel = "drips {number}"\nsynonyms = ["fluids"]\n\n[outcomes.pain]\nlabel = "pain"\n'
        ),
    ),
    "the glossary": swapped("content/glossary.toml", 'term = "trial"', 'term = "study"'),
    "an offer": swapped("content/ctas.toml", 'heading = "', 'heading = "Please: '),
    "a person": written(
        "content/people.toml",
        lambda number: (
            f'[ann]\nname = "Ann {number} Lee"\ncredentials = "MD"\nrole = "clinician"\ninterests = "none"\n'
        ),
    ),
    "a template": swapped("theme/templates/source.html", "<article", "<article data-new"),
    "the frame": swapped("theme/templates/partials/footer.html", "<footer", "<footer data-new"),
    "a macro": swapped("theme/templates/macros/evidence.html", "better with the treatment", "it is better with it"),
    "a style sheet": swapped("theme/templates/css/base.css", "margin: 0", "margin: 0px"),
    "a script": lambda root, number: (root / "theme/static/js/more.js").write_text(f"// {number}\n", "utf-8"),
    "a picture": lambda root, number: (root / "content/images/drip.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number}"/>\n', "utf-8"
    ),
    "the site's name": swapped("pelicanconf.py", 'SITENAME = "', 'SITENAME = "New '),
    "the form of days": swapped("pelicanconf.py", 'DEFAULT_DATE_FORMAT = "%-d %B %Y"', 'DEFAULT_DATE_FORMAT = "%Y"'),
    "how many on a page": swapped("pelicanconf.py", "DEFAULT_PAGINATION = 12", "DEFAULT_PAGINATION = 2"),
    "absolute addresses": swapped("pelicanconf.py", "RELATIVE_URLS = True", "RELATIVE_URLS = False"),
    "the publisher": swapped("pelicanconf.py", "sells IV therapy", "sells drips"),
    "the built site": lambda root, number: spoil(root / "output", number),
    "the last but one": lambda root, number: spoil(root / FOLDER / "spare", number),
    "what is remembered": lambda root, number: spoil(root / FOLDER / "site", number),
}


def spoil(folder: Path, number: int) -> None:
    """Write, add and delete some files, keeping their times where that can be done."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files[number % 3 :: 7]:
        found = path.stat()
        data = path.read_bytes()
        if number % 2:
            path.write_bytes(data[:-1] + b"!")
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        else:
            path.unlink()
        (path.parent / "left-over.html").write_text("left over")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def edited(site: Callable[..., Site]) -> Site:
    little = site({**FILES, "content/vocabulary.toml": (ROOT / "content/vocabulary.toml").read_bytes()})
    (little.root / "theme").unlink()
    copytree(ROOT / "theme", little.root / "theme")
    return little


STEPS = int(os.environ.get("EDITS", "3"))


LARGE = "\nfrom evidence import crew, folded\n\ncrew.FEWEST = crew.MANY = folded.MANY = 1\n"
"""Settings are a program: with these, a site of any size is taken for a large one."""


@pytest.mark.parametrize("seed", range(int(os.environ.get("ROWS", "2"))))
def test_the_same_site_as_from_nothing_after_any_row_of_edits(edited: Site, seed: int) -> None:
    """Every other site is taken for a large one."""
    if seed % 2:
        settings = edited.root / "pelicanconf.py"
        settings.write_text(settings.read_text("utf-8") + LARGE, "utf-8")
    chance = random.Random(seed)
    assert edited.build(env=REMEMBERING).code == 0
    names = chance.sample(sorted(EDITS), min(STEPS, len(EDITS)))
    done: list[str] = []
    for number, name in enumerate(names, 1):
        EDITS[name](edited.root, number)
        done.append(name)
        warm = edited.build(env=REMEMBERING)
        clean = edited.run("pelican", "content", "-o", "clean", "-s", "pelicanconf.py", env={"EVIDENCE_CACHE": "0"})
        assert (warm.code, clean.code) == (0, 0), f"{done}\n{warm.text}\n{clean.text}"
        built, expected = files(edited.root / "output"), files(edited.root / "clean")
        assert built.keys() == expected.keys(), done
        assert [path for path in expected if built[path] != expected[path]] == [], done
