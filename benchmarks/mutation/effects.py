"""What surviving slips change: `python benchmarks/mutation/effects.py LOG [PART ...]` (what `mutate.py` wrote).

Each survivor is put into a copy of the package. In claims, every sentence of `benchmarks/claims/develop.tsv` is judged again; in
support and rules, every sentence of `benchmarks/support` that may be read is checked again, and the articles of the site; in
citations, every text of the citation cases and thousands of random ones is scanned again. Printed are the number of answers that
differ and the shortest of the texts: candidates for cases.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/evidence"
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests")]
RANDOM, SEED, TOGETHER = 6000, 7, 40
SCANNED = """
import json, sys
from evidence.citations import scan
for text in json.load(open(sys.argv[1])):
    try:
        print(json.dumps(repr(scan(text, link_labels={"a", "r"}, footnotes={"1"}, examples={"a"}))), flush=True)
    except Exception as error:
        print(json.dumps(repr(error)), flush=True)
"""
JUDGED = """
import json, sys
from evidence.claims import detect, load_cues
cues = load_cues()
for text in json.load(open(sys.argv[1])):
    try:
        found = detect(text, cues)
        print(json.dumps(f"{found.claim} {found.kind} {found.cue}"), flush=True)
    except Exception as error:
        print(json.dumps(repr(error)), flush=True)
"""
CHECKED = """
import json, os, sys
from pathlib import Path
os.chdir(sys.argv[2])
from evidence.checking import check
from evidence.library import read_library
from evidence.model import Case
from evidence.project import load_settings, project_from
from evidence.reading import read
from evidence.rules import RULES
root = Path(sys.argv[2])
project = project_from(load_settings(root / "pelicanconf.py"), root)
case = Case((), read_library(project.root, project.policy), project.policy, frozenset({"consultation"}))
for text in json.load(open(sys.argv[1])):
    try:
        report = check(Case((read(text, "content/articles/a.md"),), case.library, case.policy, case.offers), RULES)
        print(json.dumps([[one.place.line, f"{one.code} {one.message}"] for one in report.problems]), flush=True)
    except Exception as error:
        print(json.dumps([[0, repr(error)]]), flush=True)
"""
HEAD = "---\ntitle: A\nslug: a\ndate: 2026-11-24\nevidence_to: 2026-08\ndescription: A description\n---\n\n"


def sentences() -> list[str]:
    """Those of `benchmarks/support` that are not held back."""
    folder, found = ROOT / "benchmarks/support", list[str]()
    for line in (folder / "develop.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        found += line.split("\t")[1:3]
    found += (folder / "honest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for name in ("develop.txt", "adversary-seen.txt"):
        lines = (folder / "classes" / name).read_text(encoding="utf-8").splitlines()
        found += [line[2:] for line in lines if line.startswith(("- ", "+ "))]
    return list(dict.fromkeys(one for one in found if one.strip()))


def texts(part: str) -> list[str]:
    if part == "claims":
        lines = (ROOT / "benchmarks/claims/develop.tsv").read_text(encoding="utf-8").splitlines()
        column = lines[0].split("\t").index("sentence")
        return [line.split("\t")[column] for line in lines[1::2]]
    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))]
    if part == "citations":
        from citation_cases import cases, differential

        paragraphs = [block for text in articles for block in text.split("\n\n") if "@" in block]
        return [*(case.text for case in cases()), *paragraphs, *differential().random_cases(RANDOM, SEED)]
    every = sentences()
    groups = [every[at : at + TOGETHER] for at in range(0, len(every), TOGETHER)]
    return [*(HEAD + "\n\n".join(group) + "\n" for group in groups), *articles]


def answers(copied: Path, part: str, asked: Path) -> list[str]:
    program = JUDGED if part == "claims" else SCANNED if part == "citations" else CHECKED
    done = subprocess.run(
        [sys.executable, "-c", program, str(asked), str(ROOT)],
        env={"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1", "EVIDENCE_CACHE": "0", "PATH": os.environ["PATH"]},
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    return done.stdout.splitlines() or [json.dumps([[0, done.stderr[-300:]]])]


def told(part: str, text: str, before: str, after: str) -> list[tuple[str, str, str]]:
    """The text with what is said of it before and after; of an article, its lines of which something else is said."""
    if part in ("claims", "citations"):
        return [(text, json.loads(before), json.loads(after))]
    lines, found = text.split("\n"), []
    old, new = json.loads(before), json.loads(after)
    for line in sorted({at for at, one in [*old, *new] if ([at, one] in old) != ([at, one] in new)}):
        here = [[one for at, one in each if at == line] for each in (old, new)]
        found.append((lines[line - 1] if line else "", str(here[0]), str(here[1])))
    return found


def main() -> None:
    from mutate import FILES, mutant, survivors_of

    survivors = survivors_of(Path(sys.argv[1]), sys.argv[2:] or [part for part in FILES if part != "gate"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(PACKAGE, folder / "evidence", ignore=shutil.ignore_patterns("__pycache__"))
        known: dict[str, tuple[Path, list[str], list[str]]] = {}
        for slip in survivors:
            part = slip.part if slip.part in ("claims", "citations") else "support"
            if part not in known:
                asked = folder / f"{part}.json"
                asked.write_text(json.dumps(texts(part)))
                known[part] = asked, json.loads(asked.read_text()), answers(folder, part, asked)
            asked, listed, before = known[part]
            here = folder / "evidence" / slip.file
            text = here.read_text(encoding="utf-8")
            here.write_text(ast.unparse(mutant(slip)), encoding="utf-8")
            try:
                after = answers(folder, part, asked)
            except subprocess.TimeoutExpired:
                after = []
            here.write_text(text, encoding="utf-8")
            differing = [
                one
                for each, old, new in zip(listed, before, after, strict=False)
                if old != new
                for one in told(part, each, old, new)
            ]
            print(f"{len(differing):5} {slip}{'' if len(after) == len(before) else ' AND THEN AN END'}", flush=True)
            for one in sorted(differing, key=lambda one: len(one[0]))[:4]:
                print("        " + "\n          ".join(map(str, one)), flush=True)


if __name__ == "__main__":
    main()
