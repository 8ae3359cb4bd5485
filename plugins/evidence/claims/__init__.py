"""Stub until the detector lands."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    claim: bool
    kind: str | None
    cue: str | None


def detect(sentence: str, cues: object = None) -> Verdict:
    if sentence.rstrip().endswith("?"):
        return Verdict(False, "question", "?")
    m = re.search(r"\b(pain|cure|relie|eas|help|work|relax|feel better|differ)\w*", sentence)
    return Verdict(bool(m), "efficacy" if m else None, m[0] if m else None)
