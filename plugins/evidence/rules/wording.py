"""The rules on wording, one for each entry of the lexicon: what is flagged, why and what to write instead stand there, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.model import Case, Hit, Rule, Severity
from evidence.wording import Entry, Screen, found, lexicon

_PLACES = {
    "heading": "a heading",
    "cell": "a table",
    "picture": "a picture's description",
    "hover": "a hover text",
    "title": "the title",
    "description": "the description",
    "summary": "the summary",
    "category": "the category",
    "tags": "the tags",
    "slug": "the address",
    "offer": "a call to action",
    "setting": "the settings",
    "theme": "the theme",
    "note": "a source note",
}
_LET_PASS = {
    "denial": "a denial before the words (as in “does not cure”)",
    "quotation": "a quotation whose author is named",
    "question": "a question to be answered",
    "figure": "a figure in the sentence",
    "source": "a source",
    "figure and source": "a figure together with a source",
    "outcome": "being no more than an outcome's name in a table or an address",
    "absolute numbers": "the numbers of people or days in the same paragraph or row",
}


def rules_of(entries: Iterable[Entry]) -> tuple[Rule, ...]:
    """A rule for each entry, in their order."""
    listed = tuple(entries)
    screen = Screen(listed)
    return tuple(_rule(number, entry, screen) for number, entry in enumerate(listed))


def _rule(number: int, entry: Entry, screen: Screen) -> Rule:
    def check(case: Case) -> Iterator[Hit]:
        for said, patterns in screen.sifted(case.said).get(number, ()):
            for place, words in found(entry, said, patterns):
                where = f" in {_PLACES[said.where]}" if said.where in _PLACES else ""
                what = f'"{words}"{where}: {_lower(entry.reason).rstrip(".")}'
                graver = Severity.ERROR if said.where in entry.graver else None
                yield Hit(place, what, entry.suggestion, severity=graver)

    return Rule(
        entry.code,
        entry.name,
        entry.severity,
        "document",
        check,
        _doc(entry),
        tuple(f"{example}\n" for example in entry.must_match[:2]),
        tuple(f"{example}\n" for example in entry.must_not_match[:2]),
        "text",
    )


def _lower(sentence: str) -> str:
    """As a fragment: a capital goes unless the word has others, as names of bodies do."""
    first = sentence.split(" ", 1)[0]
    return sentence if first[1:] != first[1:].lower() else sentence[0].lower() + sentence[1:]


def _doc(entry: Entry) -> str:
    """The page for people: what, why, what instead, what passes, and where the words are kept."""
    passes = "; ".join(_LET_PASS[name] for name in entry.excuses) or "nothing"
    graver = f" An error in {', '.join(_PLACES.get(one, one) for one in entry.graver)}." if entry.graver else ""
    last = (
        "matter, calls to action, settings and the theme."
        if "note" in entry.spare
        else "matter, calls to action, settings, the theme and source notes."
    )
    return (
        f"{entry.flags}.\n\n{entry.reason} Instead: {entry.suggestion}. What lets the words pass: {passes}.{graver}\n\n"
        "It is looked for in everything that reaches a reader: body, headings, tables, pictures' descriptions, hover texts, front\n"
        f"{last} If the words are needed here, say why directly after the sentence:\n"
        f"`<!-- allow {entry.code}: reason -->`.\n"
    )


RULES = rules_of(lexicon())
