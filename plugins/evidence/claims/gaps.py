"""What is not known, said in three ways: as what one's own search did not find, as a fact about the world, and as an open question.

"We found no trial of it at home." tells of a search that the writer made, and no source could say it. "Nobody has tested it at home."
says that no such test exists, which a review may have found and one search has not. "which dose is best", in a list of what
is not known, is a question.
"""

from __future__ import annotations

import re

_WORK = (
    r"(?:(?:other|such|good|large|larger|further|published|randomi[sz]ed|controlled|recent|single|clear|direct|head-to-head|placebo-controlled|newer) ){0,2}"
    r"(?:trials?|stud(?:y|ies)|reviews?|sources?|guidelines?|figures?|numbers?|counts?|research|comparisons?|records?|data|paper|papers|report|reports)\b"
)
_WHAT = r"(?:which|whether|how|what|who|whom|when|where|why|if|anything)\b"
_OWN = re.compile(
    r"\W*(?:(?:so|and|but|here|for this page|for this),? )?(?:"
    rf"(?:we|our search(?:es)?) (?:have )?(?:found|know of|knows? of|could find|saw|came across) (?:no|not one|not a single) {_WORK}"
    rf"|(?:we|our search(?:es)?) (?:did not|didn't|could not|couldn't|have not|haven't) (?:find|found) (?:any|a|one) {_WORK}"
    rf"|we (?:do not|don't|did not|cannot|can't|could not) (?:yet )?(?:know|say|tell|find out|learn) {_WHAT}"
    rf"|(?:our sources|the sources (?:we|on this page) (?:have|read|cite)|what we (?:have )?read) (?:do(?:es)? not|don't|doesn't|did not) (?:say|tell|report|give|count|compare|look) ?(?:us )?(?:{_WHAT}|at\b)"
    rf"|none of (?:our sources|these sources|the sources|the (?:studies|trials|reviews) (?=we|on this page))(?: (?:we (?:found|read|cite)|on this page|above|here))? (?:says?|said|tells?|told|gives?|gave|counts?|counted|compares?|compared|tests?|tested"
    r"|looks?|looked|measures?|measured|followed|asked|covers?|covered|included|mentions?|reports?)\b)",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\b(?:that|which|to)\s(?:\w+\s)?(?:show(?:s|ed|n)?|prov(?:es?|ed)|found|finds?|suggest(?:s|ed)?|link(?:s|ed)?|report(?:s|ed)?|conclud(?:es?|ed)|warn(?:s|ed)?)\b"
    r"|\b(?:showing|proving|finding|suggesting|linking|reporting|against using|any(?:thing)? (?:harm|benefit|risk|danger|side effects?|wrong|better|worse))\b|\bthat (?:it|they|this|a|the)\b",
    re.IGNORECASE,
)
"""What was not found is then a harm or a benefit: that there is none is a claim."""
_FURTHER = re.compile(
    r"(?:[,;:—–(]|\s-)\s*(?!or\b|nor\b|not\b|in\b|at\b|for\b|with\b|such as\b|for example\b)\S|\b(?:because|since|although|though|while|but|so that)\b"
)
"""Something is said besides."""
_GAP = re.compile(
    r"\b(?:nobody|no one|no-one)\b.{0,20}\b(?:knows?|tested|studied|tried|compared|counted|measured|asked|looked)\b|\b(?:un(?:clear|known|certain)|not (?:yet )?(?:known|clear|certain|settled))\b"
    rf"|\bno {_WORK}(?: \w+){{0,3}}? (?:has|have|compares?|compared|tests?|tested|looks?|looked|shows?|showed)\b|\bthere (?:is|are|were|was) (?:no|few|little) {_WORK}"
    r"|\b(?:has|have) (?:never|not)(?: yet)? been (?:studied|tested|compared|tried|counted|measured|looked at)\b|\b(?:was|were) (?:never|not) (?:studied|tested|compared|counted|measured)\b",
    re.IGNORECASE,
)
_UNTESTED = re.compile(
    r"\W*(?:nobody|no one|no-one) (?:has|have) (?:(?:ever|yet|really|so far) )?(?:tested|studied|compared|counted|measured|looked at)\b",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\W*(?:which(?! (?:is|are|was|were|means|makes|has|have|can|may|will)\b)|whether|who(?:m)?|what(?! \w+s\b)"
    r"|how (?:long|often|much|many|soon|well|likely|common|far|large|big|safe|fast|quickly|it compares?|they compare))\b[^.!?,;:—–]{3,160}\W*",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"\b(?:is|are|was|were|remains?|seems?) (?:still |yet |not |largely )?(?:unknown|unclear|uncertain|known|clear|certain|open|disputed|a mystery|a question|debated|another (?:matter|question))\b"
    r"|\bremains? to be\b|\b(?:less|not) (?:certain|clear|known|settled)\b|\bcannot be\b|\b(?:has|have) not been\b"
    r"|\b(?:is|are|was|were|has|have|had)\b.*\b(?:is|are|was|were)\b",
    re.IGNORECASE,
)
"""The question is the subject of a sentence: "whether it helps is unclear"."""


def is_own_search(text: str) -> bool:
    """Whether a bare sentence only tells what the writers' own search did not find, or what they do not know."""
    found = _OWN.match(text)
    if found is None:
        return False
    rest = text[found.end() :]
    return _FOUND.search(rest) is None and _FURTHER.search(rest.rstrip(" .")) is None


def untested(text: str) -> str:
    """The words of a sentence by which it says that nobody has tested something; empty if it does not begin so."""
    found = _UNTESTED.match(text)
    return found[0].strip() if found else ""


def is_gap(text: str) -> bool:
    """Whether a sentence says of the world that something is not known or was never tested."""
    return _GAP.search(text.replace("’", "'")) is not None


def is_indirect_question(text: str) -> bool:
    """Whether an item without a full stop is a question without its mark: "which dose is best", "whether it helps"."""
    if text[-1:] == "." and not text[:1].islower():
        return False
    return _INDIRECT.fullmatch(text.rstrip(".")) is not None and _STATED.search(text) is None
