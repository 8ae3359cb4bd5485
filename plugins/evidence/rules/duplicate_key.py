"""Two entries have the same key.

A citation of that key could mean either; other tools silently take the last one. Give one of the entries another key, or
delete it. Keys that differ only in the case of letters are two keys here, but many reference managers mix them up, so they
are reported too.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

_ENTRY = "@misc{{{}, author = {{Lee, Bo}}, title = {{{}}}, year = {{2020}}}}\n"
BAD = (
    _ENTRY.format("lee2020", "Fluids") + _ENTRY.format("lee2020", "Magnesium"),
    _ENTRY.format("lee2020", "Fluids") + _ENTRY.format("Lee2020", "Magnesium"),
)
GOOD = (
    _ENTRY.format("lee2020", "Fluids") + _ENTRY.format("lee2020b", "Magnesium"),
    _ENTRY.format("lee2020", "Fluids"),
)


def check(case: Case) -> Iterator[Hit]:
    first = case.library.sources
    for source in case.library.duplicates:
        where = first[source.key].key_place if source.key in first else None
        there = f"; the first is at {where.path}:{where.line}" if where else ""
        yield Hit(
            source.key_place, f'there are two entries "{source.key}"{there}', "rename or delete one", key=source.key
        )
    seen: dict[str, str] = {}
    for key, source in first.items():
        twin = seen.setdefault(key.lower(), key)
        if twin != key:
            place = first[twin].key_place
            what = f'"{key}" and "{twin}" ({place.path}:{place.line}) differ only in the case of letters'
            yield Hit(source.key_place, what, "rename one of them", key=key)


RULE = Rule("EV302", "duplicate-key", Severity.ERROR, "library", check, __doc__, BAD, GOOD, "bibtex")
