"""Compares our citation grammar with pandoc's on random text.

Run `python benchmarks/citations/differential.py [CASES [SEED [SHOWN]]]`.

Cases are made of fragments of citations and of everything that can stand around them, then damaged a little. Prints
how many were compared, how many agree, and the first that do not.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pypandoc

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from evidence.citations import _read_words, scan

Json = Any
Seen = tuple[tuple[tuple[str, str, str, str], ...], ...]
"""Clusters of citations, each its key, mode, prefix and whole suffix."""

_MODES = {"NormalCitation": "normal", "AuthorInText": "narrative", "SuppressAuthor": "suppress"}
_DEFINITIONS = "\n\n[known label]: https://example.org\n\n[^1]: Note.\n"
LABELS = ("known label",)
BATCH = 100


def pandoc(texts: Sequence[str]) -> list[Seen]:
    """What pandoc finds in each text, read as one paragraph among others; a few runs of pandoc for all of them."""
    found: list[Seen] = []
    for start in range(0, len(texts), BATCH):
        found += _pandoc(texts[start : start + BATCH])
    return found


def _pandoc(texts: Sequence[str]) -> list[Seen]:
    """Each text stands behind a word that keeps it a paragraph, and between headings that tell the texts apart."""
    marks = [f"\n\n# mark {number}\n\n¤ {text}" for number, text in enumerate(texts)]
    source = "".join(marks) + "\n\n# mark end\n" + _DEFINITIONS
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8", newline="") as file:
        file.write(source)
        file.flush()
        command = [
            pypandoc.get_pandoc_path(),
            "--from",
            "markdown-implicit_header_references",
            "-t",
            "json",
            file.name,
        ]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    parts: list[list[Json]] = []
    for block in json.loads(done.stdout)["blocks"]:
        if block["t"] == "Header" and stringify(block["c"][2]).startswith("mark "):
            parts.append([])
        elif parts:
            parts[-1].append(block)
    if len(parts) != len(texts) + 1:
        return [seen for text in texts for seen in _pandoc([text])] if len(texts) > 1 else [()]
    return [tuple(cites(part)) for part in parts[:-1]]


def cites(tree: Json) -> Iterator[tuple[tuple[str, str, str, str], ...]]:
    """The clusters of a syntax tree in document order, outer before inner."""
    if isinstance(tree, list):
        for item in tree:
            yield from cites(item)
    elif isinstance(tree, dict) and tree.get("t") == "Cite":
        yield tuple(map(_citation, tree["c"][0]))
        for citation in tree["c"][0]:
            yield from cites(citation["citationPrefix"])
            yield from cites(citation["citationSuffix"])
    elif isinstance(tree, dict) and tree.get("t") == "Figure":
        yield from cites(tree["c"][1])
    elif isinstance(tree, dict):
        yield from cites(tree.get("c"))


def _citation(citation: Json) -> tuple[str, str, str, str]:
    mode = _MODES[citation["citationMode"]["t"]]
    prefix, suffix = stringify(citation["citationPrefix"]), stringify(citation["citationSuffix"])
    return citation["citationId"], mode, " ".join(prefix.split()), " ".join(suffix.split())


def stringify(tree: Json) -> str:
    """The text of inlines, as pandoc's own `stringify` gives it."""
    if isinstance(tree, list):
        return "".join(map(stringify, tree))
    kind, content = tree["t"], tree.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind in ("Note", "RawInline"):
        return ""
    if kind == "Quoted":
        opening, closing = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        return opening + stringify(content[1]) + closing
    if kind in ("Span", "Link", "Image", "Cite"):
        return stringify(content[1])
    return stringify(content)


def ours(text: str) -> Seen:
    """What our grammar finds, in the same form."""
    found = []
    words = _read_words(text, link_labels=LABELS, footnotes=("1",))
    for cluster in scan(text, link_labels=LABELS, footnotes=("1",)).clusters:
        found.append(tuple((c.key, str(c.mode), c.prefix, words[c.start]) for c in cluster.citations))
    return tuple(found)


# ------------------------------------------------------------------------------------------- random cases

_KEYS = [
    "a",
    "smith2020",
    "_x",
    "b:c",
    "who/2020",
    "a.b",
    "x--y",
    "k1",
    "ä2",
    "{a b}",
    "{http://x/y}",
    "{a{b}}",
    "a_",
    "a//b",
    "1",
    "*",
    "key#finding",
    "",
    " a",
    "a..b",
    "a.",
    "a:",
]
_LOCATORS = ["p. 3", "pp. 33-35", "chap. IV", "33", "{p. 3, note}", "{}", "sec. 2(a)", "fig. 2", "§ 4", "p. 3--5"]
_WORDS = [
    "see",
    "also",
    "word",
    "e.g.",
    "cf.",
    "don't",
    "Dr. ",
    "x.",
    "foo",
    "is",
    "mail me@x.org",
    "5 @ 3",
    "$5",
    "50%",
    "a...b",
    "end.",
    "https://x.org/y",
    "www.x.org",
    "é",
    "—",
    "…",
    "(x)",
    "1,000",
    "p < 0.05",
    "R&D",
]
_MARKS = [
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "^",
    "`",
    "``",
    "$",
    "$$",
    '"',
    "'",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    ";",
    ",",
    ".",
    "!",
    "\\",
    "@",
    "-@",
    "&amp;",
    "&quot;",
    "^[",
    "![",
    "[^1]",
    "<!--",
    "-->",
    "<b>",
    "</b>",
    "<span>",
    "</span>",
    "--",
    "...",
    "\n",
    " ",
    "  ",
    "](u)",
    '](u "t")',
    "]{.x}",
    "][r]",
    "[known label]",
    "][known label]",
    "\\@",
    "\\[",
    "\\;",
    "#",
    ":",
    "-",
    "“",
    "”",
    "’",
    "|",
    "=",
    "\\]",
]


