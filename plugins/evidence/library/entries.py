"""Scanned entries → sources: pybtex reads the values, inheritance and field names are settled here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.utils import CaseInsensitiveDict

from evidence.alike import Alike
from evidence.kept import kept
from evidence.library.field_names import misspelt
from evidence.library.fields import ALIASES, ROLES, date_parts, names
from evidence.library.latex import plain
from evidence.library.scanning import CODE, RawEntry, RawField, Scanner
from evidence.model import Fault, Field, Name, Source

_MOST_BORROWED = 20_000
"""Characters that one field may take from @strings. A name of a journal has less than 200."""

Values = dict[str, tuple[str, RawField, Scanner]]
"""Raw values by lower-case field name, with the field and the file that each was written in."""

_NOT_INHERITED = frozenset(
    # a chapter has neither its book's title nor its book's identifiers; the rest is never inherited in biblatex (B.3)
    """
    title subtitle titleaddon author doi pmid pmcid eprint url urldate pages abstract file
    key crossref xref xdata entryset entrysubtype execute ids keywords label options presort related relatedoptions
    relatedstring relatedtype shorthand shorthandintro sortkey
    """.split()
)
_OF_BOOKS = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_OF_JOURNALS = {"title": "journal", "subtitle": "journalsubtitle"}
_HEIRS = {
    # what a title of the parent becomes in the child (biblatex manual, appendix B; BibTeX's booktitle)
    **dict.fromkeys(("incollection", "inproceedings", "conference", "inbook", "inreference"), _OF_BOOKS),
    **dict.fromkeys(("bookinbook", "suppbook", "suppcollection"), _OF_BOOKS),
    **dict.fromkeys(("article", "suppperiodical", "review"), _OF_JOURNALS),
}


@dataclass(slots=True)
class Draft:
    """A source in the making: its raw entry and the values pybtex read, by lower-case name."""

    scanner: Scanner
    raw: RawEntry
    values: dict[str, tuple[str, RawField]]


# ---------------------------------------------------------------------------------------------- reading


def macros(scanners: Iterable[Scanner]) -> Mapping[str, str]:
    """Months and all @string definitions of all files, in order. Undefined names in them are faults."""
    known = CaseInsensitiveDict(month_names)
    own: dict[str, str] = {}
    for scanner in scanners:
        for entry in scanner.entries:
            for one in entry.fields if entry.type == "string" else ():
                name, value = one.name.lower(), _read(scanner, entry, [one], known).get(one.name.lower(), "")
                if own.get(name, value) != value:
                    what = f'the @string "{one.name}" is defined twice, with different words'
                    scanner.fault(one.name_at, one.name_at + len(one.name), what, "rename or delete one")
                known[one.name] = own[name] = own.get(name, value)
    return known  # type: ignore[no-any-return]


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
    _tell_misspelt(scanner, entry, first)
    read = _read(scanner, entry, list(first.values()), known)
    return Draft(scanner, entry, {name: (read[name], one) for name, one in first.items()})


def _tell_misspelt(scanner: Scanner, entry: RawEntry, fields: Mapping[str, RawField]) -> None:
    for name, one in fields.items():
        meant = misspelt(name, fields)
        odd = re.search(r"[^\w.:+/-]", name)
        if meant or odd:
            fix = f'did you mean "{meant}"?' if meant else "write its name with letters, digits and hyphens only"
            what = f'there is no field "{one.name}", and its words would be lost (in "{entry.key}")'
            scanner.fault(one.name_at, one.name_at + len(one.name), what, fix, entry.key)


def _read(scanner: Scanner, entry: RawEntry, fields: list[RawField], known: Mapping[str, str]) -> dict[str, str]:
    """Values by lower-case field name, as pybtex reads them from the fields' own text.

    If it stumbles, each field is read alone, so that only the bad one is told; its words are kept all the same.
    """
    swollen = [one for one in fields if _borrowed(scanner.text, one, known) > _MOST_BORROWED]
    for one in swollen:
        what = f'the @strings in the field "{one.name}" stand for more than {_MOST_BORROWED} characters'
        scanner.fault(one.start, one.end, what, "write the words out, or shorten the @string", entry.key)
    fields = [one for one in fields if one not in swollen] if swollen else fields
    read: dict[str, str] = {one.name.lower(): "" for one in swollen}
    values, errors = _parse(scanner.text, fields, known) if fields else ([], [])
    if not errors and len(values) == len(fields):
        return read | {one.name.lower(): value for one, value in zip(fields, values, strict=True)}
    for one in fields:
        values, errors = _parse(scanner.text, [one], known)
        for error in errors:
            _tell(scanner, entry, one, error)
        read[one.name.lower()] = values[0] if values and not errors else _words(scanner.text, one, known)
    return read


def _borrowed(text: str, one: RawField, known: Mapping[str, str]) -> int:
    """How many characters the value takes from @strings: each may double the one before it."""
    names = (text[start:end] for start, end in one.pieces if text[start] not in '{"')
    return sum(len(known.get(name, "")) for name in names)


def _parse(text: str, fields: list[RawField], known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The values in order, and the errors pybtex met. Names are replaced, since pybtex takes only ASCII ones."""
    errors: list[str] = []
    body = ",\n".join(f"f = {_source(text, one)}" for one in fields)

    def note(error: Exception) -> None:
        errors.append(str(error).split("\n")[0])

    try:
        parsed = list(LowLevelParser(f"@misc{{key,\n{body}\n}}", macros=known, handle_error=note))
    except (PybtexError, RecursionError) as error:
        return [], [*errors, str(error).split("\n")[0]]
    pairs = parsed[0][1][1] if len(parsed) == 1 and len(parsed[0][1]) == 2 else []
    values = ["".join(parts) for _, parts in pairs]
    lost = [] if errors or len(values) == len(fields) else ["it is not read whole"]
    return values, [*errors, *lost]


