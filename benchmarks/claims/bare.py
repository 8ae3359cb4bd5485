"""How many cited sentences are missed without their citation: `python benchmarks/claims/bare.py [-v] [FILE.md ...]`.

Takes the citations off each cited sentence and row of an article, one after the other, and asks twice: does the detector find
the bare sentence by itself, and is the article told of it, with the cited sentences, rows and items beside it in view? An item
of a list that a cited sentence introduces keeps that source; it is counted as covered. Without files it takes the
site's English articles, to which the detector was fitted among others, so that these figures flatter. `-v` prints what is missed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from evidence.claims import detect, load_cues
from evidence.coverage import NARRATIVE, claims_of
from evidence.model import Claim, Document
from evidence.places import position
from evidence.reading import read

_ROOT = Path(__file__).parents[2]
_JUDGE = partial(detect, cues=load_cues())


def english(folder: Path) -> list[Path]:
    """The articles of a folder in English, whose names say no language."""
    return sorted(path for path in folder.glob("*.md") if path.name.count(".") == 1)


def cited(document: Document) -> list[Claim]:
    """The sentences and rows of a document that carry a citation themselves."""
    return [one for one in claims_of(document, _JUDGE) if one.where in ("text", "row") and any(own(document, one))]


def own(document: Document, claim: Claim) -> Iterator[tuple[int, int]]:
    """The stretches of the document's text that hold the claim's own citations."""
    lines = [0]
    for line in document.text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    for index, number in claim.clusters:
        block = document.blocks[index]
        cluster = block.scan.clusters[number]
        if claim.where == "row" or (index == claim.block and claim.start <= cluster.start < claim.end):
            line, column = position(block.spans, cluster.start)
            end_line, end_column = position(block.spans, cluster.end - 1)
            yield lines[line - 1] + column - 1, lines[end_line - 1] + end_column


def found_alone(claim: Claim) -> bool:
    """Whether the detector takes the bare sentence for a claim."""
    return _JUDGE(NARRATIVE.sub("The study", claim.sentence)).claim


def told_in_place(document: Document, claim: Claim) -> str:
    """ "told", "covered" or "missed": what becomes of the claim when its own citations are taken off."""
    text = document.text
    for start, end in sorted(own(document, claim), reverse=True):
        narrative = text[start] != "["
        before = text[:start] if narrative else text[:start].rstrip(" ")
        text = before + ("The study" if narrative else "") + text[end:]
    words = NARRATIVE.sub("The study", claim.sentence)
    for one in claims_of(read(text, document.path), _JUDGE):
        if one.sentence == words and one.place.line == claim.place.line:
            return "told" if one.status == "uncited" else "covered"
    return "missed"


def main(files: list[Path], shown: bool) -> int:
    """Print the counts of each folder."""
    folders: dict[str, Counter[str]] = {}
    for path in files:
        document = read(path.read_text(encoding="utf-8"), str(path))
        counts = folders.setdefault(path.parent.name, Counter())
        for claim in cited(document):
            alone, in_place = found_alone(claim), told_in_place(document, claim)
            counts.update(cited=1, alone=int(alone), **{in_place: 1})
            if shown and (not alone or in_place == "missed"):
                sys.stdout.write(
                    f"{path.name}:{claim.place.line} alone: {alone}, in place: {in_place}: {claim.sentence}\n"
                )
    for name, counts in folders.items():
        told = ", ".join(f"{counts[one]} {one}" for one in ("told", "covered", "missed"))
        sys.stdout.write(f"{name}: {counts['cited']} cited, {counts['alone']} found alone; in place {told}\n")
    return 0


if __name__ == "__main__":
    chosen = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    sys.exit(main(chosen or english(_ROOT / "content/articles"), "-v" in sys.argv))
