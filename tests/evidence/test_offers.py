"""Calls to action: where they come from, who answers for them, and for how long."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from evidence.errors import SettingsError, UnreadableError
from evidence.offers import Offer, by_topic, check_in_force, parse_offers, read_offers
from little_sites import ROOT

TEXTS = 'heading = "Book"\ntext = "{clinic} runs this site."\nbutton = "Go"\n'


def read(tmp_path: Path, record: str) -> Offer:
    (tmp_path / "ctas.toml").write_text(f"[consultation]\n{TEXTS}{record}", encoding="utf-8")
    return read_offers(tmp_path, "ctas.toml")["consultation"]


def test_an_approval_has_a_person_and_days(tmp_path: Path) -> None:
    made = read(tmp_path, 'owner = "C"\napproved-by = "Dr A"\napproved-on = 2026-01-31\nexpires = 2027-01-31\n')
    assert (made.owner, made.approved_by) == ("C", "Dr A")
    assert (made.approved_on, made.expires) == (date(2026, 1, 31), date(2027, 1, 31))


@pytest.mark.parametrize("record", ["", 'approved-by = ""\n'])
def test_an_offer_that_nobody_approved_names_nobody(tmp_path: Path, record: str) -> None:
    made = read(tmp_path, record)
    assert made.approved_by == ""
    assert made.approved_on is None


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ('approved-by = "Dr A"\n', "needs both approved-by and approved-on"),
        ("approved-on = 2026-01-31\n", "needs both approved-by and approved-on"),
        ("expires = 2027-01-31\n", "nobody approved it"),
        ('approved-by = "A"\napproved-on = 2026-01-31\nexpires = 2026-01-30\n', "expires before it was approved"),
        ('expires = "2027-01-31"\n', "must be a day without quotes"),
        ("expires = 2027-01-31T10:00:00\n", "must be a day without quotes"),
        ("approved-by = true\n", "must be a name between quotes"),
        ('aproved-by = "A"\n', 'did you mean "approved-by"?'),
        ('price = "low"\n', "means nothing"),
    ],
)
def test_a_record_that_cannot_be_right_ends_the_run(tmp_path: Path, record: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message.replace("?", r"\?")):
        read(tmp_path, record)


def test_an_approval_holds_until_the_end_of_its_last_day(tmp_path: Path) -> None:
    made = {"x": read(tmp_path, 'owner = "C"\napproved-by = "A"\napproved-on = 2026-01-31\nexpires = 2027-01-31\n')}
    check_in_force(made, date(2027, 1, 31))
    with pytest.raises(SettingsError, match="expired on 2027-01-31"):
        check_in_force(made, date(2027, 2, 1))


def test_the_public_site_needs_somebody_who_answers_for_an_offer(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nobody answers for the offer"):
        check_in_force({"x": read(tmp_path, "")}, date(2027, 1, 31))


def test_an_offer_may_be_for_some_topics(tmp_path: Path) -> None:
    made = read(tmp_path, 'topics = ["Prevention", "About migraine"]\n')
    assert by_topic({made.id: made}) == {"prevention": "consultation", "about migraine": "consultation"}
    with pytest.raises(UnreadableError, match="topics must be a list of categories"):
        read(tmp_path, 'topics = "Prevention"\n')
    two = "".join(f'[{name}]\n{TEXTS}topics = ["Prevention"]\n' for name in ("one", "two"))
    with pytest.raises(UnreadableError, match=r"in \[one\] and in \[two\]"):
        parse_offers(two, "ctas.toml")


def test_our_own_offers_claim_no_approval_that_is_not_there() -> None:
    for made in read_offers(ROOT, "content/ctas.toml").values():
        assert made.owner
        assert bool(made.approved_by) == bool(made.approved_on)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n\n[one]\nheading = 1\n", "ctas.toml:3:1: [one] has no heading"),
        ("# words\none = 1\n", "ctas.toml:2:1: one must be a table"),
        ("[one]\nowners = 1\n", "ctas.toml:1:1: [one] has a field"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(UnreadableError) as error:
        parse_offers(text, "ctas.toml")
    assert str(error.value).startswith(told)
