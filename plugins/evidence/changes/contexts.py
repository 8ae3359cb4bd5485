"""What changed in what a sentence stands in, in words: its headings, its list's introduction, its table's caption and columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from evidence.model import FRAMES, Frame

_NAMES = {
    "heading": "heading",
    "term": "term",
    "list": "introduction of its list",
    "caption": "words above its table",
    "columns": "column headings",
}
_UNDER = {
    "heading": "under",
    "term": "under the term",
    "list": "in the list",
    "caption": "in the table",
    "columns": "in the table",
}


def reframed(
    before: Sequence[Frame],
    after: Sequence[Frame],
    known_before: Collection[Frame] = (),
    known_after: Collection[Frame] = (),
) -> tuple[str, ...]:
    """Each kind of frame that differs, once. `known_…` are the frames of the whole article of then and of now.

    Words that stood nowhere before, in the place of words that stand nowhere any more, were changed where they are; else it is
    the sentence that moved.
    """
    return tuple(_reframed(before, after, known_before, known_after))


def _reframed(
    before: Sequence[Frame],
    after: Sequence[Frame],
    known_before: Collection[Frame],
    known_after: Collection[Frame],
) -> Iterator[str]:
    for kind in FRAMES:
        old = [one for one in before if one.kind == kind]
        new = [one for one in after if one.kind == kind]
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        if not gone and not come:
            continue
        if kind == "item":
            yield from (f'it no longer introduces "{one.words}"' for one in gone)
            yield from (f'it now introduces "{one.words}"' for one in come)
            continue
        renamed = not any(one in known_after for one in gone) and not any(one in known_before for one in come)
        if len(gone) == len(come) and gone and renamed:
            for one, other in zip(gone, come, strict=True):
                yield f'{_NAMES[kind]} changed from "{one.words}" to "{other.words}"'
        elif new:
            was = f"was {_UNDER[kind]} {_path(old)}" if old else f"was {_UNDER[kind]} none"
            yield f"moved {_UNDER[kind]} {_path(new)}, {was}"
        else:
            yield f"stands no longer {_UNDER[kind]} {_path(old)}"


def _path(frames: Sequence[Frame]) -> str:
    return " > ".join(f'"{one.words}"' for one in frames)
