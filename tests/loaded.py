"""Runs of a program in copies of a process that has loaded it: each a process of its own, begun without loading all again.

A copy has the folder, environment, arguments and outputs that it is given, and ends as `python -m PROGRAM` would. Each program has
two processes to copy, taken in turn: they begin with different seeds of hashes, so that what hangs on the order of a set differs
from one run to the next, as it would between processes that are begun anew.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import io
import json
import marshal
import os
import runpy
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import cycle
from pathlib import Path
from types import CodeType
from typing import IO, Any

LOADED: Mapping[str, Sequence[str]] = {
    "pelican": ("pelican", "evidence.plugin"),
    "evidence": ("evidence.cli",),  # without Pelican, as settings files can see
}
_LENGTH = struct.Struct("i")


_STANDARD = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}
_READ_EARLY = ("PYTHON", "LC_", "LANG", "COLUMNS", "LINES", "TERM", "NO_COLOR", "FORCE_COLOR", "TZ", "LD_")


def standard() -> dict[str, str]:
    """The environment of a run, if nothing else is asked."""
    return {**os.environ, **{name: _STANDARD[name] for name in ("NO_COLOR", "COLUMNS", "PYTHONDONTWRITEBYTECODE")}}


def _read_early(given: Mapping[str, str]) -> dict[str, str]:
    """What Python and others read of an environment while they are being loaded."""
    return {name: value for name, value in given.items() if name.startswith(_READ_EARLY)}


class _Loaded:
    """A process that has loaded a program."""

    def __init__(self, program: str) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, program, str(theirs.fileno())],
                env={**_STANDARD, "EVIDENCE_CACHE": "0"},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        atexit.register(self._end)

    def run(self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str]) -> tuple[int, str]:
        given = json.dumps([list(arguments), str(cwd), dict(env)]).encode()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            socket.send_fds(self._ours, [_LENGTH.pack(len(given))], [out.fileno(), err.fileno()])
            self._ours.sendall(given)
            answer = self._ours.recv(_LENGTH.size)
            assert answer, "the process whose copies the runs are has ended"
            return _LENGTH.unpack(answer)[0], _text(out) + _text(err)

    def _end(self) -> None:
        self._ours.close()
        self._process.wait()


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    with io.TextIOWrapper(file) as reader:  # with ends of lines as `subprocess` gives them
        return reader.read()


@cache
def _both(program: str) -> Iterator[_Loaded]:
    return cycle((_Loaded(program), _Loaded(program)))


def run_copy(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> tuple[int, str] | None:
    """The exit code of a run, and what it wrote to standard output and then to standard error; None if no copy will do, since what
    is asked for must be there while the program is being loaded."""
    program, *arguments = command
    if program not in LOADED or _read_early(env) != _read_early(_STANDARD) or sys.platform == "win32":
        return None
    return next(_both(program)).run(arguments, cwd, env)


# ------------------------------------------------------------------------------------------ in that process


def _load(program: str) -> None:
    """Import the program, and have it check a page, below all that settings and Pelican take part in, so that it has read its own
    words and patterns too."""
    import samples

    del sys.path[0], sys.modules["samples"]
    for name in LOADED[program]:
        import_module(name)
    from evidence.project import check_project, content_files, project_from, read_documents

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        texts = {
            "content/articles/a.md": samples.ARTICLE,
            "content/vocabulary.toml": samples.RICH_VOCABULARY,
            "references.bib": samples.RICH_BIB,
            **{f"content/sources/{key}.toml": text for key, text in samples.NOTES.items()},
        }
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        (root / "theme").symlink_to(Path(__file__).parents[1] / "theme")
        policy = {"bibliography": ["references.bib"], "notes": "content/sources"}
        settings = {"PATH": "content", "ARTICLE_PATHS": ["articles"], "THEME": "theme", "EVIDENCE": policy}
        project = project_from(settings, root)
        assert not project.memory
        check_project(project, read_documents(project, content_files(project)))


def _translated_once(folder: Path) -> None:
    """What Jinja makes of a template's text is kept for the runs to come: Python code, with the name of the file it is from."""
    import jinja2

    own = jinja2.Environment.compile

    def translated(env: Any, source: Any, name: Any = None, filename: Any = None, *more: Any, **given: Any) -> Any:
        if more or given or not isinstance(source, str) or filename is None:
            return own(env, source, name, filename, *more, **given)
        options = {one: value for one, value in vars(env).items() if isinstance(value, str | bool | int | None)}
        tools = [(one, getattr(tool, "__qualname__", type(tool))) for one, tool in sorted(env.filters.items())]
        known = repr((source, name, sorted(options.items()), env.code_generator_class, sorted(env.extensions), tools))
        path = folder / hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()
        if path.exists():
            return _named(marshal.loads(path.read_bytes()), filename)
        made = own(env, source, name, filename)
        path.write_bytes(marshal.dumps(made))
        return made

    jinja2.Environment.compile = translated  # type: ignore[assignment, method-assign]


def _named(code: CodeType, filename: str) -> CodeType:
    parts = tuple(_named(one, filename) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=filename, co_consts=parts)


def _asked(program: str, end: socket.socket) -> list[str]:
    """Comes back once for each run, in a copy, with the arguments; ends with the tests."""
    _load(program)
    gc.collect()
    gc.freeze()
    templates = tempfile.mkdtemp()
    while True:
        length, outputs, *_ = socket.recv_fds(end, _LENGTH.size, 2)
        if not length:
            shutil.rmtree(templates)
            sys.exit()
        data = b""
        while len(data) < _LENGTH.unpack(length)[0]:
            data += end.recv(1 << 20)
        process = os.fork()
        if not process:
            break
        for output in outputs:
            os.close(output)
        end.sendall(_LENGTH.pack(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])))
    end.close()
    arguments, cwd, env = json.loads(data)
    if program == "pelican" and env.get("EVIDENCE_CACHE") == "0":
        # Where builds are remembered, the translation is watched as well.
        _translated_once(Path(templates))
    for number, output in enumerate(outputs, 1):
        os.dup2(output, number)
        os.close(output)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.path.insert(0, cwd)
    return [program, *arguments]


if __name__ == "__main__":
    sys.argv = _asked(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
