"""Which file of the older version has which name now, told by what it holds, whether or not it was committed since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

ALIKE = 0.5
"""Share of its characters, in whole lines, that a renamed file keeps at least; git asks for the same."""
_MOST = 250_000
"""How many pairs are compared at most; of more, only files that were renamed as they were are found (git gives up, too)."""


def renames(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """By old path, the new one. Both give the text of files by path."""
    gone = sorted(before.keys() - after.keys())
    new = sorted(after.keys() - before.keys())
    same: dict[str, list[str]] = defaultdict(list)
    for path in new:
        same[after[path]].append(path)
    found = {path: same[before[path]].pop(0) for path in gone if same.get(before[path])}
    gone, new = [path for path in gone if path not in found], sorted(set(new) - set(found.values()))
    if len(gone) * len(new) > _MOST:
        return found
    old_lines, new_lines = _lines(before, gone), _lines(after, new)
    scored = sorted((-_share(old_lines[one], new_lines[other]), one, other) for one in gone for other in new)
    taken: set[str] = set()
    for score, one, other in scored:
        if -score >= ALIKE and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def _lines(texts: Mapping[str, str], paths: list[str]) -> dict[str, Counter[str]]:
    """The lines of each file that are not blank, each weighing as much as it is long."""
    return {
        path: Counter({line: n * len(line) for line, n in Counter(texts[path].split("\n")).items() if line.strip()})
        for path in paths
    }


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
