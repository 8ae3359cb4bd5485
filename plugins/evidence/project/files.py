"""Which files of a project are published, named, or read at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from evidence.digests import digest
from evidence.errors import SettingsError, UnreadableError
from evidence.folders import MARKDOWN as MARKDOWN
from evidence.folders import hidden, markdown_files, shown
from evidence.project.described import Project
from evidence.project.texts import absolute
from evidence.tongues import FOLDER as TONGUES


def check_folders(project: Project) -> None:
    """Raises SettingsError where a wrong folder would make pages vanish without a word."""
    policy, content = project.policy, project.root / project.policy.content
    for folder in sorted(set(policy.articles) & set(policy.pages)):
        raise SettingsError(f'"{folder}" is in ARTICLE_PATHS and in PAGE_PATHS; it must be in one of them')
    known = {path for path, _ in content_files(project)}
    if not known:
        folders = ", ".join(f"{policy.content}/{folder}".rstrip("/") for folder in (*policy.articles, *policy.pages))
        raise SettingsError(f"there is no Markdown file in {folders} (settings PATH, ARTICLE_PATHS, PAGE_PATHS)")
    missing = [folder for folder in (*policy.articles, *policy.pages) if not (content / folder).exists()]
    strays = (path for path in markdown_files(content, project.ignored) if shown(path, project.root) not in known)
    if missing and (stray := next(strays, None)):
        raise SettingsError(
            f'the folder "{policy.content}/{missing[0]}" does not exist (settings ARTICLE_PATHS and PAGE_PATHS), '
            f"so that {shown(stray, project.root)} would not be published"
        )


def content_files(project: Project) -> list[tuple[str, str]]:
    """(path, kind) of every Markdown file that may be published, in order of path."""
    content = project.root / project.policy.content
    found: dict[str, str] = {}
    for kind, folders in (("article", project.policy.articles), ("page", project.policy.pages)):
        excluded = {str(content / path) for path in project.excluded.get(kind, ())}
        for folder in folders:
            for path in markdown_files(content / folder, project.ignored, excluded):
                found[shown(path, project.root)] = kind
    return sorted(found.items())


def kinds_of(project: Project, paths: Iterable[str]) -> dict[str, str]:
    """As `content_files`, by path, for files of another version, of which only the paths are known."""
    content = project.policy.content
    found: dict[str, str] = {}
    for kind, folders in (("article", project.policy.articles), ("page", project.policy.pages)):
        excluded = {PurePosixPath(content, path) for path in project.excluded.get(kind, ())}
        for folder in (PurePosixPath(content, name) for name in folders):
            for path in (PurePosixPath(name) for name in paths):
                if path.suffix.lower() in MARKDOWN and (path == folder or folder in path.parents):
                    within = path.relative_to(folder).parts
                    left_out = any(hidden(part, project.ignored) for part in within)
                    if not left_out and not excluded.intersection(path.parents):
                        found[path.as_posix()] = kind
    return found


def chosen_files(project: Project, paths: Iterable[str], here: Path) -> list[tuple[str, str]]:
    """(path, kind) of the files and folders a person named, which may lie outside the content folder."""
    known = dict(content_files(project))
    chosen: dict[str, str] = {}
    for name in paths:
        path = absolute(here / name)
        if not path.exists():
            raise UnreadableError(f'there is no file or folder "{name}"')
        files = [str(path)] if path.is_file() else list(markdown_files(path))
        if not files:
            raise UnreadableError(f'the folder "{name}" holds no Markdown file')
        for file in files:
            names = [shown(one, project.root) for one in (file, Path(file).resolve())]
            name = next((one for one in names if one in known), names[1])
            chosen[name] = known.get(name, "loose")
    return sorted(chosen.items())


def read_from(project: Project) -> tuple[list[Path], list[Path]]:
    """The folders and the files that a check reads, and so all that it hangs on besides the settings."""
    root, policy = project.root, project.policy
    folders = [
        root / policy.content,
        root / policy.notes,
        *([project.theme / one for one in ("templates", TONGUES)] if project.theme else []),
    ]
    named = (*policy.bibliography, policy.lock, *policy.wording, *([policy.baseline] if policy.baseline else []))
    return folders, [*(root / name for name in named), root / "pelicanconf.py", root / "publishconf.py"]


def theme_files(project: Project) -> dict[str, bytes]:
    """By path, the hash of each file of the theme that holds words: its templates and its texts in other languages."""
    folders = [project.theme / one for one in ("templates", TONGUES)] if project.theme else []
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {shown(path, project.root): digest(path.read_bytes()) for path in files}
