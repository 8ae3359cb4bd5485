"""Work on many things in several processes at once, for what it leaves in the memory.

Nothing comes back from a process but the word that something is done. Whatever one of them left undone, because it was killed, ran
out of memory or met an error, is simply not in the memory, and the run that asked does it itself, in its own place and order:
no result can be lost, and none differs by how many processes there were.
"""

from __future__ import annotations

import os
import select
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from evidence.memory import Memory

_Of = TypeVar("_Of")
FEWEST = 6
"""For fewer things a process more does not pay."""
MANY = 200
"""So many things leave much behind in the process that begins with them."""


def processes(things: int) -> int:
    """How many processes are worth their while: 1 is none besides this one. Only as many as this one may use cores."""
    if not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"):
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), things // FEWEST))


@contextmanager
def shared(memory: Memory, things: int) -> Iterator[Memory]:
    """A memory through which processes can tell each other: the one there is, or else one that lasts as long as this run."""
    if memory or processes(things) == 1:
        yield memory
        return
    with tempfile.TemporaryDirectory(prefix="evidence-", ignore_cleanup_errors=True) as name:
        yield Memory(Path(name))


def beforehand(work: Callable[[_Of], object], things: Sequence[_Of], tell: Callable[[], object] = tuple) -> None:
    """Do the work on each of the things, as far as several processes can; `tell` is called after each.

    The first is done before the others are begun, so that what all of them need is made once: here, or where the things are many
    in a process of its own, so that what it takes of memory is given back.
    """
    number = processes(len(things))
    if number == 1:
        return
    together = partial(_together, work, things, number)
    if len(things) < MANY:
        together(tell)
    else:
        _finish([_started(together)], tell)


_Tell = Callable[[], object]


def _together(work: Callable[[_Of], object], things: Sequence[_Of], number: int, tell: _Tell) -> None:
    work(things[0])
    tell()
    _finish([_started(partial(_one_by_one, work, things[1 + start :: number])) for start in range(number)], tell)


def _one_by_one(work: Callable[[_Of], object], things: Sequence[_Of], tell: _Tell) -> None:
    for one in things:
        work(one)
        tell()


def _finish(started: Sequence[tuple[int, int] | None], tell: _Tell) -> None:
    """Wait for processes. If one of them starts others and is killed, those end with the next word that they have for it."""
    running = dict(one for one in started if one)
    try:
        _wait(list(running), tell)
    finally:
        for pipe, process in running.items():
            os.close(pipe)
            with suppress(ProcessLookupError):
                os.kill(
                    process, signal.SIGKILL
                )  # one that is done has gone already, and one that is not is not wanted
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _started(work: Callable[[_Tell], object]) -> tuple[int, int] | None:
    """Where the new process tells of its work, and its number; None if there can be no other."""
    ours, theirs = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        return None
    if process:
        os.close(theirs)
        return ours, process
    try:
        os.close(ours)
        work(lambda: os.write(theirs, b"."))
    finally:
        os._exit(0)  # whatever happened: nothing of what belongs to the first process is ended or written out twice


def _wait(pipes: list[int], tell: Callable[[], object]) -> None:
    while pipes:
        for pipe in select.select(pipes, [], [])[0]:
            told = os.read(pipe, 4096)
            for _ in told:
                tell()
            if not told:
                pipes.remove(pipe)
