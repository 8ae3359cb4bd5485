"""A little site with something of everything that a check hangs on, and what may change in it."""

from __future__ import annotations

from collections.abc import Callable

from little_sites import ARTICLE, Site
from samples import HEAD, NOTES, RICH_BIB, RICH_VOCABULARY

CLAIMS = """
Magnesium drips eased pain in one trial [@lee2021#pain]. Pain fell 4.5 points with fluids [@jones2019fluid].

Fluids cure migraine. In children, prochlorperazine eased pain [@smith2020#relief]. We offer [a look](about.md).
"""
WORDS = """\
[[avoid]]
code = "EV550"
name = "our-own"
severity = "warning"
flags = "A word"
reason = "Reason."
suggestion = "another"
pattern = ["zz|salts?"]
must_match = ["zz", "zz here."]
must_not_match = ["x", "y"]
"""
TEXTS = {
    "references.bib": RICH_BIB,
    "words.toml": WORDS,
    "content/vocabulary.toml": RICH_VOCABULARY,
    "content/articles/fluids.md": ARTICLE.replace("smith2020", "jones2019fluid"),
    "content/articles/more.md": HEAD.replace("title: T", "title: Fluids cure pain\nslug: more") + CLAIMS,
    **{f"content/sources/{key}.toml": text for key, text in NOTES.items()},
}


def swap(path: str, old: str, new: str) -> Callable[[Site], object]:
    def change(little: Site) -> None:
        text = (little.root / path).read_text(encoding="utf-8")
        assert old in text
        little.write({path: text.replace(old, new)})

    return change


CHANGES: dict[str, Callable[[Site], object]] = {
    "an article": swap("content/articles/more.md", "Fluids cure migraine.", "Fluids ease migraine."),
    "front matter": swap("content/articles/more.md", "date: 2026", "status: draft\ndate: 2026"),
    "an article's name": lambda little: (little.root / "content/articles/more.md").rename(
        little.root / "content/articles/other.md"
    ),
    "a page that was linked to": lambda little: (little.root / "content/pages/about.md").unlink(),
    "an article turned into a page": lambda little: (little.root / "content/articles/more.md").rename(
        little.root / "content/pages/more.md"
    ),
    "an entry": swap("references.bib", "Magnesium in one clinic", "Fluids in one clinic"),
    "an entry gone": swap("references.bib", "@article{lee2021,", "@article{lee2022,"),
    "a note's effect": swap("content/sources/lee2021.toml", '"benefit"', '"no difference"'),
    "a note's figure": swap("content/sources/jones2019fluid.toml", "4.5 points", "3.5 points"),
    "the note of a source cited elsewhere": swap("content/sources/smith2021.toml", '"no difference"', '"benefit"'),
    "the vocabulary": swap("content/vocabulary.toml", '"magnesium drip"', '"a bag of salts"'),
    "a setting of a rule": swap("pelicanconf.py", '"fail_on"', '"severities": {"EV404": "off"}, "fail_on"'),
    "what counts as a claim": swap("pelicanconf.py", '"fail_on"', '"claims": "every-sentence", "fail_on"'),
    "the language": swap("pelicanconf.py", 'DEFAULT_LANG = "en"', 'DEFAULT_LANG = "es"'),
    "the booking address": swap("pelicanconf.py", "https://booking.example", "https://other.example"),
    "the site's name": swap("pelicanconf.py", 'SITENAME = "Migraine', 'SITENAME = "Guaranteed relief for migraine'),
    "an offer": swap("content/ctas.toml", 'heading = "', 'heading = "Guaranteed relief: '),
    "the lock file": lambda little: little.write(
        {"references.lock.json": '{"schema": "evidence-lock/1", "sources": {}}'}
    ),
    "a word to avoid": swap("words.toml", "salts?", "drips?"),
    "the people": lambda little: little.write({"content/people.toml": "[[person]]\n"}),
    "a new article": lambda little: little.write({"content/articles/third.md": HEAD + CLAIMS}),
}
