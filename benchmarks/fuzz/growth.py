"""How time grows with the size of an input: `python benchmarks/fuzz/growth.py [WORD ...]` (only inputs with such a word in their name).

Each input is made at a size that takes at least 80 ms, at twice and at four times that size, and the CPU seconds of each are
measured (the best of two runs). Flagged is what grows faster than n^1.3, what ends in an exception, and what takes longer than 30 s.
The sizes end at 4 MiB; what is still below 80 ms there is not flagged. Exits with 1 if something was flagged.

`limits` are inputs at the limits the program sets itself (a sentence of 2,000 characters, 64 levels …), measured once: flagged
above 2 s each.
"""

from __future__ import annotations

import gc
import json
import math
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
sys.setrecursionlimit(1000)

from evidence.anatomy import read_anatomy  # noqa: E402
from evidence.baseline.files import parse_baseline  # noqa: E402
from evidence.changes import changes  # noqa: E402
from evidence.changes.renames import renames  # noqa: E402
from evidence.changes.words import difference  # noqa: E402
from evidence.checking import check  # noqa: E402
from evidence.citations import scan  # noqa: E402
from evidence.claims import detect, load_cues  # noqa: E402
from evidence.cli import _GARBAGE  # noqa: E402
from evidence.errors import EvidenceError  # noqa: E402
from evidence.glossary import parse_glossary  # noqa: E402
from evidence.library import parse_library  # noqa: E402
from evidence.lock import parse_lock  # noqa: E402
from evidence.markup import render, without_anchors  # noqa: E402
from evidence.model import Case, Policy, Stated  # noqa: E402
from evidence.offers import parse_offers  # noqa: E402
from evidence.reading import read  # noqa: E402
from evidence.references import reference_list  # noqa: E402
from evidence.reports import FORMATS  # noqa: E402
from evidence.rules import RULES  # noqa: E402
from evidence.signoff.ledger import parse_ledger  # noqa: E402
from evidence.theme_words import theme_words  # noqa: E402
from evidence.wording import own_entries  # noqa: E402
from fuzz_targets import BIB, LIBRARY, TERMS  # noqa: E402

LEAST, FACTOR, PATIENCE, LARGEST, SLOW = 0.08, 1.3, 30, 1 << 22, 2.0
HEAD = "---\ntitle: T\ndate: 2026-11-24\n---\n\n"
NOTE = 'design = "randomised trial"\nparticipants = 80\npopulation = "adults with migraine"\ntreatments = ["drip"]\n'
Run = Callable[[str], object]


# ------------------------------------------------------------------------------------------- what is run


def article(text: str, library: object = LIBRARY) -> None:
    """Read, checked by every rule, told in every format, and shown."""
    document = read(HEAD + text, "content/articles/x.md")
    case = Case((document,), library, Policy(), files=frozenset({"content/articles/x.md"}))  # type: ignore[arg-type]
    report = check(case, RULES)
    report = replace(report, texts={document.path: document.text})
    for form in FORMATS.values():
        form(report)
    if not document.faults:
        with suppress(EvidenceError):
            without_anchors(render(document, library).html)  # type: ignore[arg-type]


def front(text: str) -> None:
    document = read(f"---\ntitle: T\ndate: 2026-11-24\n{text}\n---\n\nA word.\n", "content/articles/x.md")
    check(Case((document,), LIBRARY, Policy(), files=frozenset()), RULES)
    if not document.faults:
        render(document, LIBRARY)


def bibliography(text: str) -> None:
    library = parse_library({"references.bib": text}, {})
    check(Case((), library, Policy()), RULES)
    reference_list(tuple(library.sources), library, {})


def note(text: str) -> None:
    library = parse_library({"references.bib": BIB}, {"content/sources/a.toml": text})
    document = read(HEAD + "Pain fell by 4.5 points with the drip [@a].\n", "content/articles/x.md")
    check(Case((document,), library, Policy(), files=frozenset()), RULES)


def sentence(text: str) -> None:
    detect(text, load_cues())


def citations(text: str) -> None:
    scan(text)


def told(parse: Callable[[str], object]) -> Run:
    def run(text: str) -> None:
        with suppress(EvidenceError):
            parse(text)

    return run


