"""Work on many things in several processes at once, for what it leaves in the memory.

Nothing comes back from a process but the word that something is done. Whatever one of them left undone, because it was killed, ran
out of memory or met an error, is simply not in the memory, and the run that asked does it itself, in its own place and order:
no result can be lost, and none differs by how many processes there were.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import struct
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
_AT_MOST = 600
"""So many things are done by one process, and the next ones by another that begins as this one did: what it copied of what all of them
take over, and what it remembers, is given back."""
_GOES_ON = 3
"""How a process ends that left things for the next."""
_STRETCH = struct.Struct("ii")
"""The first of some things, and the one after the last."""


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


def beforehand(
    work: Callable[[_Of], object],
    things: Sequence[_Of],
    tell: Callable[[], object] = tuple,
    besides: Sequence[Callable[[], object]] = (),
) -> None:
    """Do the work on each of the things, as far as several processes can; `tell` is called after each.

    The first is done before the others are begun, so that what all of them need is made once: here, or where the things are many
    in a process of its own, so that what it takes of memory is given back. What is to be done `besides` is begun first, and told
    by nothing.
    """
    number = processes(len(things))
    if number == 1:
        return
    together = partial(_together, work, things, besides, number)
    if len(things) < MANY:
        together(tell)
    else:
        gc.freeze()
        _finish([_started(together, leads=True)], tell)


_Tell = Callable[[], object]


def _together(
    work: Callable[[_Of], object],
    things: Sequence[_Of],
    besides: Sequence[Callable[[], object]],
    number: int,
    tell: _Tell,
) -> None:
    work(things[0])
    tell()
    gc.freeze()  # to look for garbage in what the others take over would give each of them a copy of it
    with _queue(len(besides) + len(things) - 1) as queue:
        share = partial(_share, work, things[1:], besides, queue)
        _finish([_started(share) for _ in range(number)], tell, share)


def _share(
    work: Callable[[_Of], object],
    things: Sequence[_Of],
    besides: Sequence[Callable[[], object]],
    queue: int,
    tell: _Tell,
) -> bool:
    """True if things may be left, since this process has done as many as one does."""
    done = 0
    while done < _AT_MOST and (stretch := os.read(queue, _STRETCH.size)):
        for number in range(*_STRETCH.unpack(stretch)):
            done += 1
            if number < len(besides):
                besides[number]()
            else:
                work(things[number - len(besides)])
                tell()
    return done >= _AT_MOST


def _finish(
    started: Sequence[tuple[int, int] | None], tell: _Tell, again: Callable[[_Tell], bool] | None = None
) -> None:
    """Wait for processes, and leave none behind, whatever happens. One that left things for the next is followed by one that does them
    `again`."""
    running = dict(one for one in started if one)
    try:
        while running:
            for pipe in _ended(list(running), tell):
                process = running.pop(pipe)
                os.close(pipe)
                goes_on = _goes_on(process)
                if again and goes_on and (following := _started(again)):
                    running[following[0]] = following[1]
    finally:
        for pipe, process in running.items():
            os.close(pipe)
            for end in (os.killpg, os.kill):
                with suppress(ProcessLookupError, PermissionError):
                    end(
                        process, signal.SIGKILL
                    )  # one that is done has gone already, and one that is not is not wanted
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _goes_on(process: int) -> bool:
    """Whether a process that has ended left things for the next."""
    with suppress(ChildProcessError):
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == _GOES_ON
    return False


@contextmanager
def _queue(length: int) -> Iterator[int]:
    """A pipe that holds the numbers below `length` in stretches, for whoever is idle to take the next.

    All are written before anybody reads, so they must fit into a pipe: there are at most 500, of eight bytes.
    """
    taken, given = os.pipe()
    step = max(1, -(-length // 500))
    os.write(given, b"".join(_STRETCH.pack(at, min(at + step, length)) for at in range(0, length, step)))
    os.close(given)
    try:
        yield taken
    finally:
        os.close(taken)


def _started(work: Callable[[_Tell], bool | None], *, leads: bool = False) -> tuple[int, int] | None:
    """Where the new process tells of its work, and its number; None if there can be no other. One that `leads` will start others,
    and is ended together with them."""
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
    goes_on: bool | None = False
    try:
        if leads:
            os.setpgid(0, 0)
        os.close(ours)
        goes_on = work(lambda: os.write(theirs, b"."))
    finally:
        os._exit(
            _GOES_ON if goes_on else 0
        )  # whatever happened: nothing of what belongs to the first process is ended or written out twice


def _ended(pipes: Sequence[int], tell: Callable[[], object]) -> list[int]:
    """Those of the pipes whose process has ended, once there is any word from one."""
    ended: list[int] = []
    for pipe in select.select(pipes, [], [])[0]:
        told = os.read(pipe, 4096)
        for _ in told:
            tell()
        if not told:
            ended.append(pipe)
    return ended
