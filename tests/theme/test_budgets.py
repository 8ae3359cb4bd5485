"""What a page may weigh, and that the gallery leaves no component out."""

from __future__ import annotations

import re
from pathlib import Path

import gallery
import pytest

COMPONENTS = sorted((gallery.THEME / "templates/css/components").glob("*.css"))
IN_EVERY_PAGE = {"site-header", "site-footer"}


def test_no_page_is_heavier_than_100_kb(built: Path) -> None:
    heavy = [(path, path.stat().st_size) for path in built.rglob("*.html") if path.stat().st_size > 100_000]
    assert heavy == []


def test_style_scripts_and_search_are_light(built: Path) -> None:
    assert (built / "theme/styles.css").stat().st_size <= 20_000
    assert max(path.stat().st_size for path in (built / "theme/js").glob("*.js")) <= 8_000
    for path in built.rglob("*.html"):
        assert path.read_text(encoding="utf-8").count("<script src=") <= 1, path  # so that no page has more
    style = (built / "theme/styles.css").read_text(encoding="utf-8")
    assert "@font-face" not in style
    assert not re.search(r"&\w+;|\{#|#\}|\{\{", style)
    assert style.count("{") == style.count("}") > 200
    assert (built / "search.json").stat().st_size <= 100_000


def test_every_picture_says_how_large_it_is(built: Path) -> None:
    for path in built.rglob("*.html"):
        for tag in re.findall(r"<img[^>]*>", path.read_text(encoding="utf-8")):
            assert "width=" in tag, (path, tag)
            assert "height=" in tag, (path, tag)
            assert re.search(r'alt="[^"]{20,}"', tag), (path, tag)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_the_gallery_shows_every_component(path: Path) -> None:
    assert path.stem in IN_EVERY_PAGE or f"{path.stem}" in "".join(sample() for sample in gallery.SAMPLES.values())