def _source(text: str, one: RawField) -> str:
    """The value as written, without the comments that may stand between its pieces."""
    return " # ".join(text[start:end] for start, end in one.pieces)


def _words(text: str, one: RawField, known: Mapping[str, str]) -> str:
    """The value of a field that pybtex cannot read: its words without the outer marks."""
    pieces = [text[start:end] for start, end in one.pieces]
    return "".join(piece[1:-1] if piece[0] in '{"' else known.get(piece, "") for piece in pieces)


def _tell(scanner: Scanner, entry: RawEntry, one: RawField, error: str) -> None:
    owner = f'field "{one.name}" of "{entry.key}"' if entry.type != "string" else f'@string "{one.name}"'
    undefined = re.search(r"undefined string.*: (\S+)$", error)
    bare = [scanner.text[start:end] for start, end in one.pieces if scanner.text[start] not in '{"']
    loose = [piece for piece in bare if piece[0].isdigit() and not piece.isdigit()]
    if undefined:
        near = _names_of_strings(scanner).to(undefined[1].lower())
        what = f'there is no @string "{undefined[1]}" ({owner})'
        fix = f'did you mean "{near[0]}"?' if near else "define it, or put the words in braces"
    elif bare and bare[0][0] in "“”„‘’«»":
        what, fix = f"typographic quotation marks enclose no value ({owner})", f"write {one.name} = {{…}}"
    elif loose:
        what, fix = f'"{loose[0]}" stands without braces ({owner})', f"write {one.name} = {{{loose[0]}}}"
    elif "nested" in error:
        what, fix = f"more than a hundred braces within each other ({owner})", "delete the braces that do nothing"
    else:
        what, fix = f"part of it cannot be read ({owner})", "check its braces and quotation marks"
    scanner.fault(one.start, one.end, what, fix, entry.key)


@kept(1)
def _names_of_strings(scanner: Scanner) -> Alike:
    """Of a file that was scanned to its end."""
    return Alike(entry.fields[0].name for entry in scanner.entries if entry.type == "string" and entry.fields)


# ------------------------------------------------------------------------------------------- inheritance


@kept(1)
def _keys_of(drafts: Mapping[str, Draft]) -> tuple[Alike, dict[str, str]]:
    """The keys to look among, and the first of those that are the same in other letters' case."""
    return Alike(drafts), {key.lower(): key for key in reversed(list(drafts))}


def inherited(drafts: Mapping[str, Draft], faults: list[Fault]) -> dict[str, Values]:
    """Per key, all values with those inherited through `crossref` and `xdata`. A circle is a fault.

    Depth first, with a stack of its own: a chain may be as long as the file.
    """
    done: dict[str, Values] = {}
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
                faults.extend(_circle(drafts[current], one) for one in [one for one in parents if one in path][:1])
                ahead = [one for one in parents if one not in done and one not in path]
                todo.extend(ahead)
                if ahead:
                    continue
            done[current] = _with_parents(drafts[current], [one for one in parents if one in done], drafts, done)
    return done


