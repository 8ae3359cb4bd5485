"""`evidence sources verify`, `add` and `list`. The network is asked here and nowhere else, through `registry`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from evidence.checking import dress
from evidence.errors import EvidenceError, SettingsError
from evidence.library import parse_library
from evidence.lock import lock_text, merged, without_strangers
from evidence.model import Case, Failure, Library, Lock, MarkKind, Problem, Severity, Source
from evidence.policy import contact_from
from evidence.project import Project, content_files, load_settings, project_from, read_documents, whole_library
from evidence.rules import RULES, incomplete_source
from evidence.standing import TITLES, checked, identifiers, status
from evidence.targets import cited, target

CACHE = ".evidence-cache"
_TOLD = ("EV305", "EV307", "EV308")
"""The rules whose findings `verify` tells of the sources it asked about."""


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
        part.add_argument("--date", metavar="DAY", help="the day that answers are dated with; default: today")


def _project(options: argparse.Namespace) -> Project:
    settings = Path(options.settings)
    return project_from(load_settings(settings), settings.resolve().parent)


def _client(options: argparse.Namespace, project: Project) -> Any:
    """A polite client. Raises SettingsError if nobody stands for the questions."""
    from evidence.registry import ADDRESSES, Client

    contact = contact_from("--contact", options.contact or "") or project.policy.contact
    if not contact:
        raise SettingsError(
            "the services want to know who asks; set EVIDENCE['contact'] in pelicanconf.py to your e-mail address, "
            "or give --contact you@your-site.org"
        )
    unknown = [name for name in project.policy.services if name not in ADDRESSES]
    if unknown:
        raise SettingsError(f"EVIDENCE['services'] has no service \"{unknown[0]}\"; there are {', '.join(ADDRESSES)}")
    return Client(
        contact=contact,
        day=_day(options.date),
        cache=project.root / CACHE,
        addresses=project.policy.services,
        fresh=getattr(options, "fresh", False),
    )


def _day(text: str | None) -> str:
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise SettingsError(f'--date "{text}" is no day such as 2026-11-25') from None


def _save(path: Path, data: bytes) -> None:
    """Write a file in one step: readers see the old bytes or the new ones."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.part")
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise EvidenceError(f"cannot write {path.name}: {error.strerror or error}") from error


# ------------------------------------------------------------------------------------------------ verify


def _verify(options: argparse.Namespace) -> int:
    from evidence.registry import verify

    project = _project(options)
    client = _client(options, project)
    library = whole_library(project)
    chosen = _chosen(library, options.keys)
    notices, trouble = _notices(options, client, project)
    path = project.root / project.policy.lock
    lock = without_strangers(library.lock or Lock(), library.sources)
    failures: list[Failure] = []
    answers = 0
    with _progress(len(chosen)) as tell:
        for source in chosen:
            outcomes = verify(client, source, notices)
            failed = [one for one in outcomes if isinstance(one, Failure)]
            failures += failed
            answers += len(outcomes) - len(failed) - (notices is not None and bool(outcomes))
            if outcomes:
                lock = merged(lock, source.key, outcomes)
                _save(path, lock_text(lock).encode())
            tell(_line(source, lock, failed))
    _save(path, lock_text(lock).encode())
    problems = _problems(project, replace(library, lock=lock), {source.key for source in chosen})
    return _summed(project, chosen, problems, failures, trouble, answers)


def _chosen(library: Library, keys: Sequence[str]) -> list[Source]:
    for key in keys:
        if key not in library.sources:
            raise SettingsError(f'there is no source "{key}" in {", ".join(library.paths)}')
    return [source for key, source in library.sources.items() if not keys or key in keys]


def _notices(options: argparse.Namespace, client: Any, project: Project) -> tuple[Any, str]:
    """The Retraction Watch notices, or None and why there are none."""
    from evidence.registry import Trouble, load

    where = options.retractions or project.policy.retractions
    if not where:
        return None, ""
    try:
        return load(client, where, project.root if not options.retractions else Path.cwd()), ""
    except Trouble as trouble:
        return None, f"Retraction Watch: {trouble}"


