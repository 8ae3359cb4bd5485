"""Settings → `Policy`. A setting that is misspelt or of the wrong kind ends the run; it is never ignored."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from evidence.errors import SettingsError
from evidence.kinds import flag, path
from evidence.model import Policy, Severity

KEYS = (
    *("bibliography", "notes", "cta", "claims", "fail_on", "severities", "publish"),
    *("lock", "verified_within", "max_age", "today", "contact", "retractions", "services"),
    *("wording", "evidence_within"),
    *("sign_off", "baseline"),
)
_STRICT = dict.fromkeys(("EV307", "EV605", "EV609", "EV610"), Severity.ERROR)
"""What is worse on the public site than while writing: sources that were not verified, parts that an article lacks."""
_CLAIMS = ("detect", "every-sentence")
_LEVELS = ("off", "warn", "required")
_OTHER = "other"
_CONTACT = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACEHOLDER = re.compile(
    r"//(?:[^/]*\.)?(?:example(?:\.\w+)?|localhost|invalid|test)(?:[:/]|$)|//(?:127\.|0\.0)", re.IGNORECASE
)


def policy_from(settings: Mapping[str, Any], codes: Iterable[str], kinds: Iterable[str] = ()) -> Policy:
    """The policy in a site's settings. `codes` are the rule codes there are, `kinds` those of claims. Raises SettingsError."""
    chosen = settings.get("EVIDENCE", {})
    if not isinstance(chosen, Mapping):
        raise SettingsError('the setting EVIDENCE must be a dictionary, such as {"bibliography": "references.bib"}')
    for key in chosen:
        if key not in KEYS:
            raise SettingsError(f'EVIDENCE has no setting "{key}"{_hint(str(key), KEYS)}')
    if wrong := flag(chosen.get("publish")):
        raise SettingsError(f"EVIDENCE['publish'] {wrong}")
    standard = Policy()
    levels = _levels(chosen.get("sign_off", standard.sign_off), tuple(kinds))
    if chosen.get("publish"):
        _check_publishable(settings)
    return Policy(
        bibliography=_files("EVIDENCE['bibliography']", chosen.get("bibliography", standard.bibliography)),
        notes=_paths("EVIDENCE['notes']", chosen.get("notes", standard.notes))[0],
        articles=_paths("ARTICLE_PATHS", settings.get("ARTICLE_PATHS", standard.articles)),
        pages=_paths("PAGE_PATHS", settings.get("PAGE_PATHS", standard.pages)),
        cta=_text("EVIDENCE['cta']", chosen.get("cta", standard.cta)),
        claims=_one_of("EVIDENCE['claims']", chosen.get("claims", standard.claims), _CLAIMS),
        language=_text("DEFAULT_LANG", settings.get("DEFAULT_LANG", standard.language)),
        fail_on=_severity("EVIDENCE['fail_on']", chosen.get("fail_on", "error")),
        severities={
            **(_STRICT if chosen.get("publish") else {}),
            **_severities(chosen.get("severities", {}), tuple(codes)),
        },
        lock=_files("EVIDENCE['lock']", chosen.get("lock", standard.lock))[0],
        verified_within=_number(
            "EVIDENCE['verified_within']", chosen.get("verified_within", standard.verified_within)
        ),
        max_age=_table("EVIDENCE['max_age']", chosen.get("max_age", standard.max_age), int),
        today=_matching("EVIDENCE['today']", chosen.get("today", ""), _DAY, "a day such as 2026-11-25"),
        contact=contact_from("EVIDENCE['contact']", chosen.get("contact", "")),
        retractions=_matching("EVIDENCE['retractions']", chosen.get("retractions", ""), _ANY, "a path or an address"),
        services=_table("EVIDENCE['services']", chosen.get("services", {}), str),
        wording=wording_files(settings),
        evidence_within=_number(
            "EVIDENCE['evidence_within']", chosen.get("evidence_within", standard.evidence_within)
        ),
        sign_off=levels.pop(_OTHER, standard.sign_off),
        sign_off_kinds=levels,
        author=str(settings.get("AUTHOR") or ""),
        baseline=_files("EVIDENCE['baseline']", chosen["baseline"])[0] if chosen.get("baseline") else "",
    )


