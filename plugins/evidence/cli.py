"""The command `evidence`. Exit codes: 0 clean, 1 problems at or above the failing severity, 2 could not run."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from evidence import __version__, cli_review, cli_sources
from evidence.addresses import slugify
from evidence.again import Asked, Told
from evidence.brief import brief
from evidence.console import open_streams, save, say, tell, visible
from evidence.errors import EvidenceError, SettingsError, UnreadableError
from evidence.model import Document, Report, Rule
from evidence.project import (
    Project,
    check_project,
    chosen_files,
    content_files,
    load_settings,
    project_from,
    read_documents,
    read_from,
)
from evidence.reports import FORMATS
from evidence.reports import text as text_report
from evidence.reports.totals import counted
from evidence.rules import RULES, rule
from evidence.settings_file import SETTINGS

_GARBAGE = (100_000, 50, 100)
"""How many new values there must be before Python looks for rings among them, which costs more the more values there are."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. What cannot run is one line on standard error and exit code 2."""
    open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    gc.freeze()  # what is here now stays; and of what comes, little is ever given up before the end
    gc.set_threshold(*_GARBAGE)
    try:
        code: int = options.run(options)
        return code
    except EvidenceError as error:
        return _could_not_run(str(error), options.debug)
    except KeyboardInterrupt:
        return _could_not_run("stopped from the keyboard", False)
    except Exception as error:
        text = " ".join(f"internal error, please report it: {type(error).__name__}: {error}".split())
        return _could_not_run(f"{text} (run again with --debug for the details)", options.debug)


def _could_not_run(message: str, debug: bool) -> int:
    if debug:
        import traceback

        tell(traceback.format_exc())
    tell(f"evidence: {visible(' '.join(message.split()))}\n")
    return 2


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong with a command in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"evidence: {message}; see `{self.prog} --help`\n")


def _parser() -> _Parser:
    common = _Parser(add_help=False)
    common.add_argument("--debug", action="store_true", help="show a traceback when something goes wrong")
    parser = _Parser(prog="evidence", description="Checks that health claims are cited.")
    parser.add_argument("--version", action="version", version=f"evidence {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = commands.add_parser("check", parents=[common], help="check articles and pages without building")
    check.add_argument("paths", nargs="*", metavar="PATH", help="a Markdown file or folder; default: all content")
    check.add_argument("--format", default="text", help=f"what to print: {', '.join(FORMATS)} (default: text)")
    check.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="also write a report to a file; repeatable",
    )
    check.add_argument(
        "--since", metavar="REV", help="also tell which claims are new, changed or gone since a git revision"
    )
    check.add_argument(
        "--create-baseline",
        action="store_true",
        help="write the problems there are into EVIDENCE['baseline'], so that only new ones stop publication",
    )
    check.add_argument(
        "--update-baseline", action="store_true", help="take what was mended out of EVIDENCE['baseline']"
    )
    check.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are problems")
    check.add_argument("--settings", default="pelicanconf.py", metavar="FILE", help="default: pelicanconf.py")
    check.set_defaults(run=_check)

    detecting = commands.add_parser(
        "detect", parents=[common], help="tell which sentences are claims, and by which words"
    )
    detecting.add_argument(
        "file", nargs="?", metavar="FILE", help="one sentence a line; as text any prose; default: standard input"
    )
    detecting.add_argument("--format", choices=["json", "text"], default="json", help="default: json")
    detecting.add_argument("--cues", default="en", metavar="LANGUAGE", help="whose words to go by (default: en)")
    detecting.set_defaults(run=_detect)

    explain = commands.add_parser("explain", parents=[common], help="tell what a rule flags, why, and what to do")
    explain.add_argument("code", nargs="?", metavar="CODE", help="such as EV101; without it, all rules by name")
    explain.add_argument("--settings", default="pelicanconf.py", metavar="FILE", help="default: pelicanconf.py")
    explain.set_defaults(run=_explain)

    new = commands.add_parser("new", parents=[common], help="start an article with its front matter filled in")
    new.add_argument("title", metavar="TITLE")
    new.add_argument("--settings", default="pelicanconf.py", metavar="FILE", help="default: pelicanconf.py")
    new.set_defaults(run=_new)

    cli_sources.add_to(commands, common)
    cli_review.add_to(commands, common)
    return parser


# ------------------------------------------------------------------------------------------------- check


