"""What the commands share: the project, a client that says who asks, and files written in one step."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from evidence.errors import EvidenceError, SettingsError
from evidence.policy import contact_from
from evidence.project import Project, load_settings, project_from

CACHE = ".evidence-cache"


def project_of(options: argparse.Namespace) -> Project:
    settings = Path(options.settings)
    return project_from(load_settings(settings), settings.resolve().parent)


def client_of(options: argparse.Namespace, project: Project) -> Any:
    """A polite client. Raises SettingsError if nobody stands for the questions."""
    from evidence.registry import ADDRESSES, Client

    contact = contact_from("--contact", options.contact or "") or project.policy.contact
    if not contact:
        raise SettingsError(
            "the services want to know who asks; set EVIDENCE['contact'] in pelicanconf.py to your e-mail address, "
            "or give --contact you@your-site.org"
        )
    unknown = [name for name in project.policy.services if name not in ADDRESSES]
    if unknown:
        raise SettingsError(f"EVIDENCE['services'] has no service \"{unknown[0]}\"; there are {', '.join(ADDRESSES)}")
    return Client(
        contact=contact,
        day=_day(options.date),
        cache=project.root / CACHE,
        addresses=project.policy.services,
        fresh=getattr(options, "fresh", False),
    )


def _day(text: str | None) -> str:
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise SettingsError(f'--date "{text}" is no day such as 2026-11-25') from None


def save(path: Path, data: bytes) -> None:
    """Write a file in one step: readers see the old bytes or the new ones."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.part")
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise EvidenceError(f"cannot write {path.name}: {error.strerror or error}") from error


def many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
