"""What `evidence review` does: list, walk, or sign by id."""

from __future__ import annotations

import argparse
import sys

from evidence.cli_review.desk import open_desk
from evidence.cli_review.walking import listed, walk
from evidence.console import say
from evidence.errors import SettingsError
from evidence.reports.totals import counted

_SIGN = "sign"


def run(options: argparse.Namespace) -> int:
    """The exit code. Raises EvidenceError."""
    if options.what[:1] == [_SIGN]:
        return _sign(options, options.what[1:])
    for name in ("verdict", "note", "date"):
        if getattr(options, name) is not None:
            raise SettingsError(f"--{name} goes with `evidence review sign ID --by PERSON`")
    desk = open_desk(options.settings)
    cases = desk.open_cases(options.what)
    if options.by is None:
        say(listed(desk, cases, len(desk.cases_in(options.what))))
        return 0
    walk(desk, cases, desk.signer(options.by), sys.stdin)
    return 0


def _sign(options: argparse.Namespace, ids: list[str]) -> int:
    if not ids or options.by is None:
        raise SettingsError("give the ids of claims and who signs: `evidence review sign ID --by PERSON`")
    desk = open_desk(options.settings)
    person = desk.signer(options.by)
    verdict = options.verdict or "accept"
    note = " ".join((options.note or "").split())
    cases = [one for id in dict.fromkeys(ids) for one in desk.cases_of(id)]
    for one in cases:
        desk.may_sign(one, person, verdict, note)  # before the day is looked at, since it says more
    paths = desk.sign(cases, person, desk.day(options.date), verdict, note)
    said = {"accept": "signed", "reject": "rejected"}[verdict]
    number = len({one.claim.id for one in cases})
    say(f"{counted(number, 'claim')} {said} by {person.name}; wrote {', '.join(paths)}\n")
    return 0
