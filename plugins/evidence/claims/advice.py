"""Orders and permissions on which health hangs: on medicines, food before treatment, driving, pregnancy, symptoms, emergencies.

An order asserts nothing by its form, but a reader acts on it, and a reviewer asks where it comes from: "Stop your blood
thinner two days before." Whoever sends the reader to a person who knows them, or to help, is left alone. The signs are what is
told to be done, and to what; sentences that no order and no permission opens are none of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidence.claims.cues import Cues
from evidence.claims.words import Word, words

Sign = tuple[str, str]
"""The kind of claim and the words that made it one."""

_CLAUSE = re.compile(
    r"[;:—–!]\s|\.\s|,\s+(?:and|but|so|then|just|or)?\s*|\s(?:and|but)\s(?=(?:then|just|do|don't|never)\b)"
)
_OPENING = re.compile(
    r"\W*(?:(?:please|just|simply|always|also|so|then|and|instead|yes|no,|sure|of course|remember to|make sure (?:to|you)|be sure to"
    r"|go ahead and|feel free to)\W+)*"
)
_NOT = r"(?:do not|don't|never|not|needn't|need not|no need to|there is no need to|there's no need to|(?:you )?(?:do not|don't) (?:have|need) to)"
_NO_NEED = re.compile(
    rf"(?:you |there is |there's )?(?:{_NOT}|cannot|can't|must not|mustn't|should not|shouldn't|may not)\b"
)
_MAY = re.compile(
    r"(?:you|your child|children|kids|nursing mothers|mothers|pregnant (?:women|people)|people \w+(?: \w+)?|patients|clients|teenagers|anyone|everyone|we|they)"
    r"\s(?:can|may|could|might|should|must|need(?: to)?|have to|ought to|will want to|are (?:allowed|free|welcome|able) to|do not (?:have|need) to"
    r"|don't (?:have|need) to|needn't|need not|cannot|can't|must not|should not|shouldn't)\b(?:\s(?:safely|also|still|even|just|well|happily|now|easily|simply))*"
)
_FINE = re.compile(
    r"(?:(?:it|that|this|all of (?:it|this)|a \w+|an \w+|one|both)(?:\s\w+){0,4}?(?:\sis|\sare|'s)\s)?(?:also |perfectly |quite |absolutely |completely |totally |just |all |entirely )*"
    r"\b(?:fine|ok|okay|all right|alright|safe|allowed|permitted|harmless|no problem|not a problem|good|suitable|possible)\b"
)
_DEFERS = re.compile(
    r"\b(?:you (?:have )?read|you find|is written|this (?:site|page|article))\b|\bwithout (?:\w+ )?(?:advice|asking|checking|talking|word)\b|[$£€]\s?\d|\b(?:ask|asking|tell|telling|talk|talking|speak|speaking|consult|discuss|check with|mention|let \w+ know|go over)\b"
    r"|\b(?:as|unless|if|until|what|how|which|that|when)\b[^.;]{0,30}\b(?:doctor|clinician|pharmacist|prescriber|physician|midwife|specialist|nurse|team|prescribed|directed|agreed|advised)\b"
)
_CHANGES = re.compile(
    r"(?:stop|quit|pause|hold|skip|miss|omit|leave out|leave off|carry on|continue|keep(?: on)? (?:taking|using|having|up)|start|restart|resume|double|triple|halve|cut|reduce"
    r"|lower|raise|increase|change|switch|swap|replace|mix|combine|crush|split|repeat|wean|come off|go without|do without|finish|use up|lay off|drop|add|withhold)(?![-\w])"
)
_TAKES = re.compile(
    r"(?:take|swallow|use|have|get|give|inject|drink|try|eat|come(?: in)?|book|return|arrange|be given|ask for|order|want|receive)\b"
)
_REMEDY = re.compile(
    r"\b(?:medicines?|medications?|meds|drugs?|pills?|tablets?|capsules?|doses?|pain ?killers?|(?:blood )?thinners?|beta[- ]blockers?|inhalers?|insulin"
    r"|anticoagulants?|anti\w+s|contraceptives?|steroids?|diuretics?|triptans?|gepants?|supplements?|vitamins?|statins?|preventives?|sedatives?|sleeping aids?"
    r"|drips?|infusions?|bags?|injections?|shots?|jabs?|treatments?|therapy|st\.? john's wort|remed(?:y|ies)|herbs?|magnesium|warfarin|aspirin)\b"
)
_ASIDE = re.compile(r"\b(?:before|after|when|while|if|until|using)\b")
_DOES = re.compile(
    r"\s*(?!taking|using|having|getting|eating|drinking|smoking|breast)\w+ing\s+(?:me|us|your|my|our|the)\b"
)
_GOES_WITHOUT = re.compile(r"(?:stop|quit|skip|miss|omit|leave|go without|do without|start|restart|resume)")
_THINGS = re.compile(
    r"\s+(?:lists?|bottles?|names?|cards?|plans?|box(?:es)?|cabinets?|labels?|histor(?:y|ies)|diar(?:y|ies)|records?|packets?|packages?|page|form|guide|room|chair|center|centre|area|stand|pole)\b"
)
_OFTEN = re.compile(
    r"\b(?:every|each|twice|once|daily|weekly|monthly|hourly|per|a (?:day|week|month)|(?:\d+|two|three|four|six|several) (?:times|hours|days|weeks|months)|again|second|another|more|extra|half|whole|early|first"
    r"|next day|same day|as often|as much|as many|before|after|on top|with|together|on an? \w+ stomach|at once|one|two|three|\d+|too)\b"
)
_MEAL = re.compile(
    r"\b(?:eat|eats|eating|drink|drinking|fast|fasting|food|meals?|breakfast|lunch|dinner|supper|alcohol\w*|wine|beer|spirits|coffee|caffeine|smoke|smoking|vape|cannabis|empty stomach|grapefruit|water)\b"
)
_AROUND = re.compile(
    r"\b(?:before(?! you(?:'re| are| feel))|after|afterwards?|until|from midnight|during|while|on the (?:day|morning|evening)|the (?:day|night|evening|morning) before|the same day|for (?:\w+ ){1,2}(?:hours?|days?)"
    r"|on an? (?:empty|full) stomach)\b"
)
_ALCOHOL = re.compile(r"\b(?:alcohol\w*|wine|beer|spirits|whisky|cannabis|smok\w+)\b")
_PLACE = re.compile(
    r"\b(?:in|inside|near) (?:the|our|this) (?:\w+ )?(?:room|hall|lobby|office|building|desk|car|area|corridor)\b"
)
_DEMANDING = re.compile(
    r"\b(?:driv(?:e|ing)|behind the wheel|operate|machin\w+|fly|flying|dive|diving|swim|swimming|sauna|ride|riding|cycle|climb|run|exercise|gym|lift (?:weights|heavy)|go back to work|work(?:ing)? at heights)\b"
)
_EXPECTING = re.compile(
    r"\b(?:pregnan\w+|expecting|trimesters?|breast-?feed\w*|nursing (?:mothers?|women|parents?|a baby)|while nursing|lactat\w+|unborn|trying (?:for a baby|to conceive)|babies|infants?|newborns?|toddlers?|children|child|kids?|teenagers?)\b"
)
_LETS_BE = re.compile(
    r"\b(?:wait(?: and see)?|ignored?|carry on|keep going|keep (?:the|it|your)|go on|do nothing|don't worry|do not worry|sit it out|sleep it off|rest it off|walk it off|rub|stay (?:calm|at home|home)|leave it|see how|no need|no reason|nothing to worry"
    r"|need not worry|push through|breathe|relax|lie down|drink)\b"
)
_WRONG = re.compile(
    r"\b(?:swell\w*|swollen|numb\w*|tight\w*|faint\w*|rash\w*|hives|bleed\w*|blood|burn\w*|itch\w*|red\b|fever\w*|stiff\w*|weak\w*|chest|breath\w*|dizz\w*|confus\w*|vomit\w*|sick|hurts?|pain\w*|lips?|throat|tongue|headaches?|vision|seizures?|fits?|cramps?|palpitations|heart|lump\w*|sore\w*|react\w*)"
)
_IF = re.compile(r"\W*(?:if|when|should|once|whenever|in case)\b")
_HELP = r"(?:911|999|112|(?:an |the )?ambulance|paramedics|(?:the )?emergency (?:room|department|services|number|line|care)|(?:the )?ER\b|(?:the |a )?hospital|casualty|a&e|urgent care)"
_HELPERS = (
    "911",
    "999",
    "112",
    "ambulance",
    "paramedics",
    "emergency",
    " er",
    "hospital",
    "casualty",
    "a&e",
    "urgent care",
)
"""One of these stands in all that names help: quick to look for."""
_KEEPS_AWAY = re.compile(
    rf"(?:(?<!is )(?<!are )(?<!was )\b{_NOT}|,? (?:instead of|rather than|not|(?:before|sooner than)(?: you)?(?: (?:try|think of|thinking of|consider))?)|\b(?:skip|avoid|without))"
    rf"(?!\s+(?:wait|hesitate|delay|drive|be afraid|put off|try to drive|us|our))\s+(?:(?:bother|call|calling|ring|dial|dialling|dialing|phone|go|going|to|see|visit|use|trouble|rush|think|of|into|for)\s+){{0,4}}{_HELP}"
)
_ANYBODY = re.compile(
    r"\b(?:nobody|anybody|anyone|everyone|everybody|no one|(?:few|most|all|some|many) (?:people|adults|children)|people)\s+(?:can|should|may|must|could|cannot)(?:\s+not)?"
    r"\s+(?:have|get|take|use)\s+(?:one|it|this|them|any|(?:a|the|this) (?:drip|infusion|medicine|treatment))\b"
)
_HIDES = re.compile(
    rf"(?:{_NOT})\s+(?:tell|mention|ask|bother|consult|inform|see)\b[^.;]{{0,30}}\b(?:doctor|clinician|nurse|pharmacist|gp|midwife|physician)s?\b"
)
_NOT_IF = re.compile(
    r"\W*(?:you )?(?:do not|don't|never|must not|should not|avoid|cannot|can't)\s+(?:take|use|have|give|get|taking|using|it|this)\b(?:\s+(?:it|this|them|one|the \w+|a \w+))?\s*(?:if|when|while|in case of|under|with)\b"
)
_SENDS = re.compile(rf"\b(?:call|ring|dial|phone|go to|get to)\s+{_HELP}")
_HEALTH = ("entity.medicine:strong", "entity.nutrient:strong")


def advice(text: str, cues: Cues) -> Sign | None:
    """Why an order or a permission needs a source; None if it is neither or needs none. `text` is bare."""
    plain = text.lower().rstrip(" \"')")
    if plain.endswith("?"):
        return None
    if any(word in plain for word in _HELPERS):
        found = _KEEPS_AWAY.search(plain)
        if found and not _SENDS.search(plain, 0, found.start()):
            return "safety", found[0].strip(" ,")
    if ignored := _ignoring(plain):
        return "safety", ignored
    if found := _ANYBODY.search(plain) or _NOT_IF.match(plain) or _HIDES.search(plain):
        return "safety", found[0]
    sign = next((sign for clause in _clauses(plain) if (sign := _of_clause(clause, cues))), None)
    return sign if sign and not _DEFERS.search(plain) else None


def _clauses(text: str) -> Iterator[str]:
    """The sentence from its beginning, and from each join on, so that an order behind "if …," is seen."""
    yield text
    for join in _CLAUSE.finditer(text):
        yield text[join.end() :]


def _of_clause(clause: str, cues: Cues) -> Sign | None:
    opened = _OPENING.match(clause)
    rest = clause[opened.end() :] if opened else clause
    if found := _FINE.match(rest):
        behind = rest[found.end() :]
        topic = _EXPECTING.search(behind) or _DEMANDING.search(behind) or _ALCOHOL.search(rest)
        return ("safety", f"{found[0].strip()} … {topic[0]}") if topic else None
    allowed = _MAY.match(rest)
    denied = None if allowed else _NO_NEED.match(rest)
    behind = rest[(allowed or denied).end() :].strip() if allowed or denied else rest  # type: ignore[union-attr]
    denies = bool(_NO_NEED.match(behind))
    behind = behind[_NO_NEED.match(behind).end() :].strip() if denies else behind  # type: ignore[union-attr]
    if not allowed and re.match(r"no (?:\w+ )?(?:food|meals?|breakfast|alcohol|coffee|water)\b", behind):
        return _meal(behind)
    if (
        allowed
        and (who := _EXPECTING.search(allowed[0]))
        and re.match(r"\s*(?:have|get|take|use|be given|receive)\b", behind)
    ):
        return "safety", who[0]
    if change := _CHANGES.match(behind):
        sign = _remedy(change[0], behind[change.end() :], cues, always=True)
        return sign or (_meal(behind) if _GOES_WITHOUT.match(change[0]) else None)
    if allowed and re.match(r"breast-?feed\w*", behind):
        return "safety", f"{allowed[0]} {behind.split()[0]}"
    if allowed and (demanding := _DEMANDING.match(behind)):
        return "safety", demanding[0]
    if allowed and (demanding := _DEMANDING.search(behind)) and re.match(r"(?:go|get|start|return)\b", behind):
        return "safety", demanding[0]
    if opened and re.search(r"feel free", opened[0]) and (demanding := _DEMANDING.match(behind)):
        return "safety", demanding[0]
    if taken := _TAKES.match(behind):
        return _remedy(taken[0], behind[taken.end() :], cues, always=False) or _meal(behind)
    return _meal(behind) if re.match(r"(?:fast|smoke|avoid|no)\b", behind) else None


def _remedy(verb: str, object_: str, cues: Cues, *, always: bool) -> Sign | None:
    """What is done to a medicine or a treatment; of taking it only if it is said how often, how much, when or with what."""
    near = _ASIDE.split(" ".join(object_.split()[:9]), maxsplit=1)[0]
    if _DOES.match(object_):
        return None  # "stop sending me turmeric"
    found = _REMEDY.search(near) or _listed(near, cues)
    if found is None or _THINGS.match(near, found.end()):
        return (
            ("safety", f"{verb} it")
            if always and re.match(r"\W*(?:mix|combine)", verb) and re.match(r"\s*(?:it|them|this)\s+with\b", object_)
            else None
        )
    if re.search(
        r"\b(?:ask|list|of (?:all )?your|about|copy|photo|picture|note|question\w*|page|seat)\b",
        near[: found.start()],
    ):
        return None
    if not always and not _OFTEN.search(object_.replace(found[0], " ", 1)) and not _MEAL.search(object_):
        return None
    return "dose" if not always else "safety", f"{verb} … {found[0]}"


def _listed(near: str, cues: Cues) -> re.Match[str] | None:
    """A medicine or nutrient of the cue file."""
    told: Sequence[Word] = words(near, cues)
    name = next((word.text for word in told if any(one in word.classes for one in _HEALTH)), "")
    return re.search(re.escape(name), near) if name else None


def _meal(clause: str) -> Sign | None:
    """Food, drink or smoke around the treatment."""
    food, around = _MEAL.search(clause), _AROUND.search(clause)
    if food and around and not _PLACE.search(clause):
        return "safety", f"{food[0]} … {around[0]}"
    return None


def _ignoring(text: str) -> str:
    """The words by which something wrong is to be let be: "If your arm swells, just wait"."""
    if _IF.match(text):
        condition, comma, then = text.partition(",")
        wrong, lets = _WRONG.search(condition), _LETS_BE.search(then)
        if comma and wrong and lets and not _calls(then):
            return f"{wrong[0]} … {lets[0]}"
    found = re.search(
        r"\b(?:can|may|should|need not|needn't) (?:safely )?be ignored|\bno need to (?:tell|call|worry)|\bnothing to worry",
        text,
    )
    wrong = _WRONG.search(text) if found else None
    return f"{wrong[0]} … {found[0]}" if found and wrong and not _calls(text[: found.start()]) else ""


def _calls(text: str) -> bool:
    return re.search(r"\b(?:call|tell|ask|ring|see (?:a|an|the|your|us)|go to|get help)\b", text) is not None
