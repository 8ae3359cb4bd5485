"""A baseline's file ⇄ `Baseline`: JSON with one entry a line, sorted, so that a change is a small difference.

```
{"schema": "evidence-baseline/1", "problems": [{"rule", "claim", "number", "what"} or {"rule", "path", "words", "number", "what"}]}
```
"""

from __future__ import annotations

import json
import re
from typing import Any

from evidence.baseline import NEVER
from evidence.errors import UnreadableError
from evidence.model import Baseline, Passed

SCHEMA = "evidence-baseline/1"
_RULE = re.compile(r"EV\d{3}")
_CLAIM = re.compile(r"[0-9a-f]{10}")
_WORDS = re.compile(r"[0-9a-f]{16}")


def parse_baseline(text: str, path: str) -> Baseline:
    """The baseline in a file's text. Raises UnreadableError: what is let pass must never be guessed."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _damaged(f"{path}:{error.lineno}:{error.colno}", f"is no JSON ({error.msg.lower()})") from error
    except (RecursionError, ValueError) as error:  # brackets without end, numbers without end
        raise _damaged(path, "is no baseline") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("problems"), list):
        raise _damaged(path, f'is not of the schema "{SCHEMA}"')
    lines = _Lines(text)
    found: dict[tuple[str, str, str, str], Passed] = {}
    for number, one in enumerate(data["problems"], 1):
        entry = _entry(one, number, path, lines)
        key = (entry.rule, entry.claim, entry.path, entry.words)
        if key in found:
            raise _damaged(f"{path}:{entry.line}:1", f"names {entry.rule} of line {found[key].line} again")
        found[key] = entry
    return Baseline(path, tuple(found.values()))


class _Lines:
    """Tells on which line each entry stands. They are asked for in order, so the text is looked through once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line = 0, 1

    def of(self, words: str) -> int:
        """The line on which the words come next, or the last one told if they do not."""
        found = self._text.find(f'"{words}"', self._at)
        if found >= 0:
            self._line += self._text.count("\n", self._at, found)
            self._at = found + 1
        return self._line


def _entry(one: Any, number: int, path: str, lines: _Lines) -> Passed:
    texts = (
        {name: one.get(name, "") for name in ("rule", "claim", "path", "words", "what")}
        if isinstance(one, dict)
        else {}
    )
    rule, claim, words = (str(texts.get(name, "")) for name in ("rule", "claim", "words"))
    line = lines.of(claim or words or rule)
    place = f"{path}:{line}:1"
    known = (
        isinstance(one, dict)
        and set(one) <= {*texts, "number"}
        and all(isinstance(text, str) for text in texts.values())
    )
    named = _CLAIM.fullmatch(claim) and not words if claim else _WORDS.fullmatch(words) and texts.get("path")
    if not known or not _RULE.fullmatch(rule) or not named:
        raise _damaged(place, f"has an entry (number {number}) that is not as it was written")
    if rule in NEVER:
        raise _damaged(place, f"names {rule}, which no baseline lets pass")
    many = one.get("number", 1)
    if not isinstance(many, int) or isinstance(many, bool) or many < 1:
        raise _damaged(place, f"lets {many!r} problems pass; it must be a whole number above 0")
    return Passed(rule, claim, texts["path"], words, many, texts["what"], line)


def _damaged(place: str, what: str) -> UnreadableError:
    return UnreadableError(f"{place}: {what}; restore the file as `evidence check --create-baseline` wrote it")


def baseline_text(baseline: Baseline) -> str:
    """The baseline as a file's text, ending in a line end."""
    lines = [json.dumps(_data(one), ensure_ascii=False) for one in sorted(baseline.entries)]
    listed = "".join(f"\n  {line}{',' if number < len(lines) else ''}" for number, line in enumerate(lines, 1))
    return f'{{"schema": "{SCHEMA}", "problems": [{listed}\n]}}\n'


def _data(one: Passed) -> dict[str, object]:
    about = {"claim": one.claim} if one.claim else {"path": one.path, "words": one.words}
    return {"rule": one.rule, **about, "number": one.number, "what": one.what}
