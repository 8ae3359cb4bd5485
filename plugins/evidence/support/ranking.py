"""Which of two did better, in whatever words: "magnesium trailed the others" where the source has magnesium ahead.

A comparison has two sides and says which is better off: by its verb ("beat", "lagged behind"), or by a thing of which there is more or
less ("fewer people with side effects than …"), sooner or later. The record says it in words as well, or by the figures of two groups. Told is
only what the record has the other way round; what it leaves open stays open. `ranking.toml` lists the words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from evidence.model import Finding, Vocabulary
from evidence.support.arms import CONTROL, TREATED, named_in_order, told_in_turn, told_of_groups
from evidence.support.assertion import may_be_chance
from evidence.support.figures import Figure, figures
from evidence.support.phrases import Phrases, lists
from evidence.support.subject import stems
from evidence.vocabulary import broader, mentions

OTHERS = "others"
"""The worse off in "the best of the three"."""
_CLAUSE = re.compile(
    r"[.;:](?!\d)\s*|,\s+(?:and|but|so|yet|while|whereas|although|though|which|because|since)\s+|\s(?:but|while|whereas|although|though|because)\s",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;]\s")
_THAN = re.compile(r"\bthan\b(?! (?:\d|half|one|two|a (?:third|quarter)))", re.IGNORECASE)
_RIGHT_END = re.compile(
    r"[,;:(]|\b(?:at|after|within|in) (?:(?:\d+|an?|one|two|half an|the first|about \d+) (?:minutes?|hours?|days?|weeks?|months?)|the end)|\b(?:to (?:be|go)|ha(?:ve|s|d)|d(?:o|oes|id)|w(?:as|ere)|needed|got|took|felt)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:after|with|without|on|in|among|for|from|during|between|given|of)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not|no|nor|neither|never|none|nobody|cannot|whether|if|hardly|unclear|unknown|may|might|could)\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(r"\bno (?:better|worse|more|less|further)\b|\bnot (?!match|keep|measure|come)", re.IGNORECASE)
_LEFT_DENIES = re.compile(
    r"\bno (?:drip|fluids?|treatment|placebo|medicine)\b|\bnot (?:given|told|so)\b|\bhad none\b", re.IGNORECASE
)
_SUPERLATIVE = re.compile(
    r"\b(?:most|least|fewest|best|worst|highest|lowest|biggest|largest|smallest|soonest|latest|longest|shortest|fastest|slowest)\b",
    re.IGNORECASE,
)
_NO_SUPERLATIVE = re.compile(r"\bat (?:the )?$|\bone of the $", re.IGNORECASE)
_NOT_RANKED = re.compile(
    r"\s+(?:of\b|people|patients|bothersome|troublesome|trials?|studies|common|adults|likely|other|recent|days|attacks|\d|important)",
    re.IGNORECASE,
)
_AND = re.compile(r",\s|\band\b|\bbut\b", re.IGNORECASE)
_ONE_WITH = re.compile(
    r"\bthe (?:ones?|group|arm|side|drug|medicine|drip|treatment) (?:with|that (?:had|caused|brought|gave)) (?:the )?(?P<word>more|fewer|less|higher|lower|worse|better)\b",
    re.IGNORECASE,
)
_LASTS = re.compile(r"\blast(?:s|ed|ing)?\b", re.IGNORECASE)
_WAITS = re.compile(r"\b(?:wait\w*|took|takes?|until|before)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:back|return\w*|recur\w*)\b", re.IGNORECASE)
_GAP = re.compile(r"\b(?:gap|difference|risk|ratio)\b[^.;,]{0,24}$", re.IGNORECASE)
_MAY_RANK = re.compile(
    r"\bthan\b|\b(?:beat|outd|outp|surpass|overt|outstr|topp|trump|better|wors|ahead|further|farther|edge|lead|trail|lag|behind|inferior|superior|lost|lose|match"
    r"|fewe|less|least|most|best|longer|shorter|sooner|faster|quicker|slower|earlier|later|higher|lower)|\b(?:one|group|arm|side) (?:with|that)\b",
    re.IGNORECASE,
)
_ASIDE = frozenset(
    "more less fewer better worse often likely common frequent longer shorter sooner later faster slower people patient group treatment drug compar one did had".split()
)
_KINDS = frozenset({"", "count", "share", "time"})
_SAID = {"better": 1, "best": 1, "worse": -1, "worst": -1}


class Order(NamedTuple):
    """Who came off better than whom; `words` say so."""

    words: str
    better: frozenset[str]
    worse: frozenset[str]


@cache
def _words() -> dict[str, Phrases]:
    path = Path(__file__).with_name("ranking.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    told = {f"{part} {name}": phrases for part, several in data.items() for name, phrases in several.items()}
    return lists("ranking", told, (path, Path(__file__)))


def ranked_otherwise(claim: str, findings: Iterable[Finding], vocabulary: Vocabulary) -> str:
    """The words of a claim that put one side ahead where all findings that rank the two have the other ahead; empty if there are none."""
    if not _MAY_RANK.search(claim):
        return ""
    ours = [one for one in told(claim, vocabulary) if one.better and one.worse]
    findings = tuple(findings) if ours else ()
    theirs = [order for finding in findings for order in recorded(finding, vocabulary)]
    for one in ours:
        if (
            one.words
            and not theirs
            and _finds_none(one, findings, vocabulary)
            and not may_be_chance(claim)
            and not figures(claim)
        ):
            return one.words
        if any(_opposite(one, its) for its in theirs) and not any(_same(one, its) for its in theirs):
            return one.words
    return ""


def _finds_none(one: Order, findings: tuple[Finding, ...], vocabulary: Vocabulary) -> bool:
    """True if all findings on an effect found no difference, and name both sides."""
    effects = [finding for finding in findings if finding.effect != "background"]
    sides = [frozenset(word for word in side if word.startswith("treatment:")) for side in (one.better, one.worse)]
    return bool(effects) and all(
        finding.effect == "no difference" and all(side & _groups(finding.statement, vocabulary) for side in sides)
        for finding in effects
    )


@lru_cache(maxsize=2_000)
def recorded(finding: Finding, vocabulary: Vocabulary) -> tuple[Order, ...]:
    """The orders a finding tells, in words and by the figures of its groups."""
    return (*told(finding.statement, vocabulary), *_by_figures(finding, vocabulary))


def _opposite(one: Order, its: Order) -> bool:
    if OTHERS in one.worse:
        return _meet(one.better, its.worse) and not _meet(one.better, its.better)
    if OTHERS in one.better:
        return _meet(one.worse, its.better) and not _meet(one.worse, its.worse)
    return _crosses(one.better, one.worse, its.worse, its.better)


def _same(one: Order, its: Order) -> bool:
    if OTHERS in one.worse | one.better:
        return False
    return _crosses(one.better, one.worse, its.better, its.worse)


def _crosses(left: frozenset[str], right: frozenset[str], first: frozenset[str], second: frozenset[str]) -> bool:
    """True if left is first and right is second, and not as well the other way round."""
    left, right = left - right, right - left
    first, second = first - second, second - first
    named = _named(left), _named(right), _named(first), _named(second)
    if all(named):  # what stands on a side beside the group, "attacks", tells nothing
        left, right, first, second = named
    return _meet(left, first) and _meet(right, second) and not (_meet(left, second) or _meet(right, first))


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    if one & other:
        return True
    return (TREATED in one and _is_treated(other)) or (TREATED in other and _is_treated(one))


def _is_treated(side: frozenset[str]) -> bool:
    return CONTROL not in side and any(word.startswith(("treatment:", "population:")) for word in side)


# ------------------------------------------------------------------------------------------------ in words


@lru_cache(maxsize=5_000)
def told(text: str, vocabulary: Vocabulary) -> tuple[Order, ...]:
    """The orders that a text tells in words."""
    if not _MAY_RANK.search(text):
        return ()
    return tuple(
        order
        for sentence in _SENTENCE.split(text)
        for clause in _CLAUSE.split(sentence)
        if clause
        for order in _in_clause(clause, sentence, vocabulary)
    )


def _in_clause(clause: str, sentence: str, vocabulary: Vocabulary) -> Iterator[Order]:
    words = _words()
    plain = _LEFT_DENIES.sub(" ", clause)
    for name, sign in (("better", 1), ("worse", -1)):
        for found in words[f"verbs {name}"].finditer(clause):
            denied = _DENIES.search(plain[: found.start()] if plain == clause else plain)
            if not denied and (sign < 0 or not _DENIES.search(found[0])) and not _NO_MORE.search(found[0]):
                yield _order(found[0], sign, clause[: found.start()], _right(clause[found.end() :]), vocabulary)
                return
    if _DENIES.search(plain):
        return
    than = _THAN.search(clause)
    if than:
        yield from _by_than(clause, sentence, than, vocabulary)
    else:
        yield from _superlatives(clause, vocabulary)
        yield from _the_one_with(clause, vocabulary)
        yield from _without_than(clause, vocabulary)


def _by_than(clause: str, sentence: str, than: re.Match[str], vocabulary: Vocabulary) -> Iterator[Order]:
    before, right = clause[: than.start()], _right(clause[than.end() :])
    found = _last_comparative(before)
    if found is None:
        return
    word, at, until, kind = found
    middle, subject = before[until:], before[:at]
    led = [one.start() for one in _PREPOSITION.finditer(middle) if _side(middle[one.start() :], vocabulary)]
    if _PREPOSITION.match(right.lstrip()) and led:
        left = middle[led[-1] :]
    else:
        left = subject if _groups(subject, vocabulary) or len(stems(subject)) > 1 else middle
    sign = _sign(kind, word, f"{subject} {middle}") or _sign(kind, word, clause) or _sign(kind, word, sentence)
    if sign and not _groups(left, vocabulary) and CONTROL in _groups(right, vocabulary):
        treated, control = frozenset({TREATED}), frozenset({CONTROL})
        yield Order(word, treated, control) if sign > 0 else Order(word, control, treated)
    elif sign:
        yield _order(f"{word}{middle}than".strip(), sign, left, right, vocabulary)


def _superlatives(clause: str, vocabulary: Vocabulary) -> Iterator[Order]:
    for found in _SUPERLATIVE.finditer(clause):
        if _NO_SUPERLATIVE.search(clause[: found.start()]) or (
            found[0].lower() in ("most", "least") and _NOT_RANKED.match(clause, found.end())
        ):
            continue
        word, before, behind = found[0], clause[: found.start()], clause[found.end() :]
        kind = _kind(word)
        sign = _sign(kind, word, clause) if kind else 0
        led = re.match(r"\s+(?:often )?(?:after|with|on|in|among|by|for)\b", behind)
        side = _groups(behind.split(",")[0].split(" and ")[0] if led else _own(before, vocabulary), vocabulary)
        if sign and side:
            pair = (side, frozenset({OTHERS})) if sign > 0 else (frozenset({OTHERS}), side)
            yield Order(word, *pair)


def _own(before: str, vocabulary: Vocabulary) -> str:
    """Of "metoclopramide did best and valproate" before "worst" the part behind the "and", if it names a group."""
    last = _AND.split(before)[-1]
    return last if _SUPERLATIVE.search(before) and _groups(last, vocabulary) else before


def _the_one_with(clause: str, vocabulary: Vocabulary) -> Iterator[Order]:
    """ "Magnesium was the one with more side effects": than the others."""
    for found in _ONE_WITH.finditer(clause):
        word, side = found["word"], _groups(clause[: found.start()], vocabulary)
        sign = _sign(_kind(word), word, clause[found.start() :]) if side else 0
        if sign:
            pair = (side, frozenset({OTHERS})) if sign > 0 else (frozenset({OTHERS}), side)
            yield Order(found[0], *pair)


def _without_than(clause: str, vocabulary: Vocabulary) -> Iterator[Order]:
    """ "Visits without fluids were longer": longer than with them."""
    found = _last_comparative(clause)
    if found is None or found[3] == "superlative":
        return
    word, at, until, kind = found
    subject = clause[:at]
    groups = _groups(subject, vocabulary)
    if not groups or _groups(clause[until:], vocabulary) or kind == "more" or _AGAIN.search(clause):
        return
    sign = _sign(kind, word, clause)
    other = frozenset({TREATED}) if CONTROL in groups else frozenset({CONTROL})
    if sign and len({one for one in groups if one.startswith("treatment:")} or groups) >= 1:
        yield Order(word, groups, other) if sign > 0 else Order(word, other, groups)


def _last_comparative(text: str) -> tuple[str, int, int, str] | None:
    """The last word of a comparison, where it stands, and of which kind it is."""
    found = [
        (match[0], match.start(), match.end(), name)
        for name in ("more", "less", "sooner", "later")
        for match in _words()[f"quantity {name}"].finditer(text)
    ]
    found += [(m[0], m.start(), m.end(), "said") for m in re.finditer(r"\b(?:better|worse)\b", text, re.IGNORECASE)]
    found = [one for one in found if not _SUPERLATIVE.fullmatch(one[0])]
    return max(found, key=lambda one: (one[1], one[2]), default=None)


def _kind(word: str) -> str:
    if word.lower() in _SAID:
        return "said"
    return next(
        (name for name in ("more", "less", "sooner", "later") if _words()[f"quantity {name}"].search(word)), ""
    )


def _sign(kind: str, word: str, clause: str) -> int:
    """1 if what is said of the one makes it better off, -1 if worse, 0 if nobody can tell."""
    if kind == "said":
        return _SAID.get(word.lower(), 0)
    worth = _worth(clause)
    if kind in ("sooner", "later"):
        turned = (worth > 0 and _LASTS.search(clause) and not _WAITS.search(clause)) or _AGAIN.search(clause)
        return (1 if kind == "sooner" else -1) * (-1 if turned else 1)
    return worth * (1 if kind == "more" else -1)


def _worth(text: str) -> int:
    """1 if more of what the text speaks of is good, -1 if it is bad, 0 if it speaks of neither."""
    words = _words()
    good = [found.span() for found in words["things good"].finditer(text)]
    bad = [
        found.span()
        for found in words["things bad"].finditer(text)
        if not any(start <= found.start() and found.end() <= end for start, end in good)
    ]
    good = [one for one in good if not any(start <= one[0] and one[1] <= end for start, end in bad)]
    if good:
        return 1 if not bad or max(good, key=_length) >= max(bad, key=_length) or len(good) >= len(bad) else 0
    if bad:
        return 1 if words["things falls"].search(text) else -1
    return 0


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _order(words: str, sign: int, left: str, right: str, vocabulary: Vocabulary) -> Order:
    one, other = _side(left, vocabulary), _side(right, vocabulary)
    if not _named(one) or not _named(other):  # of two courses of one medicine, its name tells neither
        one, other = one - _named(one), other - _named(other)
    return Order(words, one, other) if sign > 0 else Order(words, other, one)


def _right(text: str) -> str:
    return _RIGHT_END.split(text, maxsplit=1)[0]


# ------------------------------------------------------------------------------------------- who is compared


def _side(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The groups a text names, and its other words."""
    rest = text
    for use in reversed(mentions(text, vocabulary, "treatment")):
        rest = rest[: use.start] + " " + rest[use.end :]
    return _groups(text, vocabulary) | (stems(rest) - _ASIDE)


