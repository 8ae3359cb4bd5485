"""A site of any size for measuring: the articles and sources of this site again and again, each copy a little different.

Every copy cites its own copies of the sources, and each of its cited sentences and each recorded statement carries a word
of its own, so that nothing remembered of one article helps with the next. The same numbers give the same bytes.
"""

from __future__ import annotations

import re
import shutil
from itertools import cycle, product
from pathlib import Path

SITE = Path(__file__).resolve().parents[2]
_CITED = re.compile(r"(?<=[a-z])(?<!placebo) (?=\[@)")
_LINK = re.compile(r"(\{filename\}/?(?:articles/)?)([\w-]+)\.md")
_IDENTIFIERS = re.compile(r"\b(?:pmid|pmcid|isbn)\s*=\s*\{[^}]*\},?")
_DOI = re.compile(r"(doi\s*=\s*\{[^}]+)\}")
_TITLE = re.compile(r"^(\s*title\s*=\s*\{.*)\}(,?)$", re.MULTILINE)
_STATEMENT = re.compile(r'^(statement = ".*?)"$', re.MULTILINE)
_SETTINGS = (
    '"fail_on": "error", "severities": {"EV402": "warning", "EV407": "warning"},'
    "  # what the words of a copy make of a denial, and how rare a word is, hangs on the copies"
)
CITATION = re.compile(r"@[\w-]+")
_CARD = re.compile(r"^## Emerg\w+: (call|llame al) 911 (if|si)$", re.MULTILINE)
"""The section that gives the emergency card its words: there can be one in each language."""
_PROSE = re.compile(r"[A-Z*]")
"""How a paragraph begins that is neither a list nor a table, a heading, a comment or a quotation."""
_LONG_WORD = re.compile(r"[a-z]{7,}")
_LETTERS = "bfghjknpqrstwz"
"""No vowels, and none of the letters that are Roman numbers, which would end a sentence."""
_MEANT = frozenset("bph hrt spf".split())
"""Three letters that are a condition or a medicine, of which the sources say nothing."""


def write(folder: Path, articles: int, sources: int, citations: int | None = 25) -> None:
    """The site in an empty folder: so many articles, and at least so many sources with notes.

    An article has about so many citations, and words that claim nothing in the place of other paragraphs; with None it has
    all citations that it has in this site, 43 on average.
    """
    shutil.copytree(SITE / "theme", folder / "theme")
    for name in ("pelicanconf.py", "publishconf.py"):
        text = (SITE / name).read_text("utf-8")
        (folder / name).write_text(text.replace('"fail_on": "error",', _SETTINGS), "utf-8")
    content = folder / "content"
    shutil.copytree(SITE / "content", content, ignore=shutil.ignore_patterns("articles", "sources", "reviews"))
    (content / "articles").mkdir()
    (content / "sources").mkdir()
    entries = re.split(r"^(?=@)", (SITE / "references.bib").read_text("utf-8"), flags=re.MULTILINE)[1:]
    keys = [entry[entry.index("{") + 1 : entry.index(",")] for entry in entries]
    key = re.compile(rf"@({'|'.join(sorted(map(re.escape, keys), key=len, reverse=True))})(?!\w)")
    copies = max(1, -(-sources // len(entries)))
    names = [name for letters in product(_LETTERS, repeat=3) if (name := "".join(letters)) not in _MEANT]
    with (folder / "references.bib").open("w", encoding="utf-8") as bibliography:
        for copy in range(copies):
            for entry in entries:
                bibliography.write(_entry(entry, names[copy]))
    for note in sorted((SITE / "content" / "sources").glob("*.toml")):
        text = note.read_text("utf-8")
        for copy in range(copies):
            varied = _STATEMENT.sub(rf'\1 File {names[copy]}."', text)
            (content / "sources" / f"{note.stem}{names[copy]}.toml").write_text(varied, "utf-8")
    paths = sorted((SITE / "content" / "articles").glob("*.md"))
    plain = _plain_paragraphs()
    texts = [path.read_text("utf-8") for path in paths]
    texts = texts if citations is None else [_thinned(text, citations, plain) for text in texts]
    for number in range(articles):
        path = paths[number % len(paths)]
        word = names[number // len(paths)]
        text = texts[number % len(paths)]
        text = text if number < len(paths) else _CARD.sub(r"## 911", text)
        text = _article(text, word, names[number // len(paths) % copies], key)
        (content / "articles" / f"{path.stem}-{word}.md").write_text(text, "utf-8")


def _plain_paragraphs() -> list[str]:
    """The paragraphs of the pages about the site, which claim nothing about health."""
    pages = (
        SITE / "content" / "pages" / f"{name}.md" for name in ("about", "methods", "corrections", "accessibility")
    )
    paragraphs = [one for page in pages for one in page.read_text("utf-8").split("\n\n")[1:]]
    return [one for one in paragraphs if _PROSE.match(one) and not re.search(r"[@{<]|\]\(|Heally", one)]


def _thinned(text: str, citations: int, plain: list[str]) -> str:
    """The text with about so many citations: paragraphs from the end on give way to such as claim nothing."""
    paragraphs = text.split("\n\n")
    if "\nlang: " in paragraphs[0]:
        return text  # in a language that is not read, every paragraph claims something
    left = len(CITATION.findall(text))
    told = " ".join(line for line in paragraphs[0].split("\n") if line.startswith(("title:", "description:")))
    about = set(_LONG_WORD.findall(told.lower()))  # what the title and the description claim must be cited below
    spare = cycle(plain)
    for number in range(len(paragraphs) - 1, 0, -1):
        cited = len(CITATION.findall(paragraphs[number]))
        on_title = len(about & set(_LONG_WORD.findall(paragraphs[number].lower()))) > 1
        introduces = paragraphs[number].rstrip().endswith(":")  # a list that rests on its source
        keep = on_title or introduces or not _PROSE.match(paragraphs[number])
        if cited and left - cited >= citations - 1 and not keep:
            left -= cited
            paragraphs[number] = next(spare)
    return "\n\n".join(paragraphs)


def _entry(entry: str, copy: str) -> str:
    key, rest = entry.split(",", 1)
    rest = _TITLE.sub(rf"\1 (file {copy})}}\2", _DOI.sub(rf"\1.{copy}}}", rest))
    rest = _IDENTIFIERS.sub("", rest)
    rest = re.sub(r"(url\s*=\s*\{[^}]+)\}", rf"\1?file={copy}}}", rest)
    if "doi" not in rest and "url" not in rest:
        rest = f"\n  doi = {{10.1000/{copy}.{len(key)}.{sum(map(ord, key))}}},{rest}"
    return f"{key}{copy},{rest}"


def _article(text: str, word: str, copy: str, key: re.Pattern[str]) -> str:
    text = key.sub(rf"@\1{copy}", text)
    text = _CITED.sub(f" (file {word}) ", text)
    text = _LINK.sub(rf"\1\2-{_LETTERS[0] * 3}.md", text)  # the first copies are always there
    return re.sub(r"^slug: (.*)$", rf"slug: \1-{word}", text, count=1, flags=re.MULTILINE)
