"""`content/people.toml` and `content/reviews/*.toml` → the ledger. What is wrong in them is a fault (EV704), and signs nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from evidence.model import FRAMES, Basis, Fault, Frame, Ledger, Person, Place, Signature
from evidence.signoff.records import ROLES, SIGNS, VERDICTS, frame_of, seal
from evidence.toml_tables import Table, nearest, read_table

CODE = "EV704"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CLAIM = re.compile(r"[0-9a-f]{10}")
_PERSON = ("name", "credentials", "role", "interests")
_RECORD = ("claim", "sentence", "rests", "context", "hash", "person", "role", "date", "verdict", "note")
_REST = ("source", "entry", "at", "findings", "said")
_KINDS = " or ".join(f'"{kind}: "' for kind in FRAMES)
_AGAIN = "sign the claim again: `.venv/bin/evidence review sign ID --by PERSON`"


def parse_ledger(people: str | None, reviews: Mapping[str, str], day: str = "", content: str = "content") -> Ledger:
    """The ledger in these files' texts: `people` (None if there is no such file) and, by path, the reviews. Pure.

    A signature dated after `day`, such as `2026-11-25`, is a fault.
    """
    path, folder = f"{content}/people.toml", f"{content}/reviews"
    faults: list[Fault] = []
    known = _people(path, people, faults) if people is not None else {}
    unread = bool(faults) and not known
    signatures: list[Signature] = []
    strangers: dict[str, list[Place]] = {}
    for name, text in sorted(reviews.items()):
        table = read_table(name, text, "a file of sign-offs", faults, CODE)
        if table is not None:
            signatures += _signatures(table, known, day, strangers)
    if not unread:
        faults += [_stranger(person, places, known) for person, places in strangers.items()]
    return Ledger(known, tuple(signatures), tuple(faults), path, folder)


def _people(path: str, text: str, faults: list[Fault]) -> dict[str, Person]:
    whole = read_table(path, text, "the list of people", faults, CODE)
    found: dict[str, Person] = {}
    for id in whole.names if whole else ():
        told = len(faults)
        one = whole.table(id, f'the person "{id}"') if whole else None
        if one is None:
            continue
        if not _ID.fullmatch(id):
            one.tell(one.place, f'the id "{id}" is not made of a-z, 0-9 and hyphens', "rename it in the header")
        one.only(_PERSON)
        person = Person(
            id=id,
            name=one.text("name", required=True, example="First Last"),
            credentials=one.text(
                "credentials", required=True, example="the letters after the name, or what they do here"
            ),
            role=one.choice("role", ROLES),
            interests=one.text("interests", required=True, example="none"),
            place=one.place,
        )
        if len(faults) == told:
            found[id] = person
    return found


def _stranger(person: str, places: Sequence[Place], people: Mapping[str, Person]) -> Fault:
    """One fault for all blocks that name somebody whom nobody knows."""
    many = f", whom {len(places):,} blocks name" if len(places) > 1 else ""
    fix = nearest(person, people, f"add this person to people.toml, or delete the block{'s' if many else ''}")
    return Fault(CODE, places[0], f'there is no person "{person}" in people.toml{many}', fix)


def _signatures(
    table: Table, people: Mapping[str, Person], day: str, strangers: dict[str, list[Place]]
) -> list[Signature]:
    """The valid ones. `strangers` gets the places of those who are named and not known."""
    table.only(("review",))
    found: list[Signature] = []
    lines: dict[str, int] = {}
    doubtful: set[str] = set()
    for one in table.tables("review"):
        told = one.told
        signature = _signature(one)
        _tell_role(one, signature, people)
        if signature.person and signature.person not in people:
            strangers.setdefault(signature.person, []).append(one.value_place("person"))
        else:
            _tell_edited(one, signature)
        _tell_rest(one, signature, lines, day)
        if one.told == told and signature.person in people:
            found.append(signature)
        else:
            doubtful.add(signature.claim)
    return [one for one in found if one.claim not in doubtful]


def _signature(one: Table) -> Signature:
    one.only(_RECORD)
    return Signature(
        claim=one.text("claim", required=True, example="3f2a9c01d4"),
        sentence=one.text("sentence", required=True),
        rests=tuple(_basis(rest) for rest in one.tables("rests")),
        hash=one.text("hash", required=True),
        person=one.text("person", required=True, example="first-last"),
        role=one.text("role", required=True, example=SIGNS),
        date=one.day("date"),
        verdict=one.choice("verdict", VERDICTS),
        note=one.text("note"),
        place=one.place,
        context=_context(one),
    )


def _context(one: Table) -> tuple[Frame, ...] | None:
    """None if the record says nothing of it, as those of before it was recorded."""
    if "context" not in one.names:
        return None
    found = []
    for number, text in enumerate(one.texts("context", "heading: Harms")):
        frame = frame_of(text)
        if frame is None:
            place = one.value_place("context", number)
            one.tell(place, f'"{text}" is not what a sentence can stand in', f"{_AGAIN}; it begins with {_KINDS}")
        else:
            found.append(frame)
    return tuple(found)


def _basis(rest: Table) -> Basis:
    rest.only(_REST)
    findings = rest.table("findings", "the findings")
    said = rest.table("said", "what the findings said")
    pairs = tuple((id, findings.text(id)) for id in findings.names) if findings else ()
    words = tuple((id, said.text(id)) for id in said.names) if said else ()
    return Basis(rest.text("source", required=True), rest.text("entry"), pairs, rest.text("at"), said=words)


def _tell_role(one: Table, signature: Signature, people: Mapping[str, Person]) -> None:
    person = people.get(signature.person)
    if person and (person.role != SIGNS or signature.role not in (SIGNS, "")):
        name = "person" if person.role != SIGNS else "role"
        what = f'"{person.id}" signed as {person.role if name == "person" else signature.role}; only a {SIGNS} signs claims'
        one.tell(one.value_place(name), what, f"let a {SIGNS} sign the claim, or delete the block")


def _tell_edited(one: Table, signature: Signature) -> None:
    if signature.hash and signature.hash != seal(signature):
        what = "the record was changed after it was signed: its hash is not that of what stands in it"
        one.tell(one.value_place("hash"), what, _AGAIN)


def _tell_rest(one: Table, signature: Signature, lines: dict[str, int], day: str) -> None:
    """What makes a record doubtful: it would be no sign-off of these words by this person on a day that was."""
    place = one.value_place("claim")
    if signature.claim and not _CLAIM.fullmatch(signature.claim):
        one.tell(place, f'"{signature.claim}" is no id of a claim (ten of 0-9 and a-f)', _AGAIN)
    elif signature.claim in lines:
        what = f"the claim {signature.claim} is signed twice here; the first is on line {lines[signature.claim]}"
        one.tell(place, what, "delete the older block")
    lines.setdefault(signature.claim, place.line)
    if day and signature.date > day:
        one.tell(
            one.value_place("date"), f"the date {signature.date} is in the future (today is {day})", "correct it"
        )
    if signature.verdict == "reject" and not signature.note:
        one.tell(one.value_place("note"), "the rejection has no reason", 'add note = "why"')
