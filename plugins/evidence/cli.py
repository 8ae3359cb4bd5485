"""The command `evidence`. Exit codes: 0 clean, 1 problems at or above the failing severity, 2 could not run."""

from __future__ import annotations

import argparse
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from evidence import __version__, cli_sources
from evidence.errors import EvidenceError, SettingsError
from evidence.model import Report, Rule
from evidence.project import (
    check_project,
    chosen_files,
    content_files,
    load_settings,
    project_from,
    read_documents,
)
from evidence.reports import json as json_report
from evidence.reports import text as text_report
from evidence.rules import RULES, rule

FORMATS: dict[str, Callable[[Report], str]] = {"text": text_report.render, "json": json_report.render}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Never raises: what cannot run is one line on standard error and exit code 2."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except EvidenceError as error:
        return _could_not_run(str(error), options.debug)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return _could_not_run("stopped from the keyboard", False)
    except Exception as error:
        text = f"internal error, please report it: {type(error).__name__}: {error}".replace("\n", " ")
        return _could_not_run(f"{text} (run again with --debug for the details)", options.debug)


def _could_not_run(message: str, debug: bool) -> int:
    if debug:
        raise
    print(f"evidence: {message}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--debug", action="store_true", help="show a traceback when something goes wrong")
    parser = argparse.ArgumentParser(prog="evidence", description="Checks that health claims are cited.")
    parser.add_argument("--version", action="version", version=f"evidence {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = commands.add_parser("check", parents=[common], help="check articles and pages without building")
    check.add_argument("paths", nargs="*", metavar="PATH", help="a Markdown file or folder; default: all content")
    check.add_argument("--format", choices=list(FORMATS), default="text", help="what to print (default: text)")
    check.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="also write a report to a file; repeatable",
    )
    check.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are problems")
    check.add_argument("--settings", default="pelicanconf.py", metavar="FILE", help="default: pelicanconf.py")
    check.set_defaults(run=_check)

    explain = commands.add_parser("explain", parents=[common], help="tell what a rule flags, why, and what to do")
    explain.add_argument("code", nargs="?", metavar="CODE", help="such as EV101; without it, all rules by name")
    explain.set_defaults(run=_explain)

    new = commands.add_parser("new", parents=[common], help="start an article with its front matter filled in")
    new.add_argument("title", metavar="TITLE")
    new.add_argument("--settings", default="pelicanconf.py", metavar="FILE", help="default: pelicanconf.py")
    new.set_defaults(run=_new)

    cli_sources.add_to(commands, common)
    return parser


# ------------------------------------------------------------------------------------------------- check


def _check(options: argparse.Namespace) -> int:
    outputs = [_output(item) for item in options.output]
    settings = Path(options.settings)
    project = project_from(load_settings(settings), settings.resolve().parent)
    files = chosen_files(project, options.paths, Path.cwd()) if options.paths else content_files(project)
    report = check_project(project, read_documents(project, files), whole=not options.paths)
    for name, path in outputs:
        _write(path, FORMATS[name](report))
    if options.format == "text":
        sys.stdout.write(text_report.render(report, colour=text_report.wants_colour(sys.stdout)))
    else:
        sys.stdout.write(FORMATS[options.format](report))
    return 1 if report.failed and not options.exit_zero else 0


def _output(item: str) -> tuple[str, Path]:
    name, equals, path = item.partition("=")
    if not equals or name not in FORMATS or not path:
        raise SettingsError(f'--output "{item}" is not FORMAT=FILE with a format of {", ".join(FORMATS)}')
    return name, Path(path)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.part")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise EvidenceError(f"cannot write {path}: {error.strerror or error}") from error


# ----------------------------------------------------------------------------------------------- explain


def _explain(options: argparse.Namespace) -> int:
    if options.code is None:
        sys.stdout.writelines(f"{one.code}  {one.name:26}{_first_line(one.doc)}\n" for one in RULES)
        return 0
    found = rule(options.code)
    if found is None:
        raise SettingsError(f'there is no rule "{options.code}"; `evidence explain` lists them all')
    sys.stdout.write(explanation(found))
    return 0


def _first_line(doc: str) -> str:
    return doc.strip().split("\n", 1)[0]


def explanation(found: Rule) -> str:
    """The rule's page: what it flags, why, what to do, bad and good examples."""
    parts = [f"{found.code} {found.name} ({found.severity})", found.doc.strip()]
    for title, examples in (("Bad", found.bad), ("Good", found.good)):
        parts.append("\n\n".join([f"{title}:", *("\n".join(_indented(example)) for example in examples)]))
    return "\n\n".join(parts) + "\n"


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in example.rstrip("\n").split("\n")]


# --------------------------------------------------------------------------------------------------- new


def _new(options: argparse.Namespace) -> int:
    title = " ".join(options.title.split())
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not slug:
        raise SettingsError(f'the title "{options.title}" has no letters to make a file name of')
    settings = Path(options.settings)
    project = project_from(load_settings(settings), settings.resolve().parent)
    path = project.root / project.policy.content / project.policy.articles[0] / f"{slug}.md"
    if path.exists():
        raise EvidenceError(f"{path.relative_to(project.root).as_posix()} exists already; it is left as it is")
    _write(path, _TEMPLATE.format(title=title, slug=slug, today=date.today().isoformat()))
    sys.stdout.write(
        f"wrote {path.relative_to(project.root).as_posix()} (a draft: set `status: published` when done)\n"
    )
    return 0


_TEMPLATE = """\
---
title: {title}
slug: {slug}
description:
date: {today}
status: draft
category: About migraine
tags:
evidence_to: {today:.7}
cta: consultation
---

## Key messages

## What it is

## What was found

## Harms and who should not have it

## Other options

## What we do not know

## Questions to ask
"""


if __name__ == "__main__":
    sys.exit(main())
