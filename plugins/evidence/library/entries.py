"""Scanned entries → sources: pybtex reads the values, inheritance and field names are settled here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.utils import CaseInsensitiveDict

from evidence.library.fields import ALIASES, ROLES, date_parts, names
from evidence.library.latex import plain
from evidence.library.scanning import CODE, RawEntry, RawField, Scanner
from evidence.model import Fault, Field, Name, Source

_NOT_INHERITED = frozenset(
    [
        "title",
        "subtitle",
        "titleaddon",
        "key",
        "crossref",
        "xref",
        "xdata",
        "entryset",
        "label",
        "options",
        "doi",
        "pmid",
        "pmcid",
        "url",
        "urldate",
        "pages",
        "author",
        "abstract",
        "file",
        "keywords",
        "ids",
    ]
)
_PARTS_OF_BOOKS = frozenset({"incollection", "inproceedings", "inbook", "inreference", "conference", "suppbook"})


@dataclass(slots=True)
class Draft:
    """A source in the making: its raw entry and the values pybtex read, by lower-case name."""

    scanner: Scanner
    raw: RawEntry
    values: dict[str, tuple[str, RawField]]


def macros(scanners: Iterable[Scanner]) -> CaseInsensitiveDict:
    """Months and all @string definitions of all files, in order. Undefined names in them are faults."""
    known = CaseInsensitiveDict(month_names)
    for scanner in scanners:
        for entry in scanner.entries:
            if entry.type == "string":
                for one in entry.fields:
                    known[one.name] = _read(scanner, entry, [one], known).get(one.name.lower(), "")
    return known


def draft(scanner: Scanner, entry: RawEntry, known: Mapping[str, str]) -> Draft:
    """The entry's values, each field once. What pybtex does not keep is a fault, never a silent loss."""
    first: dict[str, RawField] = {}
    for one in entry.fields:
        name = one.name.lower()
        if name in first:
            line = scanner.place(first[name].name_at).line
            what = f'"{entry.key}" has the field "{one.name}" twice; the first is on line {line}'
            scanner.fault(one.name_at, one.name_at + len(one.name), what, "keep one of them", entry.key)
        else:
            first[name] = one
    read = _read(scanner, entry, list(first.values()), known)
    return Draft(scanner, entry, {name: (read[name], one) for name, one in first.items() if name in read})


def _read(scanner: Scanner, entry: RawEntry, fields: list[RawField], known: Mapping[str, str]) -> dict[str, str]:
    """Values by lower-case field name, as pybtex reads them from the fields' own text.

    If it stumbles, each field is read alone, so that only the bad one is lost, and told.
    """
    values, errors = _parse(scanner.text, fields, known)
    if not errors and all(one.name.lower() in values or _is_empty(scanner.text, one) for one in fields):
        return {one.name.lower(): values.get(one.name.lower(), "") for one in fields}
    read: dict[str, str] = {}
    for one in fields:
        values, errors = _parse(scanner.text, [one], known)
        read[one.name.lower()] = values.get(one.name.lower(), "")
        for error in errors or ([] if values or _is_empty(scanner.text, one) else ["it cannot be read"]):
            _tell(scanner, entry, one, error)
    return read


def _is_empty(text: str, one: RawField) -> bool:
    return not text[one.inner[0] : one.inner[1]].strip()


def _tell(scanner: Scanner, entry: RawEntry, one: RawField, error: str) -> None:
    undefined = re.search(r"undefined string.*: (\S+)$", error)
    if undefined:
        what = f'there is no @string "{undefined[1]}" (field "{one.name}" of "{entry.key}")'
        fix = "define it, or put the words in braces"
    else:
        what = f'the field "{one.name}" of "{entry.key}" cannot be read: {re.sub(r"^.*line [0-9]+: ", "", error)}'
        fix = "check its braces and commas"
    scanner.fault(one.start, one.end, what, fix, entry.key)


