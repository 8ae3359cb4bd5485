"""A claim was signed, and it or what it rests on has changed since.

A signature is of the very words, of the entries, findings and places they rested on that day, and of what they stood in: the
headings above, the sentence that introduces the list, the caption and the column headings of the table. A word more, a corrected
figure in a source's note, another page, another heading: and nobody has signed what stands there now. The message shows what
changed, words that went as `[-…-]` and words that came as `{+…+}`. Have the claim read again: `evidence review sign ID --by
PERSON`. A claim that moved and stands under the same headings as before, also in another article, keeps its signature, and a
change elsewhere touches none. A signature of before headings were recorded has lapsed.

Signatures of sentences that are nowhere any more are told too: delete their blocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evidence.changes.words import around_changes, marked
from evidence.model import Case, Hit, Place, Rule, Severity, Signature, SignOff, SignState
from evidence.signoff import level, needed
from evidence.signoff.records import EXAMPLE
from evidence.support.telling import short

BAD = (
    EXAMPLE.replace("60 minutes", "90 minutes")
    .replace("3a67a0cb63", "0123456789")
    .replace("7e8309b6872d1e06", "f90e47d61015eb16"),
    EXAMPLE.replace("23cc7b25c674a0ae", "0123456789abcdef").replace("7e8309b6872d1e06", "bc7ebe4198cc3d95"),
    EXAMPLE.replace("context = []", 'context = ["heading: Harms"]').replace("7e8309b6872d1e06", "e2fdb4f7c6c98fd9"),
)
GOOD = (EXAMPLE, EXAMPLE.replace("2026-11-20", "2026-11-21").replace("7e8309b6872d1e06", "8d23970ff85f7c70"))
_SAID = {"accept": "signed", "reject": "rejected"}


def check(case: Case) -> Iterator[Hit]:
    documents = {document.path: document for document in case.documents}
    for one in case.signoffs.all:
        document = documents.get(one.claim.place.path)
        wanted = level(case.policy, one.claim.kind)
        if one.state is SignState.LAPSED and wanted != "off" and document is not None and needed(document, one.claim):
            severity = Severity.ERROR if wanted == "required" else None
            yield Hit(one.claim.place, told(one), _fix(one), claim=one.claim.id, severity=severity)
    yield from _gone(case.signoffs.gone)


def told(one: SignOff) -> str:
    """What changed since the claim was signed."""
    assert one.signature is not None
    since = f"since {one.signature.person} {_SAID[one.signature.verdict]} it on {one.signature.date}"
    words = short(marked(around_changes(one.words)), 300) if one.words else short(one.claim.sentence)
    sources, context = "; ".join(one.sources), "; ".join(one.context)
    around = f", and what it stands in changed: {context}" if context else ""
    if one.words:
        resting = f", and its sources changed: {sources}" if sources else ""
        return f'"{words}" has other words {since}{resting}{around}'
    if sources:
        return f'"{words}" rests on something else {since}: {sources}{around}'
    return f'"{words}" stands in something else {since}: {context}'


def _fix(one: SignOff) -> str:
    return f"have it read again: `.venv/bin/evidence review sign {one.claim.id} --by PERSON`"


def _gone(signatures: tuple[Signature, ...]) -> Iterator[Hit]:
    """One hit for each file: an article that was deleted takes all its sentences with it."""
    by_path: dict[str, list[Signature]] = defaultdict(list)
    for one in signatures:
        by_path[one.place.path].append(one)
    for path, found in by_path.items():
        first = found[0]
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        what = f'the signed sentence "{short(first.sentence)}"{more} is nowhere on the site any more'
        yield Hit(first.place if len(found) == 1 else Place(path, first.place.line), what, "delete its block")


RULE = Rule("EV702", "lapsed-sign-off", Severity.WARNING, "document", check, __doc__, BAD, GOOD, "reviews")
