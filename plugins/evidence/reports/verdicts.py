"""Judged sentences, one at a time: a JSON object on a line, or for people the sentence with its deciding words marked."""

from __future__ import annotations

import json

from evidence.claims.detection import Verdict

_MARK = {True: ("●", "1;33"), False: ("·", "2")}
_JOINT = " … "


def as_json(sentence: str, verdict: Verdict) -> str:
    """One line: the sentence as given and what was found, see `evidence detect` in the README."""
    found = {"sentence": sentence, "claim": verdict.claim, "kind": verdict.kind, "cue": verdict.cue}
    return json.dumps(found, ensure_ascii=False) + "\n"


def as_text(sentence: str, verdict: Verdict, *, colour: bool = False) -> str:
    """Two lines: the sentence behind a mark, a dot for no claim; under it the kind or the reason with the words that decided."""
    mark, code = _MARK[verdict.claim]
    head = f"{mark} {sentence}".rstrip()
    if verdict.claim:
        why = f"claim, {verdict.kind}: {_quoted(verdict.cue)}" if verdict.cue else f"claim, {verdict.kind}"
    elif verdict.kind:
        why = f"no claim, {verdict.kind}: {_quoted(verdict.cue)}" if verdict.cue else f"no claim, {verdict.kind}"
    else:
        why = "no claim"
    if not sentence.strip():
        return "\n"
    if colour:
        return f"\x1b[{code}m{head}\x1b[0m\n  \x1b[2m{why}\x1b[0m\n"
    return f"{head}\n  {why}\n"


def _quoted(cue: str | None) -> str:
    return ", ".join(f'"{piece}"' for piece in (cue or "").split(_JOINT))
