"""A sentence on what a treatment does points at no finding, or a sentence at another finding than the one that says it.

Whoever checks the sentence must see which result it rests on, and so must this program. Point at the finding of the source's
note: `[@key#finding]`. If the source has exactly one finding on the sentence's treatment and outcome, `[@key]` is enough. If
the source has no note yet, write `content/sources/<key>.toml`. Nothing is asked while there are no notes at all. A sentence that
points at one finding, and whose words and figures are far more those of another one of the same source, is told which one that is.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rests, Rule, Severity, Supported, Vocabulary
from evidence.support.assertion import assertions
from evidence.support.evidence import EFFECT_KINDS, named
from evidence.support.signs import told_by_another
from evidence.support.telling import short

BAD = (
    "Fluids were no better than none in one trial [@jones2019fluid].\n",
    "Fluids made no difference in one trial [@jones2019fluid].\n",
)
GOOD = (
    "At 60 minutes, fluids made no difference to pain [@jones2019fluid#pain-60min].\n",
    "The trial took place in an emergency department [@jones2019fluid].\n",
)


def check(case: Case) -> Iterator[Hit]:
    if not any(source.note for source in case.library.sources.values()):
        return
    for one in case.supported:
        if _on_effect(one, case.library.vocabulary) and not any(map(_points, one.rests)):
            yield Hit(one.claim.place, *_told(one), key=one.rests[0].source.key, claim=one.claim.id)
        elif other := _other_finding(one, case.library.vocabulary):
            yield other


def _on_effect(one: Supported, vocabulary: Vocabulary) -> bool:
    """That nobody knows rests on no finding; everything else that is said of an effect does."""
    said = {one.direction for one in assertions(one.words)} - {"unclear"}
    treated = bool(named(one.words, "treatment", vocabulary) - {"placebo"})
    return treated if said == {"effect"} else bool(said) and (treated or one.claim.kind in EFFECT_KINDS)


def _other_finding(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """A sentence that points at one finding, and says what another of the same source says. What is cited before the list that
    it stands in is that of the whole list."""
    rest = one.rests[0]
    if len(one.rests) > 1 or not rest.anchored or any(block != one.claim.block for block, _ in one.claim.clusters):
        return None
    other = told_by_another(one.words, rest.source, rest.findings, vocabulary)
    if other is None:
        return None
    key = rest.source.key
    what = (
        f'{key}#{rest.findings[0].id} does not say this, and {key}#{other.id} says most of it: "{short(one.shown)}"'
    )
    fix = f"write [@{key}#{other.id}] if that is meant, or say what the finding says"
    return Hit(one.claim.place, what, fix, key=key, claim=one.claim.id)


def _points(rest: Rests) -> bool:
    on_effect = [one for one in rest.findings if one.effect != "background"]
    return bool(rest.findings) and (rest.anchored or (rest.exact and len(on_effect or rest.findings) == 1))


def _told(one: Supported) -> tuple[str, str]:
    rest = one.rests[0]
    what = f'"{short(one.shown)}" says what a treatment does ({short(one.claim.cue, 30)}) and points at no finding'
    if rest.source.note is None or not rest.source.note.findings:
        return (
            what,
            f"record the finding in content/sources/{rest.source.key}.toml and write [@{rest.source.key}#finding]",
        )
    ids = ", ".join(f"#{finding.id}" for finding in rest.findings[:5])
    return what, f"write [@{rest.source.key}#…] with one of {ids}"


RULE = Rule(
    "EV405",
    "no-finding",
    Severity.ERROR,
    "document",
    check,
    __doc__,
    BAD,
    GOOD,
    unless=("EV402", "EV403", "EV404", "EV407"),
)
