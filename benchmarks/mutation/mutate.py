"""Mutation testing: `python benchmarks/mutation/mutate.py [SECONDS] [SEED] [PART ...]` (default 300 1 and all parts).

One slip at a time is put into a copy of the package - a comparison turned round, `and` for `or`, a number moved by one, a result
negated or lost, a statement left out - and the tests of the part run against it. A mutant that no test notices survives. Places are
drawn at random, and each part is given the same time. The survivors and the score of each part are printed when the time is over,
and when a signal (Ctrl-C, `timeout`) ends the run before.

mutmut 3 copies the whole project and its settings for each run and cannot be told which tests belong to which part.
"""

from __future__ import annotations

import ast
import copy
import importlib
import itertools
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/evidence"
FILES = {
    "citations": ("citations",),
    "claims": ("claims",),
    "support": ("support",),
    "rules": ("rules",),
    "checking": ("checking.py", "judging.py", "exemptions.py"),
}
TESTS = {
    "citations": ("test_citations.py", "test_reading.py"),
    "claims": ("test_detection.py", "test_cues.py", "test_coverage.py"),
    "support": ("test_figures.py", "test_support.py"),
    "rules": ("test_rules.py", "test_support.py"),
    "checking": ("test_checking.py", "test_rules.py", "test_languages.py", "test_memory.py"),
}
"""Of a rule, the tests that mention its code are run as well."""
HEAVY = ("hypothesis", "hypothesis.strategies", "pelican", "markdown", "jinja2", "bs4", "pygments", "yaml", "rich")
"""Read once, in the process that all the runs are forked from, where they are installed."""
NO_WARNING = "ignore::pytest.PytestAssertRewriteWarning"
PATIENCE = 60
"""How many seconds the tests of one mutant may take: one that does not end is noticed."""
PARTS = (
    "plugins", "tests", "content", "theme", "references.bib", "references.lock.json", "pelicanconf.py", "publishconf.py",
    "README.md", "pyproject.toml", "docs", "Makefile",
)  # fmt: skip
_BEGAN, _WRITTEN = int(time.time()), itertools.count(1)
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
    new = copy.deepcopy(node)
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


def places() -> list[tuple[str, Path, int]]:
    found = []
    for part, names in FILES.items():
        for path in (PACKAGE / name for name in names):
            for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
                found += [(part, file, n) for n, _ in enumerate(mutants(ast.parse(text_of(file))))]
    return found


def tests_of(part: str, file: Path) -> list[str]:
    names = list(TESTS[part])
    if part == "rules" and (code := re.search(r'Rule\(\s*"(EV\d+)"', text_of(file))):
        every = sorted((ROOT / "tests/evidence").glob("test_*.py"))
        names += [one.name for one in every if code[1] in one.read_text(encoding="utf-8") and one.name not in names]
    return [f"tests/evidence/{name}" for name in names]


def survives(copied: Path, tests: list[str]) -> bool:
    """Whether the tests pass, run in a process of their own. One that is still at it after `PATIENCE` is ended."""
    child = os.fork()
    if not child:
        _run(copied, tests)
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                child = 0
                return os.waitstatus_to_exitcode(status) == 0
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


def ended(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300
    drawn = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    parts = sys.argv[3:] or list(FILES)
    every = places()
    print(f"{len(every)} places", dict(Counter(part for part, *_ in every)), flush=True)
    chosen = {part: [one for one in every if one[0] == part] for part in parts}
    for name in HEAVY:
        with suppress(ImportError):
            importlib.import_module(name)
    signal.signal(signal.SIGTERM, ended)
    score = Score(parts)
    try:
        with tempfile.TemporaryDirectory() as name:
            work(Path(name), chosen, drawn, seconds, score)
    except KeyboardInterrupt:
        print("ended before its time")
    finally:
        score.tell()


class Score:
    """What came of the mutants of each part, and the survivors in words."""

    def __init__(self, parts: list[str]) -> None:
        self.parts, self.tried, self.caught = parts, Counter[str](), Counter[str]()
        self.spent = Counter[str]()
        self.survivors: list[str] = []

    def tell(self) -> None:
        for line in sorted(self.survivors):
            print(f"survived: {line}")
        for part in self.parts:
            print(f"{part:12} {self.caught[part]:3} of {self.tried[part]:3} noticed")
        all_caught, all_tried = self.caught.total(), self.tried.total()
        print(
            f"all          {all_caught:3} of {all_tried:3} noticed: {all_caught / max(all_tried, 1):.0%}", flush=True
        )


def work(
    copied: Path, chosen: dict[str, list[tuple[str, Path, int]]], drawn: random.Random, seconds: float, score: Score
) -> None:
    for one in PARTS:
        source, leave = ROOT / one, shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, copied / one, ignore=leave)
        elif source.exists():
            shutil.copy(source, copied / one)
    for part in chosen:
        if not survives(copied, [f"tests/evidence/{name}" for name in TESTS[part]]):
            sys.exit(f"the tests of {part} fail, or take longer than {PATIENCE} s, without any change")
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(chosen.values()):
        part = min((one for one in chosen if chosen[one]), key=lambda one: score.spent[one])
        began = time.monotonic()
        _, file, number = chosen[part].pop(drawn.randrange(len(chosen[part])))
        text = text_of(file)
        tree = ast.parse(text)
        node, kind = list(mutants(tree))[number]
        new = changed(node, kind)
        here = copied / file.relative_to(ROOT)
        said = f"{file.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)} {kind} in {ast.unparse(node)[:90]!r}"
        _write(here, ast.unparse(ast.fix_missing_locations(_Swap(node, new).visit(tree))))
        alive = survives(copied, tests_of(part, file))
        _write(here, text)
        score.tried[part] += 1
        score.caught[part] += not alive
        score.spent[part] += round(1000 * (time.monotonic() - began))
        if alive:
            score.survivors.append(said)
            print(f"{score.caught.total()} of {score.tried.total()} noticed, not {said}", file=sys.stderr, flush=True)


def _write(path: Path, text: str) -> None:
    """Byte code is kept between the runs, so each version needs another time, of which a second counts."""
    path.write_text(text, encoding="utf-8")
    stamp = _BEGAN + next(_WRITTEN)
    os.utime(path, (stamp, stamp))


if __name__ == "__main__":
    main()
