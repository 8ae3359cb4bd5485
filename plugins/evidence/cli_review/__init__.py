"""`evidence review`: lists the open claims, walks them with a clinician, or signs some by id."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from evidence.cli_review.desk import Desk, open_desk
from evidence.cli_review.walking import listed, walk
from evidence.console import say
from evidence.errors import SettingsError
from evidence.reports.totals import counted

_SIGN = "sign"


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add `review` to the parser's commands."""
    review = commands.add_parser(
        "review",
        parents=[common],
        help="show the claims that nobody has signed, and sign them",
        usage="evidence review [PATH ...] [--by PERSON]\n       evidence review sign ID ... --by PERSON [--verdict VERDICT] [--note TEXT] [--date DAY]",
        description="Without --by, lists the claims whose sign-off is missing or lapsed. With it, shows one after the other "
        "with what it rests on, and writes each answer at once. `sign` signs claims by their ids.",
    )
    review.add_argument("what", nargs="*", metavar="PATH", help="only these articles; or `sign` and ids of claims")
    review.add_argument("--by", metavar="PERSON", help="who signs: an id of content/people.toml")
    review.add_argument("--verdict", choices=["accept", "reject"], help="with `sign`; default: accept")
    review.add_argument("--note", metavar="TEXT", help="with `sign`; needed to reject")
    review.add_argument("--date", metavar="DAY", help="with `sign`, such as 2026-11-25; default: today")
    review.add_argument("--settings", default="pelicanconf.py", metavar="FILE", help="default: pelicanconf.py")
    review.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.what[:1] == [_SIGN]:
        return _sign(options, options.what[1:])
    for name in ("verdict", "note", "date"):
        if getattr(options, name) is not None:
            raise SettingsError(f"--{name} goes with `evidence review sign ID --by PERSON`")
    desk = open_desk(options.settings)
    cases = desk.open_cases(options.what)
    if options.by is None:
        say(listed(desk, cases))
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
        desk.may_sign(one, person, verdict, note)
    day = desk.day(options.date)
    paths = [path for one in cases for path in desk.sign(one, person, day, verdict, note)]
    said = {"accept": "signed", "reject": "rejected"}[verdict]
    number = len({one.claim.id for one in cases})
    say(f"{counted(number, 'claim')} {said} by {person.name}; wrote {', '.join(dict.fromkeys(paths))}\n")
    return 0


__all__ = ["Desk", "add_to"]
