"""The report for people who do not code: one file that needs no network and no script. Same input, same bytes.

Every word of an author or a bibliography is escaped by the template. Should one ever slip through, the page's own content
policy lets no script run but the page's, which it knows by its hash.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evidence import __version__
from evidence.judging import dismissed
from evidence.model import ChangeKind, Report, SignState
from evidence.readability import readings
from evidence.reports.differences import counts, unseen
from evidence.reports.exempted import exemptions_of
from evidence.reports.html.balance import EFFECTS, balance_of
from evidence.reports.html.cards import Card, cards_of
from evidence.reports.html.scope import problems_by_rule, scope_of
from evidence.reports.html.shelf import shelf_of
from evidence.reports.html.signing import signing_of
from evidence.reports.json import as_data
from evidence.reports.sources_told import about, findings_of, named, resting
from evidence.reports.totals import extras

MOST_DISMISSED = 200
"""How many sentences judged no claim are printed: enough to spot a kind of miss, few enough to read."""

_CHANGED = {
    ChangeKind.UNCITED: "Claims whose citation was removed",
    ChangeKind.ADDED: "New claims",
    ChangeKind.REPLACED: "Claims in the place of others",
    ChangeKind.CHANGED: "Changed claims",
    ChangeKind.SOURCE: "Claims whose sources changed",
    ChangeKind.CONTEXT: "Claims that stand in something else",
    ChangeKind.LAPSED: "Claims whose sign-off lapsed",
    ChangeKind.MOVED: "Claims that only moved",
}
_HERE = Path(__file__).parent
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def render(report: Report) -> str:
    """The whole page, ending in a line end."""
    return _environment().get_template("page.html").render(_view(report)).strip() + "\n"


def _view(report: Report) -> dict[str, Any]:
    style, script = (Markup((_HERE / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))
    cards = cards_of(report)
    owners = {problem: card for card in cards for problem in card.problems}
    groups = list(_groups(cards, report.changes is not None))
    no_claims = dismissed(report.documents, report.claims, report.policy)
    return {
        "style": style,
        "script": script,
        "policy": f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'",
        "version": __version__,
        "summary": as_data(report)["summary"],
        "extras": extras(report),
        "signing": signing_of(report, cards),
        "sign_states": [one.value for one in SignState if any(card.signed_state is one for card in cards)],
        "baseline": report.baseline,
        "passed": [(one, owners.get(one)) for one in report.problems if one.baselined],
        "scope": scope_of(report, cards),
        "changes": report.changes,
        "change_counts": counts(report.changes) if report.changes else "",
        "new_source": partial(about, report=report),
        "findings_of": findings_of,
        "named": named,
        "resting": resting,
        "uncited": unseen(report),
        "changed_parts": _changed_parts(report, groups),
        "removed": [one for one in report.changes.all if not one.after] if report.changes else [],
        "groups": groups,
        "paths": sorted({card.claim.place.path for card in cards}),
        "statuses": [name for name in ("cited", "uncited", "exempt") if any(c.claim.status == name for c in cards)],
        "codes": sorted(
            Counter(pair for card in cards for pair in {(p.code, p.name) for p in card.problems}).items()
        ),
        "problems": problems_by_rule(report, cards),
        "effects": EFFECTS,
        "balance": balance_of(report),
        "readings": [one for document in report.documents for one in readings(document, report.library.vocabulary)],
        "shelf": shelf_of(report, cards),
        "exemptions": exemptions_of(report),
        "dismissed": no_claims[:MOST_DISMISSED],
        "dismissed_in_all": len(no_claims),
    }


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading. `untouched` says that nothing happened to them since the revision compared with; `folds` are the
    cards of each file, to be opened one by one, of what need not be read again."""

    title: str
    name: str
    cards: tuple[Card, ...]
    untouched: bool = True
    folded: bool = False

    @property
    def folds(self) -> list[tuple[str, list[Card]]]:
        if not self.folded:
            return []
        ordered = sorted(self.cards, key=lambda card: card.claim.place)
        return [(path, list(cards)) for path, cards in groupby(ordered, key=lambda card: card.claim.place.path)]


def _groups(cards: tuple[Card, ...], compared: bool) -> Iterator[Group]:
    """The groups that have any: what changed comes first, as far as it is known, and open; claims with nothing to see are folded away."""
    for kind, title in _CHANGED.items():
        if found := tuple(card for card in cards if card.change and card.change.kind is kind):
            moved = kind is ChangeKind.MOVED
            yield Group(title, f"change-{kind.name.lower()}", found, untouched=moved, folded=moved)
    others = tuple(card for card in cards if not card.change)
    more = "Other claims" if compared else "Claims"
    if found := tuple(card for card in others if card.problems):
        yield Group(f"{more} with problems", "with-problems", found, folded=compared)
    if found := tuple(card for card in others if not card.problems):
        yield Group(f"{more} without problems", "without-problems", found, folded=True)


def _changed_parts(report: Report, groups: list[Group]) -> list[tuple[str, str, int]]:
    """What happened, as (title, id, how many), for the links at the top."""
    found = [(one.title, one.name, len(one.cards)) for one in groups if one.name.startswith("change-")]
    removed = sum(not one.after for one in report.changes.all) if report.changes else 0
    return [*found, *([("Claims that are gone", "change-removed", removed)] if removed else [])]


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    """Made once, since it takes most of the time of a page to translate the template."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["count"] = _count
    return environment


def _shown(value: object) -> object:
    """Characters that no HTML page may hold are shown as a replacement character."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", value)
    return value


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
