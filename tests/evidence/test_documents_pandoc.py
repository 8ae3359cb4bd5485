"""Whole documents against pandoc: where citations are looked for, what they hold, and their locators.

`tests/cases/documents/*.txt` hold small documents, separated by lines of `%%`. Compared are keys, modes, grouping and
prefixes with pandoc's syntax tree, and locators and the rest of the suffix with what its citeproc makes of them. The
order is not compared: pandoc puts footnotes where their marks stand, and captions before their tables.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pypandoc
import pytest
from citation_cases import differential
from evidence.model import Citation
from evidence.reading import read
from evidence.targets import cited

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests/cases/documents"
COMPARISON = ROOT / "benchmarks/citations"

ADDRESS = "an address is no citation, whatever stands in it; pandoc does not know bare addresses by default"
INDENTED = "pandoc counts an item's indentation from its text, Python-Markdown in fours: a page shows prose"
SHOWN_ONCE = "pandoc shows a footnote at each of its marks and at none if it has none, a page shows it once"
TABLE = "our contract knows tables, and pandoc does not look for them"
HIDDEN = "Python-Markdown, as browsers do, ends a comment at `-->` and an instruction at `>`; a page does not show it"
TAKEN = "Python-Markdown takes a definition right below a paragraph, and abbreviations; a page shows neither"
ENVIRONMENT = "pandoc hides TeX environments with blank lines in them; on a page they are paragraphs"
UNCLOSED = "pandoc reads colons as a box; on a page they are words"
DIFFERENT = {
    "Text.[^1] Again.[^1]\n\n[^1]: Note [@a].\n": SHOWN_ONCE,
    "x[^unused-def]\n\n[^other]: unused note [@a]\n": SHOWN_ONCE,
    "Text [@a].\n\n- list [@b]\n\n      deep code? [@c]\n\nText [@d].\n": INDENTED,
    "- item [@a]\n\n      code @no\n\n- item [@b]\n": INDENTED,
    "- a\n\n- b\n\n      @no code?\n\nx [@a]\n": INDENTED,
    "- one\n\n-   two [@a]\n\n-     three @b\n": INDENTED,
    "Twitter.com/@a and https://x.org/?q=@b @c\n": ADDRESS,
    "https://example.org/@a\n": ADDRESS,
    "http://example.org/x?y=@a&z=[@b]\n": ADDRESS,
    "www.example.org/@a\n": ADDRESS,
    "https://medium.com/@user/post-1 and [@a]\n": ADDRESS,
    "(https://medium.com/@user) @a\n": ADDRESS,
    '"https://x.org/@user" @a\n': ADDRESS,
    "[https://x.org/@user](https://x.org/@user) @a\n": ADDRESS,
    "[@a, {table 2}]\n": TABLE,
    "| *Drug* | Effect [@a] |\n|--------|-------------|\n"
    "| IV [see @b, tbl. 2] | @c [p. 3] says **so [-@d]** |\n": TABLE,
    "| **Outcome** [@a] | Result |\n|------------------|--------|\n"
    "| Pain at 60 min   | no difference [@b, table 2] |\n": TABLE,
    "Pain fell by 4.5 points [see @a, table 2; but also @b].\n\n## Safety\n\nFew people [@c, p. 3] had it.\n": TABLE,
    "x <!-- [@a] -- > @b --> @c\n": HIDDEN,
    "x <? @a ?> @c\n": HIDDEN,
    "*[HTML]: Hyper [@a]\n\nHTML [@b]\n": TAKEN,
    "Text\n[ref]: https://x/@no\n[@a]\n": TAKEN,
    ":::: @a\n": UNCLOSED,
}

Clusters = list[tuple[tuple[str, ...], ...]]


def documents() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    return list(dict.fromkeys(document.rstrip("\n") + "\n" for text in texts for document in text.split("\n%%\n")))


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """What pandoc says of each document, all read in one run of it."""
    command = [pypandoc.get_pandoc_path(), "lua", COMPARISON / "read_documents.lua", COMPARISON / "locators.csl"]
    texts = documents()
    done = subprocess.run(command, input=json.dumps(texts).encode(), capture_output=True, check=True, timeout=120)
    return dict(zip(texts, map(json.loads, done.stdout.decode("utf-8").splitlines()), strict=True))


@pytest.fixture(scope="module")
def campaign() -> ModuleType:
    return differential()


def plain(words: str) -> str:
    """Without what citeproc changes: markup, blanks, the comma before a suffix, hyphens of a range."""
    return re.sub(r"<[^>]*>|\s", "", words).replace("-", "–").lstrip(",")


def ours(text: str, *, located: bool) -> Clusters:
    clusters = [cluster for block in read(text, "page.md", "loose").blocks for cluster in block.scan.clusters]
    return sorted(tuple(of_ours(one, located=located) for one in cluster.citations) for cluster in clusters)


def of_ours(one: Citation, *, located: bool) -> tuple[str, ...]:
    where = (one.locator_label or "", plain(one.locator or ""), plain(one.suffix)) if located else ()
    return one.key, str(one.mode), one.prefix, *where


def theirs(answer: Any, campaign: ModuleType, *, located: bool) -> Clusters:
    suffixes = iter(answer["suffixes"])
    clusters = list(campaign.cites(answer["tree"]["blocks"]))
    return sorted(
        tuple((key, mode, prefix, *(suffix_parts(next(suffixes)) if located else ())) for key, mode, prefix, _ in one)
        for one in clusters
    )


def suffix_parts(shown: str) -> tuple[str, str, str]:
    """⟦label|locator⟧•rest, the first part only if there is a locator."""
    found = re.match(r"(?:⟦(?P<label>.*?)\|(?P<locator>.*?)⟧)?•?(?P<rest>.*)", shown, re.DOTALL)
    assert found
    return found["label"] or "", plain(found["locator"] or ""), plain(found["rest"].removeprefix("•"))


def cites_in_words(tree: Any, *, inside: bool = False) -> bool:
    """True if a citation stands in another's words: citeproc takes it as a whole, and its locators are not compared."""
    if isinstance(tree, list):
        return any(cites_in_words(item, inside=inside) for item in tree)
    if not isinstance(tree, dict):
        return False
    cite = tree.get("t") == "Cite"
    return (cite and inside) or any(cites_in_words(item, inside=inside or cite) for item in tree.values())


def test_documents_agree_with_pandoc(answers: dict[str, Any], campaign: ModuleType) -> None:
    assert len(answers) > 1200
    differing = {}
    for text, answer in answers.items():
        located = not cites_in_words(answer["tree"]["blocks"])
        mine, wanted = ours(text, located=located), theirs(answer, campaign, located=located)
        if mine != wanted:
            differing[text] = mine, wanted
    assert {text: both for text, both in differing.items() if text not in DIFFERENT} == {}
    assert set(differing) == set(DIFFERENT)


def test_places_are_those_of_the_keys() -> None:
    for text in documents():
        lines = text.split("\n")
        found = list(cited(read(text, "page.md", "loose")))
        for one in found:
            at = lines[one.place.line - 1][one.place.column - 1 :]
            assert re.match(rf"-?@\{{?{re.escape(one.citation.key)}", at), (text, one.citation.key, at)
        assert [one.place.line for one in found] == sorted(one.place.line for one in found), text
        assert [one.group for one in found] == sorted(one.group for one in found)
