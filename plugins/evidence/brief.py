"""The check in sum: what the report for a terminal tells, worked out anew only of the files that changed.

Of every other document only its gist is read, all gists from one file; neither its tree nor its claims are, nor the library,
unless something must be judged by it. The result is that of the whole check, problem by problem (a test compares them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from evidence.checking import problems_of, problems_of_library
from evidence.crew import beforehand, processes
from evidence.gists import gist
from evidence.judging import Judged, Recall, alone, elsewhere, judged_alone, without_site, without_texts
from evidence.library.outlines import outline
from evidence.memory import code_key, key_of
from evidence.model import Brief, Case, Document, Gist, Library, Outline, Problem, Rule, Source
from evidence.progress import progress
from evidence.project import (
    Project,
    bare_case,
    content_files,
    document_of,
    library_of,
    read_ledger,
    reader,
    remembered,
    texts_of,
    words_of_theme,
)
from evidence.rules import RULES


class _Unread(Mapping[str, Source]):
    """Stands where the sources are not read, so that nobody takes them for none."""

    def __getitem__(self, key: str) -> Source:
        raise AssertionError(f"the library was not read, and {key!r} was asked for")

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the library was not read")

    def __len__(self) -> int:
        raise AssertionError("the library was not read")


_Changed = tuple[int, str, str, bytes | Document, bytes]
"""A file: its number, path and kind, its bytes, and their key."""
_Kept = dict[str, tuple[bytes, Gist]]
"""By path of a document: the key of its contents, and its gist."""


def brief(project: Project) -> Brief | None:
    """The whole site in sum. None where that takes the whole report: without a memory, with a baseline, or with sign-offs."""
    ledger = read_ledger(project)
    if not project.memory or project.policy.baseline or ledger.begun:
        return None
    key, made = library_of(project)
    library = cache(made)
    rules = (*RULES, *project.own_rules)
    case = replace(bare_case(project, ledger, True), library=Library(_Unread(), key=key))
    words, words_key = words_of_theme(project)
    recall = Recall(project.memory, project.wording, words_key)

    def full() -> Case:
        return replace(without_site(case), library=library(), settings=(*project.shown, *words()))

    def apart() -> Judged:
        return elsewhere(full, alone(rules), recall, recall.key(without_texts(case), alone(rules)))

    gists = _gists(project, case, rules, recall, library, apart)
    rest = apart()
    drawn = remembered(project.memory, "outline", key_of(code_key(), key), lambda: outline(library()))
    case = replace(case, outline=drawn)
    problems = problems_of(case, gists, rest, rules, _of_library(project, library))
    return Brief(
        problems, texts_of(project, problems, {}), _counts(gists, drawn, len(rest.claims)), project.policy.fail_on
    )


def _gists(
    project: Project,
    case: Case,
    rules: Sequence[Rule],
    recall: Recall,
    library: Callable[[], Library],
    besides: Callable[[], object],
) -> list[tuple[str, Gist]]:
    """By path in order. Those that are not remembered are made; where many are, what is to be done `besides` meanwhile."""
    singly, bare = alone(rules), without_texts(case)
    key = key_of(
        recall.key(bare, singly), project.addresses, [(rule.code, rule.name, rule.severity) for rule in rules]
    )
    known: _Kept = project.memory.recall("gists", "", key) or {}
    read = reader(project)
    found: list[tuple[str, Gist]] = []
    kept: _Kept = {}
    changed: list[_Changed] = []
    for number, (path, kind) in enumerate(content_files(project)):
        data = read(path, kind)
        name = b"" if isinstance(data, Document) else key_of(path, kind, data)
        one = known.get(path)
        if one is not None and name and one[0] == name:
            kept[path] = one
            found.append((path, one[1]))
        else:
            changed.append((number, path, kind, data, name))
    read_case = replace(bare, library=library()) if changed else bare
    part_key = recall.key_but_sources(read_case, singly) if changed else b""

    def work(one: _Changed) -> tuple[Document, Judged]:
        _, path, kind, data, _ = one
        document = document_of(data, path, kind, project.memory)
        return document, judged_alone(document, read_case, singly, project.memory, part_key)

    ahead = processes(len(changed)) > 1
    with progress("Checking", len(changed)) as tell:
        beforehand(work, changed, tell, (besides,))
        for item in changed:
            number, path, _, _, name = item
            document, part = work(item)
            apart = replace(read_case, addresses=project.addresses.of_all((document,)))
            made = gist(document, part, apart, rules)
            found.insert(number, (document.path, made))
            if name and not document.faults:
                kept[path] = name, made
            if not ahead:
                tell()
    if kept.keys() != known.keys() or changed:
        project.memory.keep("gists", "", key, kept)
    if kept.keys() != known.keys():
        for kind in ("documents", "judged"):
            project.memory.forget(kind, {path for path, _ in found} | {""})
    return found


def _of_library(
    project: Project, library: Callable[[], Library]
) -> Callable[[Case, Sequence[Rule]], tuple[Problem, ...]]:
    def problems(case: Case, rules: Sequence[Rule]) -> tuple[Problem, ...]:
        shown = [(rule.code, rule.name, rule.severity) for rule in rules]
        key = key_of(code_key(), case.library.key, case.policy, case.today, shown)
        return remembered(
            project.memory, "sources", key, lambda: problems_of_library(replace(case, library=library()), rules)
        )

    return problems


def _counts(gists: Sequence[tuple[str, Gist]], drawn: Outline, offered: int) -> dict[str, int]:
    every = [one for _, one in gists]
    cited, uncited, exempt = (sum(getattr(one, name) for one in every) for name in ("cited", "uncited", "exempt"))
    return {
        "files": len(every),
        "articles": sum(one.kind != "page" for one in every),
        "claims": cited + uncited + exempt + offered,
        "cited": cited,
        "uncited": uncited + offered,
        "exempt": exempt,
        "citations": sum(one.citations for one in every),
        "sources": drawn.sources,
    }
