"""One signature: what it covers, and how it stands in the ledger, `content/reviews/<article>.toml`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from evidence.model import FRAMES, Basis, Frame, Person, Signature, Stated
from evidence.toml_text import without_unseen

VERDICTS = {
    "accept": "the sentence says what its sources found, no more and no less",
    "reject": "it does not; the note says why",
}
ROLES = {
    "clinician": "may sign claims; the page names them",
    "editor": "works on the texts, and signs nothing",
    "author": "writes articles, and signs nothing",
}
SIGNS = "clinician"
"""The role in which claims are signed."""
EXAMPLE = """\
[[review]]
claim = "3a67a0cb63"
sentence = "At 60 minutes, fluids made no difference to pain."
rests = [
  { source = "jones2019fluid", entry = "a563234daad272ed", at = "", findings = { pain-60min = "23cc7b25c674a0ae" } },
]
context = []
hash = "7e8309b6872d1e06"
person = "ann-sample"
role = "clinician"
date = 2026-11-20
verdict = "accept"
note = ""
"""
"""A block as it stands in a file, of the invented clinician Ann Sample."""


def ledger_path(folder: str, path: str) -> str:
    """The file that holds the sign-offs of an article, by the article's path."""
    return f"{folder}/{PurePosixPath(path).stem}.toml"


def seal(one: Signature) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of all that a record says: the words, what they rest on and stand in, in any order,
    who signed them in which role, when, and how. It tells a slip or an edit, and keeps out nobody who reckons it anew: that, the
    history of the repository shows.

    Without a context, or without what the findings `said`, that of a record of before these were written down.
    """
    sentence = one.sentence
    parts = sorted(
        [
            rest.key,
            rest.entry,
            sorted(map(list, rest.findings)),
            rest.locator,
            *([sorted(map(list, rest.said))] if rest.said else ()),
        ]
        for rest in one.rests
    )
    by = [one.claim, one.person, one.role, one.date, one.verdict, one.note]
    around = [] if one.context is None else [sorted([frame.kind, frame.words] for frame in one.context), by]
    return hashlib.sha256(json.dumps([sentence, parts, *around], ensure_ascii=True).encode()).hexdigest()[:16]


def frame_text(one: Frame) -> str:
    """A frame as it stands in a record: `heading: Harms`."""
    return f"{one.kind}: {one.words}"


def frame_of(text: str) -> Frame | None:
    """The frame of such a text, or None if it is none."""
    kind, _, words = text.partition(": ")
    return Frame(kind, words) if kind in FRAMES and words else None


def signed(one: Stated, person: Person, date: str, verdict: str, note: str = "") -> Signature:
    """The signature of a person under a claim as it stands."""
    claim = one.claim
    made = Signature(
        claim=claim.id,
        sentence=claim.sentence,
        rests=one.basis,
        hash="",
        person=person.id,
        role=person.role,
        date=date,
        verdict=verdict,
        note=without_unseen(note).strip(),  # the file could not be read again with them
        context=one.context,
    )
    return replace(made, hash=seal(made))


def ledger_text(signatures: Sequence[Signature]) -> str:
    """A ledger's text: one block for each claim, in order of id, so that two people's changes rarely meet."""
    blocks = ["# Sign-offs, written by `evidence review`. One block for each claim, in order of id.\n"]
    blocks += [_block(one) for one in sorted(signatures, key=lambda one: one.claim)]
    return "\n".join(blocks)


def _block(one: Signature) -> str:
    lines = [
        "[[review]]",
        f"claim = {_quoted(one.claim)}",
        f"sentence = {_quoted(one.sentence)}",
        *(["rests = [", *(f"  {_rest(rest)}," for rest in one.rests), "]"] if one.rests else ["rests = []"]),
        *_context(one.context),
        f"hash = {_quoted(one.hash)}",
        f"person = {_quoted(one.person)}",
        f"role = {_quoted(one.role)}",
        f"date = {one.date}",
        f"verdict = {_quoted(one.verdict)}",
        f"note = {_quoted(one.note)}",
    ]
    return "\n".join(lines) + "\n"


def _context(frames: Sequence[Frame] | None) -> list[str]:
    if not frames:
        return [] if frames is None else ["context = []"]
    return ["context = [", *(f"  {_quoted(frame_text(one))}," for one in frames), "]"]


def _rest(one: Basis) -> str:
    said = f", said = {_inline(one.said)}" if one.said else ""
    return (
        f"{{ source = {_quoted(one.key)}, entry = {_quoted(one.entry)}, at = {_quoted(one.locator)}, "
        f"findings = {_inline(one.findings)}{said} }}"
    )


def _inline(pairs: Iterable[tuple[str, str]]) -> str:
    listed = ", ".join(f"{_quoted(id)} = {_quoted(value)}" for id, value in pairs)
    return f"{{ {listed} }}" if listed else "{}"


def _quoted(text: str) -> str:
    """A TOML string on one line: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
