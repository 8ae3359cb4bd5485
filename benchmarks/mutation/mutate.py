"""Mutation testing: `python benchmarks/mutation/mutate.py REACHED.json LOG [SLIPS] [SEED] [PART ...]` (default 40 1, all parts).

One slip at a time is put into a copy of the package - a comparison turned round, `and` for `or`, a number moved by one, a result
negated or lost, a statement left out - and the tests that reach the block it is in are run, the quickest first, until one fails. As
many slips are drawn of each part. The seed alone decides which: they are the same on any machine, and stay the same where the code
around them changes. `REACHED.json` is what `reached.py` wrote. What became of each slip is added to LOG at once; those that stand
in LOG already are not tried again, so that a run that was stopped goes on.

`mutate.py REACHED.json LOG --again OLDER [PART ...]` tries what survived an earlier run. `mutate.py REACHED.json LOG --sound` runs
the tests that noticed something once more, without any slip.

A process that has read all tests is forked for each slip. In the copy, the function with the slip takes the place of the one
without, what functions remember is forgotten, and the file on disk has the slip for programs that tests start. Where the code ran
while the tests were read, pytest is begun anew instead.

A slip is noticed if a test fails. Slips whose tests use four times the processor time they take without it (and 15 s), or do not end
at all, are counted apart: a busy machine is no test.
"""

from __future__ import annotations

import ast
import compileall
import gc
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from reached import asked, copied, settle
from slips import FILES, PACKAGE, ROOT, Slip, mutant, slips, text_of

MEMORY = 3 << 30
TIMED = re.compile(r"grows_with|time_by|in_time|reasonable_time|is_slow|slow_answer|no_longer_than|stay_quick|linear")
"""Tests that measure time are not asked: on a busy machine they fail by themselves."""
BUDGET = {"": 10, "gate": 30}
"""Seconds of tests, as measured without a slip, that a slip is shown at most, and ten times as many with `--again`. Those that build
the whole site come last."""
NEARER = {
    "plugin": "remembered_builds|edited_sites|gate|build|advertisement", "publishing": "publishing|gate", "cli": "cli|detect_command|baseline",
    "policy": "policy|lock|cli|settings", "again": "again", "host": "gate|settings",
    "citations": "citations|reading", "claims": "detection|cues", "support": "figures|support|phrases|answers",
    "rules": "rules|support|checking|source_rules", "coverage": "coverage|checking", "standing": "lock|source_rules",
    "signoff": "signoff|in_force", "baseline": "baseline", "judging": "checking|support", "exemptions": "checking",
}  # fmt: skip
"""The files of tests that come first, by how the name of the file with the slip begins."""
LINE = re.compile(r"(noticed|survived|time|unreached): (\S+?):(\d+):(\d+) (.+?) in (['\"].*?['\"])(?: by .*| \(.*)?$")


@dataclass
class Reached:
    """What `reached.py` found."""

    blocks: list[tuple[str, int]]
    first: set[int]
    tests: dict[str, tuple[float, list[int]]]
    failed: set[str]
    by_block: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Reached:
        found = json.loads(path.read_text())
        made = cls(
            [(file, line) for file, line in found["blocks"]],
            set(found["first"]),
            found["tests"],
            set(found["failed"]),
        )
        for name, (_, blocks) in made.tests.items():
            for one in blocks:
                made.by_block.setdefault(one, []).append(name)
        return made

    def of(self, slip: Slip) -> list[str]:
        """The tests that reach it, quickest first: of one outside of functions, all that reach its file."""
        numbers = [at for at, (file, line) in enumerate(self.blocks) if file == slip.file and slip.block in (0, line)]
        names = {name for at in numbers for name in self.by_block.get(at, ())}
        return sorted(names - self.failed, key=lambda name: self.tests[name][0])

    def early(self, slip: Slip) -> bool:
        """Whether it runs before any test."""
        return not slip.block or any(self.blocks[at] == (slip.file, slip.block) for at in self.first)