def case(random: random.Random) -> str:
    """One line or two of Markdown."""
    pieces = [_piece(random, 2) for _ in range(random.randint(1, 4))]
    text = random.choice(["", " ", " ", " "]).join(pieces)
    for _ in range(random.choice([0, 0, 0, 1, 1, 2, 3])):
        text = _damage(random, text)
    return tidy(text)


def _piece(random: random.Random, depth: int) -> str:
    kind = random.randrange(12)
    if kind < 4:
        return _cluster(random, depth)
    if kind < 6:
        return _narrative(random, depth)
    if kind < 8 or depth == 0:
        return random.choice(_WORDS)
    inner = " ".join(_piece(random, depth - 1) for _ in range(random.randint(1, 2)))
    around = [
        "*{}*",
        "**{}**",
        "***{}***",
        "_{}_",
        "~~{}~~",
        "^{}^",
        "~{}~",
        "`{}`",
        "``{}``",
        "${}$",
        "$${}$$",
        '"{}"',
        "'{}'",
        "[{}](u)",
        "![{}](i.png)",
        "[{}]{{.x}}",
        "^[{}]",
        "<b>{}</b>",
        "<span>{}</span>",
        "({})",
        "[{}][r]",
        "[{}]",
        "<!-- {} -->",
        '<i title="{}">',
        "[x](<{}>)",
        "[x](u '{}')",
        "\\emph{{{}}}",
        "“{}”",
    ]
    return random.choice(around).format(inner)


def _key(random: random.Random) -> str:
    return random.choice(["", "", "", "-"]) + "@" + random.choice(_KEYS)


def _cluster(random: random.Random, depth: int) -> str:
    parts = [_part(random, depth) for _ in range(random.choice([1, 1, 1, 2, 2, 3]))]
    return "[" + random.choice(["; ", "; ", ";", " ; ", ", ", ";\n"]).join(parts) + "]"


def _part(random: random.Random, depth: int) -> str:
    prefix = _words(random, depth) + " " if random.random() < 0.3 else ""
    after = random.random()
    suffix = ""
    if after < 0.3:
        suffix = random.choice([", ", " "]) + random.choice(_LOCATORS)
    if 0.2 < after < 0.6:
        suffix += random.choice([", ", " ", ""]) + _words(random, depth)
    return prefix + _key(random) + suffix


def _words(random: random.Random, depth: int) -> str:
    if depth and random.random() < 0.3:
        return _piece(random, depth - 1)
    return " ".join(random.choice(_WORDS) for _ in range(random.randint(1, 2)))


def _narrative(random: random.Random, depth: int) -> str:
    bracket = random.random()
    if bracket < 0.3:
        return f"{_key(random)} [{random.choice(_LOCATORS)}]"
    if bracket < 0.4:
        return f"{_key(random)} [{random.choice(_LOCATORS)}; {_part(random, depth)}]"
    if bracket < 0.5:
        return f"{_key(random)} {_cluster(random, depth)}"
    return _key(random)


def _damage(random: random.Random, text: str) -> str:
    at = random.randint(0, len(text))
    what = random.randrange(4)
    if what == 0:
        return text[:at] + text[at + random.randint(1, 3) :]
    if what == 3 and text:
        other = random.randint(0, len(text))
        return text[:at] + text[min(at, other) : max(at, other)][:12] + text[at:]
    return text[:at] + random.choice(_MARKS) + text[at:]


def tidy(text: str) -> str:
    """Keeps a text one paragraph for pandoc: no blank lines, nothing at a line's start that begins a block."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return "\n".join([*lines[:1], *(re.sub(r"^[^\w\[@*_\"'(]+", "", line) or "x" for line in lines[1:])])


def random_cases(count: int, seed: int) -> list[str]:
    source = random.Random(seed)
    return [case(source) for _ in range(count)]


def compare(texts: Iterable[str]) -> Iterator[tuple[str, Seen, Seen]]:
    """The texts on which we differ from pandoc, with both answers."""
    listed = list(texts)
    for text, theirs in zip(listed, pandoc(listed), strict=True):
        mine = ours(text)
        if mine != theirs:
            yield text, mine, theirs


def main(arguments: Sequence[str]) -> None:
    given = [int(argument) for argument in arguments]
    count, seed, shown = [*given, *(3000, 1, 10)[len(given) :]]
    differing = list(compare(random_cases(count, seed)))
    print(f"{count} compared, {count - len(differing)} agree, {len(differing)} differ (seed {seed})")
    for text, mine, theirs in sorted(differing, key=lambda item: len(item[0]))[:shown]:
        print(f"\n{text!r}\n  ours   {mine}\n  pandoc {theirs}")


if __name__ == "__main__":
    main(sys.argv[1:])
