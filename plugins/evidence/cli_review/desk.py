"""What a reviewer has before them: the claims as they stand, who they are, and the files that their signatures go into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from evidence.cli_review.surroundings import Surroundings
from evidence.console import save
from evidence.errors import EvidenceError, SettingsError
from evidence.model import (
    Claim,
    Ledger,
    Person,
    Problem,
    Report,
    Rests,
    Severity,
    Signature,
    SignOff,
    SignState,
    Stated,
)
from evidence.project import (
    Project,
    check_project,
    chosen_files,
    content_files,
    load_settings,
    project_from,
    read_documents,
    read_ledger,
    today,
)
from evidence.reports.problems import told
from evidence.signoff import authors_of, united, wrote
from evidence.signoff.records import SIGNS, ledger_path, ledger_text, signed
from evidence.support.basis import stated

_OPEN = (SignState.MISSING, SignState.LAPSED, SignState.VOID)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Case:
    """One claim of one article, how its sign-off stands, what it rests on, and what the checks say of it.

    `before` is the sentence before it in its paragraph; `reasons` say why it needs no source of its own, if it has none.
    """

    stated: Stated
    signoff: SignOff
    rests: tuple[Rests, ...]
    problems: tuple[Problem, ...] = ()
    before: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before anybody can accept the claim."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @property
    def claim(self) -> Claim:
        return self.stated.claim


class Desk:
    """The site's claims, read once. Signatures are written at once, each into the file as it is then."""

    def __init__(self, project: Project, report: Report) -> None:
        self._project, self._report = project, report
        self._authors = {one.path: authors_of(one, project.policy) for one in report.documents}
        known = stated(report.claims, report.documents, report.supported, report.library)
        states = {(one.claim.place.path, one.claim.id): one for one in report.signoffs.all}
        rests: dict[tuple[str, str], dict[tuple[str, tuple[str, ...]], Rests]] = {}
        for each in report.supported:
            own = rests.setdefault((each.claim.place.path, each.claim.id), {})
            own.update(
                {(rest.source.key, tuple(finding.id for finding in rest.findings)): rest for rest in each.rests}
            )
        around = Surroundings(report)
        self.cases = tuple(
            Case(
                one,
                states[unit],
                tuple(rests.get(unit, {}).values()),
                around.problems(one.claim),
                around.before(one.claim),
                around.reasons(one.claim),
            )
            for unit, one in united(known).items()
            if unit in states
        )
        self._homes: dict[str, set[str]] = {}
        for case in self.cases:
            self._homes.setdefault(case.claim.id, set()).add(ledger_path("", case.claim.place.path).lstrip("/"))

    @property
    def ledger(self) -> Ledger:
        """As it is on disk now."""
        return read_ledger(self._project)

    def cases_in(self, paths: Sequence[str]) -> tuple[Case, ...]:
        """The claims of these articles, or of all."""
        known = {one.path for one in self._report.documents}
        chosen = {path for path, _ in chosen_files(self._project, paths, Path.cwd())} if paths else known
        stray = sorted(chosen - known)
        if stray:
            raise SettingsError(f'"{stray[0]}" is not part of the site, so nobody needs to sign it')
        return tuple(one for one in self.cases if one.claim.place.path in chosen)

    def open_cases(self, paths: Sequence[str]) -> tuple[Case, ...]:
        """The claims whose sign-off is missing or lapsed and that have their sources, of all articles or of these."""
        return tuple(
            one for one in self.cases_in(paths) if one.signoff.state in _OPEN and one.claim.status != "uncited"
        )

    def cases_of(self, id: str) -> tuple[Case, ...]:
        """The claim with this id, once for each article it stands in. Raises SettingsError if there is none."""
        found = tuple(one for one in self.cases if one.claim.id == id)
        if not found:
            near = get_close_matches(id, [one.claim.id for one in self.cases], 1)
            hint = f'did you mean "{near[0]}"?' if near else "`evidence review` lists those to be signed"
            raise SettingsError(f'there is no claim "{id}"; {hint}')
        return found

    def signer(self, id: str) -> Person:
        """The clinician with this id. Raises SettingsError if there is none."""
        ledger = self.ledger
        found = ledger.people.get(id)
        if found is None:
            near = get_close_matches(id, list(ledger.people), 1)
            listed = ", ".join(ledger.people) or "nobody yet"
            hint = f'did you mean "{near[0]}"?' if near else f"there is {listed}"
            raise SettingsError(f'--by: there is no person "{id}" in {ledger.people_path}; {hint}')
        if found.role != SIGNS:
            raise SettingsError(f'--by: "{id}" is {found.role}; only a {SIGNS} signs claims')
        return found

    def day(self, given: str | None) -> str:
        """The day of a signature: today, or the one given. Raises SettingsError for one that is none, or is to come."""
        if given is None:
            return today()
        try:
            day = date.fromisoformat(given).isoformat() if _DAY.fullmatch(given) else ""
        except ValueError:
            day = ""
        if not day:
            raise SettingsError(f'--date is "{given}"; it must be a day such as 2026-11-25')
        if day > today():
            raise SettingsError(f"--date is {day}, which is in the future")
        return day

    def wrote(self, one: Case, person: Person) -> bool:
        """Whether the person is an author of the article."""
        return wrote(person, self._authors[one.claim.place.path])

    def may_sign(self, one: Case, person: Person, verdict: str, note: str) -> None:
        """Raises SettingsError if this would be no valid signature."""
        claim = one.claim
        if self.wrote(one, person):
            raise SettingsError(f'"{person.id}" wrote {claim.place.path}; somebody else must review it')
        if verdict == "accept" and claim.status == "uncited":
            raise SettingsError(f"claim {claim.id} names no source; it can be signed when it does")
        if verdict == "accept" and one.errors:
            first = one.errors[0]
            more = f" (and {len(one.errors) - 1} more)" if len(one.errors) > 1 else ""
            place = f"{first.place.path}:{first.place.line}:{first.place.column}"
            raise SettingsError(
                f"claim {claim.id} has an open error{more}: {place} {first.code} {told(first)}; it can be signed when that is mended"
            )
        if verdict == "reject" and not note:
            raise SettingsError('a rejection needs a reason: --note "why"')

    def sign(self, cases: Sequence[Case], person: Person, day: str, verdict: str, note: str) -> tuple[str, ...]:
        """Write signatures into the articles' files, in place of earlier ones. The paths that were written; none if any of them
        would be no valid signature."""
        for one in cases:
            self.may_sign(one, person, verdict, note)
        ledger = self.ledger
        faulty = next(iter(ledger.faults), None)
        if faulty:
            place = f"{faulty.place.path}:{faulty.place.line}:{faulty.place.column}"
            raise EvidenceError(
                f"{place}: {faulty.what}; mend this first, as nothing is written over what cannot be read"
            )
        files: dict[str, dict[str, Signature]] = {}
        for each in ledger.signatures:
            files.setdefault(each.place.path, {})[each.claim] = each
        changed: dict[str, None] = {}
        for one in cases:
            own = ledger_path(ledger.folder, one.claim.place.path)
            for path, id in self._replaced(one, files, own):
                del files[path][id]
                changed[path] = None
            files.setdefault(own, {})[one.claim.id] = signed(one.stated, person, day, verdict, note)
            changed[own] = None
        for path in changed:
            save(self._project.root / path, ledger_text(list(files[path].values())).encode())
        return tuple(changed)

    def _replaced(
        self, one: Case, files: Mapping[str, Mapping[str, Signature]], own: str
    ) -> Iterator[tuple[str, str]]:
        """By path and id, the record that the claim lapsed from, and those left in an article that the claim has moved out of."""
        id, lapsed = one.claim.id, one.signoff.signature
        if lapsed and lapsed.claim != id and lapsed.claim in files.get(lapsed.place.path, ()):
            yield lapsed.place.path, lapsed.claim
        for path, known in files.items():
            if id in known and path != own and path.rpartition("/")[2] not in self._homes[id]:
                yield path, id


def open_desk(settings: str) -> Desk:
    """The desk of the project with these settings: the whole site, checked."""
    path = Path(settings)
    project = project_from(load_settings(path), path.resolve().parent)
    return Desk(project, check_project(project, read_documents(project, content_files(project))))
