"""What a document gives by itself: its claims, what they rest on, and the hits of the rules that look at one document at a time. All of it hangs on the document, the library and the settings, and on no other document: that is
what makes it worth remembering.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from evidence.claims import Verdict, detect_on_page, has_cues, load_cues, score
from evidence.coverage import Judge, claims_of, dismissed_of, language_of, offered_claims
from evidence.crew import beforehand, processes, shared
from evidence.looking import view
from evidence.memory import NOTHING, Memory, code_key, key_of
from evidence.model import Case, Claim, Dismissed, Document, Hit, Library, Place, Policy, Rests, Rule, Supported
from evidence.support.evidence import supported
from evidence.wording import texts_of

ASSERT_NOTHING = ("question", "instruction")
SUPPORT = "EV4"
"""The rules on support compare words, so they leave out documents in languages whose words they do not know."""
SIGNED = frozenset({"EV702", "EV703"})
"""Rules on documents that ask how claims are signed, which hangs on the whole site."""

WIDE = frozenset({"EV101", "EV202", "EV405", "EV406", "EV407"})
"""Rules on documents that look at sources besides those that a document cites: what its words weigh in all notes together, who
found otherwise, which source is meant by a name and a year, and whether there are notes at all. They look again whenever anything in the library changed."""

_Rested = tuple[int, str, tuple[tuple[str, tuple[int, ...], bool, bool, bool], ...]]
"""A supported claim by numbers and keys: the claim's number, its words, and for each source the numbers of its findings."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one document gives, or all that stands in no document. `hits` are those of rules by code."""

    claims: tuple[Claim, ...]
    supported: tuple[Supported, ...] = ()
    hits: tuple[tuple[str, Hit], ...] = ()


@dataclass(frozen=True, slots=True)
class Recall:
    """A memory, and what the site adds to the rules, as text."""

    memory: Memory = NOTHING
    own_rules: Mapping[str, str] = field(default_factory=dict)
    elsewhere: bytes = b""
    """The key of all texts that stand in no document and not in the library: offers, settings, the theme."""
    tell: Callable[[], object] = tuple
    """Called after each document."""

    def key(self, case: Case, rules: Sequence[Rule]) -> bytes:
        """The key of all that a document's part hangs on besides the document. `case` has nothing else that could differ."""
        if not self.memory:
            return b""
        shown = [(one.code, one.name, one.severity) for one in rules]
        library = Library({}, key=case.library.key)
        return key_of(code_key(), replace(case, library=library, whole=True), shown, self.own_rules)

    def key_but_sources(self, case: Case, rules: Sequence[Rule]) -> bytes:
        """The same but for the sources, whose notes and entries are told apart one by one; of the library it has the rest."""
        library = case.library
        bare = Library({}, paths=library.paths)
        if not self.memory:
            return b""
        terms = library.remembered("terms", lambda: key_of(library.vocabulary.terms))
        return key_of(self.key(replace(case, library=bare), rules), terms)


def alone(rules: Sequence[Rule]) -> list[Rule]:
    """The rules that look at one document at a time."""
    return [rule for rule in rules if rule.scope == "document" and rule.gather is None and rule.code not in SIGNED]


def without_site(case: Case) -> Case:
    """The case without what is of the whole site: what judging one document hangs on, and what stands in none."""
    return replace(
        case, documents=(), files=frozenset(), addresses={}, own_addresses=frozenset(), ledger=None, built=()
    )


def without_texts(case: Case) -> Case:
    """The case without any texts: what judging one document hangs on besides it."""
    return replace(without_site(case), offered=(), settings=())


