"""The statement of a finding as readers are shown it: what statistics say, in words.

The page of the source has the statement as it was recorded, so nothing is lost.
"""

from __future__ import annotations

import re

_NUMBER = r"[-−–]?\d+(?:\.\d+)?"
_ENDS = rf"(?P<low>{_NUMBER}%?)(?:,| to| and|–) ?(?P<high>{_NUMBER}%?)"
_INTERVAL = re.compile(rf"\b9\d(?:\.\d)?% (?:CIs?|(?:confidence|credible|uncertainty) intervals?|UI|CrI):? {_ENDS}")
_CHANCE = re.compile(r"(?:\b(?:each|both|all) )?\bp ?(?:[<>=≤≥]|value of) ?0?\.\d+", re.IGNORECASE)
_SPREAD = re.compile(r",? ?\bSD ?[±=]? ?\d+(?:\.\d+)?")
_RISK = re.compile(rf"\brisk difference (?P<gap>{_NUMBER}), 9\d% CI {_ENDS}")
_TIMES = re.compile(r"\b(?:relative risk|risk ratio) (?P<times>\d+(?:\.\d+)?)")
_MEAN = re.compile(rf"\bmean difference (?P<gap>{_NUMBER})")
_MAY_LIE = "the true figure may lie "
_EMPTY = re.compile(r" ?\( *[,;]? *\)")
_LOOSE = re.compile(r"\(\s*[,;]\s*|\s*[,;]\s*(?=\))")


def plain_words(statement: str) -> str:
    """`(95% CI 3.7 to 5.3)` → `(the true figure may lie between 3.7 and 5.3)`; values of p and standard deviations go."""
    text = _INTERVAL.sub(_interval, _RISK.sub(_risk, statement))
    first, said, rest = text.partition(_MAY_LIE)  # said once, it is understood of the others
    text = first + said + rest.replace(_MAY_LIE, "")
    text = _SPREAD.sub("", _CHANCE.sub("", text))
    text = _TIMES.sub(lambda found: f"{found['times']} times the risk", text)
    text = _MEAN.sub(lambda found: f"a difference of {_minus(found['gap'])} on average", text)
    return _EMPTY.sub("", _LOOSE.sub(lambda found: found[0].strip(" ,;"), text))


def _interval(found: re.Match[str]) -> str:
    return f"{_MAY_LIE}between {_minus(found['low'])} and {_minus(found['high'])}"


def _risk(found: re.Match[str]) -> str:
    """A difference of risks as people in a hundred."""
    low, high = _people(found["low"]), _people(found["high"])
    return f"{_people(found['gap'])} people per 100, {_MAY_LIE}between {low} and {high}"


def _people(risk: str) -> str:
    number = round(100 * float(_minus(risk).replace("−", "-")))
    return f"{abs(number)} {'fewer' if number < 0 else 'more'}" if number else "none"


def _minus(number: str) -> str:
    return number.replace("-", "−").replace("–", "−")