def _parse(text: str, fields: list[RawField], known: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Values by lower-case field name, and the errors pybtex met."""
    errors: list[str] = []
    body = ",\n".join(f"{one.name} = {_without_comments(text, one)}" for one in fields)
    parser = LowLevelParser(
        f"@misc{{key,\n{body}\n}}", macros=known, handle_error=lambda error: errors.append(str(error).split("\n")[0])
    )
    try:
        parsed = list(parser)
    except (PybtexError, RecursionError) as error:
        return {}, [*errors, str(error).split("\n")[0]]
    pairs = parsed[0][1][1] if parsed and len(parsed[0][1]) == 2 else []
    return {name.lower(): "".join(parts) for name, parts in pairs}, errors


def _without_comments(text: str, one: RawField) -> str:
    """The value's own text; `%` comments between its parts are blanked, those inside braces are words."""
    value = text[one.start : one.end]
    return value if "#" not in value else re.sub(r"(?m)(?<=[}\"#\w])\s*%[^\n]*$", "", value)


# ------------------------------------------------------------------------------------------- inheritance


def inherited(
    drafts: Mapping[str, Draft], faults: list[Fault]
) -> dict[str, dict[str, tuple[str, RawField, Scanner]]]:
    """Per key, all values with those inherited through `crossref` and `xdata`. A circle is a fault."""
    done: dict[str, dict[str, tuple[str, RawField, Scanner]]] = {}
    for key in drafts:
        todo, path = [key], set[str]()
        while todo:
            current = todo[-1]
            if current in done:
                path.discard(todo.pop())
                continue
            parents = _parents(drafts, current, faults if current not in path else None)
            if current not in path:
                path.add(current)
                circle = [one for one in parents if one in path]
                faults.extend(_circle(drafts[current], one) for one in circle[:1])
                ahead = [one for one in parents if one not in done and one not in path]
                todo.extend(ahead)
                if ahead:
                    continue
            done[current] = _with_parents(drafts, current, [one for one in parents if one in done], done)
    return done


def _parents(drafts: Mapping[str, Draft], key: str, faults: list[Fault] | None) -> list[str]:
    found: list[str] = []
    for name in ("xdata", "crossref"):
        value = drafts[key].values.get(name)
        if value is None:
            continue
        for parent in (part.strip() for part in value[0].split(",")):
            if parent in drafts:
                found.append(parent)
            elif parent and faults is not None:
                scanner, raw = drafts[key].scanner, value[1]
                what = f'"{key}" inherits from "{parent}", which is in no file'
                faults.append(Fault(CODE, scanner.place(*raw.inner), what, "correct the key, or add that entry", key))
    return found


def _circle(one: Draft, parent: str) -> Fault:
    raw = one.values.get("crossref") or one.values.get("xdata")
    place = one.scanner.place(*raw[1].inner) if raw else one.scanner.place(one.raw.at)
    what = f'"{one.raw.key}" and "{parent}" inherit from each other'
    return Fault(CODE, place, what, "delete one of the two references", one.raw.key)


def _with_parents(
    drafts: Mapping[str, Draft],
    key: str,
    parents: list[str],
    done: Mapping[str, dict[str, tuple[str, RawField, Scanner]]],
) -> dict[str, tuple[str, RawField, Scanner]]:
    one = drafts[key]
    values = {name: (value, raw, one.scanner) for name, (value, raw) in one.values.items()}
    data = _keys(one, "xdata")
    for parent in parents:
        for name, found in done[parent].items():
            if parent in data:
                values.setdefault(name, found)
            elif name == "title" and one.raw.type in _PARTS_OF_BOOKS:
                values.setdefault("booktitle", found)
            elif name not in _NOT_INHERITED:
                values.setdefault(name, found)
    return values


def _keys(one: Draft, name: str) -> set[str]:
    value = one.values.get(name)
    return {part.strip() for part in value[0].split(",")} if value else set()


# ---------------------------------------------------------------------------------------------- sources


def source(one: Draft, values: Mapping[str, tuple[str, RawField, Scanner]]) -> Source:
    """The source: names settled, values in plain Unicode, places kept."""
    fields: dict[str, Field] = {}
    creators: dict[str, tuple[Name, ...]] = {}
    for name, (raw, place, scanner) in values.items():
        settled = ALIASES.get(name, name)
        if settled in ROLES:
            creators[settled] = names(raw)
        if settled not in fields or settled == name:
            fields[settled] = Field(settled, plain(raw, settled), raw, scanner.place(*place.inner))
    _settle_dates(fields)
    _settle_identifiers(fields)
    scanner, entry = one.scanner, one.raw
    return Source(
        key=entry.key,
        type=entry.type,
        place=scanner.place(entry.at, entry.key_at + len(entry.key)),
        key_place=scanner.place(entry.key_at, entry.key_at + len(entry.key)),
        fields=fields,
        own=frozenset(ALIASES.get(name, name) for name in one.values),
        creators=creators,
    )


def _settle_dates(fields: dict[str, Field]) -> None:
    date = fields.get("date")
    for name, value in (date_parts(date.value) if date else {}).items():
        assert date is not None
        fields.setdefault(name, Field(name, value, date.raw, date.place))


def _settle_identifiers(fields: dict[str, Field]) -> None:
    """biblatex keeps a PubMed id as `eprint` with `eprinttype = {pubmed}`."""
    eprint, kind = fields.get("eprint"), fields.get("eprinttype")
    if eprint and kind:
        name = {"pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}.get(kind.value.lower())
        if name:
            fields.setdefault(name, Field(name, eprint.value, eprint.raw, eprint.place))