def both(text: str) -> None:
    """Two versions of an article, every second sentence changed, set against each other."""
    lines = text.split("\n\n")
    other = "\n\n".join(line.replace("with", "beside") if number % 2 else line for number, line in enumerate(lines))
    stated = []
    for one in (text, other):
        document = read(HEAD + one, "content/articles/x.md")
        report = check(Case((document,), LIBRARY, Policy(), files=frozenset()), RULES)
        stated.append([Stated(claim, ()) for claim in report.claims])
    changes(*stated)


ENTRIES: dict[str, Run] = {
    "article": article,
    "front matter": front,
    "bibliography": bibliography,
    "note": note,
    "sentence": sentence,
    "citations": citations,
    "changes": both,
    "offers": told(lambda text: parse_offers(text, "content/ctas.toml")),
    "people": told(lambda text: parse_ledger(text, {}, "2026-11-25", "content")),
    "reviews": told(
        lambda text: parse_ledger('[ann]\nname = "Ann"\n', {"content/reviews/a.toml": text}, "2026-11-25", "content")
    ),
    "glossary": told(lambda text: parse_glossary(text, "content/glossary.toml")),
    "vocabulary": told(lambda text: parse_library({"references.bib": BIB}, {}, {"content/vocabulary.toml": text})),
    "anatomy": told(lambda text: read_anatomy("content/anatomy.toml", text)),
    "wording": told(lambda text: own_entries({"own.toml": text}, ())),
    "lock": told(lambda text: parse_lock(text, "references.lock.json")),
    "baseline": told(lambda text: parse_baseline(text, "baseline.json")),
    "template": told(lambda text: theme_words({"theme/templates/a.html": text})),
}

# ---------------------------------------------------------------------------------------------- inputs

