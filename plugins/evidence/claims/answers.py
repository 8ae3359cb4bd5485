"""A question and the short answer behind it are one statement: "Is a drip safe in pregnancy?" "Yes." says that it is.

The question is turned into a statement, with "not" if the answer denies, and with the answer in the place that was asked for.
A question that asks for assent ("…, doesn't it?", "Did you know that …?") states by itself what it asks.
"""

from __future__ import annotations

import re
from functools import cached_property

LONGEST, LONGEST_BARE = 9, 5
"""Words of a short answer, with a "yes" or "no" and without; a longer one says by itself what it says."""


class _Later:
    """An expression that is made when it is first needed: few texts have short answers."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def made(self) -> re.Pattern[str]:
        return re.compile(self._pattern, re.IGNORECASE)


_AUX = (
    "is|are|was|were|am|do|does|did|can|could|will|would|should|may|might|must|has|have|had"
    "|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|can't|couldn't|won't|wouldn't|shouldn't|mustn't|hasn't|haven't|hadn't"
)
_TAG = _Later(
    rf",\s+(?:(?:{_AUX})(?: not)?(?: i| you| he| she| it| we| they| there| this| that)(?: not)?|right|correct|no|yes|true|okay|ok|agreed|eh|huh|innit)\s*\?\W*$",
)
_KNOWN = _Later(
    r"\W*(?:did|do|don't|didn't|have|haven't|would|wouldn't|isn't|ever|who knew|is|were|are|can|could)\s*(?:(?:you|it|we)\s+)?(?:(?:not|ever|already|even|all)\s+)*"
    r"(?:know|knew|known|heard|hear|realise|realize|realised|realized|notice|noticed|believe|guess|guessed|agree|nice|great|good|amazing|wonderful|aware|told|remember)"
    r"\s+(?:that|how)\s+",
)
_KNEW = _Later(
    r"\W*(?:did you know|didn't you know|do you know|who knew)[,:]?\s+(?!what|where|who|when|why|how|if|whether|which|any|about|of)",
)
_YES = _Later(
    r"\W*(?:yes|yep|yeah|yup|sure|certainly|absolutely|definitely|of course|indeed|you bet|without (?:a )?doubt|no doubt|no question|by all means|always|exactly"
    r"|right|correct|true|naturally|it (?:does|is|can|will|may)\b|they (?:do|are|can|will|may)\b|you (?:can|may|do|will)\b|very much|a lot|completely|totally|quite|in most cases|usually|mostly|often|nearly always|almost always|fine|that is fine)\b",
)
_NO = _Later(
    r"\W*(?:no way|no|nope|never|not|hardly|by no means|in no way|none|it (?:does|is|can|will) ?n[o']t|rarely|seldom|almost never|far from it|nothing|nobody|no one|no way)\b",
)
_ECHO = _Later(
    rf"(?:(?:at all|ever|really|much|so|not|of course)\b\W*)*(?:(?:it|that|they|you|he|she|this|there|these|i|we) (?:{_AUX})(?: not)?)?(?: (?:fine|ok|okay|so|all right|true|right|correct|indeed|safe))?",
)
"""What an answer says of the question once more: "yes, it does"."""
_OPEN = _Later(
    r"\b(?:depends?|not (?:yet )?(?:known|clear|certain|enough)|unknown|unclear|uncertain|nobody (?:can )?(?:knows?|say|tell)|no one knows|(?:do|does|can) ?(?:not|n't) (?:know|say|tell)|cannot (?:say|tell)|can't (?:say|tell)"
    r"|too early|maybe|perhaps|possibly|we (?:found|have found|looked)|see (?:below|above)|read on|here is|here's|ask (?:your|the|a|us))\b",
)
_WH = _Later(
    r"\W*(?P<wh>(?:and |but |so )?(?:(?:for |in |at |on |after |with )?(?:how (?:long|soon|often|much|many|fast|quickly|well|likely|far|safe|risky|dangerous|effective|strong|painful|common|rare|good|bad)|who|whom|what|which|when|where|why|how)))\s+",
)
_SOON = re.compile(r"soon|fast|quickly|when")
_VERB = _Later(rf"(?P<aux>{_AUX})\s+")
_PRONOUN = _Later(
    r"(?:i|you|he|she|it|we|they|there|this|that|these|those|one|anyone|everyone|people|patients)\b",
)
_NOUNS = _Later(
    r"(?:(?:a|an|the|my|your|our|their|his|her|its|this|that|these|those|any|all|some|such|one|two|most|iv|too much)\s+)?"
    r"(?:[\w'-]+(?:al|ed|ous|ic|ive|iv)\s+(?=[\w'-]+))?[\w'-]+(?:\s+(?:drips?|infusions?|bags?|sulfate|water|therapy|fluids?|lines?|treatments?|medicines?))*"
    r"(?:\s+(?:or|and|of|with|by|for)\s+(?:(?:a|an|the|my|your)\s+)?[\w'-]+(?=\s+(?:safe|help|stop|make|work|ease|cure|be|cause|good|fine|enough|ok|okay|last|prevent|relieve|take|need)\b))?",
)
_I = (("i", "you"), ("me", "you"), ("my", "your"), ("mine", "yours"), ("am", "are"), ("myself", "yourself"))
_PERSON = _Later(rf"\b(?:{'|'.join(one for one, _ in _I)})\b")


def stated(question: str) -> str:
    """What a question states by itself, such as "Metoclopramide stops nausea" of "…, doesn't it?"; empty if nothing."""
    if not question.rstrip(" \"')").endswith("?"):
        return ""
    plain = question.rstrip(" \"')?")
    if "," in question and (tag := _TAG.made.search(question)):
        return question[: tag.start()].strip() + "."
    if opened := _KNOWN.made.match(plain) or _KNEW.made.match(plain):
        return plain[opened.end() :].strip() + "."
    return ""


def is_short_answer(answer: str) -> bool:
    """True if the words are too few to say by themselves what they say, and are none that leave the question open."""
    words = re.findall(r"[\w'’-]+", answer)
    longest = LONGEST if _YES.made.match(answer) or _NO.made.match(answer) else LONGEST_BARE
    return (
        bool(words) and len(words) <= longest and not answer.rstrip().endswith("?") and not _OPEN.made.search(answer)
    )


def statement(question: str, answer: str) -> str:
    """What question and answer say together; empty if the answer leaves it open."""
    asked = " ".join(question.replace("’", "'").strip(" \"'*_").rstrip("? ").split())
    told = " ".join(answer.replace("’", "'").strip(" \"'*_").rstrip(".! ").split())
    if told[1:2].islower():
        told = told[0].lower() + told[1:]
    found = _WH.made.match(asked)
    if found is None or not asked:
        return _of_yes_or_no(asked, told)
    wh, rest = found["wh"].lower(), asked[found.end() :]
    is_subject = re.search(r"\b(?:who|what)\b", wh) is not None
    if wh.endswith(("which", "many")):  # "which drug works best", "how many people get better"
        counted, _, rest = rest.partition(" ")
        told = f"{told} {counted}" if wh.endswith("many") else told
        is_subject = True
    if _SOON.search(wh) and told[:1].isdigit():
        told = f"in {told}"
    aux = _VERB.made.match(rest)
    if is_subject and (aux is None or not _subject_follows(rest[aux.end() :], aux["aux"])):
        return _sentence(f"{told} {rest}")  # "Who should not have one?" "Hardly anybody": they should not
    turned = _turned(rest, denies=False)
    link = " because" if wh.endswith("why") else ""
    return _sentence(f"{turned}{link} {told}")


def _of_yes_or_no(asked: str, told: str) -> str:
    if not _VERB.made.match(asked):
        return _sentence(f"{told}: {asked}")
    denied = _NO.made.match(told)
    agreed = None if denied else _YES.made.match(told)
    rest = told[(denied or agreed).end() :].strip(" ,;:–—") if denied or agreed else told  # type: ignore[union-attr]
    said = _turned(asked, denies=bool(denied))
    return _sentence(said if not rest or _ECHO.made.fullmatch(rest) else f"{said}, {rest}")


def _subject_follows(words: str, aux: str) -> bool:
    """False for "who should not have one", "what is good against nausea"; true for "what does it do"."""
    if re.match(r"(?:not|never|also|best|really)\b", words, re.IGNORECASE):
        return False
    if _PRONOUN.made.match(words) or re.match(
        r"(?:a|an|the|my|your|our|any|metoclopramide|magnesium)\b", words, re.IGNORECASE
    ):
        return True
    return aux.lower() in ("do", "does", "did")


def _turned(question: str, *, denies: bool) -> str:
    """ "Is a drip safe" → "a drip is safe"."""
    aux = _VERB.made.match(question)
    if aux is None:
        return question
    verb, rest = aux["aux"].lower(), question[aux.end() :]
    if verb.endswith("n't"):
        verb = {"can't": "can", "won't": "will"}.get(verb, verb.removesuffix("n't"))
    subject = _PRONOUN.made.match(rest) or _NOUNS.made.match(rest)
    end = subject.end() if subject else 0
    head, tail = rest[:end].strip(), rest[end:].strip()
    if denies and re.match(r"(?:make|makes|made) an? (?:\w+ )?difference", tail):
        tail, verb = re.sub(r" an? ", " no ", tail, count=1), "" if verb in ("do", "does", "did") else verb
    elif denies:
        verb += " not"
    elif verb in ("do", "does", "did"):
        first, _, others = tail.partition(" ")
        tail = f"{_third(first) if verb == 'does' else first} {others}".strip()
        return f"{head} {tail}"
    return " ".join(filter(None, (head, verb, tail)))


def _third(verb: str) -> str:
    """ "stop" → "stops"."""
    if not verb:
        return verb
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "s"


def _sentence(words: str) -> str:
    """With a capital and a full stop, and said to the reader: "I may drive" becomes "you may drive"."""
    other = dict(_I)
    plain = " ".join(_PERSON.made.sub(lambda found: other[found[0].lower()], words).split())
    return f"{plain[:1].upper()}{plain[1:]}." if plain else ""
