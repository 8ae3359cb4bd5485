"""What the check looks for on this site and what follows, as the settings in force have it: for the page on how we check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model import Policy, Rule, Severity

_FAMILIES = {
    "EV0": "Files",
    "EV1": "Claims",
    "EV2": "Citations",
    "EV3": "Sources",
    "EV4": "Sentence and source",
    "EV5": "Wording",
    "EV6": "Pages",
    "EV7": "Review",
    "EV8": "Links",
    "EV9": "Exemptions",
}
_WEIGHT = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
STOPS, TOLD, NOTED, OFF = "stops", "told", "noted", "off"


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing looked for, by its rule's code and first line. `follows` is `stops` (nothing is published), `told` (a warning),
    `noted`, or `off` (not looked for)."""

    code: str
    flags: str
    follows: str


@dataclass(frozen=True, slots=True)
class Family:
    """The things looked for of one kind."""

    name: str
    checks: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """All that is looked for, and the settings that decide the rest: days, months, and `off`, `warn`, `required` or `varies` for
    what a claim without a signature is."""

    families: tuple[Family, ...]
    verified_within: int
    evidence_within: int
    sign_off: str
    every_sentence: bool

    def count(self, follows: str) -> int:
        """How many things have this consequence."""
        return sum(one.follows == follows for family in self.families for one in family.checks)


def in_force(policy: Policy, rules: Iterable[Rule]) -> InForce:
    """The checks under these settings, by family, in the order of their codes."""
    found: dict[str, list[Looked]] = {}
    for rule in sorted(rules, key=lambda rule: rule.code):
        flags = rule.doc.strip().split("\n\n")[0].replace("\n", " ").rstrip(".").replace("`", "")
        severity = policy.severities.get(rule.code, rule.severity)
        found.setdefault(_FAMILIES.get(rule.code[:3], "Other"), []).append(
            Looked(rule.code, flags, _follows(severity, policy))
        )
    kinds = {policy.sign_off, *policy.sign_off_kinds.values()}
    return InForce(
        tuple(Family(name, tuple(checks)) for name, checks in found.items()),
        policy.verified_within,
        policy.evidence_within,
        policy.sign_off if len(kinds) == 1 else "varies",
        policy.claims == "every-sentence",
    )


def _follows(severity: Severity | None, policy: Policy) -> str:
    if severity is None:
        return OFF
    if _WEIGHT[severity] >= _WEIGHT[policy.fail_on]:
        return STOPS
    return TOLD if severity is Severity.WARNING else NOTED
