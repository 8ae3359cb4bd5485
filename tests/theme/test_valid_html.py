"""The whole site and the gallery of components are valid HTML."""

from __future__ import annotations

from pathlib import Path

import gallery
from valid_html import problems


def test_every_page_is_valid(built: Path) -> None:
    assert problems(built) == []


def test_every_component_is_valid(tmp_path: Path) -> None:
    gallery.write(tmp_path / "gallery")
    assert problems(tmp_path / "gallery") == []


def test_the_checker_tells_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        '<!doctype html><html lang="en"><head><title>x</title></head><body>\n<b id="a"></b><p role="doc-endnote" id="a">',
        "utf-8",
    )
    told = problems(tmp_path)
    assert any("Duplicate ID" in one and ":2:" in one for one in told), told
