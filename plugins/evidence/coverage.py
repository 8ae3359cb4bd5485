"""Which claims a document makes, and whether each has its source.

A citation covers the sentence it stands in, or directly behind; not the paragraph. A list is covered by the cited sentence,
ending in a colon, that introduces it; a table by its caption, a row by any citation in it. A claim in the title or the
description must be made by a cited sentence of the body.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

from evidence import headed, neighbours
from evidence.carrying import Sayings
from evidence.claims import Verdict
from evidence.claims.answers import is_short_answer, statement
from evidence.hovers import hovers
from evidence.model import Block, BlockKind, Claim, Dismissed, Document, Meta, Place, Policy
from evidence.passages import Passage, Sentence, passage, sentences_of, tidy
from evidence.places import begins_table, block_place
from evidence.sentences import sentences

Judge = Callable[[str], Verdict]
"""Tells of one sentence whether it is a claim."""

Clusters = tuple[tuple[int, int], ...]
"""Citations that stand together, as (index of the block, index of the cluster in it)."""

NEIGHBOUR = neighbours.KIND
FRONT = ("title", "description", "summary")
NARRATIVE = re.compile(r"(?<![\w./])-?@(?:\{[^{}]*\}|[\w:.#$%&\-+?<>~/]*\w)")
_STUDY = "The study"
_CAPTION = re.compile(r"\s*(?:\*{1,2}|_{1,2})?Table\b[^.:]{0,12}[.:]", re.IGNORECASE)
_OPEN_HEAD = re.compile(r"\b(?:not|never|if|when|while|avoid|may|can|must|should|for|with)\W*$", re.IGNORECASE)
"""Ends a head that its cells complete: "Do not take if"."""
_DIGIT = re.compile(r"\d")
_LISTS = ("ul", "ol")


@dataclass(frozen=True, slots=True)
class Prose:
    """One block with its words and sentences."""

    index: int
    block: Block
    passage: Passage
    sentences: tuple[Sentence, ...]

    @property
    def clusters(self) -> Clusters:
        return tuple((self.index, number) for number in range(len(self.block.scan.clusters)))

    @property
    def introduction(self) -> Clusters:
        """The citations of its last sentence, if that ends in a colon: what it introduces stands on them."""
        last = self.sentences[-1] if self.sentences else None
        if last is None or not last.words.rstrip("*_ ").endswith(":"):
            return ()
        return tuple((self.index, number) for number in last.clusters)

    @property
    def depth(self) -> int:
        return sum(tag in _LISTS for tag in self.block.ancestors)


def language_of(document: Document, policy: Policy) -> str:
    """The language of a document, such as "en"."""
    language = document.meta["lang"].value if "lang" in document.meta else policy.language
    return language.split("-")[0].strip().lower()


def prose_of(document: Document) -> tuple[Prose, ...]:
    """The document's blocks with their sentences, in order. Raw HTML, which EV102 tells, is left out."""
    found = []
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.RAW:
            words = passage(block)
            found.append(Prose(index, block, words, sentences_of(block)))
    return tuple(found)


def claims_of(document: Document, judge: Judge) -> tuple[Claim, ...]:
    """The claims of a document in order, those of its front matter first; `cited` or `uncited`. Exemptions come later."""
    prose = prose_of(document)
    by_words = tuple(_body(document, prose, judge))
    body = tuple(sorted((*by_words, *_headed(document, prose, by_words, judge)), key=lambda claim: claim.block))
    return (*_front(document, body, judge), *body, *_beside(document, judge))


_GLOSSARY = ("term", "meaning")
"""The names of what the glossary says."""


def offered_claims(offered: Iterable[Meta], judge: Judge) -> tuple[Claim, ...]:
    """The claims in the calls to action and in the glossary: there can be no source for them."""
    return tuple(
        _bare(meta.place, words, verdict, "term" if meta.name in _GLOSSARY else "offer", "uncited")
        for meta in offered
        for words, verdict in _judged(meta.value, judge)
    )


