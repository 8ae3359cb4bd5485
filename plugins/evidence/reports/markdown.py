"""Markdown for a job summary (`summary`) and a pull-request comment (`markdown`), in GitHub's and GitLab's dialect.

GitHub takes comments of 65,536 characters and job summaries of 1,024 kB and refuses what is longer, so both are cut: the
verdict line and the counts by rule and by file are always whole, then come the claims that are new or changed, if the run
compares, in at most half of the room, and the problems, worst first. The hidden mark in the first line lets a workflow find its comment again and update it in place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from evidence.model import Changes, Fate, Problem, Report, Severity
from evidence.reports.differences import counts, remarks
from evidence.reports.problems import told, worst_first
from evidence.reports.totals import counted, totals, verdict_line

MARK = "<!-- evidence-report -->"
_COMMENT = 59_000
_SUMMARY = 900_000
_ROWS = 50
_FATES = {Fate.KEPT: "{}", Fate.GONE: "~~{}~~", Fate.NEW: "**{}**"}
_UNCHECKED = (
    "Checked: whether claims name sources, and whether what is recorded of these sources bears them out. Not checked: "
    "whether a source is right, and whether its record is true to it. That is for a person to read."
)
# Only such words are left as they are; all else stands in code, where nothing is markup, a mention or a link.
_WORD = re.compile(r"(?P<before>[\"'“”‘’(]*)(?P<core>.*?)(?P<after>[\"'“”‘’).,;:?!…]*)", re.DOTALL)
_PLAIN = re.compile(r"[^\W_]*(?:[-'’][^\W_]+|[.,]\d+)*%?|[–—·-]")
_COMMAND = re.compile(r"(?<![^\s(])`([^`\s](?:[^`\n]*[^`\s])?)`(?=[;,.)]*(?:\s|$))")
_LINKED = re.compile(r"[0-9a-f]{7,}|GH-\d+", re.IGNORECASE)


def render(report: Report) -> str:
    """For a comment: less than 60,000 characters."""
    return _render(report, _COMMENT, len)


def render_summary(report: Report) -> str:
    """For a job summary: less than 900,000 bytes."""
    return _render(report, _SUMMARY, lambda text: len(text.encode("utf-8", "replace")))


def _render(report: Report, room: int, size: Callable[[str], int]) -> str:
    head = "\n".join(_head(report))
    left = room - size(head)
    changed = _fitting(_changes(report.changes), left // 2, size)
    left -= sum(size(item) + 1 for item in changed)
    shown = _fitting(_items(report), left, size)
    cut = _cut(worst_first(report)[sum(item.startswith("- ") for item in shown) :])
    return "\n".join([head, *changed, *_uncompared(report.changes, changed), *shown, *cut]) + "\n"


def _fitting(items: Iterable[str], room: int, size: Callable[[str], int]) -> list[str]:
    """The first items, as many as there is room for."""
    shown: list[str] = []
    for item in items:
        room -= size(item) + 1
        if room < 0:
            break
        shown.append(item)
    return shown


def _changes(changes: Changes | None) -> Iterator[str]:
    """A heading, then one line for each change, new and changed claims first: what went struck out, what came in bold."""
    if changes is None:
        return
    yield f"\n#### Claims since {_code(_short(changes.since, 100))}: {counts(changes)}\n"
    for change in changes.all:
        place = change.claim.place
        sentence = " ".join(_FATES[one.fate].format(prose(_short(one.text, 500))) for one in change.words)
        sentence = sentence or prose(_short(change.claim.sentence, 500))
        told = "; ".join(prose(_short(one, 200)) for one in remarks(change))
        where = _code(f"{place.path}:{place.line}:{place.column}")
        yield f"- **{change.kind.value}** {where} {sentence}{f' ({told})' if told else ''}"


def _uncompared(changes: Changes | None, shown: list[str]) -> list[str]:
    left = len(changes.all) - sum(item.startswith("- ") for item in shown) if changes else 0
    return (
        ["", f"… and {counted(left, 'more change')}: too many to show here; the HTML report has them all."]
        if left
        else []
    )


def _head(report: Report) -> Iterator[str]:
    yield from (MARK, f"### Evidence: {totals(report)['verdict']}", "", f"**{verdict_line(report)}**", "", _UNCHECKED)
    if not report.problems:
        return
    names = {problem.code: problem.name for problem in report.problems}
    rules = Counter((list(Severity).index(problem.severity), problem.code) for problem in report.problems)
    yield from ("", "| rule | | number |", "|---|---|---:|")
    for (severity, code), number in sorted(rules.items()):
        yield f"| {code} {names[code]} | {list(Severity)[severity].value} | {number:,} |"
    files = Counter(problem.place.path for problem in report.problems)
    yield from ("", "| file | problems |", "|---|---:|")
    yield from (f"| {_cell(_short(path, 200))} | {number:,} |" for path, number in sorted(files.items())[:_ROWS])
    if len(files) > _ROWS:
        rest = sum(number for _, number in sorted(files.items())[_ROWS:])
        yield f"| {counted(len(files) - _ROWS, 'more file')} | {rest:,} |"


def _items(report: Report) -> Iterator[str]:
    """A heading before each severity, then one line for each problem."""
    last = None
    for problem in worst_first(report):
        if problem.severity is not last:
            last = problem.severity
            number = sum(one.severity is last for one in report.problems)
            yield f"\n#### {counted(number, last.value).capitalize()}\n"
        place = problem.place
        where = _code(f"{place.path}:{place.line}:{place.column}")
        yield f"- {where} **{problem.code}** {prose(_short(told(problem), 1000))}"


def _cut(rest: Iterable[Problem]) -> list[str]:
    """What there was no room for, told by number."""
    number = Counter(problem.severity for problem in rest)
    left = [counted(number[severity], f"more {severity.value}") for severity in Severity if number[severity]]
    return ["", f"… and {', '.join(left)}: too many to show here; the JSON report has them all."] if left else []


def prose(text: str) -> str:
    """Words for people, in which nothing becomes markup, a link, or a mention that sends somebody a message."""
    pieces = _COMMAND.split(text)
    return "".join(
        _code(piece) if number % 2 else "".join(_word(part) for part in re.split(r"(\s+)", piece) if part)
        for number, piece in enumerate(pieces)
    )


def _word(part: str) -> str:
    if part.isspace():
        return " "
    found = _WORD.fullmatch(part)
    core = found["core"] if found else part
    plain = _PLAIN.fullmatch(core) and not _LINKED.fullmatch(core)
    return part if plain or not found else f"{found['before']}{_code(core)}{found['after']}"


def _code(text: str) -> str:
    """A code span; its fence is longer than any run of backticks inside."""
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _cell(text: str) -> str:
    """A code span in a table, where a bar must be escaped even in code."""
    return _code(text).replace("|", r"\|")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
