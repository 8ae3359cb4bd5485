"""Pages in other languages: the theme's own words are in the language of the page, or said to be English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from evidence.errors import SettingsError
from evidence.tongues import tongues
from little_sites import ARTICLE, ROOT, Site

SPANISH = "es/when-a-headache-is-an-emergency/index.html"
TABLE = tomllib.loads((ROOT / "theme/words/es.toml").read_text(encoding="utf-8"))
_ALONE = {"meta", "link", "br", "img", "path", "input"}
_SAID = ("aria-label", "alt", "title", "data-what")


class Said(HTMLParser):
    """All words of a page, each with the language that it is said to be in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang") or self._open[-1][1]
        self.found += [(lang, str(given[name])) for name in _SAID if given.get(name)]
        if tag not in _ALONE:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while tag not in _ALONE and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1][0] not in ("script", "style"):
            self.found.append((self._open[-1][1], " ".join(data.split())))


def test_no_english_of_the_theme_stands_on_a_spanish_page_unmarked(built: Path) -> None:
    said = Said((built / SPANISH).read_text(encoding="utf-8")).found
    english = {words for words, other in TABLE["words"].items() if other != words}
    assert [words for lang, words in said if lang == "es" and words.rstrip(".:,") in english] == []
    spanish = {words.rstrip(" –.") for lang, words in said if lang == "es"}
    for words in (
        "Heally publica este sitio y vende terapia intravenosa",
        "Temas", "Inicio", "Acerca de este sitio", "fuente", "Revisión narrativa", "agosto de 2026",
        "Información general, no un consejo sobre su salud. En una emergencia, llame al 911",
    ):  # fmt: skip
        assert words in spanish, words
    marked = [words for lang, words in said if lang == "en"]
    assert "Migraine and IV therapy" in marked
    assert any(words.startswith("Do TP, ") for words in marked)


def test_each_link_of_a_spanish_page_that_leads_to_english_says_so_to_the_eye(built: Path) -> None:
    page = (built / SPANISH).read_text(encoding="utf-8")
    nav = page[page.index('<header class="site-header">') : page.index("</header>")]
    assert nav.index("Estas páginas están en inglés:") < nav.index("Temas")
    footer = page[page.index('<footer class="site-footer">') :]
    assert footer.index("Estas páginas están en inglés:") < footer.index("Correcciones")
    crumbs = page[page.index('<nav class="breadcrumb"') :].split("</nav>")[0]
    assert crumbs.count("</a> (en inglés)") == crumbs.count("<a ") > 1
    assert "Cómo lo comprobamos</a> (en inglés)" in page
    assert "(en inglés)" not in (built / "index.html").read_text(encoding="utf-8")


def test_the_home_page_begins_with_the_pages_in_other_languages(built: Path) -> None:
    page = (built / "index.html").read_text(encoding="utf-8")
    assert page.index(f'href="./{SPANISH.removesuffix("index.html")}"') < page.index('class="emergency-card"')


def test_the_english_side_of_each_table_stands_in_the_theme_or_the_settings() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "theme/templates").rglob("*.html")]
    texts += [(ROOT / name).read_text(encoding="utf-8") for name in ("pelicanconf.py", "plugins/evidence/markup.py")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "plugins/evidence/signoff").glob("*.py")]
    notes = (ROOT / "plugins/evidence/library/notes.py").read_text(encoding="utf-8").replace("andomised", "andomized")
    whole = "\n".join([*texts, notes.replace("modelling", "modeling")])
    for words in TABLE["words"]:
        assert words in whole or f'"{words[0].lower()}{words[1:]}"' in whole, words


def test_a_translation_is_found_beside_the_title_it_is_of(built: Path) -> None:
    for path in ("index.html", "when-a-headache-is-an-emergency/index.html"):
        said = Said((built / path).read_text(encoding="utf-8")).found
        assert any(lang == "es" and words.startswith("Español") for lang, words in said), path
    assert any(
        lang == "en" and words.startswith("English: When is a headache")
        for lang, words in Said((built / SPANISH).read_text(encoding="utf-8")).found
    )


def test_a_list_of_everything_says_which_titles_are_in_another_language(built: Path) -> None:
    said = Said((built / "search/index.html").read_text(encoding="utf-8")).found
    assert ("es", "¿Cuándo es una emergencia un dolor de cabeza?") in said
    assert ("en", "When is a headache an emergency?") in said
    page = (built / "search/index.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="[^"]*/when-a-headache-is-an-emergency/">', page), (
        "the page's own language is not said again"
    )


def test_in_a_language_without_a_table_the_words_of_the_theme_are_said_to_be_english(
    site: Callable[..., Site],
) -> None:
    text = ARTICLE.replace("slug: fluids", "slug: fluids\nlang: fr").rsplit("Pain fell", 1)[0]
    made = site({"content/articles/eau.fr.md": text + "La douleur a baissé [@smith2020].\n"})
    assert made.build().code == 0
    said = Said(made.output()["fr/fluids/index.html"].decode()).found
    assert ("en", "Topics") in said
    assert ("fr", "Topics") not in said
    assert ("en", "In an emergency, call 911.") in said


def test_a_table_is_a_part_of_the_check_and_a_mistake_in_it_is_told(site: Callable[..., Site]) -> None:
    made = site()
    if (made.root / "theme").is_symlink():
        (made.root / "theme").unlink()
    made.write({"theme/words/fr.toml": 'name = "Français"\n[words]\n"Topics" = "A miracle cure"\n'})
    for path in (ROOT / "theme").rglob("*"):
        if path.is_file() and not (made.root / "theme" / path.relative_to(ROOT / "theme")).exists():
            made.write({f"theme/{path.relative_to(ROOT / 'theme')}": path.read_bytes()})
    said = made.check()
    assert re.search(r"theme/words/fr\.toml:3:\d+ EV5\d\d ", said.text), said.text
    made.write({"theme/words/fr.toml": "name = Français\n"})
    done = made.check()
    assert done.code == 2
    assert "theme/words/fr.toml:1:8" in done.text
    assert "Traceback" not in done.text


@pytest.mark.parametrize(
    "text",
    ['name = "X"\n', "name = 1\n[words]\n", 'name = "X"\n[words]\n"a" = ""\n', 'name = "X"\nmore = 1\n[words]\n'],
)
def test_a_table_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"words/x\.toml"):
        tongues({"theme/words/x.toml": text})