REPEATED = {
    "article": {
        "words": "word and more ",
        "claims cited": "Pain fell by 4.5 points with the drip [@a].\n\n",
        "claims not cited": "Pain fell by 4.5 points with the drip.\n\n",
        "claims in one paragraph": "Pain fell by 4.5 points with the drip [@a]. ",
        "unknown keys": "Pain fell [@nobody{n}].\n\n",
        "the same sentence": "Pain fell by {n} points with drips.\n\n",
        "headings": "## Heading {n}\n\n",
        "the same heading": "## Heading\n\n",
        "rows of a table": "| a{n} | 4.5 [@a] |\n",
        "columns": "| a ",
        "links": "[word]({{filename}}b{n}.md) ",
        "links out": "<https://example.org/{n}> ",
        "definitions": "[r{n}]: https://example.org/{n}\n",
        "references": "[w][r{n}] ",
        "pictures": "![a picture]({{static}}/images/a.svg) ",
        "footnotes": "[^{n}]: note\n\n",
        "footnotes used": "word[^{n}]\n\n[^{n}]: note\n\n",
        "brackets": "[",
        "brackets closed": "]",
        "brackets around": "[a](b ",
        "nested brackets": "[[a] ",
        "braces": "{{",
        "attributes": "a {{: .b }}\n\n",
        "quotes": "> ",
        "lines quoted": "> word\n",
        "list items": "- item\n",
        "nested list": "    - item\n",
        "commas": "word, ",
        "semicolons": "word; ",
        "citation separators": "; @a",
        "citations": "[@a, p. {n}] ",
        "narrative": "@a [p. 3] ",
        "locators": "[@a, pp. 1-2, 3-4, 5, ",
        "ats": "@",
        "stars": "*",
        "underscores": "_a",
        "backticks": "`",
        "odd backticks": "`` ` ",
        "tildes": "~~~ ",
        "fences": "```\n",
        "tags": "<b>",
        "tags open": "<a ",
        "tags with a citation": "<b @a>",
        "comments": "<!-- a -->",
        "comments open": "<!--",
        "allowances": "Drips cure. <!-- allow EV101: reason -->\n\n",
        "allowances alone": "<!-- allow EV101: reason -->\n\n",
        "claim marks": "[words]{{.claim}} ",
        "fact boxes": "<!-- fact box -->\n\nWho.\n\n| a | b | How sure |\n|---|---|---|\n| 3 of 100 | 4 of 100 | Not rated |\n\n",
        "pictures of people": "<!-- picture: people -->\n\n| a | b |\n|---|---|\n| 33 of 100 people | 3 of 100 |\n\n",
        "labels": "## H{n}\n\n<!-- evidence: what happens = not known; how sure = very low; set by = @a -->\n\nWord.\n\n",
        "entities": "&amp;",
        "entities open": "&#",
        "escapes": "\\\\",
        "dollars": "$a ",
        "formulas": "$$ a\n\n",
        "environments": "\\begin{{a}} ",
        "quote marks": "\"a' ",
        "opening quote marks": " \u201ca",
        "dashes": "a\u2014",
        "hyphens": "a-",
        "dots": "a. ",
        "abbreviations": "e.g. ",
        "ellipses": "… ",
        "capitals": "A. B. ",
        "question marks": "a? ",
        "digits": "9",
        "numbers": "{n} ",
        "numbers with commas": "1,",
        "fractions": "1/2 ",
        "ranges": "1-2 ",
        "shares": "{n} % of people, ",
        "of": "1 of 2 of ",
        "number words": "one hundred ",
        "spaces": " ",
        "tabs": "\t",
        "blank lines": "\n",
        "form feeds": "\x0c",
        "line separators": "\u2028",
        "combining": "a\u0301",
        "directions": "\u202e",
        "emojis": "\U0001f489",
        "colons": "word: ",
        "definition list": "Term\n: meaning\n\n",
        "abbreviation definitions": "*[A{n}]: meaning\n",
        "advertising": "Drips are guaranteed. ",
        "denials": "not never no ",
        "conditions": "if pain falls when ",
        "comparisons": "more than less than ",
        "address": "https://",
        "long address": "a/",
        "address with stops": "https://a.b. ",
        "e-mail": "a@b.c ",
        "rules": "---\n\n",
        "setext": "T\n---\n",
        "words over lines": "a\nb\n---\n",
        "rules in rows": "***\n",
        "labels without addresses": "[a]:\n",
        "headings in rows": "# H{n}\n",
        "labels of abbreviations": "*[a\n",
        "numbered": "1. a\n",
        "raw blocks": "<div>\nword\n</div>\n\n",
        "indented code": "    code\n",
        "examples": "(@a) word\n\n",
    },
    "sentence": {
        "words": "word ",
        "claim": "pain fell ",
        "commas": "pain, ",
        "numbers": "4.5 points ",
        "and": "pain and ",
        "because": "because pain fell ",
        "that": "that it is ",
        "hyphens": "anti-",
        "quotes": "'",
        "brackets": "(",
        "spaces": " ",
        "signs": "%",
        "letters": "a",
        "capitals": "A",
        "dots": ".",
        "digits": "9",
        "citations": "[@a] ",
    },
    "front matter": {
        "lines": "x{n}: y\n",
        "the same line": "tags: a\n",
        "tags": "a{n}, ",
        "continued": "  more\n",
        "commas": ",",
        "nocite": "nocite: @a\n",
        "colons": ":",
        "quotes": '"',
    },
    "citations": {
        "brackets": "[",
        "clusters": "[@a] ",
        "keys": "@a",
        "separators": "[@a; ",
        "at": "@",
        "braced": "@{{a",
        "dashes": "-@a ",
        "locators": "[@a, p. 1 ",
        "commas": "@a, ",
        "stops": "@a.",
        "finding": "@a#",
        "backticks": "`@a",
        "stars": "*@a",
        "escapes": "\\@",
        "tags": "<@a",
        "comments": "<!--@a",
        "dollars": "$@a",
        "notes": "^[@a",
        "underscores": "_@a",
        "links": "[@a](b",
        "pictures": "![@a",
        "quotes": "\"@a'",
        "address": "http://a@b",
        "braces": "@a{{b",
        "locator braces": "[@a, {{p. 1",
        "roman": "[@a, pp. iv-xi, ",
        "tildes": "~@a~~",
        "carets": "^@a",
        "spans": "[@a]{{.b",
        "brackets and braces": "[{{@a",
        "parentheses": "(@a",
    },
    "bibliography": {
        "entries": "@article{{k{n}, author={{A B}}, title={{T {n}}}, journal={{J}}, year={{2020}}, volume={{1}}, pages={{1--9}}}}\n",
        "the same key": "@article{{k, author={{A B}}, title={{T}}, journal={{J}}, year={{2020}}}}\n",
        "the same work": "@article{{k{n}, author={{A B}}, title={{A trial of drips}}, journal={{J}}, year={{2020}}, doi={{10.1/x}}}}\n",
        "like titles": "@article{{k{n}, author={{Smith, A}}, title={{A trial of drips {n}}}, journal={{J}}, year={{2020}}}}\n",
        "strings": "@string{{s{n} = {{x}}}}\n",
        "chained strings": "@string{{s{n} = s{m} # {{x}}}}\n",
        "crossrefs": "@book{{k{n}, crossref={{k{m}}}}}\n",
        "comments": "@comment{{x}}\n",
        "junk": "junk ",
        "ats": "@",
        "open entries": "@article{{a{n}, title={{x}},\n",
        "no commas": "@article{{a{n} title={{x}} year={{2020}}}}\n",
        "percent": "% x\n",
        "closing braces": "}}",
        "opening braces": "{{",
        "quotes": '"',
        "hashes": "@article{{a, title = x # ",
        "preambles": '@preamble{{"x"}}\n',
        "parentheses": "@article(a{n}, title={{x}})\n",
        "fields in one entry": "@article{{a, f{n} = {{x}},\n",
        "upper and lower": "@ARTICLE{{K{n}, TITLE={{T}}}}@article{{k{n}, title={{T}}}}\n",
        "misspelt": "@articel{{k{n}, tilte={{T}}, jorunal={{J}}}}\n",
    },
    "note": {
        "findings": '[[finding]]\nid = "f{n}"\noutcome = "pain"\neffect = "benefit"\nstatement = "Pain fell 4.5 points."\n',
        "the same finding": '[[finding]]\nid = "f"\noutcome = "pain"\neffect = "benefit"\nstatement = "Pain fell."\n',
        "unknown fields": "x{n} = 1\n",
        "comments": "# x\n",
        "tables": "[x{n}]\n",
        "dotted": "[a.b{n}]\nx = 1\n",
    },
    "offers": {"offers": '[o{n}]\nheading = "Book"\ntext = "Talk."\nbutton = "Go"\n', "unknown": "x{n} = 1\n"},
    "people": {"people": '[p{n}]\nname = "Ann {n}"\n', "the same name": '[p{n}]\nname = "Ann"\n', "unknown": "[p{n}]\nx = 1\n"},
    "reviews": {
        "signatures": '[[claim]]\nid = "0123456789"\nsentence = "Pain fell {n}."\nby = "ann"\ndate = "2026-11-24"\nverdict = "agree"\n',
        "tables": "[[claim]]\n",
        "unknown": "[[claim]]\nx{n} = 1\n",
    },
    "glossary": {
        "terms": '[t{n}]\nterm = "term {n}"\nmeaning = "A word."\n',
        "forms": '[t{n}]\nterm = "term {n}"\nalso = ["form {n}"]\nmeaning = "A word."\n',
        "unknown": "[t{n}]\nx = 1\n",
    },
    "vocabulary": {
        "terms": '[treatment.t{n}]\nlabel = "drug {n}"\nnames = ["name {n}"]\n',
        "chain": '[treatment.t{n}]\nlabel = "drug {n}"\nbroader = ["t{m}"]\n',
        "unknown": "[treatment.t{n}]\nx = 1\n",
        "one name": '[treatment.t{n}]\nlabel = "drug"\n',
    },
    "anatomy": {"parts": '[part.p{n}]\nheadings = ["words {n}"]\n', "types": "[type.t{n}]\nneeds = []\n", "unknown": "x{n} = 1\n"},
    "wording": {
        "entries": '[[avoid]]\ncode = "EV550"\nname = "own{n}"\nseverity = "error"\nflags = "F"\nreason = "R."\nsuggestion = "s"\n'
        'pattern = ["dream team {n}"]\nmust_match = ["The dream team {n}."]\nmust_not_match = ["A team."]\n',
        "unknown": "[[avoid]]\nx = 1\n",
    },
    "changes": {
        "claims": "Pain fell by {n} points with the drip.\n\n",
        "like claims": "Pain fell by 4.5 points with the drip and the bag.\n\n",
        "claims of many words": "Pain fell with word{n} and drip{m} in group{n} of trial{m}.\n\n",
    },
    "template": {
        "tags": "<p>word</p>\n", "open tags": "<p ", "expressions": "{{{{ a }}}} ", "statements": "{{% if a %}}b{{% endif %}} ",
        "comments": "{{# a #}}", "open": "{{{{", "attributes": '<a title="word {n}" ', "quotes": '"', "nested": "<div>",
    },
}  # fmt: skip
_BEFORE = {
    "article": {
        "rows of a table": "| a | b |\n|---|---|\n", "citation separators": "[@a",
    },
    "front matter": {"tags": "tags: ", "continued": "tags: a\n", "commas": "tags: a", "colons": "tags: ", "quotes": 'summary: '},
    "note": dict.fromkeys(("findings", "the same finding", "unknown fields", "comments", "tables", "dotted"), NOTE),
}  # fmt: skip