def _check(options: argparse.Namespace) -> int:
    form = _format(options.format, "--format")
    outputs = [_output(item) for item in options.output]
    settings = Path(options.settings)
    asked = Asked(load_settings(settings))
    project = project_from(asked, settings.resolve().parent)
    if _in_sum(options):
        return _check_in_sum(options, project, asked)
    files = chosen_files(project, options.paths, Path.cwd()) if options.paths else content_files(project)
    documents = read_documents(project, files)
    if options.create_baseline or options.update_baseline:
        _change_baseline(options, project, documents)
    report = check_project(project, documents, whole=not options.paths)
    if options.since is not None:
        from evidence.since import with_changes  # as below: what few runs need is read by those runs alone

        report = with_changes(report, project, options.since, whole=not options.paths)
    for one, path in outputs:
        missing = next((folder for folder in reversed(path.parents) if not folder.exists()), None)
        _write(path, one(report))
        if missing:
            tell(visible(f"--output: made the folder {missing.as_posix()}/ for {path.as_posix()}") + "\n")
    say(
        text_report.render(report, colour=text_report.wants_colour(sys.stdout))
        if options.format == "text"
        else form(report)
    )
    return 1 if report.failed and not options.exit_zero else 0


def _check_in_sum(options: argparse.Namespace, project: Project, asked: Asked) -> int:
    """The text on the whole site; it is kept for the next run, if this is one that may find it."""
    plain = not options.exit_zero and options.settings == SETTINGS and project.root == Path.cwd()
    told = Told(project.root, asked, *read_from(project)) if plain and project.memory else None
    colour = text_report.wants_colour(sys.stdout)
    found = brief(project)
    if found is None:
        report = check_project(project, read_documents(project, content_files(project)))
        text, failed = text_report.render(report, colour=colour), report.failed
    else:
        text, failed = text_report.render_brief(found, colour=colour), found.failed
    say(text)
    code = 1 if failed and not options.exit_zero else 0
    if told:
        told.keep(text, code, colour=colour)
    return code


def _in_sum(options: argparse.Namespace) -> bool:
    """Whether only the text on the whole site is asked for, as it mostly is."""
    other = options.paths or options.output or options.create_baseline or options.update_baseline
    return options.format == "text" and not other and options.since is None


def _change_baseline(options: argparse.Namespace, project: Project, documents: tuple[Document, ...]) -> None:
    """Make the baseline, once, or take out what is idle."""
    from evidence.baseline import baseline_of, shrunk
    from evidence.baseline.files import baseline_text

    option = "--create-baseline" if options.create_baseline else "--update-baseline"
    name = project.policy.baseline
    if options.create_baseline and options.update_baseline:
        raise SettingsError("--create-baseline makes a baseline and --update-baseline shrinks one; give one of them")
    if not name:
        raise SettingsError(f"{option}: set EVIDENCE['baseline'] to the file's name first, such as \"baseline.json\"")
    if options.paths:
        raise SettingsError(f"{option} needs the whole site; leave {options.paths[0]} out")
    path = project.root / name
    if options.create_baseline and path.exists():
        raise SettingsError(f"--create-baseline: {name} exists already; --update-baseline makes it smaller")
    report = check_project(project, documents, baseline=options.update_baseline)
    made = shrunk(report.baseline) if report.baseline else baseline_of(report, name)
    save(path, baseline_text(made).encode())
    number = sum(one.number for one in made.entries)
    tell(f"evidence: wrote {name}, which lets {counted(number, 'problem')} pass\n")


def _format(name: str, option: str) -> Callable[[Report], str]:
    known = ", ".join(FORMATS)
    if name not in FORMATS:
        near = get_close_matches(name, list(FORMATS), 1) or [one for one in FORMATS if _shortens(name, one)]
        hint = f'did you mean "{near[0]}"?' if near else f"there are {known}"
        raise SettingsError(f'{option}: there is no format "{name}"; {hint}')
    return FORMATS[name]


def _shortens(short: str, name: str) -> bool:
    """Whether a word is the name with letters left out, such as `md` or `txt`."""
    rest = iter(name)
    return name.startswith(short[:1].lower()) and all(letter in rest for letter in short.lower())


def _output(item: str) -> tuple[Callable[[Report], str], Path]:
    name, equals, path = item.partition("=")
    if not equals or not path:
        raise SettingsError(f'--output "{item}" is not of the form FORMAT=FILE, such as json=report.json')
    return _format(name, "--output"), Path(path)