def _named(side: frozenset[str]) -> frozenset[str]:
    """Those of a side that are groups of the vocabulary."""
    return frozenset(one for one in side if ":" in one or one in (CONTROL, TREATED))


@lru_cache(maxsize=5_000)
def _groups(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    found = set()
    if _LEFT_DENIES.search(text) or _OTHER.search(text):
        return frozenset({CONTROL})
    for place, kind, id in named_in_order(text, vocabulary):
        if kind == "population" and _WITHOUT.search(text, 0, place):
            continue
        if id in (CONTROL, TREATED):
            found.add(id)
        elif kind == "dose":
            found.add(f"dose:{id}")
        else:
            found |= {f"{kind}:{one}" for one in broader(id, vocabulary, kind)}
    if _THEM.search(text) and (not found or all(one.startswith("population:") for one in found)):
        found.add(TREATED)
    return frozenset(found)


_OTHER = re.compile(
    r"\b(?:other (?:treatments?|drugs?|medicines?)|treatments? (?:it|they) (?:was|were) compared|usual care|doing nothing)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\bwithout (?:any |a )?$", re.IGNORECASE)
_THEM = re.compile(
    r"^\W*with\W*$|\b(?:with (?:them|it)|(?:had|got|took) (?:one|it|them)|(?:either|each|any|these|those|the) (?:drugs?|medicines?|treatments?))\b",
    re.IGNORECASE,
)


# ---------------------------------------------------------------------------------------------- by figures


def _by_figures(finding: Finding, vocabulary: Vocabulary) -> Iterator[Order]:
    for sentence in _SENTENCE.split(finding.statement):
        told_here = told_in_turn(sentence, vocabulary) or told_of_groups(sentence, vocabulary)
        worth = (_worth(sentence) or _worth(f"{finding.outcome}: {sentence}")) if told_here else 0
        for time in (False, True):
            by_group: dict[frozenset[str], list[float]] = {}
            for figure, groups in told_here:
                if (figure.kind == "time") == time and _is_result(figure, sentence):
                    side = frozenset(
                        part
                        for kind, id in groups
                        if finding.effect != "background" or kind == "population"
                        for part in _tokens(kind, id, vocabulary)
                    )
                    if side:
                        by_group.setdefault(side, []).append(figure.value)
            sign = -1 if time else worth
            for (one, ours), (other, theirs) in permutations(by_group.items(), 2):
                if (
                    sign
                    and len(ours) == len(theirs)
                    and all((a - b) * sign > 0 for a, b in zip(ours, theirs, strict=True))
                ):
                    yield Order("", one, other)


def _is_result(figure: Figure, sentence: str) -> bool:
    return figure.kind in _KINDS and not (figure.interval or figure.sign or _GAP.search(sentence, 0, figure.start))


def _tokens(kind: str, id: str, vocabulary: Vocabulary) -> Iterator[str]:
    if id in (CONTROL, TREATED):
        yield id
    elif kind == "dose":
        yield f"dose:{id}"
    else:
        yield from (f"{kind}:{one}" for one in broader(id, vocabulary, kind))
