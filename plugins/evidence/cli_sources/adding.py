"""`evidence sources add`: an identifier → an entry after the end of the bibliography, and a stub of a source note."""

from __future__ import annotations

import argparse
from typing import Any

from evidence.cli_sources.asking import client_of, project_of, save
from evidence.errors import EvidenceError
from evidence.library import parse_library
from evidence.model import Library, MarkKind
from evidence.project import Project, whole_library
from evidence.rules import incomplete_source


def run(options: argparse.Namespace) -> int:
    from evidence.registry import Trouble, identify, look_up

    project = project_of(options)
    client = client_of(options, project)
    worst, troubles = 0, 0
    for text in options.ids:
        identifier = identify(text)
        if identifier is None:
            print(f"{text}: is no DOI, PMID, PMCID, ISBN or arXiv id; nothing added")
            worst = 1
            continue
        library = whole_library(project)
        twin = _present(library, dict([identifier]))
        if twin:
            print(f"{text}: is there already as {twin}; nothing added")
            continue
        try:
            work = look_up(client, identifier)
        except Trouble as trouble:
            print(f"{text}: could not be looked up ({trouble}); nothing added")
            worst, troubles = 1, troubles + 1
            continue
        if work is None or not work.title:
            print(f"{text}: no service knows it; nothing added")
            worst = 1
            continue
        worst = max(worst, _added(project, library, work, text))
    if troubles == len(options.ids):
        raise EvidenceError("nothing could be looked up; nothing was added")
    return worst


def _present(library: Library, ids: dict[str, str]) -> str | None:
    """The key of the entry that has one of these identifiers."""
    from evidence.registry import identify

    for source in library.sources.values():
        for kind, value in ids.items():
            own = source.value("eprint" if kind == "arxiv" else kind)
            found = identify(own) if own else None
            if found and (found[0], found[1].lower()) == (kind, value.lower()):
                return source.key
    return None


def _added(project: Project, library: Library, work: Any, text: str) -> int:
    from evidence.registry.entry import appended, bibtex, design_of, key_for, lacking, note_stub

    twin = _present(library, dict(work.ids)) or _same_work(library, work)
    if twin:
        print(f"{text}: is there already as {twin}; nothing added")
        return 0
    path = project.root / project.policy.bibliography[0]
    notes = project.root / project.policy.notes
    taken = {*library.sources, *(one.key for one in library.duplicates), *(one.stem for one in notes.glob("*.toml"))}
    key = key_for(work, taken)
    before = path.read_bytes()
    after = appended(before, bibtex(work, key))
    _check_entry(project, after, key)
    save(notes / f"{key}.toml", note_stub(work, key).encode())
    save(path, after)
    missing = lacking(work, incomplete_source.NEEDED) + ([] if design_of(work.kinds) else ["design (in the note)"])
    fill = f"; fill in {', '.join(missing)}" if missing else ""
    print(f"{text}: added as {key} to {project.policy.bibliography[0]}, with {project.policy.notes}/{key}.toml{fill}")
    gone = [mark for mark in work.marks if mark.kind is MarkKind.RETRACTED]
    if gone:
        print(
            f"{text}: was retracted{f' on {gone[0].date}' if gone[0].date else ''}; do not cite it for what it found"
        )
    return 1 if gone else 0


def _same_work(library: Library, work: Any) -> str | None:
    """The key of an entry of the same title, year and first author."""
    from evidence.comparing import same_name, same_title, same_year

    for source in library.sources.values():
        names = source.creators.get("author", ())
        known = names and work.authors and same_name(names[0], work.authors[0].family)
        if known and same_title(source.value("title"), work.title) and same_year(source.value("year"), work.years):
            return source.key
    return None


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