def _lots(piece: str) -> Callable[[int], str]:
    if "{n}" in piece or "{m}" in piece:
        return lambda n: "".join(piece.format(n=k, m=k + 1) for k in range(n))
    one = piece.format()
    return lambda n: one * n


def inputs() -> dict[tuple[str, str], Callable[[int], str]]:
    """By entry and name: a function from a size to the input."""
    found = {}
    for entry, pieces in REPEATED.items():
        for name, piece in pieces.items():
            made, before = _lots(piece), _BEFORE.get(entry, {}).get(name, "")
            found[entry, name] = lambda n, made=made, before=before: before + made(n)  # type: ignore[misc]
    found["article", "a table's columns"] = lambda n: f"|{'a|' * n}\n|{'-|' * n}\n|{'b [@a]|' * n}\n"
    found["article", "links in links"] = lambda n: "[" * n + "a" + "](b)" * n
    found["article", "a tower with a citation"] = lambda n: "[" * n + "@a" + "]" * n
    found["article", "citations in a bracket"] = lambda n: "[" + "; ".join(["@a"] * n) + "]"
    found["article", "definitions and references"] = lambda n: "".join(
        f"[w][r{k}] and word\n\n[r{k}]: https://example.org/{k}\n\n" for k in range(n)
    )
    found["article", "a long sentence with figures"] = lambda n: (
        "Pain fell " + "by 4.5 points, " * n + "with drips [@a]."
    )
    found["front matter", "a long title"] = lambda n: "subtitle: " + "word " * n
    found["front matter", "a long description"] = lambda n: "description: " + "Drips cure pain, " * n
    found["front matter", "authors"] = lambda n: "authors: " + "; ".join(f"A{k} B" for k in range(n))
    found["bibliography", "authors"] = lambda n: BIB.replace("Smith, Ann", " and ".join(["Smith, Ann"] * n))
    found["bibliography", "a long author"] = lambda n: BIB.replace("Smith, Ann", "Ann " * n)
    found["bibliography", "and without authors"] = lambda n: BIB.replace("Smith, Ann", "and " * n)
    found["bibliography", "commas in an author"] = lambda n: BIB.replace("Smith, Ann", "Smith, " * n)
    found["bibliography", "a long title"] = lambda n: BIB.replace("drips", "drips and " * n)
    found["bibliography", "braces in a title"] = lambda n: BIB.replace("drips", "{d}" * n)
    found["bibliography", "nested braces"] = lambda n: BIB.replace("drips", "{" * n + "}" * n)
    found["bibliography", "commands in a title"] = lambda n: BIB.replace("drips", "\\emph{a} \\'e " * n)
    found["bibliography", "maths in a title"] = lambda n: BIB.replace("drips", "$a$ $" * n)
    found["bibliography", "backslashes"] = lambda n: BIB.replace("drips", "\\" * n)
    found["bibliography", "a long abstract"] = lambda n: BIB.replace(
        "year =", "abstract = {" + "word " * n + "}, year ="
    )
    found["bibliography", "a long address"] = lambda n: BIB.replace(
        "year =", "url = {http://a/" + "a/" * n + "}, year ="
    )
    found["bibliography", "a long number"] = lambda n: BIB.replace("2020", "9" * n)
    found["bibliography", "page ranges"] = lambda n: BIB.replace("1--9", "1--9, " * n)
    found["bibliography", "a long key"] = lambda n: BIB.replace("{a,", "{" + "a" * n + ",")
    found["bibliography", "a long date"] = lambda n: BIB.replace("year = {2020}", "date = {" + "2020/" * n + "}")
    found["bibliography", "a long identifier"] = lambda n: BIB.replace(
        "year =", "doi = {10.1/" + "a(" * n + "}, year ="
    )
    found["bibliography", "a long isbn"] = lambda n: BIB.replace("year =", "isbn = {" + "9-" * n + "}, year =")
    found["bibliography", "joined strings"] = lambda n: BIB.replace("{A trial of drips}", " # ".join(['"x"'] * n))
    found["lock", "records"] = lambda n: json.dumps(
        {"schema": "evidence-lock/1", "sources": {f"k{k}": _record() for k in range(n)}}, indent=1
    )
    found["lock", "brackets"] = lambda n: "[" * n
    found["baseline", "problems"] = lambda n: json.dumps(
        {
            "schema": "evidence-baseline/1",
            "problems": [
                {"rule": "EV101", "claim": f"{k:010x}", "path": "content/articles/x.md", "what": "w", "number": 1}
                for k in range(n)
            ],
        },
        indent=1,
    )
    found["baseline", "wrong problems"] = lambda n: json.dumps(
        {"schema": "evidence-baseline/1", "problems": [{"rule": k} for k in range(n)]}, indent=1
    )
    for name, piece in {"a long statement": "pain fell 4.5, ", "a long word": "a", "figures": "1 of 2, "}.items():
        found["note", name] = lambda n, piece=piece: (
            NOTE  # type: ignore[misc]
            + f'[[finding]]\nid = "f"\noutcome = "pain"\neffect = "benefit"\nstatement = "{piece * n}"\n'
        )
    for entry in ("offers", "people", "reviews", "glossary", "vocabulary", "anatomy", "wording", "note"):
        found[entry, "a long text"] = lambda n: 'x = "' + "word " * n + '"\n'
        found[entry, "a long list"] = lambda n: "x = [" + "1, " * n + "]\n"
        found[entry, "a long key"] = lambda n: "a." * n + "b = 1\n"
        found[entry, "nested lists"] = lambda n: "x = " + "[" * n + "]" * n + "\n"
        found[entry, "open texts"] = lambda n: 'x = """' + 'a"' * n
        found[entry, "blank lines"] = lambda n: "\n" * n + "x ="
    return found


