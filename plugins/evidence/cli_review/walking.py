"""The open claims, one after the other: the sentence, what it rests on, and the reviewer's answer, written at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from evidence.changes.words import marked
from evidence.cli_review.desk import Case, Desk
from evidence.console import say, visible
from evidence.model import Person, Rests
from evidence.references.links import address
from evidence.reports.problems import told
from evidence.reports.totals import counted
from evidence.signoff.records import SIGNS

_ASK = "  accept (a), reject (r), skip (s), quit (q)? "
_ANSWERS = {"a": "accept", "r": "reject", "s": "skip", "q": "quit"}


def listed(desk: Desk, cases: Sequence[Case], among: int) -> str:
    """One line for each open claim, and how to sign them; `among` is how many claims were looked at."""
    lines = [f"{_place(one)} {one.claim.id} {one.signoff.state.value}: {visible(_sentence(one))}" for one in cases]
    lines.append(f"{counted(len(cases), 'claim')} to sign of {among:,}")
    if cases:
        people = [one.id for one in desk.ledger.people.values() if one.role == SIGNS]
        who = " or ".join(people) if people else f"a clinician whom you enter in {desk.ledger.people_path}"
        lines.append(f"sign them with `.venv/bin/evidence review --by PERSON`, where PERSON is {who}")
    return "\n".join(lines) + "\n"


def walk(desk: Desk, cases: Sequence[Case], person: Person, answers: TextIO) -> None:
    """Ask about each claim. It may be stopped at any claim; what was answered is in the files already."""
    own = [one for one in cases if desk.wrote(one, person)]
    asked = [one for one in cases if one not in own]
    if own:
        say(f"left out: {counted(len(own), 'claim')} of articles that {person.name} wrote\n")
    day, done = desk.day(None), 0
    for number, one in enumerate(asked, 1):
        say(
            "\n".join(
                [f"[{number} of {len(asked)}] {_place(one)} {one.claim.id} ({one.claim.kind})", *_shown(one), ""]
            )
        )
        answer, note = _answer(answers, may_accept=not one.errors)
        if answer == "quit":
            break
        if answer != "skip":
            desk.sign([one], person, day, answer, note)
            done += 1
    say(f"{counted(done, 'claim')} answered, {len(asked) - done:,} left\n")


def _answer(answers: TextIO, *, may_accept: bool) -> tuple[str, str]:
    """(`accept`, `reject`, `skip` or `quit`, the reason). The end of the input is `quit`."""
    while True:
        say(_ASK)
        line = answers.readline()
        word = line.strip().lower()
        chosen = "quit" if not line else next((one for key, one in _ANSWERS.items() if word in (key, one)), "")
        if chosen == "accept" and not may_accept:
            say("  it has an open error, and can be accepted when that is mended\n")
            continue
        if chosen != "reject":
            if chosen:
                return chosen, ""
            continue
        say("  why? ")
        if reason := " ".join(answers.readline().split()):
            return chosen, reason
        say("  a rejection needs a reason\n")


def _place(one: Case) -> str:
    place = one.claim.place
    return f"{place.path}:{place.line}:{place.column}"


def _sentence(one: Case) -> str:
    return marked(one.signoff.words) or one.claim.sentence


def _shown(one: Case) -> Iterator[str]:
    yield from (f"  {frame.kind}: {visible(frame.words)}" for frame in one.stated.context)
    if one.before:
        yield f"  sentence before: {visible(one.before)}"
    yield f"  {visible(_sentence(one))}"
    for problem in one.problems:
        yield f"  {problem.code} {problem.severity.value}: {visible(told(problem))}"
    signature = one.signoff.signature
    if signature:
        what = "; ".join((*one.signoff.sources, *one.signoff.context)) or "the words"
        yield f"  was answered with {signature.verdict} by {signature.person} on {signature.date}; changed since: {visible(what)}"
    for rest in one.rests:
        yield from _rest(rest)
    if not one.rests:
        yield f"  no source of its own{':' if one.reasons else ''}"
        yield from (f"  - {visible(reason)}" for reason in one.reasons)


def _rest(rest: Rests) -> Iterator[str]:
    note = rest.source.note
    about = (
        ", ".join(filter(None, (note.design, f"{note.participants:,} people" if note.participants else "")))
        if note
        else ""
    )
    yield f"  - {rest.source.key}{f' ({about})' if about else ''}: {visible(rest.source.value('title'))}"
    if at := address(rest.source):
        yield visible(f"      to be read at {at}")
    if not rest.findings:
        yield "      no finding is recorded: read the source itself"
    for one in rest.findings:
        at = f" ({one.locator})" if one.locator else ""
        yield visible(f"      {one.id}, {one.effect}{at}: {one.statement}")