def dismissed_of(
    document: Document, claims: Iterable[Claim], judge: Judge, points: Callable[[str], float]
) -> Iterator[Dismissed]:
    """The sentences of a document that are none of its claims, in order, so that a person can spot a miss."""
    known = {(claim.place, claim.sentence) for claim in claims}
    for one in every_sentence(document):
        if (one.place, one.sentence) not in known and any(char.isalpha() for char in one.sentence):
            said = _named(one.sentence)
            verdict = _in_own_words(judge(said), one.sentence)
            yield Dismissed(one.place, one.sentence, verdict.kind or "", verdict.cue or "", points(said))


def every_sentence(document: Document) -> tuple[Claim, ...]:
    """All sentences of a document as if each were a claim, in order."""
    return claims_of(document, _anything)


def _anything(_: str) -> Verdict:
    return Verdict(True, None, None)


# ------------------------------------------------------------------------------------------------- the body


def _body(document: Document, prose: Sequence[Prose], judge: Judge) -> Iterator[Claim]:
    introduced = _introduced(prose)
    beside = neighbours.among_cited([(one.index, one.block) for one in prose])
    asked = ""  # the question right before, which a short answer completes
    heads: tuple[str, ...] = ()
    for (kind, group), blocks in groupby(prose, key=lambda one: (one.block.kind, one.block.group)):
        if kind is BlockKind.CELL:
            cells, asked = tuple(blocks), ""
            if "thead" in cells[0].block.ancestors:
                heads = tuple(tidy(cell.passage.words) for cell in cells)
            else:
                yield from _row(document.path, cells, heads, introduced.rows[group], beside, judge)
            continue
        heads = ()
        for one in blocks:
            if kind not in (BlockKind.HEADING, BlockKind.TERM):
                yield from _sentences(document.path, one, introduced.blocks[one.index], beside, judge, asked)
            asked = _asked(one)
            for picture in one.passage.pictures:
                yield from _picture(document.path, one, picture, judge)
            for start, end in hovers(one.block):
                for words, verdict in _judged(one.block.text[start:end], judge):
                    place = block_place(document.path, one.block, start, end)
                    yield replace(_bare(place, words, verdict, "hover", "uncited"), block=one.index)


def _headed(document: Document, prose: Sequence[Prose], found: Iterable[Claim], judge: Judge) -> Iterator[Claim]:
    """The lists, tables and paragraphs of fragments that claim what their heading says, each as one claim."""
    introduced = _introduced(prose)
    claimed = {claim.block for claim in found}

    def free(index: int) -> bool:
        block = document.blocks[index]
        return (
            index not in claimed
            and not block.scan.clusters
            and not introduced.blocks.get(index)
            and not introduced.rows.get(block.group)
        )

    for one in headed.headed([(each.index, each.block) for each in prose], free, judge):
        first, last = (block_place(document.path, document.blocks[index]) for index in (one.first, one.last))
        place = replace(first, end_line=last.end_line, end_column=last.end_column)
        verdict = Verdict(True, headed.KIND, one.heading)
        claim = _bare(place, "; ".join(one.told), verdict, "row" if one.kind == "table" else "text", "uncited")
        yield replace(claim, block=one.first, end=len(document.blocks[one.first].text))


def _asked(one: Prose) -> str:
    """The question that a block ends with; empty if it ends with none. An empty block leaves nothing open."""
    last = one.sentences[-1].words if one.sentences else ""
    return last if last.rstrip("*_\"') ").endswith("?") else ""


def _sentences(
    path: str, one: Prose, introduction: Clusters, beside: frozenset[int], judge: Judge, asked: str
) -> Iterator[Claim]:
    for number, sentence in enumerate(one.sentences):
        verdict, said = judged(sentence, judge), ""
        if asked and not verdict.claim and verdict.kind != "question" and is_short_answer(sentence.words):
            verdict, said = _answer(asked, sentence, judge)
        verdict = _or_cited(verdict, bool(sentence.clusters))
        if not verdict.claim and not introduction:
            among = neighbours.of_item(verdict) if one.index in beside else None
            verdict = among or neighbours.of_sentence(number, one.sentences, verdict) or verdict
        if verdict.claim:
            clusters = tuple((one.index, number) for number in sentence.clusters) or introduction
            place = block_place(path, one.block, sentence.start, sentence.end)
            claim = _bare(place, sentence.words, verdict, "text", "cited" if clusters else "uncited")
            id_ = claim_id(f"{asked} {sentence.words}") if said else claim.id
            yield replace(
                claim, id=id_, block=one.index, start=sentence.start, end=sentence.last, clusters=clusters, said=said
            )
        asked = sentence.words if sentence.words.endswith("?") else ""


