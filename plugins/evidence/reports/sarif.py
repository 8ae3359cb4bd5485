"""SARIF 2.1.0 (OASIS), for code scanning: results with the rules' own pages as help.

GitHub follows an alert from run to run by `primaryLocationLineHash` alone; ours is made of claim and rule, not of the line.
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from evidence import __version__
from evidence.model import Place, Problem, Report, Rule
from evidence.reports.explanations import explanation, explanation_in_markdown, first_line
from evidence.reports.problems import fingerprints, told
from evidence.rules import RULES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
"""What SARIF would take for a link of its own in a plain message (3.11.6); our messages have none, but quote authors."""


def render(report: Report) -> str:
    """One run with all rules and one result for each problem."""
    marks = fingerprints(report)
    rules = (*RULES, *report.own_rules)
    index = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "evidence",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": "evidence/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(problem, marks[problem], index) for problem in report.problems],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": first_line(rule.doc)},
        "fullDescription": {"text": " ".join(rule.doc.split())},
        "help": {"text": explanation(rule), "markdown": explanation_in_markdown(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.scope], "precision": "high", "problem.severity": _kind(rule)},
    }


def _kind(rule: Rule) -> str:
    """GitHub's word for a rule's weight."""
    return {"note": "recommendation"}.get(rule.severity.value, rule.severity.value)


def _result(problem: Problem, mark: str, index: Mapping[str, int]) -> dict[str, Any]:
    known = {"ruleIndex": index[problem.code]} if problem.code in index else {}
    result = {
        "ruleId": problem.code,
        **known,
        "level": problem.severity.value,
        "message": {"text": _LINK.sub(r"\\[", told(problem))},
        "locations": [
            {"physicalLocation": {"artifactLocation": _file(problem.place), "region": _region(problem.place)}}
        ],
        "partialFingerprints": {"claimAndRule/v1": mark, "primaryLocationLineHash": f"{mark}:1"},
    }
    if problem.replacements:
        result["fixes"] = [_fix(problem.place, words) for words in problem.replacements]
    return result


def _file(place: Place) -> dict[str, str]:
    return {"uri": quote(place.path)}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(place: Place, words: str) -> dict[str, Any]:
    change = {"deletedRegion": _region(place), "insertedContent": {"text": words}}
    return {
        "description": {"text": f"write {words}" if words else "delete this"},
        "artifactChanges": [{"artifactLocation": _file(place), "replacements": [change]}],
    }
