"""`evidence review`: lists the open claims, walks them with a clinician, or signs some by id."""

from __future__ import annotations

import argparse
from typing import Any


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
    from evidence.cli_review import running  # a check must not wait for it

    return running.run(options)
