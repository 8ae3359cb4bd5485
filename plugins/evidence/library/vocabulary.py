"""`content/vocabulary.toml` → the controlled vocabulary. What is wrong in it is a fault (EV310).

```toml
[treatments.iv-magnesium]
label    = "magnesium by drip"
synonyms = ["IV magnesium", "MgSO4"]
broader  = ["magnesium"]

[treatments.triptans]
label   = "triptans"
members = ["zolmitriptan = Zomig", "rizatriptan"]   # terms of their own; a name of another term stands for that one
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from evidence.library.notes import CODE
from evidence.model import KINDS, Fault, Term, Vocabulary
from evidence.toml_tables import Table, nearest, read_table
from evidence.vocabulary import build, phrase

_SECTIONS = {f"{kind}s": kind for kind in KINDS}
_ARTICLES = {"treatment": "a", "population": "a", "outcome": "an"}
_FIELDS = ("label", "synonyms", "broader", "members")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Entry = tuple[Table, Term]
"""A term and the table it was read from."""


def read_vocabulary(path: str, text: str, faults: list[Fault]) -> Vocabulary:
    """The vocabulary in a file's text. Every term that can be read is kept."""
    whole = read_table(path, text, "the vocabulary", faults, CODE)
    if whole is None:
        return Vocabulary()
    whole.only(tuple(_SECTIONS))
    entries = [entry for name, kind in _SECTIONS.items() for entry in _section(whole, name, kind)]
    for kind in KINDS:
        own = [entry for entry in entries if entry[1].kind == kind]
        _tell_shared_names(own)
        _tell_unknown_broader(own)
        _tell_circles(own)
    terms = [term for _, term in entries]
    return build(_members(terms))


def _section(whole: Table, name: str, kind: str) -> Iterable[Entry]:
    section = whole.table(name, f"the table [{name}]")
    for id in section.names if section else ():
        one = section.table(id, f"{_ARTICLES[kind]} {kind}") if section else None
        if one is None:
            continue
        if not _ID.fullmatch(id):
            one.tell(one.place, f'the id "{id}" is not made of a-z, 0-9 and hyphens', "rename it in the header")
        one.only(_FIELDS)
        label = one.text("label", required=True, example=id.replace("-", " "))
        synonyms = one.texts("synonyms", "IV magnesium")
        for number, synonym in enumerate(synonyms):
            if not phrase(synonym):
                one.tell(one.value_place("synonyms", number), f'"{synonym}" has no word in it', "delete it")
        members = one.texts("members", "zolmitriptan = Zomig")
        for number, member in enumerate(members):
            if not phrase(member.split("=")[0]):
                one.tell(
                    one.value_place("members", number), f'"{member}" begins with no word', "write the name first"
                )
        yield one, Term(id, kind, label, synonyms, one.texts("broader", "magnesium"), one.place, members)


def _members(terms: Iterable[Term]) -> Iterable[Term]:
    """The terms, those below their classes that are members of one, and the members that are no terms yet."""
    owners = {(term.kind, phrase(name)): term.id for term in reversed(tuple(terms)) for name in term.names}
    known = {(term.kind, term.id): term for term in terms}
    for term in terms:
        for member in term.members:
            name, *others = (part.strip() for part in member.split("="))
            words = phrase(name)
            id = owners.get((term.kind, words), "-".join(words))
            own = known.get((term.kind, id)) or Term(
                id, term.kind, name, tuple(filter(phrase, others)), (), term.place
            )
            if words and id != term.id:
                owners[term.kind, words] = id
                below = own.broader if term.id in own.broader else (*own.broader, term.id)
                known[term.kind, id] = replace(own, broader=below)
    return known.values()


def _tell_shared_names(entries: list[Entry]) -> None:
    """The same name under two ids would make one of them unfindable."""
    first: dict[tuple[str, ...], Term] = {}
    for table, term in entries:
        for number, name in enumerate(term.names):
            words = phrase(name)
            owner = first.setdefault(words, term)
            if words and owner.id != term.id:
                place = table.value_place("synonyms", number - 1) if number else table.value_place("label")
                what = f'"{name}" is a name of "{owner.id}" already'
                table.tell(place, what, "let it stand at one of the two, or make one broader than the other")


def _tell_unknown_broader(entries: list[Entry]) -> None:
    known = [term.id for _, term in entries]
    for table, term in entries:
        for number, id in enumerate(term.broader):
            if id not in known:
                fix = nearest(id, known, f"add it, or leave it out of broader of {term.id}")
                table.tell(table.value_place("broader", number), f'there is no {term.kind} "{id}"', fix)


def _tell_circles(entries: list[Entry]) -> None:
    """A term that is broader than itself, by whatever way. Told at the first term of each circle."""
    terms = {term.id: term for _, term in entries}
    told: set[str] = set()
    for table, term in entries:
        way = _way_back(term, terms) if term.id not in told else ()
        if way:
            told.update(way)
            what = f'"{term.id}" is broader than itself: {" → ".join((*way, term.id))}'
            table.tell(table.value_place("broader"), what, "delete one of these steps")


def _way_back(term: Term, terms: dict[str, Term]) -> tuple[str, ...]:
    """The ids from a term up to itself again, if there is such a way."""
    waiting: list[tuple[str, ...]] = [(term.id,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        for id in terms[way[-1]].broader:
            if id == term.id:
                return way
            if id in terms and id not in seen:
                seen.add(id)
                waiting.append((*way, id))
    return ()


def from_notes(notes: Mapping[str, str]) -> Vocabulary:
    """Where there is no vocabulary yet: each treatment that a note lists is a term, named as its id reads."""
    ids: set[str] = set()
    for path, text in notes.items():
        note = read_table(path, text, "a note", [], CODE)
        for table in (note, *note.tables("finding")) if note is not None else ():
            ids.update(id for id in table.texts("treatments", "") if _ID.fullmatch(id))
    return build(Term(id, "treatment", id.replace("-", " ")) for id in sorted(ids))
