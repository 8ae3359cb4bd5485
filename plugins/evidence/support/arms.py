"""Which group a figure belongs to: "4.5 points with fluids and 5.1 without". Two figures exchanged are a false sentence.

A figure belongs to the group that the words behind it name, up to the next figure of its kind; in a sentence that names
the group first ("With fluids, pain fell 4.5 points"), to the one before it. Groups are treatments and people of the
vocabulary, doses, and `control` for those who did not get what was tested. What the words leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from evidence.model import Vocabulary
from evidence.support.agreement import agree
from evidence.support.bracketed import group_behind, opened, pairs_in_brackets
from evidence.support.figures import Figure, figures
from evidence.support.terms import PLACES
from evidence.vocabulary import compatible, mentions

CONTROL, TREATED = "control", "treated"
_CONTROL = re.compile(
    r"\b(?:without|placebo|dummy|sham|controls?|comparison|(?:the )?(?:others|rest)\b|the other (?:group|half|arm)|usual care|no treatment|untreated|not (?:given|told)|(?:skipped|declined|missed|passed up|went without|did without) (?:it|one|them|(?:the|a|any) \w+)|(?:had|got|were given) none)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:the (?:drug|medicine|treatment|drip|supplement|product|mix|blend|formula|combination|capsules?|tablets?)|with it|who (?:had|got|took) (?:it|one|them)|(?:children|people|those|the ones) told)\b",
    re.IGNORECASE,
)
_DOSE = re.compile(r"\b(?:on|with|after|at|of|the) (\d[\d,]*(?:\.\d+)?)([\s-](?:mg|g))\b")
_RANGES = re.compile(
    r"\((?![^()]*\b(?:against|versus|vs)\b)(?=[^()]*\b(?:CI\b|range|to\b|median|p [<>=]))[^()]*\)|\[[^\[\]]*\]"
)
_END = re.compile(r"[.:](?:\s|$)")
_SENTENCE = re.compile(r"\.\s")
_STOP = re.compile(r"[,;:|](?!\d)")
_SHARED = re.compile(
    r"\s*(?:people|patients)?\s*(?:\(|(?:(?:at|after|by) (?:\d+|one|two|three|half an) (?:minutes?|hours?|days?|weeks?|months?))?\s*(?:,|\s+and|to)\s*)"
)
"""Between two figures of one group: "37 of 62 people (60%) given …", "2.3 after 1 hour and 1.3 after 2 hours with …"."""
_AGAINST = re.compile(r"^[^.;\d]{0,40}\b(?:against|versus|vs|v)\b[^.;\d]{0,20}$", re.IGNORECASE)
_SET_AGAINST = re.compile(r"against|versus|vs|\bv\b", re.IGNORECASE)
_COMPARES = re.compile(r"than|ahead of", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?P<more>more|less|fewer|better|worse|faster|slower|sooner|longer|shorter|greater|higher|lower|ahead)\b"
    r"(?P<middle>[^.;:]*?)\b(?:than|(?<=ahead )of)\b",
    re.IGNORECASE,
)
_THAN_BEHIND = re.compile(r"[^()\d]{0,16}\)\s*,?\s*(?:\w+ )?than\b", re.IGNORECASE)
_ROW = re.compile(r"\s*(?:,|,?\s*and|to|or)\s*")
_NONE_OF = re.compile(r"\bno (?:extra )?$", re.IGNORECASE)
"""Before a treatment these are those who got none: "5.1 points (no fluids)"."""
_WHEN = r"(?:\s+(?:at|after|by|within) (?:\d+|an?|one|two|three|half an) (?:minutes?|hours?|days?|weeks?|months?))?"
_NEXT_GROUP = re.compile(
    rf"\s*(?:%|points?|days?|people|mm)?{_WHEN}\s*(?:[,;]|,?\s*(?:and|but))\s+(?:after|with|on|in|for)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(rf"\s*(?:%|points?|days?|people|mm)?{_WHEN}\s*(?:[,;]|,?\s*(?:and|but))\s", re.IGNORECASE)
_OF_NEXT = re.compile(r"\b(?:in|to|by|at|was|were|had)\s*$", re.IGNORECASE)
_VERSUS = re.compile(r"[^.;,]{0,12}\b(?:against|versus|vs)\s*", re.IGNORECASE)
_COMPARED = re.compile(r"\bthan\b[^,;]*")
"""Those with whom a figure is compared are not those it is of: "better than with placebo, and fell 4.8 points"."""
_AHEAD = frozenset({"better", "faster", "sooner", "ahead", "more"})
_OPENING = re.compile(
    r"\W*(?:(?:in|of|among|for) (?:the |those |people |patients |group |in |who |had |got |were |given |with |on )*|with |on |after )[^.;:,]*[, ]*$",
    re.IGNORECASE,
)
_WITHOUT_ANY = len("without any ")
_NEAR = 60
"""How many characters from a figure its group may be named."""

Groups = frozenset[tuple[str, str]]
"""What the words by a figure name: (`treatment`, id), (`population`, id) or (`dose`, written out)."""


def exchanged(claim: str, evidence: str, vocabulary: Vocabulary) -> tuple[Figure, str] | None:
    """A figure that the claim gives to another group than the evidence does, and that group; None if there is none.

    Only told if the evidence gives that figure to one group, and another figure of its kind to the group of the claim.
    """
    if not _may_be_exchanged(claim, evidence):
        return _turned(claim, evidence)
    ours = [*_groups(claim, vocabulary), *_in_brackets_behind(claim, vocabulary)]
    theirs = _groups(evidence, vocabulary)
    placed = {figure.start for figure, _ in theirs}
    theirs = [*theirs, *(pair for pair in told_in_turn(evidence, vocabulary) if pair[0].start not in placed)]
    everywhere = _placed(_RANGES.sub(" ", evidence))
    for figure, groups in ours:
        known = [(one, its) for one, its in theirs if _alike(one, figure)]
        same = [its for one, its in known if agree(figure, one)]
        if len(same) < sum(_alike(one, figure) and agree(figure, one) for one in everywhere):
            continue  # it stands there without a group as well
        others = [its for one, its in known if not agree(figure, one)]
        elsewhere = all(_one(groups, its, vocabulary) is False for its in same)
        if same and elsewhere and any(_one(groups, its, vocabulary) for its in others):
            return figure, min(groups)[1]
    return _turned(claim, evidence)


def _may_be_exchanged(claim: str, evidence: str) -> bool:
    """False if no figure of the claim stands in the evidence beside another of its kind: which group it is of, nothing tells."""
    theirs = [figure for _, found in _counted(evidence) for figure in found]
    if len(theirs) < 2:
        return False
    for figure in (figure for _, found in _counted(claim) for figure in found):
        agreeing = {agree(figure, one) for one in theirs if _alike(one, figure)}
        if len(agreeing) == 2:
            return True
    return False


def _turned(claim: str, evidence: str) -> tuple[Figure, str] | None:
    """ "131 against 202" where the evidence has "202 against 131"."""
    ours = _against(claim)
    theirs = _against(evidence) if ours else []
    for first, second in ours:
        if any(agree(first, b) and agree(second, a) and not agree(a, b) for a, b in theirs):
            return first, "the first of the two"
    return None


@lru_cache(maxsize=5_000)
def _against(text: str) -> list[tuple[Figure, Figure]]:
    if not _SET_AGAINST.search(text):
        return []
    bare = _RANGES.sub(" ", text)
    found = _placed(bare)
    return [(one, other) for one, other in pairwise(found) if _AGAINST.search(bare[_end(one) : other.start])]


def compared_the_other_way(claim: str, evidence: str, vocabulary: Vocabulary) -> str:
    """The words of a comparison, "more often with fluids than without", that the evidence has the other way round."""
    for words, left, right in _comparisons(claim, vocabulary):
        for theirs, first, second in _comparisons(evidence, vocabulary):
            turned = _one(left, second, vocabulary) and _one(right, first, vocabulary)
            if words == theirs and turned and _one(left, first, vocabulary) is False:
                return words
    return ""


@lru_cache(maxsize=5_000)
def _comparisons(text: str, vocabulary: Vocabulary) -> list[tuple[str, Groups, Groups]]:
    if not _COMPARES.search(text):
        return []
    told = []
    for sentence in _END.split(_RANGES.sub(" ", text)):
        for found in _THAN.finditer(sentence):
            left = _last(sentence[: found.end("middle")], vocabulary)
            right = _first(sentence[found.end() :][:_NEAR], vocabulary)
            if left and right:
                told.append((found["more"].lower(), left, right))
    return told


def ahead_of_the_tested(claim: str, tested: Iterable[str], vocabulary: Vocabulary) -> str:
    """The words of a comparison in which something else does better than what was tested; empty if there is none."""
    for words, left, right in _comparisons(claim, vocabulary):
        first, second = ({id for kind, id in side if kind == "treatment"} for side in (left, right))
        on_tested = any(compatible(id, one, vocabulary, "treatment") for id in second for one in tested)
        other = bool(first) and not any(
            compatible(id, one, vocabulary, "treatment") for id in first for one in tested
        )
        if words in _AHEAD and on_tested and other:
            return words
    return ""


def told_of_groups(text: str, vocabulary: Vocabulary) -> list[tuple[Figure, Groups]]:
    """The figures of a text whose group it names, with that group."""
    return _groups(text, vocabulary)


@lru_cache(maxsize=5_000)
def told_in_turn(text: str, vocabulary: Vocabulary) -> list[tuple[Figure, Groups]]:
    """The figures of "more common with eptinezumab than with placebo: 9.4% against 6.0%", each with its group."""
    found: list[tuple[Figure, Groups]] = []
    for sentence in _SENTENCE.split(_RANGES.sub(" ", text)):
        for one, other in _against(sentence):
            left, than, right = sentence[: one.start].partition(" than ")
            first = _last(left, vocabulary)
            second = _first(right, vocabulary) if than else frozenset({("treatment", CONTROL)})
            if first and second and not _is_control(first):
                found += [(one, first), (other, second)]
    return found


def _in_brackets_behind(text: str, vocabulary: Vocabulary) -> Iterable[tuple[Figure, Groups]]:
    """The figures of "in more people with eptinezumab than with placebo (39% v 27%)", each with its group."""
    for before, one, other in pairs_in_brackets(text):
        left, than, right = before.rpartition(" than ")
        first, second = _last(_STOP.split(left)[-1], vocabulary), _first(right, vocabulary)
        if than and first and second and not _one(first, second, vocabulary):
            yield from ((one, first), (other, second))


def groups_named(words: str, vocabulary: Vocabulary) -> Groups:
    """All groups that the words name."""
    return frozenset((kind, id) for _, kind, id in _named(words, vocabulary))


def named_in_order(words: str, vocabulary: Vocabulary) -> tuple[tuple[int, str, str], ...]:
    """The groups that the words name, in order: where, of which kind, and the id."""
    return _named(words, vocabulary)


def is_one_group(ours: Groups, theirs: Groups, vocabulary: Vocabulary) -> bool | None:
    """True if the groups are one, False if they are two, None if the words do not tell."""
    return _one(ours, theirs, vocabulary)


def group_words(group: str, labels: Mapping[str, str]) -> str:
    """How a message names a group."""
    return {CONTROL: "those without it", TREATED: "those with it"}.get(group) or labels.get(group, group)


def _one(ours: Groups, theirs: Groups, vocabulary: Vocabulary) -> bool | None:
    """True if the groups are one, False if they are two, None if the words do not tell."""
    verdict: bool | None = None
    if (_is_control(ours) and _has_dose(theirs)) or (_is_control(theirs) and _has_dose(ours)):
        return False
    for kind in ("dose", "treatment", "population"):
        here, there = ({id for its, id in groups if its == kind} for groups in (ours, theirs))
        if here and there:
            same = any(_compatible(one, other, vocabulary, kind) for one in here for other in there)
            if not same:
                return False
            verdict = True
    return verdict


def _is_control(groups: Groups) -> bool:
    return ("treatment", CONTROL) in groups


def _has_dose(groups: Groups) -> bool:
    return not _is_control(groups) and any(kind == "dose" for kind, _ in groups)


def _compatible(one: str, other: str, vocabulary: Vocabulary, kind: str) -> bool:
    if one == other:
        return True
    if CONTROL in (one, other) or kind == "dose":
        return False
    return TREATED in (one, other) or compatible(one, other, vocabulary, kind)


@lru_cache(maxsize=5_000)
def _groups(text: str, vocabulary: Vocabulary) -> list[tuple[Figure, Groups]]:
    """The figures of a text whose group it names. Brackets that hold ranges are left out."""
    found: list[tuple[Figure, Groups]] = []
    for sentence, told in _counted(text):
        by_kind: dict[str, list[Figure]] = {}
        for figure in told:
            by_kind.setdefault(_kind(figure), []).append(figure)
        for several in by_kind.values():
            found += _named_by(sentence, several, vocabulary)
    return found


@lru_cache(maxsize=5_000)
def _counted(text: str) -> list[tuple[str, list[Figure]]]:
    """The sentences of a text without brackets that hold ranges, each with its figures."""
    return [(sentence, _placed(sentence)) for sentence in _END.split(_RANGES.sub(" ", text))]


def _placed(text: str) -> list[Figure]:
    return [figure for figure in figures(text) if figure.kind not in ("year", "mass", "volume", "money")]


def _named_by(text: str, several: list[Figure], vocabulary: Vocabulary) -> Iterable[tuple[Figure, Groups]]:
    ends = [_end(figure) for figure in several]
    starts = [figure.start for figure in several]
    gaps = [text[end:until] for end, until in zip(ends, [*starts[1:], len(text)], strict=True)]
    behind = [_first(gap[:_NEAR], vocabulary) for gap in gaps]
    for number in range(len(behind) - 2, -1, -1):
        if not behind[number] and _SHARED.fullmatch(gaps[number]):
            behind[number] = behind[number + 1]
            if _in_turn(_STOP.split(gaps[number + 1], maxsplit=1)[0], vocabulary):
                behind[number] = behind[number + 1] = frozenset()
    groups = behind
    if len(several) == 1 and not behind[0] and (opening := _OPENING.match(text, 0, several[0].start)):
        groups = [_alone(opening[0], vocabulary)]
    elif len(several) > 1 and (not any(behind) or _are_named_first(text, several, ends, vocabulary)):
        before = [text[max(start - _NEAR, ends[n - 1] if n else 0) : start] for n, start in enumerate(starts)]
        groups = [_last(_COMPARED.sub("", words), vocabulary) for words in before]
        for number, gap in enumerate(gaps[:-1]):
            if _VERSUS.fullmatch(gap):  # "(17.1% against 5.6%)": of the two that were named before, in turn
                groups[number] = groups[number + 1] = frozenset()
            elif _ROW.fullmatch(gap):  # "went from 6.2 to 4.4": one group; "56 and 55 mm": in turn
                is_range = gap.strip() == "to"
                groups[number + 1] = groups[number] if is_range else frozenset()
                groups[number] = groups[number] if is_range else frozenset()
    if "(" in text:
        for n, figure in enumerate(several):
            own = _by_brackets(text, figure, ends[: n + 1], [*starts, len(text)][n + 1], vocabulary)
            groups[n] = groups[n] if own is None else own
    return [(figure, group) for figure, group in zip(several, groups, strict=True) if group]


def _by_brackets(text: str, figure: Figure, ends: list[int], until: int, vocabulary: Vocabulary) -> Groups | None:
    """The group before a figure in brackets, "with valproate (69%)", or in brackets behind it; None if neither is there.

    Of "more than with it (5)", and of "those told so more often (47%) than the others", it is open.
    """
    if words := group_behind(text, ends[-1]):
        return _first(words, vocabulary) or None
    opens = opened(text, figure, ends[-1], until)
    if opens is None:
        return None
    words = text[ends[-2] if len(ends) > 1 else 0 : opens]
    if len(ends) == 1 and _COMPARED.search(words):
        return frozenset()
    return _last(words[-2 * _NEAR :], vocabulary) or (frozenset() if _THAN_BEHIND.match(text, ends[-1]) else None)


def _alone(words: str, vocabulary: Vocabulary) -> Groups:
    """The group of "With 300 mg of eptinezumab 52 % had it"; nothing if it names more than one."""
    found = _named(words, vocabulary)
    several = any(sum(kind == its for its, _ in {one[1:] for one in found}) > 1 for _, kind, _ in found)
    return frozenset() if several else _nearest(found)


def _are_named_first(text: str, several: list[Figure], ends: list[int], vocabulary: Vocabulary) -> bool:
    """True for "after magnesium it was 4 points, after metoclopramide 3 and after prochlorperazine 4.5"."""
    between = [text[end : figure.start] for end, figure in zip(ends, several[1:], strict=False)]
    return bool(_last(text[: several[0].start], vocabulary)) and all(
        (_NEXT_GROUP.match(words) or (_NEXT.match(words) and _OF_NEXT.search(words))) and _last(words, vocabulary)
        for words in between
    )


def _in_turn(words: str, vocabulary: Vocabulary) -> bool:
    """True if two groups are named for two figures before: "(4 and 9 hours) with eptinezumab and placebo"."""
    found = [(place, id) for place, kind, id in _named(words, vocabulary) if kind == "treatment"]
    return any(
        one != other and re.search(r"\band (?:with )?(?:the )?$", words[place:until]) is not None
        for (place, one), (until, other) in pairwise(found)
    )


def _end(figure: Figure) -> int:
    """Where the figure ends, with its unit, but without the word behind it where that is no unit: "4.5 without"."""
    unit = figure.words[figure.end - figure.start :]
    return figure.end if not figure.kind or re.search(r"\d", unit) else figure.start + len(figure.words)


def _kind(figure: Figure) -> str:
    """Points, people, shares and bare numbers are compared with each other: authors leave the unit out of the second."""
    return "count" if figure.kind in ("", "count", "share") else figure.kind


def _alike(one: Figure, other: Figure) -> bool:
    """True if two figures are of one kind; a bare one, "202 minutes with it and 131 without", of that of the only ones beside it."""
    if one.partner is not None or other.partner is not None:
        return _kind(one) == _kind(other)
    return _kind(one) == _kind(other) or _only_unit(one) == _kind(other) or _only_unit(other) == _kind(one)


def _only_unit(figure: Figure) -> str:
    """The kind of the other figures of the sentence of a bare one, if they are of one; nothing else, and for a figure with a unit."""
    kinds = {kind for kind, _ in figure.may_be}
    return kinds.pop() if len(kinds) == 1 else "-"


def _first(words: str, vocabulary: Vocabulary) -> Groups:
    """The groups named first, of each kind one, unless a stop parts them from the figure."""
    return _nearest(_named(_STOP.split(words, maxsplit=1)[0], vocabulary))


def _last(words: str, vocabulary: Vocabulary) -> Groups:
    return _nearest(reversed(_named(words, vocabulary)))


def _nearest(found: Iterable[tuple[int, str, str]]) -> Groups:
    nearest: dict[str, str] = {}
    for _, kind, id in found:
        nearest.setdefault(kind, id)
    return frozenset(nearest.items())


@lru_cache(maxsize=5_000)
def _named(words: str, vocabulary: Vocabulary) -> tuple[tuple[int, str, str], ...]:
    """The groups named, in order. "Without fluids" names those who got none."""
    control = [(found.start(), max(found.end(), found.start() + _WITHOUT_ANY)) for found in _CONTROL.finditer(words)]
    named = [(place, "treatment", CONTROL) for place, _ in control]
    for use in mentions(words, vocabulary, "treatment"):
        if _NONE_OF.search(words, max(0, use.start - 8), use.start):
            named.append((use.start, "treatment", CONTROL))
        elif not any(place <= use.start <= until for place, until in control):
            named.append((use.start, "treatment", use.id))
    named += [(found.start(), "treatment", TREATED) for found in _TREATED.finditer(words)]
    people = mentions(words, vocabulary, "population")
    named += [(use.start, "population", use.id) for use in people if use.id not in PLACES]
    named += [(found.start(1), "dose", found[1].replace(",", "") + found[2]) for found in _DOSE.finditer(words)]
    return tuple(sorted(named))
