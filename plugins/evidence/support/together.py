"""One sentence on several sources: each figure is of its own source, and what "both trials found" each of them must have found.

The number of people who took part tells which source a clause is on; its results must be that source's. A figure told of a treatment that
every source having it gives to another is of that other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.model import Finding, Rests, Vocabulary
from evidence.support.agreement import agree, missing
from evidence.support.arms import CONTROL, TREATED, Groups, is_one_group, told_of_groups
from evidence.support.figures import Figure, figures

_STUDIES = r"(?:trials|studies|reviews|analyses|meta-analyses|guidelines|reports|surveys|sources|societies|papers|documents|labels)"
_EACH = re.compile(
    rf"\b(?:both|each of the|all (?:of )?(?:the |these )?(?:two|three|four)?)\s+(?:\w+ )?{_STUDIES}\b|\b(?:both|each) of (?:them|these|the (?:\w+ )?{_STUDIES})\b"
    rf"|\b(?:two|three|the two|the three)\s+(?:\w+ )?{_STUDIES}\b[^.;]{{0,40}}\b(?:found|finds?|shows?|showed|agreed?|saw|had|were|are|was|say|says|said)\b|\b{_STUDIES} agree\b",
    re.IGNORECASE,
)
_DISAGREE = re.compile(
    r"\b(?:disagree\w*|differ\w*|one of|other|whereas|while|but|respectively|together|in all|joined|mixed)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:]\s|,?\s+(?:and|but|while|whereas)\s+(?=(?:in|of|among)\s+(?:\w+ )?\d)|\.\s", re.IGNORECASE)
_PEOPLE = re.compile(r"\s?(?:people|patients|adults|women|men|children|participants)\b", re.IGNORECASE)
_SIZE = re.compile(r"people|patients|adults|women|men|children|participants", re.IGNORECASE)
_RESULTS = ("share", "count", "")


def each_must_bear_out(claim: str) -> bool:
    """True if a sentence says that each of several studies found the same."""
    return _EACH.search(claim) is not None and not _DISAGREE.search(claim)


def has_none_of(claim: str, rest: Rests) -> tuple[str, ...]:
    """The results of a claim that are told of each source, where one source has none of them."""
    told = [
        one for one in figures(claim) if one.kind in ("share", "count", "time") and not _PEOPLE.match(claim, one.end)
    ]
    texts = [text for one in rest.findings for text in (one.outcome, one.statement, one.quote)]
    absent = missing(claim, texts) if told and texts else ()
    return (
        tuple(one.words for one in told if one in absent)
        if len([o for o in told if o in absent]) == len(told)
        else ()
    )


def of_another_sample(claim: str, rests: tuple[Rests, ...]) -> tuple[str, str] | None:
    """A result that a clause tells of the people of one source and that only another source has: its words, and the key of the one."""
    if len({rest.source.key for rest in rests}) < 2:
        return None
    for clause in _CLAUSE.split(claim):
        mine = [rest for rest in rests if any(_took_part(rest, one, clause) for one in figures(clause))]
        if len({rest.source.key for rest in mine}) != 1:
            continue
        texts = list(_texts(mine))
        for one in missing(clause, texts):
            if one.kind in _RESULTS and not _PEOPLE.match(clause, one.end):
                return one.words, mine[0].source.key
    return None


def _took_part(rest: Rests, one: Figure, clause: str) -> bool:
    note = rest.source.note
    return (
        note is not None
        and note.participants == one.value
        and one.kind in ("count", "")
        and one.value > 12
        and not one.denominator
    )


def _texts(rests: Iterable[Rests]) -> Iterator[str]:
    for rest in rests:
        note = rest.source.note
        yield f"{note.participants} people" if note else ""
        for one in note.findings if note else ():
            yield from (one.outcome, one.statement, one.quote)


def of_another_group(claim: str, findings: Iterable[Finding], vocabulary: Vocabulary) -> tuple[Figure, Groups] | None:
    """A figure that a claim tells of one group, and all findings that have it of others; None if there is none."""
    ours = [pair for pair in told_of_groups(claim, vocabulary) if _treatments(pair[1]) and _is_result(pair[0])]
    if not ours:
        return None
    statements = [finding.statement for finding in findings]
    known = [pair for text in statements for pair in told_of_groups(text, vocabulary)]
    for figure, groups in ours:
        same = [frozenset(_treatments(its)) for one, its in known if agree(figure, one) and _treatments(its)]
        everywhere = sum(agree(figure, one) for text in statements for one in figures(text) if not one.interval)
        if (
            same
            and len(same) >= everywhere
            and all(is_one_group(_treatments(groups), its, vocabulary) is False for its in same)
        ):
            return figure, groups
    return None


def _treatments(groups: Groups) -> Groups:
    """The treatments of a group that are named by name: whom "the others" and "without" mean, another source may tell otherwise."""
    return frozenset(one for one in groups if one[0] == "treatment" and one[1] not in (CONTROL, TREATED))


def _is_result(figure: Figure) -> bool:
    return figure.kind in _RESULTS and not figure.interval and not _SIZE.search(figure.words)
