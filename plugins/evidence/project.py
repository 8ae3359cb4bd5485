"""A project on disk → its report: what the build and `evidence check` both do, and so do alike."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidence.checking import check
from evidence.errors import SettingsError, UnreadableError
from evidence.library import read_library
from evidence.lock import parse_lock
from evidence.model import Case, Document, Library, Policy, Report
from evidence.offers import Offer, read_offers
from evidence.policy import policy_from
from evidence.reading import read_file
from evidence.rules import RULES

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


@dataclass(frozen=True, slots=True)
class Project:
    """A project's root folder, its content folder relative to it, and what its settings ask for."""

    root: Path
    policy: Policy


def project_from(settings: Mapping[str, Any], folder: Path) -> Project:
    """The project of these settings; `folder` is where the settings file stands. Raises SettingsError."""
    path = settings.get("PATH", "content")
    if not isinstance(path, str):
        raise SettingsError('PATH must be the content folder, such as "content"')
    content = (folder / path).resolve()
    if not content.is_dir():
        raise SettingsError(f'the content folder "{path}" does not exist (setting PATH)')
    policy = replace(policy_from(settings, (rule.code for rule in RULES)), content=content.name)
    return Project(content.parent, policy)


def load_settings(path: Path) -> dict[str, Any]:
    """The upper-case names of a settings file. Raises SettingsError with the line if it cannot be run."""
    if not path.is_file():
        raise SettingsError(
            f'there is no settings file "{path}"; run this in the project\'s folder, or give --settings'
        )
    sys.path.insert(0, str(path.resolve().parent))
    try:
        names = runpy.run_path(str(path))
    except SystemExit as stop:
        raise SettingsError(f"{path.name} stopped: {stop}") from stop
    except SyntaxError as error:
        raise SettingsError(f"{path.name}:{error.lineno}: {error.msg}") from error
    except Exception as error:
        line = next((f":{frame.lineno}" for frame in reversed(_frames(error)) if frame.filename == str(path)), "")
        raise SettingsError(f"{path.name}{line}: {type(error).__name__}: {error}") from error
    finally:
        sys.path.pop(0)
    return {name: value for name, value in names.items() if name.isupper()}


def _frames(error: BaseException) -> Sequence[Any]:
    import traceback

    return traceback.extract_tb(error.__traceback__)


def content_files(project: Project) -> list[tuple[str, str]]:
    """(path, kind) of every Markdown file that may be published, in order of path."""
    content = project.root / project.policy.content
    found: dict[str, str] = {}
    for kind, folders in (("article", project.policy.articles), ("page", project.policy.pages)):
        for folder in folders:
            for path in _markdown_files(content / folder):
                found[path.relative_to(project.root).as_posix()] = kind
    return sorted(found.items())


def _markdown_files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in MARKDOWN and not path.is_dir() and not hidden:
            yield path


def chosen_files(project: Project, paths: Iterable[str], here: Path) -> list[tuple[str, str]]:
    """(path, kind) of the files and folders a person named, which may lie outside the content folder."""
    known = dict(content_files(project))
    chosen: dict[str, str] = {}
    for name in paths:
        path = (here / name).resolve()
        if not path.exists():
            raise UnreadableError(f'there is no file or folder "{name}"')
        files = [path] if path.is_file() else list(_markdown_files(path))
        if not files:
            raise UnreadableError(f'the folder "{name}" holds no Markdown file')
        for file in files:
            shown = _shown(file, project.root)
            chosen[shown] = known.get(shown, "loose")
    return sorted(chosen.items())


def _shown(path: Path, root: Path) -> str:
    """Relative to the project root, also for files beside it; an absolute path only across file systems' roots."""
    return Path(*_up(path, root)).as_posix()


def _up(path: Path, root: Path) -> tuple[str, ...]:
    parts, base = path.parts, root.resolve().parts
    common = next(
        (n for n, (a, b) in enumerate(zip(parts, base, strict=False)) if a != b), min(len(parts), len(base))
    )
    return (*[".."] * (len(base) - common), *parts[common:])


def read_documents(project: Project, files: Iterable[tuple[str, str]]) -> tuple[Document, ...]:
    """The documents of (path, kind) pairs, read from disk."""
    return tuple(read_file(project.root, path, kind) for path, kind in files)


def check_project(project: Project, documents: tuple[Document, ...], *, whole: bool = True) -> Report:
    """The report on these documents. Rules that need the whole site are left out unless it is `whole`."""
    library = whole_library(project)
    rules = [rule for rule in RULES if whole or rule.scope != "site"]
    case = Case(documents, library, project.policy, frozenset(offers(project)))
    report = check(case, rules)
    return replace(report, texts=_texts(project, report))


def whole_library(project: Project) -> Library:
    """The sources, the notes on them and what was verified of them, read from disk."""
    library = read_library(project.root, project.policy)
    path = project.root / project.policy.lock
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return library
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{project.policy.lock}: cannot be read: {error}") from error
    return replace(library, lock=parse_lock(text, project.policy.lock))


def offers(project: Project) -> dict[str, Offer]:
    """The calls to action of `ctas.toml` in the content folder, by id."""
    return read_offers(project.root, f"{project.policy.content}/ctas.toml")


def _texts(project: Project, report: Report) -> dict[str, str]:
    """The text of each file that a problem points into, so that reports can show the line."""
    known = {document.path: document.text for document in report.documents}
    wanted = sorted({problem.place.path for problem in report.problems})
    return {path: known.get(path) or _text(project.root / path) for path in wanted}


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except OSError:
        return ""
