"""Whether a claim speaks of harm that a treatment does: then its kind is safety, whatever else it is, as it decides who must sign.

"Seizures have been reported." has the words of research and "Low blood pressure was common." those of how common something
is; but a reviewer of either must know the harms. What is also a sign of the illness, such as nausea, is one of these only where the
sentence names a treatment that it came with, and not where it got better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evidence.claims.words import Word

_UNWANTED = re.compile(
    r"\b(?:side[- ]effects?|adverse (?:events?|effects?|reactions?|drug reactions?)|unwanted effects?|complications?|akathisia|restlessness|dystonias?|dystonic"
    r"|seizures?|convulsions?|low(?:er)? blood pressure|hypotension|fainting|heart (?:block|failure|attacks?)|arrhythmias?|palpitations|cardiac arrests?"
    r"|drowsiness|sedation|sleepiness|flushing|rash(?:es)?|hives|itching|swelling|bruis(?:es|ing)|phlebitis|vein irritation|infections?|sepsis|blood clots?|bleeding|overdos(?:es?|ing)"
    r"|allerg(?:y|ies|ic reactions?)|anaphyla\w+|(?:liver|kidney|nerve|tissue|lung|brain) (?:damage|injury|failure|harm|toxicity)|toxicity|poisoning|miscarriages?|birth defects?|malformations?|stillbirths?"
    r"|deaths?|dependence|withdrawal symptoms?|tardive dyskinesia|serotonin syndrome|fluid overload|air embolism|constipation)\b"
)
"""What nobody wants of a treatment."""
_BOTH = re.compile(
    r"\b(?:nausea|vomiting|dizziness|diarrhoea|diarrhea|anxiety|dry mouth|tingling|hallucinations|fatigue|tiredness|weakness|agitation|confusion|chest (?:pain|tightness)|numbness|insomnia|weight gain|hair loss|tremors?)\b"
)
"""What may be a sign of the illness as well."""
_SEEN = (
    r"(?:(?:not|very|more|less|most|also|often|rarely|sometimes|quite|equally|only) )*(?:common|uncommon|rare|frequent|infrequent|reported|seen|noted"
    r"|recorded|described|observed|possible|likely|unlikely|mild|severe|serious|transient|usual|known|the same|as common)\b"
)
_CAME = re.compile(
    rf"(?:was|were|has been|have been) {_SEEN}|(?:occurred|happened|followed|developed|came|arose|appeared|led to|struck|hit)\b"
    r"|(?:can|may|might|could) (?:occur|happen|follow|appear|develop|be (?:severe|serious|fatal))\b"
)
_COMES = re.compile(rf"(?:is|are) {_SEEN}|(?:occurs?|happens?|follows?|develops?|appears?|affects?)\b")
"""How it is told of a thing that came once, and in general."""
_BETTER = re.compile(
    r"\b(?:eas\w+|reliev\w+|reduc\w+|improv\w+|prevent\w+|treat\w*|relief|stopp?(?:s|ed)|cur(?:e[sd]?|ing)|fell|fewer|lower(?:s|ed)|less (?:nausea|vomiting)|free of)\b"
)
_UNBORN = re.compile(
    r"\b(?:womb|uterus|uterine|placentas?|unborn|f(?:o)?etus(?:es)?|f(?:o)?etal|birth defects?|miscarriages?|malformations?|spina bifida)\b"
)
_HARMS = re.compile(
    r"(?:(?:can|may|might|could|will|does|do) (?:also )?)?(?:harm(?:s|ed)?|damag(?:es?|ed)|kill(?:s|ed)?|poison(?:s|ed)?|injur(?:es?|ed)|paralys(?:es?|ed))\b"
    r"(?P<whom>[^,;:]*)"
)
_PERSON = re.compile(
    r"\W*$|\b(?:you|people|patients?|adults?|child(?:ren)?|babies|baby|women|men|kidneys?|liver|nerves?|brain|heart|lungs?|vein|veins|skin|eyes?|hearing|someone|anyone|nobody)\b"
)
_BRINGS = re.compile(
    r"(?:(?:can|may|might|could|will|does|do|also|often|sometimes) ){0,2}(?:caus(?:es?|ed)|leads? to|led to|brings?|brought|brought on|provok(?:es?|ed)|had|got|develop(?:s|ed)?"
    r"|suffer(?:s|ed)?)\b(?P<what>(?: [\w'-]+){1,6})"
)
_SOME_DIED = re.compile(
    r"(?:(?:\d+|one|two|three|four|five|six|several|some|no) )(?:patients?|people|persons?|women|men|child(?:ren)?|bab(?:y|ies)) died\b"
)
_DIED = re.compile(r"\b(?:died|fatal|lethal|deadly)\b")
_TREATMENTS = "entity.medicine"
_CARE = re.compile(
    r"\b(?:drips?|infusions?|injections?|shots?|treatments?|therapy|medicines?|drugs?|doses?|air bubbles?|cannulas?|needles?|supplements?|vitamins?)\b"
)
_OTHERS = re.compile(
    r"\b(?:migraines?|headaches? (?:is|are)|aura|stroke|covid|flu|diabetes|epilepsy|cancer|virus|bacteria|ticks?|mosquito\w*|smok\w+|alcohol|sun)\b"
)


_EXPECTING = re.compile(r"\b(?:pregnan\w+|breast-?feeding|nursing mothers?)\b")
_ALLOWED = re.compile(
    r"\b(?:fine|safe|unsafe|ok|okay|off limits|risky|dangerous|not (?:been )?(?:studied|tested|recommended|advised)|must not|should not|contraindicated|avoid(?:ed)?)\b"
)
_NOT_FOR = re.compile(
    r"\b(?:not to be (?:used|given|taken)|must not be (?:used|given|taken)|off limits|contraindicated)\b"
)


def is_of_harm(text: str, words: Sequence[Word], verb: int | None) -> bool:
    """Whether a claim is about what a treatment does that nobody wants. `text` is its bare text, `verb` the place of its verb."""
    low = text.lower()
    treated = _names_treatment(words) or _CARE.search(low) is not None
    if _UNBORN.search(low) and _names_treatment(words) and not _BETTER.search(low):
        return True
    if _NOT_FOR.search(low) or (_EXPECTING.search(low) and _ALLOWED.search(low)):
        return True
    if verb is None or _BETTER.search(low):
        return False
    subject = " ".join(word.low for word in words[:verb])
    rest = " ".join(word.low for word in words[verb:])
    if _UNWANTED.search(subject) or (treated and _BOTH.search(subject)):
        return bool(_CAME.match(rest) or (treated and _COMES.match(rest))) and not _OTHERS.search(low)
    if _OTHERS.search(low):
        return False
    if not treated:
        return _SOME_DIED.match(low) is not None
    if (brought := _BRINGS.search(rest)) and (_UNWANTED.search(brought["what"]) or _BOTH.search(brought["what"])):
        return True
    harmed = _HARMS.match(rest)
    return _DIED.search(rest) is not None or (harmed is not None and _PERSON.search(harmed["whom"]) is not None)


def _names_treatment(words: Sequence[Word]) -> bool:
    return any(_is_treatment(word.classes) for word in words)


@lru_cache(maxsize=20_000)
def _is_treatment(classes: frozenset[str]) -> bool:
    return any(one.startswith(_TREATMENTS) for one in classes)
