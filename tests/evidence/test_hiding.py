"""Citations that Markdown would hide: the check tells of them, as the build would, and looks closer only where it must."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from evidence.hiding import may_hide
from evidence.reading import read
from little_sites import ARTICLE, Site
from samples import HEAD

MakeSite = Callable[..., Site]
TITLE = 'Pain [fell](u "`" @smith2020) soon.'


@pytest.mark.parametrize(
    "text",
    [
        "Pain fell [@smith2020].",
        "We [say more]({filename}pain.md) of it [@smith2020].",
        "A `word` in code, [a link](https://x.example/a_b?c=d), <b>bold</b> and <!-- a comment, so --> [@smith2020].",
        "Pain fell [@smith2020], [see this](u 'title') <b x> `y` {.z}",
        "Pain fell [@smith2020]. <!-- allow EV101: a sample --> And `more` fell [@smith2020].",
        "No `citation` <b at all](u",
    ],
)
def test_what_is_plain_is_not_looked_at_again(text: str) -> None:
    assert not may_hide(read(HEAD + text, "x.md"))


@pytest.mark.parametrize(
    ("text", "place", "typed"),
    [
        (TITLE, "9:19", "@smith2020"),
        ("Pain fell <b x [@smith2020]> soon.", "9:16", "[@smith2020]"),
        ("It is so.\n\n- Pain <b x @smith2020> fell <b x [@smith2020]> soon.", "11:35", "[@smith2020]"),
    ],
)
def test_check_and_build_tell_of_it_alike(site: MakeSite, text: str, place: str, typed: str) -> None:
    made = site({"output/index.html": "the last good site", "content/articles/fluids.md": f"{ARTICLE}\n{text}\n"})
    number = ARTICLE.count("\n") + 2 + int(place.split(":")[0]) - 9
    checked, built = made.check(), made.build()
    told = f'content/articles/fluids.md:{number}:{place.split(":")[1]} EV202 no reader would see the citation "{typed}" here'
    assert checked.code == built.code == 1
    assert told in checked.text
    assert told in built.text
    assert made.output() == {"index.html": b"the last good site"}


def test_a_draft_with_one_is_built(site: MakeSite) -> None:
    draft = ARTICLE.replace("slug: fluids", "slug: other\nstatus: draft")
    made = site({"content/articles/x.md": f"{draft}\n{TITLE} Pain fell <b x [@smith2020]> soon.\n"})
    checked, built = made.check(), made.build()
    assert checked.code == built.code == 0
    assert checked.text.count("EV202 warning: no reader would see the citation") == 2
    page = made.output()["drafts/other/index.html"].decode()
    assert "Pain fell by 4.5 points" in page
    assert not any("\U000f0000" <= letter <= "\U000fffff" for letter in page)