def _record() -> dict[str, object]:
    answer = {"checked": "2026-11-24", "entry": "0" * 16, "state": "found", "id": "10.1/x", "years": ["2020"]}
    return {"answers": {"crossref": answer}, "failures": {}}


def pairs() -> dict[str, tuple[Run, Callable[[int], str]]]:
    """What is set against each other: sentences and the findings they rest on, files and the files they became."""
    found: dict[str, tuple[Run, Callable[[int], str]]] = {}

    long = "Pain fell " + "by 4.5 points and 12 % of 80 people in 3 days, " * 30
    wordy = "The drip did not ease pain but may cause nausea while it runs in adults and so on, " * 20
    for name, statement in (("figures", long[:1900]), ("words", wordy[:1900])):
        found[f"support: a sentence of {name}, long findings"] = (
            _held(statement, 1, 5, False),
            lambda n: f"Pain fell by {n} points " * n,
        )
        found[f"support: sentences, long findings of {name}"] = (
            _held(statement, 1, 5, False),
            lambda n, words=statement[:200]: f"{words} [@k0].\n\n" * n,
        )  # type: ignore[misc]
    return found


# ------------------------------------------------------------------------------------------- measuring


class Endless(Exception):
    """Not done within the time."""


def _stop(*_: object) -> None:
    raise Endless


