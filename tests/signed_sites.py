"""Articles of a little site with their ledger, and how their claims stand."""

from __future__ import annotations

from evidence.checking import check, with_claims
from evidence.library import parse_library
from evidence.model import Case, Policy, Problem
from evidence.reading import read
from evidence.rules import RULES
from evidence.signoff.ledger import parse_ledger
from evidence.signoff.records import ledger_text, signed
from evidence.support.basis import stated
from samples import HEAD, NOTES, PEOPLE, RICH_BIB, RICH_VOCABULARY

PAIN = "At 60 minutes, fluids made no difference to pain [@jones2019fluid#pain-60min]."
NAUSEA = "Nausea was the same with fluids and without [@jones2019fluid#nausea]."
BODY = f"{PAIN}\n\n{NAUSEA}\n"
PATH = "content/articles/a.md"
LEDGER = "content/reviews/a.toml"
DAY = "2026-11-25"


def case(
    articles: dict[str, str] | str = BODY,
    reviews: dict[str, str] | None = None,
    *,
    bib: str = RICH_BIB,
    notes: dict[str, str] | None = None,
    people: str | None = PEOPLE,
    policy: Policy | None = None,
    day: str = DAY,
    whole: bool = True,
) -> Case:
    texts = {PATH: articles} if isinstance(articles, str) else articles
    found = {f"content/sources/{key}.toml": text for key, text in {**NOTES, **(notes or {})}.items()}
    return Case(
        documents=tuple(
            read(text if text.startswith("---") else HEAD + text, path) for path, text in sorted(texts.items())
        ),
        library=parse_library({"references.bib": bib}, found, {"content/vocabulary.toml": RICH_VOCABULARY}),
        policy=policy or Policy(),
        ledger=parse_ledger(people, reviews or {}, day),
        whole=whole,
    )


def signed_by(
    articles: dict[str, str] | str = BODY,
    person: str = "ann-sample",
    verdict: str = "accept",
    day: str = "2026-11-20",
) -> str:
    """The ledger in which this person has signed every claim."""
    whole = with_claims(case(articles))
    assert whole.ledger
    who = whole.ledger.people[person]
    note = "why" if verdict == "reject" else ""
    found = stated(whole.claims, whole.documents, whole.supported, whole.library)
    return ledger_text([signed(one, who, day, verdict, note) for one in found])


def states(made: Case) -> list[str]:
    return [one.state.value for one in with_claims(made).signoffs.all]


def problems(made: Case) -> list[Problem]:
    return [one for one in check(made, RULES).problems if one.code.startswith("EV7")]


def told(made: Case) -> list[str]:
    return [f"{one.code} {one.severity.value}: {one.message}" for one in problems(made)]
