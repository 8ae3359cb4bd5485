"""Annotations of GitHub Actions, as workflow commands on standard output.

GitHub keeps 10 errors, 10 warnings and 10 notices of a step and drops the rest without a word; so the worst come first
(of these, what is new since the revision compared with), and where there are more than 10 the tenth tells how many are not shown.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Problem, Report, Severity
from evidence.reports.problems import told, worst_first
from evidence.reports.totals import counted

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_MOST = 10


def render(report: Report) -> str:
    """One command a line; nothing if there are no problems."""
    problems = worst_first(report)
    return "".join(
        f"{line}\n" for severity in Severity for line in _level([one for one in problems if one.severity is severity])
    )


def _level(problems: list[Problem]) -> Iterator[str]:
    shown = problems if len(problems) <= _MOST else problems[: _MOST - 1]
    yield from (_annotation(problem) for problem in shown)
    if len(shown) < len(problems):
        severity = problems[0].severity
        more = counted(len(problems) - len(shown), f"more {severity.value}")
        yield f"::{_LEVELS[severity]} title=evidence::{_data(f'and {more}; the job summary lists them all')}"


def _annotation(problem: Problem) -> str:
    place = problem.place
    properties = {"file": place.path, "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:  # columns are for one line only
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = f"{problem.code} {problem.name}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[problem.severity]} {listed}::{_data(told(problem))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