def _parents(drafts: Mapping[str, Draft], key: str, faults: list[Fault] | None) -> list[str]:
    found: list[str] = []
    for name in ("xdata", "crossref"):
        for parent in _keys(drafts[key], name):
            if parent in drafts:
                found.append(parent)
            elif faults is not None:
                faults.append(_no_parent(drafts, key, name, parent))
    return found


def _no_parent(drafts: Mapping[str, Draft], key: str, name: str, parent: str) -> Fault:
    one = drafts[key]
    keys, by_low = _keys_of(drafts)
    twin = by_low.get(parent.lower())
    near = [twin] if twin else keys.to(parent)
    fix = f'did you mean "{near[0]}"?' if near else "correct the key, or add that entry"
    what = f'"{key}" inherits from "{parent}", which is in no file'
    return Fault(CODE, one.scanner.place(*one.values[name][1].inner), what, fix, key)


def _circle(one: Draft, parent: str) -> Fault:
    raw = one.values.get("crossref") or one.values.get("xdata")
    place = one.scanner.place(*raw[1].inner) if raw else one.scanner.place(one.raw.at)
    itself = one.raw.key == parent
    what = f'"{parent}" inherits from itself' if itself else f'"{one.raw.key}" and "{parent}" inherit from each other'
    return Fault(CODE, place, what, "delete this field" if itself else "delete one of the two fields", one.raw.key)


def _with_parents(one: Draft, parents: list[str], drafts: Mapping[str, Draft], done: Mapping[str, Values]) -> Values:
    values = own_values(one)
    data = set(_keys(one, "xdata"))
    for parent in parents:
        renamed = {} if parent in data else _renamed(one.raw.type, drafts[parent].raw.type)
        for name, found in done[parent].items():
            if parent in data:
                values.setdefault(name, found)
            elif name in renamed:
                values.setdefault(renamed[name], found)
            elif name not in _NOT_INHERITED:
                values.setdefault(name, found)
    return values


def own_values(one: Draft) -> Values:
    """What is written in the entry itself."""
    return {name: (value, raw, one.scanner) for name, (value, raw) in one.values.items()}


def _renamed(child: str, parent: str) -> Mapping[str, str]:
    """What the parent's titles are called in the child."""
    if child == "inbook" and parent in ("book", "mvbook"):
        return _OF_BOOKS | {"author": "author"}
    if child in ("article", "suppperiodical", "review") and parent != "periodical":
        return {}
    if child in ("book", "collection", "proceedings", "reference") and parent.startswith("mv"):
        return {"title": "maintitle", "subtitle": "mainsubtitle"}
    return _HEIRS.get(child, {})


def _keys(one: Draft, name: str) -> list[str]:
    value = one.values.get(name)
    return [part.strip() for part in value[0].split(",") if part.strip()] if value else []


# ---------------------------------------------------------------------------------------------- sources


def source(one: Draft, values: Values, faults: list[Fault]) -> Source:
    """The source: names settled, values in plain Unicode, places kept. A date that is none is a fault."""
    fields, creators = _settled(values)
    _settle_date(one, fields, faults)
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


def _settled(values: Values) -> tuple[dict[str, Field], dict[str, tuple[Name, ...]]]:
    fields: dict[str, Field] = {}
    creators: dict[str, tuple[Name, ...]] = {}
    for name, (raw, place, scanner) in values.items():
        settled = ALIASES.get(name, name)
        if settled in ROLES and (found := names(raw)):
            creators[settled] = found
        if settled not in fields or settled == name:
            fields[settled] = Field(settled, plain(raw, settled), raw, scanner.place(*place.inner))
    return fields, creators


def _settle_date(one: Draft, fields: dict[str, Field], faults: list[Fault]) -> None:
    date = fields.get("date")
    if date is None or not date.value:
        return
    parts = date_parts(date.value)
    if parts is None:
        what = f'"{date.value[:40]}" is no date ("{one.raw.key}")'
        faults.append(Fault(CODE, date.place, what, "write date = {2020}, {2020-05} or {2020-05-14}", one.raw.key))
    for name, value in (parts or {}).items():
        fields.setdefault(name, Field(name, value, date.raw, date.place))


def _settle_identifiers(fields: dict[str, Field]) -> None:
    """biblatex keeps a PubMed id as `eprint` with `eprinttype = {pubmed}`."""
    eprint, kind = fields.get("eprint"), fields.get("eprinttype")
    kinds = {"pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "pubmedcentral": "pmcid"}
    name = kinds.get(kind.value.lower()) if kind else None
    if eprint and name:
        fields.setdefault(name, Field(name, eprint.value, eprint.raw, eprint.place))