def _line(source: Source, lock: Lock, failed: Sequence[Failure]) -> str:
    """One line about one source: its status, and what could not be asked."""
    known = status(source, lock)
    day = checked(source, lock)
    since = f" ({day})" if day and known != "not checkable" else ""
    missing = "".join(f"; {TITLES[one.service]}: {one.why}" for one in failed)
    return f"{source.key}: {known}{since}{missing}"


def _problems(project: Project, library: Library, keys: set[str]) -> list[Problem]:
    """What the rules find in the lock about these sources."""
    case = Case((), library, project.policy)
    dressed = (
        dress(rule, hit, project.policy, frozenset())
        for rule in RULES
        if rule.code in _TOLD
        for hit in rule.check(case)
        if hit.key in keys
    )
    return [problem for problem in dressed if problem is not None]


def _summed(
    project: Project,
    chosen: Sequence[Source],
    problems: Sequence[Problem],
    failures: Sequence[Failure],
    trouble: str,
    answers: int,
) -> int:
    for problem in problems:
        kind = "" if problem.severity is Severity.ERROR else f" {problem.severity.value}:"
        place = f"{problem.place.path}:{problem.place.line}:{problem.place.column}"
        print(f"{place} {problem.code}{kind} {problem.message}; {problem.fix}")
    asked = [source for source in chosen if identifiers(source)]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    mute = len(chosen) - len(asked)
    print(
        f"{len(asked)} sources looked up, {mute} not checkable (no identifier), {len(failures)} look-ups failed, "
        f"{errors} errors; wrote {project.policy.lock}"
    )
    if trouble:
        print(f"evidence: {trouble}; what is known from it earlier is kept", file=sys.stderr)
    if failures and not answers:
        first = failures[0]
        raise EvidenceError(f"nothing could be looked up ({TITLES[first.service]}: {first.why}); the lock says so")
    order = list(Severity)
    grave = any(order.index(one.severity) <= order.index(project.policy.fail_on) for one in problems)
    return 1 if grave or failures or trouble else 0


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """Tells a line for each step: above a progress bar on a terminal, plainly everywhere else."""
    if not sys.stderr.isatty():

        def plainly(line: str) -> None:
            print(line, flush=True)

        yield plainly
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Asking about the sources", total=total)

        def above(line: str) -> None:
            bar.console.print(line, markup=False, highlight=False)
            bar.advance(task)

        yield above


# --------------------------------------------------------------------------------------------------- add


def _add(options: argparse.Namespace) -> int:
    from evidence.registry import Trouble, identify, look_up

    project = _project(options)
    client = _client(options, project)
    worst, troubles = 0, 0
    for text in options.ids:
        identifier = identify(text)
        if identifier is None:
            print(f"{text}: is no DOI, PMID, PMCID, ISBN or arXiv id; nothing added")
            worst = 1
            continue
        library = whole_library(project)
        twin = _present(library, dict([identifier]))
        if twin:
            print(f"{text}: is there already as {twin}; nothing added")
            continue
        try:
            work = look_up(client, identifier)
        except Trouble as trouble:
            print(f"{text}: could not be looked up ({trouble}); nothing added")
            worst, troubles = 1, troubles + 1
            continue
        if work is None or not work.title:
            print(f"{text}: no service knows it; nothing added")
            worst = 1
            continue
        worst = max(worst, _added(project, library, work, text))
    if troubles == len(options.ids):
        raise EvidenceError("nothing could be looked up; nothing was added")
    return worst


def _present(library: Library, ids: dict[str, str]) -> str | None:
    """The key of the entry that has one of these identifiers."""
    from evidence.registry import identify

    for source in library.sources.values():
        for kind, value in ids.items():
            own = source.value("eprint" if kind == "arxiv" else kind)
            found = identify(own) if own else None
            if found and (found[0], found[1].lower()) == (kind, value.lower()):
                return source.key
    return None


