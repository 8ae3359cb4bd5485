"""What readers are told of a finding: a study in which chance decided nothing, or a guideline, is not told as if a trial had shown it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from evidence.library.notes import ADVICE, ADVISING, DESIGNS, EFFECTS
from evidence.model import Finding, Note, Place
from evidence.showing.manners import manner
from gallery import ENVIRONMENT
from little_sites import ARTICLE, Site


def of(design: str, effect: str, advice: str = "") -> str:
    return manner(Finding("f", "pain", effect, "Words.", advice=advice), Note("k", Place("k.toml"), design))


@pytest.mark.parametrize(
    ("design", "effect", "advice", "said"),
    [
        ("randomised trial", "harm", "", "a harm, or worse with IT"),
        ("meta-analysis", "benefit", "", "better with IT"),
        ("cross-sectional survey", "harm", "", "linked with worse results, the cause is not known"),
        ("cohort", "benefit", "", "linked with better results, the cause is not known"),
        ("cohort", "unclear", "", "cannot be told from this"),
        ("audit", "harm", "", "seen in people who got IT, the cause is not known"),
        ("case series", "benefit", "", "better afterward, with nothing to compare it with"),
        ("non-randomised trial", "benefit", "", "better with IT, but chance did not decide who got what"),
        ("label", "harm", "", "a harm it warns of"),
        ("guideline", "harm", "advised against", "advised against"),
        ("guideline", "unclear", "advised against", "advised against"),
        ("guideline", "unclear", "no recommendation", "no recommendation"),
        ("guideline", "benefit", "recommended", "recommended"),
        ("guideline", "benefit", "", None),
        ("guideline", "background", "", None),
        ("position statement", "harm", "", None),
    ],
)
def test_the_words_follow_the_kind_of_source(design: str, effect: str, advice: str, said: str | None) -> None:
    words = ENVIRONMENT.get_template("macros/evidence.html").module.effects  # type: ignore[attr-defined]
    assert words.get(of(design, effect, advice)) == said


def test_the_theme_has_words_for_every_manner_that_there_can_be() -> None:
    words = ENVIRONMENT.get_template("macros/evidence.html").module.effects  # type: ignore[attr-defined]
    silent = {"", "background"}
    possible = {of(design, effect, advice) for design in DESIGNS for effect in EFFECTS for advice in ("", *ADVICE)}
    assert possible - silent == set(words)
    assert not [design for design in ADVISING if "worse" in words.get(of(design, "harm"), "")]


NOTE = """\
design = "guideline"
treatments = ["hydromorphone"]
[[finding]]
id = "must-not"
outcome = "pain relief during the attack"
effect = "harm"
advice = "advised against"
statement = "Hydromorphone must not be offered."
[[finding]]
id = "limits"
outcome = "pain: what the guideline cannot tell"
effect = "unclear"
statement = "It cannot tell how often."
[[finding]]
id = "scope"
outcome = "whom it covers"
effect = "background"
statement = "It covers adults."
"""
VOCABULARY = '[treatments.hydromorphone]\nlabel = "hydromorphone"\n'
TEXT = (
    "Who it covers is adults [@smith2020#scope]. It cannot tell how often [@smith2020#limits]. "
    "A guideline says that hydromorphone must not be offered [@smith2020#must-not].\n"
)


def test_a_list_of_sources_names_all_that_is_cited_and_tells_advice_as_advice(site: Callable[..., Site]) -> None:
    files = {
        "content/sources/smith2020.toml": NOTE,
        "content/vocabulary.toml": VOCABULARY,
        "content/articles/fluids.md": ARTICLE.rsplit("Pain fell", 1)[0] + TEXT,
    }
    made = site(files)
    done = made.build()
    assert done.code == 0, done.text
    page = made.output()["fluids/index.html"].decode()
    summary = re.search(r'<span class="summary">(.*?)</li>', page, re.DOTALL)
    assert summary
    assert re.sub(r"<[^>]+>", "", summary[1]).startswith(
        "Guideline – pain relief during the attack (advised against); pain: what the guideline cannot tell; whom it covers."
    )
    own = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made.output()["sources/smith2020/index.html"].decode()))
    assert "Pain relief during the attack: advised against." in own
    assert own.index("advised against") < own.index("What it cannot tell") < own.index("cannot tell how often")


def test_advice_that_is_none_is_told_to_the_editor(site: Callable[..., Site]) -> None:
    made = site({"content/sources/smith2020.toml": NOTE.replace('"advised against"', '"better not"')})
    assert 'EV310 there is no advice "better not"' in made.check().text
