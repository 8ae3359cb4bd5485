"""The rules, in the order of their codes. One file each; this list is the only place that names them all."""

from __future__ import annotations

from evidence.model import Rule
from evidence.rules import (
    bad_note,
    broken_link,
    contrary_source,
    corrected_source,
    duplicate_key,
    exemption_without_reason,
    figure_not_found,
    finds_otherwise,
    idle_exemption,
    incomplete_source,
    locator_outside,
    malformed_citation,
    malformed_identifier,
    no_finding,
    not_in_source,
    other_treatment,
    retracted_source,
    same_address,
    same_work,
    stronger_than_evidence,
    superseded_source,
    uncited_claim,
    unknown_finding,
    unknown_key,
    unknown_offer,
    unknown_template,
    unread_field,
    unread_language,
    unreadable_entry,
    unreadable_file,
    unseen_prose,
    unused_source,
    unverified_source,
)

RULES: tuple[Rule, ...] = (
    unreadable_file.RULE,
    uncited_claim.RULE,
    unseen_prose.RULE,
    unread_language.RULE,
    unknown_key.RULE,
    malformed_citation.RULE,
    locator_outside.RULE,
    unknown_finding.RULE,
    incomplete_source.RULE,
    duplicate_key.RULE,
    malformed_identifier.RULE,
    same_work.RULE,
    retracted_source.RULE,
    unused_source.RULE,
    unverified_source.RULE,
    corrected_source.RULE,
    superseded_source.RULE,
    bad_note.RULE,
    unreadable_entry.RULE,
    figure_not_found.RULE,
    finds_otherwise.RULE,
    other_treatment.RULE,
    stronger_than_evidence.RULE,
    no_finding.RULE,
    contrary_source.RULE,
    not_in_source.RULE,
    unknown_offer.RULE,
    unknown_template.RULE,
    same_address.RULE,
    unread_field.RULE,
    broken_link.RULE,
    idle_exemption.RULE,
    exemption_without_reason.RULE,
)


def rule(code: str) -> Rule | None:
    """The rule with this code or kebab-case name, in any case of letters."""
    wanted = code.strip().lower()
    return next((one for one in RULES if wanted in (one.code.lower(), one.name)), None)
