"""An article in a language without a cue file: each sentence needs a source, and every report says what was not checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from little_sites import ARTICLE, Site

HEAD = ARTICLE.rsplit("Pain fell", 1)[0].replace("slug: fluids", "slug: fluids\nlang: es")
SAID = "El dolor bajó 9.9 puntos con suero en un estudio [@smith2020].\n"
NOTE = """\
design = "randomised trial"
participants = 49
population = "adults with migraine"
treatments = []

[[finding]]
id = "pain"
outcome = "pain"
effect = "no difference"
statement = "Pain fell by 4.5 points with fluids and 5.1 without."
"""
FILES = {"content/articles/suero.es.md": HEAD + SAID, "content/sources/smith2020.toml": NOTE}


def test_each_sentence_needs_a_source(site: Callable[..., Site]) -> None:
    done = site({"content/articles/suero.es.md": HEAD + SAID + "\nTodo va bien.\n\n¿Qué es esto?\n"}).check()
    assert done.code == 1
    assert done.text.count("EV101") == 1
    assert '"Todo va bien."' in done.text


@pytest.mark.parametrize(
    "format", ["text", "json", "sarif", "junit", "github", "rdjson", "gitlab", "markdown", "html", "summary"]
)
def test_every_report_says_what_was_not_checked(site: Callable[..., Site], format: str) -> None:
    done = site(FILES).check("--format", format)
    assert done.code == 0, done.text
    assert "EV103" in done.text
    assert "no cue file" in done.text
    assert "none is compared with its source" in done.text


def test_words_are_not_compared_with_english_notes_and_the_page_is_published(site: Callable[..., Site]) -> None:
    made = site(FILES)
    done = made.build()
    assert done.code == 0, done.text
    assert "EV4" not in done.text.replace("EV405", "")
    page = made.output()["es/fluids/index.html"].decode()
    assert '<html lang="es">' in page
    for words in (
        "El programa no comprueba este idioma",
        "Emergencia: llame al 911 si",
        "Fuentes</h2>",
        "Ningún clínico",
        "Volver a la mención 1 de 1",
    ):
        assert words in page, words
    assert 'hreflang="es" lang="es"' in made.output()["fluids/index.html"].decode()


def test_the_same_sentence_in_english_is_compared(site: Callable[..., Site]) -> None:
    english = HEAD.replace("\nlang: es", "") + "Pain fell by 9.9 points with fluids in one study [@smith2020#pain].\n"
    done = site({**FILES, "content/articles/suero.es.md": english.replace("slug: fluids", "slug: other")}).check()
    assert "EV401" in done.text
