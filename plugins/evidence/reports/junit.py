"""JUnit XML, for the test views of CI servers: one suite per file, one case per claim.

A case fails if a problem that stops publication stands in its claim; an exempt claim is skipped, with the editor's reason; what
does not stop anything is told in `system-out`. Problems and exemptions outside claims are cases of their own, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from evidence.exemptions import extents, holding
from evidence.model import Claim, Exemption, Problem, Report, Severity
from evidence.reports.problems import claims_around, told

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 120


def render(report: Report) -> str:
    """The whole document."""
    around = claims_around(report)
    inside: dict[Claim, list[Problem]] = defaultdict(list)
    loose: dict[str, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        if problem in around:
            inside[around[problem]].append(problem)
        else:
            loose[problem.place.path].append(problem)
    claims: dict[str, list[Claim]] = {document.path: [] for document in report.documents}
    for claim in report.claims:
        claims.setdefault(claim.place.path, []).append(claim)
    documents = {document.path: document for document in report.documents}
    root = ET.Element("testsuites", name="evidence")
    for path in sorted({*claims, *loose}):
        suite = ET.SubElement(root, "testsuite", name=_legal(path))
        left = dict.fromkeys(one for one, _ in extents(documents[path])) if path in documents else {}
        for claim in claims.get(path, ()):
            held = holding(documents[path], claim.place) if path in documents else ()
            for one in held:
                left.pop(one, None)
            _claim_case(suite, claim, inside[claim], held, report.fail_on)
        for problem in loose[path]:
            name = f"{problem.code} {problem.name} {problem.place.line}:{problem.place.column}"
            _case(suite, name, [problem], report.fail_on)
        for one in left:
            case = _case(suite, f"exemption from {one.code} {one.place.line}:{one.place.column}", [], report.fail_on)
            ET.SubElement(case, "skipped", message=_why(one))
        _name_apart(suite)
        _count(suite, suite)
    _count(root, root)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _claim_case(
    suite: ET.Element, claim: Claim, problems: list[Problem], exemptions: Sequence[Exemption], fail_on: Severity
) -> None:
    case = _case(suite, f"{_short(claim.sentence)} ({claim.id})", problems, fail_on)
    why = "\n".join(map(_why, exemptions))
    if claim.status == "exempt" and case.find("failure") is None:
        case.insert(0, ET.Element("skipped", message=why or "exempt"))
    elif why:
        out = case.find("system-out")
        out = ET.SubElement(case, "system-out") if out is None else out
        out.text = "\n".join(filter(None, (out.text, why)))


def _why(one: Exemption) -> str:
    return _legal(f"exempt from {one.code}: {one.reason}")


def _case(suite: ET.Element, name: str, problems: list[Problem], fail_on: Severity) -> ET.Element:
    case = ET.SubElement(suite, "testcase", name=_legal(name), classname=suite.get("name", ""))
    order = list(Severity)
    failing = [one for one in problems if order.index(one.severity) <= order.index(fail_on)]
    if failing:
        kind = " ".join(dict.fromkeys(one.code for one in failing))
        failure = ET.SubElement(case, "failure", type=kind, message=_legal(told(failing[0])))
        failure.text = _lines(failing)
    others = [one for one in problems if one not in failing]
    if others:
        ET.SubElement(case, "system-out").text = _lines(others)
    return case


def _lines(problems: Iterable[Problem]) -> str:
    return _legal("\n".join(f"{one.place.path}:{one.place.line}:{one.place.column} {_head(one)}" for one in problems))


def _head(problem: Problem) -> str:
    kind = "" if problem.severity is Severity.ERROR else f" {problem.severity.value}:"
    return f"{problem.code}{kind} {told(problem)}"


def _name_apart(suite: ET.Element) -> None:
    """CI servers take cases of one name for one case."""
    seen: Counter[str] = Counter()
    for case in suite.iter("testcase"):
        name = case.get("name", "")
        seen[name] += 1
        if seen[name] > 1:
            case.set("name", f"{name} #{seen[name]}")


def _count(element: ET.Element, within: ET.Element) -> None:
    cases = list(within.iter("testcase"))
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
    if element.tag == "testsuite":
        element.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _legal(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)
