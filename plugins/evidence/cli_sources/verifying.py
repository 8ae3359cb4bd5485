"""`evidence sources verify`: asks about each source and keeps what was learnt, source by source."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidence.cli_sources import asking
from evidence.console import save, say, tell
from evidence.errors import EvidenceError, SettingsError
from evidence.gists import dress
from evidence.lock import lock_text, merged, without_strangers
from evidence.model import Answer, Case, Failure, Library, Lock, Problem, Severity, Source
from evidence.project import Project, whole_library
from evidence.registry import Client, Notices, Trouble, load, verify
from evidence.rules import RULES
from evidence.standing import TITLES, asked, checked, identifiers, status, today

_TOLD = ("EV305", "EV307", "EV308")
"""The rules whose findings are told of the sources that were asked about."""


@dataclass
class _Run:
    """What a run has learnt so far. `answers` counts those of services, without the Retraction Watch file's."""

    lock: Lock
    answers: int = 0
    failures: list[Failure] = field(default_factory=list)


def run(options: argparse.Namespace) -> int:
    project = asking.project(options)
    client = asking.client(options, project)
    library = whole_library(project)
    chosen = _chosen(library, options.keys)
    notices, trouble = _notices(options, client, project)
    learnt = _Run(_earlier(library))
    path = project.root / project.policy.lock
    with _progress(len(chosen)) as tell:
        for source in chosen:
            failed = _learn(learnt, client, source, notices)
            save(path, lock_text(learnt.lock).encode())
            tell(_line(source, learnt.lock, failed))
    save(path, lock_text(learnt.lock).encode())
    about = {source.key for source in chosen} if options.keys else None
    problems = _problems(project, replace(library, lock=learnt.lock), about)
    _tell(project, chosen, problems, learnt)
    return _code(project, problems, learnt, trouble)


def _chosen(library: Library, keys: Sequence[str]) -> list[Source]:
    for key in keys:
        if key not in library.sources:
            raise SettingsError(f'there is no source "{key}" in {", ".join(library.paths)}')
    return [source for key, source in library.sources.items() if not keys or key in keys]


def _earlier(library: Library) -> Lock:
    """What is known from earlier, without sources that are gone; while entries cannot be read, none counts as gone."""
    lock = library.lock or Lock()
    return lock if library.faults else without_strangers(lock, library.sources)


def _notices(options: argparse.Namespace, client: Client, project: Project) -> tuple[Notices | None, str]:
    """The Retraction Watch notices, or None and why there are none."""
    where = options.retractions or project.policy.retractions
    if not where:
        return None, ""
    try:
        return load(client, where, Path.cwd() if options.retractions else project.root), ""
    except Trouble as trouble:
        return None, f"Retraction Watch: {trouble}"


def _learn(learnt: _Run, client: Client, source: Source, notices: Notices | None) -> list[Failure]:
    """Ask about one source; the failures of its look-ups."""
    outcomes = verify(client, source, notices)
    failed = [one for one in outcomes if isinstance(one, Failure)]
    learnt.failures += failed
    learnt.answers += sum(isinstance(one, Answer) and one.service != "retraction-watch" for one in outcomes)
    if outcomes:
        learnt.lock = merged(learnt.lock, source.key, outcomes)
    return failed


# ------------------------------------------------------------------------------------------------ telling


def _line(source: Source, lock: Lock, failed: Sequence[Failure]) -> str:
    """One line about one source: its status, and what could not be asked."""
    known = status(source, lock)
    day = checked(source, lock)
    since = f" ({day})" if day and known != "not checkable" else ""
    missing = "".join(f"; {TITLES[one.service]}: {one.why}" for one in failed)
    return f"{source.key}: {known}{since}{missing}"


def _problems(project: Project, library: Library, keys: set[str] | None) -> list[Problem]:
    """What the rules find in the lock about these sources; None: about all together, too."""
    case = Case((), library, project.policy, today=today(project.policy, [asked(library)]))
    dressed = (
        dress(rule, hit, project.policy, frozenset())
        for rule in RULES
        if rule.code in _TOLD
        for hit in rule.check(case)
        if keys is None or hit.key in keys
    )
    return [problem for problem in dressed if problem is not None]


def _tell(project: Project, chosen: Sequence[Source], problems: Sequence[Problem], learnt: _Run) -> None:
    for problem in problems:
        kind = "" if problem.severity is Severity.ERROR else f" {problem.severity.value}:"
        place = f"{problem.place.path}:{problem.place.line}:{problem.place.column}"
        say(f"{place} {problem.code}{kind} {problem.message}; {problem.fix}\n")
    asked = sum(bool(identifiers(source)) for source in chosen)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    say(
        f"{asked} sources looked up, {len(chosen) - asked} not checkable (no identifier), "
        f"{len(learnt.failures)} look-ups failed, {errors} errors; wrote {project.policy.lock}\n"
    )


def _code(project: Project, problems: Sequence[Problem], learnt: _Run, trouble: str) -> int:
    """1 if anything is wrong or could not be asked. Raises EvidenceError if no service answered at all."""
    if trouble:
        tell(f"evidence: {trouble}; what is known from it earlier is kept\n")
    if learnt.failures and not learnt.answers:
        first = learnt.failures[0]
        raise EvidenceError(f"nothing could be looked up ({TITLES[first.service]}: {first.why}); the lock says so")
    order = list(Severity)
    grave = any(order.index(one.severity) <= order.index(project.policy.fail_on) for one in problems)
    return 1 if grave or learnt.failures or trouble else 0


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """Tells a line for each step: above a progress bar on a terminal, plainly everywhere else."""
    if not sys.stderr.isatty():
        yield lambda line: say(f"{line}\n")
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Asking about the sources", total=total)

        def above(line: str) -> None:
            bar.console.print(line, markup=False, highlight=False)
            bar.advance(task)

        yield above