def seconds(run: Run, text: str, best_of: int = 2) -> float:
    """CPU seconds. Raises Endless."""
    taken = math.inf
    for _ in range(best_of):
        gc.collect()
        signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        start = time.process_time()
        try:
            run(text)
        finally:
            taken = min(taken, time.process_time() - start)
            signal.setitimer(signal.ITIMER_PROF, 0)
        if taken > 5:
            break
    return taken


def grown(run: Run, make: Callable[[int], str]) -> tuple[str, bool]:
    """In words how time grows, and whether that is too fast. What even an input of size 1 takes is not counted."""
    size = 64
    try:
        run(make(1))
        alone = seconds(run, make(1))
        while (first := seconds(run, make(size)) - alone) < LEAST and len(make(size)) < LARGEST // 4:
            size *= 2 if first > LEAST / 8 else 4
        if first < LEAST:
            return f"{len(make(size))} characters in {first:.3f} s", False
        second, third = seconds(run, make(2 * size)) - alone, seconds(run, make(4 * size)) - alone
        power = math.log(third / first, 4)
        told = f"{len(make(size))} characters {first:.2f} s, twice {second:.2f} s, four times {third:.2f} s: n^{power:.2f}"
        return told, power > FACTOR
    except Endless:
        return f"{len(make(size))} characters or up to four times as many: not done in {PATIENCE} s", True
    except Exception as error:
        return f"size {size}: {type(error).__name__}: {str(error)[:200]}", True


