"""A sign-off, or the list of people, is not as it must be, and signs nothing.

A sign-off that cannot be read, or that names nobody, must never count; nor one by somebody who wrote the article, since nobody
reviews their own work. `content/people.toml` has a table `[first-last]` for each person, with `name`, `credentials`, `role` and
`interests` (`"none"`, or what they are). Write `content/reviews/*.toml` with `evidence review` rather than by hand: each block
carries a hash of all that stands in it, and one that was changed afterwards signs nothing. Nobody signs a claim twice in one file, or
on a day to come, and a rejection says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidence.model import Case, Hit, Rule, Severity, SignState
from evidence.signoff.ledger import CODE
from evidence.signoff.records import EXAMPLE, ROLES, VERDICTS

BAD = (
    EXAMPLE.replace("ann-sample", "an-sample"),
    EXAMPLE.replace("date = 2026-11-20", 'date = "last week"'),
    EXAMPLE + EXAMPLE,
    EXAMPLE.replace("no difference", "a difference"),
    EXAMPLE.replace("2026-11-20", "2026-11-21"),
)
GOOD = (EXAMPLE, EXAMPLE.replace("2026-11-20", "2026-11-21").replace("7e8309b6872d1e06", "8d23970ff85f7c70"))


def check(case: Case) -> Iterator[Hit]:
    for fault in case.ledger.faults if case.ledger else ():
        yield Hit(fault.place, fault.what, fault.fix)
    told = set()
    for one in case.signoffs.all:
        if one.state is SignState.VOID and one.signature and one.signature.place not in told:
            told.add(one.signature.place)
            what = f'"{one.signature.person}" signed a claim of {one.claim.place.path}, which they wrote'
            yield Hit(one.signature.place, what, "let somebody else sign it, or delete the block", claim=one.claim.id)


def _listed(title: str, words: Mapping[str, str]) -> str:
    return "\n".join([title, "", *(f"- `{word}`: {meaning}" for word, meaning in words.items())])


DOC = "\n\n".join(
    [(__doc__ or "").strip(), _listed("Values of `role`:", ROLES), _listed("Values of `verdict`:", VERDICTS)]
)
RULE = Rule(CODE, "bad-sign-off", Severity.ERROR, "library", check, DOC, BAD, GOOD, "reviews")
