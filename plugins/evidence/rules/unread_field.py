"""A field of the front matter has a name that nothing reads, so that what it says is not done.

A misspelt `status` would publish a draft; a misspelt `slug` would give the page another address. Fields of your own are
fine, as long as their names are not one slip away from a field that means something, or taken by the site itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Hit, Rule, Severity

_HEAD = "---\ntitle: Drips\ndate: 2026-11-24\n{}\n---\n\nPain fell in one trial [@smith2020].\n"
BAD = (_HEAD.format("stauts: draft"), _HEAD.format("source_path: elsewhere.md"))
GOOD = (_HEAD.format("status: published"), _HEAD.format("audience: people with migraine"))

FIELDS = frozenset(
    "title date slug status category tags author authors summary description modified evidence_to cta red_flags page_type nocite"
    " save_as url template lang translation".split()
)
TAKEN = frozenset(
    "answer content contents date_format default_status default_template emergency filename from_metadata get_content"
    " get_relative_source_path get_siteurl get_static_links get_summary get_url_setting html_id in_default_lang is_valid jsonld"
    " locale_date locale_modified mandatory_properties metadata override_save_as override_url path"
    " readers_cache_name refresh_metadata_intersite_links references relative_dir relative_source_path review_line review_detail"
    " settings source_path timezone translations url_format allowed_statuses attach_to valid_properties".split()
)
"""What Pelican and the theme keep under these names is theirs."""


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for name, meta in document.meta.items():
            if name in TAKEN:
                yield Hit(meta.place, f'"{name}" is a name that the site needs for itself', "give it another name")
            elif name not in FIELDS and (near := next((one for one in sorted(FIELDS) if _one_slip(name, one)), None)):
                yield Hit(meta.place, f'nothing reads the field "{name}"', f'did you mean "{near}"?')


def _one_slip(one: str, other: str) -> bool:
    """One letter too many, too few or wrong, or two that have changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    return one[1:] == other or one == other[1:] or one[1:] == other[1:] or (one[1::-1] + one[2:]) == other


RULE = Rule("EV604", "unread-field", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