def wording_files(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The site's own files of words to avoid. Raises SettingsError."""
    chosen = settings.get("EVIDENCE", {})
    value = chosen.get("wording", ()) if isinstance(chosen, Mapping) else ()
    return _files("EVIDENCE['wording']", value) if value or not isinstance(value, (list, tuple)) else ()


def _levels(value: object, kinds: tuple[str, ...]) -> dict[str, str]:
    """What is asked for by kind of claim; under `other` for those not named."""
    name = "EVIDENCE['sign_off']"
    if not isinstance(value, Mapping):
        return {_OTHER: _one_of(name, value, _LEVELS)}
    for kind in value:
        if kind not in (*kinds, _OTHER):
            raise SettingsError(f'{name}: there is no kind of claims "{kind}"{_hint(str(kind), (*kinds, _OTHER))}')
    return {str(kind): _one_of(f"{name}['{kind}']", chosen, _LEVELS) for kind, chosen in value.items()}


def _check_publishable(settings: Mapping[str, Any]) -> None:
    """What may stand as a placeholder while writing, and may not on the public site."""
    clinic = settings.get("CLINIC") or {}
    addresses = {"SITEURL": settings.get("SITEURL", ""), "CLINIC['booking_url']": clinic.get("booking_url", "")}
    for name, value in addresses.items():
        if not value:
            raise SettingsError(f"{name} is empty; set the real address before publishing")
        if not str(value).startswith("https://") or _PLACEHOLDER.search(str(value)):
            raise SettingsError(f'{name} is "{value}", which is no public https:// address; set the real one')


_ANY = re.compile(r".*")


def contact_from(name: str, value: object) -> str:
    """An e-mail address, or nothing. Raises SettingsError."""
    address = _matching(name, value, _CONTACT, "an e-mail address")
    if address and _PLACEHOLDER.search(f"//{address.rpartition('@')[2]}"):
        raise SettingsError(f'{name} is "{address}", which is nobody\'s address; give your own')
    return address


def _matching(name: str, value: object, pattern: re.Pattern[str], wanted: str) -> str:
    if not isinstance(value, str) or (value and not pattern.fullmatch(value)):
        raise SettingsError(f'{name} is "{value}"; it must be {wanted}')
    return value


def _number(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingsError(f'{name} is "{value}"; it must be a whole number above 0')
    return value


T = TypeVar("T")


def _table(name: str, value: object, kind: type[T]) -> dict[str, T]:
    if not isinstance(value, Mapping) or not all(
        isinstance(key, str) and isinstance(one, kind) for key, one in value.items()
    ):
        raise SettingsError(f"{name} must be a dictionary of words to {'numbers' if kind is int else 'words'}")
    return dict(value)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise SettingsError(f"{name} must be a word")
    return value


def _one_of(name: str, value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        raise SettingsError(f'{name} is "{value}"; use {" or ".join(known)}')
    return value


def _paths(name: str, value: object) -> tuple[str, ...]:
    items = (value,) if isinstance(value, str) else value
    if not isinstance(items, (list, tuple)) or not items or not all(isinstance(item, str) for item in items):
        raise SettingsError(f"{name} must be a path or a list of paths, relative to the project's folder")
    for item in items:
        if wrong := path(item):
            raise SettingsError(f"{name} {wrong}")
        if item.startswith(("/", "\\")) or ".." in item.split("/"):
            raise SettingsError(f'{name}: "{item}" leads out of the project\'s folder')
    return tuple(items)


def _files(name: str, value: object) -> tuple[str, ...]:
    found = _paths(name, value)
    if any(posixpath.normpath(one.strip()) == "." for one in found):
        raise SettingsError(f"{name} must name a file, relative to the project's folder")
    return found


def _severity(name: str, value: object) -> Severity:
    try:
        return Severity(str(value))
    except ValueError:
        raise SettingsError(f'{name} is "{value}"; use "error", "warning" or "note"') from None


def _severities(value: object, codes: tuple[str, ...]) -> dict[str, Severity | None]:
    if not isinstance(value, Mapping):
        raise SettingsError('EVIDENCE[\'severities\'] must be a dictionary of rule codes, such as {"EV306": "error"}')
    chosen: dict[str, Severity | None] = {}
    for code, severity in value.items():
        if code not in codes:
            raise SettingsError(f"EVIDENCE['severities']: there is no rule \"{code}\"{_hint(str(code), codes)}")
        name = f"EVIDENCE['severities']['{code}']"
        chosen[str(code)] = None if severity == "off" else _severity(name, severity)
    return chosen


def _hint(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), 1, 0.6)
    return f'; did you mean "{close[0]}"?' if close else f"; there are {', '.join(known)}"
