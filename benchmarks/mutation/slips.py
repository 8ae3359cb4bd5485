"""The slips that can be made in the package: where they are, and what the code is with one of them in it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/evidence"
FILES = {
    "citations": ("citations",),
    "claims": ("claims",),
    "support": ("support",),
    "rules": ("rules",),
    "checking": (
        "checking.py", "judging.py", "gists.py", "exemptions.py", "coverage.py", "standing.py", "baseline", "signoff",
    ),
    "gate": ("plugin", "cli.py", "policy.py", "publishing.py", "host.py", "again.py"),
}  # fmt: skip
"""Checking is all that decides what is wrong with an article; the gate is all that decides what is published, and the exit code."""
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
Function = tuple[str, int]
"""The qualified name of a function of a module or class, and its first line."""


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
    block: int = 0
    """The line of the first statement of the block of a function that it is in; 0 outside of functions."""
    function: Function | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.kind} in {self.words[:90]!r}"

    def drawn(self, seed: int) -> bytes:
        return sha256(f"{seed} {self.file} {self.kind} {self.nth} {self.words}".encode()).digest()


def files() -> Iterator[tuple[str, Path]]:
    """All files in which slips are made, each with its part."""
    for part, names in FILES.items():
        for path in (PACKAGE / name for name in names):
            for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
                yield part, file


@cache
def text_of(file: Path) -> str:
    """As it was when the run began: whoever works on the code meanwhile changes nothing of it."""
    return file.read_text(encoding="utf-8")


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


def slips() -> Iterator[Slip]:
    """All that can be made."""
    for part, file in files():
        tree, seen = ast.parse(text_of(file)), Counter[tuple[str, str]]()
        places = dict(placed(tree))
        for node, kind in mutants(tree):
            words = ast.unparse(node)
            at = getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
            block, function = places.get(node, (0, None))
            name = file.relative_to(PACKAGE).as_posix()
            yield Slip(part, name, kind, words, seen[kind, words], *at, block, function)
            seen[kind, words] += 1


def mutant(slip: Slip) -> ast.Module:
    """The file with the slip in it; all else stands at its line."""
    tree = ast.parse(text_of(PACKAGE / slip.file))
    alike = [node for node, kind in mutants(tree) if kind == slip.kind and ast.unparse(node) == slip.words]
    node = alike[slip.nth]
    return ast.fix_missing_locations(_Swap(node, _changed(node, slip.kind)).visit(tree))


def _changed(node: ast.AST, kind: str) -> ast.AST:
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


# ------------------------------------------------------------------------------------------ blocks


_Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


def bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The blocks of statements directly in a statement, a handler of exceptions or a case."""
    for field in ("body", "orelse", "finalbody"):
        inside = getattr(node, field, None)
        if isinstance(inside, list) and inside and isinstance(inside[0], ast.stmt):
            yield inside


def placed(tree: ast.Module) -> Iterator[tuple[ast.AST, tuple[int, Function]]]:
    """Each node in the body of a function, with the line where its block begins and the outermost function it is in."""
    yield from _placed(tree, 0, None, "")


def _placed(
    node: ast.AST, block: int, function: Function | None, name: str
) -> Iterator[tuple[ast.AST, tuple[int, Function]]]:
    if function:
        yield node, (block, function)
    listed = {id(one): body[0].lineno for body in bodies(node) for one in body}
    inside = function
    if isinstance(node, (*_Functions, ast.ClassDef)):
        name += node.name
        if function is None and not isinstance(node, ast.ClassDef):
            inside = name, min(one.lineno for one in [node, *node.decorator_list])
        name += "."
    for child in ast.iter_child_nodes(node):
        if id(child) in listed:
            yield from _placed(child, listed[id(child)] if inside else 0, inside, name)
        else:
            yield from _placed(child, block, function, name)


def marked(tree: ast.Module, number: dict[int, int]) -> ast.Module:
    """The file, each of whose blocks in functions says that it was reached. `number` of the block that begins at a line."""
    _mark(tree, number, False)
    imported = ast.parse("from _reached_ import hits as _reached_").body
    after = next(
        at for at, one in enumerate(tree.body)
        if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        and not (isinstance(one, ast.ImportFrom) and one.module == "__future__")
    )  # fmt: skip
    tree.body[after:after] = imported
    return ast.fix_missing_locations(tree)


def _mark(node: ast.AST, number: dict[int, int], inside: bool) -> None:
    inside = inside or isinstance(node, _Functions)
    for child in ast.iter_child_nodes(node):
        _mark(child, number, inside)
    if not inside:
        return
    for body in bodies(node):
        first = body[0]
        told = isinstance(node, (*_Functions, ast.ClassDef)) and isinstance(first, ast.Expr)
        at = 1 if told and isinstance(first.value, ast.Constant) else 0
        body[at:at] = ast.parse(f"_reached_[{number[first.lineno]}] = 1").body
