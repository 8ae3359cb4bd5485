"""Markdown for a job summary (`summary`) and a pull-request comment (`markdown`), in GitHub's and GitLab's dialect.

GitHub takes comments of 65,536 characters and job summaries of 1,024 kB and refuses what is longer, so both are cut. First comes the
verdict line; then, if the run compares, in at most half of the room, the sources that are new or changed and the claims that are,
each with what it rests on; then the counts by rule and by file, always whole; then the problems, worst first, and the exemptions. The hidden mark in the first line lets a workflow find its comment again and update it in place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from evidence.model import Changes, Claim, Fate, Problem, Report, Severity, Words
from evidence.references.links import address
from evidence.reports.differences import alike, counts, remarks
from evidence.reports.exempted import Exempted, exemptions_of
from evidence.reports.problems import told, worst_first
from evidence.reports.sources_told import Rest, about, claims_to_read, findings_of, lapses, named, resting
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
_PLAIN = re.compile(r"[^\W_]*(?:[-'’][^\W_]+|[.,]\d+)*%?|[–—·=±×≥≤-]")
_COMMAND = re.compile(r"(?<![^\s(])`([^`\s](?:[^`\n]*[^`\s])?)`(?=[;,.)]*(?:\s|$))")
_SAFE = re.compile(r"https?://[A-Za-z0-9./_~:?=&%+,;()-]+")
_LINKED = re.compile(r"[0-9a-f]{7,}|GH-\d+", re.IGNORECASE)


def render(report: Report) -> str:
    """For a comment: less than 60,000 characters."""
    return _render(report, _COMMENT, len)


def render_summary(report: Report) -> str:
    """For a job summary: less than 900,000 bytes."""
    return _render(report, _SUMMARY, lambda text: len(text.encode("utf-8", "replace")))


def _render(report: Report, room: int, size: Callable[[str], int]) -> str:
    head, tables = "\n".join(_head(report)), "\n".join(_tables(report))
    left = room - size(head) - size(tables)
    changes = list(_changes(report))
    changed = _fitting([text for text, _ in changes], left // 2, size)
    left -= sum(size(item) + 1 for item in changed)
    shown = _fitting(_items(report), left, size)
    cut = _cut(worst_first(report)[sum(item.startswith("- ") for item in shown) :])
    left -= sum(size(item) + 1 for item in (*shown, *cut))
    exempted = _fitting(_exemptions(report), left - 200, size)
    uncompared = _uncompared(sum(number for _, number in changes[len(changed) :]))
    return (
        "\n".join([head, *changed, *uncompared, tables, *shown, *cut, *exempted, *_left_out(report, exempted)]) + "\n"
    )


def _is_item(text: str) -> bool:
    return text.startswith("- ")


def _fitting(items: Iterable[str], room: int, size: Callable[[str], int]) -> list[str]:
    """The first items, as many as there is room for."""
    shown: list[str] = []
    for item in items:
        room -= size(item) + 1
        if room < 0:
            break
        shown.append(item)
    return shown


def _changes(report: Report) -> Iterator[tuple[str, int]]:
    """Headings, and an item for each source, for each claim, and for claims to which the same happened: what went struck out,
    what came in bold, and what it rests on; each with the number of changes it tells."""
    if report.changes:
        yield from ((text, int(_is_item(text))) for text in _of_sources(report, report.changes))
        yield from _of_claims(report, report.changes)
        yield from ((text, 0) for text in _addresses(report))


def _of_sources(report: Report, changes: Changes) -> Iterator[str]:
    if changes.new:
        yield "\n#### New sources\n"
    for new in changes.new:
        lines = [f"- **new source** {_code(new.source.key)} {prose(_short(about(new, report), 500))}"]
        lines += [f"  - {prose(_short(one, 500))}" for one in findings_of(new.source)]
        yield "\n".join([*lines, *_claims(new.claims, "cited by", {})])
    lapsed = lapses(report)
    if changes.revised:
        yield "\n#### What is recorded of sources\n"
    for one in changes.revised:
        lines = [f"- **changed** {_code(named(one))}: {resting(one)}"]
        lines += [f"  - {prose(name)}: {_words(words)}" for name, words in one.fields]
        yield "\n".join([*lines, *_claims(one.claims, "rests on it:", lapsed)])


def _claims(claims: Iterable[Claim], how: str, lapsed: Mapping[Claim, str]) -> Iterator[str]:
    for claim in claims:
        lost = f"; {prose(lapsed[claim])}" if claim in lapsed else ""
        yield f"  - {how} {_at(claim)} {prose(_short(claim.sentence, 300))} ({_code(claim.id)}{lost})"


def _of_claims(report: Report, changes: Changes) -> Iterator[tuple[str, int]]:
    yield f"\n#### Claims since {_code(_short(changes.since, 100))}: {counts(changes)}\n", 0
    rests = claims_to_read(report)
    for together in alike(one for one in changes.all if not one.told):
        change = together[0]
        if len(together) > 1:
            told = "; ".join(prose(_short(one, 200)) for one in remarks(change))
            head = f"- **{change.kind.value}** of {len(together)} claims in {_code(change.claim.place.path)}: {told}"
            yield "\n".join([head, *(_line(one.claim) for one in together)]), len(together)
            continue
        sentence = _words(change.words) or prose(_short(change.claim.sentence, 500))
        told = "; ".join(prose(_short(one, 200)) for one in remarks(change))
        head = f"- **{change.kind.value}** {_at(change.claim)} {sentence} ({_code(change.claim.id)}{f'; {told}' if told else ''})"
        yield "\n".join([head, *(f"  - rests on {_rest(one)}" for one in rests.get(change, ()))]), 1


def _line(claim: Claim) -> str:
    where = _code(f"{claim.place.line}:{claim.place.column}")
    return f"  - {where} {prose(_short(claim.sentence, 300))} ({_code(claim.id)})"


def _addresses(report: Report) -> Iterator[str]:
    """Where each source can be read on which a claim rests that is to be read again: once for each, not below each claim."""
    named_too = [one.source.key for one in report.changes.new] if report.changes else []
    keys = sorted({*named_too, *(one.key for rests in claims_to_read(report).values() for one in rests)})
    found = [(key, address(source)) for key in keys if (source := report.library.sources.get(key))]
    if any(at for _, at in found):
        yield "\n#### Where to read these sources\n"
    yield from (f"- {_code(key)} {_link(at)}" for key, at in found if at)


def _link(address: str) -> str:
    """A link in full. What could end it, or do something else in either dialect, stands in code instead."""
    return f"<{address}>" if _SAFE.fullmatch(address) else _code(address)


def _rest(one: Rest) -> str:
    return f"{_code(f'{one.key}#{one.finding}' if one.finding else one.key)} {prose(_short(one.words, 300))}"


def _words(words: Iterable[Words]) -> str:
    return " ".join(_FATES[one.fate].format(prose(_short(one.text, 500))) for one in words)


def _at(claim: Claim) -> str:
    place = claim.place
    return _code(f"{place.path}:{place.line}:{place.column}")


def _uncompared(left: int) -> list[str]:
    return (
        ["", f"… and {counted(left, 'more change')}: too many to show here; the HTML report has them all."]
        if left
        else []
    )


def _head(report: Report) -> Iterator[str]:
    yield from (MARK, f"### Evidence: {totals(report)['verdict']}", "", f"**{verdict_line(report)}**", "", _UNCHECKED)


def _tables(report: Report) -> Iterator[str]:
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


def _exemptions(report: Report) -> Iterator[str]:
    """A heading, then one line for each exemption, with the editor's reason."""
    _, found = _exempted(report)
    if found:
        kind = "new exemption" if report.changes else "exemption"
        yield f"\n#### {counted(len(found), kind)}\n"
    for one in found:
        place = one.exemption.place
        where = _code(f"{place.path}:{place.line}:{place.column}")
        why = (
            f"exempt from **{one.exemption.code or '?'}**: {prose(_short(one.exemption.reason, 300)) or 'no reason'}"
        )
        yield f"- {where} {why} ({prose(_short(one.words, 300))})"


def _exempted(report: Report) -> tuple[list[Exempted], list[Exempted]]:
    """Those that stood before what the run compares with, which each comment would tell again, and the others."""
    found = exemptions_of(report)
    known = report.changes.exempted if report.changes else frozenset()
    return [one for one in found if one.sign in known], [one for one in found if one.sign not in known]


def _left_out(report: Report, shown: list[str]) -> Iterator[str]:
    old, found = _exempted(report)
    left = len(found) - sum(_is_item(one) for one in shown)
    if left:
        yield f"\n… and {counted(left, 'more exemption')}: too many to show here; the HTML report has them all."
    if old:
        stood = "exemption stood" if len(old) == 1 else "exemptions stood"
        yield f"\n{len(old):,} {stood} before, for the same words and the same reason; the HTML report has them all."


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
