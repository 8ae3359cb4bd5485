"""Options and settings → the project, and a client that says who asks."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from evidence import registry
from evidence.errors import SettingsError
from evidence.policy import contact_from
from evidence.project import Project, load_settings, project_from

CACHE = ".evidence-cache"
"""Where the day's answers are kept, in the project's folder."""


def project(options: argparse.Namespace) -> Project:
    settings = Path(options.settings)
    return project_from(load_settings(settings), settings.resolve().parent)


def client(options: argparse.Namespace, project: Project) -> registry.Client:
    """A polite client. Raises SettingsError if nobody stands for the questions."""
    contact = contact_from("--contact", options.contact or "") or project.policy.contact
    if not contact:
        raise SettingsError(
            "the services want to know who asks; set EVIDENCE['contact'] in pelicanconf.py to your e-mail address, "
            "or give --contact you@your-site.org"
        )
    known = registry.ADDRESSES
    for name in project.policy.services:
        if name not in known:
            raise SettingsError(f"EVIDENCE['services'] has no service \"{name}\"; there are {', '.join(known)}")
    return registry.Client(
        contact=contact,
        day=today(),
        cache=project.root / CACHE,
        addresses=project.policy.services,
        fresh=getattr(options, "fresh", False),
    )


def today() -> str:
    """The day that answers are dated with."""
    return date.today().isoformat()
