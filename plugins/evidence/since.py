"""`evidence check --since REV`: the claims of an older revision beside those of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence.baseline import held_against
from evidence.baseline.files import parse_baseline
from evidence.changes import changes, in_order, replaced
from evidence.changes.renames import renames
from evidence.checking import with_claims
from evidence.errors import EvidenceError, UnreadableError
from evidence.gists import added
from evidence.library import parse_library
from evidence.lost_citations import hits, lost_citations
from evidence.model import (
    Case,
    Change,
    ChangeKind,
    Changes,
    Document,
    Library,
    Meta,
    Report,
    SignOff,
    SignOffs,
    SignState,
)
from evidence.offers import parse_offers
from evidence.project import Project, kinds_of
from evidence.reading import read_bytes
from evidence.reports.exempted import exempted_in
from evidence.revision import Revision, revision
from evidence.rules import lost_citation
from evidence.signoff.ledger import parse_ledger
from evidence.source_changes import new_sources, revised, with_told
from evidence.support.basis import stated


def with_changes(report: Report, project: Project, since: str, *, whole: bool = True) -> Report:
    """The report with what happened to its claims since a revision. Unless it is `whole`, of its own files only."""
    now = {document.path: document for document in report.documents}
    older = revision(project.root, since)
    then = _earlier(project, older, now)
    report = _held_against(report, project, older)
    paths = renames(
        {one.path: one.text for one in then.documents if one.path in now or not (project.root / one.path).exists()},
        {path: document.text for path, document in now.items()},
    )
    if not whole:
        own = tuple(one for one in then.documents if paths.get(one.path, one.path) in now)
        then = replace(then, documents=own)
    found = compared(report, then, since, paths)
    return found if whole or found.changes is None else replace(found, changes=_used(found.changes))


def _used(changes: Changes) -> Changes:
    """Without the sources on which nothing in the files rests that were compared: of the others nobody has asked."""
    new = tuple(one for one in changes.new if one.claims)
    return replace(changes, new=new, revised=tuple(one for one in changes.revised if one.claims))


def compared(report: Report, then: Case, since: str, renamed: Mapping[str, str]) -> Report:
    """The report with what happened since the content was as `then`. `renamed` gives the new paths of files. Pure."""
    then = with_claims(then)
    before = stated(then.claims, then.documents, then.supported, then.library)
    after = stated(report.claims, report.documents, report.supported, report.library)
    documents = (then.documents, report.documents)
    found = lost_citations(changes(before, after, renamed), before, documents, report.claims, renamed)
    found = with_lapses(replaced(found, before, after, renamed), then.signoffs, report.signoffs)
    sources = revised(then.library, report.library, after)
    told = in_order(with_told(found, sources, before, after))
    exempted = frozenset(one.sign for one in exempted_in(then.documents))
    news = Changes(since, told, new_sources(then.library, report.library, after), sources, exempted)
    lost = [(lost_citation.RULE, hit) for hit in hits(told, report.claims)]
    return added(replace(report, changes=news), lost)


def _held_against(report: Report, project: Project, older: Revision) -> Report:
    """With what grew in the baseline. Where there was none, or none that could be read, nothing grew."""
    path = project.policy.baseline
    files = older.files([path]) if path else {}
    if path not in files:
        return report
    try:
        return held_against(report, parse_baseline(_text(older.read(files)[path]), path))
    except UnreadableError:
        return report


def with_lapses(found: Sequence[Change], before: SignOffs, after: SignOffs) -> list[Change]:
    """The changes with the sign-offs that were lost, also by claims to which nothing else happened; sorted as changes are."""
    had = {(one.claim.place.path, one.claim.id): one for one in before.all if one.state is SignState.SIGNED}
    by_id = {id: one for (_, id), one in had.items()}
    holds = {(one.claim.place.path, one.claim.id) for one in after.all if one.state is SignState.SIGNED}
    known = {(one.after.place.path, one.after.id) for one in found if one.after}
    listed = []
    for change in found:
        old, new = change.before, change.after
        lost = had.get((old.place.path, old.id)) if old and new and (new.place.path, new.id) not in holds else None
        listed.append(replace(change, lapsed=_lost(lost)) if lost else change)
    for one in after.all:
        unit = (one.claim.place.path, one.claim.id)
        if unit not in known | holds and one.claim.id in by_id:
            known.add(unit)
            lost = by_id[one.claim.id]
            listed.append(Change(ChangeKind.LAPSED, lost.claim, one.claim, lapsed=_lost(lost)))
    return list(in_order(listed))


def _lost(one: SignOff) -> str:
    return f"{one.signature.person} of {one.signature.date}" if one.signature else ""


def _earlier(project: Project, older: Revision, now: Mapping[str, Document]) -> Case:
    """The content of the revision, found where today's settings say."""
    policy = project.policy
    loose = [path for path, document in now.items() if document.kind == "loose"]
    files = older.files([policy.content, policy.notes, *policy.bibliography, *loose])
    kinds = {**dict.fromkeys(loose, "loose"), **kinds_of(project, files)}
    notes = [path for path in files if path.rpartition("/")[0] == policy.notes and path.endswith(".toml")]
    vocabulary, offers = f"{policy.content}/vocabulary.toml", f"{policy.content}/ctas.toml"
    people, reviews = f"{policy.content}/people.toml", f"{policy.content}/reviews"
    ledgers = [path for path in files if path.rpartition("/")[0] == reviews and path.endswith(".toml")]
    wanted = {*kinds, *notes, *policy.bibliography, vocabulary, offers, people, *ledgers}
    data = older.read({path: name for path, name in sorted(files.items()) if path in wanted})
    texts = {path: _text(content) for path, content in data.items()}
    return Case(
        documents=tuple(
            _document(path, kind, data[path], texts[path], now)
            for path, kind in sorted(kinds.items())
            if path in data
        ),
        library=_library(texts, policy.bibliography, notes, vocabulary),
        policy=policy,
        anatomy=project.anatomy,
        offered=_offered(texts.get(offers, ""), offers),
        ledger=parse_ledger(texts.get(people), {path: texts[path] for path in ledgers}, content=policy.content),
    )


def _document(path: str, kind: str, data: bytes, text: str, now: Mapping[str, Document]) -> Document:
    """Read anew only if it differs from today's."""
    known = now.get(path)
    return known if known and known.text == text and known.kind == kind else read_bytes(data, path, kind)


def _library(texts: Mapping[str, str], bibliography: tuple[str, ...], notes: list[str], vocabulary: str) -> Library:
    return parse_library(
        {path: texts[path] for path in bibliography if path in texts},
        {path: texts[path] for path in sorted(notes)},
        {vocabulary: texts[vocabulary]} if vocabulary in texts else {},
    )


def _offered(text: str, path: str) -> tuple[Meta, ...]:
    """The words of the offers; none if the file of then could not be read, which is no fault of today's."""
    try:
        return tuple(meta for offer in parse_offers(text, path).values() for meta in offer.said)
    except EvidenceError:
        return ()


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