class Trying:
    """Instead of running all tests, tries the slips one by one."""

    def __init__(
        self, reached: Reached, chosen: list[Slip], copy: Path, log: Path, patient: int, sound: bool
    ) -> None:
        self.reached, self.chosen, self.copy, self.log = reached, chosen, copy, log
        self.patient, self.log_sound = patient, sound
        self.talk: Callable[[str], None] = lambda name: None

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.talk(report.nodeid)
            os._exit(1)

    def pytest_runtestloop(self, session: Any) -> bool:
        items = {item.nodeid: item for item in session.items}
        self.live: dict[tuple[str, str, int], list[FunctionType]] = {}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and (one.__module__ or "").startswith("evidence"):
                code = one.__code__
                self.live.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(one)
        gc.freeze()
        if self.log_sound:
            self.sound(items)
            return True
        for slip in self.chosen:
            told = self.tried(slip, items)
            with self.log.open("a") as out:
                print(told, file=out, flush=True)
        return True

    def sound(self, items: dict[str, Any]) -> None:
        """Whether the tests that noticed something pass where there is nothing to notice."""
        text = self.log.read_text(encoding="utf-8")
        forked = list(dict.fromkeys(re.findall(r"(?m)^noticed: .*? by (tests/\S+?::.*) \(forked, ", text)))
        anew = list(dict.fromkeys(re.findall(r"(?m)^noticed: .* by (tests/[^\s:]+).* \(anew, ", text)))
        bad = [one for one in forked if self.forked(lambda: None, [items[one]], 60) is not None]
        found = self.anew([one for one in items if one.partition("::")[0] in anew and not TIMED.search(one)], 300)
        print(f"{len(forked)} tests alone, of which fail {bad}; {len(anew)} files anew, of which fails {found}")

    def tried(self, slip: Slip, items: dict[str, Any]) -> str:
        names = [one for one in self.reached.of(slip) if one in items and not TIMED.search(one)]
        if not names:
            return f"unreached: {slip}"
        near = next((tests for start, tests in NEARER.items() if slip.file.startswith(start)), "")
        names.sort(key=lambda one: ("built" in items[one].fixturenames, not re.search(f"test_({near})\\.py", one)))
        budget = BUDGET["gate" if slip.part == "gate" else ""] * self.patient
        taken, kept = 0.0, list[str]()
        for name in names:
            took = self.reached.tests[name][0]
            if kept and taken + took > budget:
                break
            taken += took
            kept.append(name)
        here = self.copy / PACKAGE.relative_to(ROOT) / slip.file
        stamp = here.stat()
        tree = mutant(slip)
        here.write_text(ast.unparse(tree), encoding="utf-8")
        try:
            swap = None if self.reached.early(slip) else self.swap(slip, here, tree)
            began = time.monotonic()
            found = self.forked(swap, [items[one] for one in kept], taken) if swap else self.anew(kept, taken)
            took = time.monotonic() - began
        finally:
            here.write_text(text_of(PACKAGE / slip.file), encoding="utf-8")
            os.utime(here, (stamp.st_atime, stamp.st_mtime))
        how = "forked" if swap else "anew"
        if found is None:
            return f"survived: {slip} ({how}, {len(kept)} of {len(names)} tests, {took:.0f} s)"
        if not found:
            return f"time: {slip} ({how}, {took:.0f} s)"
        return f"noticed: {slip} by {found} ({how}, {took:.1f} s)"

    def swap(self, slip: Slip, here: Path, tree: ast.Module) -> Callable[[], None] | None:
        """What puts the slip into the loaded functions; None if that would not do."""
        assert slip.function
        name, line = slip.function
        filename = str(here)
        if not any(key[0] == filename for key in self.live):
            return lambda: None  # not loaded yet: a test that needs it reads it from the disk
        new = next(
            (
                one
                for one in _codes(compile(tree, filename, "exec"))
                if (one.co_qualname, one.co_firstlineno) == slip.function
            ),
            None,
        )
        old = self.live.get((filename, name, line), [])
        if new is None or not old or any(one.__code__.co_freevars != new.co_freevars for one in old):
            return None

        def put() -> None:
            for one in old:
                one.__code__ = new

        return put

    def forked(self, put: Callable[[], None], items: list[Any], usual: float) -> str | None:
        """The test that noticed, nothing if they ran out of time, None if all passed."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            self.child(put, items, usual, writing)
        os.close(writing)
        return self.waited(child, usual, lambda: os.read(reading, 4000).decode(), lambda: os.close(reading))

    def waited(self, child: int, usual: float, told: Callable[[], str], close: Callable[[], None]) -> str | None:
        end, status = time.monotonic() + 20 * usual + 300, None
        try:
            while time.monotonic() < end:
                done, status = os.waitpid(child, os.WNOHANG)
                if done:
                    child = 0
                    break
                time.sleep(0.01)
            if child:
                return ""
            code = os.waitstatus_to_exitcode(status or 0)
            if code == 0:
                return None
            return told() if code == 1 else "" if code < 0 else f"the tests, which cannot be begun ({code})"
        finally:
            if child:
                with suppress(ProcessLookupError):
                    os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
            close()

    def child(self, put: Callable[[], None], items: list[Any], usual: float, writing: int) -> None:
        code = 3
        try:
            os.setsid()
            limit(usual)
            nothing = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(nothing, number)
            self.talk = lambda name: void(os.write(writing, name.encode()[:3000]))
            gc.unfreeze()
            put()
            forget()
            for item, after in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            code = 0
        finally:
            os._exit(code)

    def anew(self, names: list[str], usual: float) -> str | None:
        """The same, by a pytest that is begun anew."""
        listed = self.copy / ".asked"
        listed.write_text(json.dumps(names))
        command = [sys.executable, str(Path(__file__).with_name("anew.py")), str(self.copy), str(listed)]
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=lambda: limit(usual + 30),
            )  # fmt: skip

            def told() -> str:
                out.seek(0)
                text = out.read().decode(errors="replace")
                found = re.search(r"(?m)^(?:FAILED|ERROR) (\S+)", text)
                return found[1] if found else "?" + text[-300:].replace("\n", " ")

            found = self.waited(process.pid, usual + 30, told, lambda: None)
            process.returncode = 0  # has been waited for: a warning about it would fail the next test
            return found


def void(_: object) -> None: ...


def limit(usual: float) -> None:
    """A slip that goes round in circles takes time or memory without end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seconds = int(4 * usual) + 15
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def forget() -> None:
    """Empties what the functions of the package remember."""
    for one in gc.get_objects():
        if type(one).__name__ == "_lru_cache_wrapper" and (one.__module__ or "").startswith("evidence"):
            one.cache_clear()


