"""What Pelican itself is told: settings that would let a site be built unchecked, or fail deep inside the build."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from evidence.errors import SettingsError

_LONGEST = 4_000
_CLINIC = ("name", "booking_url", "phone", "interest", "report_url")
_TEXTS = ("SITEURL", "SITENAME", "THEME", "TIMEZONE", "DEFAULT_LANG")
_LISTS = (
    *("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES"),
    *("IGNORE_FILES", "OUTPUT_RETENTION", "PLUGIN_PATHS", "DIRECT_TEMPLATES", "THEME_STATIC_PATHS"),
)


def check_host(settings: Mapping[str, Any]) -> None:
    """Raises SettingsError. What is not set is Pelican's own default and needs no check."""
    _check_guard(settings)
    for name in _TEXTS:
        if name in settings and not isinstance(settings[name], str):
            raise SettingsError(f"{name} must be a text in quotes")
    for name in _LISTS:
        _check_list(name, settings.get(name))
    for name in settings:
        if name.endswith(("_SAVE_AS", "_URL")) and settings[name] and not isinstance(settings[name], str):
            raise SettingsError(f"{name} must be a text in quotes")
    if settings.get("TEMPLATE_PAGES"):
        raise SettingsError("TEMPLATE_PAGES would publish pages that nobody has checked; use DIRECT_TEMPLATES")
    _check_time_zone(settings.get("TIMEZONE", "UTC"))
    _check_clinic(settings.get("CLINIC", {}))


def _check_guard(settings: Mapping[str, Any]) -> None:
    """The build refuses to start without the plugin and the guarded builder; the check says so beforehand."""
    if "PLUGINS" not in settings and "PELICAN_CLASS" not in settings:
        return
    plugins = settings.get("PLUGINS")
    names = [str(name) for name in plugins] if isinstance(plugins, (list, tuple)) else []
    if "evidence" not in names:
        near = get_close_matches("evidence", names, 1)
        hint = f', which has "{near[0]}"' if near else ""
        raise SettingsError(f'the plugin "evidence" is not in the setting PLUGINS{hint}; nothing would be checked')
    chosen = settings.get("PELICAN_CLASS")
    if chosen != "evidence.GuardedPelican" and getattr(chosen, "__name__", "") != "GuardedPelican":
        raise SettingsError(
            'the setting PELICAN_CLASS must be "evidence.GuardedPelican", or nothing would be checked'
        )


def _check_list(name: str, value: object) -> None:
    """A text alone stands for a list of one, as in Pelican; nothing for an empty list."""
    items = (value,) if isinstance(value, str) else value
    if not value:
        return
    if not isinstance(items, (list, tuple, set, frozenset)) or not all(isinstance(one, str) for one in items):
        raise SettingsError(f"{name} must be a list of texts in quotes")
    if not all(map(_is_path, items)):
        raise SettingsError(f"{name} names something that cannot be the name of a file")


def _is_path(text: str) -> bool:
    try:
        return "\0" not in text and len(os.fsencode(text)) <= _LONGEST
    except UnicodeEncodeError:
        return False


def _check_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise SettingsError(f'TIMEZONE is "{name}", which is no time zone; use "UTC" or "Europe/Berlin"') from None


def _check_clinic(clinic: object) -> None:
    if not isinstance(clinic, Mapping):
        raise SettingsError('the setting CLINIC must be a dictionary, such as {"name": "Heally"}')
    for key, value in clinic.items():
        near = get_close_matches(str(key), _CLINIC, 1, 0.7)
        if key not in _CLINIC and near:
            raise SettingsError(f'CLINIC has no "{key}"; did you mean "{near[0]}"?')
        if key in _CLINIC and not isinstance(value, str):
            raise SettingsError(f"CLINIC['{key}'] must be a text in quotes")
    for key in ("booking_url", "report_url"):
        if not clinic.get(key, "").startswith(("https://", "http://", "mailto:")) and clinic.get(key):
            raise SettingsError(f"CLINIC['{key}'] is \"{clinic[key]}\", which is no web address")