def judged(case: Case, rules: Sequence[Rule], recall: Recall) -> Iterator[Judged]:
    """The parts of the documents in order, and last that of what stands in no document. `rules` are those `alone`."""
    apart = without_texts(case)
    key = recall.key_but_sources(apart, rules)
    with shared(recall.memory, len(case.documents)) as memory:

        def work(document: Document) -> Judged:
            return judged_alone(document, apart, rules, memory, key)

        several = processes(len(case.documents)) > 1
        left = [one for one in case.documents if several and not is_judged(one, memory, key)]
        ahead = processes(len(left)) > 1
        beforehand(work, left, recall.tell)
        for document in case.documents:
            yield work(document)
            if not ahead:
                recall.tell()
    yield elsewhere(lambda: without_site(case), rules, recall, recall.key(apart, rules))


def judged_alone(document: Document, apart: Case, rules: Sequence[Rule], memory: Memory, key: bytes) -> Judged:
    """The part of one document, from memory if it was judged before. `key` is that of the case `apart` from documents."""
    if not memory or document.faults:
        return _judged(document, apart, rules)
    key, look = _own_key(document, key), view(apart.library)
    known = memory.recall("judged", document.path, key)
    if known is not None:
        packed, seen, of_library, wide = known
        if of_library == apart.library.key:
            return _unpacked(document, packed, wide, apart.library)
        if look.is_as(seen):
            found = _unpacked(document, packed, (), apart.library)
            wide = _hits(document, found, replace(apart, library=look.whole), _wide(rules))
            memory.keep("judged", document.path, key, (packed, seen, apart.library.key, wide))
            return replace(found, hits=(*found.hits, *wide))
    look.begin()
    found = _judged(document, replace(apart, library=look.noted), [rule for rule in rules if rule.code not in WIDE])
    seen = look.seen()
    wide = _hits(document, found, replace(apart, library=look.whole), _wide(rules))
    memory.keep("judged", document.path, key, (_packed(found), seen, apart.library.key, wide))
    return replace(found, hits=(*found.hits, *wide))


def _wide(rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.code in WIDE]


def is_judged(document: Document, memory: Memory, key: bytes) -> bool:
    """Whether the part of a document is in memory, as far as can be seen without reading it."""
    return not document.faults and memory.knows("judged", document.path, _own_key(document, key))


def _own_key(document: Document, key: bytes) -> bytes:
    return key_of(key, document.path, document.kind, document.text)


def _judged(document: Document, apart: Case, rules: Sequence[Rule]) -> Judged:
    claims = claims_in(document, apart.policy)
    found = Judged(claims, tuple(supported((document,), claims, apart.library)))
    said = tuple(texts_of((document,), (), (), Library({})))
    return replace(found, hits=_hits(document, found, replace(apart, said=said), rules))


def _hits(document: Document, found: Judged, apart: Case, rules: Sequence[Rule]) -> tuple[tuple[str, Hit], ...]:
    case = replace(apart, documents=(document,), claims=found.claims, supported=found.supported)
    comparable = case if has_cues(language_of(document, apart.policy)) else replace(case, supported=())
    return tuple(
        (rule.code, hit)
        for rule in rules
        if rule.language != "settings"
        for hit in rule.check(comparable if rule.code.startswith(SUPPORT) else case)
    )


def elsewhere(case_of: Callable[[], Case], rules: Sequence[Rule], recall: Recall, key: bytes) -> Judged:
    """The part of what stands in no document. `case_of` makes the case, which takes the whole library."""
    memory = recall.memory
    key = key_of(key, recall.elsewhere) if memory else b""
    known = memory.recall("judged", "", key)
    if known is not None:
        return Judged(known[0], hits=known[2])
    case = case_of()
    case = replace(case, library=view(case.library).whole)
    claims = offers_claims(case)
    said = tuple(texts_of((), case.offered, case.settings, case.library))
    case = replace(case, said=said, claims=claims)
    found = Judged(claims, hits=tuple((rule.code, hit) for rule in rules for hit in rule.check(case)))
    memory.keep("judged", "", key, _packed(found))
    return found


