"""Files that change between the check and the writing of the pages: what is published is what was checked, or nothing is."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from little_sites import ROOT, Site

MakeSite = Callable[..., Site]
HOOK = """
import shutil
from pelican import signals
def _swap(*_):
    shutil.copytree("swapped", ".", dirs_exist_ok=True)
signals.generator_init.connect(_swap, weak=False)
"""
"""Called by Pelican after the check, before it reads or writes a page."""
CHANGES = {
    "content/articles/fluids.md": ("Pain fell by 4.5", "Drips SWAPPED cure pain and it fell by 9.5"),
    "content/pages/about.md": ("This site", "This SWAPPED site cures and"),
    "references.bib": ("title", "title = {SWAPPED}, xtitle"),
    "theme/templates/base.html": ("<body", "<p>SWAPPED drips cure migraine</p><body"),
    "theme/templates/article.html": ("{% extends", "{# SWAPPED #}{% extends"),
}


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("remembers", ["0", "1"])
def test_words_that_came_after_the_check_are_not_published(site: MakeSite, path: str, remembers: str) -> None:
    made = site({"output/index.html": "the last good site"})
    theme = made.root / "theme"
    if theme.is_symlink():
        theme.unlink()
    if not theme.exists():
        shutil.copytree(ROOT / "theme", theme)
    text = (made.root / path).read_text(encoding="utf-8")
    old, new = CHANGES[path]
    assert old in text
    conf = (made.root / "pelicanconf.py").read_text(encoding="utf-8")
    conf += f"{HOOK}\nTHEME = 'theme'\n"
    made.write({"pelicanconf.py": conf, f"swapped/{path}": text.replace(old, new, 1)})
    built = made.run("pelican", "content", "-o", "output", "-s", "pelicanconf.py", env={"EVIDENCE_CACHE": remembers})
    assert "SWAPPED" in (made.root / path).read_text(encoding="utf-8"), built.text
    assert not any(b"SWAPPED" in data for data in made.output().values())
    if path.startswith("theme"):
        assert built.code == 2, built.text
        assert f"{path}: was changed while the site was built, so nothing is published" in built.text
        assert made.output() == {"index.html": b"the last good site"}
    else:
        assert built.code == 0, built.text
        assert b"Pain fell by 4.5" in made.output()["fluids/index.html"]
