"""`content/sources/<key>.toml` → what the editors know about a source. What is wrong in it is a fault (EV310)."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from evidence.model import Fault, Finding, Note, Place, Vocabulary
from evidence.toml_tables import Table, nearest, read_table
from evidence.vocabulary import mentions

__all__ = ["ADVICE", "ADVISING", "CODE", "DESIGNS", "EFFECTS", "QUOTE_WORDS", "read_note"]

CODE = "EV310"

DESIGNS = {
    "guideline": "recommendations of a professional body, resting on a search of the evidence",
    "position statement": "what a professional body holds, without a search of its own",
    "classification": "definitions and diagnostic criteria",
    "systematic review": "all studies of a question, searched for and appraised",
    "meta-analysis": "the same, with the results joined into one figure",
    "network meta-analysis": "the same, comparing treatments that no trial compared directly",
    "randomised trial": "chance decides who gets what",
    "crossover trial": "everybody gets both treatments, in an order decided by chance",
    "secondary analysis of trials": "data of trials, used for a question that they were not set up for",
    "non-randomised trial": "people are given different treatments on purpose, but not by chance",
    "cohort": "people followed over time, with or without a comparison group",
    "case-control study": "people with a condition compared with people without it",
    "cross-sectional survey": "questions or records at one time",
    "modelling study": "an estimate worked out from many data sets",
    "audit": "what a clinic saw among its own patients, without a comparison group",
    "case series": "several patients described",
    "case report": "one patient described",
    "narrative review": "a reading of the literature without a stated search",
    "editorial": "comment or opinion",
    "practice advice": "tips of a professional body or public institution, without stated evidence",
    "reference work": "a textbook or handbook",
    "label": "product information approved by a regulator",
    "regulatory document": "a warning, rule or order of a public authority",
    "laboratory study": "cells, tissue or measurements, no treatment of patients",
    "animal study": "animals only",
    "marketing": "from somebody who sells the treatment",
    "news": "press and other media",
}
"""The closed list of designs, from what carries most to what carries least within each kind."""

EFFECTS = {
    "benefit": "better with the treatment than with what it was compared with",
    "no difference": "no clear difference",
    "harm": "worse with the treatment, or a side effect or danger of it",
    "mixed": "better in one respect or group, not in another",
    "unclear": "cannot be told from this source, or it advises against without saying what happens",
    "background": "not about an effect: who took part, how common, what is defined or recommended in general",
}
"""The closed list of effects, always of the treatment against the comparison in the source."""

ADVICE = {
    "recommended": "it says that the treatment must or should be offered, or is for it",
    "can be offered": "it says that the treatment may be offered, or is weakly for it",
    "advised against": "it says not to offer the treatment, or is against it",
    "no recommendation": "it says that too little is known to be for it or against it",
}
"""The closed list of what is advised."""
ADVISING = frozenset({"guideline", "position statement", "practice advice"})
"""The designs that say what to do: a finding of theirs is told to readers by its `advice`, and not by its effect."""

LONGEST = 2000
"""The most characters that a finding or a population may have: about as long as the longest sentence that may be claimed."""
MOST_PEOPLE = 10_000_000_000
"""More took part in nothing."""
QUOTE_WORDS = 50
"""The most words a verbatim quote may have, so that it stays a quotation and no copy."""

_NOTE = (
    *("design", "participants", "population", "treatments", "funding", "finding"),
    *("superseded_by", "retracted_ok", "record_ok"),
)
_FINDING = ("id", "outcome", "effect", "statement", "locator", "quote", "treatments", "advice")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_note(path: str, text: str, vocabulary: Vocabulary, faults: list[Fault]) -> Note | None:
    """The note in a file's text; None, with a fault, if it is no TOML. All that is wrong is told at once."""
    table = read_table(path, text, "a note", faults, CODE)
    if table is None:
        return None
    table.only(_NOTE)
    treatments = _treatments(table, vocabulary)
    return Note(
        key=PurePosixPath(path).stem,
        place=Place(path),
        design=table.choice("design", DESIGNS),
        participants=_participants(table),
        population=_words(table, "population"),
        treatments=treatments,
        funding=table.text("funding"),
        findings=_findings(table, treatments, vocabulary),
        superseded_by=table.text("superseded_by"),
        retracted_ok=table.text("retracted_ok"),
        record_ok=table.text("record_ok"),
    )


