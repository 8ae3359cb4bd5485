"""What a sentence asserts of a treatment's effect, and how sure it sounds. Words decide; `wording.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from evidence.support.figures import figures
from evidence.support.phrases import Phrases, lists

STRENGTHS = ("unknown", "may", "probably", "bare")
"""The ladder of wording, from weak to strong."""

_CLAUSE = re.compile(
    r"\s*(?:[;:]|\.(?!\d)|,?\s+(?:but|while|whereas|although|though|yet|however|and (?:then|also))\s)\s*"
)
_COUNTED = re.compile(
    r"\d[^;]*\b(?:and|but|against|versus|vs|compared with|or)\b[^;]*\d[^;]*|\d[^;]*\b(?:in|for|across) (?:both|each|all|either|the two)\b",
    re.IGNORECASE,
)
"""Figures of two groups, which speak for themselves."""
_SIZE = re.compile(
    r"people|patients?|adults?|children|women|men|participants|trials?|studies|reviews?|visits", re.IGNORECASE
)
_OF_WHOM = re.compile(r"\s+of (?:whom|them|these|those)\b")
"""Who took part, and no result: "570 people, a fifth of whom had fluids"."""
_PAST = re.compile(
    r"\b(?:was|were|had|did|fell|rose|went|gave|got|took|saw|felt|came|won|stood|lost|made|found|showed|outdid|overtook|led|kept|held|brought|cut down|\w{2,}ed)\b",
    re.IGNORECASE,
)


_UNSAFE = re.compile(r"\b(?:is|are|was|were)(?: not|n['’]t) (?:\w+ )?safe\b(?! (?:to say|dose))", re.IGNORECASE)
_CHANCE = re.compile(
    r"\b(?:chance|luck)\b(?! (?:has|had) nothing)|\b(?:not|n['’]t) (?:\w+ )?(?:clear|certain|sure)", re.IGNORECASE
)
_NO_CHANCE = re.compile(
    r"\b(?:(?:too|so) \w+ (?:to be|for) (?:a matter of |mere |just |pure )*(?:chance|luck|coincidence)"
    r"|beyond (?:(?:the )?reach of |what |all )?(?:chance|coincidence)"
    r"|(?:chance|luck|coincidence) (?:can|could|is|was|would) ?(?:not|n['’]t|hardly|scarcely|barely|unlikely)(?: be| to)? ?(?:\w+ )?(?:explain|account|explanation|blame|reason)\w*"
    r"|more than (?:mere |just |pure )?(?:chance|luck|coincidence)|(?:rul(?:es?|ed)|leav(?:es?|ing)|left) (?:out )?(?:chance|luck|coincidence)(?: out)?(?= |[.,;]|$)"
    r"|(?:not|never|hardly|scarcely|unlikely to)(?: (?:be|have been|just|by|due to|down to|a matter of|the work of|put down to))+ (?:mere |pure )?(?:chance|luck|coincidence))\b",
    re.IGNORECASE,
)
"""A gap that is said to be none: "too wide to be chance"."""


def may_be_chance(sentence: str) -> bool:
    """True if the sentence says that a gap may be chance, and so that no difference was shown."""
    return _CHANCE.search(_NO_CHANCE.sub(" ", sentence)) is not None


@dataclass(frozen=True, slots=True)
class Assertion:
    """`direction` is `benefit`, `harm`, `effect` (untold which), `no difference` or `unclear`; `words` are those that decided.

    `strength` is a rung of the ladder. `report` is true if the sentence tells what a study found, and does not speak for
    the world. `certain` are words that promise ("proves", "for everyone"), whoever is said to have found it.
    """

    direction: str
    strength: str
    report: bool
    words: str
    clause: str = ""
    certain: str = ""


@dataclass(frozen=True, slots=True)
class _Wording:
    """The patterns of `wording.toml`, ready to use."""

    unclear: Phrases
    no_difference: Phrases
    effect: Phrases
    negation: re.Pattern[str]
    level: Phrases
    effects_in_order: tuple[tuple[str, Phrases], ...]
    may: Phrases
    probably: Phrases
    certain: Phrases
    report: Phrases
    harms: Phrases
    ceilings: Mapping[str, str]
    effects: Mapping[str, str]


@cache
def _wording() -> _Wording:
    path = Path(__file__).with_name("wording.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = {name: re.sub(r"\s*\n\s*", "", text) for name, text in data["lists"].items()}
    ends, bad = parts["ends"], parts["bad"]
    told = lists(
        "wording",
        {
            **{
                name: data[name]["phrases"]
                for name in ("unclear", "no_difference", "effect", "level", "certain", "report")
            },
            **{name: [data["strength"][name]] for name in ("may", "probably")},
            "harms": [parts["harms"]],
            "gains": _gains(parts),
            "harming": _harms(parts),
            "helps": [
                parts["helps"],
                parts["compare"],
                f"(?:{ends}){_FEW}(?:{bad})",
                f"(?:{ends})\\s+(?:{bad})",
            ],
        },
        (path, Path(__file__)),
    )
    return _Wording(
        **{
            name: told[name]
            for name in ("unclear", "no_difference", "effect", "level", "certain", "report", "may", "probably")
        },
        negation=re.compile(
            rf"(?:(?:\b|(?<=\w))(?:{data['negations']['words']})\s+(?:\S+\s+){{0,4}}|\bwithout\s+(?:\S+\s+)?)$"
        ),
        effects_in_order=(("benefit", told["gains"]), ("harm", told["harming"]), ("benefit", told["helps"])),
        harms=told["harms"],
        ceilings={design: rung for rung, designs in data["ceilings"].items() for design in designs},
        effects=data["effects"],
    )


_NEAR = r"(?:\s+[^\s.,;]+){0,4}?\s+"
_FEW = r"(?:\s+[^\s.,;]+){0,2}?\s+"


_CAME_BACK = r"(?:(?:came|come|comes|coming) back|recur(?:s|red)?|return(?:s|ed)?)(?:\s+[^\s.,;]+){0,5}?\s+"


def _gains(lists: Mapping[str, str]) -> list[str]:
    """Less of what is bad, more of what is good: these say benefit even where "more" or "pain" stands beside."""
    bad, harms, good, down, up = (f"(?:{lists[name]})" for name in ("bad", "harms", "good", "down", "up"))
    return [
        f"{down}{_NEAR}(?:{bad}|{harms})",
        f"(?:{bad}|{harms}){_FEW}{down}(?:{_FEW}{up})?",
        f"{_CAME_BACK}(?:less|least|more rarely)",
        f"{up}{_FEW}{good}",
        f"{good}{_FEW}{up}",
        f"(?:improved?|eased?|help(?:ed)?|relieved?){_FEW}{up}",
        f"(?:{lists['compare']})(?=\\s+(?:\\S+\\s+){{0,4}}than)",
    ]


def _harms(lists: Mapping[str, str]) -> list[str]:
    bad, harms, good, down, up = (f"(?:{lists[name]})" for name in ("bad", "harms", "good", "down", "up"))
    cause = "caus(?:e|es|ed|ing)|lead(?:s)? to|led to|bring(?:s)? on|trigger(?:s|ed)?|produc(?:e|es|ed)|gave|gives?|carr(?:y|ies)|risk(?:s)? (?:of|from)"
    return [
        f"(?:{cause}){_NEAR}{harms}",
        f"(?:{cause})\\s+{harms}",
        f"{up}{_NEAR}(?:{bad}|{harms})",
        f"{up}\\s+(?:{bad}|{harms})",
        f"(?:{bad}|{harms}){_FEW}{up}",
        f"{down}{_FEW}{good}",
        f"{_CAME_BACK}(?:more|most) (?:often|frequently|likely)",
        "worse(?:n|ns|ned)?|less effective|slower than|less well|poorer",
        f"{harms} (?:is|are|was|were) (?:\\w+ )?caused by",
        f"{harms} (?:is|are|was|were) (?:\\w+ )?(?:common|frequent|more frequent|more common|possible|usual)",
        "harm(?:s|ful|ed)?|danger(?:s|ous)?|poisonous|unsafe",
    ]


@lru_cache(maxsize=5_000)
def assertions(sentence: str) -> tuple[Assertion, ...]:
    """What the sentence asserts of effects, clause by clause; nothing if it is about something else."""
    wording = _wording()
    report = wording.report.search(sentence) is not None
    return tuple(
        replace(found, clause=clause, certain=_certain(clause, wording))
        for clause in _CLAUSE.split(sentence)
        if clause
        for found in _clause(clause, report, wording)
    )


def is_of_both(said: Assertion, row: str) -> bool:
    """True for "4.5 points less pain" in one cell of a row and "4.9 points less pain" in another: an effect of neither."""
    return len(re.findall(rf"\d[^:\d]{{0,12}}\b{re.escape(said.words)}", row)) > 1


def names_harm(words: str) -> bool:
    """True if the words name an unwanted effect, such as restlessness, or a body's reaction."""
    return _wording().harms.search(words) is not None