def _codes(code: CodeType) -> list[CodeType]:
    inside = [one for one in code.co_consts if isinstance(one, CodeType)]
    return [*inside, *(more for one in inside for more in _codes(one))]


def said(log: Path) -> dict[str, str]:
    """What a log tells of each slip that it names."""
    found = {}
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        if named := LINE.fullmatch(line):
            quoted = named.groups()[-1]
            found[line.split(": ", 1)[1].split(quoted)[0] + quoted] = named[1]
    return found


def survivors_of(log: Path, parts: list[str]) -> list[Slip]:
    """Those that a log names, as far as the code still has them: of places that look alike, the nearest."""
    every, found = list(slips()), dict[Slip, None]()
    for line in log.read_text(encoding="utf-8").splitlines():
        named = LINE.fullmatch(line)
        if not named or named[1] not in ("survived", "unreached"):
            continue
        file, at, column, kind, quoted = named.groups()[1:]
        words = ast.literal_eval(quoted)
        alike = [one for one in every if (one.file, one.kind, one.words[:90]) == (file, kind, words)]
        if not alike:
            print(f"gone: {line}")
            continue
        one = min(alike, key=lambda one: (abs(one.line - int(at)), abs(one.column - int(column))))
        if one.part in parts:
            found[one] = None
    return list(found)


def main() -> None:
    reached, log, *given = sys.argv[1:]
    sound = given == ["--sound"]
    given = [] if sound else given
    older = Path(given[1]) if given[:1] == ["--again"] else None
    given = given[2:] if older else given
    wanted, seed = (int(given.pop(0)) if given and not older else standard for standard in (40, 1))
    parts, every, out = given or list(FILES), list(slips()), Path(log).absolute()
    print(f"{len(every)} places", dict(Counter(one.part for one in every)), flush=True)
    if older:
        chosen = survivors_of(older, parts)
    else:
        drawn = [
            sorted((one for one in every if one.part == part), key=lambda one: one.drawn(seed)) for part in parts
        ]
        chosen = [one for row in zip_longest(*(of_part[:wanted] for of_part in drawn)) for one in row if one]
    known = said(out)
    asked_for = [one for one in chosen if str(one) not in known]
    reaches = Reached.read(Path(reached))
    with tempfile.TemporaryDirectory() as name:
        copy = copied(Path(name) / "copy")
        compileall.compile_dir(copy / "plugins", quiet=2)
        settle(copy)
        pytest.main(asked(Path(name) / "base"), [Trying(reaches, asked_for, copy, out, 10 if older else 1, sound)])
        shutil.rmtree(Path(name) / "base", ignore_errors=True)
    known = said(out)
    for part in parts:
        came = Counter(known[str(one)] for one in chosen if one.part == part and str(one) in known)
        print(f"{part:10} {came.total():3} tried", dict(came))


if __name__ == "__main__":
    main()
