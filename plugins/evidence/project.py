"""A project on disk → its report: what the build and `evidence check` both do, and so do alike."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from evidence.addresses import Addresses, addresses_from
from evidence.anatomy import read_anatomy, standard
from evidence.checking import CLAIM_KINDS, check
from evidence.crew import beforehand, processes, shared
from evidence.digests import digest
from evidence.errors import SettingsError, UnreadableError
from evidence.folded import folded
from evidence.folders import MARKDOWN as MARKDOWN
from evidence.folders import files_in, hidden, markdown_files, named, shown
from evidence.glossary import Term, read_glossary
from evidence.hiding import may_hide
from evidence.host import check_host
from evidence.judging import Recall
from evidence.library import parse_library, read_texts
from evidence.lock import parse_lock
from evidence.memory import NOTHING, Memory, code_key, key_of, memory
from evidence.merges import FIX, left_over, merge_marks
from evidence.model import (
    Anatomy,
    Baseline,
    BuiltPage,
    Case,
    Document,
    Fault,
    Ledger,
    Library,
    Meta,
    Place,
    Policy,
    Problem,
    Report,
    Rule,
)
from evidence.offers import Offer, by_topic, read_offers
from evidence.ordinary import leads_out, read_ordinary
from evidence.policy import policy_from, wording_files
from evidence.progress import progress
from evidence.reading import bytes_of, is_remembered, read_remembered
from evidence.rules import RULES
from evidence.rules.wording import rules_of
from evidence.settings_file import load_settings as load_settings
from evidence.signoff.ledger import parse_ledger
from evidence.tongues import FOLDER as TONGUES
from evidence.tongues import Tongue, tongues
from evidence.wording import own_entries

_BUILT_IN = ("simple", "notmyidea")
_AT_ONCE = 50
_LETTERS = 4_000_000
"""So many built pages are looked at together, of about so many letters."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Project:
    """A project's root folder, what its settings ask for, and what a page may ask for.

    `ignored` are patterns of file names and `excluded` folders of the content, by kind, that are not published.
    """

    root: Path
    policy: Policy
    offers: Mapping[str, Offer] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    excluded: Mapping[str, frozenset[str]] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    templates: frozenset[str] = frozenset()
    theme: Path | None = None
    glossary: tuple[Term, ...] = ()
    own_rules: tuple[Rule, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)
    """The texts, by path, that `own_rules` were made of."""
    anatomy: Anatomy = field(default_factory=Anatomy)
    shown: tuple[Meta, ...] = ()
    """The texts of the settings that readers see."""
    clinic: Mapping[str, Meta] = field(default_factory=dict)
    memory: Memory = NOTHING
    tongues: Mapping[str, Tongue] = field(default_factory=dict)
    """The theme's own words in other languages."""