def _answer(asked: str, sentence: Sentence, judge: Judge) -> tuple[Verdict, str]:
    """A short answer judged with its question, and the statement of both; empty if that is none of health, nor cited."""
    said = statement(NARRATIVE.sub("the study", asked), NARRATIVE.sub("the study", sentence.words))
    verdict = _in_own_words(judge(said), f"{asked} {sentence.words}") if said else Verdict(False, None, None)
    return verdict, said if verdict.claim or sentence.clusters else ""


def judged(sentence: Sentence, judge: Judge) -> Verdict:
    """The verdict on a sentence. What an author marks as a claim is one; a narrative citation is a study that says it."""
    verdict = _in_own_words(judge(_named(sentence.words)), sentence.words)
    if sentence.claimed and not verdict.claim:
        return Verdict(True, "marked", "{.claim}")
    return verdict


def _named(words: str) -> str:
    """A sentence in which a study stands where a narrative citation does, as a reader sees it."""
    return NARRATIVE.sub(_STUDY, words) if "@" in words else words


def _in_own_words(verdict: Verdict, words: str) -> Verdict:
    """The verdict with its deciding words as the author wrote them: a narrative citation by its key."""
    cue = verdict.cue or ""
    if _STUDY.lower() not in cue.lower() or _STUDY.lower() in words.lower():
        return verdict
    for name in NARRATIVE.findall(words):
        cue = re.sub(_STUDY, lambda _, name=name: name, cue, count=1, flags=re.IGNORECASE)  # type: ignore[misc]
    return replace(verdict, cue=cue)


def _or_cited(verdict: Verdict, cited: bool) -> Verdict:
    """A sentence that carries a citation is a claim by its author's own word, and is held against its source like one."""
    return Verdict(True, "cited", "its citation") if cited and not verdict.claim else verdict


def _row(
    path: str,
    cells: tuple[Prose, ...],
    heads: tuple[str, ...],
    introduction: Clusters,
    beside: frozenset[int],
    judge: Judge,
) -> Iterator[Claim]:
    """A row of a table is one claim: its cells are fragments, and any citation in it is for all of it.

    What its cells say is judged alone, in a row, and each behind the row's label and the head of its column."""
    said = [sentence for cell in cells for sentence in cell.sentences]
    told = [" ".join(sentence.words for sentence in cell.sentences) for cell in cells]
    words = ": ".join(filter(None, told))
    cited = any(cell.clusters for cell in cells)
    verdict = next((found for one in said if (found := judged(one, judge)).claim), None)
    if verdict is None or (verdict.kind == "dose" and not cited):
        verdict = judge(words)  # a dose that the row prices is none
    if not verdict.claim and not cited:
        verdict = next((found for one in _as_sentences(told, heads) if (found := judge(one)).claim), verdict)
    verdict = _or_cited(verdict, cited or (bool(introduction) and any(map(_DIGIT.search, told[1:]))))
    if not verdict.claim and not introduction and cells[0].index in beside:
        verdict = neighbours.of_row([cell.sentences for cell in cells], judge) or verdict
    if said and verdict.claim:
        start, end = (block_place(path, cell.block) for cell in (cells[0], cells[-1]))
        place = replace(start, end_line=end.end_line, end_column=end.end_column)
        clusters = tuple(chain.from_iterable(cell.clusters for cell in cells)) or introduction
        claim = _bare(place, words, verdict, "row", "cited" if clusters else "uncited")
        yield replace(claim, block=cells[0].index, end=len(cells[0].block.text), clusters=clusters)


def _as_sentences(told: Sequence[str], heads: Sequence[str]) -> Iterator[str]:
    """What a reader takes the cells of a row to say: an answer to its question, or what stands under its head."""
    label = told[0]
    for number, cell in enumerate(told):
        head = heads[number] if number < len(heads) else ""
        for question in (head, label if number else ""):
            if question.endswith("?") and is_short_answer(cell):
                yield statement(question, cell)
        if not head or not cell or head.endswith("?"):
            continue
        if _OPEN_HEAD.search(head):
            yield f"{head} {cell}."
        if number and label and _DIGIT.search(cell):
            yield f"With {label}, {head[:1].lower()}{head[1:]} was {cell}."
        if number and label and not neighbours.is_silent(cell):
            yield f"{head}, {label}: {cell}"


