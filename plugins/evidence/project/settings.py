"""The settings of a site → its project."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from evidence.addresses import addresses_from
from evidence.anatomy import read_anatomy, standard
from evidence.checking import CLAIM_KINDS
from evidence.errors import SettingsError
from evidence.folders import shown
from evidence.glossary import read_glossary
from evidence.host import check_host
from evidence.memory import NOTHING, memory
from evidence.model import Anatomy, Meta, Place, Policy
from evidence.offers import read_offers
from evidence.policy import policy_from, wording_files
from evidence.project.described import Project
from evidence.project.files import check_folders
from evidence.project.texts import absolute, read_text, text_of
from evidence.rules import RULES
from evidence.rules.wording import rules_of
from evidence.tongues import FOLDER as TONGUES
from evidence.tongues import Tongue, tongues
from evidence.wording import own_entries

_BUILT_IN = ("simple", "notmyidea")


def project_from(settings: Mapping[str, Any], folder: Path) -> Project:
    """The project of these settings; `folder` is where the settings file stands. Raises SettingsError."""
    check_host(settings)
    path = settings.get("PATH", "content")
    content = absolute(folder / path)
    if not content.is_dir():
        raise SettingsError(f'the content folder "{path}" does not exist (setting PATH)')
    theme = settings.get("THEME")
    if theme and theme not in _BUILT_IN and not (folder / theme).is_dir():
        raise SettingsError(f'the theme "{theme}" does not exist (setting THEME)')
    wording = {path: read_text(content.parent, path, "EVIDENCE['wording']") for path in wording_files(settings)}
    own_rules = rules_of(own_entries(wording, ((rule.code, rule.name) for rule in RULES)))
    policy = replace(
        policy_from(settings, (rule.code for rule in (*RULES, *own_rules)), CLAIM_KINDS), content=content.name
    )
    _check_files(content.parent, policy)
    offers = read_offers(content.parent, f"{content.name}/ctas.toml")
    if (offers or "cta" in settings.get("EVIDENCE", {})) and policy.cta not in {*offers, "none"}:
        raise SettingsError(
            f"EVIDENCE['cta'] is \"{policy.cta}\", which is not in {content.name}/ctas.toml"
            f"{_near(policy.cta, [*offers, 'none'])}"
        )
    project = Project(
        root=content.parent,
        policy=policy,
        offers=offers,
        ignored=tuple(settings.get("IGNORE_FILES") or ()),
        excluded=_excluded(settings),
        addresses=addresses_from(settings),
        templates=_templates(folder / str(theme)) if theme else frozenset(),
        theme=absolute(folder / str(theme)) if theme and theme not in _BUILT_IN else None,
        glossary=read_glossary(content.parent, f"{content.name}/glossary.toml"),
        own_rules=own_rules,
        wording=wording,
        anatomy=_anatomy(content.parent, f"{content.name}/anatomy.toml"),
        shown=_shown_settings(settings, folder),
        clinic=_clinic(settings, folder),
        memory=NOTHING if settings.get("EVIDENCE", {}).get("publish") else memory(content.parent),
        tongues=_tongues(absolute(folder / str(theme)), content.parent) if theme and theme not in _BUILT_IN else {},
    )
    check_folders(project)
    return project


def _check_files(root: Path, policy: Policy) -> None:
    chosen = {"bibliography": policy.bibliography, "lock": (policy.lock,), "baseline": (policy.baseline,)}
    for key, paths in chosen.items():
        for path in paths:
            if path and (root / path).is_dir():
                raise SettingsError(
                    f"{path}: cannot be read: EVIDENCE['{key}'] must name a file, and this is a folder"
                )


def _anatomy(root: Path, path: str) -> Anatomy:
    """What pages are made of: the site's own file, or else the package's."""
    return read_anatomy(path, read_text(root, path, path)) if os.path.lexists(root / path) else standard()


_SHOWN = ("SITENAME", "SITESUBTITLE", "SITE_DESCRIPTION")


_OF_CLINIC = ("name", "booking_url", "phone")


def _shown_settings(settings: Mapping[str, Any], folder: Path) -> tuple[Meta, ...]:
    clinic = settings.get("CLINIC")
    texts = {name: settings.get(name) for name in _SHOWN}
    texts |= (
        {f"CLINIC[{name!r}]": clinic.get(name) for name in ("name", "interest")}
        if isinstance(clinic, Mapping)
        else {}
    )
    return tuple(_setting(name, value, folder) for name, value in texts.items() if isinstance(value, str) and value)


def _clinic(settings: Mapping[str, Any], folder: Path) -> dict[str, Meta]:
    clinic = settings.get("CLINIC")
    if not isinstance(clinic, Mapping):
        return {}
    return {name: _setting(name, clinic[name], folder) for name in _OF_CLINIC if isinstance(clinic.get(name), str)}


def _setting(name: str, value: str, folder: Path) -> Meta:
    """A setting with the place of its value in the settings file, as far as it stands there word for word."""
    for file in ("publishconf.py", "pelicanconf.py"):
        text = (folder / file).read_text("utf-8", "replace") if (folder / file).is_file() else ""
        at = text.find(value) if value else -1
        if at >= 0:
            line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
            return Meta(name, value, Place(file, line, column, line, column + len(value.split("\n")[0])))
    return Meta(name, value, Place("pelicanconf.py"))


def _near(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, 1)
    return f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(known)}"


def _tongues(theme: Path, root: Path) -> dict[str, Tongue]:
    return tongues({shown(path, root): text_of(path) for path in sorted((theme / TONGUES).glob("*.toml"))})


def _templates(theme: Path) -> frozenset[str]:
    return frozenset(path.stem for path in (theme / "templates").glob("*.html"))


def _excluded(settings: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """As in Pelican, what is excluded by a setting, and the folders of the other kind."""
    return {
        kind: frozenset(
            os.path.normpath(path)
            for path in (*(settings.get(f"{name}_EXCLUDES") or ()), *(settings.get(f"{other}_PATHS") or ()))
        )
        for kind, name, other in (("article", "ARTICLE", "PAGE"), ("page", "PAGE", "ARTICLE"))
    }