def project_from(settings: Mapping[str, Any], folder: Path) -> Project:
    """The project of these settings; `folder` is where the settings file stands. Raises SettingsError."""
    check_host(settings)
    path = settings.get("PATH", "content")
    content = _absolute(folder / path)
    if not content.is_dir():
        raise SettingsError(f'the content folder "{path}" does not exist (setting PATH)')
    theme = settings.get("THEME")
    if theme and theme not in _BUILT_IN and not (folder / theme).is_dir():
        raise SettingsError(f'the theme "{theme}" does not exist (setting THEME)')
    wording = {path: _read_text(content.parent, path, "EVIDENCE['wording']") for path in wording_files(settings)}
    own_rules = rules_of(own_entries(wording, ((rule.code, rule.name) for rule in RULES)))
    policy = replace(
        policy_from(settings, (rule.code for rule in (*RULES, *own_rules)), CLAIM_KINDS), content=content.name
    )
    _check_files(content.parent, policy)
    offers = read_offers(content.parent, f"{content.name}/ctas.toml")
    if (offers or "cta" in settings.get("EVIDENCE", {})) and policy.cta not in {*offers, "none"}:
        raise SettingsError(
            f"EVIDENCE['cta'] is \"{policy.cta}\", which is not in {content.name}/ctas.toml"
            f"{_near(policy.cta, [*offers, 'none'])}"
        )
    project = Project(
        root=content.parent,
        policy=policy,
        offers=offers,
        ignored=tuple(settings.get("IGNORE_FILES") or ()),
        excluded=_excluded(settings),
        addresses=addresses_from(settings),
        templates=_templates(folder / str(theme)) if theme else frozenset(),
        theme=_absolute(folder / str(theme)) if theme and theme not in _BUILT_IN else None,
        glossary=read_glossary(content.parent, f"{content.name}/glossary.toml"),
        own_rules=own_rules,
        wording=wording,
        anatomy=_anatomy(content.parent, f"{content.name}/anatomy.toml"),
        shown=_shown_settings(settings, folder),
        clinic=_clinic(settings, folder),
        memory=NOTHING if settings.get("EVIDENCE", {}).get("publish") else memory(content.parent),
        tongues=_tongues(_absolute(folder / str(theme)), content.parent) if theme and theme not in _BUILT_IN else {},
    )
    _check_folders(project)
    return project


def _check_files(root: Path, policy: Policy) -> None:
    chosen = {"bibliography": policy.bibliography, "lock": (policy.lock,), "baseline": (policy.baseline,)}
    for key, paths in chosen.items():
        for path in paths:
            if path and (root / path).is_dir():
                raise SettingsError(
                    f"{path}: cannot be read: EVIDENCE['{key}'] must name a file, and this is a folder"
                )


def _anatomy(root: Path, path: str) -> Anatomy:
    """What pages are made of: the site's own file, or else the package's."""
    return read_anatomy(path, _read_text(root, path, path)) if os.path.lexists(root / path) else standard()


def _read_text(root: Path, path: str, setting: str) -> str:
    try:
        return read_ordinary(root / path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{path}: cannot be read ({setting}): {getattr(error, 'strerror', None) or error}"
        ) from error


_SHOWN = ("SITENAME", "SITESUBTITLE", "SITE_DESCRIPTION")
_OF_CLINIC = ("name", "booking_url", "phone")


def _shown_settings(settings: Mapping[str, Any], folder: Path) -> tuple[Meta, ...]:
    clinic = settings.get("CLINIC")
    texts = {name: settings.get(name) for name in _SHOWN}
    texts |= (
        {f"CLINIC[{name!r}]": clinic.get(name) for name in ("name", "interest")}
        if isinstance(clinic, Mapping)
        else {}
    )
    return tuple(_setting(name, value, folder) for name, value in texts.items() if isinstance(value, str) and value)


def _clinic(settings: Mapping[str, Any], folder: Path) -> dict[str, Meta]:
    clinic = settings.get("CLINIC")
    if not isinstance(clinic, Mapping):
        return {}
    return {name: _setting(name, clinic[name], folder) for name in _OF_CLINIC if isinstance(clinic.get(name), str)}


def _setting(name: str, value: str, folder: Path) -> Meta:
    """A setting with the place of its value in the settings file, as far as it stands there word for word."""
    for file in ("publishconf.py", "pelicanconf.py"):
        text = (folder / file).read_text("utf-8", "replace") if (folder / file).is_file() else ""
        at = text.find(value) if value else -1
        if at >= 0:
            line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
            return Meta(name, value, Place(file, line, column, line, column + len(value.split("\n")[0])))
    return Meta(name, value, Place("pelicanconf.py"))


