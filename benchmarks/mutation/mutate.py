"""Mutation testing: `python benchmarks/mutation/mutate.py [SLIPS] [SEED] [PART ...]` (default 20 1 and all parts).

One slip at a time is put into a copy of the package - a comparison turned round, `and` for `or`, a number moved by one, a result
negated or lost, a statement left out - and the tests of the part run against it: first those that are likely to notice, then all
that could. A mutant that no test notices survives. As many slips are drawn of each part. The seed alone decides which: they are the
same on any machine, and stay the same where the code around them changes. Two are tried at once. What became of each and the score
of each part are printed at the end, and when a signal (Ctrl-C, `timeout`) ends the run before.

`mutate.py --again LOG [PART ...]` tries the survivors of an earlier run again.

mutmut 3 copies the whole project and its settings for each run and cannot be told which tests belong to which part.
"""

from __future__ import annotations

import ast
import importlib
import multiprocessing
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count, zip_longest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/evidence"
FILES = {
    "citations": ("citations",),
    "claims": ("claims",),
    "support": ("support",),
    "rules": ("rules",),
    "checking": (
        "checking.py", "judging.py", "gists.py", "exemptions.py", "coverage.py", "standing.py", "policy.py", "baseline", "signoff",
        "plugin/__init__.py", "plugin/run.py", "plugin/watch.py", "publishing.py", "cli.py",
    ),
}  # fmt: skip
"""Checking is all that decides whether a build or a check passes: what is judged, exempted, signed, let pass, and how it ends."""
LIKELY = {
    "citations": ("test_citations.py", "test_reading.py"),
    "claims": ("test_detection.py", "test_cues.py", "test_coverage.py"),
    "support": ("test_figures.py", "test_support.py"),
    "rules": ("test_support.py", "test_checking.py"),
    "checking": ("test_checking.py",),
}
"""Of a rule, the tests that mention its code are run as well."""
NEARER = {
    "rules/figure_not_found": ("test_many_findings.py",),
    "coverage": ("test_coverage.py", "test_changes.py"),
    "standing": ("test_lock.py", "test_source_rules.py"),
    "policy": ("test_lock.py", "test_cli.py"),
    "judging": ("test_memory.py",),
    "baseline": ("test_baseline.py", "test_pull_request.py"),
    "signoff": ("test_signoff.py", "test_review_command.py", "test_in_force.py"),
    "plugin": ("test_build.py", "test_gate.py"),
    "publishing": ("test_publishing.py", "test_gate.py"),
    "cli": ("test_cli.py", "test_detect_command.py", "test_baseline.py"),
}
"""The first to be asked about files whose names begin like this."""
OTHERS = {
    "citations": ("test_inline_stage.py", "test_markup.py", "test_support.py"),
    "claims": ("test_detect_command.py", "test_languages.py", "test_support.py"),
    "support": ("test_phrases.py", "test_answers.py", "test_many_findings.py", "test_rules.py"),
    "rules": ("test_source_rules.py", "test_in_force.py", "test_rules.py"),
    "checking": (
        "test_rules.py",
        "test_coverage.py", "test_languages.py", "test_lock.py", "test_source_rules.py", "test_signoff.py", "test_in_force.py",
        "test_baseline.py",
    ),
}  # fmt: skip
HEAVY = ("hypothesis", "hypothesis.strategies", "pelican", "markdown", "jinja2", "bs4", "pygments", "yaml", "rich")
"""Read once, in the process that all the runs are forked from, where they are installed."""
NO_WARNING = "ignore::pytest.PytestAssertRewriteWarning"
PATIENCE = 60
"""How many seconds the tests of one mutant may take at least: one that does not end is noticed."""
AT_ONCE = 2
PARTS = (
    "plugins", "tests", "content", "theme", "references.bib", "references.lock.json", "pelicanconf.py", "publishconf.py",
    "README.md", "pyproject.toml", "docs", "Makefile",
)  # fmt: skip
LINE = re.compile(r"survived: (\S+?):(\d+)(?::(\d+))? (.+?) in (['\"].*['\"])$")
_BEGAN, _WRITTEN = int(time.time()), count(1)
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def mutants(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """The nodes that can be changed, each with the name of a change."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _TURNED:
            yield node, "comparison"
        elif isinstance(node, ast.BoolOp):
            yield node, "and/or"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not"
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield node, "number"
        elif isinstance(node, ast.Constant) and type(node.value) is bool:
            yield node, "truth"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            yield node, "plus/minus"
        elif isinstance(node, (ast.If, ast.IfExp)):
            yield node, "condition"
        elif isinstance(node, (ast.Continue, ast.Break, ast.AugAssign)):
            yield node, "left out"


def changed(node: ast.AST, kind: str) -> ast.AST:
    new = deepcopy(node)
    if isinstance(new, ast.Compare):
        new.ops = [_TURNED[type(new.ops[0])]()]
    elif isinstance(new, ast.BoolOp):
        new.op = ast.Or() if isinstance(new.op, ast.And) else ast.And()
    elif isinstance(new, ast.UnaryOp):
        return new.operand
    elif isinstance(new, ast.Constant):
        new.value = not new.value if kind == "truth" else new.value + 1  # type: ignore[operator]
    elif isinstance(new, ast.BinOp):
        new.op = ast.Sub() if isinstance(new.op, ast.Add) else ast.Add()
    elif isinstance(new, (ast.If, ast.IfExp)):
        new.test = ast.UnaryOp(ast.Not(), new.test)
    else:
        return ast.Pass()
    return new


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self.new, node) if node is self.old else self.generic_visit(node)


@cache
def text_of(file: Path) -> str:
    """As it was when the run began: whoever works on the code meanwhile changes nothing of it."""
    return file.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Slip:
    """One change of one place: which of its kind in the file, where, and the code as it is."""

    part: str
    file: str
    kind: str
    words: str
    nth: int
    """How many places before it in the file have the same words and could be changed in the same way."""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.kind} in {self.words[:90]!r}"

    def drawn(self, seed: int) -> bytes:
        return sha256(f"{seed} {self.file} {self.kind} {self.nth} {self.words}".encode()).digest()


def slips() -> Iterator[Slip]:
    """All that can be made."""
    for part, names in FILES.items():
        for path in (PACKAGE / name for name in names):
            for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
                seen = Counter[tuple[str, str]]()
                for node, kind in mutants(ast.parse(text_of(file))):
                    words = ast.unparse(node)
                    at = getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
                    yield Slip(part, file.relative_to(PACKAGE).as_posix(), kind, words, seen[kind, words], *at)
                    seen[kind, words] += 1


def mutant(slip: Slip) -> str:
    """The text of the file with the slip in it."""
    tree = ast.parse(text_of(PACKAGE / slip.file))
    alike = [node for node, kind in mutants(tree) if kind == slip.kind and ast.unparse(node) == slip.words]
    node = alike[slip.nth]
    return ast.unparse(ast.fix_missing_locations(_Swap(node, changed(node, slip.kind)).visit(tree)))


def survivors_of(log: Path, parts: list[str]) -> list[Slip]:
    """Those that a log names, as far as the code still has them. Where it does not tell the column, all that it may mean."""
    every, found = list(slips()), dict[Slip, None]()
    for line in log.read_text(encoding="utf-8").splitlines():
        named = LINE.fullmatch(line)
        if not named:
            continue
        file, at, column, kind, quoted = named.groups()
        words = ast.literal_eval(quoted)
        alike = [one for one in every if (one.file, one.kind, one.words[:90]) == (file, kind, words)]
        near = min((abs(one.line - int(at)) for one in alike), default=0)
        alike = [one for one in alike if abs(one.line - int(at)) == near]
        exact = [one for one in alike if column and one.column == int(column)]
        if not alike:
            print(f"gone: {line}")
        found |= dict.fromkeys(one for one in exact or alike if one.part in parts)
    return list(found)


def tests_of(slip: Slip) -> list[list[str]]:
    """What pytest is asked for: the tests that are likely to notice the slip, and then the others that could."""
    own, likely = [], list(LIKELY[slip.part])
    for start, names in NEARER.items():
        if slip.file.startswith(start):
            likely += [one for one in names if one not in likely]
    if slip.part == "rules" and (code := re.search(r'Rule\(\s*"(EV\d+)"', text_of(PACKAGE / slip.file))):
        own = [["tests/evidence/test_rules.py", "-k", code[1]]]
        every = sorted((ROOT / "tests/evidence").glob("test_*.py"))
        likely += [one.name for one in every if code[1] in one.read_text(encoding="utf-8") and one.name not in likely]
    rest = [one for one in OTHERS[slip.part] if one not in likely]
    return [*own, *([f"tests/evidence/{name}" for name in names] for names in (likely, rest) if names)]


def survives(copied: Path, tests: list[str], patience: float) -> bool:
    """Whether the tests pass, run in a process of their own. One that is still at it after so many seconds is ended."""
    child = os.fork()
    if not child:
        _run(copied, tests)
    end = time.monotonic() + patience
    try:
        while time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                child = 0
                return os.waitstatus_to_exitcode(status) in (0, int(pytest.ExitCode.NO_TESTS_COLLECTED))
            time.sleep(0.02)
        return False
    finally:
        if child:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _run(copied: Path, tests: list[str]) -> None:
    """What the forked process does; it never comes back."""
    code = 1
    try:
        os.setsid()
        unhurried()
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_DFL)
        os.chdir(copied)
        sys.path[:0] = [str(copied / "plugins"), str(copied / "tests")]
        os.environ["PYTHONPATH"] = str(copied / "plugins")
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        code = int(pytest.main(["-q", "-x", "--no-header", "-p", "no:cacheprovider", "-W", NO_WARNING, *tests]))
    finally:
        os._exit(code)


def unhurried() -> None:
    """A busy machine is no slip: no test fails for being slow, and the random texts are the same each time."""
    from hypothesis import HealthCheck, settings

    settings.register_profile(
        "unhurried", deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    settings.load_profile("unhurried")


def ended(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    given = sys.argv[1:]
    log = Path(given[1]) if given[:1] == ["--again"] else None
    given = given[2:] if log else given
    wanted = int(given.pop(0)) if given and log is None else 20
    seed = int(given.pop(0)) if given and log is None else 1
    parts = given or list(FILES)
    every = list(slips())
    print(f"{len(every)} places", dict(Counter(one.part for one in every)), flush=True)
    chosen = survivors_of(log, parts) if log else []
    if log is None:
        drawn = [
            sorted((one for one in every if one.part == part), key=lambda one: one.drawn(seed)) for part in parts
        ]
        chosen = [one for row in zip_longest(*(of_part[:wanted] for of_part in drawn)) for one in row if one]
    for name in HEAVY:
        with suppress(ImportError):
            importlib.import_module(name)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, ended)
    score = Score(parts)
    with tempfile.TemporaryDirectory() as name:
        copies: multiprocessing.SimpleQueue[Path] = multiprocessing.SimpleQueue()
        for number in range(AT_ONCE):
            copies.put(copied(Path(name) / str(number)))
        patience = {part: sound(copied(Path(name) / "sound"), part) for part in parts}
        with ProcessPoolExecutor(AT_ONCE, multiprocessing.get_context("fork"), begin, (copies,)) as pool:
            try:
                for slip, alive in pool.map(tried, ((one, patience[one.part]) for one in chosen)):
                    score.note(slip, alive)
            except KeyboardInterrupt:
                print("ended before its time")
                pool.shutdown(cancel_futures=True)
            finally:
                score.tell()


_HERE: list[Path] = []
"""The copy that a process of the pool has for itself. Processes, not threads, since one that is forked beside threads may fail by itself."""


def begin(copies: multiprocessing.SimpleQueue[Path]) -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    _HERE.append(copies.get())


class Score:
    """What came of the mutants of each part."""

    def __init__(self, parts: list[str]) -> None:
        self.parts, self.came = parts, dict[Slip, bool]()

    def note(self, slip: Slip, alive: bool) -> None:
        self.came[slip] = alive
        if alive:
            caught = len(self.came) - sum(self.came.values())
            print(f"{caught} of {len(self.came)} noticed, not {slip}", file=sys.stderr, flush=True)

    def tell(self) -> None:
        for slip, alive in sorted(self.came.items(), key=lambda one: (one[1], str(one[0]))):
            print(f"{'survived' if alive else 'noticed'}: {slip}")
        for part in [*self.parts, "all"]:
            of_part = [alive for slip, alive in self.came.items() if part in (slip.part, "all")]
            caught = of_part.count(False)
            print(
                f"{part:12} {caught:3} of {len(of_part):3} noticed: {caught / max(len(of_part), 1):.0%}", flush=True
            )


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    for one in PARTS:
        source, leave = ROOT / one, shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, folder / one, ignore=leave)
        elif source.exists():
            shutil.copy(source, folder / one)
    return folder


def sound(copy: Path, part: str) -> float:
    """Sees that all tests of a part pass without a slip, and how many seconds a mutant is given: several times as long."""
    began = time.monotonic()
    for names in (LIKELY[part], OTHERS[part]):
        if names and not survives(copy, [f"tests/evidence/{name}" for name in names], 20 * PATIENCE):
            sys.exit(f"the tests of {part} fail without any change")
    took = time.monotonic() - began
    print(f"{part}: all tests took {took:.0f} s", flush=True)
    return max(PATIENCE, 4 * took)


def tried(asked: tuple[Slip, float]) -> tuple[Slip, bool]:
    """Whether a slip survives so many seconds of each of its tests."""
    slip, patience = asked
    here = _HERE[0] / PACKAGE.relative_to(ROOT) / slip.file
    _write(here, mutant(slip))
    alive = all(survives(_HERE[0], tests, patience) for tests in tests_of(slip))
    _write(here, text_of(PACKAGE / slip.file))
    return slip, alive


def _write(path: Path, text: str) -> None:
    """Byte code is kept between the runs, so each version needs another time, of which a second counts."""
    path.write_text(text, encoding="utf-8")
    stamp = _BEGAN + next(_WRITTEN)
    os.utime(path, (stamp, stamp))


if __name__ == "__main__":
    main()
