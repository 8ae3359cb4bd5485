"""`evidence sources add`: identifiers → entries at the end of the bibliography, and stubs of source notes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from evidence.cli_sources import asking
from evidence.comparing import same_name, same_title, same_year
from evidence.console import save, say
from evidence.errors import EvidenceError
from evidence.library import parse_library
from evidence.model import Library, MarkKind
from evidence.project import Project, whole_library
from evidence.registry import Client, Identifier, Trouble, identify, look_up
from evidence.registry.entry import appended, bibtex, design_of, key_for, lacking, note_stub
from evidence.registry.works import Work
from evidence.rules import incomplete_source


def run(options: argparse.Namespace) -> int:
    project = asking.project(options)
    client: Client | None = None
    troubles = 0
    fine = True
    for text in options.ids:
        identifier = identify(text)
        if identifier is None:
            say(f"{text}: is no DOI, PMID, PMCID, ISBN or arXiv id; nothing added\n")
            fine = False
            continue
        client = client or asking.client(options, project)  # what is no id is told whoever asks
        try:
            fine = _one(project, client, text, identifier) and fine
        except Trouble as trouble:
            say(f"{text}: could not be looked up ({trouble}); nothing added\n")
            troubles += 1
    if troubles == len(options.ids):
        raise EvidenceError("nothing could be looked up; nothing was added")
    return 0 if fine and not troubles else 1


def _one(project: Project, client: Client, text: str, identifier: Identifier) -> bool:
    """Whether the work now stands in the bibliography and may be cited. Raises Trouble."""
    library = whole_library(project)
    if twin := _present(library, [identifier]):
        return _there(text, twin)
    work = look_up(client, identifier)
    if work is None or not work.title:
        say(f"{text}: no service knows it; nothing added\n")
        return False
    if twin := _present(library, work.ids.items()) or _same_work(library, work):
        return _there(text, twin)
    say(f"{text}: {_added(project, library, work)}\n")
    gone = [mark for mark in work.marks if mark.kind is MarkKind.RETRACTED]
    if gone:
        since = f" on {gone[0].date}" if gone[0].date else ""
        say(f"{text}: was retracted{since}; do not cite it for what it found\n")
    return not gone


def _there(text: str, key: str) -> bool:
    say(f"{text}: is there already as {key}; nothing added\n")
    return True


def _present(library: Library, ids: Iterable[Identifier]) -> str | None:
    """The key of the entry that has one of these identifiers."""
    wanted = {(kind, value.lower()) for kind, value in ids}
    for source in library.sources.values():
        for kind in ("doi", "pmid", "pmcid", "isbn", "eprint"):
            found = identify(source.value(kind)) if source.value(kind) else None
            if found and (found[0], found[1].lower()) in wanted:
                return source.key
    return None


def _same_work(library: Library, work: Work) -> str | None:
    """The key of an entry of the same title, year and first author."""
    for source in library.sources.values():
        names = source.creators.get("author", ())
        known = names and work.authors and same_name(names[0], work.authors[0].family)
        if known and same_title(source.value("title"), work.title) and same_year(source.value("year"), work.years):
            return source.key
    return None


def _added(project: Project, library: Library, work: Work) -> str:
    """Write the entry and the stub; what was written, and what is still to be filled in."""
    name = project.policy.bibliography[0]
    path, notes = project.root / name, project.root / project.policy.notes
    taken = {*library.sources, *(one.key for one in library.duplicates), *(one.stem for one in notes.glob("*.toml"))}
    key = key_for(work, taken)
    after = appended(path.read_bytes(), bibtex(work, key))
    _check_entry(project, after, key)
    save(notes / f"{key}.toml", note_stub(work, key).encode())
    save(path, after)
    missing = lacking(work, incomplete_source.NEEDED)
    fill = f"; fill in {', '.join(missing)} there" if missing else ""
    design = "" if design_of(work.kinds) else "; fill in the design there"
    return f"added as {key} to {name}{fill}, with {project.policy.notes}/{key}.toml{design}"


def _check_entry(project: Project, data: bytes, key: str) -> None:
    """The new text must read as before with one entry more. Raises EvidenceError, before anything is written."""
    name = project.policy.bibliography[0]
    texts = {path: _as_read((project.root / path).read_bytes()) for path in project.policy.bibliography}
    known = {(fault.what, fault.place) for fault in parse_library(texts, {}).faults}
    read = parse_library({**texts, name: _as_read(data)}, {})
    new = [fault for fault in read.faults if (fault.what, fault.place) not in known]
    if key not in read.sources or new:
        why = new[0].what if new else "the end of the file cannot be read"
        raise EvidenceError(f"{name}: an entry after its end would not be read ({why}); mend the file first")


def _as_read(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
