"""A source note, or the vocabulary, is not as it must be, or a note belongs to no source.

`content/sources/<key>.toml` holds what the editors know about the source with that key. A note that cannot be read, or a
word that no list knows, would silently take its findings out of every check. So each is told, with the place and the
words that are allowed.

A note needs `design`, and may have `participants` (a whole number), `population`, `treatments` (ids of
`content/vocabulary.toml`) and `funding`. Each `[[finding]]` needs `id` (a-z, 0-9 and hyphens, once in a note), `outcome`,
`effect` and `statement`, and may have `locator`, `quote` (verbatim, at most 50 words) and `treatments`: those of the
note's treatments whose effect it is, if not all, and, in a guideline or statement, `advice`: what it says to do, which readers are told
instead of the effect. No text that is held against sentences may have more than 2,000
characters. Three fields are for what `evidence sources verify` may tell:
`superseded_by` (the key or the name of what takes the source's place), `retracted_ok` (why it is cited although it was
retracted) and `record_ok` (why the entry is right although a service records the work otherwise).

`content/vocabulary.toml` has the tables `[treatments.<id>]`, `[populations.<id>]` and `[outcomes.<id>]`, each with a
`label`, `synonyms` and, if the thing is part of another, `broader` (a list of ids). No name may stand under two ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidence.library.notes import ADVICE, DESIGNS, EFFECTS
from evidence.model import Case, Hit, Rule, Severity

BAD = (
    "design = randomised trial\n",
    'design = "randomised trial"\nparticipants = "forty-nine"\n',
    'design = "randomised trial"\n\n[[finding]]\nid = "pain-60min"\neffect = "positive"\n',
)
GOOD = (
    'design = "randomised trial"\nparticipants = 49\n',
    'design = "meta-analysis"\n\n[[finding]]\nid = "relief-30min"\noutcome = "headache relief at 30 minutes"\n'
    'effect = "no difference"\nstatement = "Relief was 7 percentage points less common with it (95% CI -23 to 9)."\n',
)


def check(case: Case) -> Iterator[Hit]:
    for fault in case.library.faults:
        if fault.code == RULE.code:
            yield Hit(fault.place, fault.what, fault.fix, key=fault.key)


def _listed(title: str, words: Mapping[str, str]) -> str:
    """A closed list as a part of the rule's page."""
    return "\n".join([title, "", *(f"- `{word}`: {meaning}" for word, meaning in words.items())])


DOC = "\n\n".join(
    [
        (__doc__ or "").strip(),
        _listed("Values of `design`:", DESIGNS),
        _listed("Values of `effect`:", EFFECTS),
        _listed("Values of `advice`:", ADVICE),
    ]
)
RULE = Rule("EV310", "bad-note", Severity.ERROR, "library", check, DOC, BAD, GOOD, "toml")
