"""How well the detector does on labelled sentences: `python benchmarks/claims/measure.py [FILE.tsv ...] [--errors N]`.

A file has a header with at least `sentence` and `label` (`claim` or `not`); `kind` and `page_id` (`register/page`)
split the figures further. Prints for each file precision, recall and F1, the same by register, recall by kind of claim, false alarms by what
the sentence was instead and the surest errors, and the speed on one core. Without files, measures `develop.tsv`, which
the detector was fitted to; for pages it was not fitted to, see `fit.py`.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from evidence.claims.cues import KINDS, load_cues
from evidence.claims.detection import Verdict, detect, score

_CUES = load_cues()
_HERE = Path(__file__).parent
_LABELS = (("claim", True), ("not a claim", False))


class Judged(NamedTuple):
    """A labelled sentence with the detector's verdict."""

    sentence: str
    claim: bool
    kind: str
    register: str
    verdict: Verdict
    points: float | None = None


def judged(paths: Iterable[Path]) -> list[Judged]:
    found = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                register = (row.get("page_id") or "").partition("/")[0] or "?"
                verdict = detect(row["sentence"], _CUES)
                found.append(
                    Judged(row["sentence"], row["label"] == "claim", row.get("kind") or "?", register, verdict)
                )
    return found


def figures(name: str, rows: Sequence[Judged]) -> str:
    """One line: counts, precision, recall, F1."""
    right = sum(row.claim and row.verdict.claim for row in rows)
    alarms = sum(row.verdict.claim for row in rows)
    claims = sum(row.claim for row in rows)
    precision = right / alarms if alarms else 1.0
    recall = right / claims if claims else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return (
        f"{name:16}{len(rows):6}{claims:8}{alarms - right:8}{claims - right:8}{precision:11.3f}{recall:8.3f}{f1:8.3f}"
    )


def report(rows: Sequence[Judged], errors: int) -> str:
    head = f"{'':16}{'all':>6}{'claims':>8}{'false':>8}{'missed':>8}{'precision':>11}{'recall':>8}{'F1':>8}"
    lines = [head, figures("all", rows), "", "by register", head]
    lines += [
        figures(name, [row for row in rows if row.register == name]) for name in _names(r.register for r in rows)
    ]
    lines += ["", *_by_kind(rows), "", *_worst(rows, errors)]
    return "\n".join(lines)


def confusion(name: str, rows: Sequence[Judged]) -> str:
    """What was labelled, by line, against what the detector said, by column: claim or not, then kind by kind."""
    counts = Counter((row.claim, row.verdict.claim) for row in rows)
    lines = [f"{name:16}{'found':>8}{'not':>8}"]
    lines += [f"{label:16}{counts[is_claim, True]:8}{counts[is_claim, False]:8}" for label, is_claim in _LABELS]
    return "\n".join([*lines, "", *_confusion(rows)])


def _names(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _by_kind(rows: Sequence[Judged]) -> list[str]:
    lines = [f"{'claims found':16}{'of':>6}{'recall':>8}"]
    for kind in _names(row.kind for row in rows if row.claim):
        of_kind = [row for row in rows if row.claim and row.kind == kind]
        found = sum(row.verdict.claim for row in of_kind)
        lines.append(f"{kind:16}{len(of_kind):6}{found / len(of_kind):8.3f}")
    lines += ["", f"{'false alarms':16}{'of':>6}{'rate':>8}"]
    for kind in _names(row.kind for row in rows if not row.claim):
        of_kind = [row for row in rows if not row.claim and row.kind == kind]
        lines.append(f"{kind:16}{len(of_kind):6}{sum(row.verdict.claim for row in of_kind) / len(of_kind):8.3f}")
    return lines


def _confusion(rows: Sequence[Judged]) -> list[str]:
    """Rows: the labelled kind. Columns: the kind the detector gave, or `-` for no claim."""
    columns = [*KINDS, "-"]
    counts = Counter(
        (row.kind if row.claim else "(not a claim)", str(row.verdict.kind) if row.verdict.claim else "-")
        for row in rows
    )
    lines = ["confusion" + " " * 7 + "".join(f"{name[:6]:>7}" for name in columns)]
    for kind in [*_names(row.kind for row in rows if row.claim), "(not a claim)"]:
        lines.append(f"{kind:16}" + "".join(f"{counts[kind, column] or '':>7}" for column in columns))
    right = sum(row.kind == row.verdict.kind for row in rows if row.claim and row.verdict.claim)
    found = sum(row.claim and row.verdict.claim for row in rows)
    return [*lines, f"the kind is right in {right} of {found} claims found"]


def _worst(rows: Sequence[Judged], errors: int) -> list[str]:
    """The errors of which the detector is surest, with its points and words."""
    wrong = [
        (abs(score(row.sentence, _CUES) if row.points is None else row.points), row)
        for row in rows
        if row.claim != row.verdict.claim
    ]
    wrong.sort(key=lambda pair: (-pair[0], pair[1].sentence))
    lines = [f"{'worst errors':16}points, label, sentence, what the detector saw"]
    for points, row in wrong[:errors]:
        label = "missed" if row.claim else "false "
        lines.append(f"{points:6.0f} {label} ({row.register}, {row.kind}) {row.sentence}")
        lines.append(f"              {row.verdict.kind or 'nothing'}: {row.verdict.cue or ''}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the detector of claims on labelled sentences.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.tsv")
    parser.add_argument("--errors", type=int, default=10, help="how many of the surest errors to show (default 10)")
    options = parser.parse_args()
    seconds, count = 0.0, 0
    for file in options.files or [_HERE / "develop.tsv"]:
        start = time.process_time()
        rows = judged([file])
        seconds += time.process_time() - start
        count += len(rows)
        sys.stdout.write(f"{file.name}\n{report(rows, options.errors)}\n\n")
    sys.stdout.write(f"{count / seconds:.0f} sentences a second\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
