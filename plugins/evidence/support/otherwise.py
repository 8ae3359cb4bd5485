"""What a sentence says otherwise than its sources in words of its own, and how a message tells it: who was ahead, how many, of whom, how firmly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model import Finding, Source, Supported, Vocabulary
from evidence.support.arms import group_words
from evidence.support.counted import miscounted
from evidence.support.headcount import all_for_one
from evidence.support.ranking import ranked_otherwise
from evidence.support.stance import advised_otherwise
from evidence.support.telling import short
from evidence.support.terms import recorded
from evidence.support.together import of_another_group, of_another_sample


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is wrong, the repair, and the finding to show beside it."""

    what: str
    fix: str
    source: Source
    finding: Finding | None = None


def miscounts(one: Supported, vocabulary: Vocabulary) -> Iterator[Otherwise]:
    """A share of visits told as one of people, all who took part as those who had the one treatment, a figure of another group or source."""
    source = one.rests[0].source
    if shared := miscounted(one.words, recorded(one.rests)):
        yield Otherwise(
            f'"{shared[0]}" is, in {source.key}, {shared[1]}', "say of what it is a share, as the source does", source
        )
    if given := all_for_one(one.words, one.rests, vocabulary):
        what = f'"{given[0]}" are all who took part in {source.key}, and not those given "{short(given[1], 40)}"'
        yield Otherwise(what, "say how many of them had it, or that they were compared", source)
    if sample := of_another_sample(one.words, one.rests):
        what = f'"{sample[0]}" is not of the people of {sample[1]}'
        yield Otherwise(what, "tell the figures of each source apart", source)
    several = len({rest.source.key for rest in one.rests}) > 1
    if several and (foreign := of_another_group(one.words, [finding for _, finding in one.findings], vocabulary)):
        labels = {id: term.label for id, term in vocabulary.terms.get("treatment", {}).items()}
        what = f'"{foreign[0].words}" is not the figure for {group_words(min(foreign[1])[1], labels)}'
        yield Otherwise(what, "give each figure to its own group", *one.findings[0])


def turns(one: Supported, vocabulary: Vocabulary) -> Iterator[Otherwise]:
    """The one ahead whom the source has behind; a guideline that insists where it allows."""
    pairs = one.findings
    if not pairs or not all(rest.exact or rest.points for rest in one.rests):
        return
    if words := ranked_otherwise(one.words, [finding for _, finding in pairs], vocabulary):
        what, fix = f'the source has it the other way round ("{words}")', "say which did better as the source does"
        yield Otherwise(what, fix, *pairs[0])
    if advised := advised_otherwise(one.words, pairs, vocabulary):
        words, source, finding = advised
        what = f'the sentence says "{words}", {source.key} advises otherwise'
        yield Otherwise(what, "recommend as far as the source does", source, finding)
