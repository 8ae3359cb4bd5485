"""Fact boxes and evidence labels: what is refused, and what readers get."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from evidence.errors import EvidenceError
from evidence.facts import Fault, Label, box_faults, has_rated, label_of, rated_by
from evidence.library import parse_library
from evidence.markup import render, without_anchors
from evidence.model import Finding, Note, Place
from evidence.reading import read
from little_sites import ARTICLE, Site
from samples import NOTES, PEOPLE, RICH_BIB

HEAD = "---\ntitle: Fluids\ndate: 2026-11-24\n---\n\n"
LIBRARY = parse_library(
    {"references.bib": RICH_BIB}, {f"content/sources/{key}.toml": text for key, text in NOTES.items()}, {}
)
BOX = """\
<!-- fact box -->

Adults in one trial [@smith2020].

| Of every 100 people | Placebo | Drip | How sure |
|---|---|---|---|
| Pain gone | 20 | 24 [@smith2020] | Low [@lee2021] |
| Side effects | Not counted | Not counted | Not rated |

After the box.
"""
TOP = ("Outcome", "Placebo", "Drip", "How sure")
HARM = ("Side effects", "Not counted", "Not counted", "Not rated")


def html(body: str, front: str = "") -> str:
    return render(read(HEAD.replace("---\n\n", f"{front}---\n\n") + body, "x.md"), LIBRARY).html


def faults(*rows: tuple[str, ...], top: tuple[str, ...] = TOP) -> list[str]:
    return [one.what for one in box_faults(top, rows, ("harms", "side effects"))]


@pytest.mark.parametrize(
    "row",
    [
        ("Pain gone", "20 of 100", "24 of 100 people [@a, p. 3]", "Not rated"),
        ("Fall in pain", "4.5 points of 10 (range 3.7 to 5.3)", "4.9 points of 10 (range 3 to 6)", "Very low [@b]"),
        ("Relief", "7 fewer people per 100 (23 fewer to 9 more)", "Not recorded", "Moderate, rated by Ann Sample"),
    ],
)
def test_a_row_counted_alike_on_both_sides_passes(row: tuple[str, ...]) -> None:
    assert faults(row, HARM) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            ("Pain gone", "1 in 5", "30 in 100", "Not rated"),
            "in this row one group is counted out of 5, and the other out of 100: nobody can compare them at a glance",
        ),
        (("Pain gone", "20%", "30%", "Not rated"), '"20%" is a percentage, and a fact box counts people'),
        (("Pain gone", "20", "24", "Not rated"), '"20" does not say out of how many'),
        (
            ("Pain gone", "20.5 people of 100", "24 of 100", "Not rated"),
            '"20.5 people of 100" counts a part of a person',
        ),
        (("Pain gone", "20 of 100", "24 of 100", "Quite"), '"Quite" under "How sure" is no rating'),
        (("Pain gone", "20 of 100", "24 of 100", ""), '"" under "How sure" is no rating'),
    ],
)
def test_what_cannot_be_compared_or_was_made_up_is_told(row: tuple[str, ...], told: str) -> None:
    assert told in faults(row, HARM)


def test_more_people_than_there_are_harm_nothing() -> None:
    many = "9" * 5000
    assert faults(("Pain gone", f"20 of {many}", "24 of 100", "Low [@lee2021]"), HARM)


def test_benefits_come_first_then_harms_and_harms_are_never_left_out() -> None:
    good = ("Pain gone", "20 of 100", "24 of 100", "Not rated")
    assert faults(good) == ["the fact box tells of benefits only, and no row tells of harms"]
    assert faults(HARM, good) == ["in the fact box a row on a benefit stands below one on a harm"]
    assert faults(good, HARM, top=("Outcome", "Placebo", "Drip")) == [
        'the fact box does not say how sure its numbers are: its last column is not headed "How sure"'
    ]
    other = ("Side effects", "3 of 50", "4 of 50", "Not rated")
    assert (
        faults(good, other)
        == ["this row counts people out of 50, and a row above out of 100: nobody can compare them at a glance"] * 2
    )


def test_who_rated_a_row_is_known() -> None:
    assert [rated_by(cell) for cell in ("Not rated", "Low", "Low [@a]", "Low, rated by Ann Sample (MD)")] == [
        None, "", "@", "Ann Sample (MD",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "what happens = helps; how sure = low",
        "what happens = cures; how sure = low; set by = @a",
        "what happens = helps; how sure = very low; set by = @a",
        "what happens = not known; how sure = high; set by = @a",
        "helps; low; @a",
        "what happens = helps; what happens = harms; how sure = low; set by = @a",
    ],
)
def test_a_label_that_says_too_little_or_too_much_is_refused(words: str) -> None:
    assert isinstance(label_of(words), Fault)


def test_a_label_is_read() -> None:
    assert label_of("what happens = harms; how sure = low; set by = Ann Sample") == Label(
        "harms", "low", "Ann Sample"
    )


def test_a_box_holds_its_title_and_table_and_nothing_else() -> None:
    page = html(BOX)
    box = re.search(r'<figure class="fact-box">(.*)</figure>', page, re.S)
    assert box
    assert box[1].startswith("<figcaption><p>Adults in one trial ")
    assert '<th scope="row">Pain gone</th>' in box[1]
    assert box[1].count('scope="col"') == 4
    assert 'data-head="How sure">Low ' in box[1] or 'data-head="How sure" class="sure">Low ' in box[1]
    assert "not rated" not in box[1]
    assert "After the box." in page.split("</figure>")[1]
    assert "<!--" not in page
    assert "<p></p>" not in page
    assert "data-head" not in without_anchors(page)


def test_what_nobody_has_rated_is_told_once_and_not_in_each_row() -> None:
    unrated = re.sub(r"\| Low [^|]*\|", "| Not rated |", BOX)
    assert unrated != BOX
    page = html(unrated)
    assert "How sure these numbers are is not rated" in page
    assert page.count("ot rated") == 1
    assert page.count('scope="col"') == 3
    assert "How sure</th>" not in page
    assert "no está valorada" in html(
        unrated.replace("How sure", "Certeza").replace("Not rated", "Sin valorar"), "lang: es\n"
    )


def test_a_box_without_numbers_says_so_and_is_not_left_out() -> None:
    text = "<!-- fact box: no reliable numbers -->\n\nNobody has counted [@smith2020].\n"
    assert '<div class="fact-box"><p class="none">No reliable numbers</p><p>Nobody has counted' in html(text)
    assert '<p class="none">No hay cifras fiables</p>' in html(text, "lang: es\n")


def test_half_a_box_a_wrong_label_and_a_wrong_picture_do_not_stop_a_draft() -> None:
    body = (
        "<!-- fact box: no reliable numbers -->\n\n## Harms\n\n<!-- evidence: what happens = much -->\n\nSome.\n\n"
        "<!-- picture: people -->\n\nWords.\n"
    )
    shown = html(body, "status: draft\n")
    assert "Harms" in shown
    assert "<!--" not in shown
    for part in body.split("\n\n")[0:8:2]:
        if part.startswith("<!--"):
            with pytest.raises(EvidenceError, match=r"^x\.md: "):
                html(f"{part}\n\n## Harms\n\nSome.\n")


def test_a_label_says_it_in_words_with_what_it_rests_on_and_who_set_it() -> None:
    mark = "## Pain\n\n<!-- evidence: what happens = not known; how sure = very low; set by = @lee2021 -->\n\n"
    page = html(
        mark
        + "We do not know [@smith2020; @jones2019fluid]. Nor they [@smith2020].\n\n## More\n\nWords [@lee2021].\n"
    )
    words = re.sub(r"<[^>]+>", "", page[page.index('<p class="evidence-label">') : page.index("We do not know")])
    assert words.split("\n")[0] == (
        "What happens: not known How sure: very low certainty ●○○○ Why: Smith 2020 (randomized trial, 80 people); "
        "Jones 2019 (randomized trial, 49 people); rated by Lee 2021 (systematic review, 80 people)"
    )
    assert '<span class="pips" aria-hidden="true">●○○○</span>' in page or (
        '<span aria-hidden="true" class="pips">●○○○</span>' in page
    )
    assert page.index("Pain</h2>") < page.index("evidence-label")


def test_what_an_editor_writes_in_a_mark_or_a_head_cannot_become_markup() -> None:
    page = html(
        "## P\n\n<!-- evidence: what happens = helps; how sure = low; set by = <img src=x onerror=zqx()> -->\n\nWords.\n"
    )
    assert "&lt;img src=x onerror=zqx()&gt;" in page
    assert "<img" not in page
    page = html(BOX.replace("| How sure |", '| "&lt;b onclick=zqx&gt; [@smith2020] |'))
    assert "<b" not in page
    assert 'data-head="&ldquo;&lt;b onclick=zqx&gt; "' in page
    assert not re.search("[\U000f0000-\U000fffff]", page)


def test_every_table_names_its_rows_and_columns() -> None:
    page = html("| Group | Better |\n|---|---|\n| One | 3 [@smith2020] |\n| | 4 [@smith2020] |\n")
    assert page.count('<th scope="col">') == 2
    assert '<th scope="row">One</th>' in page
    assert "<td></td>" in page
    assert '<td data-head="Better">3 ' in page


def test_a_wide_table_is_a_named_place_to_scroll_and_has_the_caption_of_its_paragraph() -> None:
    wide = "| Group | One | Two | Three |\n|---|---|---|---|\n| A | 1 | 2 | 3 [@smith2020] |\n"
    page = html(
        f"**Table 1.** What was *given* [@smith2020].\n\n{wide}\nWords.\n\n- item\n\n    {wide.replace(chr(10), chr(10) + '    ')}"
    )
    frame = '<div aria-label="Table 1. What was given ." class="table" role="region" tabindex="0"><table>\n<caption><strong>Table 1.</strong>'
    assert frame in page.replace("\n<table>", "<table>").replace("<table><caption>", "<table>\n<caption>")
    assert page.count('aria-label="Group, One, Two, Three"') == 1
    assert page.count("What was ") == 2
    assert 'id="m-smith2020-1"' in page.split("<thead>")[0]
    assert 'role="region"' not in html("| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 [@smith2020] |\n")
    assert "region" not in html(BOX)


LABEL = "## Pain\n\n<!-- evidence: what happens = not known; how sure = very low; set by = {} -->\n\n{}\n"


@pytest.mark.parametrize(
    ("by", "sentence", "code"),
    [
        ("Ann Sample", "We do not know if prochlorperazine eases pain [@smith2020#relief].", 0),
        ("Dee Other", "We do not know if prochlorperazine eases pain [@smith2020#relief].", 1),
        ("@smith2020", "We do not know if prochlorperazine eases pain [@smith2020#relief].", 1),
        ("Ann Sample", "Prochlorperazine may ease pain [@smith2020#relief].", 1),
        ("Ann Sample", "Prochlorperazine eases pain [@smith2020#relief].", 1),
    ],
)
def test_only_a_person_or_a_review_says_how_sure_and_the_sentences_keep_to_it(
    site: Callable[..., Site], by: str, sentence: str, code: int
) -> None:
    head = ARTICLE.rsplit("Pain fell", 1)[0]
    made = site(
        {
            "content/articles/fluids.md": head + LABEL.format(by, sentence),
            "content/people.toml": PEOPLE,
            "content/sources/smith2020.toml": NOTES["smith2020"].replace('effect = "benefit"', 'effect = "unclear"'),
            "content/vocabulary.toml": '[treatments.prochlorperazine]\nlabel = "prochlorperazine"\n',
        }
    )
    done = made.check()
    assert ("EV643" in done.text) == bool(code), done.text
    assert done.code == code, done.text


def test_a_treatment_page_needs_a_fact_box(site: Callable[..., Site]) -> None:
    text = ARTICLE.replace("slug:", "page_type: treatment\nslug:", 1)
    made = site({"content/articles/fluids.md": text})
    (made.root / "content/anatomy.toml").unlink()
    assert "EV605 the article has no fact box" in made.check().text
    made.write(
        {"content/articles/fluids.md": f"{text}\n<!-- fact box: no reliable numbers -->\n\nOne trial [@smith2020].\n"}
    )
    assert "no fact box" not in made.check().text


def test_only_a_review_that_says_how_sure_it_is_has_rated_it() -> None:
    finding = Finding("pain", "pain", "benefit", "Pain was lower (very low certainty).")
    review = Note("lee2021", Place("lee2021.toml", 1, 1), "systematic review", findings=(finding,))
    assert has_rated(review, "very low")
    assert not has_rated(review, "low")
    assert not has_rated(review, "high")
    assert not has_rated(replace(review, design="randomised trial"), "very low")
    assert not has_rated(None, "very low")
