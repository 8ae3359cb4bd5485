"""The sentence says one thing, and every finding it cites says another.

A key that resolves proves nothing: a real source under a false sentence misleads more than no source. If the sentence says
that a treatment helps (or harms, or makes no difference), at least one of the cited findings must have found so. What the
record denies must not be asserted, nor the other way round, and the figures of two groups must not be exchanged.
In a table the head of the column and the label of the row say whose figure a cell has; where they or the record name no group, a
warning asks to look. Say what was found, or cite the source that found what you say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from evidence.model import Case, Finding, Hit, Rule, Severity, Source, Supported, Vocabulary
from evidence.places import block_place
from evidence.support import quantities
from evidence.support.agreement import missing
from evidence.support.arms import ahead_of_the_tested, compared_the_other_way, exchanged, group_words
from evidence.support.assertion import Assertion, assertions, is_of_both, may_be_chance
from evidence.support.bounds import bounded, turned_bound
from evidence.support.bracketed import denies_itself
from evidence.support.cells import misplaced
from evidence.support.changes import LEVEL, told_otherwise
from evidence.support.contrast import NOT, Contrast, contrast
from evidence.support.evidence import meet, named
from evidence.support.grades import foreign_grade
from evidence.support.labels import mislabelled
from evidence.support.otherwise import Otherwise, miscounts, turns
from evidence.support.prohibited import allowed_anyway, same_stance
from evidence.support.set_aside import asserted_anyway
from evidence.support.sides import against_the_figures, other_side, turned
from evidence.support.spans import other_unit
from evidence.support.subject import stems
from evidence.support.telling import beside, short
from evidence.support.terms import recorded
from evidence.support.together import each_must_bear_out, has_none_of

BAD = (
    "Fluids eased pain at 60 minutes [@jones2019fluid#pain-60min].\n",
    "In one trial, fluids helped against pain [@jones2019fluid].\n",
    "Pain fell 4.9 points with saline and 4.5 points without it [@jones2019fluid#pain-60min].\n",
    "| Outcome | Without | With saline |\n|---|---|---|\n| Fall in pain | 4.5 points | 4.9 points [@jones2019fluid#pain-60min] |\n",
)
GOOD = (
    "At 60 minutes, pain was no better with fluids than without [@jones2019fluid#pain-60min].\n",
    "Fluids made little or no difference to pain after an hour in one trial [@jones2019fluid].\n",
    "| Outcome | With saline | Without |\n|---|---|---|\n| Fall in pain | 4.5 points | 4.9 points [@jones2019fluid#pain-60min] |\n",
)
FITS = {
    "benefit": ("benefit", "mixed"),
    "no difference": ("no difference", "mixed", "unclear"),
    "harm": ("harm", "mixed"),
    "effect": ("benefit", "harm", "mixed", "unclear"),
}
"""Which effects of a finding bear out what a sentence asserts. One that only reports may report what is unclear, where the
source found nothing else."""

NO_COMPARISON = re.compile(
    r"\bno (?:comparison|control|placebo)\b|\b(?:without|not on|had no) (?:an? )?(?:comparison|control|placebo)\b",
    re.IGNORECASE,
)
GRADING = ("guideline", "position statement")
"""Designs whose "should" and "must" are grades."""


def check(case: Case) -> Iterator[Hit]:
    for one in case.supported:
        in_cells = list(_in_cells(one, case.library.vocabulary))
        yield from in_cells
        if any(hit.severity is None for hit in in_cells):
            continue
        if hit := _first(one, case.library.vocabulary) or _one_of_several(one, case.library.vocabulary):
            yield hit


def _first(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """The first thing that the sentence says otherwise than its sources."""
    ways = (
        _exchanged(one, vocabulary)
        or _level_for_change(one)
        or _other_share(one, vocabulary)
        or (one.claim.where != "row" and _worded(one, miscounts, vocabulary))
        or _set_aside(one)
        or _other_side(one)
        or _graded(one)
        or _contrary(one, vocabulary)
        or _worded(one, turns, vocabulary)
    )
    return ways or _effect(one, vocabulary)


def _one_of_several(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """ "Both trials found …", where one of them did not."""
    if len({rest.source.key for rest in one.rests}) < 2 or not each_must_bear_out(one.words):
        return None
    for rest in one.rests:
        if rest.points and (absent := has_none_of(one.words, rest)):
            what = f'"{absent[0]}" is told of each source, and not in {rest.source.key}: "{short(one.shown)}"'
            fix = "say which source found it"
            return Hit(one.claim.place, what, fix, key=rest.source.key, claim=one.claim.id)
    return next(filter(None, (_first(replace(one, rests=(rest,)), vocabulary) for rest in one.rests)), None)


def _worded(
    one: Supported, ways: Callable[[Supported, Vocabulary], Iterator[Otherwise]], vocabulary: Vocabulary
) -> Hit | None:
    """What the sentence says otherwise in words of its own."""
    if any(rest.source.note is None for rest in one.rests):
        return None
    found = next(ways(one, vocabulary), None)
    if found is None:
        return None
    what = f'{found.what}: "{short(one.shown)}"' + (
        f"; {beside(found.source, found.finding)}" if found.finding else ""
    )
    return Hit(one.claim.place, what, found.fix, key=found.source.key, claim=one.claim.id)


def _effect(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """A benefit, harm or difference that none of the findings found."""
    findings = [pair for pair in one.findings if pair[1].effect != "background"]
    if not findings or not _all_speak(one, findings, vocabulary):
        return None
    for said in assertions(one.words):
        if one.claim.where == "row" and is_of_both(said, one.words):
            continue
        fits = FITS.get(said.direction)
        effects = {finding.effect for _, finding in findings}
        hedged = said.report or said.strength == "may"
        open_ = effects == {"unclear"} and not all(may_be_chance(found.statement) for _, found in findings)
        told = may_be_chance(one.words) or (open_ and hedged and _is_told(one, said))
        if fits and not effects & {*fits} and not told:
            return Hit(one.claim.place, *_told(one, said, findings[0]), key=findings[0][0].key, claim=one.claim.id)
    return None


def _in_cells(one: Supported, vocabulary: Vocabulary) -> Iterator[Hit]:
    """A figure under the head, or beside the label, of another group than the source's; or of nobody can tell which."""
    for cell in misplaced(one, vocabulary):
        place, key = block_place(one.document.path, cell.block), cell.source.key
        shown = beside(cell.source, cell.finding)
        if cell.theirs:
            terms = [vocabulary.terms.get(kind, {}) for kind in ("treatment", "population")]
            labels = {id: term.label for several in terms for id, term in several.items()}
            ours, theirs = (group_words(group, labels) for group in (cell.group, cell.theirs))
            what = f'"{cell.figure.words}" stands under {ours}, and is the figure for {theirs}'
            yield Hit(place, f"{what}; {shown}", "give each figure to its own group", key=key, claim=one.claim.id)
        else:
            what = f'whose figure "{cell.figure.words}" is, the words of {key}#{cell.finding.id} and of the table do not tell'
            fix = "name the group in the head or the label as the finding does, or beside the figure in the finding"
            yield Hit(place, f"{what}; {shown}", fix, key=key, claim=one.claim.id, severity=Severity.WARNING)


