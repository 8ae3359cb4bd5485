"""What surviving mutants change: `python benchmarks/mutation/effects.py LOG` (what `mutate.py` printed; claims and citations only).

Each survivor is put into a copy of the package, and every sentence of `benchmarks/claims` is judged again, or every text of the
citation cases and thousands of random ones is scanned again. Printed are the number of answers that differ and the first of the
texts: candidates for cases. A survivor that changes nothing there makes no difference that matters.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/evidence"
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests")]
RANDOM, SEED = 6000, 7
SCANNED = """
import json, sys
from evidence.citations import scan
texts = json.load(open(sys.argv[1]))
for text in texts:
    try:
        found = scan(text, link_labels={"a", "r"}, footnotes={"1"}, examples={"a"})
        print(json.dumps(repr(found)))
    except Exception as error:
        print(json.dumps(repr(error)))
"""
JUDGED = """
import json, sys
from evidence.claims import detect, load_cues
cues = load_cues()
for text in json.load(open(sys.argv[1])):
    try:
        print(json.dumps(repr((lambda one: one.claim)(detect(text, cues)))))
    except Exception as error:
        print(json.dumps(repr(error)))
"""


def texts(part: str) -> list[str]:
    if part == "claims":
        found = []
        for name in ("develop.tsv", "held-back.tsv"):
            lines = (ROOT / "benchmarks/claims" / name).read_text(encoding="utf-8").splitlines()
            column = lines[0].split("\t").index("sentence")
            found += [line.split("\t")[column] for line in lines[1::2]]
        return found
    from citation_cases import cases, differential

    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))]
    paragraphs = [block for text in articles for block in text.split("\n\n") if "@" in block]
    return [*(case.text for case in cases()), *paragraphs, *differential().random_cases(RANDOM, SEED)]


def answers(copied: Path, part: str, asked: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", JUDGED if part == "claims" else SCANNED, str(asked)],
        env={"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    return done.stdout.splitlines()


def main() -> None:
    from mutate import FILES, mutant, survivors_of

    survivors = survivors_of(Path(sys.argv[1]), list(FILES))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(PACKAGE, folder / "evidence", ignore=shutil.ignore_patterns("__pycache__"))
        known: dict[str, tuple[Path, list[str], list[str]]] = {}
        for slip in survivors:
            file, part = slip.file, slip.part
            if part not in ("claims", "citations"):
                continue
            if part not in known:
                asked = folder / f"{part}.json"
                asked.write_text(json.dumps(texts(part)))
                known[part] = asked, json.loads(asked.read_text()), answers(folder, part, asked)
            asked, listed, before = known[part]
            text = (PACKAGE / file).read_text(encoding="utf-8")
            (folder / "evidence" / file).write_text(mutant(slip))
            try:
                after = answers(folder, part, asked)
            except subprocess.TimeoutExpired:
                after = []
            (folder / "evidence" / file).write_text(text)
            differing = [number for number, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]]
            differing += range(len(after), len(before))
            print(f"{len(differing):5} {slip}", flush=True)
            for number in sorted(differing, key=lambda one: len(listed[one]))[:3]:
                new = json.loads(after[number]) if number < len(after) else "no answer"
                print(
                    f"        {listed[number]!r}\n          {json.loads(before[number])}\n          {new}", flush=True
                )


if __name__ == "__main__":
    main()
