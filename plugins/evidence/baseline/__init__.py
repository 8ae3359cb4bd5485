"""The baseline of a site that adopts the gate late: the problems it had then do not stop it, every new one does. Pure.

An entry is known by rule and claim, so that lines, files and sentences may move; where there is no claim, by rule, file and the
words the problem stands on. A problem that is let pass is a note, and says so. A baseline may only shrink.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from evidence.gists import dress
from evidence.identity import claims_around, words_at
from evidence.model import Baseline, Hit, Passed, Place, Problem, Report, Rule, Severity
from evidence.rules import baseline_size, grown_baseline, idle_baseline

NEVER = ("EV001", "EV108", "EV310", "EV311", "EV703", "EV704", "EV901", "EV902", "EV903", "EV904", "EV905")
"""What no baseline lets pass: files that cannot be read hide what else is wrong, and a reviewer's no is a no."""
_LONGEST = 80

_Key = tuple[str, str, str, str]


def may_pass(problem: Problem, fail_on: Severity) -> bool:
    """Whether a problem stops publication and a baseline might let it pass."""
    order = list(Severity)
    return order.index(problem.severity) <= order.index(fail_on) and problem.code not in NEVER


def baseline_of(report: Report, path: str) -> Baseline:
    """The baseline that lets all pass that stops the site now, as far as anything may."""
    keys = _keys(report)
    stopping = [one for one in report.problems if may_pass(one, report.fail_on)]
    number = Counter(keys[one] for one in stopping)
    about = {keys[one]: _short(one.message) for one in reversed(stopping)}
    return Baseline(path, tuple(Passed(*key, number[key], about[key]) for key in sorted(number)))


def applied(report: Report, baseline: Baseline, *, whole: bool = True) -> Report:
    """The report with what the baseline lets pass. Only a report on the whole site tells which entries are idle."""
    left = Counter({_key_of(one): one.number for one in baseline.entries})
    keys = _keys(report)
    problems = []
    for problem in report.problems:
        key = keys[problem]
        if left[key] > 0 and may_pass(problem, report.fail_on):
            left[key] -= 1
            message = f"{problem.message} (in the baseline)"
            problem = replace(problem, severity=Severity.NOTE, message=message, baselined=True)
        problems.append(problem)
    idle = tuple(replace(one, number=left[_key_of(one)]) for one in baseline.entries if left[_key_of(one)] > 0)
    found = replace(baseline, idle=idle if whole else ())
    passed = Counter(one.code for one in problems if one.baselined)
    own = [
        *((baseline_size.RULE, hit) for hit in _size(found, passed)),
        *((idle_baseline.RULE, hit) for hit in _idle(found)),
    ]
    return _with(replace(report, problems=tuple(problems), baseline=found), own)


def held_against(report: Report, before: Baseline) -> Report:
    """The report with what grew in its baseline since an earlier one."""
    known = Counter({_key_of(one): one.number for one in before.entries})
    entries = report.baseline.entries if report.baseline else ()
    grown = [one for one in entries if one.number > known[_key_of(one)]]
    if not grown or report.baseline is None:
        return report
    number = sum(one.number - known[_key_of(one)] for one in grown)
    many = f"{number:,} problems" if number > 1 else "a problem"
    what = f"the baseline lets {many} pass that it did not before, such as {grown[0].rule} {grown[0].what}"
    place = Place(report.baseline.path, grown[0].line, 1, grown[0].line, 1)
    hit = Hit(place, what, "mend or exempt it, and restore the file: a baseline may only shrink")
    return _with(report, [(grown_baseline.RULE, hit)])


def _with(report: Report, hits: list[tuple[Rule, Hit]]) -> Report:
    told = [one for rule, hit in hits if (one := dress(rule, hit, report.policy, frozenset()))]
    ordered = sorted([*report.problems, *told], key=lambda one: (one.place, one.code, one.message))
    return replace(report, problems=tuple(ordered))


def shrunk(baseline: Baseline) -> Baseline:
    """Without what is idle: the only way a baseline changes."""
    idle = Counter({_key_of(one): one.number for one in baseline.idle})
    kept = (replace(one, number=one.number - idle[_key_of(one)]) for one in baseline.entries)
    return Baseline(baseline.path, tuple(one for one in kept if one.number > 0))


def _size(baseline: Baseline, passed: Counter[str]) -> Iterator[Hit]:
    if total := passed.total():
        listed = ", ".join(f"{number:,} {code}" for code, number in sorted(passed.items()))
        what = f"the baseline lets {total:,} problem{'' if total == 1 else 's'} pass ({listed})"
        yield Hit(Place(baseline.path), what, "mend them when you can")


def _idle(baseline: Baseline) -> Iterator[Hit]:
    if not baseline.entries:
        what = "the baseline is empty: all that it let pass is mended"
        yield Hit(Place(baseline.path), what, "delete it, and the setting EVIDENCE['baseline']")
    elif baseline.idle:
        number, first = sum(one.number for one in baseline.idle), baseline.idle[0]
        many, are = (f"{number:,} problems", "are") if number > 1 else ("a problem", "is")
        what = f"the baseline names {many} that {are} no longer there, such as {first.rule} {first.what}"
        place = Place(baseline.path, first.line, 1, first.line, 1)
        yield Hit(place, what, "run `.venv/bin/evidence check --update-baseline`")


def _key_of(one: Passed) -> _Key:
    return one.rule, one.claim, one.path, one.words


def _keys(report: Report) -> dict[Problem, _Key]:
    around = claims_around(report)
    lines = {path: text.split("\n") for path, text in report.texts.items()}
    found = {}
    for one in report.problems:
        claim = one.claim or (around[one].id if one in around else "")
        words = words_at(one.place, lines.get(one.place.path, [])) or one.message
        made = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        found[one] = (one.code, claim, "", "") if claim else (one.code, "", one.place.path, made)
    return found


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
