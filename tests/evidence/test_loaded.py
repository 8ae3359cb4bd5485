"""A run in a copy of a loaded process tells and makes what a process begun anew does, and leaves nothing to the next one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from little_sites import Site

TELLING = """
import os
print("told", hash("a"), os.environ.pop("LEFT", "nothing"), os.getcwd(), end=".\\n")
os.environ["LEFT"] = "something"
"""


def sentence_of(text: str) -> str:
    """Without the time that it took."""
    return re.sub(r"[\d.]+ seconds", "", " ".join(text.split()))


@pytest.mark.parametrize("words", ["Pain fell by 4.5 points [@smith2020].\n", "Drips cure migraine [@nobody].\n"])
def test_a_copy_tells_and_makes_the_same(site: Callable[..., Site], words: str) -> None:
    made = site()
    article = made.root / "content/articles/fluids.md"
    article.write_text(article.read_text("utf-8") + f"\n{words}", "utf-8")
    assert made.check() == made.run("evidence", "check", anew=True)
    copied, output = made.build(), made.output()
    anew = made.run("pelican", "content", "-o", "output", "-s", "pelicanconf.py", anew=True)
    assert (copied.code, sentence_of(copied.text)) == (anew.code, sentence_of(anew.text))
    assert output == made.output()


def test_each_copy_begins_where_no_other_was_and_with_other_hashes_than_the_last(site: Callable[..., Site]) -> None:
    made = site()
    settings = made.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + TELLING, "utf-8")
    told = [re.findall(r"told (\S+) (\S+) (\S+)\.", made.check().text) for _ in range(3)]
    assert [one[0][1:] for one in told] == [("nothing", str(made.root))] * 3
    assert told[0][0][0] != told[1][0][0] != told[2][0][0]


def test_what_must_be_there_while_a_program_is_loaded_begins_it_anew(site: Callable[..., Site]) -> None:
    made = site({"evidence.py": "raise SystemExit('another module of this name')\n"})
    done = made.build(env={"PYTHONPATH": str(made.root)})
    assert (done.code, done.text) == (1, "another module of this name\n")
