"""Mutation testing: `python benchmarks/mutation/mutate.py [SECONDS] [SEED]` (default 300 1).

One slip at a time is put into a copy of the package - a comparison turned round, `and` for `or`, a number moved by one, a result
negated or lost, a statement left out - and the tests of the part run against it. A mutant that no test notices survives. Places are
drawn at random from citations, claims, the support rules and checking until the time is over; the survivors are printed.

mutmut 3 copies the whole project and its settings for each run and cannot be told which tests belong to which part.
"""

from __future__ import annotations

import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/evidence"
TESTS = {
    "citations": ["test_citations.py", "test_reading.py"],
    "claims": ["test_detection.py", "test_cues.py", "test_coverage.py"],
    "support": ["test_support.py", "test_figures.py"],
    "checking.py": ["test_checking.py", "test_rules.py"],
}
RULES = (
    "figure_not_found",
    "finds_otherwise",
    "other_treatment",
    "stronger_than_evidence",
    "no_finding",
    "contrary_source",
)
PATIENCE = 120
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


def places() -> list[tuple[str, Path, int]]:
    found = []
    for part in TESTS:
        path = PACKAGE / part
        files = sorted(path.glob("*.py")) if path.is_dir() else [path]
        if part == "support":
            files += [PACKAGE / "rules" / f"{name}.py" for name in RULES]
        for file in files:
            found += [(part, file, n) for n, _ in enumerate(mutants(ast.parse(file.read_text(encoding="utf-8"))))]
    return found


def survives(copied: Path, part: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    tests = [f"tests/evidence/{name}" for name in TESTS[part]]
    env = {**os.environ, "PYTHONPATH": str(copied / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*command, *tests], cwd=copied, env=env, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300
    drawn = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    every = places()
    print(f"{len(every)} places", {part: n for part, n in Counter(part for part, *_ in every).items()}, flush=True)
    chosen = {part: [one for one in every if one[0] == part] for part in TESTS}
    tried, caught = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        copied = Path(name)
        for one in (
            "plugins",
            "tests",
            "content",
            "theme",
            "references.bib",
            "pelicanconf.py",
            "publishconf.py",
            "README.md",
            "pyproject.toml",
        ):
            source = ROOT / one
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copied / one)
        for part in TESTS:
            if not survives(copied, part):
                sys.exit(f"the tests of {part} fail without any change")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            part = min(TESTS, key=lambda one: tried[one])
            _, file, number = chosen[part].pop(drawn.randrange(len(chosen[part])))
            text = file.read_text(encoding="utf-8")
            tree = ast.parse(text)
            node, kind = list(mutants(tree))[number]
            new = changed(node, kind)
            here = copied / file.relative_to(ROOT)
            said = f"{ast.unparse(node)[:70]!r}"
            line = getattr(node, "lineno", 0)
            here.write_text(ast.unparse(ast.fix_missing_locations(_Swap(node, new).visit(tree))), encoding="utf-8")
            alive = survives(copied, part)
            here.write_text(text, encoding="utf-8")
            tried[part] += 1
            caught[part] += not alive
            print(f"{caught.total()} of {tried.total()} noticed", end="\r", file=sys.stderr, flush=True)
            if alive:
                print(f"survived: {file.relative_to(PACKAGE)}:{line} {kind} in {said}", flush=True)
    for part in TESTS:
        print(f"{part:12} {caught[part]:3} of {tried[part]:3} noticed")
    print(
        f"all          {caught.total():3} of {tried.total():3} noticed: {caught.total() / max(tried.total(), 1):.0%}"
    )


if __name__ == "__main__":
    main()
