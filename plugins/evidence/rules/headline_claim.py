"""A heading, a link, a hover text or a question claims what no cited sentence of the article says.

People skim: they read headings, links and questions, and often nothing else. So "Drips ease migraine" as a heading, "Did you know that
drips ease migraine?", and "Do drips ease migraine? Yes." claim as much as a sentence does. Each must be said, as sure and no surer, by
a cited sentence of the same article. Or make the heading a topic ("Drips and migraine pain: what was found") or an open question,
and answer it in whole sentences with their sources. A question that is left open claims nothing, and nor does one that asks why
or how something works if a cited sentence says that it does. What EV101 tells of a sentence is not told a second time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evidence.carrying import Sayings
from evidence.claims import detect, has_cues, load_cues
from evidence.coverage import language_of
from evidence.model import Block, BlockKind, Case, Document, Hit, Place, Rule, Said, Severity
from evidence.passages import passage
from evidence.places import block_place
from evidence.support.assertion import assertions
from evidence.support.telling import short

_CITED = "Pain fell by 4.5 points in one trial [@smith2020].\n"
BAD = (
    "## Drips ease migraine pain\n\n" + _CITED,
    "## Why drips ease migraine pain\n\n" + _CITED,
    "## Did you know that magnesium prevents migraine?\n\n" + _CITED,
    "See also: [Vitamin drips shorten attacks](https://example.org/drips).\n\n" + _CITED,
)
GOOD = (
    "## Drips and migraine pain: what was found\n\n" + _CITED,
    "## Do drips ease migraine pain?\n\n" + _CITED,
    "## In one trial pain fell by 4.5 points\n\n" + _CITED,
)
_PLACES = {
    "heading": "a heading", "hover": "a hover text", "tags": "a tag", "category": "a category", "link": "a link",
    "head": "the head of a table",
}  # fmt: skip
_PRESUMING = re.compile(
    r"\W*(?:(?:did|do) you know(?: that)?|who knew(?: that)?|guess what:?|is(?:n['’]t| it) (?:no wonder|any wonder|it time)(?: that)?"
    r"|ever wondered why|(?P<clause>(?:why|how)(?! (?:can|could|do|does|did|is|are|was|were|will|would|should|may|might)\b)|why (?:does|do|did)|how come))\s+",
    re.IGNORECASE,
)
"""What stands before something that is taken for granted."""
_MYTH = re.compile(r"\b(?:myths?|fiction|false|untrue)\b.*[\"“”'‘’]", re.IGNORECASE | re.DOTALL)
"""A myth is quoted to be denied."""
_TOPIC = re.compile(r"\W*(?:what|when|where|who|whom|whose|which|whether|if|why|how)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"\W*(?:(?:so|but|and),? )?(?:do|does|did|can|could|will|would|is|are|was|were|has|have|may|might|should)(?:n['’]t)?\s+(?P<rest>.+?)\s*\?\W*",
    re.IGNORECASE | re.DOTALL,
)
_ANSWER = re.compile(
    r"\W*(?P<word>yes|yep|absolutely|definitely|certainly|of course|indeed|sure|without a doubt|it (?:does|can|will|is)|they (?:do|can|will|are)"
    r"|no|nope|not at all|never|it (?:does|can|will|is)(?: not|n['’]t)|they (?:do|can|will|are)(?: not|n['’]t))\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORKS_NOT = re.compile(r"\b(?:(?:do|does|did|will|can)(?: not|n['’]t)|cannot|never) (?:work|help)\b", re.IGNORECASE)
_DENYING = re.compile(r"no|not|nope|never|n['’]t", re.IGNORECASE)
_FEW = 6
"""A longer answer says itself what it claims."""
_SPLIT = re.compile(r"(?<=\?)\s+")
_LINK = re.compile(r"(?<![!\\])\[(?P<words>[^\[\]@\n]{3,200})\](?=\([^)\s]|\[)")


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        language = language_of(document, case.policy)
        if not has_cues(language):
            continue
        own = [claim for claim in case.claims if claim.place.path == document.path]
        cited = Sayings(claim.sentence for claim in own if claim.status == "cited")
        uncited = {claim.place: claim.id for claim in own if claim.status == "uncited"}
        covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for claim in own:
            covered[claim.block].append((claim.start, claim.end))
        said = [one for one in case.said if one.place.path == document.path]
        heads = [
            (words, _PLACES[one.where], one.place)
            for one in said
            if one.where in _PLACES
            for words in (one.words.split(",") if one.where == "tags" else (one.words,))
        ]
        for words, where, place in (
            *heads,
            *_heads_of_tables(document),
            *_links(document, covered),
            *_presuming(said),
        ):
            claimed = _asserted(words)
            if claimed and _claims(claimed, language) and not cited.carry(claimed):
                fix = "make it a topic or an open question, or say it in a cited sentence too"
                what = f'{where} claims what no cited sentence says: "{short(words)}"'
                yield Hit(place, what, fix, claim=uncited.get(place))
        for answer, question, claimed, follows in _answered(said):
            if _answers_wrongly(answer, question, claimed, follows, cited, language):
                what = f'"{short(answer.words, 30)}" answers "{short(question)}", and no cited sentence says so'
                fix = "answer in a whole sentence with its source"
                yield Hit(answer.place, what, fix, claim=uncited.get(answer.place))


def _claims(words: str, language: str) -> bool:
    """True if the words claim an effect, or how something comes about. Others are topics: "Cautions at any age"."""
    verdict = detect(words.strip(" ?!."), load_cues(language))
    return verdict.claim and (
        verdict.kind == "mechanism"
        or _WORKS_NOT.search(words) is not None
        or any(one.direction != "unclear" for one in assertions(words))
    )


def _answers_wrongly(
    answer: Said, question: str, claimed: str, follows: Said, cited: Sayings, language: str
) -> bool:
    """True of a short answer that the cited sentence behind it does not bear out, or, where there is none, no other does."""
    if not (_claims(f"{question} Yes", language) or _claims(claimed.removeprefix(_NOT), language)):
        return False
    said = {one.direction for one in assertions(follows.words)} if follows.cited else set()
    if said:
        return said <= ({"benefit", "effect"} if claimed.startswith(_NOT) else {"no difference", "unclear"})
    return not follows.cited and not cited.carry(claimed)


def _presumed(words: str) -> str:
    """What a question or a heading takes for granted: "Why drips ease pain" that they do; empty if nothing."""
    found = _PRESUMING.match(words)
    rest = words[found.end() :].rstrip(" ?!") if found else ""
    if found and found["clause"] and not any(one.direction in ("benefit", "harm") for one in assertions(rest)):
        return ""  # "how a drip is mixed" is a topic
    return rest


def _asserted(words: str) -> str:
    """What a headline asserts: itself, or what it takes for granted; empty if it names a topic."""
    if _MYTH.search(words):
        return ""
    return _presumed(words) or ("" if _TOPIC.match(words) or words.rstrip().endswith("?") else words)


def _presuming(said: Sequence[Said]) -> Iterator[tuple[str, str, Place]]:
    """The sentences of running text and front matter that take something for granted."""
    for one in said:
        if one.where not in _PLACES and not one.cited and _presumed(one.words):
            yield one.words, "this", one.place


def _heads_of_tables(document: Document) -> Iterator[tuple[str, str, Place]]:
    for block in document.blocks:
        if block.kind is BlockKind.CELL and "thead" in block.ancestors:
            yield passage(block).words, _PLACES["head"], block_place(document.path, block)


def _links(document: Document, covered: Mapping[int, Sequence[tuple[int, int]]]) -> Iterator[tuple[str, str, Place]]:
    """The words of links in sentences that claim nothing; a claim is looked at as a whole."""
    for number, block in enumerate(document.blocks):
        if "](" in block.text or "][" in block.text:
            inside = covered.get(number, ())
            for found in _LINK.finditer(block.text) if block.kind is not BlockKind.RAW else ():
                if (
                    not any(start <= found.start() < end for start, end in inside)
                    and block.kind is not BlockKind.HEADING
                ):
                    yield found["words"], _PLACES["link"], _place(document, block, found)


def _place(document: Document, block: Block, found: re.Match[str]) -> Place:
    return block_place(document.path, block, found.start("words"), found.end("words"))


_NOT = "it is not so that "


def _answered(said: Sequence[Said]) -> Iterator[tuple[Said, str, str, Said]]:
    """The short answers, each with its question, what the two claim together, and what follows."""
    told = [(words, one) for one in said if one.where != "hover" for words in _SPLIT.split(one.words)]
    told.append(("", Said("", "text", Place(""))))
    for (before, _), (after, one), (_, follows) in zip(told, told[1:], told[2:], strict=False):
        asked, answer = _ASKING.fullmatch(before), _ANSWER.fullmatch(after)
        if asked and answer and len(answer["rest"].split()) <= _FEW:
            claimed = (_NOT if _DENYING.search(answer["word"]) else "") + asked["rest"]
            yield one, before, claimed, follows if follows.around == one.around else told[-1][1]


RULE = Rule("EV106", "headline-claim", Severity.ERROR, "document", check, __doc__, BAD, GOOD, unless=("EV101",))