def _words(table: Table, name: str, example: str = "") -> str:
    """The words of a field, required if there is an example; of more than anybody reads none, and that is told."""
    words = table.text(name, required=bool(example), example=example)
    if len(words) <= LONGEST:
        return words
    what = f"{name} has {len(words):,} characters; at most {LONGEST:,} can be held against a sentence"
    table.tell(table.value_place(name), what, "say it shorter, or as several findings")
    return ""


def _participants(table: Table) -> int | None:
    people = table.number("participants")
    if people is None or people <= MOST_PEOPLE:
        return people
    table.tell(table.value_place("participants"), "so many people cannot have taken part", "write how many did")
    return None


def _treatments(table: Table, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids under `treatments`; one that is not in the vocabulary is told and kept."""
    ids = table.texts("treatments", "iv-fluids")
    for number, id in enumerate(ids):
        if id not in vocabulary.terms.get("treatment", {}):
            what = f'there is no treatment "{id}" in the vocabulary'
            table.tell(table.value_place("treatments", number), what, _meant(id, vocabulary))
    return ids


def _meant(id: str, vocabulary: Vocabulary) -> str:
    """What to write instead: the treatment of which this is a name, or the id most like it."""
    named = mentions(id, vocabulary, "treatment")
    if named:
        return f'did you mean "{named[0].id}"?'
    known = vocabulary.terms.get("treatment", {})
    return nearest(id, known, "add it to vocabulary.toml, or use the id of a treatment there")


def _findings(table: Table, treatments: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Finding, ...]:
    found: list[Finding] = []
    first: dict[str, Table] = {}
    for one in table.tables("finding"):
        one.only(_FINDING)
        finding = Finding(
            id=_id(one, first),
            outcome=_words(one, "outcome", "pain at 60 minutes"),
            effect=one.choice("effect", EFFECTS),
            statement=_words(one, "statement", "Pain fell 4.5 points with it and 4.9 without."),
            locator=one.text("locator"),
            quote=_quote(one),
            treatments=_own_treatments(one, treatments, vocabulary),
            place=one.place,
            advice=one.choice("advice", ADVICE) if "advice" in one.names else "",
        )
        found += [finding] if finding.id else []
    return tuple(found)


def _id(one: Table, first: dict[str, Table]) -> str:
    """The finding's id; one that is missing, misshapen or used before is told. `first` says where each stood first."""
    id = one.text("id", required=True, example="pain-60min")
    if id and not _ID.fullmatch(id):
        plain = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-") or "pain-60min"
        one.tell(one.value_place("id"), f'the id "{id}" is not made of a-z, 0-9 and hyphens', f'write id = "{plain}"')
    if id in first:
        what = f'two findings have the id "{id}"; the first is on line {first[id].value_place("id").line}'
        one.tell(one.value_place("id"), what, 'give each finding an id of its own, id = "…"')
    if id:
        first.setdefault(id, one)
    return id


def _quote(one: Table) -> str:
    quote = _words(one, "quote")
    words = len(quote.split())
    if words > QUOTE_WORDS:
        what = f"the quote has {words} words; at most {QUOTE_WORDS} may be copied"
        one.tell(one.value_place("quote"), what, "keep the words that carry the finding, and no others")
    return quote


def _own_treatments(one: Table, treatments: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """What the finding is about: its own treatments, which must be among the note's, or else all of the note's."""
    if "treatments" not in one.names:
        return treatments
    own = _treatments(one, vocabulary)
    for number, id in enumerate(own):
        if id not in treatments:
            what = f'the finding\'s treatment "{id}" is not among the treatments of the note'
            one.tell(one.value_place("treatments", number), what, "add it to the note's treatments too")
    return own
