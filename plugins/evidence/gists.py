"""What one document gives, as problems and in sum: all that the rest of a run needs of it, small enough to keep in one file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from evidence.exemptions import Exemptions
from evidence.judging import Judged
from evidence.model import Case, Document, Gist, Hit, Place, Policy, Problem, Report, Rule, Severity
from evidence.standing import written
from evidence.targets import cited

IDLE = "EV901"
CLAIM = "EV101"


def gist(document: Document, part: Judged, case: Case, rules: Sequence[Rule]) -> Gist:
    """The gist of a document of the case, of which `part` was found. `rules` are all rules of the run."""
    by_code = {rule.code: rule for rule in rules}
    exemptions = Exemptions((document,))
    kept: list[tuple[Rule, Hit]] = []
    exempt: set[tuple[str | None, Place]] = set()
    for code, hit in part.hits:
        if exemptions.holds(code, hit.place):
            exempt |= {(hit.claim, hit.place)} if code == CLAIM else set()
        else:
            kept.append((by_code[code], hit))
    kept = told_once(kept, case.policy)
    if IDLE in by_code:
        kept += [(by_code[IDLE], hit) for hit in exemptions.idle(by_code)]
    exempted = tuple(number for number, one in enumerate(part.claims) if (one.id, one.place) in exempt)
    status = Counter("exempt" if number in exempted else one.status for number, one in enumerate(part.claims))
    alone = _alone(document, part, case)
    return Gist(
        document.kind,
        document.draft,
        status["cited"],
        status["uncited"],
        status["exempt"],
        sum(1 for _ in cited(document)),
        written(document),
        dressed(kept, case.policy, {document.path} if document.draft else frozenset()),
        exempted,
        {rule.code: rule.gather(alone) for rule in rules if rule.gather},
    )


def _alone(document: Document, part: Judged, case: Case) -> Case:
    address = case.addresses.get(document.path)
    addresses = {} if address is None else {document.path: address}
    return replace(
        case, documents=(document,), claims=part.claims, supported=part.supported, addresses=addresses, ledger=None
    )


def told_once(hits: Sequence[tuple[Rule, Hit]], policy: Policy) -> list[tuple[Rule, Hit]]:
    """One slip, one message: a wrong key makes the figures, the treatment and the finding wrong as well. A rule that is off
    tells nothing, so it stands for no other."""
    told: dict[tuple[str | None, Place], set[str]] = defaultdict(set)
    for rule, hit in hits:
        if hit.claim and policy.severities.get(rule.code, rule.severity):
            told[hit.claim, hit.place].add(rule.code)
    return [(rule, hit) for rule, hit in hits if not told.get((hit.claim, hit.place), set()) & set(rule.unless)]


def dressed(hits: Iterable[tuple[Rule, Hit]], policy: Policy, drafts: Iterable[str]) -> tuple[Problem, ...]:
    """The problems that hits are, each once, in order."""
    apart = frozenset(drafts)
    return in_order(problem for rule, hit in hits if (problem := dress(rule, hit, policy, apart)))


def dress(rule: Rule, hit: Hit, policy: Policy, drafts: frozenset[str]) -> Problem | None:
    """The problem a hit is, with its own severity or the one the policy gives its rule; None if the rule is off.

    In a draft an error is a warning: it is told, and stops nothing, since a draft is not published.
    """
    severity = policy.severities.get(rule.code, rule.severity)
    if severity is None:
        return None
    severity = hit.severity or severity
    message = hit.what
    if severity is Severity.ERROR and hit.place.path in drafts:
        severity, message = Severity.WARNING, f"{hit.what} (in a draft)"
    return Problem(rule.code, rule.name, severity, message, hit.place, hit.claim, hit.key, hit.fix, hit.replacements)


def added(report: Report, hits: Iterable[tuple[Rule, Hit]]) -> Report:
    """The report with what rules found that look at a whole report."""
    drafts = (document.path for document in report.documents if document.draft)
    return replace(report, problems=in_order((*report.problems, *dressed(hits, report.policy, drafts))))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by place, code and message, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (one.place, one.code, one.message)))
