"""The wording is stronger than the evidence may carry.

A bare verb ("eases pain") states a fact; "probably", "may" and "we do not know if" are the lower rungs. How far up a sentence
may go depends on the design of its best source: a guideline, a systematic review, a meta-analysis or an approved label may
carry a bare verb; a randomised trial "probably"; an observational study, a case series or a narrative review "may"; laboratory
work and marketing nothing. A mixed finding carries no more than "may", an unclear one nothing. A sentence that only tells what
one study found ("In one trial of 49 people, pain fell …") makes no such claim, unless it promises: "proves", "always", "for
everyone". What the record hedges ("may cause") must not be
stated ("causes"), in whatever words. Nor may a sentence say of its own that something is safe, rare, needed, or passes. And a study may be called only what its record says it is ("a randomised trial", "double-blind",
"the largest"). This is a ceiling: whether the evidence reaches it, people judge. The rungs are in `plugins/evidence/support/wording.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity, Supported, Vocabulary
from evidence.support.additions import added
from evidence.support.assertion import STRENGTHS, Assertion, assertions, ceiling, is_of_both, may_be_chance, promise
from evidence.support.clauses import clause_of_its_own
from evidence.support.contrast import contrast, hedge_dropped, hedged, says_may
from evidence.support.evidence import named
from evidence.support.prohibited import forbidden_beyond, forbidden_by
from evidence.support.specifics import foreign
from evidence.support.telling import beside, short
from evidence.support.terms import record, recorded

BAD = (
    "Prochlorperazine eases migraine pain [@smith2020#relief].\n",
    "Prochlorperazine helps against pain [@smith2020].\n",
)
GOOD = (
    "Prochlorperazine probably eases migraine pain [@smith2020#relief].\n",
    "In one trial of 80 people, prochlorperazine eased pain more than placebo [@smith2020#relief].\n",
)
RUNGS = {"bare": "a bare verb", "probably": '"probably"', "may": '"may"', "unknown": '"we do not know if"'}

ABOUT = ("treatment", "outcome")


def check(case: Case) -> Iterator[Hit]:
    for one in case.supported:
        if dropped := _hedge_dropped(one, case.library.vocabulary):
            yield dropped
            continue
        if designed := _other_design(one, case.library.vocabulary):
            yield designed
            continue
        if promised := _promised(one, case.library.vocabulary):
            yield promised
            continue
        effects = {finding.effect for _, finding in one.findings} - {"background"}
        if not effects or any(rest.source.note is None for rest in one.rests):
            continue
        for said in assertions(one.words):
            allowed = _allowed(one)
            strength = "bare" if said.certain else said.strength
            too_strong = STRENGTHS.index(strength) > STRENGTHS.index(allowed) and not (
                strength == "may" and may_be_chance(one.words)
            )
            if (said.direction == "harm" and not said.certain and _is_forbidden(one, said)) or (
                one.claim.where == "row" and is_of_both(said, one.words)
            ):
                continue
            if said.direction in ("benefit", "harm") and too_strong and (said.certain or not said.report):
                yield Hit(
                    one.claim.place, *_told(one, said, allowed), key=one.rests[0].source.key, claim=one.claim.id
                )
                break


def _is_forbidden(one: Supported, said: Assertion) -> bool:
    """True for "is unsafe in pregnancy" of what a finding says must not be used in pregnancy: the wording is its own."""
    return forbidden_by(said.clause, (finding.statement for _, finding in one.findings if finding.effect == "harm"))


def _hedge_dropped(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """The record says "may", the sentence states it."""
    if any(rest.source.note is None for rest in one.rests):
        return None
    if stated := _as_fact(one):
        return stated
    found = contrast(one.words, recorded(one.rests), vocabulary, pointed=all(rest.points for rest in one.rests))
    theirs = found.theirs if found and found.hedge else hedge_dropped(one.words, recorded(one.rests))
    if not theirs:
        return None
    key = one.rests[0].source.key
    what = f'{key} says "{short(theirs, 80)}", the sentence states it as a fact: "{short(one.shown)}"'
    return Hit(one.claim.place, what, "keep the hedge of the source", key=key, claim=one.claim.id)


def _as_fact(one: Supported) -> Hit | None:
    """A harm or benefit stated as a fact that every finding on it states with a hedge."""
    if not all(rest.exact for rest in one.rests):
        return None
    for said in assertions(one.words):
        findings = [pair for pair in one.findings if pair[1].effect == said.direction]
        all_hedged = bool(findings) and all(says_may(finding.statement) for _, finding in findings)
        stated = said.direction in ("benefit", "harm") and said.strength == "bare" and not hedged(said.clause)
        if stated and all_hedged:
            source, finding = findings[0]
            what = f'the sentence states "{said.words}" as a fact: "{short(one.shown)}"; '
            fix = "keep the hedge of the source"
            return Hit(one.claim.place, what + beside(source, finding), fix, key=source.key, claim=one.claim.id)
    return None


def _other_design(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """ "A randomised trial", "double-blind", "the largest": what nothing recorded of the source says that it was."""
    said = foreign("design", one.words, one.rests, vocabulary)
    if not said:
        return _too_far(one, vocabulary)
    key, note = one.rests[0].source.key, one.rests[0].source.note
    design = f" ({note.design})" if note and note.design else ""
    what = f'"{said}" is not what {key} is recorded as{design}: "{short(one.shown)}"'
    fix = f"say what kind of study it is; or, if it was that, record it in content/sources/{key}.toml"
    return Hit(one.claim.place, what, fix, key=key, claim=one.claim.id)


def _too_far(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """A cause where nothing was compared, and praise or comfort that the source does not give: "the fastest", "harmless"."""
    key, note = one.rests[0].source.key, one.rests[0].source.note
    if said := foreign("cause", one.words, one.rests, vocabulary):
        design = note.design if note else "of unknown design"
        what = f'"{said}" claims a cause, and {key} ({design}) can only show what went together: "{short(one.shown)}"'
        return Hit(one.claim.place, what, 'say what was seen, without "because"', key=key, claim=one.claim.id)
    said = foreign("praise", one.words, one.rests, vocabulary) or added(one.words, one.rests, vocabulary)
    if not said and one.claim.where != "row" and all(rest.source.note for rest in one.rests):
        said = clause_of_its_own(one.words, one.rests, vocabulary) or forbidden_beyond(
            one.words, one.rests, vocabulary
        )
    if said:
        what = f'nothing recorded of {key} says "{said}": "{short(one.shown)}"'
        return Hit(
            one.claim.place, what, f"say what {key} found, in whom, and how sure that is", key=key, claim=one.claim.id
        )
    return None


def _promised(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """Words that no study bears out: "proves", "for everyone"; unless the record has them too."""
    words = promise(one.words)
    about = words and (one.claim.kind != "cited" or any(named(one.words, kind, vocabulary) for kind in ABOUT))
    if not about or words.lower() in record(one.rests).lower():
        return None
    key = one.rests[0].source.key
    what = f'"{words}" promises more than any study can: "{short(one.shown)}"'
    return Hit(
        one.claim.place, what, f"say what {key} found, in whom, and how sure that is", key=key, claim=one.claim.id
    )


def _allowed(one: Supported) -> str:
    rungs = [
        "may"
        if finding.effect == "unclear" and says_may(finding.statement)
        else ceiling(rest.source.note.design if rest.source.note else "", finding.effect)
        for rest in one.rests
        for finding in rest.findings
        if finding.effect != "background"
    ]
    return max(rungs, key=STRENGTHS.index, default="unknown")


def _told(one: Supported, said: Assertion, allowed: str) -> tuple[str, str]:
    designs = ", ".join(f"{rest.source.key}: {rest.source.note.design}" for rest in one.rests if rest.source.note)
    what = f'{_wording(said)} is more than the evidence may carry ({designs}): "{short(one.shown)}"'
    return what, f"use {RUNGS[allowed]} at most, or say which study found it"


def _wording(said: Assertion) -> str:
    if said.certain:
        return f'"{said.certain}" beside "{said.words}"'
    return f'"{said.words}" with {RUNGS[said.strength]}'


RULE = Rule(
    "EV404",
    "stronger-than-evidence",
    Severity.ERROR,
    "document",
    check,
    __doc__,
    BAD,
    GOOD,
    unless=("EV402", "EV403", "EV407"),
)