def _picture(path: str, one: Prose, picture: Passage, judge: Judge) -> Iterator[Claim]:
    for start, end in sentences(picture.words):
        words = tidy(picture.words[start:end])
        verdict = judge(words)
        if verdict.claim:
            place = block_place(path, one.block, picture.offset(start), picture.offset(end - 1) + 1)
            yield replace(_bare(place, words, verdict, "picture", "uncited"), block=one.index)


def _beside(document: Document, judge: Judge) -> Iterator[Claim]:
    """What hover texts and code claim: no citation can stand in them."""
    for block in document.beside:
        for sentence in sentences_of(block):
            verdict = judge(sentence.words)
            if verdict.claim:
                place = block_place(document.path, block, sentence.start, sentence.end)
                yield _bare(place, sentence.words, verdict, block.ancestors[0], "uncited")


@dataclass(frozen=True, slots=True)
class _Introduced:
    """The citations of the sentence or caption that something stands on: blocks by index, rows of tables by group."""

    blocks: Mapping[int, Clusters]
    rows: Mapping[int, Clusters]


def _introduced(prose: Sequence[Prose]) -> _Introduced:
    blocks: dict[int, Clusters] = {}
    rows: dict[int, Clusters] = {}
    opening: list[Clusters] = []  # for each level of list we are in, the citations of the sentence that introduced it
    before: Prose | None = None
    table: Clusters = ()
    for number, one in enumerate(prose):
        del opening[one.depth :]
        while len(opening) < one.depth:
            opening.append(before.introduction if before else ())
        blocks[one.index] = tuple(chain.from_iterable(opening))
        if one.block.kind is BlockKind.CELL:
            if begins_table(one.block, before.block if before else None):
                table = blocks[one.index] + (_caption(before) or _caption(_behind(prose, number)))
            rows[one.block.group] = table
        before = one
    return _Introduced(blocks, rows)


def _caption(one: Prose | None) -> Clusters:
    if one is None or one.block.kind is BlockKind.CELL:
        return ()
    return one.introduction or (one.clusters if _CAPTION.match(one.block.text) else ())


def _behind(prose: Sequence[Prose], number: int) -> Prose | None:
    """The block behind the table that begins at this number, if it is its caption."""
    for before, after in pairwise(prose[number:]):
        if after.block.kind is not BlockKind.CELL:
            return after if _CAPTION.match(after.block.text) else None
        if begins_table(after.block, before.block):
            return None
    return None


# ------------------------------------------------------------------------------------------ the front matter


def _front(document: Document, body: Sequence[Claim], judge: Judge) -> Iterator[Claim]:
    """What the title, the description and the summary claim. `every-sentence` does not reach titles."""
    cited = Sayings(claim.sentence for claim in body if claim.status == "cited")
    for name in FRONT:
        meta = document.meta.get(name)
        for words, verdict in _judged(meta.value, judge) if meta else ():
            status = "cited" if cited.carry(words) else "uncited"
            assert meta is not None
            if name == "title" and verdict.kind == "statement":
                continue  # a title is a name, and needs a source only if it is seen to claim something
            yield _bare(meta.place, words, verdict, name, status)


def _judged(text: str, judge: Judge) -> Iterator[tuple[str, Verdict]]:
    for start, end in sentences(text):
        verdict = judge(text[start:end])
        if verdict.claim:
            yield tidy(text[start:end]), verdict


def _bare(place: Place, words: str, verdict: Verdict, where: str, status: str) -> Claim:
    kind, cue = verdict.kind or "claim", verdict.cue or ""
    return Claim(claim_id(words), place, words, kind, cue, status, where=where)


def claim_id(words: str) -> str:
    """Ten hexadecimal digits of the SHA-256 of the words in lower case, without punctuation."""
    normal = " ".join(re.findall(r"\w+", words.lower()))
    return hashlib.sha256(normal.encode()).hexdigest()[:10]