def _added(project: Project, library: Library, work: Any, text: str) -> int:
    from evidence.registry.entry import appended, bibtex, key_for, lacking, note_stub

    twin = _present(library, dict(work.ids)) or _same_work(library, work)
    if twin:
        print(f"{text}: is there already as {twin}; nothing added")
        return 0
    path = project.root / project.policy.bibliography[0]
    notes = project.root / project.policy.notes
    taken = {*library.sources, *(one.key for one in library.duplicates), *(one.stem for one in notes.glob("*.toml"))}
    key = key_for(work, taken)
    before = path.read_bytes()
    after = appended(before, bibtex(work, key))
    _check_entry(project, after, key)
    _save(notes / f"{key}.toml", note_stub(work, key).encode())
    _save(path, after)
    missing = lacking(work, incomplete_source.NEEDED)
    fill = f"; fill in {', '.join(missing)}" if missing else ""
    print(f"{text}: added as {key} to {project.policy.bibliography[0]}, with {project.policy.notes}/{key}.toml{fill}")
    gone = [mark for mark in work.marks if mark.kind is MarkKind.RETRACTED]
    if gone:
        print(
            f"{text}: was retracted{f' on {gone[0].date}' if gone[0].date else ''}; do not cite it for what it found"
        )
    return 1 if gone else 0


def _same_work(library: Library, work: Any) -> str | None:
    """The key of an entry of the same title, year and first author."""
    from evidence.comparing import same_name, same_title, same_year

    for source in library.sources.values():
        names = source.creators.get("author", ())
        known = names and work.authors and same_name(names[0], work.authors[0].family)
        if known and same_title(source.value("title"), work.title) and same_year(source.value("year"), work.years):
            return source.key
    return None


def _check_entry(project: Project, data: bytes, key: str) -> None:
    """The new text must read as before with one entry more. Raises EvidenceError, before anything is written."""
    name = project.policy.bibliography[0]
    texts = {path: _as_read((project.root / path).read_bytes()) for path in project.policy.bibliography}
    known = {(fault.what, fault.place) for fault in parse_library(texts, {}).faults}
    read = parse_library({**texts, name: _as_read(data)}, {})
    new = [fault for fault in read.faults if (fault.what, fault.place) not in known]
    if key not in read.sources or new:
        why = new[0].what if new else "the end of the file cannot be read"
        raise EvidenceError(f"{name}: an entry after its end would not be read ({why}); mend the file first")


def _as_read(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


# -------------------------------------------------------------------------------------------------- list


def _list(options: argparse.Namespace) -> int:
    project = _project(options)
    library = whole_library(project)
    documents = read_documents(project, content_files(project))
    uses: Counter[str] = Counter()
    where: dict[str, set[str]] = {}
    for document in documents:
        for found in cited(document):
            key = target(found.citation.key, library).key
            uses[key] += 1
            where.setdefault(key, set()).add(document.path)
    rows = [
        _row(source, library, uses[source.key], sorted(where.get(source.key, ())))
        for source in library.sources.values()
    ]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        sys.stdout.write(_aligned(rows))
    else:
        sys.stdout.writelines("\t".join(_cells(row)) + "\n" for row in rows)
    return 0


def _row(source: Source, library: Library, uses: int, where: list[str]) -> dict[str, Any]:
    return {
        "key": source.key,
        "cited_by": uses,
        "cited_in": where,
        "design": source.note.design if source.note and source.note.design else None,
        "status": status(source, library.lock),
        "checked": checked(source, library.lock) or None,
    }


def _cells(row: dict[str, Any]) -> list[str]:
    """Key, citations, pages, design, status and its day; `-` for nothing, so that columns stay columns."""
    pages = ",".join(Path(path).stem for path in row["cited_in"])
    cells = (row["key"], str(row["cited_by"]), pages, row["design"], row["status"], row["checked"])
    return [" ".join(str(cell).split()) if cell else "-" for cell in cells]


def _aligned(rows: Sequence[dict[str, Any]]) -> str:
    head = ["source", "cited", "in", "design", "status", "checked"]
    table = [head, *([*cells[:2], _pages(row), *cells[3:]] for row in rows for cells in [_cells(row)])]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    return "".join(
        "  ".join(
            cell.rjust(width) if column == 1 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in table
    )


def _pages(row: dict[str, Any]) -> str:
    number = len(row["cited_in"])
    return "-" if number == 0 else f"{number} page{'' if number == 1 else 's'}"