def stated(sentence: str) -> tuple[str, ...]:
    """The clauses that say what happens to people: with an effect in them, or in a sentence that reports or counts."""
    wording = _wording()
    if wording.report.search(sentence):
        return (sentence,)
    return tuple(said.clause for said in assertions(sentence) if said.direction != "unclear")


def _clause(clause: str, report: bool, wording: _Wording) -> Iterator[Assertion]:
    report = report or _PAST.search(clause) is not None
    if real := _NO_CHANCE.search(clause):
        yield Assertion("effect", _strength(clause, wording), report, real[0])
        return
    unclear = wording.unclear.search(clause)
    none = wording.no_difference.search(clause)
    if unclear:
        yield Assertion("unclear", "unknown", report, unclear[0])
    elif _UNSAFE.search(clause):
        yield Assertion("harm", _strength(clause, wording), report, "not … safe")
    elif none:
        yield Assertion("no difference", _strength(clause, wording), report, none[0])
    elif not wording.level.search(clause):
        yield from _effect(clause, report, wording)


def _measures(clause: str) -> bool:
    """True if the clause has a figure for what happened, and not only for when, and in how many people or trials."""
    return any(
        figure.kind in ("count", "share", "")
        and not _SIZE.search(figure.words)
        and not _OF_WHOM.match(clause, figure.end)
        for figure in figures(clause)
    ) or bool(_COUNTED.search(clause))