def _absolute(path: Path) -> Path:
    """Without following links: a linked file has the place and the name that the editor gave it."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _near(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, 1)
    return f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(known)}"


def _tongues(theme: Path, root: Path) -> dict[str, Tongue]:
    return tongues({shown(path, root): _text(path) for path in sorted((theme / TONGUES).glob("*.toml"))})


def _templates(theme: Path) -> frozenset[str]:
    return frozenset(path.stem for path in (theme / "templates").glob("*.html"))


def _excluded(settings: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """As in Pelican, what is excluded by a setting, and the folders of the other kind."""
    return {
        kind: frozenset(
            os.path.normpath(path)
            for path in (*(settings.get(f"{name}_EXCLUDES") or ()), *(settings.get(f"{other}_PATHS") or ()))
        )
        for kind, name, other in (("article", "ARTICLE", "PAGE"), ("page", "PAGE", "ARTICLE"))
    }


def _check_folders(project: Project) -> None:
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
        path = _absolute(here / name)
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


def read_documents(project: Project, files: Iterable[tuple[str, str]]) -> tuple[Document, ...]:
    """The documents of (path, kind) pairs, read from disk."""
    read = reader(project)
    found = [(path, kind, read(path, kind)) for path, kind in files]
    with shared(project.memory, len(found)) as memory:

        def work(one: tuple[str, str, bytes | Document]) -> Document:
            path, kind, data = one
            return document_of(data, path, kind, memory)

        number, documents = len(found), []
        left = [one for one in found if not _is_read(*one, memory)] if processes(number) > 1 else []
        ahead = processes(len(left)) > 1
        with progress("Reading", len(left) if ahead else number) as tell:
            beforehand(work, left, tell)
            left.clear()
            found.reverse()
            while found:
                documents.append(folded(work(found.pop()), number))
                if not ahead:
                    tell()
        return tuple(documents)


def _is_read(path: str, kind: str, data: bytes | Document, memory: Memory) -> bool:
    return isinstance(data, Document) or is_remembered(data, path, kind, memory)


def document_of(found: bytes | Document, path: str, kind: str, memory: Memory) -> Document:
    """The document that a reader found, or that its bytes are, with the citations in it that no reader would see."""
    document = found if isinstance(found, Document) else read_remembered(found, path, kind, memory)
    if not may_hide(document):
        return document
    from evidence.taking_out import unshown  # Markdown takes long to start, and few documents need it again

    return replace(document, unshown=unshown(document))


def reader(project: Project) -> Callable[[str, str], bytes | Document]:
    """What reads the bytes of (path, kind) for one run; for what is no file to be read, it gives a document that says so."""
    root, content = project.root, project.root / project.policy.content
    outside: dict[str, bool] = {}

    def read(path: str, kind: str) -> bytes | Document:
        full = os.path.join(root, path)  # noqa: PTH118 - a thousand times, and a Path takes longer than the file
        try:
            ordinary = stat.S_ISREG(os.lstat(full).st_mode)
        except (OSError, ValueError):
            ordinary = False
        if not ordinary or not path.isprintable():
            return _strange(root, project.policy.content, path, kind)
        folder = os.path.dirname(full)  # noqa: PTH120
        if folder not in outside:
            outside[folder] = leads_out(Path(folder), root, content)
        if kind != "loose" and outside[folder]:
            return _strange(root, project.policy.content, path, kind)
        return bytes_of(root, path, kind)

    return read


def _strange(root: Path, content: str, path: str, kind: str) -> bytes | Document:
    """Of what is no plain file in a folder of the project."""
    if not path.isprintable():
        readable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)
        what = "the file's name has characters that cannot be shown"
        return _unread(readable, kind, what, "rename it, with letters, digits and hyphens only")
    if (root / path).exists() and not (root / path).is_file():
        return _unread(path, kind, "this is not an ordinary file", "delete it, or put a Markdown file in its place")
    if kind != "loose" and leads_out(root / path, root, root / content):
        what = "this is a link to a file outside the project, which could change without a word"
        return _unread(path, kind, what, "put a copy of the file in its place")
    return bytes_of(root, path, kind)


def _unread(path: str, kind: str, what: str, fix: str) -> Document:
    return Document(path, "", kind, {}, "", (), faults=(Fault("EV001", Place(path), what, fix),))


def check_project(
    project: Project, documents: tuple[Document, ...], *, whole: bool = True, baseline: bool = True
) -> Report:
    """The report on these documents, after its `baseline`. Rules that need the whole site are left out unless it is `whole`."""
    ledger = read_ledger(project)
    rules = [rule for rule in (*RULES, *project.own_rules) if whole or rule.scope != "site"]
    case = replace(bare_case(project, ledger, whole), documents=documents, library=whole_library(project))
    words, key = words_of_theme(project)
    case = replace(case, addresses=project.addresses.of_all(documents), settings=(*project.shown, *words()))
    with progress("Checking", len(documents)) as tell:
        report = check(case, rules, recall=Recall(project.memory, project.wording, key, tell))
    report = replace(report, texts=_texts(project, report), own_rules=project.own_rules)
    if not baseline or not project.policy.baseline:
        return report
    from evidence.baseline import applied  # few sites have one

    return applied(report, read_baseline(project), whole=whole)


def bare_case(project: Project, ledger: Ledger, whole: bool) -> Case:
    """The case of a project without its documents, their addresses, the library, and the texts of the settings."""
    return Case(
        documents=(),
        library=Library({}),
        policy=project.policy,
        offers=frozenset(project.offers),
        offered=(
            *(meta for offer in project.offers.values() for meta in offer.said),
            *(meta for term in project.glossary for meta in term.said),
        ),
        templates=project.templates,
        files=frozenset(
            shown(path, project.root) for path in files_in(project.root / project.policy.content, project.ignored)
        ),
        own_addresses=project.addresses.own,
        clinic=project.clinic,
        topics=by_topic(project.offers),
        anatomy=project.anatomy,
        ledger=ledger,
        people=frozenset(person.name for person in ledger.people.values()),
        whole=whole,
    )


def theme_files(project: Project) -> dict[str, bytes]:
    """By path, the hash of each file of the theme that holds words: its templates and its texts in other languages."""
    folders = [project.theme / one for one in ("templates", TONGUES)] if project.theme else []
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {shown(path, project.root): digest(path.read_bytes()) for path in files}


def words_of_theme(project: Project) -> tuple[Callable[[], tuple[Meta, ...]], bytes]:
    """What makes what the theme's templates put before readers, and the key of all texts that stand in no document and not in
    the library."""
    theme = project.theme
    paths = (
        [*sorted((theme / "templates").rglob("*.html")), *sorted((theme / TONGUES).glob("*.toml"))] if theme else []
    )
    texts = {shown(path, project.root): _text(path) for path in paths}
    for path, text in texts.items():
        if marks := merge_marks(text):
            line = text.count("\n", 0, marks[0].start()) + 1
            raise UnreadableError(f"{path}:{line}: {left_over(marks[0])}; {FIX}")
    key = key_of(code_key(), texts) if project.memory else b""

    def words() -> tuple[Meta, ...]:
        from evidence.theme_words import theme_words  # the templates' own reader takes long to start

        return remembered(project.memory, "theme", key, lambda: theme_words(texts))

    if not project.memory:
        return words, b""
    return words, key_of(
        key,
        project.shown,
        [offer.said for offer in project.offers.values()],
        [term.said for term in project.glossary],
    )


def read_baseline(project: Project) -> Baseline:
    """The site's baseline. Raises UnreadableError if there is no such file, or if it is not as it was written."""
    from evidence.baseline.files import parse_baseline

    path = project.root / project.policy.baseline
    if not path.exists():
        raise UnreadableError(
            f"there is no file \"{project.policy.baseline}\" (setting EVIDENCE['baseline']); "
            "make it once with `evidence check --create-baseline`"
        )
    return parse_baseline(_whole_text(path, project.root), project.policy.baseline)