def limits() -> dict[str, tuple[Run, str]]:
    """Inputs at the limits the program sets itself."""
    found: dict[str, tuple[Run, str]] = {}
    for name, piece in {
        "words": "pain fell and ", "figures": "4.5 points, ", "shares": "12 % of 80 people, ", "commas": "a, ",
        "numbers": "1 of 2, ", "number words": "one hundred and ", "because": "because pain fell, ", "not": "did not ease pain, ",
        "quotes": "\u201cdrips cure\u201d ", "than": "more pain than less ", "hyphens": "pain-free-", "groups": "4.5 with drip and 5.1 with placebo, ",
        "may": "may ease pain but may not, ", "brackets": "(pain (", "versus": "4.5 vs 5.1, ", "days": "in 3 days, for 2 weeks, ",
        "treated": "the drip, the drip ", "unlike": "Drip Placebo Adults ",
    }.items():  # fmt: skip
        text = (piece * 2000)[:1850]
        found[f"a sentence of {name} alone"] = (article, f"Pain fell {text} [@a].\n")
        for sources, findings in ((1, 1), (2, 44), (20, 5)):
            run = _held((piece * 2000)[:1900], sources, findings)
            found[f"a sentence of {name} before {sources} sources with {findings} findings like it"] = (
                run,
                f"Pain fell {text}",
            )
            found[f"a short sentence before {sources} sources with {findings} findings of {name}"] = (
                run,
                "Pain fell by 4.5 points with the drip",
            )
    return found


def _held(statement: str, sources: int, findings: int, anchored: bool = False) -> Run:
    keys = [f"k{n}" for n in range(sources)]
    bib = "".join(BIB.replace("{a,", "{" + key + ",").replace("drips", f"drips {key}") for key in keys)
    listed = "".join(
        f'[[finding]]\nid = "f{n}"\noutcome = "pain"\neffect = "benefit"\nstatement = "{statement} {n}."\n'
        for n in range(findings)
    )
    library = parse_library({"references.bib": bib}, {f"content/sources/{key}.toml": NOTE + listed for key in keys})
    library = replace(library, vocabulary=TERMS)
    mark = "; ".join(f"@{key}#f0" if anchored else f"@{key}" for key in keys)
    return lambda text: article(f"{text} [{mark}].\n", library)


def main() -> None:
    words = sys.argv[1:]
    gc.freeze()  # as the program itself does
    gc.set_threshold(*_GARBAGE)
    flagged = tried = 0

    def wanted(name: str) -> bool:
        return not words or any(word in name for word in words)

    cases = {f"{entry}: {name}": (ENTRIES[entry], make) for (entry, name), make in inputs().items()} | pairs()
    cases["changes: a changed sentence"] = (
        lambda text: difference(text, text.replace("1", "2")),
        lambda n: " ".join(f"word{k}" for k in range(n)),
    )
    cases["changes: renamed files"] = (
        lambda text: renames(
            {f"a{k}": one for k, one in enumerate(text.split("|"))},
            {f"b{k}": f"{one}\nx" for k, one in enumerate(text.split("|"))},
        ),
        lambda n: "|".join(f"line {k}\nother {k}" for k in range(n)),
    )
    for name, (run, make) in cases.items():
        if wanted(name):
            told, bad = grown(run, make)
            tried, flagged = tried + 1, flagged + bad
            print(f"{'TOO FAST' if bad else 'ok      '} {name}: {told}", flush=True)
    for name, (run, text) in limits().items():
        if wanted(f"limits: {name}"):
            try:
                taken = seconds(run, text)
            except Endless:
                taken = math.inf
            tried, flagged = tried + 1, flagged + (taken > SLOW)
            print(f"{'TOO SLOW' if taken > SLOW else 'ok      '} limits: {name}: {taken:.2f} s", flush=True)
    print(f"{tried} inputs, {flagged} flagged")
    sys.exit(bool(flagged))


if __name__ == "__main__":
    main()