def _effect(clause: str, report: bool, wording: _Wording) -> Iterator[Assertion]:
    """More of this or less of that, or a verb of helping or harming. Figures of two groups speak for themselves."""
    for number, (direction, pattern) in enumerate(wording.effects_in_order):
        found = pattern.search(clause)
        if found is None:
            continue
        counted = report and (_measures(clause) if number < 2 else _COUNTED.search(clause) is not None)
        if not counted:
            denied = wording.negation.search(clause[: found.start()] + " ")
            words = f"{denied[0].split()[0]} … {found[0]}" if denied else found[0]
            yield Assertion("no difference" if denied else direction, _strength(clause, wording), report, words)
            return
    found = wording.effect.search(clause)
    if found and not _measures(clause):
        yield Assertion("effect", _strength(clause, wording), report, found[0])


def promise(sentence: str) -> str:
    """The words of a sentence that promise, such as "proves" or "for everyone"; empty if it has none, or denies them."""
    wording = _wording()
    return next(filter(None, (_certain(clause, wording) for clause in _CLAUSE.split(sentence))), "")


def _certain(clause: str, wording: _Wording) -> str:
    """The words that promise, unless they are denied: "does not prove", "not for everyone"."""
    found = wording.certain.search(clause)
    denied = found and wording.negation.search(clause[: found.start()] + " ")
    return found[0] if found and not denied else ""


def _strength(clause: str, wording: _Wording) -> str:
    if wording.may.search(clause):
        return "may"
    return "probably" if wording.probably.search(clause) else "bare"


def ceiling(design: str, effect: str) -> str:
    """The strongest wording that a source of this design may carry with a finding of this effect."""
    wording = _wording()
    by_design = wording.ceilings.get(design, "unknown")
    by_effect = wording.effects.get(effect, "bare")
    return min(by_design, by_effect, key=STRENGTHS.index)