def built_problems(project: Project, pages: Iterable[BuiltPage]) -> tuple[Problem, ...]:
    """What is wrong with pages as they were written."""
    rules = [rule for rule in RULES if rule.language == "html"]
    case = Case((), Library({}), project.policy, clinic=project.clinic)
    found: list[Problem] = []
    for some in _some_at_once(pages):
        found += check(replace(case, built=some), rules).problems
    return tuple(found)


def _some_at_once(pages: Iterable[BuiltPage]) -> Iterator[tuple[BuiltPage, ...]]:
    """All together may be more than fits into memory."""
    some: list[BuiltPage] = []
    for page in pages:
        some.append(page)
        if len(some) == _AT_ONCE or sum(len(one.html) for one in some) > _LETTERS:
            yield tuple(some)
            some.clear()
    if some:
        yield tuple(some)


def whole_library(project: Project) -> Library:
    """The sources, the notes on them and what was verified of them, read from disk."""
    return library_of(project)[1]()


def library_of(project: Project) -> tuple[bytes, Callable[[], Library]]:
    """The key of the library as it is on disk now, and what makes it of the texts that were read."""
    texts = read_texts(project.root, project.policy)
    lock = _lock_text(project)
    own = key_of(code_key(), texts) if project.memory else b""
    key = key_of(own, lock) if project.memory and lock is not None else own

    def library() -> Library:
        known = remembered(
            project.memory,
            "library",
            own,
            lambda: parse_library(texts.bibliographies, texts.notes, texts.terms, project.memory),
        )
        parsed = None if lock is None else parse_lock(lock, project.policy.lock)
        return replace(known, lock=parsed, key=key, recall=recall)

    def recall(name: str, make: Callable[[Any], Any], renewing: bool) -> Any:
        if not renewing:
            return remembered(project.memory, name, own, lambda: make(None))
        same = key_of(code_key(), texts.terms or texts.notes)
        before = project.memory.recall(name, "", same)
        made = make(before)
        if made != before:
            project.memory.keep(name, "", same, made)
        return made

    return key, library


