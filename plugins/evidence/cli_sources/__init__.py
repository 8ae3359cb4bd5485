"""`evidence sources verify`, `add` and `list`. The network is asked here and nowhere else, through `registry`."""

from __future__ import annotations

import argparse
from typing import Any


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add `sources` and its commands to the parser's commands."""
    sources = commands.add_parser("sources", parents=[common], help="verify, add or list the sources")
    parts = sources.add_subparsers(dest="part", required=True, metavar="COMMAND")

    verify = parts.add_parser("verify", parents=[common], help="ask the registries about the sources; write the lock")
    verify.add_argument("keys", nargs="*", metavar="KEY", help="only these sources; default: all")
    verify.add_argument("--fresh", action="store_true", help="ask again what was answered earlier today")
    verify.add_argument("--retractions", metavar="FILE", help="a Retraction Watch file: a path or an address")
    add = parts.add_parser("add", parents=[common], help="look works up and add them to the bibliography")
    add.add_argument("ids", nargs="+", metavar="ID", help="DOI, PMID, PMCID, ISBN or arXiv id, or an address of one")
    lists = parts.add_parser("list", parents=[common], help="each source: used where, its design, its status")
    lists.add_argument("--format", choices=["text", "json"], default="text", help="default: text")
    for part, run in ((verify, _verify), (add, _add), (lists, _list)):
        part.add_argument("--settings", default="pelicanconf.py", metavar="FILE", help="default: pelicanconf.py")
        part.set_defaults(run=run)
    for part in (verify, add):
        part.add_argument("--contact", metavar="ADDRESS", help="your e-mail address, which the services are given")


# Imported only when they run: a check must not wait for an HTTP library.


def _verify(options: argparse.Namespace) -> int:
    from evidence.cli_sources import verifying

    return verifying.run(options)


def _add(options: argparse.Namespace) -> int:
    from evidence.cli_sources import adding

    return adding.run(options)


def _list(options: argparse.Namespace) -> int:
    from evidence.cli_sources import listing

    return listing.run(options)
