"""`evidence sources verify`: asks about each source and writes what was learnt into the lock, source by source."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence.checking import dress
from evidence.cli_sources.asking import client_of, many, project_of, save
from evidence.errors import EvidenceError, SettingsError
from evidence.lock import lock_text, merged, without_strangers
from evidence.model import Case, Failure, Library, Lock, Problem, Severity, Source
from evidence.project import Project, whole_library
from evidence.rules import RULES
from evidence.standing import TITLES, checked, identifiers, status

_TOLD = ("EV305", "EV307", "EV308")
"""The rules whose findings `verify` tells of the sources it asked about."""


def run(options: argparse.Namespace) -> int:
    from evidence.registry import verify

    project = project_of(options)
    client = client_of(options, project)
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
                save(path, lock_text(lock).encode())
            tell(_line(source, lock, failed))
    save(path, lock_text(lock).encode())
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
        f"{many(len(asked), 'source')} asked about, {mute} not checkable (no identifier), "
        f"{many(len(failures), 'look-up')} failed, {many(errors, 'error')}; wrote {project.policy.lock}"
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