def remembered(memory: Memory, kind: str, key: bytes, make: Callable[[], Made]) -> Made:
    """What was made before under the key, or else is made now."""
    known: Made | None = memory.recall(kind, "", key)
    if known is None:
        known = make()
        memory.keep(kind, "", key, known)
    return known


def _lock_text(project: Project) -> str | None:
    try:
        return read_ordinary(project.root / project.policy.lock).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{project.policy.lock}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error


def read_ledger(project: Project) -> Ledger:
    """Who may sign claims, and who signed what. Raises UnreadableError for a file that cannot be read at all."""
    content = project.policy.content
    people = project.root / content / "people.toml"
    folder = project.root / content / "reviews"
    files = [folder / name for name in named(folder, ".toml")]
    return parse_ledger(
        _whole_text(people, project.root) if os.path.lexists(people) else None,
        {shown(file, project.root): _whole_text(file, project.root) for file in files},
        project.policy.today or today(),
        content,
    )


def today() -> str:
    """The day of the run. Only a sign-off dated in the future is held against it, so reports do not differ by day."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(given or time.time()), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(f'SOURCE_DATE_EPOCH is "{given}", which is no moment in seconds since 1970') from error


def _whole_text(path: Path, root: Path) -> str:
    try:
        return read_ordinary(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{shown(path, root)}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error


def _texts(project: Project, report: Report) -> dict[str, str]:
    """The text of each file that a problem points into, so that reports can show the line."""
    known = {document.path: document.text for document in report.documents}
    return texts_of(project, report.problems, known)


def texts_of(project: Project, problems: Iterable[Problem], known: Mapping[str, str]) -> dict[str, str]:
    """By path the text of each file that a problem points into: one that is `known`, or else as it is on disk."""
    wanted = sorted({problem.place.path for problem in problems})
    return {path: known.get(path) or _text(project.root / path) for path in wanted}


def _text(path: Path) -> str:
    if not path.is_file():
        return ""  # a pipe would be waited for without end
    try:
        return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except OSError:
        return ""
