"""The report for people in a terminal: each problem with its line, a caret and the repair, then one line in sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from unicodedata import combining, east_asian_width

from evidence.changes.words import marked as marked_words
from evidence.console import visible
from evidence.console import wants_colour as wants_colour
from evidence.model import Brief, Changes, Claim, Problem, Report, Severity
from evidence.reports.differences import alike, counts, marked, remarks
from evidence.reports.sources_told import about, findings_of, lapses, named, resting
from evidence.reports.totals import brief_totals, counted, extras, totals

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_VERDICTS = {"blocked": "1;31", "review": "1;33", "cleared": "1;32"}
_WIDTH = 100


def render(report: Report, *, colour: bool = False) -> str:
    """The whole text, ending in a line end."""
    shown = _problems(report.problems, report.texts, colour)
    return "\n".join([*shown, *_changes(report, colour), summary(report, colour=colour)]) + "\n"


def render_brief(brief: Brief, *, colour: bool = False) -> str:
    """The same text, of a report in sum."""
    line = _in_sum(brief_totals(brief), brief.counts["files"], [], brief.failed, colour)
    shown = _problems(brief.problems, brief.texts, colour)
    return "\n".join([*shown, line]) + "\n"


def _problems(problems: Iterable[Problem], texts: Mapping[str, str], colour: bool) -> Iterator[str]:
    lines = {path: text.split("\n") for path, text in texts.items()}
    for problem in problems:
        yield _problem(problem, lines.get(problem.place.path, ()), colour)


def _changes(report: Report, colour: bool) -> Iterator[str]:
    """One line in sum, the sources that are new or changed, then one line for each change of a claim that is not told with
    these, or for claims of one file to which the same happened, with what went in `[-…-]` and what came in `{+…+}`."""
    changes = report.changes
    if changes is None:
        return
    yield _paint(f"claims since {visible(changes.since)}: {counts(changes)}", "1", colour)
    yield from (visible(line) for line in _sources(report, changes))
    for together in alike(one for one in changes.all if not one.told):
        change = together[0]
        remark = "".join(f"\n  = {visible(one)}" for one in remarks(change))
        if len(together) > 1:
            path = visible(change.claim.place.path)
            claims = "".join(f"\n  - {visible(f'{_at(one.claim)} {one.claim.sentence}')}" for one in together)
            yield f"{path} {change.kind.value} of {len(together)} claims{remark}{claims}"
        else:
            yield f"{visible(_at(change.claim))} {change.kind.value}: {visible(marked(change))}{remark}"


def _sources(report: Report, changes: Changes) -> Iterator[str]:
    lapsed = lapses(report)
    for new in changes.new:
        yield f"new source {new.source.key}: {about(new, report)}"
        yield from (f"  - {one}" for one in findings_of(new.source))
    for one in changes.revised:
        yield f"source changed: {named(one)}; {resting(one)}"
        yield from (f"  {name}: {marked_words(words)}" for name, words in one.fields)
        for claim in one.claims:
            lost = f" ({lapsed[claim]})" if claim in lapsed else ""
            yield f"  = {_at(claim)} {claim.sentence}{lost}"


def _at(claim: Claim) -> str:
    place = claim.place
    return f"{place.path}:{place.line}:{place.column}"


def summary(report: Report, *, colour: bool = False) -> str:
    """One line: how many problems, what was looked at, and what follows from it."""
    return _in_sum(totals(report), len(report.documents), extras(report), report.failed, colour)


def _in_sum(sums: Mapping[str, Any], files: int, more: Iterable[str], failed: bool, colour: bool) -> str:
    problems = ", ".join(counted(sums[f"{severity}s"], severity) for severity in list(Severity)[:2])
    notes = f", {counted(sums['notes'], 'note')}" if sums["notes"] else ""
    looked = (
        f"{counted(files, 'file')}, {counted(sums['claims'], 'claim')} "
        f"({sums['uncited']} uncited, {sums['exempt']} exempt), {counted(sums['citations'], 'citation')}, "
        f"{counted(sums['sources'], 'source')}{''.join(f' · {one}' for one in more)}"
    )
    verdict = _paint(sums["verdict"], _VERDICTS[sums["verdict"]], colour)
    return f"{problems}{notes} · {looked} · {verdict}{': nothing is published' if failed else ''}"


def _problem(problem: Problem, lines: Sequence[str], colour: bool) -> str:
    place = problem.place
    where = _paint(visible(f"{place.path}:{place.line}:{place.column}"), "1", colour)
    code = _paint(problem.code, _COLOURS[problem.severity], colour)
    kind = "" if problem.severity is Severity.ERROR else f" {problem.severity.value}:"
    fix = f"; {problem.fix}" if problem.fix else ""
    head = f"{where} {code}{kind} {visible(f'{problem.message}{fix}')}"
    return "\n".join([head, *_excerpt(problem, lines, colour)])


def _excerpt(problem: Problem, lines: Sequence[str], colour: bool) -> list[str]:
    """The offending line, cut to a readable width around the place, and a caret line under it."""
    place = problem.place
    if not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
        return []
    line = lines[place.line - 1].replace("\t", " ")
    start = min(place.column - 1, len(line))
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    left = max(0, start - 30) if len(line) > _WIDTH else 0
    cut = line[left : left + _WIDTH]
    before, after = "… " if left else "", " …" if left + _WIDTH < len(line) else ""
    under = " " * (len(before) + _columns(line[left:start]))
    carets = "^" * max(1, _columns(line[start : min(end, left + _WIDTH)]))
    painted = _paint(carets, _COLOURS[problem.severity], colour)
    return [f"  | {before}{visible(cut)}{after}", f"  | {under}{painted}"]


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes: some characters take two, accents of their own take none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
