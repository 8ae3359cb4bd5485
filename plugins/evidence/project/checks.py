"""A project and its documents → the report: what the build and `evidence check` both do, and so do alike."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from evidence.checking import check
from evidence.errors import UnreadableError
from evidence.folders import files_in, named, shown
from evidence.judging import Recall
from evidence.memory import code_key, key_of
from evidence.merges import FIX, left_over, merge_marks
from evidence.model import Baseline, BuiltPage, Case, Document, Ledger, Library, Meta, Problem, Report
from evidence.offers import by_topic
from evidence.progress import progress
from evidence.project.described import Project
from evidence.project.library import remembered, whole_library
from evidence.project.texts import text_of, texts_of, today, whole_text
from evidence.rules import RULES
from evidence.signoff.ledger import parse_ledger
from evidence.tongues import FOLDER as TONGUES

_AT_ONCE = 50


_LETTERS = 4_000_000
"""So many built pages are looked at together, of about so many letters."""


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
    known = {document.path: document.text for document in report.documents}
    report = replace(report, texts=texts_of(project, report.problems, known), own_rules=project.own_rules)
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


def words_of_theme(project: Project) -> tuple[Callable[[], tuple[Meta, ...]], bytes]:
    """What makes what the theme's templates put before readers, and the key of all texts that stand in no document and not in
    the library."""
    theme = project.theme
    paths = (
        [*sorted((theme / "templates").rglob("*.html")), *sorted((theme / TONGUES).glob("*.toml"))] if theme else []
    )
    texts = {shown(path, project.root): text_of(path) for path in paths}
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
    return parse_baseline(whole_text(path, project.root), project.policy.baseline)


def read_ledger(project: Project) -> Ledger:
    """Who may sign claims, and who signed what. Raises UnreadableError for a file that cannot be read at all."""
    content = project.policy.content
    people = project.root / content / "people.toml"
    folder = project.root / content / "reviews"
    files = [folder / name for name in named(folder, ".toml")]
    return parse_ledger(
        whole_text(people, project.root) if os.path.lexists(people) else None,
        {shown(file, project.root): whole_text(file, project.root) for file in files},
        project.policy.today or today(),
        content,
    )


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
