"""The home page: an answer for each article, with its sources, and what has changed."""

from __future__ import annotations

import re
from collections.abc import Callable

from little_sites import ARTICLE, PAGE, Site

KEY = """\
## What it is

Fluids did not ease migraine pain in one old study [@smith2020].

## Key messages

- Fluids did not ease migraine pain in one small study [@smith2020]. It took in too few people to tell [@smith2020].
- Fluids did not ease nausea in one small study [@smith2020].
"""
HEAD = ARTICLE.rsplit("Pain fell", 1)[0]


def items(site: Site, page: str) -> str:
    done = site.build()
    assert done.code == 0, done.text
    found = re.search(r'<ul class="article-list">(.*?)</ul>', site.output()[page].decode(), re.DOTALL)
    assert found
    return found[1]


def test_the_answer_is_the_first_key_message_that_rests_on_a_source(site: Callable[..., Site]) -> None:
    made = site({"content/articles/fluids.md": HEAD + KEY})
    for page, up in (("index.html", "./"), ("topics/drips/index.html", "../../")):
        shown = items(made, page)
        assert "Fluids did not ease migraine pain in one small study. It took in too few people to tell.</p>" in shown
        assert shown.count(">Smith 2020</a>") == 1
        assert f'<a href="{up}sources/smith2020/">Smith 2020</a>' in shown
        assert "nausea" not in shown
        assert not re.search(r' id="|doc-', shown)


def test_without_key_messages_the_description_stands_there(site: Callable[..., Site]) -> None:
    described = ARTICLE.replace("category:", "description: Words on fluids.\ncategory:")
    shown = items(site({"content/articles/fluids.md": described}), "index.html")
    assert "Words on fluids." in shown
    assert "Smith 2020" not in shown


def test_what_changed_comes_newest_first_and_corrections_with_it(site: Callable[..., Site]) -> None:
    corrections = PAGE.replace("About", "Corrections").replace("about\n", "corrections\n", 1)
    made = site(
        {
            "content/articles/older.md": ARTICLE.replace("slug: fluids", "slug: older\nmodified: 2026-12-01"),
            "content/pages/corrections.md": corrections
            + "\n## List\n\n### 2026-11-30: A word\n\nWe had left it out.\n",
        }
    )
    assert made.build().code == 0
    home = made.output()["index.html"].decode()
    listed = re.findall(r'<li><time datetime="([^"]*)">[^<]*</time> (\w+): <a href="([^"]*)"', home)
    assert listed == [
        ("2026-12-01", "Changed", "./older/"),
        ("2026-11-30", "Corrected", "./corrections/#section-2026-11-30-a-word"),
        ("2026-11-24", "New", "./fluids/"),
    ]


def test_each_sentence_on_the_page_of_a_source_can_be_reported(site: Callable[..., Site]) -> None:
    made = site()
    settings = made.root / "pelicanconf.py"
    settings.write_text(
        settings.read_text("utf-8").replace('"report_url": ""', '"report_url": "https://r.example/?s={claim}"')
    )
    done = made.build()
    assert done.code == 0, done.text
    claim = re.search(rb'"id": "(\w+)"', made.output()["claims.json"])
    assert claim
    page = made.output()["sources/smith2020/index.html"].decode()
    assert f'href="https://r.example/?s={claim[1].decode()}"' in page
    assert 'href="https://r.example/?s="' in made.output()["about/index.html"].decode()
    assert 'data-pattern="https://r.example/?s=CLAIM"' in made.output()["fluids/index.html"].decode()
