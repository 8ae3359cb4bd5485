"""The page on how we check is written from the settings in force."""

from __future__ import annotations

from collections.abc import Callable

from evidence.model import Policy, Severity
from evidence.rules import RULES
from evidence.showing.checks import OFF, STOPS, TOLD, in_force
from little_sites import ROOT, Site

METHODS = (ROOT / "content/pages/methods.md").read_text("utf-8")


def follows(policy: Policy, code: str) -> str:
    shown = in_force(policy, RULES)
    return next(one.follows for family in shown.families for one in family.checks if one.code == code)


def test_every_rule_is_there_once_with_what_follows() -> None:
    shown = in_force(Policy(), RULES)
    assert [one.code for family in shown.families for one in family.checks] == sorted(rule.code for rule in RULES)
    assert follows(Policy(), "EV101") == STOPS
    assert follows(Policy(), "EV306") == TOLD
    assert shown.count(STOPS) + shown.count(TOLD) + shown.count("noted") == len(RULES)


def test_settings_change_what_follows() -> None:
    assert follows(Policy(fail_on=Severity.WARNING), "EV306") == STOPS
    assert follows(Policy(severities={"EV101": None}), "EV101") == OFF
    assert in_force(Policy(sign_off_kinds={"safety": "required"}), RULES).sign_off == "varies"


def test_the_page_says_it_as_the_settings_have_it(site: Callable[..., Site]) -> None:
    methods = "---\ntitle: How we check\nslug: methods\ncta: none\n---\n\nWords.\n"
    made = site({"content/pages/methods.md": methods})
    settings = (made.root / "pelicanconf.py").read_text("utf-8")
    assert made.build().code == 0
    before = made.output()["methods/index.html"].decode()
    assert "checked for retraction for 90 days" in before
    assert "says that it was not reviewed" in before
    changed = '"verified_within": 30, "sign_off": {"comparison": "required"}, "severities": {"EV306": "off"},'
    made.write({"pelicanconf.py": settings.replace("EVIDENCE = {", f"EVIDENCE = {{{changed}", 1)})
    done = made.build()
    assert done.code == 0, done.text
    after = made.output()["methods/index.html"].decode()
    assert "checked for retraction for 30 days" in after
    assert "depends on its kind" in after
    assert after.count("Switched off here") == before.count("Switched off here") + 1


def test_the_sites_own_page_has_them() -> None:
    assert "slug: methods" in METHODS
