"""What Pelican itself is told: settings that would let a site be built unchecked, or fail deep inside the build."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from evidence.errors import SettingsError
from evidence.host_settings import OF_CODE, instead_of, kind_of
from evidence.kinds import text

_CLINIC = ("name", "booking_url", "phone", "interest", "report_url")


def check_host(settings: Mapping[str, Any]) -> None:
    """Raises SettingsError. What is not set is Pelican's own default and needs no check."""
    _check_guard(settings)
    unasked = getattr(settings, "unasked", settings)
    for name in settings:
        if instead_of(name, True) and (instead := instead_of(name, settings[name])):
            raise SettingsError(f"{name} is an old name that the check does not know; use {instead}")
    for name in settings:
        kind = kind_of(name)
        value = (unasked if name in OF_CODE or kind is None else settings)[name]
        if kind is not None and (wrong := kind(value)):
            raise SettingsError(f"{name} {wrong}")
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
        given = f', and not "{chosen}"' if isinstance(chosen, str) else ""
        raise SettingsError(
            f'the setting PELICAN_CLASS must be "evidence.GuardedPelican"{given}, or nothing would be checked'
        )


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
        if key in _CLINIC and (wrong := text(value)):
            raise SettingsError(f"CLINIC['{key}'] {wrong}")
    for key in ("booking_url", "report_url"):
        if not clinic.get(key, "").startswith(("https://", "http://", "mailto:")) and clinic.get(key):
            raise SettingsError(f"CLINIC['{key}'] is \"{clinic[key]}\", which is no web address")