def _packed(one: Judged) -> tuple[object, ...]:
    numbers = {id(claim): number for number, claim in enumerate(one.claims)}
    rested = tuple((numbers[id(each.claim)], each.words, tuple(map(numbered, each.rests))) for each in one.supported)
    return one.claims, rested, one.hits


def numbered(rest: Rests) -> tuple[str, tuple[int, ...], bool, bool, bool]:
    """The same in plain values: the source's key, and the numbers of the findings in its note."""
    numbers = (
        {id(finding): number for number, finding in enumerate(rest.source.note.findings)} if rest.source.note else {}
    )
    found = tuple(numbers[id(finding)] for finding in rest.findings)
    return rest.source.key, found, rest.anchored, rest.exact, rest.by_figures


def _unpacked(
    document: Document, packed: tuple[object, ...], wide: tuple[tuple[str, Hit], ...], library: Library
) -> Judged:
    claims: tuple[Claim, ...]
    rested: tuple[_Rested, ...]
    claims, rested, hits = packed  # type: ignore[assignment]
    return Judged(
        claims,
        tuple(
            Supported(claims[number], document, words, tuple(rests_on(library, *one) for one in rests))
            for number, words, rests in rested
        ),
        (*hits, *wide),  # type: ignore[misc]
    )


def rests_on(
    library: Library, key: str, findings: tuple[int, ...], anchored: bool, exact: bool, by_figures: bool
) -> Rests:
    """What was numbered, in the same library."""
    source = library.sources[key]
    known = source.note.findings if source.note else ()
    return Rests(source, tuple(known[number] for number in findings), anchored, exact, by_figures)


# ------------------------------------------------------------------------------------------------- claims


def claims_in(document: Document, policy: Policy) -> tuple[Claim, ...]:
    """The claims of a document in order."""
    return claims_of(document, _judge(document, policy))


def offers_claims(case: Case) -> tuple[Claim, ...]:
    """The claims of the calls to action."""
    disclaimer = case.anatomy.disclaimer
    offered = [replace(one, value=one.value.replace(disclaimer, "")) if disclaimer else one for one in case.offered]
    return offered_claims(offered, partial(detect_on_page, cues=load_cues())) if offered else ()


def dismissed(documents: Sequence[Document], claims: Iterable[Claim], policy: Policy) -> tuple[Dismissed, ...]:
    """The sentences of the documents that are none of these claims, the least certain first.

    Worked out for who wants to see them, since finding them takes a twentieth of a check.
    """
    by_path: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_path[claim.place.path].append(claim)
    found = (one for document in documents for one in _dismissed(document, by_path[document.path], policy))
    return tuple(sorted(found, key=_certainty))


def _dismissed(document: Document, claims: Sequence[Claim], policy: Policy) -> Iterator[Dismissed]:
    language = language_of(document, policy)
    points = partial(score, cues=load_cues(language if has_cues(language) else "en"))
    return dismissed_of(document, claims, _judge(document, policy), points)


def _certainty(one: Dismissed) -> tuple[bool, float, Place, str]:
    """What asserts nothing by its very form comes last."""
    return one.kind in ASSERT_NOTHING, -one.points, one.place, one.sentence


def _judge(document: Document, policy: Policy) -> Judge:
    """How the document's sentences are judged. In a language without cues nothing can be detected: each needs a source.

    Pages about the site say much that is no claim about health; `every-sentence` does not reach them.
    """
    language = language_of(document, policy)
    known = has_cues(language)
    finder = partial(detect_on_page, cues=load_cues(language if known else "en"))
    strict = policy.claims == "every-sentence" and document.kind != "page"
    return finder if known and not strict else partial(_every_sentence, finder=finder)


def _every_sentence(sentence: str, finder: Judge) -> Verdict:
    """Default-deny: whatever is not a question or an instruction needs a source."""
    verdict = finder(sentence)
    if verdict.claim or verdict.kind in ASSERT_NOTHING or not any(char.isalpha() for char in sentence):
        return verdict
    return Verdict(True, "statement", "every sentence needs a source here")