def _is_told(one: Supported, said: Assertion) -> bool:
    """True if a report says what an unclear finding says, in the words of its record."""
    known = stems(" ".join(recorded(one.rests)))
    return said.strength != "bare" or stems(said.words) <= known


def _exchanged(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """The figures of two groups the wrong way round. What one cited finding bears out is right."""
    for source, finding in one.findings if len(one.findings) == 1 else ():
        worse = finding.effect == "benefit" and any(said.direction == "benefit" for said in assertions(one.words))
        if worse and (words := ahead_of_the_tested(one.words, finding.treatments, vocabulary)):
            what = f'the sentence has something else {words} than what {source.key} found to help: "{short(one.shown)}"; '
            fix = "say which did better as the source does"
            return Hit(one.claim.place, what + beside(source, finding), fix, key=source.key, claim=one.claim.id)
        if words := compared_the_other_way(one.words, finding.statement, vocabulary):
            what = f'the source has "{words} … than" the other way round: "{short(one.shown)}"; '
            fix = "say which did better as the source does"
            return Hit(one.claim.place, what + beside(source, finding), fix, key=source.key, claim=one.claim.id)
    if mixed := _mislabelled(one, vocabulary):
        return mixed
    found = [(pair, exchanged(one.words, pair[1].statement, vocabulary)) for pair in one.findings]
    told = [(pair, swap) for pair, swap in found if swap]
    if not told or any(not missing(one.words, [pair[1].statement]) for pair, swap in found if not swap):
        return None
    pair, (figure, group) = told[0]
    labels = {id: term.label for id, term in vocabulary.terms.get("treatment", {}).items()}
    what = f'"{figure.words}" is not the figure for {group_words(group, labels)}: "{short(one.shown)}"; '
    fix = "give each figure to its own group"
    return Hit(one.claim.place, what + beside(*pair), fix, key=pair[0].key, claim=one.claim.id)


def _other_side(one: Supported) -> Hit | None:
    """A figure with the words of another, a comparison turned round, or a time in another unit, whatever the words are."""
    if one.claim.where == "row" or not all(rest.exact or rest.points for rest in one.rests) or not one.findings:
        return None
    texts = [pair[1].statement for pair in one.findings]
    key = one.rests[0].source.key
    if figure := other_side(one.words, texts):
        what, fix = (
            f'"{figure.words}" stands with the words of another figure',
            "give each figure to what it is the figure of",
        )
    elif words := turned(one.words, texts):
        what, fix = f'the source has "{words} … than" the other way round', "compare as the source does"
    elif words := denies_itself(one.words):
        what, fix = f'"{words}" is the contrary of the figures in the brackets', "compare as the source does"
    elif words := against_the_figures(one.words, texts):
        what, fix = f'"{words} … than" is the contrary of the source\'s figures', "compare as the source does"
    elif words := bounded(one.words, recorded(one.rests)):
        what, fix = (
            f'the source has the figure of "{words}" as it is, without a bound',
            "give the figure as the source does",
        )
    elif words := turned_bound(one.words, recorded(one.rests)):
        what, fix = f'the source bounds the figure of "{words}" from the other side', "bound it as the source does"
    elif (units := other_unit(one.words, texts)) and not missing(one.words, recorded(one.rests)):
        what, fix = f'the sentence says "{units[0]}", {key} "{units[1]}"', "give the unit of the source"
    else:
        return None
    what = f'{what}: "{short(one.shown)}"; {beside(*one.findings[0])}'
    return Hit(one.claim.place, what, fix, key=key, claim=one.claim.id)


def _set_aside(one: Supported) -> Hit | None:
    """What the source names only to set it aside: "rather than formal evidence", "were left out"."""
    found = asserted_anyway(one.words, recorded(one.rests))
    if found is None or any(rest.source.note is None for rest in one.rests):
        return None
    key = one.rests[0].source.key
    what = f'the sentence says "{short(found[0])}", {key} "{short(found[1])}": "{short(one.shown)}"'
    return Hit(one.claim.place, what, "say what the source says", key=key, claim=one.claim.id)


def _level_for_change(one: Supported) -> Hit | None:
    """Pain that "was 4.5 points" where the source has it fall by 4.5 points, or the other way round. A row leaves that to its head."""
    if one.claim.where == "row" or any(rest.source.note is None for rest in one.rests):
        return None
    other = told_otherwise(one.words, recorded(one.rests))
    if other is None:
        return None
    figure, kind = other
    ours, theirs = (
        ("by how much it changed", "where it stood")
        if kind == LEVEL
        else ("where it stood", "by how much it changed")
    )
    key = one.rests[0].source.key
    what = f'the sentence has "{figure.words}" for {ours}, {key} for {theirs}: "{short(one.shown)}"'
    fix = 'write "fell by" for a change, and "was" or "fell to" for a level, as the source does'
    return Hit(one.claim.place, what, fix, key=key, claim=one.claim.id)


def _other_share(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """ "Most people" where the source counts one in ten."""
    if any(rest.source.note is None for rest in one.rests):
        return None
    other = quantities.told_otherwise(one.words, recorded(one.rests), vocabulary)
    if other is None:
        return None
    key = one.rests[0].source.key
    shares = ", ".join(f"{share:.3g}" for share in dict.fromkeys(other.shares))
    what = f'the sentence says "{other.words}", {key} counts {shares} in 100: "{short(one.shown)}"'
    return Hit(one.claim.place, what, "say how many it was, as the source does", key=key, claim=one.claim.id)


def _mislabelled(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """A figure beside the words of another, in every finding that has it."""
    found = [(pair, mislabelled(one.words, pair[1].statement, vocabulary)) for pair in one.findings]
    told = [(pair, mixed) for pair, mixed in found if mixed]
    if not told:
        return None
    (source, finding), (figure, theirs) = told[0]
    others = [text for text in recorded(one.rests) if text not in {pair[1].statement for pair, _ in told}]
    if not missing(figure.words, others):
        return None
    what = f'"{figure.words}" stands where the source has "{theirs}": "{short(one.shown)}"; '
    fix = "give each figure to what it is the figure of"
    return Hit(one.claim.place, what + beside(source, finding), fix, key=source.key, claim=one.claim.id)


def _graded(one: Supported) -> Hit | None:
    """A recommendation that goes further, or less far, than the source's: "should" for "must"."""
    if any(rest.source.note is None for rest in one.rests):
        return None
    other = foreign_grade(one.words, " ".join(recorded(one.rests)))
    if other is None or _advises_less_formally(one, *other):
        return None
    key = one.rests[0].source.key
    what = f'the sentence says "{other[0]}", {key} says "{other[1]}": "{short(one.shown)}"'
    return Hit(one.claim.place, what, "recommend as far as the source does", key=key, claim=one.claim.id)


def _advises_less_formally(one: Supported, ours: str, theirs: str) -> bool:
    """ "Should not" for "must not" is how people put it; in guidelines the two are different grades."""
    graded = any(rest.source.note and rest.source.note.design in GRADING for rest in one.rests)
    return not graded and ours.lower().startswith("should not") and theirs.lower().startswith("must not")


def _contrary(one: Supported, vocabulary: Vocabulary) -> Hit | None:
    """The words of the record turned round: its "must not" made a "may", its "less often" a "more often"."""
    if any(rest.source.note is None for rest in one.rests):
        return None
    key = one.rests[0].source.key
    if allowed := allowed_anyway(one.words, recorded(one.rests), vocabulary):
        what = f'the sentence allows ("{allowed[0]}") what {key} forbids: "{short(one.shown)}"; '
        fix = "say that it must not be, as the source does"
        return Hit(one.claim.place, f'{what}"{short(allowed[1], 90)}"', fix, key=key, claim=one.claim.id)
    found = contrast(one.words, recorded(one.rests), vocabulary, pointed=all(rest.points for rest in one.rests))
    if found is None or found.hedge:
        return None
    near = [text for text in recorded(one.rests) if found.likest in text]
    if found.denial and (_borne_out(one) or same_stance(one.words, near, vocabulary)):
        return None
    what = f'{_against(found)}: "{short(one.shown)}"; '
    return Hit(
        one.claim.place,
        f'{what}{key}: "{short(found.likest, 90)}"',
        "say what was found",
        key=key,
        claim=one.claim.id,
    )


def _against(found: Contrast) -> str:
    """What sets the sentence against the source, for a message."""
    for said, who, other in (
        (found.ours, "the sentence", "the source"),
        (found.theirs, "the source", "the sentence"),
    ):
        if said.startswith(NOT):
            return f'{who} denies "{said.removeprefix(NOT)}", {other} does not'
    return f'the sentence says "{found.ours}", the source "{found.theirs}"'


def _borne_out(one: Supported) -> bool:
    """True if the sentence says that there is no effect, or that it is unknown, and its source found that in other words."""
    said = {one.direction for one in assertions(one.words)} & {"no difference", "unclear"}
    return bool(said) and any(finding.effect in ("no difference", "unclear", "mixed") for _, finding in one.findings)


def _all_speak(one: Supported, findings: Sequence[tuple[Source, Finding]], vocabulary: Vocabulary) -> bool:
    """False if a finding may be on something else: not on the sentence's subject, or seen from the other treatment's side."""
    ours = named(one.words, "treatment", vocabulary) - {"placebo"}
    if all(finding.effect == "no difference" for _, finding in findings):
        ours &= {id for _, finding in findings for id in finding.treatments}  # from either side there is none
    sides = all(
        all(meet((id,), finding.treatments, vocabulary, "treatment") for id in ours) for _, finding in findings
    ) or (
        bool(ours) and len(ours) == 1 and all(meet(ours, f.treatments, vocabulary, "treatment") for _, f in findings)
    )
    return sides and (len(findings) == len(one.findings) or all(rest.exact for rest in one.rests))


def _told(one: Supported, said: Assertion, pair: tuple[Source, Finding]) -> tuple[str, str]:
    says = "a difference" if said.direction == "effect" else said.direction
    what = f'the sentence says {says} ("{said.words}"), '
    if {finding.effect for _, finding in one.findings} - {"background"} == {"unclear"}:
        why = "it had no comparison" if NO_COMPARISON.search(pair[1].statement) else "it leaves the effect open"
        what += f'{pair[0].key} cannot tell, since {why}: "{short(one.shown)}"; '
        return what + beside(*pair), "say what was seen, and that nobody can tell whether the treatment did it"
    what += f'the source says otherwise: "{short(one.shown)}"; '
    return what + beside(*pair), "say what was found, or cite a source that found this"


RULE = Rule("EV402", "finds-otherwise", Severity.ERROR, "document", check, __doc__, BAD, GOOD, unless=("EV407",))