def _write(path: Path, text: str) -> None:
    """In one step, so that nobody reads half a file; a pipe or a device is written to as it is."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):  # on a disk that may not be written to, not even that may be
            beside.unlink(missing_ok=True)
        raise EvidenceError(f"cannot write {path}: {error.strerror or error}") from error


# ------------------------------------------------------------------------------------------------ detect


def _detect(options: argparse.Namespace) -> int:
    from evidence.claims import detect, load_cues
    from evidence.reports import verdicts

    cues = load_cues(options.cues)
    colour = options.format == "text" and text_report.wants_colour(sys.stdout)
    for line in _lines(options.file):
        if options.format == "json":
            say(verdicts.as_json(line, detect(line, cues)))
        for sentence in _prose(line) if options.format == "text" else ():
            say(verdicts.as_text(sentence, detect(sentence, cues), colour=colour))
    return 0


def _prose(line: str) -> list[str]:
    """The sentences of a line, for people who paste prose; an empty line stays one."""
    from evidence.sentences import sentences

    return [line[start:end] for start, end in sentences(line)] or [line]


def _lines(file: str | None) -> Iterator[str]:
    """The lines of a file or of standard input as they come, without line ends."""
    name = file or "standard input"
    try:
        with nullcontext(sys.stdin.buffer) if file is None else Path(file).open("rb") as stream:
            for number, line in enumerate(stream, 1):
                text = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
                yield text.removeprefix("\ufeff") if number == 1 else text
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{name}, line {number}, is not UTF-8; save the text as UTF-8") from error
    except OSError as error:
        raise UnreadableError(f"cannot read {name}: {error.strerror or error}") from error


# ----------------------------------------------------------------------------------------------- explain


def _explain(options: argparse.Namespace) -> int:
    from evidence.reports.explanations import explanation, first_line

    if options.code is None:
        say("".join(f"{one.code}  {one.name:26}{first_line(one.doc)}\n" for one in (*RULES, *_own_rules(options))))
        return 0
    found = rule(options.code)
    if found is None:
        own = _own_rules(options)
        found = next((one for one in own if options.code.strip().lower() in (one.code.lower(), one.name)), None)
    if found is None:
        known = {name.upper(): name for one in (*RULES, *own) for name in (one.code, one.name)}
        near = get_close_matches(options.code.strip().upper(), list(known), 1)
        hint = f'did you mean "{known[near[0]]}"? ' if near else ""
        raise SettingsError(f'there is no rule "{options.code}"; {hint}`evidence explain` lists them all')
    say(explanation(found))
    return 0


def _own_rules(options: argparse.Namespace) -> tuple[Rule, ...]:
    """The rules that the site adds; none outside a project."""
    settings = Path(options.settings)
    return project_from(load_settings(settings), settings.resolve().parent).own_rules if settings.is_file() else ()


# --------------------------------------------------------------------------------------------------- new


def _new(options: argparse.Namespace) -> int:
    title = " ".join(options.title.split())
    slug = slugify(title)[:80].strip("-_")
    if not slug:
        raise SettingsError(f'the title "{options.title}" has no letters to make a file name of')
    if not title.isprintable():
        raise SettingsError("the title has characters that cannot be shown; leave them out")
    settings = Path(options.settings)
    project = project_from(load_settings(settings), settings.resolve().parent)
    path = project.root / project.policy.content / project.policy.articles[0] / f"{slug}.md"
    if path.exists():
        raise EvidenceError(f"{path.relative_to(project.root).as_posix()} exists already; it is left as it is")
    _write(path, _TEMPLATE.format(title=_quoted(title), slug=slug, today=date.today().isoformat()))
    say(f"wrote {path.relative_to(project.root).as_posix()} (a draft: set `status: published` when done)\n")
    return 0


def _quoted(title: str) -> str:
    """As the front matter must say it, so that it is read as this very title."""
    if title[0] not in "\"'[|>":
        return title
    quote = next((mark for mark in "'\"" if mark not in title), "")
    return f"{quote}{title}{quote}"


_TEMPLATE = """\
---
title: {title}
slug: {slug}
description:
date: {today}
status: draft
category: About migraine
tags:
# Up to which month did somebody look for studies? Fill it in once that is done, such as 2026-08.
evidence_to:
page_type: treatment
cta: consultation
---

## Key messages

## What it is

## What was found

<!-- fact box: no reliable numbers -->

## Harms and who should not have it

## Other options

## What we do not know

## Questions to ask
"""


if __name__ == "__main__":
    sys.exit(main())
