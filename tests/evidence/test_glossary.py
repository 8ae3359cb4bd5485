"""The glossary: what may stand in it, and where its links go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from evidence.errors import UnreadableError
from evidence.glossary import parse_glossary
from evidence.term_links import TermLinks
from little_sites import ARTICLE, Site

GLOSSARY = """\
[placebo]
term = "placebo"
also = ["placebos"]
meaning = "A dummy for comparison."

[ahs]
term = "American Headache Society"
short = "AHS"
meaning = "A professional society."
"""
TERMS = parse_glossary(GLOSSARY, "glossary.toml")


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>Nothing here.</p>", []),
        ("<p>A placebo, and a placebo again.</p>", ["placebo"]),
        ("<p>Placebos differ.</p>", ["Placebos"]),
        ("<p>The AHS says.</p>", ["AHS"]),
        ("<p>The American Headache Society (AHS) says.</p>", ["American Headache Society"]),
        ("<p>ahs is a sigh, and placebo-like is another word.</p>", []),
        ("<h2>Placebo</h2><p>It.</p>", []),
        ('<p><a href="x">placebo</a> then placebo.</p>', ["placebo"]),
        ("<p><code>placebo<br>x</code> then placebo.</p>", ["placebo"]),
        ('<p>x <span class="cites">[see placebo <a href="#s">1</a>]</span>.</p>', []),
        ("<p>&lt;placebo&gt; &amp; &#8211;</p>", ["placebo"]),
    ],
)
def test_the_first_use_of_a_term_is_linked(html: str, linked: list[str]) -> None:
    made = TermLinks(TERMS)(html, "../")
    links = [
        f'<a class="term" href="../glossary/#{"ahs" if "A" in word else "placebo"}">{word}</a>' for word in linked
    ]
    assert [made.count(link) for link in links] == [1] * len(links)
    assert made.count('class="term"') == len(links)
    for link, word in zip(links, linked, strict=True):
        made = made.replace(link, word)
    assert made == html


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x", "glossary.toml:1:1: "),
        ("x = 1", "x must be a table [x] with term and meaning"),
        ("[X]\nterm = 'a'\nmeaning = 'b'", "[X] must be named with small letters"),
        ("[x]\nterm = 'a'", '[x] has no meaning; add a line meaning = "…"'),
        ("[x]\nterm = 'a'\nmeanin = 'b'", 'did you mean "meaning"?'),
        ("[x]\nterm = 'a'\nmeaning = 'b'\nalso = 'c'", "also must be a list of words"),
        ("[x]\nterm = 'a'\nmeaning = 'b'\nshort = 1", "short must be an abbreviation"),
        ("[x]\nterm = 'a'\nmeaning = 'b'\n[y]\nterm = 'A'\nmeaning = 'c'", '"A" stands in [x] and in [y]'),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(UnreadableError) as error:
        parse_glossary(text, "glossary.toml")
    assert told in str(error.value)


def test_a_meaning_that_claims_something_is_refused(site: Callable[..., Site]) -> None:
    claim = GLOSSARY.replace("A dummy for comparison.", "A placebo eases migraine pain in 30% of people.")
    done = site({"content/glossary.toml": claim}).check()
    assert done.code == 1
    assert "content/glossary.toml:4:" in done.text
    assert "EV101 no source for what the glossary claims" in done.text


def test_a_term_may_name_a_treatment_since_it_is_no_offer(site: Callable[..., Site]) -> None:
    triptan = '\n[triptan]\nterm = "triptan"\nmeaning = "One of a group of medicines whose names end in -triptan."\n'
    done = site({"content/glossary.toml": GLOSSARY + triptan}).check()
    assert "EV613" not in done.text
    assert done.code == 0, done.text


def test_the_site_explains_the_terms_and_lists_everything(site: Callable[..., Site]) -> None:
    article = ARTICLE.replace("without in one study", "with placebo in one study")
    made = site({"content/glossary.toml": GLOSSARY, "content/articles/fluids.md": article})
    done = made.build()
    assert done.code == 0, done.text
    out = made.output()
    assert b'href="../glossary/#placebo">placebo</a>' in out["fluids/index.html"]
    assert b"glossary/#" not in out["feeds/all.atom.xml"]
    assert b'<div id="placebo">' in out["glossary/index.html"]
    listed = out["search/index.html"].decode()
    for address in ("fluids/", "about/", "sources/smith2020/", "glossary/#ahs"):
        assert f'data-url="{address}"' in listed
    assert b'name="robots" content="noindex"' in out["search/index.html"]
    assert b'"fluids/":"' in out["search.json"]


def test_without_a_glossary_there_is_no_page_of_it(site: Callable[..., Site]) -> None:
    made = site()
    assert made.build().code == 0
    assert "glossary/index.html" not in made.output()
    assert b"glossary" not in made.output()["index.html"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[a]\nterm = "a"\nmeaning = "A."\n\n[b]\nterm = "b"\n', "glossary.toml:5:1: [b] has no meaning"),
        ('# words\n\n[B]\nterm = "b"\n', "glossary.toml:3:1: [B] must be named"),
        ("\nb = 1\n", "glossary.toml:2:1: b must be a table"),
        (
            '[a]\nterm = "x"\nmeaning = "A."\n[b]\nterm = "x"\nmeaning = "B."\n',
            'glossary.toml:4:1: "x" stands in [a]',
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(UnreadableError) as error:
        parse_glossary(text, "glossary.toml")
    assert str(error.value).startswith(told)
